"""Signing the directory from the command line: an administrator's desk slot opened here, entries appended somewhere.

Rules: a passphrase is typed unseen or read from the standard input, never an argument; keys live as long as the
command. Entries are appended by this process when it can have the store to itself, else by the server that has it.
"""

import asyncio
import contextlib
import getpass
import sys
import unicodedata
import urllib.error
import urllib.request
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, Self

from server.folder import Folder
from server.intake import Intake
from server.problems import Problem
from server.publishing import check_kept
from server.running import read_directory
from server.settings import Settings
from server.store.sqlite import SqliteStore
from server.store.sqlite_look import look_at
from sync.bundle import Answer, Bundle, read_answer, write_bundle
from sync.clock import now_ms
from sync.directory import Directory
from sync.directory.write import Draft
from sync.keys import SigningKey, key_id
from sync.problems import Problem as SyncProblem
from sync.slot import derive_halves, open_slot, read_slot, stored_auth

ROUNDS: Final = 6
"""How often somebody else may come first."""
ANSWERS_WITHIN: Final = 60
"""Seconds."""


@dataclass(frozen=True)
class Signer:
    """An administrator whose desk slot was opened."""

    name: str
    key: SigningKey


def ask_signer(name: str, *, from_input: bool) -> tuple[str, str]:
    """(name, passphrase). Raises `answer_missing` where nobody is there to be asked."""
    if from_input:
        words = sys.stdin.readline()
    elif sys.stdin.isatty():
        name = name or input("Work name of the administrator: ")
        words = getpass.getpass(f"Desk passphrase of {name}: ")
    else:
        raise Problem("answer_missing", question="the passphrase (--passphrases reads it from the standard input)")
    if not name.strip():
        raise Problem("answer_missing", question="who signs (--by)")
    return name.strip(), " ".join(words.split())


class Signing:
    """The directory of the folder's programme, and the road by which entries come onto it."""

    def __init__(self, settings: Settings, intake: Intake | None) -> None:
        looked = look_at(settings.database)
        self.directory = Directory.read(looked.programme, looked.chain)
        self._slots = looked.desk_slots
        self._settings = settings
        self._intake = intake

    @classmethod
    @contextlib.asynccontextmanager
    async def on(cls, settings: Settings) -> AsyncGenerator[Self]:
        """Raises `not_founded`, and what is wrong with the store."""
        if not settings.database.exists():
            raise Problem("not_founded", folder=str(settings.folder))
        try:
            store = await SqliteStore.open(settings.database)
        except Problem as problem:
            if problem.code != "database_in_use":
                raise
            yield cls(settings, None)
            return
        try:
            directory, folder = await read_directory(store), Folder(settings.folder)
            intake = Intake(store, directory, folder.store_key(), settings, partial(check_kept, folder))
            try:
                yield cls(settings, intake)
            finally:
                intake.close()
        finally:
            await store.close()

    async def open(self, name: str, passphrase: str) -> Signer:
        """The administrator's key. Raises `wrong_passphrase`, for an unknown name too, and `wrong_signer`."""
        wanted = _folded(name)
        for staff, person in self.directory.staff.items():
            kept = self._slots.get(staff)
            if _folded(person.name) != wanted or kept is None or person.signing is None:
                continue
            slot = read_slot(kept[1])
            auth, wrap = await asyncio.to_thread(derive_halves, self.directory.pid, staff, "desk", passphrase, slot)
            if stored_auth(auth) != kept[0]:
                break
            signing = open_slot(self.directory.pid, staff, "desk", slot, wrap).signing
            if signing is None or not self.directory.is_administrator(key_id(signing.public)):
                raise SyncProblem("wrong_signer")
            return Signer(person.name, signing)
        raise SyncProblem("wrong_passphrase")

    async def append(self, write: Callable[[Directory, int], Draft]) -> None:
        """Write on the newest head and append, all or nothing. `write` may run again. Raises what a rule refuses,
        `directory_moved` when somebody else is always first, `no_answer` when the server does not answer."""
        for _ in range(ROUNDS):
            bundle = write(self.directory, now_ms()).bundle()
            problem = await self._push(bundle)
            if problem is None:
                return
            if problem != "directory_moved":
                raise SyncProblem(problem)
            newer = look_at(self._settings.database)
            self.directory = Directory.read(newer.programme, newer.chain)
        raise SyncProblem("directory_moved", seq=self.directory.seq)

    async def _push(self, bundle: Bundle) -> str | None:
        if self._intake is not None:
            answers = await self._intake.append(bundle)
        else:
            answers = (await asyncio.to_thread(_post, self._settings, write_bundle(bundle))).directory
        return next((one.problem for one in answers if one.problem is not None), None)


def _post(settings: Settings, body: bytes) -> Answer:
    """To the server on this machine, past any proxy: its own port, whatever its public address is."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104 - read, not bound
    url = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/sync/bundle"
    request = urllib.request.Request(url, data=body, headers={"content-type": "application/vnd.msgpack"}, method="POST")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=ANSWERS_WITHIN) as response:
            return read_answer(response.read())
    except (OSError, urllib.error.URLError, SyncProblem) as error:
        raise Problem("no_answer", address=url) from error


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
