"""A form's page with the real engine and binder behind an address of its own, without the tablet around it.

What the page holds for a test: `engine`, `bound()`, `open(language)`, what was `settled` and which flags were `raised`.
"""

import json
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from forms.compile import Compiled, compile_form
from forms.source import from_yaml
from server.pages import render_page
from tests.browser.bundling import ROOT, bundle, serve_folder

HARNESS = """
import { openForm } from "./static/src/form/index.ts";
import { bindPage, fetchPage } from "./static/src/tablet/binder.ts";
const form = await (await fetch("form.json")).json();
const known = await (await fetch("known.json")).json();
const engine = openForm(form, { today: "2026-03-01", now: "2026-03-01T14:06:00.000+05:00", known });
const settled = [];
const raised = [];
let bound;
const open = async (language) => {
  bound?.flush(); bound?.remove();
  engine.setLanguage(language);
  const events = { onSettled: () => settled.push(engine.draft()), onFlags: (flags) => raised.push(flags) };
  bound = bindPage(document.querySelector("#host"), await fetchPage(`${language}.html`), engine, events);
  bound.show(0);
};
// As the tablet does it: the new page goes on where the old one stood.
const change = async (language) => {
  const page = await fetchPage(`${language}.html`);
  const place = bound.place();
  bound.remove();
  engine.setLanguage(language);
  const events = { onSettled: () => settled.push(engine.draft()), onFlags: (flags) => raised.push(flags) };
  bound = bindPage(document.querySelector("#host"), page, engine, events);
  bound.resume(place);
};
await open("en");
Object.assign(window, { engine, settled, raised, open, change, bound: () => bound });
"""
INDEX = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>harness</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<link rel="stylesheet" href="page.css"><script type="module" src="main.js"></script></head>
<body><main id="host"></main></body></html>"""


def harness(folder: Path, source: str, *, library: bool = False, known: dict[str, str] | None = None) -> None:
    put(folder, compile_form(from_yaml(source), library=library), known)


def put(folder: Path, made: Compiled, known: dict[str, str] | None = None, script: str = HARNESS) -> None:
    """A compiled form with its pages and all that they need, into a folder that is served; `script` binds them."""
    (folder / "form.json").write_bytes(made.data)
    (folder / "known.json").write_text(json.dumps(known or {}), encoding="utf-8")
    for language in made.form.languages:
        (folder / f"{language}.html").write_text(render_page(made.form, language, style="page.css"), encoding="utf-8")
    sheets = "".join(
        (ROOT / "static/styles" / name).read_text("utf-8")
        for name in ("tokens.css", "base.css", "paper.css", "form.css")
    )
    (folder / "page.css").write_text(re.sub(r"@import[^;]*;", "", sheets), encoding="utf-8")
    (folder / "index.html").write_text(INDEX, encoding="utf-8")
    bundle(script, folder / "main.js")


@contextmanager
def served(folder: Path) -> Generator[str]:
    """The address of a folder of forms."""
    (folder / "favicon.ico").write_bytes(b"")
    serving = serve_folder(folder, folder / "log")
    try:
        yield serving.url
    finally:
        serving.stop()


def visit(page: Page, url: str) -> Iterator[Page]:
    """The page at a form, on a tablet; at the end nothing may have gone wrong in it."""
    errors: list[str] = []
    page.set_viewport_size({"width": 800, "height": 1280})
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(url)
    until(page, "Boolean(window.bound)")
    yield page
    assert errors == []


def until(page: Page, script: str) -> None:
    """Waits for a script to be true; Playwright's own waiting needs eval, which the policy refuses."""
    for _ in range(500):
        if page.evaluate(script):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never true: {script}")
