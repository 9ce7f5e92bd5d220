"""The one thread that writes, with group commit.

Rules: all that waits when a transaction begins goes into it; each piece of work has a savepoint, so one that fails
takes nothing with it; a result is handed over only after COMMIT, so whoever is answered can rely on the disk.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from typing import Any, Final, TypeVar

from server.problems import Problem
from server.store.sqlite_open import as_problem

T = TypeVar("T")

GROUP: Final = 64
"""At most so many pieces of work in one transaction: the first must not wait for ever for the last."""
WAITING: Final = 512
"""More than this waiting is `store_busy`."""


class Work:
    """A function of the connection, and the future that learns its result."""

    def __init__(
        self, do: Callable[[sqlite3.Connection], Any], then: Callable[[Any], None] | None, future: asyncio.Future[Any]
    ) -> None:
        self.do = do
        self.then = then
        self.future = future
        self.result: Any = None
        self.error: BaseException | None = None

    def hand_over(self) -> None:
        """In the event loop: tell whoever still waits."""
        if self.error is None and self.then is not None:
            self.then(self.result)
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Writer:
    """Owns the writing connection and its thread."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._loop = asyncio.get_running_loop()
        self._waiting: queue.Queue[Work | None] = queue.Queue(WAITING)
        self._thread = threading.Thread(target=self._run, name="store writer", daemon=True)
        self._thread.start()

    async def do(self, work: Callable[[sqlite3.Connection], T], then: Callable[[T], None] | None = None) -> T:
        """The result of `work` once it is durable. Raises what it raised, `store_full`, `store_busy`.

        `then` is called with it in the event loop after COMMIT, even if nobody waits for the result any more.
        """
        future: asyncio.Future[T] = self._loop.create_future()
        try:
            self._waiting.put_nowait(Work(work, then, future))
        except queue.Full as error:
            raise Problem("store_busy") from error
        return await future

    async def close(self) -> None:
        """Finish what waits, then close the connection."""
        while self._thread.is_alive():
            try:
                self._waiting.put_nowait(None)
                break
            except queue.Full:
                await asyncio.sleep(0.01)
        await asyncio.to_thread(self._thread.join)
        self._db.close()

    def _run(self) -> None:
        stop = False
        while not stop:
            group: list[Work] = []
            one = self._waiting.get()
            while one is not None:
                group.append(one)
                if len(group) == GROUP:
                    break
                try:
                    one = self._waiting.get_nowait()
                except queue.Empty:
                    break
            stop = one is None
            if group:
                self._commit(group)

    def _commit(self, group: list[Work]) -> None:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            for work in group:
                self._do(work)
            self._db.execute("COMMIT")
        except BaseException as error:  # noqa: BLE001 - nothing is committed: everybody must hear of it
            self._roll_back()
            for work in group:
                work.result, work.error = None, _told(error)
        self._loop.call_soon_threadsafe(_hand_over, group)

    def _do(self, work: Work) -> None:
        self._db.execute("SAVEPOINT work")
        try:
            work.result = work.do(self._db)
        except sqlite3.Error:
            raise  # a full or damaged disk: SQLite may have ended the transaction itself
        except BaseException as error:  # noqa: BLE001 - it is handed to whoever asked
            work.error = error
            self._db.execute("ROLLBACK TO work")
        self._db.execute("RELEASE work")

    def _roll_back(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")


def _hand_over(group: list[Work]) -> None:
    for work in group:
        work.hand_over()


def _told(error: BaseException) -> BaseException:
    problem = as_problem(error) if isinstance(error, sqlite3.Error) else None
    if problem is None:
        return error
    problem.__cause__ = error
    return problem
