"""What a store does with an entry (PROTOCOL 8.3): a pure decision, in the order of the text. No I/O, no clock.

refused    malformed, unknown_device, bad_signature, bad_part, over_limit: not kept; may come again
waiting    missing_objects: kept, takes exactly what it names, no receipt
           broken_chain: kept, no receipt
held       with a remark: revoked (kept apart), fork (both kept, alarm), gap (what is before is not here)
"""

from collections.abc import Collection, Mapping
from typing import Protocol

import msgspec

from sync.bundle import Remark, State
from sync.directory import Directory
from sync.entry import Entry, Named, Signed, check_signature, entry_hash, named_objects, read_entry
from sync.ids import sha256
from sync.log import Chain
from sync.part import check_framing
from sync.problems import Problem


class Place(msgspec.Struct, frozen=True):
    """Where an entry that is here stands, and whether it is `held` (else `waiting`)."""

    log: bytes
    seq: int
    held: bool


class Known(Chain, Protocol):
    """What a store answers about itself. Within a push it counts what was decided before in the same push."""

    def place_of(self, hash_: bytes) -> Place | None:
        """The place of the entry with this hash; None when it is not here."""
        ...

    def hashes_at(self, log: bytes, seq: int) -> Collection[bytes]:
        """The hashes of the entries here that claim this number."""
        ...

    def object_size(self, id_: bytes) -> int | None:
        """The size of a stored object in bytes; None when it is not here."""
        ...

    def spent(self, key: bytes, since: int | None) -> int:
        """Bytes taken from the key with this id since that time (ms), or ever."""
        ...


class Limits(msgspec.Struct, frozen=True):
    """Bytes a key may bring: within a day, and once revoked in all."""

    daily: int = 2 * 2**30
    revoked: int = 64 * 2**20


DEFAULT_LIMITS = Limits()


class Decision(msgspec.Struct, frozen=True):
    """What to do with one entry. `entry` is None when it could not be read; `objects` is what it names and what may be
    stored for it; `missing` what is wanted still; `alarm` a problem code that concerns people, not this entry."""

    hash: bytes
    entry: Entry | None
    state: State
    remark: Remark | None
    problem: str | None
    objects: list[Named]
    missing: list[bytes]
    alarm: str | None = None


DAY = 86_400_000


def examine(
    signed: Signed,
    directory: Directory,
    known: Known,
    arriving: Mapping[bytes, bytes],
    *,
    at: int,
    limits: Limits = DEFAULT_LIMITS,
) -> Decision:
    """The decision on one entry of a push. `arriving` are the push's objects by id (the caller hashed them), `at` the
    store's clock (ms). Never raises for anything that a stranger sends."""
    try:
        admitted = admit(signed, directory, arriving)
    except Problem as problem:
        return refusal(signed, problem)
    return place(admitted, directory, known, arriving, at=at, limits=limits)


class Admitted(msgspec.Struct, frozen=True):
    """An entry by a listed key with well-formed parts; `objects` is what it names, `size` the length of its bytes."""

    hash: bytes
    entry: Entry
    objects: list[Named]
    size: int


def admit(signed: Signed, directory: Directory, arriving: Mapping[bytes, bytes]) -> Admitted:
    """The first half of `examine`: all that needs no store, and nearly all of its time. Raises what refuses it."""
    entry, public = claimed(signed, directory)
    check_signature(directory.pid, public, signed)
    return admit_proven(signed, entry, directory, arriving)


def claimed(signed: Signed, directory: Directory) -> tuple[Entry, bytes]:
    """The entry, and the listed public key that must have signed it; nothing is proven. Raises `malformed`,
    `unknown_device`."""
    entry = read_entry(signed.bytes)
    public = directory.key_of_log(entry.log)
    if public is None:
        raise Problem("unknown_device")
    return entry, public


def admit_proven(signed: Signed, entry: Entry, directory: Directory, arriving: Mapping[bytes, bytes]) -> Admitted:
    """What is left of `admit` once the signature was verified: the parts. Raises `bad_part`."""
    objects = named_objects(entry)
    for named in objects:
        data = arriving.get(named.id)
        if data is not None and named.id not in directory.erased:
            _check_object(named, data, directory)
        elif named.part is not None:
            _check_listed(named, directory)
    return Admitted(entry_hash(signed.bytes), entry, objects, len(signed.bytes))


def refusal(signed: Signed, problem: Problem) -> Decision:
    """The decision on what was not admitted."""
    return Decision(entry_hash(signed.bytes), None, "refused", None, problem.code, [], [])


def place(
    admitted: Admitted,
    directory: Directory,
    known: Known,
    arriving: Mapping[bytes, bytes],
    *,
    at: int,
    limits: Limits = DEFAULT_LIMITS,
) -> Decision:
    """The second half of `examine`: where an admitted entry stands among what the store has. Never raises."""
    hash_, entry, objects = admitted.hash, admitted.entry, admitted.objects
    try:
        _check_room(admitted, directory, known, arriving, at, limits)
    except Problem as problem:
        return Decision(hash_, None, "refused", None, problem.code, [], [])
    missing = [one.id for one in objects if not _have(one, directory, known, arriving)]
    state, problem = _state(entry, known, missing)
    remark = _remark(entry, hash_, directory, known)
    return Decision(hash_, entry, state, remark, problem, objects, missing, _alarm(entry, directory))


def examine_object(named: Named, data: bytes, directory: Directory) -> None:
    """Whether `data` may be stored as the object that an entry names. Raises `erased`, `hash_differs` or `bad_part`."""
    if named.id in directory.erased:
        raise Problem("erased")
    if sha256(data) != named.id:
        raise Problem("hash_differs")
    _check_object(named, data, directory)


def _check_room(
    admitted: Admitted,
    directory: Directory,
    known: Known,
    arriving: Mapping[bytes, bytes],
    at: int,
    limits: Limits,
) -> None:
    fresh = admitted.size
    for named in admitted.objects:
        stored = known.object_size(named.id)
        if stored is not None and stored != named.size:
            raise Problem("bad_part", reason="size")
        data = arriving.get(named.id)
        if stored is None and data is not None and named.id not in directory.erased:
            fresh += len(data)
    if admitted.hash not in known.hashes_at(admitted.entry.log, admitted.entry.seq):
        check_limit(admitted.entry.writer, fresh, directory, known, at, limits)


def check_limit(
    key: bytes, size: int, directory: Directory, known: Known, at: int, limits: Limits = DEFAULT_LIMITS
) -> None:
    """Whether `size` more bytes may come from the key with this id. Raises `over_limit`."""
    if known.spent(key, at - DAY) + size > limits.daily:
        raise Problem("over_limit", limit=limits.daily)
    if key in directory.revoked and known.spent(key, None) + size > limits.revoked:
        raise Problem("over_limit", limit=limits.revoked)


def _check_listed(named: Named, directory: Directory) -> None:
    if named.part is not None and named.part.key not in directory.audience_keys(named.part.audience):
        raise Problem("bad_part", reason="key")


def _check_object(named: Named, data: bytes, directory: Directory) -> None:
    if len(data) != named.size:
        raise Problem("bad_part", reason="size")
    if named.part is not None:
        _check_listed(named, directory)
        header = check_framing(data)
        if (header.key, header.audience) != (named.part.key, named.part.audience):
            raise Problem("bad_part", reason="key")


def _have(named: Named, directory: Directory, known: Known, arriving: Mapping[bytes, bytes]) -> bool:
    return named.id in directory.erased or named.id in arriving or known.object_size(named.id) is not None


def _state(entry: Entry, known: Known, missing: list[bytes]) -> tuple[State, str | None]:
    before = known.place_of(entry.prev) if entry.seq > 1 else None
    if before is not None and (before.log, before.seq) != (entry.log, entry.seq - 1):
        return "waiting", "broken_chain"
    return ("waiting", "missing_objects") if missing else ("held", None)


def _remark(entry: Entry, hash_: bytes, directory: Directory, known: Known) -> Remark | None:
    if directory.standing(entry.log, entry.seq, hash_, known) == "revoked":
        return "revoked"
    if any(other != hash_ for other in known.hashes_at(entry.log, entry.seq)):
        return "fork"
    return "gap" if entry.seq > 1 and known.place_of(entry.prev) is None else None


def _alarm(entry: Entry, directory: Directory) -> str | None:
    try:
        if entry.directory is not None:
            directory.check_view(entry.directory)
    except Problem as problem:
        return problem.code
    return None
