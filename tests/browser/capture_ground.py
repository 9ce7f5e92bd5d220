"""The controls of pictures, signatures, sounds and files on a page of their own, with a draft that is a map in memory.

What the page holds for a test: `kept` (names and bytes), `gone`, `answers` as they were given, `captures`, `fail`: the
code with which the next one is not kept.
"""

import struct
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.bundling import bundle, serve_folder

HARNESS = """
import { openCaptures } from "./static/src/tablet/capture/index.ts";
import { Problem } from "./static/src/sync/problems.ts";
import { WORDS } from "./static/src/tablet/words/index.ts";
import { speak, useMessages } from "./static/src/ui/messages.ts";
useMessages(WORDS);
await speak("en");
const kept = new Map();
const gone = [];
const answers = [];
const store = {
  async keep(attached) {
    if (window.fail) throw Problem.of(window.fail);
    const name = `${String(kept.size).padStart(16, "0")}.bin`;
    kept.set(name, attached);
    return name;
  },
  async read(name) {
    const found = kept.get(name);
    if (!found) throw Problem.of("attachment_missing");
    return found;
  },
  gone: (name) => gone.push(name),
};
const form = document.querySelector("form");
form.addEventListener("esik-capture", ({ target, detail }) => {
  answers.push([target.dataset.capture, detail]);
  target.dataset.value = detail;
});
const first = () => openCaptures(form, store);
const bytes = (name) => [...kept.get(name).bytes];
const again = async () => { window.captures.remove(); window.captures = await first(); };
Object.assign(window, { kept, gone, answers, bytes, again, speak, captures: await first() });
"""
INDEX = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>harness</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src blob:; media-src blob:">
<link rel="stylesheet" href="tablet.css"><link rel="stylesheet" href="form.css">
<script type="module" src="main.js"></script></head>
<body><main><h1>Visit</h1><form class="form-page" autocomplete="off">
{slots}
</form></main></body></html>"""
_SLOT = """<fieldset class="q"><legend>{title}</legend>
<div class="answer"><div class="capture" {slot}></div></div></fieldset>"""
SLOTS = {
    "picture": 'data-capture="picture"',
    "small": 'data-capture="picture" data-pixels="200"',
    "signature": 'data-capture="signature"',
    "draw": 'data-capture="draw"',
    "annotate": 'data-capture="annotate"',
    "sound": 'data-capture="sound"',
    "file": 'data-capture="file" data-accept="application/pdf,.txt,image/*"',
}
_LATITUDE = 43.238949


@contextmanager
def served(folder: Path) -> Generator[str]:
    """The page's address."""
    slots = "\n".join(_SLOT.format(title=name.title(), slot=slot) for name, slot in SLOTS.items())
    (folder / "index.html").write_text(INDEX.format(slots=slots), encoding="utf-8")
    (folder / "favicon.ico").write_bytes(b"")
    bundle(HARNESS, folder / "main.js", "--define:ESIK_ASSETS={}")
    for name in ("tablet", "form"):
        bundle(f'@import "./static/styles/{name}.css";', folder / f"{name}.css", "--loader=css")
    serving = serve_folder(folder, folder / "log")
    try:
        yield serving.url
    finally:
        serving.kill()


def jpeg(page: Page, width: int, height: int) -> bytes:
    """A picture that is red above and blue below."""
    drawn = """([width, height]) => {
      const canvas = new OffscreenCanvas(width, height);
      const pen = canvas.getContext("2d");
      pen.fillStyle = "red"; pen.fillRect(0, 0, width, height / 2);
      pen.fillStyle = "blue"; pen.fillRect(0, height / 2, width, height);
      return canvas.convertToBlob({ type: "image/jpeg" }).then(blob => blob.arrayBuffer())
        .then(buffer => [...new Uint8Array(buffer)]);
    }"""
    return bytes(page.evaluate(drawn, [width, height]))


def with_place(picture: bytes, orientation: int) -> bytes:
    """The JPEG as a telephone writes it: with the place where it was taken, the maker, and which side is up."""
    degrees = int(_LATITUDE)
    place = struct.pack(">6I", degrees, 1, 14, 1, 20, 1)
    entries = [
        struct.pack(">HHI4s", 0x010F, 2, 4, b"Cam\0"),
        struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0),
        struct.pack(">HHII", 0x8825, 4, 1, 8 + 2 + 3 * 12 + 4),
    ]
    first = struct.pack(">H", len(entries)) + b"".join(entries) + bytes(4)
    gps_at = 8 + len(first)
    gps = [struct.pack(">HHI4s", 1, 2, 2, b"N\0\0\0"), struct.pack(">HHII", 2, 5, 3, gps_at + 2 + 2 * 12 + 4)]
    second = struct.pack(">H", len(gps)) + b"".join(gps) + bytes(4) + place
    tiff = b"MM\0*" + struct.pack(">I", 8) + first + second
    segment = b"Exif\0\0" + tiff
    return picture[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + picture[2:]


def segments(picture: bytes) -> list[int]:
    """Markers of a JPEG before its pixels."""
    found: list[int] = []
    at = 2
    while picture[at + 1] != 0xDA:
        found.append(picture[at + 1])
        at += 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
    return found
