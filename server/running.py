"""A server while it runs: its folder, store, directory and keys, opened in this order and closed in reverse."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from server.assets import Assets
from server.folder import Folder
from server.intake import Intake
from server.problems import Problem
from server.publishing import check_kept
from server.sessions import Challenges
from server.settings import Settings
from server.store import Store
from server.store.sqlite import SqliteStore
from server.tries import Tries
from sync.clock import now_ms
from sync.directory import Directory
from sync.entry import Signed
from sync.keys import SigningKey
from sync.receive import DAY

log = logging.getLogger("esik")

KEPT_AFTER_ERASE: Final = 7 * DAY
"""Time to void an `erase` that a stolen key signed (PROTOCOL 8.4)."""
SWEEP_EVERY: Final = 3600
"""Seconds."""
ALL: Final = 2**53


@dataclass
class Server:
    """Everything that requests share."""

    settings: Settings
    folder: Folder
    store: Store
    key: SigningKey
    names_secret: bytes
    intake: Intake
    assets: Assets
    challenges: Challenges = field(default_factory=Challenges)
    tries: Tries = field(default_factory=Tries)
    storing_slots: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held between looking for a slot and storing one: two at once must not replace each other's."""
    pages: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """Form pages of this release as rendered, by version and language."""

    @property
    def directory(self) -> Directory:
        """The directory as committed."""
        return self.intake.directory

    async def sweep(self) -> int:
        """Delete what was erased long enough ago; how many objects."""
        swept = 0
        while count := await self.store.sweep(now_ms() - KEPT_AFTER_ERASE):
            swept += count
        return swept


async def read_directory(store: Store) -> Directory:
    """The store's directory, every entry checked again. Raises `not_founded`, or what is wrong with the chain."""
    if store.programme is None:
        raise Problem("not_founded")
    chain = [Signed(bytes_, signature) for bytes_, signature in await store.directory(0, ALL)]
    return await asyncio.to_thread(Directory.read, store.programme, chain)


@contextlib.asynccontextmanager
async def open_server(
    settings: Settings, *, store: Store | None = None, assets: Assets | None = None
) -> AsyncGenerator[Server]:
    """A running server. `store` and `assets` are opened from the settings unless given; a given store is closed too.

    Raises `not_founded`, `folder_unusable`, `database_corrupt`, `database_newer`, `database_in_use`, `assets_missing`.
    """
    folder = Folder(settings.folder)
    opened = store or await SqliteStore.open(settings.database)
    try:
        directory = await read_directory(opened)
        key = folder.store_key()
        intake = Intake(opened, directory, key, settings, partial(check_kept, folder))
        server = Server(settings, folder, opened, key, folder.names_secret(), intake, assets or Assets.load())
        sweeping = asyncio.create_task(_keep_sweeping(server))
        try:
            yield server
        finally:
            sweeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sweeping
            intake.close()
    finally:
        await opened.close()


async def _keep_sweeping(server: Server) -> None:
    while True:
        try:
            if swept := await server.sweep():
                log.info("swept %d erased objects", swept)
        except Exception:  # noqa: BLE001 - the next hour tries again; a full disk must not end the server
            log.warning("sweep failed")
        await asyncio.sleep(SWEEP_EVERY)
