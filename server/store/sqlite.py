"""The SQLite store: one writing thread, query-only readers, nothing else touches the file."""

import asyncio
import contextlib
import sqlite3
from pathlib import Path
from typing import Final, Self

from server.problems import Problem
from server.store import sqlite_reads as reads
from server.store.rows import (
    Change,
    Confirm,
    Decide,
    FeedPage,
    HeldObject,
    LogFact,
    Receipt,
    Session,
    Statement,
    Wanted,
)
from server.store.sqlite_apply import apply
from server.store.sqlite_facts import gather
from server.store.sqlite_open import open_writer, take_lock
from server.store.sqlite_writer import Writer

SWEPT_AT_ONCE: Final = 500


class SqliteStore:
    """`server.store.Store` in one file. Belongs to the event loop it was opened in."""

    def __init__(self, db: sqlite3.Connection, lock: sqlite3.Connection, readers: reads.Readers) -> None:
        self._db = db
        self._lock = lock
        self._readers = readers
        row = db.execute("SELECT value FROM facts WHERE name = 'programme'").fetchone()
        self.programme: bytes | None = None if row is None else row[0]
        self.cursor: int = db.execute("SELECT last FROM streams WHERE stream = 'work'").fetchone()[0]
        self._moved = asyncio.Event()
        self._released = False
        self._writer = Writer(db)

    @classmethod
    async def open(cls, path: Path, *, create: bool = False) -> Self:
        """Open the file, or with `create` make it.

        Raises `not_founded`, `database_corrupt`, `database_newer`, `database_in_use`, `folder_unusable`.
        """
        if not path.parent.is_dir():
            raise Problem("not_founded", file=str(path))
        lock = take_lock(path)
        db: sqlite3.Connection | None = None
        try:
            db = await asyncio.to_thread(open_writer, path, create)
            return cls(db, lock, await reads.Readers.open(path))
        except BaseException:
            if db is not None:
                db.close()
            lock.close()
            raise

    async def close(self) -> None:
        await self._readers.close()
        await self._writer.close()
        self._lock.close()

    async def found(self, programme: bytes) -> None:
        if self.programme not in {None, programme}:
            raise ValueError("this store belongs to another programme")
        sql = "INSERT OR IGNORE INTO facts (name, value) VALUES ('programme', ?)"
        await self._execute(sql, (programme,))
        self.programme = programme

    async def change(self, wanted: Wanted, decide: Decide, confirm: Confirm | None = None) -> Change:
        def work(db: sqlite3.Connection) -> Change:
            facts = gather(db, wanted)
            change = decide(facts)
            apply(db, facts, change)
            if confirm is not None:
                confirm()
            if change.entries or change.settled or change.statements:
                change.cursor = db.execute("SELECT last FROM streams WHERE stream = 'work'").fetchone()[0]
            return change

        return await self._writer.do(work, self._advance)

    def _advance(self, change: Change) -> None:
        """After COMMIT: wake the long-polls."""
        if change.cursor > self.cursor:
            self.cursor = change.cursor
            self._moved.set()
            self._moved = asyncio.Event()

    async def moved(self, after: int, wait: float) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                while self.cursor <= after and not self._released:
                    await self._moved.wait()
        return self.cursor > after

    def release(self) -> None:
        self._released = True
        self._moved.set()

    async def directory(self, after: int, limit: int) -> list[tuple[bytes, bytes]]:
        return await reads.directory(self._readers, after, limit)

    async def logs(self, logs: list[bytes]) -> list[LogFact]:
        return await reads.logs(self._readers, logs)

    async def missing(self, ids: list[bytes]) -> list[bytes]:
        return await reads.missing(self._readers, ids)

    async def held(self, id_: bytes) -> HeldObject | None:
        return await reads.held_object(self._readers, id_)

    async def receipts(self, log: bytes, after: int, limit: int) -> list[Receipt]:
        return await reads.receipts(self._readers, log, after, limit)

    async def feed(self, after: int, limit: int) -> FeedPage:
        return await reads.feed(self._readers, after, limit)

    async def feed_of(self, audience: str, after: int, limit: int) -> FeedPage:
        return await reads.feed_of(self._readers, audience, after, limit)

    async def heads(self) -> list[Statement]:
        return await reads.heads(self._readers)

    async def put_slot(self, staff: bytes, kind: str, auth: bytes, slot: bytes) -> None:
        sql = "INSERT OR REPLACE INTO slots (staff, kind, auth, bytes) VALUES (?, ?, ?, ?)"
        await self._execute(sql, (staff, kind, auth, slot))

    async def slot(self, staff: bytes, kind: str) -> tuple[bytes, bytes] | None:
        return await reads.slot(self._readers, staff, kind)

    async def open_session(self, token: bytes, key: bytes, until: int, at: int) -> None:
        def work(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM sessions WHERE until < ?", (at,))
            db.execute("INSERT INTO sessions (token, key, until) VALUES (?, ?, ?)", (token, key, until))

        await self._writer.do(work)

    async def session(self, token: bytes) -> Session | None:
        return await reads.session(self._readers, token)

    async def note_served(self, object_: bytes, key: bytes, at: int) -> None:
        await self._execute("INSERT INTO served (object, key, time) VALUES (?, ?, ?)", (object_, key, at))

    async def sweep(self, before: int) -> int:
        def work(db: sqlite3.Connection) -> int:
            sql = "SELECT id FROM erased WHERE swept = 0 AND since < ? LIMIT ?"
            ids = db.execute(sql, (before, SWEPT_AT_ONCE)).fetchall()
            db.execute("PRAGMA secure_delete = 1")  # freed pages are zeroed: erased is erased
            db.executemany("DELETE FROM object_bodies WHERE object = (SELECT object FROM objects WHERE id = ?)", ids)
            db.execute("PRAGMA secure_delete = 0")
            db.executemany("UPDATE erased SET swept = 1 WHERE id = ?", ids)
            return len(ids)

        return await self._writer.do(work)

    async def _execute(self, sql: str, values: tuple[object, ...]) -> None:
        def work(db: sqlite3.Connection) -> None:
            db.execute(sql, values)

        await self._writer.do(work)
