"""Forms on their way to being published, for administrators at a desk; and the files that published forms name.

`POST /forms/check`          a form with what lies beside it, or one of the library → the report, and if it compiles the
                             version with every file of it and its pages; 422 where something stops it. Nothing is kept.
`PUT /forms/files/{digest}`  keep a file that hashes to this: what a `form` entry may name afterwards
`GET /forms/files/{digest}`  a file of a form, to anybody: forms hold nothing of anybody
`GET /forms/library`         the forms that come with Esik
`GET /desk/paper/{version}/{lang}.html`   a form on paper

Rules: the desk signs, the server only compiles and keeps bytes; a form is read and compiled in a thread, one at a time.
"""

import asyncio
import errno
from typing import Final

import msgspec
from litestar import Response, get, post, put
from litestar.params import FromPath

from forms.model import decode
from forms.problems import Problem as FormProblem
from server.answers import AnyRequest
from server.assets import Assets
from server.headers import IMMUTABLE, REVALIDATE
from server.pages import render_page
from server.previewing import Checked, Wanted, look, titles
from server.problems import Problem
from server.routes.sync_bundle import NO_BODY, Running
from server.sessions import ADMINISTRATORS, session_of
from sync.ids import b64, sha256
from sync.problems import Problem as SyncProblem

MOST_CHECKED: Final = 14 * 1024 * 1024
"""Bytes of JSON with a file of ten megabytes in base64."""
MOST_KEPT: Final = 10 * 1024 * 1024
_one_at_a_time = asyncio.Lock()
_SIGNS: Final = (
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"GIF8", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
    (b"WAVE", 8, "audio/wav"),
    (b"ID3", 0, "audio/mpeg"),
    (b"\xff\xfb", 0, "audio/mpeg"),
    (b"OggS", 0, "audio/ogg"),
    (b"ftyp", 4, "audio/mp4"),
)


@post("/forms/check", request_max_body_size=MOST_CHECKED, status_code=200)
async def check(request: AnyRequest, server: Running) -> Response[bytes]:
    """What is to be said of a form. Raises `no_session`, `not_allowed`, `body_too_large`, `bad_request`."""
    await session_of(request, server.store, server.directory, ADMINISTRATORS)
    try:
        wanted = msgspec.json.decode(await request.body(), type=Wanted)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Problem("bad_request") from error
    async with _one_at_a_time:
        checked: Checked = await asyncio.to_thread(look, wanted, server.directory, _style(server.assets))
    status = 200 if checked.version else 422
    return Response(msgspec.json.encode(checked), media_type="application/json", status_code=status)


@get("/forms/library", request_max_body_size=NO_BODY)
async def library(request: AnyRequest, server: Running) -> Response[bytes]:
    """Names of files and titles of the forms that come with Esik."""
    await session_of(request, server.store, server.directory, ADMINISTRATORS)
    listed = await asyncio.to_thread(titles)
    return Response(msgspec.json.encode(listed), media_type="application/json")


@put("/forms/files/{digest:str}", request_max_body_size=MOST_KEPT)
async def put_file(digest: FromPath[str], request: AnyRequest, server: Running) -> Response[bytes]:
    """Keep a file. 201 when it is new. Raises `hash_differs`, `store_full`."""
    await session_of(request, server.store, server.directory, ADMINISTRATORS)
    data = await request.body()
    if b64(await asyncio.to_thread(sha256, data)) != digest:
        raise SyncProblem("hash_differs")
    known = await asyncio.to_thread(server.folder.file, digest) is not None
    try:
        await asyncio.to_thread(server.folder.put_file, data)
    except OSError as error:
        code = "store_full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "folder_unusable"
        raise Problem(code) from error
    return Response(b"{}", media_type="application/json", status_code=200 if known else 201)


@get("/forms/files/{digest:str}", request_max_body_size=NO_BODY)
async def get_file(digest: FromPath[str], server: Running) -> Response[bytes]:
    """Its bytes. What is no picture or sound is a download: nothing that somebody brought is ever a page of ours."""
    data = await asyncio.to_thread(server.folder.file, digest)
    if data is None:
        raise Problem("not_found")
    type_ = next((one for sign, at, one in _SIGNS if data[at : at + len(sign)] == sign), None)
    headers = {"cache-control": IMMUTABLE}
    if type_ is None:
        headers["content-disposition"] = "attachment"
    return Response(data, media_type=type_ or "application/octet-stream", headers=headers)


@get("/desk/paper/{version:str}/{name:str}", request_max_body_size=NO_BODY, include_in_schema=False)
async def paper(version: FromPath[str], name: FromPath[str], server: Running) -> Response[str]:
    """`/desk/paper/{version}/{lang}.html`: a form to be printed and filled with a pen."""
    data = await asyncio.to_thread(server.folder.form, version)
    if data is None or not name.endswith(".html"):
        raise Problem("not_found")
    try:
        html = await asyncio.to_thread(_on_paper, data, name.removesuffix(".html"), _style(server.assets))
    except (KeyError, FormProblem) as error:
        raise Problem("not_found") from error
    return Response(html, media_type="text/html", headers={"cache-control": REVALIDATE})


def _on_paper(data: bytes, language: str, style: str) -> str:
    return render_page(decode(data), language, style=style, paper=True)


def _style(assets: Assets) -> str:
    return assets.url("styles/form.css") if assets.has("styles/form.css") else ""
