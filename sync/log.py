"""A writer's log (PROTOCOL 4): the next number, the hash before it, and the check that entries make one chain."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from sync.entry import Entry, Head, Signed, entry_hash, read_entry, write_entry
from sync.ids import ZERO_HASH, new_log_id
from sync.keys import SigningKey
from sync.problems import Problem
from sync.randomness import Random, random_bytes


class Log:
    """Writer state of one log in one place. `seq` and `prev` are of the newest entry: 0 and zeros before the first."""

    def __init__(self, pid: bytes, key: SigningKey, log: bytes, seq: int = 0, prev: bytes = ZERO_HASH) -> None:
        self.pid = pid
        self.key = key
        self.id = log
        self.seq = seq
        self.prev = prev

    @classmethod
    def new(cls, pid: bytes, key: SigningKey, random: Random = random_bytes) -> "Log":
        """A log that nobody has written in."""
        return cls(pid, key, new_log_id(key.key_id, random))

    def write(
        self,
        kind: str,
        body: msgspec.Struct | Mapping[str, object],
        *,
        directory: Head,
        at: int,
        offset: int | None = None,
    ) -> Signed:
        """The next entry; the state moves on, so what comes back must be kept before anything else is written."""
        signed = write_entry(
            self.pid, self.key, log=self.id, seq=self.seq + 1, prev=self.prev, kind=kind, time=at, offset=offset,
            directory=directory, body=body,
        )  # fmt: skip
        self.seq += 1
        self.prev = entry_hash(signed.bytes)
        return signed


class Chain(Protocol):
    """What somebody who holds entries knows of their order."""

    def hash_on_chain(self, tip: bytes, seq: int) -> bytes | None:
        """The hash at number `seq` on the chain that ends in the entry `tip`, known also from the `prev` of the entry
        after it; None when what is between is not here."""
        ...


class Entries:
    """A `Chain` in memory, for desks and tests."""

    def __init__(self) -> None:
        self._entries: dict[bytes, Entry] = {}

    def add(self, data: bytes) -> Entry:
        """Takes an entry's bytes; its signature is the caller's care. Raises `malformed`."""
        entry = read_entry(data)
        self._entries[entry_hash(data)] = entry
        return entry

    def hash_on_chain(self, tip: bytes, seq: int) -> bytes | None:
        entry = self._entries.get(tip)
        if entry is not None and entry.seq == seq:
            return tip
        while entry is not None and entry.seq > seq + 1:
            entry = self._entries.get(entry.prev)
        return entry.prev if entry is not None and entry.seq == seq + 1 else None


def check_chain(entries: Sequence[bytes]) -> None:
    """That these bytes are 1…n of one log. Raises `malformed`, or `broken_chain` with the number that does not fit."""
    before: Entry | None = None
    prev = ZERO_HASH
    for number, data in enumerate(entries, 1):
        entry = read_entry(data)
        if entry.seq != number or entry.prev != prev or (before is not None and entry.log != before.log):
            raise Problem("broken_chain", seq=number)
        before, prev = entry, entry_hash(data)
