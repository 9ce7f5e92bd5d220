"""Looking into a store's file beside the process that has it open: its directory and desk slots, nothing else.

Rules: a query-only connection, one transaction; nothing is created and nothing migrated.
"""

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from server.problems import Problem
from server.store.sqlite_open import as_problem
from sync.entry import Signed


@dataclass(frozen=True)
class Looked:
    """The chain as committed, and desk slots by staff id: (what signing in is compared with, the slot's bytes)."""

    programme: bytes
    chain: list[Signed]
    desk_slots: dict[bytes, tuple[bytes, bytes]]


def look_at(path: Path) -> Looked:
    """Raises `not_founded`, `database_corrupt`."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True, isolation_level=None)) as db:
            db.execute("PRAGMA query_only = 1")
            db.execute("BEGIN")
            programme = db.execute("SELECT value FROM facts WHERE name = 'programme'").fetchone()
            chain = db.execute(
                "SELECT bytes, signature FROM entries JOIN entry_bodies USING (entry) "
                "WHERE stream = 'directory' ORDER BY seq"
            ).fetchall()
            slots = db.execute("SELECT staff, auth, bytes FROM slots WHERE kind = 'desk'").fetchall()
    except sqlite3.Error as error:
        raise as_problem(error) or error from error
    if programme is None:
        raise Problem("not_founded", file=str(path))
    return Looked(programme[0], [Signed(*row) for row in chain], {staff: (auth, slot) for staff, auth, slot in slots})
