"""What a directory's entries add up to. Nothing here checks: `rules` does, and only `Directory` calls it."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, fields
from typing import Literal

from sync.directory.bodies import (
    Administrator,
    AudienceEpoch,
    Device,
    Form,
    Grant,
    Invitation,
    Programme,
    Reason,
    Service,
    Site,
    Staff,
    Store,
)
from sync.entry import Entry, Head
from sync.keys import key_id

SignerKind = Literal["root", "administrator", "staff", "device", "store", "invitation"]
ReaderKind = Literal["recovery", "staff", "work", "device"]


@dataclass(frozen=True)
class Signer:
    """Who holds a listed signing key. `owner` is the staff id, or for the others the key id itself."""

    kind: SignerKind
    public: bytes
    owner: bytes
    site: str | None


@dataclass(frozen=True)
class Reader:
    """Who holds a listed reading or work key. `owner` is a staff id or a device's signing key id."""

    kind: ReaderKind
    public: bytes
    owner: bytes
    site: str | None


@dataclass(frozen=True)
class ListedAudience:
    """An epoch of an audience, and its key id."""

    body: AudienceEpoch
    key_id: bytes


@dataclass(frozen=True)
class ListedGrant:
    """A grant, and the hash and number of its entry."""

    body: Grant
    hash: bytes
    seq: int


@dataclass(frozen=True)
class Revocation:
    """A key that fell at directory number `seq`; per log the last entry that counts."""

    seq: int
    reason: str
    cuts: Mapping[bytes, Head]


@dataclass(frozen=True)
class Context:
    """The entry that a rule judges, beside its body: signer, hash, and the appending store's clock (None when reading
    a chain that a store has appended already)."""

    entry: Entry
    by: bytes
    hash: bytes
    at: int | None


@dataclass
class State:
    """Everything listed. Keyed by key id unless the name says otherwise; revoked things stay, and `revoked` says so."""

    pid: bytes
    programme: Programme | None = None
    signers: dict[bytes, Signer] = field(default_factory=dict[bytes, Signer])
    readers: dict[bytes, Reader] = field(default_factory=dict[bytes, Reader])
    people: dict[bytes, Staff | Administrator] = field(default_factory=dict[bytes, Staff | Administrator])
    """By staff id, the newest record."""
    stores: dict[bytes, Store] = field(default_factory=dict[bytes, Store])
    sites: dict[str, Site] = field(default_factory=dict[str, Site])
    services: list[Service] = field(default_factory=list[Service])
    audiences: dict[str, list[ListedAudience]] = field(default_factory=dict[str, list[ListedAudience]])
    """Epoch 1 first."""
    grants: dict[bytes, ListedGrant] = field(default_factory=dict[bytes, ListedGrant])
    """By entry hash, also the withdrawn ones."""
    withdrawn: set[bytes] = field(default_factory=set[bytes])
    invitations: dict[bytes, Invitation] = field(default_factory=dict[bytes, Invitation])
    used: dict[bytes, int] = field(default_factory=dict[bytes, int])
    """Devices that each invitation has let in."""
    devices: dict[bytes, Device] = field(default_factory=dict[bytes, Device])
    forms: dict[bytes, Form] = field(default_factory=dict[bytes, Form])
    """By version."""
    reasons: dict[bytes, dict[bytes, Reason]] = field(default_factory=dict[bytes, dict[bytes, Reason]])
    """By version, then by the key that signed; the newest of each."""
    settings: dict[str, str | int | bool | None] = field(default_factory=dict[str, str | int | bool | None])
    revoked: dict[bytes, Revocation] = field(default_factory=dict[bytes, Revocation])
    erased: dict[bytes, int] = field(default_factory=dict[bytes, int])
    """Object id -> time of the `erase`, ms."""
    release: str | None = None

    def copy(self) -> "State":
        """Another whose containers are its own."""
        other = copy(self)
        for one in fields(self):
            if isinstance(getattr(self, one.name), dict | list | set):
                setattr(other, one.name, copy(getattr(self, one.name)))
        return other

    def is_administrator(self, key: bytes) -> bool:
        """Whether this signing key signs the directory now: of the newest record, and not revoked."""
        signer = self.signers.get(key)
        if signer is None or key in self.revoked:
            return False
        person = self.people.get(signer.owner)
        return isinstance(person, Administrator) and key_id(person.signing) == key

    def administrators(self) -> list[Administrator]:
        """Those who sign now."""
        return [
            person
            for person in self.people.values()
            if isinstance(person, Administrator) and key_id(person.signing) not in self.revoked
        ]

    def keys_of(self, key: bytes) -> set[bytes]:
        """Every listed key id of whoever holds `key`; empty for a key that nobody holds."""
        holder = self.signers.get(key) or self.readers.get(key)
        if holder is None:
            return set()
        if isinstance(holder, Signer) and holder.kind in ("store", "invitation"):
            return {key}
        same = [(one, other.owner) for one, other in (*self.signers.items(), *self.readers.items())]
        return {one for one, owner in same if owner == holder.owner}
