"""Making a store: its folder, its database, and the directory it begins with."""

from collections.abc import Iterable

import msgspec

from server.folder import Folder
from server.intake import Intake
from server.problems import Problem
from server.running import read_directory
from server.settings import Settings
from server.store.sqlite import SqliteStore
from sync.bundle import Bundle
from sync.directory import Directory
from sync.problems import Problem as SyncProblem
from sync.slot import SlotKind, stored_auth


class NewSlot(msgspec.Struct, frozen=True):
    """A person's slot. `auth` is the half that signs in; the store keeps its hash."""

    staff: bytes
    kind: SlotKind
    auth: bytes
    slot: bytes


async def found_store(settings: Settings, programme: bytes, bundle: Bundle, slots: Iterable[NewSlot] = ()) -> Folder:
    """Make the store of `programme` with the directory entries and grant objects of `bundle`; its folder.

    The store's key comes first (`Folder.store_key`), so that the directory can list it. Doing it again with the same
    things changes nothing. Raises the code of the first directory entry that fails, `folder_unusable`,
    `database_in_use`; ValueError if the folder is another programme's.
    """
    folder = Folder(settings.folder)
    folder.create()
    key = folder.store_key()
    folder.names_secret()
    store = await SqliteStore.open(settings.database, create=True)
    try:
        await store.found(programme)
        intake = Intake(store, await _directory(store, programme), key, settings)
        failed = next((one.problem for one in await intake.append(bundle) if one.problem), None)
        if failed is not None:
            raise SyncProblem(failed)
        for one in slots:
            await store.put_slot(one.staff, one.kind, stored_auth(one.auth), one.slot)
    finally:
        await store.close()
    return folder


async def _directory(store: SqliteStore, programme: bytes) -> Directory:
    return await read_directory(store) if await store.directory(0, 1) else Directory(programme)


async def is_founded(settings: Settings) -> bool:
    """Whether there is a store in the folder. Raises what opening it raises, but `not_founded`."""
    if not settings.database.exists():
        return False
    try:
        store = await SqliteStore.open(settings.database)
    except Problem as problem:
        if problem.code == "not_founded":
            return False
        raise
    try:
        return store.programme is not None
    finally:
        await store.close()
