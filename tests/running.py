"""A server in a process of its own, with a programme behind it; also for browser tests.

`python -m tests.running FOLDER PORT [CHANGE]` serves a folder that was founded before. With CHANGE the process kills
itself when that change (1 is the first) is durable and before anybody is answered: the power cut that loses a receipt.
"""

import os
import signal
import sqlite3
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from server.settings import read_settings
from tests.browser.serving import Serving
from tests.programme import Programme, found_programme


@contextmanager
def running_server(folder: Path, *, slots: bool = True) -> Generator[tuple[Programme, Serving]]:
    """A programme founded in `folder`, served at `serving.url`; stopped at the end."""
    programme = found_programme(folder / "data", slots=slots)
    with served(programme, folder) as serving:
        yield programme, serving


@contextmanager
def served(programme: Programme, folder: Path, *, dies_at: int | None = None) -> Generator[Serving]:
    """A process that serves what was founded; its log lies in `folder`."""
    data = programme.settings.folder
    options = [] if dies_at is None else [str(dies_at)]

    def command(port: int) -> list[str | Path]:
        return [sys.executable, "-m", "tests.running", data, str(port), *options]

    serving = Serving(command, folder / "server.log", cwd=Path(__file__).parent.parent)
    try:
        yield serving
    finally:
        serving.stop()


def die_at_change(wanted: int) -> None:
    """Kill this process right after the COMMIT that makes the change of this number durable."""
    from server.store import sqlite, sqlite_writer

    count = 0
    honest_apply, honest_start = sqlite.apply, sqlite_writer.Writer.__init__

    def apply(*values: Any) -> None:
        nonlocal count
        count += 1
        honest_apply(*values)

    class Dying:
        """The writer's connection, but for what comes after COMMIT."""

        def __init__(self, db: sqlite3.Connection) -> None:
            self._db = db

        def execute(self, sql: str, *values: Any) -> Any:
            result = self._db.execute(sql, *values)
            if sql == "COMMIT" and count >= wanted:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        def __getattr__(self, name: str) -> Any:
            return getattr(self._db, name)

    def start(self: Any, db: sqlite3.Connection) -> None:
        dying: Any = Dying(db)
        honest_start(self, dying)

    setattr(sqlite, "apply", apply)  # noqa: B010 - neither is meant to be assigned to
    setattr(sqlite_writer.Writer, "__init__", start)  # noqa: B010


def main(arguments: list[str]) -> None:
    """Serve until told to stop."""
    from server.serving import serve

    folder, port, *change = arguments
    if change:
        die_at_change(int(change[0]))
    serve(read_settings({"ESIK_FOLDER": folder, "ESIK_PORT": port, "ESIK_LOG_LEVEL": "info"}))


if __name__ == "__main__":
    main(sys.argv[1:])
