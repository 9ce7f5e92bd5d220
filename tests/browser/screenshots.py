"""Pictures of every tablet screen, for looking at: two sizes, every language of the screens, right to left, large text.

    python -m tests.browser.screenshots [FOLDER] [SCREEN ...]

The screens are the real ones on invented models (harness/*.ts); the form page is the library's registration. Arabic is
not among the languages yet: `rtl` is its layout with English words.
"""

import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from forms.compile import compile_form
from forms.model import decode
from forms.source import from_yaml
from server.pages import render_page
from tests.browser import chromium
from tests.browser.bundling import ROOT, bundle, serve_folder

LANGUAGES = ("en", "kk")
SIZES = {"tablet": (800, 1280), "phone": (360, 800)}
LOOKS = {
    "en": {"language": "en"},
    "kk": {"language": "kk"},
    "rtl": {"language": "en", "dir": "rtl"},
    "en-200": {"language": "en", "text": "200"},
}
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/form.css"><link rel="stylesheet" href="/tablet.css">
<script type="module" src="/screens.js"></script></head><body><div id="app"></div></body></html>"""


def main(out: Path, only: Sequence[str] = ()) -> None:
    """Make all pictures in `out`, or those of some screens."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        serving = serve_folder(make_site(folder), folder / "log")
        try:
            wide = _pictures(serving.url, out, only)
        finally:
            serving.kill()
    if wide:
        raise SystemExit("wider than the screen: " + ", ".join(wide))


def make_site(folder: Path) -> Path:
    """A folder that shows every sample screen."""
    site = folder / "site"
    site.mkdir()
    bundle('import "./tests/browser/harness/screens.ts";', site / "screens.js")
    for style in ("form", "tablet"):
        bundle(f'@import "./static/styles/{style}.css";', site / f"{style}.css", "--loader=css")
    (site / "index.html").write_text(PAGE)
    source = ROOT / "forms/library/registration.yaml"
    data = compile_form(from_yaml(source.read_text(), source.name)).data
    (site / "form.json").write_bytes(data)
    for language in LANGUAGES:
        (site / f"page-{language}.html").write_text(render_page(decode(data), language, style="/form.css"))
    return site


def _pictures(url: str, out: Path, only: Sequence[str]) -> list[str]:
    """Makes them; names of those that are wider than their screen."""
    wide: list[str] = []
    path = chromium.find()
    if path is None:
        raise SystemExit("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGS))
        for size, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
            page.on("pageerror", lambda error: print(error, file=sys.stderr))
            wanted = [one for one in all_screens(page, url) if not only or one in only]
            for look, asked in LOOKS.items():
                for screen in wanted:
                    show(page, url, screen, asked)
                    name = f"{size}-{look}-{screen}"
                    page.screenshot(path=out / f"{name}.png", full_page=size == "phone")
                    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                        wide.append(name)
            page.close()
        browser.close()
    return wide


def all_screens(page: Page, url: str) -> list[str]:
    """Names of all samples."""
    show(page, url, "home", LOOKS["en"])
    return str(page.evaluate("document.documentElement.dataset.screens")).split()


def show(page: Page, url: str, screen: str, asked: Mapping[str, str]) -> None:
    """One sample in one look."""
    page.goto(f"{url}/?{urlencode({'screen': screen, **asked})}")
    page.wait_for_selector("html[data-screens]")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist/screenshots", sys.argv[2:])
