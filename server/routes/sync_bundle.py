"""What is pushed and asked without a session (PROTOCOL 8): entries authenticate themselves."""

from typing import Final

import msgspec
from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery, RawBody, SkipValidation

from server.answers import packed
from server.problems import Problem
from server.running import Server
from sync.clock import now_ms
from sync.entry import Signed
from sync.ids import Id, LogId, unb64
from sync.part import LIMIT
from sync.problems import Problem as SyncProblem
from sync.wire import decode

HAVE_LIMIT: Final = 1000
HAVE_BODY: Final = 64 * 1024
RECEIPTS_AT_ONCE: Final = 500
NO_BODY: Final = 1024

Running = NamedDependency[SkipValidation[Server]]


class Have(msgspec.Struct, frozen=True):
    """Whose heads and which ids are asked about."""

    v: int
    logs: list[LogId]
    ids: list[Id]


@get("/sync/hello", request_max_body_size=NO_BODY)
async def hello(server: Running) -> Response[bytes]:
    """Who this store says it is. Its key counts only if the directory lists it."""
    limits = {"body": server.settings.body_limit, "part": LIMIT, "daily": server.settings.daily_limit}
    return packed(
        {
            "v": 1,
            "store": server.key.public,
            "programme": server.directory.pid,
            "time": now_ms(),
            "limits": limits,
            "head": server.directory.head,
        }
    )


@post("/sync/have", request_max_body_size=HAVE_BODY, status_code=200)
async def have(body: RawBody, server: Running) -> Response[bytes]:
    """The truth about what this store still holds."""
    asked = decode(body, Have)
    if len(asked.logs) + len(asked.ids) > HAVE_LIMIT:
        raise SyncProblem("too_large", limit=HAVE_LIMIT)
    logs = await server.store.logs(asked.logs)
    missing = await server.store.missing(asked.ids)
    heads = [{"log": one.log, "seq": one.seq, "hash": one.hash, "contiguous": one.contiguous} for one in logs]
    return packed({"v": 1, "logs": heads, "missing": missing})


@put("/sync/objects/{id_:str}", request_max_body_size=LIMIT + 1)
async def put_object(id_: FromPath[str], body: RawBody, server: Running) -> Response[bytes]:
    """An object that a waiting entry names."""
    if len(body) > LIMIT:
        raise SyncProblem("too_large", limit=LIMIT)
    new = await server.intake.object(object_id(id_), body)
    return packed({"v": 1}, 201 if new else 200)


@get("/sync/receipts", request_max_body_size=NO_BODY)
async def receipts(log: FromQuery[str], server: Running, after: FromQuery[int] = 0) -> Response[bytes]:
    """Receipts of a log again, for whoever knows its id."""
    found = await server.store.receipts(unb64(log), number(after), RECEIPTS_AT_ONCE)
    return packed({"v": 1, "receipts": [Signed(one.bytes, one.signature) for one in found]})


def object_id(text: str) -> bytes:
    """32 bytes from an address. Raises `not_found`: nothing can be there."""
    try:
        id_ = unb64(text)
    except SyncProblem as error:
        raise Problem("not_found") from error
    if len(id_) != 32:
        raise Problem("not_found")
    return id_


def number(value: int) -> int:
    """A place in a log or feed. Raises `bad_query` for one that the wire could not carry."""
    if not 0 <= value < 2**53:
        raise Problem("bad_query")
    return value


def bundle_route(body_limit: int) -> HTTPRouteHandler:
    """`POST /sync/bundle`, with the limit of the settings."""

    @post("/sync/bundle", request_max_body_size=body_limit, status_code=200)
    async def bundle(body: RawBody, server: Running) -> Response[bytes]:
        """Take a bundle: directory entries, entries, statements and objects."""
        return packed(await server.intake.bundle(body))

    return bundle
