"""Writing a decided change, inside the transaction it was decided in."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from server.store.rows import Change, Facts, NewEntry, ObjectFact


def apply(db: sqlite3.Connection, facts: Facts, change: Change) -> None:
    """Write all of `change`. `facts` are those it was decided on."""
    if change.objects:
        _put_objects(db, facts, change)
    if change.entries:
        _put_entries(db, facts, change)
    if change.settled:
        _settle(db, change)
    db.executemany("UPDATE entries SET linked = 1 WHERE entry = ?", [(number,) for number in change.linked])
    db.executemany(
        "INSERT INTO logs (log, seq, hash, contiguous, unlinked, forked, seen) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (log) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, contiguous = excluded.contiguous, "
        "unlinked = excluded.unlinked, forked = excluded.forked, seen = excluded.seen",
        [
            (one.log, one.seq, one.hash, one.contiguous, one.unlinked, one.forked, one.seen)
            for one in change.logs.values()
        ],
    )
    db.executemany(
        "INSERT OR REPLACE INTO receipts (log, log_seq, hash, contiguous, bytes, signature) VALUES (?, ?, ?, ?, ?, ?)",
        [(r.log, r.log_seq, r.hash, r.contiguous, r.bytes, r.signature) for r in change.receipts],
    )
    if change.statements or change.outdone:
        _put_statements(db, change)
    db.executemany(
        "INSERT OR IGNORE INTO erased (id, since, swept) VALUES (?, ?, 0)", [(id_, change.at) for id_ in change.erased]
    )
    for id_ in change.restored:
        db.execute(
            "UPDATE objects SET held = 0 WHERE id = ? "
            "AND NOT EXISTS (SELECT 1 FROM object_bodies WHERE object_bodies.object = objects.object)",
            (id_,),
        )
        db.execute("DELETE FROM erased WHERE id = ?", (id_,))
    db.executemany(
        "INSERT INTO spent (key, hour, bytes) VALUES (?, ?, ?) "
        "ON CONFLICT (key, hour) DO UPDATE SET bytes = bytes + excluded.bytes",
        [(key, hour, size) for (key, hour), size in change.spent.items()],
    )


def take(db: sqlite3.Connection, stream: str, count: int) -> int:
    """The first of `count` new numbers of a stream. The row stays locked until the commit."""
    sql = "UPDATE streams SET last = last + ? WHERE stream = ? RETURNING last"
    return int(db.execute(sql, (count, stream)).fetchone()[0]) - count + 1


def _put_objects(db: sqlite3.Connection, facts: Facts, change: Change) -> None:
    """Bodies, and the rows of objects that no stored entry named before."""
    fresh = [id_ for id_ in change.objects if id_ not in facts.objects]
    number = take(db, "object", len(fresh)) if fresh else 0
    for at, id_ in enumerate(fresh):
        facts.objects[id_] = ObjectFact(number + at, len(change.objects[id_]), True)
    db.executemany(
        "INSERT INTO objects (object, id, size, held, received) VALUES (?, ?, ?, 1, ?)",
        [(facts.objects[id_].object, id_, len(change.objects[id_]), change.at) for id_ in fresh],
    )
    arrived = change.objects.keys() - set(fresh)
    db.executemany(
        "UPDATE objects SET held = 1, size = ?, received = ? WHERE object = ?",
        [(len(change.objects[id_]), change.at, facts.objects[id_].object) for id_ in arrived],
    )
    db.executemany(
        "INSERT INTO object_bodies (object, bytes) VALUES (?, ?)",
        [(facts.objects[id_].object, body) for id_, body in change.objects.items()],
    )


def _put_entries(db: sqlite3.Connection, facts: Facts, change: Change) -> None:
    entries = change.entries
    first = take(db, "entry", len(entries))
    seqs = _numbers(db, entries)
    db.executemany(
        "INSERT INTO entries (stream, seq, entry, log, log_seq, hash, prev, kind, remark, linked, received) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (e.place, seqs[at], first + at, e.log, e.log_seq, e.hash, e.prev, e.kind, e.remark, e.linked, e.received)
            for at, e in enumerate(entries)
        ],
    )
    db.executemany(
        "INSERT INTO entry_bodies (entry, bytes, signature) VALUES (?, ?, ?)",
        [(first + at, e.bytes, e.signature) for at, e in enumerate(entries)],
    )
    _put_wanted(db, facts, change)
    db.executemany(
        "INSERT OR IGNORE INTO names (entry, object, size, audience) VALUES (?, ?, ?, ?)",
        [(first + at, facts.objects[n.id].object, n.size, n.audience) for at, e in enumerate(entries) for n in e.names],
    )


def _numbers(db: sqlite3.Connection, entries: list[NewEntry]) -> list[int]:
    """The number of each entry in its stream; the directory's are those of its log."""
    following: dict[str, int] = {}
    for place in ("work", "waiting"):
        count = sum(one.place == place for one in entries)
        if count:
            following[place] = take(db, place, count)
    numbers: list[int] = []
    for one in entries:
        if one.place == "directory":
            numbers.append(one.log_seq)
        else:
            numbers.append(following[one.place])
            following[one.place] += 1
    return numbers


def _put_wanted(db: sqlite3.Connection, facts: Facts, change: Change) -> None:
    """Rows for objects that are named now and not here: waited for, or erased before they came."""
    named = {one.id: one.size for entry in change.entries for one in entry.names if one.id not in facts.objects}
    if not named:
        return
    number = take(db, "object", len(named))
    for at, (id_, size) in enumerate(named.items()):
        facts.objects[id_] = ObjectFact(number + at, size, False)
    db.executemany(
        "INSERT INTO objects (object, id, size, held, received) VALUES (?, ?, ?, 0, ?)",
        [(facts.objects[id_].object, id_, size, change.at) for id_, size in named.items()],
    )


def _settle(db: sqlite3.Connection, change: Change) -> None:
    """Waiting entries step into the feed, with a number of now: a reader has passed all earlier ones."""
    first = take(db, "work", len(change.settled))
    db.executemany(
        "UPDATE entries SET stream = 'work', seq = ?, remark = ?, linked = ?, received = ? WHERE entry = ?",
        [(first + at, one.remark, one.linked, change.at, one.entry) for at, one in enumerate(change.settled)],
    )


def _put_statements(db: sqlite3.Connection, change: Change) -> None:
    db.executemany("DELETE FROM statements WHERE hash = ?", [(hash_,) for hash_ in change.outdone])
    if not change.statements:
        return
    first = take(db, "work", len(change.statements))
    rows: Iterable[tuple[Any, ...]] = [
        (first + at, s.hash, s.kind, s.signer, s.log, s.log_seq, s.time, s.bytes, s.signature, s.received)
        for at, s in enumerate(change.statements)
    ]
    db.executemany(
        "INSERT INTO statements (seq, hash, kind, signer, log, log_seq, time, bytes, signature, received) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
