"""Opening an SQLite store: whose file it is, whether it is sound, who else has it, and which migrations it lacks.

Rules: a file that cannot be read as ours is left exactly as it was found; one process writes; only `init` creates.
"""

import contextlib
import sqlite3
from collections.abc import Generator
from importlib.resources import files
from pathlib import Path
from typing import Final

from server.problems import Problem

APPLICATION: Final = 0x4573696B  # "Esik" in the file's header
CHECKED_AT_START: Final = 256 * 1024 * 1024
"""Larger files are checked by `doctor`: a start must not take minutes."""

_DAMAGED: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def as_problem(error: sqlite3.Error) -> Problem | None:
    """The problem that an operator can act on, if this is one."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return Problem("store_full")
    if code in _DAMAGED:
        return Problem("database_corrupt")
    if code in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}:
        return Problem("folder_unusable", reason="the database file cannot be written")
    return None


def connect(path: Path) -> sqlite3.Connection:
    """A connection without implicit transactions, usable from the thread it is handed to."""
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)


@contextlib.contextmanager
def _named(path: Path) -> Generator[None]:
    """Failures of SQLite at the start, as problems that name the file."""
    try:
        yield
    except sqlite3.Error as error:
        problem = as_problem(error)
        if problem is None:
            raise
        raise Problem(problem.code, **problem.detail, file=str(path)) from error


def take_lock(path: Path) -> sqlite3.Connection:
    """Hold this for as long as the store is open: no second process may write. Raises `database_in_use`.

    A lock of SQLite's own on a file beside the database: it works alike on every system and a kill releases it.
    """
    lock = connect(path.with_name(path.name + ".lock"))
    lock.execute("PRAGMA busy_timeout = 0")
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        lock.close()
        raise Problem("database_in_use", file=str(path)) from error
    return lock


def open_writer(path: Path, create: bool) -> sqlite3.Connection:
    """The one writing connection, migrated. Raises `not_founded`, `database_corrupt`, `database_newer`."""
    exists = path.is_file() and path.stat().st_size > 0
    if not exists and (not create or path.with_name(path.name + "-wal").exists()):
        # a write-ahead log without its database: an empty file here would throw away what the log still holds
        raise Problem("not_founded" if not create else "database_corrupt", file=str(path))
    with _named(path):
        if exists:
            _look(path)
        db = connect(path)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA temp_store = MEMORY")
            db.execute("PRAGMA cache_size = -65536")
            db.execute("PRAGMA wal_autocheckpoint = 4000")
            migrate(db)
        except BaseException:
            db.close()
            raise
        return db


def _look(path: Path) -> None:
    """Look at an existing file without being able to write. Raises `database_corrupt`, `database_newer`."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    try:
        db.execute("PRAGMA query_only = 1")
        if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
            raise Problem("database_corrupt", file=str(path), reason="not a database of Esik")
        if db.execute("PRAGMA user_version").fetchone()[0] > len(migrations()):
            raise Problem("database_newer", file=str(path))
        if path.stat().st_size <= CHECKED_AT_START:
            found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise Problem("database_corrupt", file=str(path), reason=found)
    finally:
        db.close()


def migrations() -> list[str]:
    """The migrations' SQL, in order. Their numbers have no holes."""
    folder = files("server.store") / "migrations" / "sqlite"
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".sql"))
    if [int(name[:4]) for name in names] != list(range(1, len(names) + 1)):
        raise LookupError(f"migrations are not numbered without holes: {names}")
    return [(folder / name).read_text("utf-8") for name in names]


def migrate(db: sqlite3.Connection) -> None:
    """Run what is missing, each migration in a transaction with its number."""
    done = int(db.execute("PRAGMA user_version").fetchone()[0])
    for number, script in enumerate(migrations()[done:], start=done + 1):
        db.executescript(
            f"BEGIN IMMEDIATE;\n{script}\n"
            f"PRAGMA application_id = {APPLICATION};\nPRAGMA user_version = {number};\nCOMMIT;"
        )


def check_whole(path: Path) -> str:
    """What SQLite finds wrong anywhere in the file, in a line; empty if nothing. Reads only."""
    with (
        _named(path),
        contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
        ) as db,
    ):
        db.execute("PRAGMA query_only = 1")
        found: str = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
        return "" if found == "ok" else found.partition("\n")[0]


def sqlite_version() -> tuple[int, ...]:
    """Of the library in use."""
    return sqlite3.sqlite_version_info
