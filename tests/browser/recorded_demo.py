"""`esik demo` as it is, with every request and answer body written down as it crosses the wire, for the canaries.

Run as `python -m tests.browser.recorded_demo RECORD PORT FOLDER`. TLS would hide these bytes from the network; they are
recorded behind it, where the server itself reads them.
"""

import sys
from pathlib import Path
from typing import Any

import server.serving
from server.cli import main
from server.settings import Settings


def record(app: Any, path: Path) -> Any:
    """The application, with bodies, query strings and headers of both directions appended to `path`."""

    async def recorded(scope: Any, receive: Any, send: Any) -> None:
        with path.open("ab") as out:
            if scope["type"] == "http":
                out.write(scope["path"].encode() + b"?" + scope["query_string"] + b"\n")
                out.writelines(name + b": " + value + b"\n" for name, value in scope["headers"])

            async def received() -> Any:
                message = await receive()
                out.write(message.get("body", b""))
                return message

            async def sent(message: Any) -> None:
                out.write(message.get("body", b""))
                await send(message)

            await app(scope, received, sent)

    return recorded


if __name__ == "__main__":
    file, port, folder = sys.argv[1:]
    create_app = server.serving.create_app

    def recording(settings: Settings, opened: Any = None) -> Any:
        """In place of the application's maker."""
        return record(create_app(settings, opened), Path(file))

    server.serving.create_app = recording
    main(["demo", "--port", port, "--folder", folder, "--json"])
