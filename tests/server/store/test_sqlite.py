"""What is SQLite's own: a full disk, a busy reader, settings of the file."""

import sqlite3
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from server.problems import Problem
from server.store.rows import Change, Named, Wanted
from server.store.sqlite import SqliteStore
from server.store.sqlite_open import as_problem
from tests.server.store.test_conformance import entry

BIG = bytes(200_000)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[SqliteStore]:
    """An empty store."""
    opened = await SqliteStore.open(tmp_path / "esik.db", create=True)
    yield opened
    await opened.close()


async def test_a_full_disk_is_said_and_nothing_is_lost(store: SqliteStore) -> None:
    await store.change(Wanted(), lambda _: Change(entries=[entry(1)]))
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count = {pages + 4}")
    named = Named(b"o" * 32, len(BIG), None)
    change = Change(entries=[entry(2, "work", named)], objects={named.id: BIG})
    with pytest.raises(Problem, match="store_full"):
        await store.change(Wanted(), lambda _: change)
    assert [one.seq for one in (await store.feed(0, 10)).entries] == [1]
    store._db.execute("PRAGMA max_page_count = 1000000")
    await store.change(Wanted(), lambda _: change)
    assert [one.seq for one in (await store.feed(0, 10)).entries] == [1, 2], "no number is used up by a failure"


async def test_every_commit_is_flushed_to_the_disk(store: SqliteStore, tmp_path: Path) -> None:
    assert store._db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert store._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    reader = sqlite3.connect(tmp_path / "esik.db")
    assert reader.execute("PRAGMA quick_check").fetchone() == ("ok",)
    reader.close()


async def test_readers_cannot_write(store: SqliteStore) -> None:
    async with store._readers.reading() as db:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await db.execute("DELETE FROM entries")


async def test_a_reader_that_is_cancelled_leaves_its_connection_clean(store: SqliteStore) -> None:
    import asyncio

    for _ in range(20):
        task = asyncio.create_task(store.feed(0, 10))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert (await store.feed(0, 10)).entries == []


def test_a_damaged_page_is_named() -> None:
    error = sqlite3.DatabaseError("malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    problem = as_problem(error)
    assert problem is not None
    assert problem.code == "database_corrupt"
    assert as_problem(sqlite3.OperationalError("locked")) is None
