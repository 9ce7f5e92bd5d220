"""Reading, inside the writing transaction, the facts a change is decided on."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

from server.store.rows import EntryFact, Facts, LogFact, ObjectFact, Receipt, Statement, Wanted

CHUNK: Final = 500
ENTRY: Final = "SELECT entry, stream, log, log_seq, hash, prev, remark, linked FROM entries "
STATEMENT: Final = "SELECT kind, hash, signer, log, log_seq, time, bytes, signature, received, seq FROM statements "


def many(db: sqlite3.Connection, sql: str, values: Iterable[object]) -> Iterator[tuple[Any, ...]]:
    """The rows of `sql` where `(*)` stands for a list of values, however long."""
    rest = list(values)
    for start in range(0, len(rest), CHUNK):
        some = rest[start : start + CHUNK]
        yield from db.execute(sql.replace("(*)", f"({','.join('?' * len(some))})"), some)


def gather(db: sqlite3.Connection, wanted: Wanted) -> Facts:
    """The facts of `wanted`, and of the entries that wait for one of its objects."""
    objects = {
        row[1]: ObjectFact(row[0], row[2], bool(row[3]))
        for row in many(db, "SELECT object, id, size, held FROM objects WHERE id IN (*)", wanted.objects)
    }
    erased = {row[0] for row in many(db, "SELECT id FROM erased WHERE id IN (*)", wanted.objects)}
    entries = {row[4]: _entry(row) for row in many(db, ENTRY + "WHERE hash IN (*)", wanted.hashes)}
    receipts = {hash_: one for hash_, fact in entries.items() if (one := _receipt(db, fact)) is not None}
    _add_waiting(db, objects, entries)
    logs = _logs(db, {*wanted.logs, *(one.log for one in entries.values() if one.place == "waiting")})
    for log in logs.values():
        if log.unlinked:
            above = ENTRY + "WHERE log = ? AND stream = 'work' AND linked = 0"
            entries.update({row[4]: _entry(row) for row in db.execute(above, (log.log,))})
    for log in wanted.whole_logs:
        whole = db.execute(ENTRY + "WHERE log = ?", (log,))
        entries.update({row[4]: _entry(row) for row in whole if row[4] not in entries})
    return Facts(
        entries=entries,
        places=_places(db, wanted.places, entries),
        objects=objects,
        erased=erased,
        logs=logs,
        spent=_spent(db, {*wanted.keys, *(one.log[:32] for one in entries.values() if one.place == "waiting")}),
        receipts=receipts,
        statements=_statements(db, wanted.statements),
    )


def _entry(row: Sequence[Any]) -> EntryFact:
    entry, place, log, log_seq, hash_, prev, remark, linked = row
    return EntryFact(entry, place, log, log_seq, hash_, prev, remark, bool(linked))


def _add_waiting(db: sqlite3.Connection, objects: dict[bytes, ObjectFact], entries: dict[bytes, EntryFact]) -> None:
    """Entries that wait for `objects`, what every waiting entry waits for, and the entries before them."""
    wanted = [one.object for one in objects.values() if not one.held]
    found = "WHERE stream = 'waiting' AND entry IN (SELECT entry FROM names WHERE object IN (*))"
    entries.update({row[4]: _entry(row) for row in many(db, ENTRY + found, wanted)})
    waiting = {one.entry: hash_ for hash_, one in entries.items() if one.place == "waiting"}
    missing: dict[int, set[bytes]] = {number: set() for number in waiting}
    lacking = (
        "SELECT names.entry, id FROM names JOIN objects USING (object) "
        "WHERE names.entry IN (*) AND (held = 0 OR objects.size <> names.size) AND id NOT IN (SELECT id FROM erased)"
    )
    for number, id_ in many(db, lacking, waiting):
        missing[number].add(id_)
    for number, bytes_ in many(db, "SELECT entry, bytes FROM entry_bodies WHERE entry IN (*)", waiting):
        one = entries[waiting[number]]
        entries[one.hash] = msgspec.structs.replace(one, bytes=bytes_, missing=frozenset(missing[number]))
    before = {one.prev for one in entries.values() if one.place == "waiting"} - entries.keys()
    entries.update({row[4]: _entry(row) for row in many(db, ENTRY + "WHERE hash IN (*)", before)})


def _logs(db: sqlite3.Connection, logs: Iterable[bytes]) -> dict[bytes, LogFact]:
    sql = "SELECT log, seq, hash, contiguous, unlinked, forked, seen FROM logs WHERE log IN (*)"
    return {row[0]: log_fact(row) for row in many(db, sql, logs)}


def log_fact(row: Sequence[Any]) -> LogFact:
    """A row of `logs`, its columns in the order of `LogFact`."""
    log, seq, hash_, contiguous, unlinked, forked, seen = row
    return LogFact(log, seq, hash_, contiguous, unlinked, bool(forked), seen)


def _places(
    db: sqlite3.Connection, wanted: Iterable[tuple[bytes, int]], entries: dict[bytes, EntryFact]
) -> dict[tuple[bytes, int], list[bytes]]:
    """By log, as one range: what is pushed together mostly stands together."""
    asked = {*wanted, *((one.log, one.log_seq) for one in entries.values() if one.place == "waiting")}
    by_log: dict[bytes, list[int]] = {}
    for log, seq in asked:
        by_log.setdefault(log, []).append(seq)
    found: dict[tuple[bytes, int], list[bytes]] = {place: [] for place in asked}
    for log, numbers in by_log.items():
        sql = "SELECT log_seq, hash FROM entries WHERE log = ? AND log_seq BETWEEN ? AND ? ORDER BY log_seq, entry"
        for seq, hash_ in db.execute(sql, (log, min(numbers), max(numbers))):
            if (log, seq) in found:
                found[log, seq].append(hash_)
    return found


def _spent(db: sqlite3.Connection, keys: Iterable[bytes]) -> dict[tuple[bytes, int], int]:
    return {(row[0], row[1]): row[2] for row in many(db, "SELECT key, hour, bytes FROM spent WHERE key IN (*)", keys)}


def _receipt(db: sqlite3.Connection, fact: EntryFact) -> Receipt | None:
    sql = (
        "SELECT log, log_seq, hash, contiguous, bytes, signature FROM receipts "
        "WHERE log = ? AND log_seq = ? AND hash = ?"
    )
    row = db.execute(sql, (fact.log, fact.log_seq, fact.hash)).fetchone()
    return None if row is None else Receipt(*row)


def _statements(db: sqlite3.Connection, wanted: Iterable[tuple[str, bytes, bytes]]) -> dict[bytes, Statement]:
    sql = STATEMENT + "WHERE kind = ? AND signer = ? AND log = ?"
    return {row[1]: Statement(*row) for one in wanted for row in db.execute(sql, one)}
