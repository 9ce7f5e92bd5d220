"""Whether the server answers."""

import msgspec
from litestar import get

from server.routes.sync_bundle import NO_BODY, Running


class Health(msgspec.Struct, frozen=True):
    """`release` is that of the pages, `directory` the number of its newest entry."""

    state: str
    release: str
    directory: int


@get("/health", request_max_body_size=NO_BODY)
async def health(server: Running) -> Health:
    """For whoever watches over the machine. Tells nothing that `/sync/hello` does not tell anybody."""
    return Health("up", server.assets.release, server.directory.seq)
