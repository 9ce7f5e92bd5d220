"""What others ask the directory: whose key, which epoch, who may read, does it still stand."""

from collections.abc import Mapping, Sequence
from typing import Literal

from sync.directory.bodies import Administrator, Device, Form, Invitation, Reason, Service, Site, Staff, Store
from sync.directory.rules_keys import may_read
from sync.directory.state import ListedAudience, ListedGrant, Reader, Revocation, Signer, State
from sync.ids import Id
from sync.keys import key_id
from sync.log import Chain
from sync.problems import Problem

Standing = Literal["revoked"] | None


class View:
    """Questions to a `State`. Mappings are the state's own: read them, never change them."""

    def __init__(self, pid: bytes) -> None:
        self.pid = pid
        self._state = State(pid)

    @property
    def name(self) -> str | None:
        """The programme's name; None before its first entry."""
        return self._state.programme.name if self._state.programme else None

    @property
    def recovery(self) -> bytes:
        """The public recovery key. Raises `wrong_programme` before the first entry."""
        if self._state.programme is None:
            raise Problem("wrong_programme", reason="empty")
        return self._state.programme.recovery

    @property
    def staff(self) -> Mapping[bytes, Staff | Administrator]:
        """The newest record of everybody, by staff id; administrators too. `stands` says who still counts."""
        return self._state.people

    @property
    def administrators(self) -> list[Administrator]:
        """Those who sign the directory now."""
        return self._state.administrators()

    def is_administrator(self, key: bytes) -> bool:
        """Whether this signing key id signs the directory now."""
        return self._state.is_administrator(key)

    @property
    def devices(self) -> Mapping[bytes, Device]:
        """By signing key id, in the order of enrolment."""
        return self._state.devices

    @property
    def stores(self) -> Mapping[bytes, Store]:
        """By key id."""
        return self._state.stores

    @property
    def sites(self) -> Mapping[str, Site]:
        return self._state.sites

    @property
    def services(self) -> Sequence[Service]:
        return self._state.services

    @property
    def audiences(self) -> Mapping[str, list[ListedAudience]]:
        """By name, epoch 1 first."""
        return self._state.audiences

    @property
    def grants(self) -> Mapping[bytes, ListedGrant]:
        """By entry hash, without the withdrawn."""
        return {one: grant for one, grant in self._state.grants.items() if one not in self._state.withdrawn}

    @property
    def forms(self) -> Mapping[bytes, Form]:
        """By version."""
        return self._state.forms

    @property
    def reasons(self) -> Mapping[bytes, Mapping[bytes, Reason]]:
        """Given for versions that ask what forms may not ask: by version, then by the key that signed."""
        return self._state.reasons

    @property
    def invitations(self) -> Mapping[bytes, Invitation]:
        """By key id."""
        return self._state.invitations

    @property
    def settings(self) -> Mapping[str, str | int | bool | None]:
        return self._state.settings

    @property
    def erased(self) -> Mapping[bytes, int]:
        """Object ids that are gone for ever, with the time of their `erase` (a claim, ms)."""
        return self._state.erased

    @property
    def revoked(self) -> Mapping[bytes, Revocation]:
        """By key id."""
        return self._state.revoked

    @property
    def release(self) -> str | None:
        return self._state.release

    def stands(self, key: bytes) -> bool:
        """Whether this key id is listed and not revoked."""
        listed = key in self._state.signers or key in self._state.readers
        return listed and key not in self._state.revoked

    def signer(self, key: bytes) -> Signer | None:
        """The holder of a signing key id, revoked or not; None when not listed."""
        return self._state.signers.get(key)

    def reader(self, key: bytes) -> Reader | None:
        """The holder of a reading or work key id, revoked or not; None when not listed."""
        return self._state.readers.get(key)

    def writer(self, log: bytes) -> Signer | None:
        """The device or person that writes this log, revoked or not; None when nobody listed does."""
        signer = self._state.signers.get(log[:32])
        return signer if signer is not None and signer.kind in ("device", "staff", "administrator") else None

    def key_of_log(self, log: bytes) -> bytes | None:
        """The public key that signs this log's entries, revoked or not; None when nobody listed does."""
        writer = self.writer(log)
        return writer.public if writer else None

    def store_key(self, key: bytes, role: Literal["centre", "relay"] | None = None) -> bytes:
        """The public key of a listed store (of that role). Raises `unlisted_store` or `revoked`."""
        store = self._state.stores.get(key)
        if store is None or (role is not None and store.role != role):
            raise Problem("unlisted_store")
        if key in self._state.revoked:
            raise Problem("revoked")
        return store.key

    def current(self, audience: str) -> ListedAudience:
        """The newest epoch. Raises `not_listed`."""
        epochs = self._state.audiences.get(audience)
        if not epochs:
            raise Problem("not_listed", audience=audience)
        return epochs[-1]

    def audience_keys(self, audience: str) -> dict[bytes, int]:
        """Key id -> epoch, of all epochs."""
        return {one.key_id: one.body.epoch for one in self._state.audiences.get(audience, [])}

    def held_by(self, reader: bytes) -> list[ListedGrant]:
        """The grants that this reading key id may open."""
        return [grant for grant in self.grants.values() if grant.body.reader == reader]

    def reading_keys(self, signing: bytes) -> set[bytes]:
        """The reading key ids, not revoked, of whoever signs with this key id."""
        keys = self._state.keys_of(signing)
        return {key for key in keys if key in self._state.readers and key not in self._state.revoked}

    def may_fetch(self, signing: bytes, audience: str) -> bool:
        """Whether the holder of this signing key has a grant of any epoch of the audience."""
        return any(one.body.audience == audience for key in self.reading_keys(signing) for one in self.held_by(key))

    def may_hold(self, reader: bytes, audience: str) -> bool:
        """Whether a grant of this audience to this reading key would be accepted for its reader."""
        holder = self._state.readers.get(reader)
        return holder is not None and reader not in self._state.revoked and may_read(holder, audience)

    def check_slot(self, staff: bytes, kind: Literal["desk", "tablet"], keys: Sequence[Id]) -> None:
        """Raises `slot_mismatch` unless these are the listed key ids of that person for that kind of slot, `revoked`
        when they fell."""
        person = self._state.people.get(staff)
        wanted = (person.signing, person.reading) if person and kind == "desk" else (person.work,) if person else ()
        if not wanted or any(key is None for key in wanted) or [key_id(key) for key in wanted if key] != list(keys):
            raise Problem("slot_mismatch", reason="directory")
        if any(key in self._state.revoked for key in keys):
            raise Problem("revoked")

    def standing(self, log: bytes, seq: int, hash_: bytes, chain: Chain | None = None) -> Standing:
        """`revoked` for an entry of a revoked key whose chain does not lead up to a cut (6.3), else None. Without a
        `chain` only the cut's own entry is known to count."""
        revocation = self._state.revoked.get(log[:32])
        if revocation is None:
            return None
        cut = revocation.cuts.get(log)
        if cut is None or seq > cut.seq:
            return "revoked"
        on_chain = cut.hash if seq == cut.seq else chain.hash_on_chain(cut.hash, seq) if chain else None
        return None if on_chain == hash_ else "revoked"
