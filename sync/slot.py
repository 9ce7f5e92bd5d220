"""Slots (PROTOCOL 2.3): a person's keys under a passphrase. Argon2id makes 64 bytes: the first half signs in (a store
keeps its hash only), the second unwraps and never leaves the client."""

from collections.abc import Callable
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from sync.ids import NUL, Id, MadeId, sha256
from sync.keys import NONCE, ReadingKey, SigningKey, aead_open, aead_seal, argon2id
from sync.problems import Problem
from sync.randomness import Random, random_bytes
from sync.wire import decode, encode

MEMORY_KIB = 65_536
PASSES = 3
LANES = 1

SlotKind = Literal["desk", "tablet"]
Derive = Callable[[str, bytes, int, int, int], bytes]


class Slot(msgspec.Struct, frozen=True):
    """A slot as stored. `memory` in KiB; `keys` are public key ids in the order of the sealed secrets."""

    v: Literal[1]
    staff: MadeId
    kind: SlotKind
    memory: int
    passes: int
    lanes: int
    nonce: Annotated[bytes, Meta(min_length=NONCE, max_length=NONCE)]
    sealed: bytes
    keys: list[Id]


class DeskSecrets(msgspec.Struct, frozen=True):
    """What a desk slot holds: PKCS #8 and seed."""

    programme: Id
    signing: bytes
    reading: bytes


class TabletSecrets(msgspec.Struct, frozen=True):
    """What a tablet slot holds: a seed."""

    programme: Id
    work: bytes


class Opened(msgspec.Struct, frozen=True):
    """A person's keys out of a slot; those that the kind does not hold are None."""

    signing: SigningKey | None
    reading: ReadingKey | None
    work: ReadingKey | None

    def key_ids(self) -> list[bytes]:
        return [key.key_id for key in (self.signing, self.reading, self.work) if key is not None]


def slot_salt(pid: bytes, staff: bytes, kind: SlotKind) -> bytes:
    """16 bytes; bound to the person and programme, so that one table of guesses does not serve two."""
    return sha256(b"esik/1/salt" + NUL + pid + staff + kind.encode())[:16]


def stored_auth(auth: bytes) -> bytes:
    """What a store keeps of the first half."""
    return sha256(auth)


def slot_context(pid: bytes, staff: bytes, kind: SlotKind, keys: list[bytes]) -> bytes:
    """AAD of the sealed secrets."""
    return b"esik/1/slot" + NUL + pid + staff + kind.encode() + NUL + b"".join(keys)


def derive_halves(
    pid: bytes, staff: bytes, kind: SlotKind, passphrase: str, slot: Slot | None = None, derive: Derive = argon2id
) -> tuple[bytes, bytes]:
    """(auth, wrap), 32 bytes each. Raises `weak_slot` first: a store that asks for a cheap hash wants to guess."""
    cost = (MEMORY_KIB, PASSES, LANES) if slot is None else (slot.memory, slot.passes, slot.lanes)
    check_cost(*cost)
    derived = derive(passphrase, slot_salt(pid, staff, kind), *cost)
    return derived[:32], derived[32:]


def check_cost(memory: int, passes: int, lanes: int) -> None:
    """Raises `weak_slot` below the floor, and above a ceiling that would only burn a tablet's battery."""
    if not (MEMORY_KIB <= memory <= 16 * MEMORY_KIB and PASSES <= passes <= 64 and lanes == LANES):
        raise Problem("weak_slot", memory=memory, passes=passes, lanes=lanes)


def seal_slot(
    pid: bytes, staff: bytes, kind: SlotKind, keys: Opened, wrap: bytes, random: Random = random_bytes
) -> bytes:
    """The slot's bytes, at the floor's cost; `wrap` is the second half from `derive_halves`."""
    nonce = random(NONCE)
    key_ids = keys.key_ids()
    sealed = aead_seal(wrap, nonce, encode(_secrets(pid, keys)), slot_context(pid, staff, kind, key_ids))
    return encode(Slot(1, staff, kind, MEMORY_KIB, PASSES, LANES, nonce, sealed, key_ids))


def read_slot(data: bytes) -> Slot:
    """Raises `malformed`."""
    return decode(data, Slot)


def open_slot(pid: bytes, staff: bytes, kind: SlotKind, slot: Slot, wrap: bytes) -> Opened:
    """The keys. Raises `wrong_passphrase`, or `slot_mismatch` when it is another person's, kind's or programme's or the
    keys are not those it names. That the directory lists them for `staff` is `Directory.check_slot`."""
    check_cost(slot.memory, slot.passes, slot.lanes)
    if (slot.staff, slot.kind) != (staff, kind):
        raise Problem("slot_mismatch", reason="person")
    try:
        plain = aead_open(wrap, slot.nonce, slot.sealed, slot_context(pid, staff, kind, slot.keys))
    except Problem as cause:
        raise Problem("wrong_passphrase") from cause
    secrets = decode(plain, DeskSecrets if kind == "desk" else TabletSecrets)
    if isinstance(secrets, DeskSecrets):
        opened = Opened(SigningKey.from_pkcs8(secrets.signing), ReadingKey.from_seed(secrets.reading), None)
    else:
        opened = Opened(None, None, ReadingKey.from_seed(secrets.work))
    if secrets.programme != pid or opened.key_ids() != slot.keys:
        raise Problem("slot_mismatch", reason="keys")
    return opened


def _secrets(pid: bytes, keys: Opened) -> DeskSecrets | TabletSecrets:
    if keys.signing is not None and keys.reading is not None and keys.work is None:
        return DeskSecrets(pid, keys.signing.pkcs8(), keys.reading.seed)
    if keys.work is not None and keys.signing is None and keys.reading is None:
        return TabletSecrets(pid, keys.work.seed)
    raise Problem("slot_mismatch", reason="keys")
