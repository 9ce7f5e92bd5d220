"""The shapes that go into a store and come out of it. Ids, hashes and keys are raw bytes; times are milliseconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

Bytes = bytes
"""The type, where a field is called bytes."""

Place = Literal["directory", "work", "waiting"]
"""Which stream an entry stands in. *waiting* is no feed: nobody is shown it and it has no receipt."""

BROKEN = "broken_chain"
"""The remark of a waiting entry that no arriving object can settle."""


class Named(msgspec.Struct, frozen=True):
    """An object as an entry names it; `audience` is None for a chunk."""

    id: Bytes
    size: int
    audience: str | None


class NewEntry(msgspec.Struct, frozen=True):
    """An entry to write, with everything it names."""

    place: Place
    log: Bytes
    log_seq: int
    hash: Bytes
    prev: Bytes
    kind: str
    remark: str | None
    linked: bool
    received: int
    bytes: Bytes
    signature: Bytes
    names: tuple[Named, ...] = ()


class EntryFact(msgspec.Struct, frozen=True):
    """What the store knows of an entry. `linked`: its chain down to number 1 is held; `bytes` of waiting ones only,
    and not of one that is here because another follows it."""

    entry: int
    place: Place
    log: Bytes
    log_seq: int
    hash: Bytes
    prev: Bytes
    remark: str | None
    linked: bool
    bytes: Bytes = b""
    missing: frozenset[Bytes] = frozenset()
    """Of a waiting entry: the ids it still waits for, erased ones left out."""


class ObjectFact(msgspec.Struct, frozen=True):
    """An object that some entry names; not `held` while it is only waited for."""

    object: int
    size: int
    held: bool


class LogFact(msgspec.Struct, frozen=True):
    """A log's head. `contiguous`: the highest number whose whole chain is held; `unlinked`: held above a gap."""

    log: Bytes
    seq: int
    hash: Bytes
    contiguous: int
    unlinked: int
    forked: bool
    seen: int


class Receipt(msgspec.Struct, frozen=True):
    """A receipt as signed, and where it belongs."""

    log: Bytes
    log_seq: int
    hash: Bytes
    contiguous: int
    bytes: Bytes
    signature: Bytes


class Statement(msgspec.Struct, frozen=True):
    """A tablet's head or another store's receipt. `hash` is that of its bytes."""

    kind: str
    hash: Bytes
    signer: Bytes
    log: Bytes
    log_seq: int
    time: int
    bytes: Bytes
    signature: Bytes
    received: int
    seq: int = 0


class Wanted(msgspec.Struct, frozen=True):
    """Which facts a change is decided on."""

    hashes: tuple[Bytes, ...] = ()
    places: tuple[tuple[Bytes, int], ...] = ()
    objects: tuple[Bytes, ...] = ()
    logs: tuple[Bytes, ...] = ()
    whole_logs: tuple[Bytes, ...] = ()
    """Logs of revoked keys: whether an entry leads up to a cut is seen from the chain."""
    keys: tuple[Bytes, ...] = ()
    statements: tuple[tuple[str, Bytes, Bytes], ...] = ()
    """(kind, signer, log)"""


class Facts(msgspec.Struct):
    """Answers to a `Wanted`, true inside the transaction that asks."""

    entries: dict[Bytes, EntryFact]
    """By hash: those asked for, those that wait for an object asked for with the ones before them, all that is held
    above a gap in a log asked for, and all of the whole logs."""
    places: dict[tuple[Bytes, int], list[Bytes]]
    """(log, number) to the hashes there, waiting ones too."""
    objects: dict[Bytes, ObjectFact]
    erased: set[Bytes]
    logs: dict[Bytes, LogFact]
    spent: dict[tuple[Bytes, int], int]
    """(key, hour) to bytes; hour -1 counts what came after a revocation."""
    receipts: dict[Bytes, Receipt]
    """By entry hash."""
    statements: dict[Bytes, Statement]
    """By hash."""


class Settled(msgspec.Struct, frozen=True):
    """A waiting entry whose last object is here."""

    entry: int
    remark: str | None
    linked: bool


class Change(msgspec.Struct):
    """What one request writes. All of it, or nothing."""

    entries: list[NewEntry] = msgspec.field(default_factory=list[NewEntry])
    settled: list[Settled] = msgspec.field(default_factory=list[Settled])
    linked: list[int] = msgspec.field(default_factory=list[int])
    objects: dict[Bytes, Bytes] = msgspec.field(default_factory=dict[Bytes, Bytes])
    logs: dict[Bytes, LogFact] = msgspec.field(default_factory=dict[Bytes, LogFact])
    receipts: list[Receipt] = msgspec.field(default_factory=list[Receipt])
    statements: list[Statement] = msgspec.field(default_factory=list[Statement])
    outdone: list[Bytes] = msgspec.field(default_factory=list[Bytes])
    """Hashes of statements that a newer one replaces."""
    erased: list[Bytes] = msgspec.field(default_factory=list[Bytes])
    restored: list[Bytes] = msgspec.field(default_factory=list[Bytes])
    """Ids whose erasure was made void. What was deleted already is missing from then on, and may come again."""
    spent: dict[tuple[Bytes, int], int] = msgspec.field(default_factory=dict[tuple[Bytes, int], int])
    """Bytes to add by (key, hour)."""
    at: int = 0
    cursor: int = 0
    """The feed's newest number, filled in by the store."""


Decide = Callable[[Facts], Change]
"""Runs inside the transaction, between reading and writing. Pure but for signing receipts."""

Confirm = Callable[[], None]
"""Runs inside the transaction, after writing and before COMMIT: the last chance to have written nothing."""


class HeldObject(msgspec.Struct, frozen=True):
    """A held object and for whom: the audiences of the parts it is, or of the parts beside it if it is a chunk."""

    bytes: Bytes
    audiences: frozenset[str]


class FeedEntry(msgspec.Struct, frozen=True):
    """An entry of the feed. `seq` is the feed's number."""

    seq: int
    bytes: Bytes
    signature: Bytes
    received: int
    remark: str | None


class FeedPage(msgspec.Struct, frozen=True):
    """Everything of the feed after a cursor, up to `cursor`; `more` when that is not all."""

    cursor: int
    entries: list[FeedEntry]
    statements: list[Statement]
    more: bool


class Session(msgspec.Struct, frozen=True):
    """Whose a token is, and until when."""

    key: Bytes
    until: int
