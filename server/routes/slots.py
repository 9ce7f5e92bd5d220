"""Slots over HTTP (PROTOCOL 2.3): JSON, bytes in base64url. The passphrase that opens a slot never comes here.

`POST /slots/find`    {name} → {staff, programme, memory, passes, lanes}
`POST /slots/open`    {staff, auth} → {slot}, desk slots only
`GET /slots/tablet`   with a device's session, or an unused invitation's → {slots}, those of the site's staff
`PUT /slots/tablet/{staff}`   with an administrator's session: {auth, slot} → {stored}, for a listed work key

Rules: a name that nobody has is answered as one that somebody has, so that names cannot be found out; wrong tries are
counted by account and address; a tablet is never given a desk slot; a slot that is there stays, until the directory
lists another work key for that person: nobody is locked out by whoever may add people.
"""

import unicodedata
from typing import Annotated, Final

import msgspec
from litestar import Response, get, post, put
from litestar.params import FromPath, JSONBody

from server.answers import AnyRequest
from server.problems import Problem as ServerProblem
from server.routes.sync_bundle import NO_BODY, Running
from server.running import Server
from server.sessions import ADMINISTRATORS, TABLETS, address_of, session_of
from sync.ids import b64, sha256, unb64
from sync.keys import key_id
from sync.problems import Problem
from sync.slot import LANES, MEMORY_KIB, PASSES, check_cost, read_slot, stored_auth

B64 = Annotated[str, msgspec.Meta(max_length=64, pattern="^[A-Za-z0-9_-]+$")]
NEW_SLOT: Final = 4096
"""Bytes that a request for storing one may have: a tablet slot is some 300."""


class Find(msgspec.Struct, frozen=True):
    """A work name, as the directory has it; case and spaces around do not count."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Found(msgspec.Struct, frozen=True):
    """What Argon2id needs, true or made up. `memory` in KiB."""

    staff: str
    programme: str
    memory: int
    passes: int
    lanes: int


class Open(msgspec.Struct, frozen=True):
    """The half of the derived bytes that signs in."""

    staff: B64
    auth: B64


class Slot(msgspec.Struct, frozen=True):
    """A slot's bytes."""

    slot: str


class Slots(msgspec.Struct, frozen=True):
    """Slots' bytes."""

    slots: list[str]


class NewSlot(msgspec.Struct, frozen=True):
    """A tablet slot that a desk sealed, and the half that signs in; of that the store keeps its hash."""

    auth: Annotated[str, msgspec.Meta(min_length=43, max_length=43, pattern="^[A-Za-z0-9_-]+$")]
    slot: Annotated[str, msgspec.Meta(min_length=1, max_length=2048, pattern="^[A-Za-z0-9_-]+$")]


class Stored(msgspec.Struct, frozen=True):
    """Whether it was new: the same slot again changes nothing."""

    stored: bool


@post("/slots/find", request_max_body_size=NO_BODY, status_code=200)
async def find(data: JSONBody[Find], server: Running) -> Found:
    """What to derive a sign-in from."""
    wanted = _folded(data.name)
    made_up = sha256(server.names_secret + wanted.encode())[:16]
    # all names are looked at, also after the right one: how long it takes tells nothing
    staff = next(
        iter([id_ for id_, one in server.directory.staff.items() if _has_desk(server, id_, one.name, wanted)]), None
    )
    stored = await server.store.slot(staff or made_up, "desk")
    slot = read_slot(stored[1]) if stored else None
    cost = (slot.memory, slot.passes, slot.lanes) if slot else (MEMORY_KIB, PASSES, LANES)
    return Found(b64(staff or made_up), b64(server.directory.pid), *cost)


@post("/slots/open", request_max_body_size=NO_BODY, status_code=200)
async def open_slot(data: JSONBody[Open], request: AnyRequest, server: Running) -> Slot:
    """A desk slot, to whoever knows the passphrase."""
    address = address_of(request, server.settings.trust_proxy)
    server.tries.check(data.staff, address)
    server.tries.failed(data.staff, address)
    stored = await server.store.slot(unb64(data.staff), "desk")
    given = stored_auth(unb64(data.auth))
    # hashes of 32 random-looking bytes: how long comparing them takes tells nothing that could be guessed on
    if stored is None or stored[0] != given:
        raise Problem("wrong_passphrase")
    server.tries.succeeded(data.staff, address)
    return Slot(b64(stored[1]))


@get("/slots/tablet", request_max_body_size=NO_BODY)
async def tablet_slots(request: AnyRequest, server: Running) -> Response[Slots]:
    """The tablet slots of everybody at the device's site: any of them unlocks any of its tablets.

    A tablet fetches them before it registers: one that dies in between is then whole, or was never enrolled."""
    key, signer = await session_of(request, server.store, server.directory, TABLETS)
    _not_used_up(server, key)
    slots: list[str] = []
    for staff, person in server.directory.staff.items():
        if person.site != signer.site or person.work is None or not server.directory.stands(key_id(person.work)):
            continue
        stored = await server.store.slot(staff, "tablet")
        if stored is not None:
            slots.append(b64(stored[1]))
    return Response(Slots(slots))


@put("/slots/tablet/{staff:str}", request_max_body_size=NEW_SLOT)
async def put_tablet_slot(
    staff: FromPath[str], data: JSONBody[NewSlot], request: AnyRequest, server: Running
) -> Stored:
    """Keep the tablet slot of somebody whom the directory lists with exactly that work key."""
    await session_of(request, server.store, server.directory, ADMINISTRATORS)
    owner, auth, sealed = unb64(staff), stored_auth(unb64(data.auth)), unb64(data.slot)
    slot = read_slot(sealed)
    if (slot.staff, slot.kind) != (owner, "tablet"):
        raise Problem("slot_mismatch", reason="person")
    check_cost(slot.memory, slot.passes, slot.lanes)
    server.directory.check_slot(owner, "tablet", slot.keys)
    async with server.storing_slots:
        kept = await server.store.slot(owner, "tablet")
        if kept == (auth, sealed):
            return Stored(stored=False)
        if kept is not None and read_slot(kept[1]).keys == slot.keys:
            raise ServerProblem("slot_kept")
        await server.store.put_slot(owner, "tablet", auth, sealed)
    return Stored(stored=True)


def _not_used_up(server: Server, key: bytes) -> None:
    # A link stays in the browser's history: it must not hand out slots to guess passphrases on for ever.
    invitation = server.directory.invitations.get(key)
    let_in = sum(1 for device in server.directory.devices.values() if device.invitation == key)
    if invitation is not None and let_in >= invitation.count:
        raise Problem("invitation_used", count=invitation.count)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _has_desk(server: Server, staff: bytes, name: str, wanted: str) -> bool:
    person = server.directory.staff[staff]
    return _folded(name) == wanted and person.signing is not None and server.directory.stands(key_id(person.signing))
