"""`esik doctor`: whether this store is well, in plain words. It changes nothing."""

import argparse
import asyncio
import os
import shutil
import socket
import stat
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from server.assets import Assets
from server.cli.telling import PROBLEMS, columns
from server.folder import Folder
from server.running import read_directory
from server.settings import Settings, read_settings
from server.store.sqlite import SqliteStore
from server.store.sqlite_open import check_whole, sqlite_version
from server.words import problem_words
from sync.clock import now_ms
from sync.directory import Directory
from sync.ids import b64
from sync.keys import key_id
from sync.receive import DAY

NAME: Final = "doctor"
ABOUT: Final = """Look at the data folder and say in plain words what is well, what to watch and what is wrong.

Reads the same settings as `esik serve` (ESIK_FOLDER …) and changes nothing. Exit code 1 when something is wrong."""
ENOUGH: Final = 5 * 1024**3
LITTLE: Final = 1024**3
SAFE_SQLITE: Final = (3, 51, 3)
"""Before it, several writers at once could lose a commit in a WAL reset; Esik writes from one connection only."""
CONFIRM_AFTER: Final = 14 * DAY
BUILT: Final = 1_767_225_600_000
"""2026-01-01, before which no clock is right."""

Verdict = Literal["well", "watch", "wrong"]


class Finding(msgspec.Struct, frozen=True):
    """One thing looked at."""

    verdict: Verdict
    what: str
    says: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: it looks where `serve` would."""
    del parser


def run(arguments: argparse.Namespace) -> int:
    """Look and tell."""
    del arguments
    settings = read_settings(os.environ)
    findings = list(examine(settings))
    print(columns([(one.verdict.upper() if one.verdict != "well" else "well", one.what, one.says) for one in findings]))
    return 1 if any(one.verdict == "wrong" for one in findings) else 0


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything looked at, in the order in which one thing needs the other."""
    yield from _folder(settings)
    yield _clock()
    version = sqlite_version()
    text = ".".join(map(str, version))
    old = (
        "" if version >= SAFE_SQLITE else "; older than 3.51.3, which is safe here: one process, one writing connection"
    )
    yield Finding("well", "SQLite", text + old)
    yield from asyncio.run(_store(settings))
    assets = Assets.load()
    yield (
        Finding("watch", "pages", "not built; run `make static`")
        if assets.release == "none"
        else Finding("well", "pages", f"release {assets.release}")
    )
    yield _port(settings)


def _folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.folder
    if not folder.is_dir():
        yield Finding("wrong", "folder", f"{folder} is not there; `esik init` makes it, ESIK_FOLDER names it")
        return
    mode = stat.S_IMODE(folder.stat().st_mode)
    open_to = "others can look into it; run chmod 700" if mode & 0o077 else "for its owner only"
    yield Finding("watch" if mode & 0o077 else "well", "folder", f"{folder}, {open_to}")
    free = shutil.disk_usage(folder).free
    verdict: Verdict = "wrong" if free < LITTLE else "watch" if free < ENOUGH else "well"
    yield Finding(verdict, "free space", f"{free / 1024**3:.1f} GiB")


def _clock() -> Finding:
    if now_ms() < BUILT:
        return Finding(
            "wrong", "clock", "years behind; set it, or times on the desk mislead (nothing is refused for it)"
        )
    return Finding("well", "clock", "after 2026 began")


async def _store(settings: Settings) -> list[Finding]:
    findings: list[Finding] = []
    if not settings.database.is_file():
        return [Finding("wrong", "database", f"{settings.database} is not there; `esik init` makes it")]
    try:
        damage = await asyncio.to_thread(check_whole, settings.database)
        findings.append(
            Finding("wrong", "database", f"damaged: {damage}. Stop serving, keep the file, restore a backup")
            if damage
            else Finding("well", "database", "every page sound")
        )
        if damage:
            return findings
        store = await SqliteStore.open(settings.database)
        try:
            findings += _directory(settings, await read_directory(store))
        finally:
            await store.close()
    except PROBLEMS as problem:
        words = problem_words(problem.code, problem.detail)
        running = problem.code == "database_in_use"
        says = "a server has it open; stop it to look at the directory too" if running else f"{words.what} {words.do}"
        findings.append(Finding("watch" if running else "wrong", "database", says))
    return findings


def _directory(settings: Settings, directory: Directory) -> Iterator[Finding]:
    yield Finding(
        "well",
        "directory",
        f"{directory.seq} entries, every signature sound; {len(directory.devices)} tablets, "
        f"{len(directory.staff)} staff, {len(directory.forms)} form versions",
    )
    newest = max((entry.time for entry in directory.entries()), default=0)
    days = max(0, (now_ms() - newest) // DAY)
    yield Finding("watch" if days * DAY > CONFIRM_AFTER else "well", "keys confirmed", f"{days} days ago")
    folder = Folder(settings.folder)
    listed = directory.stores.get(key_id(folder.store_key().public))
    yield (
        Finding("well", "store key", f"listed as {listed.role}")
        if listed
        else Finding("wrong", "store key", "not in the directory: no tablet will believe its receipts")
    )
    for version, form in directory.forms.items():
        if folder.form_bytes(version) is None:
            yield Finding("wrong", "form", f"{form.form} {form.number}: its file is missing or altered")
        gone = [one.name for one in form.files if one.hash != version and folder.file(b64(one.hash)) is None]
        if gone:
            yield Finding("watch", "form", f"{form.form} {form.number}: missing or altered: {', '.join(gone)}")


def _port(settings: Settings) -> Finding:
    with socket.socket() as probe:
        probe.settimeout(1)
        taken = probe.connect_ex((settings.host, settings.port)) == 0
    says = "something answers there (this server, if it runs)" if taken else "free"
    return Finding("well", f"port {settings.port}", says)
