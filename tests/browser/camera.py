"""A tablet's camera, for browser tests: a film of what is held before it, which Chromium plays as its camera.

The film is a row of JPEG pictures, taken of a page with the printed thing on it, a little askew, on a table.
"""

from collections.abc import Sequence
from pathlib import Path

import segno
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from server.cli.cards import sheets
from tests.browser import chromium as machine

SIZE = 640
"""Side of the picture in pixels."""
FRAMES = 45
"""Pictures of each thing: a second and a half at thirty a second."""
_TABLE = """<!doctype html><style>
body {{ margin: 0; inline-size: {size}px; block-size: {size}px; display: grid; place-items: center; background: #6b5d4a }}
.held {{ transform: rotate({angle}deg) perspective(900px) rotateY(14deg); filter: brightness(.86) blur(.6px) }}
.held svg {{ display: block; background: #e8e2d2 }}
</style><div class="held">{thing}</div>"""  # noqa: E501


WATCH = """
window.streams = [];
const open = MediaDevices.prototype.getUserMedia;
MediaDevices.prototype.getUserMedia = async function (wanted) {
  const stream = await open.call(this, wanted);
  window.streams.push(stream);
  return stream;
};
"""
"""For the start of a page: remembers everything that is opened."""
_LIVE = "window.streams.flatMap((one) => one.getTracks()).filter((one) => one.readyState === 'live').length"


def live(page: Page) -> int:
    """Tracks of the camera that the page still holds."""
    return int(page.evaluate(_LIVE))


def qr(text: str, scale: int = 9) -> str:
    """Any QR code, as it may stand on a poster or a screen."""
    return segno.make(text, error="m", micro=False).svg_inline(scale=scale, border=4)


def card(code: str) -> str:
    """A printed card, cut from the sheet that `esik cards` makes; in a frame, so that the sheet keeps its style."""
    document = "".join(sheets([code])).replace('"', "&quot;")
    cut = "border:0;position:absolute;inset-block-start:-67px;inset-inline-start:-73px"
    frame = f'<iframe srcdoc="{document}" width="900" height="400" scrolling="no" style="{cut}"></iframe>'
    return f'<div style="position:relative;overflow:hidden;inline-size:323px;block-size:204px;zoom:1.4">{frame}</div>'


def nothing() -> str:
    """An empty table."""
    return "<div></div>"


def film(browser: Browser, path: Path, things: Sequence[str], frames: int = FRAMES) -> Path:
    """Write the film: each of `things` for a while, then from the beginning."""
    context = browser.new_context(viewport={"width": SIZE, "height": SIZE})
    page = context.new_page()
    with path.open("wb") as out:
        for place, thing in enumerate(things):
            page.set_content(_TABLE.format(size=SIZE, angle=6 - 5 * place, thing=thing))
            out.write(page.screenshot(type="jpeg", quality=70) * frames)
    context.close()
    return path


def start(playwright: Playwright, executable: str, shown: Path | None) -> Browser:
    """A Chromium whose camera plays a film; None = a tablet without one."""
    fake = [] if shown is None else ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={shown}"]
    return playwright.chromium.launch(executable_path=executable, args=[*machine.ARGS, *fake])


def allowed(browser: Browser, origin: str) -> BrowserContext:
    """Somebody said yes to the camera here; 800 x 1280."""
    context = browser.new_context(viewport={"width": 800, "height": 1280})
    context.grant_permissions(["camera"], origin=origin)
    return context


def held_before(browser: Browser, url: str) -> Page:
    """A page at an address that may use the camera, watched."""
    page = allowed(browser, url).new_page()
    page.add_init_script(WATCH)
    page.goto(url)
    return page
