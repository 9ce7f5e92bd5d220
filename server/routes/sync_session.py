"""What is read with a session (PROTOCOL 8): the directory, the feed, objects."""

from typing import Final, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, RawBody

from server.access import may_have, people_of
from server.answers import AnyRequest, packed
from server.problems import Problem
from server.routes.sync_bundle import NO_BODY, Running, number, object_id
from server.sessions import EVERYBODY, FEED, check_signature, open_session, session_of
from server.store.rows import FeedPage
from sync.clock import now_ms
from sync.entry import Signature
from sync.ids import Id
from sync.wire import decode

WAIT_LIMIT: Final = 25
"""Seconds that a long-poll waits at most."""
PAGE: Final = 200


class Ask(msgspec.Struct, frozen=True):
    """For a challenge, or with `challenge` and `signature` for a token."""

    v: Literal[1]
    key: Id
    challenge: Id | None = None
    signature: Signature | None = None


@post("/sync/session", request_max_body_size=NO_BODY, status_code=200)
async def session(body: RawBody, server: Running) -> Response[bytes]:
    """A challenge, or a token for the answer to one."""
    ask, now = decode(body, Ask), now_ms()
    if ask.challenge is None or ask.signature is None:
        return packed({"v": 1, "challenge": server.challenges.give(ask.key, now)})
    server.challenges.take(ask.key, ask.challenge, now)
    check_signature(server.directory, server.key.key_id, ask.key, ask.challenge, ask.signature)
    token, until = await open_session(server.store, ask.key, now)
    return packed({"v": 1, "token": token, "until": until})


@get("/sync/directory", request_max_body_size=NO_BODY)
async def directory(request: AnyRequest, server: Running, after: FromQuery[int] = 0) -> Response[bytes]:
    """The directory's entries after a number. It is also a list of staff, so not for strangers."""
    await session_of(request, server.store, server.directory, EVERYBODY)
    now = server.directory
    return packed({"v": 1, "head": now.head, "entries": now.since(number(after))})


@get("/sync/changes", request_max_body_size=NO_BODY)
async def changes(
    request: AnyRequest, server: Running, after: FromQuery[int] = 0, wait: FromQuery[int] = 0
) -> Response[bytes]:
    """What came after a cursor, or comes within `wait` seconds. A tablet is shown what names people of its site."""
    key, _ = await session_of(request, server.store, server.directory, FEED)
    after = number(after)
    if await server.store.moved(after, min(number(wait), WAIT_LIMIT)):
        # the key may have fallen while it waited
        await session_of(request, server.store, server.directory, FEED)
    audience = people_of(server.directory, key)
    if audience is None:
        return changes_packed(await server.store.feed(after, PAGE), after)
    return changes_packed(await server.store.feed_of(audience, after, PAGE), after)


def changes_packed(page: FeedPage, after: int) -> Response[bytes]:
    """A page of the feed. A cursor beyond the feed stays where it is."""
    return packed(
        {
            "v": 1,
            "cursor": max(page.cursor, after),
            "entries": page.entries,
            "statements": [
                {"seq": s.seq, "kind": s.kind, "bytes": s.bytes, "signature": s.signature, "received": s.received}
                for s in page.statements
            ],
            "more": page.more,
        }
    )


@get("/sync/objects/{id_:str}", request_max_body_size=NO_BODY)
async def get_object(id_: FromPath[str], request: AnyRequest, server: Running) -> Response[bytes]:
    """Ciphertext, to whom the directory allows it; what was given to whom is logged before it is given."""
    key, _ = await session_of(request, server.store, server.directory, EVERYBODY)
    object_ = object_id(id_)
    held = await server.store.held(object_)
    if held is None:
        raise Problem("not_found")
    if not may_have(server.directory, key, object_, held):
        raise Problem("not_allowed")
    await server.store.note_served(object_, key, now_ms())
    return Response(held.bytes, media_type="application/octet-stream")
