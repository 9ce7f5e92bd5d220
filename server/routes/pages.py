"""What browsers load: the chooser, the two programs, their files, compiled forms and their pages.

Rules: what has a hash in its address never changes and is kept for ever; everything else is asked for again. None of it
needs a session: forms and programs hold nothing of anybody.
"""

import asyncio
from typing import Final

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Redirect

from forms.model import decode
from server.answers import AnyRequest
from server.assets import Asset
from server.headers import IMMUTABLE, REVALIDATE
from server.pages import render_page
from server.problems import Problem
from server.routes.sync_bundle import NO_BODY, Running
from server.running import Server
from server.shells import chooser, shell, web_manifest

HTML: Final = "text/html"
KEPT: Final = 200
"""Rendered form pages in memory."""


@get("/", request_max_body_size=NO_BODY, include_in_schema=False)
async def start(server: Running) -> Response[str]:
    """Tablet or desk."""
    return _page(chooser(server.assets))


@get("/enrol", request_max_body_size=NO_BODY, include_in_schema=False)
async def enrol() -> Redirect:
    """Where an invitation leads. What it carries stands behind the `#`: browsers take it along and never send it."""
    return Redirect("/tablet/", status_code=302)


@get("/tablet/", request_max_body_size=NO_BODY, include_in_schema=False)
async def tablet(request: AnyRequest, server: Running) -> Response[str] | Redirect:
    """The tablet."""
    return _program(request, server, "tablet")


@get("/desk/", request_max_body_size=NO_BODY, include_in_schema=False)
async def desk(request: AnyRequest, server: Running) -> Response[str] | Redirect:
    """The desk."""
    return _program(request, server, "desk")


@get("/tablet/sw.js", request_max_body_size=NO_BODY, include_in_schema=False)
async def service_worker(server: Running) -> Response[bytes]:
    """The tablet's service worker, always asked for again: it says which release there is."""
    asset = server.assets.named("sw.js")
    headers = {"cache-control": REVALIDATE, "service-worker-allowed": "/tablet/"}
    return Response(asset.plain, media_type=asset.media_type, headers=headers)


@get("/tablet/manifest.webmanifest", request_max_body_size=NO_BODY, include_in_schema=False)
async def manifest(server: Running) -> Response[bytes]:
    """What the tablet is as an app."""
    body = web_manifest(server.assets)
    return Response(body, media_type="application/manifest+json", headers={"cache-control": REVALIDATE})


@get("/assets/{name:str}", request_max_body_size=NO_BODY, include_in_schema=False)
async def asset(name: FromPath[str], request: AnyRequest, server: Running) -> Response[bytes]:
    """A file of the build."""
    found = server.assets.file(f"assets/{name}")
    if found is None:
        raise Problem("not_found")
    return _asset(found, request)


@get("/forms/{name:str}", request_max_body_size=NO_BODY)
async def form(name: FromPath[str], server: Running) -> Response[bytes]:
    """`/forms/{version}.json`: the compiled bytes whose SHA-256 is the version."""
    compiled = (
        await asyncio.to_thread(server.folder.form, name.removesuffix(".json")) if name.endswith(".json") else None
    )
    if compiled is None:
        raise Problem("not_found")
    return Response(compiled, media_type="application/json", headers={"cache-control": IMMUTABLE})


@get("/tablet/pages/{release:str}/{version:str}/{name:str}", request_max_body_size=NO_BODY, include_in_schema=False)
async def page(release: FromPath[str], version: FromPath[str], name: FromPath[str], server: Running) -> Response[str]:
    """`/tablet/pages/{release}/{version}/{lang}.html`: a form as a page of this release."""
    if release != server.assets.release or not name.endswith(".html"):
        raise Problem("not_found")
    html = await asyncio.to_thread(_rendered, server, version, name.removesuffix(".html"))
    return Response(html, media_type=HTML, headers={"cache-control": IMMUTABLE})


def _rendered(server: Server, version: str, language: str) -> str:
    key = (version, language)
    if key not in server.pages:
        compiled = server.folder.form(version)
        if compiled is None:
            raise Problem("not_found")
        try:
            html = render_page(decode(compiled), language, style=server.assets.url("styles/form.css"))
        except KeyError as error:
            raise Problem("not_found") from error
        while len(server.pages) >= KEPT:
            server.pages.pop(next(iter(server.pages)), None)
        server.pages[key] = html
    return server.pages[key]


def _program(request: AnyRequest, server: Server, program: str) -> Response[str] | Redirect:
    """Its page; without the last slash it would stand outside its service worker's scope."""
    if not request.scope["raw_path"].endswith(b"/"):
        return Redirect(f"/{program}/", status_code=302)
    return _page(shell(server.assets, program))


def _page(html: str) -> Response[str]:
    return Response(html, media_type=HTML, headers={"cache-control": REVALIDATE})


def _asset(found: Asset, request: AnyRequest) -> Response[bytes]:
    headers = {"cache-control": IMMUTABLE, "vary": "accept-encoding"}
    if found.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(found.packed, media_type=found.media_type, headers=headers)
    return Response(found.plain, media_type=found.media_type, headers=headers)
