"""The tablet in Chromium: seals and opens a second, what loads before home, and a cold start with the wire cut.

Throttling is Chromium's own (CDP) and reaches the page only: Argon2id runs in a worker and is never slowed by it, so
the time from passphrase to key is given apart. Everything else below runs on the page.
"""

import gzip
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.bench.browsing import Machine, machine
from tests.bench.figures import Figure
from tests.browser.bundling import bundle, serve_folder
from tests.browser.chromium import Tablet
from tests.browser.demo import Demo
from tests.browser.tablet_hands import new_family

ROOT = Path(__file__).resolve().parent.parent.parent
BUCKET = 8 * 1024
SECONDS = 1.5
LIGHT = 90.0
SOON = 1_000.0
ROUNDS = 3
STARTS = "Cold start, wire cut"

SEALING = """
import { forceJavaScriptKem, kem } from "./static/src/sync/kem.ts";
import { ReadingKey } from "./static/src/sync/keys.ts";
import { openPart, sealPart } from "./static/src/sync/part.ts";
import { randomBytes } from "./static/src/sync/randomness.ts";
const pid = randomBytes(32);
const of = { log: randomBytes(40), item: randomBytes(16), form: randomBytes(32), audience: "medical", bucket: BUCKET };
const plaintext = new TextEncoder().encode(JSON.stringify({ v: 1, answers: { words: "x".repeat(6000) } }));
async function rate(work, seconds) {
  for (let warm = 0; warm < 3; warm++) await work();
  const begin = performance.now();
  let count = 0;
  while (performance.now() - begin < seconds * 1000) { await work(); count++; }
  return (count * 1000) / (performance.now() - begin);
}
globalThis.measure = async (javascript, seconds) => {
  if (javascript) forceJavaScriptKem();
  const key = await ReadingKey.generate();
  const seal = () => sealPart(pid, { ...of, key: key.public, plaintext });
  const part = await seal();
  return [(await kem()).kind, await rate(seal, seconds), await rate(() => openPart(pid, part, key), seconds)];
};
"""

# When each thing was first there, in milliseconds after the navigation began; `key`: the worker's answer.
WATCH = """
globalThis.seen = {};
const wanted = { unlock: ".opts.people", home: ".scan", form: ".form-page section:not([hidden])" };
const look = () => {
  for (const [name, selector] of Object.entries(wanted))
    if (!(name in seen) && document.querySelector(selector))
      requestAnimationFrame(() => { seen[name] ??= performance.now(); });
};
addEventListener("DOMContentLoaded", () => {
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
  look();
});
globalThis.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", () => { seen.key = performance.now(); });
  }
};
"""


def figures() -> list[Figure]:
    """Fifteen figures; none where there is no Chromium."""
    with machine("the tablet's figures") as found:
        return [] if found is None else [*_sealing(found), *_starting(found)]


def _sealing(found: Machine) -> Iterator[Figure]:
    pages = found.folder / "pages"
    pages.mkdir()
    bundle(SEALING.replace("BUCKET", str(BUCKET), 1), pages / "sealing.js")
    (pages / "index.html").write_text('<!doctype html><script type="module" src="sealing.js"></script>', "utf-8")
    serving = serve_folder(pages, found.folder / "pages.log")
    browser = found.launch()
    try:
        for javascript, name in ((False, "the browser's X-Wing"), (True, "JavaScript X-Wing")):
            page = browser.new_page()
            page.goto(serving.url)
            page.wait_for_function("globalThis.measure")
            kind, seals, opens = page.evaluate("given => measure(...given)", [javascript, SECONDS])
            area = "Parts of 8 KiB, Chromium, on the page"
            chosen = "" if javascript or kind == "hybrid" else f"this browser has none of its own: {kind}"
            yield Figure(area, f"sealed, {name}", seals, "a second", chosen)
            yield Figure(area, f"opened, {name}", opens, "a second")
            page.close()
    finally:
        browser.close()
        serving.kill()


def _starting(found: Machine) -> Iterator[Figure]:
    with _demo(found.folder) as demo:
        held = Tablet(found.playwright, found.path, found.folder / "profile", "--lang=en-US")
        try:
            held.page.goto(demo.told["tablet"])
            expect(held.page.locator("main")).to_contain_text("All of Esik is on this tablet", timeout=60_000)
            demo.stop()
            for throttle in (1, 6):
                taken = [_start(held, demo, throttle) for _ in range(ROUNDS)]
                best = {name: min(one[name] for one in taken) for name in taken[0]}
                at = f"{throttle}×"
                yield Figure(
                    STARTS, f"navigation to names, {at}", best["unlock"], "ms", "page" if throttle == 1 else ""
                )
                worker = "worker: Argon2id, never throttled" if throttle == 1 else ""
                yield Figure(STARTS, f"passphrase to key, {at}", best["key"] - best["asked"], "ms", worker)
                home = best["home"] - best["key"]
                aim, met = ("", None) if throttle == 1 else ("at most 1 s", home <= SOON)
                yield Figure(STARTS, f"key to home, {at}", home, "ms", "", aim, met)
                yield Figure(STARTS, f"new family to form, {at}", best["form"] - best["tapped"], "ms")
            yield _weight(held.page)
        finally:
            held.kill()


@contextmanager
def _demo(folder: Path) -> Generator[Demo]:
    demo = Demo(folder)
    try:
        yield demo
    finally:
        demo.kill()


def _start(held: Tablet, demo: Demo, throttle: int) -> dict[str, float]:
    """One cold start of the whole browser, through unlock and home into the form."""
    held.close()
    page = held.start()
    page.add_init_script(WATCH)
    held.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": throttle})
    page.goto(f"{demo.serving.url}/tablet/")
    page.get_by_text("Dana Test-Intake", exact=True).click(timeout=60_000)
    page.locator("#passphrase").fill(demo.passphrase("Dana"))
    asked = page.evaluate("performance.now()")
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator(".scan")).to_be_visible(timeout=60_000)
    tapped = page.evaluate("performance.now()")
    new_family(page)
    page.wait_for_function("seen.form")
    seen: dict[str, Any] = page.evaluate("seen")
    return {**seen, "asked": asked, "tapped": tapped}


def _weight(page: Page) -> Figure:
    """Every script that this start had loaded when the form was open, as gzip would carry it."""
    names: list[str] = page.evaluate(
        "performance.getEntriesByType('resource').filter(one => one.startTime < seen.home).map(one => one.name)"
    )
    files = {ROOT / "static/dist" / urlsplit(name).path.lstrip("/") for name in names if name.endswith(".js")}
    size = sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) / 1024
    note = f"{len(files)} files, the Argon2id worker among them; the service worker and the JavaScript X-Wing apart"
    return Figure("JavaScript before home", "gzip", size, "KiB", note, f"at most {LIGHT:.0f} KB", size * 1.024 <= LIGHT)
