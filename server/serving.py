"""Serving the application with uvicorn.

Rules: everything is opened before the port is, so that what keeps a server from starting is a Problem and no stack; the
log has methods, paths and statuses, never what stands behind a `?` and never a body.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any, Final

import uvicorn

from server.app import create_app
from server.running import Server, open_server
from server.settings import Settings

GRACE: Final = 3
"""Seconds that requests have when the server is told to stop; long-polls are answered at once."""
FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _WithoutQuery(logging.Filter):
    """Cuts the query off uvicorn's access lines."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple) and len(record.args) == 5:
            client, method, path, *rest = record.args
            record.args = (client, method, str(path).partition("?")[0], *rest)
        return True


class _Announcing(uvicorn.Server):
    """Says when it listens and when it stops."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None] | None, stopping: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self._stopping = stopping

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        if self.started and self._ready is not None:
            self._ready()

    async def shutdown(self, sockets: Any = None) -> None:
        self._stopping()
        await super().shutdown(sockets)


def set_up_log(level: str) -> None:
    """The log, to the standard error."""
    logging.basicConfig(level=level.upper(), format=FORMAT)
    logging.getLogger("uvicorn.access").addFilter(_WithoutQuery())
    for noisy in ("aiosqlite", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


Alongside = Callable[[Server], Coroutine[object, object, None]]
"""Work that goes on beside the serving, until it ends."""


async def serve_here(
    settings: Settings, ready: Callable[[], None] | None = None, alongside: Alongside | None = None
) -> None:
    """Serve until told to stop. Raises what `server.running.open_server` raises."""
    async with open_server(settings) as server, _running(alongside(server) if alongside else None):
        config = uvicorn.Config(
            create_app(settings, server),
            host=settings.host,
            port=settings.port,
            log_config=None,
            log_level=settings.log_level,
            server_header=False,
            date_header=True,
            proxy_headers=False,
            timeout_graceful_shutdown=GRACE,
            h11_max_incomplete_event_size=64 * 1024,
            ws="none",
        )
        server.intake.verifier.start()
        await _Announcing(config, ready, server.store.release).serve()


def serve(settings: Settings, ready: Callable[[], None] | None = None, alongside: Alongside | None = None) -> None:
    """Serve until told to stop; `ready` is called when the port is open."""
    set_up_log(settings.log_level)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(serve_here(settings, ready, alongside))


@contextlib.asynccontextmanager
async def _running(work: Coroutine[object, object, None] | None) -> AsyncGenerator[None]:
    task = None if work is None else asyncio.ensure_future(work)
    try:
        yield
    finally:
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # there is none for this system
        return None
    return uvloop.new_event_loop
