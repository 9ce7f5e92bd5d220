"""Reading beside the writer: query-only connections, each used by one question at a time."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncGenerator, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import aiosqlite

from server.store.rows import FeedEntry, FeedPage, HeldObject, LogFact, Receipt, Session, Statement
from server.store.sqlite_facts import CHUNK, STATEMENT, log_fact
from server.store.sqlite_open import as_problem
from sync.problems import Problem

READERS: Final = 2
PAGE_BYTES: Final = 1024 * 1024
"""A page of the feed ends after so many bytes of entries."""

ENTRY: Final = (
    "SELECT seq, bytes, signature, received, remark FROM entries JOIN entry_bodies USING (entry) WHERE stream = 'work' "
)

Row = Sequence[Any]


class Readers:
    """A few query-only connections. A question sees one state of the database, whatever is written meanwhile."""

    def __init__(self, connections: list[aiosqlite.Connection]) -> None:
        self._all = connections
        self._free: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        for one in connections:
            self._free.put_nowait(one)

    @classmethod
    async def open(cls, path: Path) -> "Readers":
        """The database must be there: readers create and migrate nothing."""
        connections: list[aiosqlite.Connection] = []
        for _ in range(READERS):
            one = await aiosqlite.connect(path, isolation_level=None)
            connections.append(one)
            await one.execute("PRAGMA query_only = 1")
        return cls(connections)

    async def close(self) -> None:
        for one in self._all:
            await one.close()

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncGenerator[aiosqlite.Connection]:
        """A connection in a transaction of its own. Raises `database_corrupt` for a damaged page."""
        db = await self._free.get()
        try:
            await db.execute("BEGIN")
            yield db
        except sqlite3.Error as error:
            raise as_problem(error) or error from error
        finally:
            with contextlib.suppress(sqlite3.Error):  # also when cancelled before or after BEGIN
                await db.execute("ROLLBACK")
            self._free.put_nowait(db)

    async def rows(self, sql: str, values: Iterable[object] = ()) -> list[Row]:
        """All rows of one query."""
        async with self.reading() as db:
            return list(await db.execute_fetchall(sql, list(values)))

    async def many(self, sql: str, values: Sequence[object]) -> list[Row]:
        """All rows of a query where `(*)` stands for a list of values, however long."""
        async with self.reading() as db:
            return await _many(db, sql, values)


async def _many(db: aiosqlite.Connection, sql: str, values: Sequence[object]) -> list[Row]:
    found: list[Row] = []
    for start in range(0, len(values), CHUNK):
        some = values[start : start + CHUNK]
        found.extend(await db.execute_fetchall(sql.replace("(*)", f"({','.join('?' * len(some))})"), list(some)))
    return found


async def directory(readers: Readers, after: int, limit: int) -> list[tuple[bytes, bytes]]:
    sql = (
        "SELECT bytes, signature FROM entries JOIN entry_bodies USING (entry) "
        "WHERE stream = 'directory' AND seq > ? ORDER BY seq LIMIT ?"
    )
    return [(row[0], row[1]) for row in await readers.rows(sql, (after, limit))]


async def logs(readers: Readers, wanted: Sequence[bytes]) -> list[LogFact]:
    sql = "SELECT log, seq, hash, contiguous, unlinked, forked, seen FROM logs WHERE log IN (*)"
    return [log_fact(row) for row in await readers.many(sql, wanted)]


async def missing(readers: Readers, ids: Sequence[bytes]) -> list[bytes]:
    async with readers.reading() as db:
        here: set[bytes] = set()
        for sql in (
            "SELECT hash FROM entries WHERE hash IN (*) AND stream <> 'waiting'",
            "SELECT id FROM objects WHERE id IN (*) AND held = 1",
            "SELECT id FROM erased WHERE id IN (*)",
        ):
            here.update(row[0] for row in await _many(db, sql, ids))
    return [id_ for id_ in ids if id_ not in here]


async def held_object(readers: Readers, id_: bytes) -> HeldObject | None:
    async with readers.reading() as db:
        if await db.execute_fetchall("SELECT 1 FROM erased WHERE id = ?", (id_,)):
            raise Problem("erased")
        sql = "SELECT object, bytes FROM objects JOIN object_bodies USING (object) WHERE id = ? AND held = 1"
        found = list(await db.execute_fetchall(sql, (id_,)))
        if not found:
            return None
        # the audience of the part it is; of a chunk, which has none, those of all parts of its entry
        sql = (
            "SELECT DISTINCT beside.audience FROM names AS named JOIN names AS beside USING (entry) "
            "WHERE named.object = ? AND beside.audience IS NOT NULL "
            "AND (named.audience IS NULL OR beside.object = named.object)"
        )
        audiences = await db.execute_fetchall(sql, (found[0][0],))
        return HeldObject(found[0][1], frozenset(row[0] for row in audiences))


async def receipts(readers: Readers, log: bytes, after: int, limit: int) -> list[Receipt]:
    sql = (
        "SELECT log, log_seq, hash, contiguous, bytes, signature FROM receipts "
        "WHERE log = ? AND log_seq > ? ORDER BY log_seq, hash LIMIT ?"
    )
    return [Receipt(*row) for row in await readers.rows(sql, (log, after, limit))]


async def feed(readers: Readers, after: int, limit: int) -> FeedPage:
    """Entries and statements share the feed's numbers; a page ends where the first of both was cut off."""
    async with readers.reading() as db:
        sql = ENTRY + "AND seq > ? ORDER BY seq LIMIT ?"
        entries = [FeedEntry(*row) for row in await db.execute_fetchall(sql, (after, limit))]
        sql = STATEMENT + "WHERE seq > ? ORDER BY seq LIMIT ?"
        statements = [Statement(*row) for row in await db.execute_fetchall(sql, (after, limit))]
        last = await _last(db)
    return _page(entries, statements, limit, last)


async def feed_of(readers: Readers, audience: str, after: int, limit: int) -> FeedPage:
    async with readers.reading() as db:
        carries = "AND EXISTS (SELECT 1 FROM names WHERE names.entry = entries.entry AND audience = ?) "
        sql = ENTRY + "AND seq > ? " + carries + "ORDER BY seq LIMIT ?"
        entries = [FeedEntry(*row) for row in await db.execute_fetchall(sql, (after, audience, limit))]
        last = await _last(db)
    return _page(entries, [], limit, last)


async def _last(db: aiosqlite.Connection) -> int:
    return int(next(iter(await db.execute_fetchall("SELECT last FROM streams WHERE stream = 'work'")))[0])


def _page(entries: list[FeedEntry], statements: list[Statement], limit: int, last: int) -> FeedPage:
    ends = [last]
    if len(entries) == limit:
        ends.append(entries[-1].seq)
    if len(statements) == limit:
        ends.append(statements[-1].seq)
    size = 0
    for one in entries:
        size += len(one.bytes)
        if size > PAGE_BYTES:
            ends.append(one.seq)
            break
    end = min(ends)
    return FeedPage(
        end, [one for one in entries if one.seq <= end], [one for one in statements if one.seq <= end], end < last
    )


async def heads(readers: Readers) -> list[Statement]:
    return [Statement(*row) for row in await readers.rows(STATEMENT + "WHERE kind = 'head' ORDER BY log, log_seq")]


async def slot(readers: Readers, staff: bytes, kind: str) -> tuple[bytes, bytes] | None:
    rows = await readers.rows("SELECT auth, bytes FROM slots WHERE staff = ? AND kind = ?", (staff, kind))
    return (rows[0][0], rows[0][1]) if rows else None


async def session(readers: Readers, token: bytes) -> Session | None:
    rows = await readers.rows("SELECT key, until FROM sessions WHERE token = ?", (token,))
    return Session(rows[0][0], rows[0][1]) if rows else None
