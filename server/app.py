"""The application: every address, every rule that holds for all of them, in one place.

/                             which program
/tablet/  /desk/  /enrol      the programs; /tablet/sw.js, /tablet/manifest.webmanifest, /assets/*
/forms/{version}.json         compiled forms; /tablet/pages/{release}/{version}/{lang}.html
/sync/*                       sync/PROTOCOL.md, section 8
/slots/find, open, tablet     PROTOCOL 2.3; PUT /slots/tablet/{staff}
/health  /schema              whether it runs; OpenAPI
"""

import contextlib
from collections.abc import AsyncGenerator

from litestar import Litestar
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from server.answers import HANDLERS, AnyRequest
from server.headers import add_headers
from server.routes import forms, health, pages, slots, sync_bundle, sync_session
from server.running import Server, open_server
from server.settings import Settings

VERSION = "1"


def create_app(settings: Settings, opened: Server | None = None) -> Litestar:
    """The application, ready to be served.

    `opened` is a server that whoever calls opens and closes; without it one is opened from `settings` at the start,
    which raises what `server.running.open_server` raises.
    """

    @contextlib.asynccontextmanager
    async def running(app: Litestar) -> AsyncGenerator[None]:
        if opened is not None:
            app.state.server = opened
            yield
            return
        async with open_server(settings) as server:
            app.state.server = server
            yield

    def server(request: AnyRequest) -> Server:
        return request.app.state.server

    return Litestar(
        route_handlers=[
            health.health,
            sync_bundle.hello,
            sync_bundle.have,
            sync_bundle.bundle_route(settings.body_limit),
            sync_bundle.put_object,
            sync_bundle.receipts,
            sync_session.session,
            sync_session.directory,
            sync_session.changes,
            sync_session.get_object,
            slots.find,
            slots.open_slot,
            slots.tablet_slots,
            slots.put_tablet_slot,
            pages.start,
            pages.enrol,
            pages.tablet,
            pages.desk,
            pages.service_worker,
            pages.manifest,
            pages.asset,
            pages.form,
            forms.check,
            forms.library,
            forms.put_file,
            forms.get_file,
            forms.paper,
            pages.page,
        ],
        dependencies={"server": Provide(server, sync_to_thread=False)},
        exception_handlers=HANDLERS,
        before_send=[add_headers],
        lifespan=[running],
        openapi_config=OpenAPIConfig("Esik", VERSION, path="/schema", render_plugins=[JsonRenderPlugin(path="/")]),
        request_max_body_size=sync_bundle.NO_BODY,
        debug=False,
        logging_config=None,
    )
