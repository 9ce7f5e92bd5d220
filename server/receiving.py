"""What a push changes in the store: a pure decision on the facts, made inside the transaction (PROTOCOL 8.3).

`sync.receive` decides on each entry; this adds what follows for the store: which waiting entries an object settles,
which entries stand on a whole chain now, and which receipts that is worth.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final

import msgspec

from server.store.rows import BROKEN, Change, EntryFact, Facts, LogFact, NewEntry, Receipt, Settled
from server.store.rows import Named as NamedRow
from sync.directory import Directory
from sync.entry import Entry, Named, Signed, named_objects, read_entry
from sync.problems import Problem
from sync.receive import DAY, Admitted, Decision, Limits, Place, check_limit, examine_object, place, refusal

HOUR: Final = 3_600_000
AFTER_REVOCATION: Final = -1
"""The hour under which all is counted that a key brings once it is revoked."""

SignReceipt = Callable[[bytes, int, bytes, int], Receipt]
"""(log, number, hash, contiguous) -> a receipt"""


class Standing(msgspec.Struct):
    """An entry that is held or becomes so, while the decision is made. `stored` is its row, if it has one."""

    hash: bytes
    log: bytes
    seq: int
    prev: bytes
    remark: str | None
    held: bool
    linked: bool
    stored: EntryFact | None
    decision: Decision | None = None
    admitted: Admitted | None = None
    signed: Signed | None = None

    @property
    def named(self) -> list[Named]:
        """What it names, as far as this push knows."""
        return self.admitted.objects if self.admitted else []


class Receiving:
    """One push being decided. It is what `sync.receive` asks, and counts what was decided before in the same push."""

    def __init__(
        self, facts: Facts, directory: Directory, arriving: Mapping[bytes, bytes], at: int, limits: Limits
    ) -> None:
        self.facts = facts
        self.directory = directory
        self.arriving = arriving
        self.at = at
        self.limits = limits
        self.change = Change(at=at)
        self.refused: Problem | None = None
        """Why the last object that something waits for was not taken."""
        self.touched: dict[bytes, Standing] = {}
        """Entries of this push and those it settles, by hash."""
        self._standing = {one.hash: _of_fact(one) for one in facts.entries.values()}
        self._places: dict[tuple[bytes, int], list[bytes]] = {key: list(one) for key, one in facts.places.items()}
        self._today: dict[bytes, int] = {}
        self._above_gap: dict[bytes, list[Standing]] = {}
        for one in self._standing.values():
            if one.held and not one.linked:
                self._above_gap.setdefault(one.prev, []).append(one)
        self._now_linked: list[Standing] = []

    # --- what sync.receive asks

    def place_of(self, hash_: bytes) -> Place | None:
        one = self._standing.get(hash_)
        return Place(one.log, one.seq, one.held) if one else None

    def hashes_at(self, log: bytes, seq: int) -> Collection[bytes]:
        return self._places.get((log, seq), [])

    def object_size(self, id_: bytes) -> int | None:
        fact = self.facts.objects.get(id_)
        if fact is not None and fact.held:
            return fact.size
        taken = self.change.objects.get(id_)
        return None if taken is None else len(taken)

    def spent(self, key: bytes, since: int | None) -> int:
        if since is None:
            late = key, AFTER_REVOCATION
            return self.facts.spent.get(late, 0) + self.change.spent.get(late, 0)
        if key not in self._today:
            now = (since + DAY) // HOUR
            self._today[key] = sum(self.facts.spent.get((key, hour), 0) for hour in range(now - 23, now + 1))
        return self._today[key] + self.change.spent.get((key, self.at // HOUR), 0)

    def hash_on_chain(self, tip: bytes, seq: int) -> bytes | None:
        at = self._standing.get(tip)
        if at is not None and at.seq == seq:
            return tip
        while at is not None and at.seq > seq + 1:
            at = self._standing.get(at.prev)
        return at.prev if at is not None and at.seq == seq + 1 else None

    # --- entries

    def entry(self, signed: Signed, admitted: Admitted) -> Decision:
        """Decide on one entry of the push and take what it may bring."""
        decision = place(admitted, self.directory, self, self.arriving, at=self.at, limits=self.limits)
        one = self._standing.get(admitted.hash)
        if one is not None and one.held:  # what is held stays held, whatever became known since
            decision = msgspec.structs.replace(decision, state="held", problem=None, missing=[])
        elif one is not None and self._no_room(admitted.entry.writer, admitted.objects):
            decision = refusal(signed, Problem("over_limit"))
        if decision.state == "refused":
            return decision
        if one is None:
            one = self._new(admitted, signed, decision)
        one.decision, one.admitted = decision, admitted
        self.touched[one.hash] = one
        for named in admitted.objects:
            self._take(admitted.entry.writer, named)
        if decision.state == "held" and not one.held:
            one.remark = decision.remark
            self._hold(one)
        return decision

    def _new(self, admitted: Admitted, signed: Signed, decision: Decision) -> Standing:
        entry = admitted.entry
        remark = BROKEN if decision.problem == "broken_chain" else decision.remark
        one = Standing(admitted.hash, entry.log, entry.seq, entry.prev, remark, False, False, None, signed=signed)
        self._standing[one.hash] = one
        self._places.setdefault((one.log, one.seq), []).append(one.hash)
        self._spend(entry.writer, admitted.size)
        return one

    def _hold(self, one: Standing) -> None:
        """An entry becomes held, and with it the chain above it may become whole."""
        one.held = True
        before = self._standing.get(one.prev)
        follows = before is not None and (before.log, before.seq) == (one.log, one.seq - 1)
        if one.seq > 1 and not (before is not None and follows and before.linked):
            self._above_gap.setdefault(one.prev, []).append(one)
            return
        waiting = [one]
        while waiting:
            now = waiting.pop()
            now.linked = True
            self._now_linked.append(now)
            above = self._above_gap.pop(now.hash, [])
            waiting.extend(one for one in above if (one.log, one.seq) == (now.log, now.seq + 1))

    # --- objects

    def _take(self, key: bytes, named: Named) -> None:
        data = self.arriving.get(named.id)
        # the facts know an `erase` that came after the directory was looked at
        if data is None or named.id in self.directory.erased or named.id in self.facts.erased:
            return
        if self.object_size(named.id) is not None:
            return
        self.change.objects[named.id] = data
        self._spend(key, len(data))

    def _no_room(self, key: bytes, objects: list[Named]) -> bool:
        """Whether the objects that arrive for an entry that waits are more than its writer may still bring."""
        fresh = [
            self.arriving[one.id] for one in objects if one.id in self.arriving and self.object_size(one.id) is None
        ]
        try:
            check_limit(key, sum(map(len, fresh)), self.directory, self, self.at, self.limits)
        except Problem as problem:
            self.refused = problem
            return True
        return False

    def settle(self) -> None:
        """Entries that waited, also outside this push, and have everything now."""
        for fact in list(self.facts.entries.values()):
            if fact.place == "waiting" and fact.bytes and fact.hash not in self.touched:
                self._arrive(fact)

    def _arrive(self, fact: EntryFact) -> None:
        entry = read_entry(fact.bytes)
        objects = named_objects(entry)
        wanted = [one for one in objects if one.id in self.arriving and one.id in fact.missing]
        if self._no_room(entry.writer, wanted):
            return
        arrived: set[bytes] = set()
        for named in wanted:
            try:
                examine_object(named, self.arriving[named.id], self.directory)
            except Problem as problem:
                self.refused = problem
                continue
            self._take(entry.writer, named)
            arrived.add(named.id)
        if fact.remark == BROKEN or fact.missing - arrived - self.directory.erased.keys():
            return
        one = self._standing[fact.hash]
        one.remark = self._remark(entry, fact.hash)
        self.touched[one.hash] = one
        self._hold(one)

    def _remark(self, entry: Entry, hash_: bytes) -> str | None:
        if self.directory.standing(entry.log, entry.seq, hash_, self) == "revoked":
            return "revoked"
        if any(other != hash_ for other in self.hashes_at(entry.log, entry.seq)):
            return "fork"
        return "gap" if entry.seq > 1 and self.place_of(entry.prev) is None else None

    def take_statement(self, signer: bytes, size: int) -> None:
        """Count a statement of this many bytes against who signed it. Raises `over_limit`."""
        check_limit(signer, size, self.directory, self, self.at, self.limits)
        self._spend(signer, size)

    def _spend(self, key: bytes, size: int) -> None:
        hours = [self.at // HOUR] + ([AFTER_REVOCATION] if key in self.directory.revoked else [])
        for hour in hours:
            self.change.spent[key, hour] = self.change.spent.get((key, hour), 0) + size

    # --- what is written

    def finish(self, sign: SignReceipt) -> tuple[Change, list[Receipt]]:
        """The change, and the receipts to answer with: old ones as they were given, new ones signed."""
        for one in self.touched.values():
            if one.stored is None:
                self.change.entries.append(self._row(one))
            elif one.held and one.stored.place == "waiting":
                self.change.settled.append(Settled(one.stored.entry, one.remark, one.linked))
        self.change.linked = [
            one.stored.entry for one in self._now_linked if one.stored is not None and one.stored.place == "work"
        ]
        # by log in one pass: a stolen key may bring ten thousand logs of one entry
        touched = _by_log(one for one in self.touched.values() if one.held)
        now_linked = _by_log(self._now_linked)
        answered: list[Receipt] = []
        for log in sorted(touched.keys() | now_linked.keys()):
            held = touched.get(log, [])
            self._log(log, held, now_linked.get(log, []))
            answered.extend(self._receipts(log, held, sign))
        return self.change, answered

    def _row(self, one: Standing) -> NewEntry:
        assert one.signed is not None and one.admitted is not None  # noqa: S101, PT018 - it has no row, so it is of this push
        names = tuple(NamedRow(n.id, n.size, n.part.audience if n.part else None) for n in one.named)
        return NewEntry(
            "work" if one.held else "waiting", one.log, one.seq, one.hash, one.prev, one.admitted.entry.kind,
            one.remark, one.linked, self.at, one.signed.bytes, one.signed.signature, names,
        )  # fmt: skip

    def _log(self, log: bytes, held: list[Standing], linked: list[Standing]) -> None:
        """The log's head after this push; a push that changed nothing in it writes nothing."""
        before = self.facts.logs.get(log) or LogFact(log, 0, b"", 0, 0, False, self.at)
        fresh = [one for one in held if one.stored is None or one.stored.place == "waiting"]
        if not fresh and not linked:
            return
        seq, hash_ = before.seq, before.hash
        for one in fresh:
            if one.seq > seq:
                seq, hash_ = one.seq, one.hash
        was_above = sum(one.stored is not None and one.stored.place == "work" for one in linked)
        self.change.logs[log] = LogFact(
            log,
            seq,
            hash_,
            max([before.contiguous, *(one.seq for one in linked)]),
            before.unlinked + sum(not one.linked for one in fresh) - was_above,
            before.forked or any(len(self.hashes_at(log, one.seq)) > 1 for one in fresh),
            self.at,
        )

    def _receipts(self, log: bytes, held: list[Standing], sign: SignReceipt) -> list[Receipt]:
        """One receipt covers a whole chain; above a gap, and in a forked log, each entry has its own."""
        after = self.change.logs.get(log) or self.facts.logs[log]
        linked = [one for one in held if one.linked]
        tips = linked if after.forked else sorted(linked, key=lambda one: one.seq)[-1:]
        answered: list[Receipt] = []
        for one in [*tips, *(one for one in held if not one.linked)]:
            contiguous = one.seq if one.linked else 0
            known = self.facts.receipts.get(one.hash)
            if known is None or known.contiguous != contiguous:
                known = sign(log, one.seq, one.hash, contiguous)
                self.change.receipts.append(known)
            answered.append(known)
        return answered


def _by_log(some: Iterable[Standing]) -> dict[bytes, list[Standing]]:
    found: dict[bytes, list[Standing]] = {}
    for one in some:
        found.setdefault(one.log, []).append(one)
    return found


def _of_fact(fact: EntryFact) -> Standing:
    return Standing(fact.hash, fact.log, fact.log_seq, fact.prev, fact.remark, fact.place == "work", fact.linked, fact)
