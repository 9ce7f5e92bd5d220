"""The Litestar application, wired in one visible place."""

from litestar import Litestar, get


@get("/health", sync_to_thread=False, request_max_body_size=1024)
def health() -> dict[str, str]:
    """{"state": "up"} as soon as requests are answered."""
    return {"state": "up"}


def create_app() -> Litestar:
    """The application, ready to be served."""
    return Litestar(route_handlers=[health])
