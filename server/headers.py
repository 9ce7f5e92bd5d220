"""What every answer carries, pages, problems and data alike.

Rules: no origin but this one, no inline script or style, no frame around us, no address passed on. `wasm-unsafe-eval`
is there for Argon2 and nothing else.
"""

from typing import Final

from litestar.types import Message, Scope

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_NOTHING_MORE: Final = "accelerometer=(), display-capture=(), gyroscope=(), magnetometer=(), \
midi=(), payment=(), usb=()"
ALLOWED: Final = f"camera=(), microphone=(), geolocation=(), {_NOTHING_MORE}".encode()
_DEVICES: Final = {
    b"/tablet/": f"camera=(self), microphone=(self), geolocation=(self), {_NOTHING_MORE}".encode(),
    b"/desk/": f"camera=(self), microphone=(), geolocation=(), {_NOTHING_MORE}".encode(),
}
"""Cards are scanned on the tablet and reconciled at the desk; pictures and sounds of an answer are taken on the tablet
alone, and so is the place. No other page asks for a camera, a microphone or the place."""

HEADERS: Final[dict[bytes, bytes]] = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
NO_STORE: Final = (b"cache-control", b"no-store")

IMMUTABLE: Final = "public, max-age=31536000, immutable"
REVALIDATE: Final = "no-cache"


async def add_headers(message: Message, scope: Scope) -> None:
    """Litestar's `before_send`: the strict headers, and `no-store` for everything that did not say otherwise."""
    if message["type"] != "http.response.start":
        return
    headers = [one for one in message["headers"] if one[0].lower() not in HEADERS]
    headers.extend(HEADERS.items())
    headers.append((b"permissions-policy", _DEVICES.get(scope["raw_path"], ALLOWED)))
    if not any(name.lower() == b"cache-control" for name, _ in headers):
        headers.append(NO_STORE)
    message["headers"] = headers
