"""The directory: one chain, append only, every entry checked by everybody (PROTOCOL 6).

on top of the head        checked, applied
the same entry again      nothing happens
anything else             `directory_moved`; for a reader of another's chain `split_directory`
"""

from collections.abc import Sequence
from typing import Literal, cast

import msgspec

from sync.directory.bodies import Cut
from sync.directory.rules import judge, signer_public
from sync.directory.state import Context, State
from sync.directory.view import View
from sync.entry import Entry, Head, Signed, check_signature, entry_hash, read_entry
from sync.ids import ZERO_HASH, directory_log
from sync.problems import Problem
from sync.wire import shape


class Directory(View):
    """A programme's directory as far as it is known here. Not for several threads at once."""

    def __init__(self, pid: bytes) -> None:
        super().__init__(pid)
        self._chain: list[tuple[Signed, Context]] = []
        self.void: set[bytes] = set()
        """Hashes of entries that a root-signed revoke made void; they stay in the chain and are not applied."""

    @classmethod
    def read(cls, pid: bytes, chain: Sequence[Signed]) -> "Directory":
        """A directory from its first entry on. Raises the problem of the first entry that fails."""
        directory = cls(pid)
        for signed in chain:
            directory.append(signed)
        return directory

    def copy(self) -> "Directory":
        """Another that goes on by itself: what is appended to it does not show here."""
        other = Directory(self.pid)
        other._chain = list(self._chain)
        other._state = self._state.copy()
        other.void = set(self.void)
        return other

    @property
    def head(self) -> Head | None:
        """The newest entry; None before the first."""
        return Head(len(self._chain), self._chain[-1][1].hash) if self._chain else None

    @property
    def seq(self) -> int:
        """The number of the newest entry, 0 before the first."""
        return len(self._chain)

    def since(self, seq: int) -> list[Signed]:
        """The entries after number `seq`."""
        return [signed for signed, _ in self._chain[max(seq, 0) :]]

    def entries(self) -> list[Entry]:
        """Every entry, in order."""
        return [context.entry for _, context in self._chain]

    def hash_at(self, seq: int) -> bytes | None:
        """The hash of the entry with this number; None beyond the head."""
        return self._chain[seq - 1][1].hash if 1 <= seq <= len(self._chain) else None

    def append(self, signed: Signed, at: int | None = None) -> Entry:
        """Checks and applies an entry on top of the head. `at` is the appending store's clock (ms), None when reading a
        chain. An entry that is here already changes nothing. Raises a `Problem` and changes nothing."""
        entry = read_entry(signed.bytes)
        hash_ = entry_hash(signed.bytes)
        if entry.log != directory_log(self.pid):
            raise Problem("wrong_programme", reason="log")
        if self.hash_at(entry.seq) == hash_:
            return entry
        if entry.seq != self.seq + 1 or entry.prev != (self.hash_at(self.seq) or ZERO_HASH):
            raise Problem("directory_moved", seq=self.seq)
        context = Context(entry, cast("bytes", entry.by), hash_, at)
        check_signature(self.pid, signer_public(self._state, context), signed)
        self._check_places(context)
        voided = self._voided(context)
        if voided is None:
            judge(self._state, context)
        else:
            self._state, self.void = voided
        self._chain.append((signed, context))
        return entry

    def extend(self, newer: Sequence[Signed]) -> None:
        """Reads on in another's chain, which may overlap mine. Raises `split_directory` where it contradicts mine, else
        the problem of the first entry that fails; those before it are applied."""
        for signed in newer:
            entry = read_entry(signed.bytes)
            mine = self.hash_at(entry.seq)
            if mine is not None and mine != entry_hash(signed.bytes):
                raise Problem("split_directory", seq=entry.seq)
            if entry.seq == self.seq + 1 and self.seq and entry.prev != self.hash_at(self.seq):
                raise Problem("split_directory", seq=self.seq)
            self.append(signed)

    def check_view(self, head: Head) -> Literal["seen", "ahead"]:
        """Whether another's view of the chain is mine: `seen`, or `ahead` when it names what I do not have yet. Raises
        `split_directory`, an alarm."""
        mine = self.hash_at(head.seq)
        if mine is not None and mine != head.hash:
            raise Problem("split_directory", seq=head.seq)
        return "ahead" if mine is None else "seen"

    def compare(self, other: "Directory") -> None:
        """Whether `other` (all that a store shows) goes on from what I have seen. Raises `shortened_directory` or
        `split_directory`; not the latter when a root-signed `follow` after the split names a place in `other`."""
        split = next((n for n in range(1, min(self.seq, other.seq) + 1) if self.hash_at(n) != other.hash_at(n)), None)
        if split is None and other.seq >= self.seq:
            return
        if split is None:
            raise Problem("shortened_directory", seen=self.seq, shown=other.seq)
        later = (entry for entry in other.entries()[split - 1 :] if entry.kind == "follow")
        if not any(cast("int", entry.body["seq"]) >= split for entry in later):
            raise Problem("split_directory", seq=split)

    def _check_places(self, context: Context) -> None:
        """That `follow`, and cuts in this log, name entries of this very chain."""
        kind, body, log = context.entry.kind, context.entry.body, directory_log(self.pid)
        own: list[Cut] = []
        if kind == "follow":
            own = [shape({**body, "log": log}, Cut)]
        elif kind == "revoke" and "key" in body:
            own = [cut for cut in shape(body, _Places).cut if cut.log == log]
        for place in own:
            if self.hash_at(place.seq) != place.hash:
                raise Problem("split_directory", seq=place.seq)

    def _voided(self, context: Context) -> tuple[State, set[bytes]] | None:
        """The state without what a bad administrator signed after a cut in this log; None when there is no such cut."""
        if context.entry.kind != "revoke" or context.by != self.pid or "key" not in context.entry.body:
            return None
        own = directory_log(self.pid)
        judged = self._state.copy()
        judge(judged, context)
        cut = judged.revoked[cast("bytes", context.entry.body["key"])].cuts.get(own)
        if cut is None:
            return None
        keys = judged.keys_of(cast("bytes", context.entry.body["key"]))
        void = {one.hash for _, one in self._chain if one.by in keys and one.entry.seq > cut.seq}
        state, void = _replay(self._chain, self.pid, self.void | void)
        judge(state, context)
        return state, void


class _Places(msgspec.Struct, frozen=True):
    cut: list[Cut] = msgspec.field(default_factory=list[Cut])


def _replay(chain: list[tuple[Signed, Context]], pid: bytes, void: set[bytes]) -> tuple[State, set[bytes]]:
    """The state without the void entries, and all that is void with them because it stood on them."""
    state, fallen = State(pid), set(void)
    for _, context in chain:
        if context.hash not in fallen:
            try:
                judge(state, context)
            except Problem:
                fallen.add(context.hash)
    return state, fallen
