"""What keeps a server from starting is said plainly, and nothing on the disk is touched."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

import pytest

from server.founding import found_store, is_founded
from server.problems import Problem
from server.running import open_server
from server.store.sqlite import SqliteStore
from server.store.sqlite_open import migrations
from sync.bundle import Bundle
from tests.programme import Programme, settings_for


def start(programme: Programme) -> None:
    async def once() -> None:
        async with open_server(programme.settings):
            pass

    asyncio.run(once())


def refused(programme: Programme) -> str:
    with pytest.raises(Problem) as problem:
        start(programme)
    return problem.value.code


def test_it_works(programme: Programme) -> None:
    start(programme)
    start(programme)


def test_an_empty_folder_has_no_programme(tmp_path: Path) -> None:
    async def once() -> None:
        async with open_server(settings_for(tmp_path / "nothing")):
            pass

    with pytest.raises(Problem, match="not_founded"):
        asyncio.run(once())
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize("damage", ["text", "cut", "middle", "zeros"])
def test_a_damaged_database_is_not_started_and_not_touched(programme: Programme, damage: str) -> None:
    path = programme.settings.database
    data = path.read_bytes()
    damaged = {
        "text": b"This is a letter and no database. " * 200,
        "cut": data[: len(data) // 2],
        "middle": data[:8192] + b"\xff" * 4096 * 4 + data[8192 + 4096 * 4 :],
        "zeros": bytes(len(data)),
    }[damage]
    path.write_bytes(damaged)
    assert refused(programme) == "database_corrupt"
    assert path.read_bytes() == damaged


def test_an_empty_database_file_is_no_programme_and_stays_empty(programme: Programme) -> None:
    programme.settings.database.write_bytes(b"")
    assert refused(programme) == "not_founded"
    assert programme.settings.database.read_bytes() == b""


def test_another_programs_database_is_left_alone(programme: Programme) -> None:
    path = programme.settings.database
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE photos (name TEXT)")
    db.close()
    before = path.read_bytes()
    assert refused(programme) == "database_corrupt"
    assert path.read_bytes() == before


def test_a_newer_database_is_left_alone(programme: Programme) -> None:
    db = sqlite3.connect(programme.settings.database)
    db.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
    db.close()
    assert refused(programme) == "database_newer"


def test_a_second_server_on_one_folder_is_refused(programme: Programme) -> None:
    async def twice() -> str:
        async with open_server(programme.settings):
            with pytest.raises(Problem) as problem:
                async with open_server(programme.settings):
                    pass
            return problem.value.code

    assert asyncio.run(twice()) == "database_in_use"
    start(programme)


@pytest.mark.parametrize("name", ["store.key", "names.secret"])
def test_a_damaged_key_file_is_named(programme: Programme, name: str) -> None:
    (programme.settings.folder / name).write_bytes(b"not a key")
    assert refused(programme) == "folder_unusable"


def test_a_write_ahead_log_without_its_database_is_not_thrown_away(programme: Programme) -> None:
    path = programme.settings.database
    shutil.move(path, path.with_name("esik.db-wal"))

    with pytest.raises(Problem, match="database_corrupt"):
        asyncio.run(found_store(programme.settings, programme.pid, Bundle()))
    assert not path.exists()


def test_founding_again_changes_nothing(programme: Programme) -> None:
    bundle = Bundle(directory=programme.directory.since(0))
    asyncio.run(found_store(programme.settings, programme.pid, bundle))
    assert asyncio.run(is_founded(programme.settings))
    start(programme)


def test_one_folder_is_one_programme(programme: Programme) -> None:
    with pytest.raises(ValueError, match="another programme"):
        asyncio.run(found_store(programme.settings, bytes(32), Bundle()))


def test_a_chain_that_was_changed_on_disk_does_not_start(programme: Programme) -> None:
    db = sqlite3.connect(programme.settings.database)
    db.execute("UPDATE entry_bodies SET signature = zeroblob(64) WHERE entry = 3")
    db.commit()
    db.close()
    with pytest.raises(Exception, match="bad_signature"):
        start(programme)


def test_keys_are_their_owners_alone(programme: Programme) -> None:
    for name in ("store.key", "names.secret"):
        assert (programme.settings.folder / name).stat().st_mode & 0o077 == 0


async def test_the_store_says_whose_it_is(programme: Programme) -> None:
    store = await SqliteStore.open(programme.settings.database)
    assert store.programme == programme.pid
    await store.close()
