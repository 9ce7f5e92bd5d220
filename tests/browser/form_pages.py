"""Pages of a stated set of forms, for looking at and for checking: every section, every language, two sizes, and paper.

    python -m tests.browser.form_pages [FOLDER] [FORM ...]

Every kind of question in one form of our own, and three of pyxform's examples; with the corpus of public forms some of
those too.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from forms.compile import Compiled, compile_form
from forms.repair import Told, repair
from forms.sources import read
from server.pages import render_page
from tests.browser import chromium
from tests.browser.bundling import ROOT, serve_folder
from tests.browser.form_ground import put, until

SIZES = {"tablet": (800, 1280), "phone": (360, 800)}
OURS = "forms/vectors/forms/every-kind.yaml"
PYXFORM = ("table-list.xls", "tutorial.xls", "cascading_select_test_equivalent.xls")
CORPUS = ("household-surv__questionnaires_Abidjan_2022.xls", "docs__source__static_files_media_xlsform-example.xls")
TOLD = Told(audience="medical", subject="person", language="en")


def _sets() -> dict[str, Path]:
    beside = Path(os.environ.get("ESIK_CORPUS") or ROOT.parent / "shared/corpus/xlsforms")
    examples = [ROOT / "tests/forms/pyxform" / name for name in PYXFORM]
    found = [ROOT / OURS, *examples, *(beside / name for name in CORPUS if (beside / name).is_file())]
    return {path.stem: path for path in found}


SETS = _sets()
"""Name → file."""


def compiled(name: str) -> Compiled:
    """One of the set, with the repairs that it needs."""
    return compile_form(repair(read(SETS[name]), TOLD)[0])


def make_site(folder: Path, names: tuple[str, ...] = ("every-kind",)) -> dict[str, list[str]]:
    """Puts the forms into a folder that is served: name → its languages."""
    found: dict[str, list[str]] = {}
    for name in names:
        made = compiled(name)
        (folder / name).mkdir(parents=True)
        put(folder / name, made)
        for language in made.form.languages:
            paper = render_page(made.form, language, style="page.css", paper=True)
            (folder / name / f"paper-{language}.html").write_text(paper, encoding="utf-8")
        found[name] = made.form.languages
    return found


def open_form(page: Page, url: str, name: str, language: str) -> None:
    """A form of the site in a language, at its first section."""
    page.goto(f"{url}/{name}/")
    until(page, "Boolean(window.bound)")
    page.evaluate(f"open('{language}')")
    # What the tablet's shell says of the whole document.
    page.evaluate("l => { document.documentElement.lang = l }", language)
    page.evaluate("document.documentElement.dir = document.querySelector('form').dir")


def sections(page: Page) -> Iterator[int]:
    """Shows one open section after the other."""
    for place in page.evaluate("bound().open()"):
        page.evaluate(f"bound().show({place})")
        yield place


def _pictures(browser: Browser, url: str, names: dict[str, list[str]], out: Path) -> None:
    for size, (width, height) in SIZES.items():
        page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
        page.on("pageerror", lambda error: print(error, file=sys.stderr))
        for name, languages in names.items():
            for language in languages:
                open_form(page, url, name, language)
                for place in sections(page):
                    page.screenshot(path=out / f"{name}-{language}-{size}-{place}.png", full_page=True)
                    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                        print(f"wider than the screen: {name} {language} {size} {place}", file=sys.stderr)
        page.close()


def _papers(browser: Browser, url: str, names: dict[str, list[str]], out: Path) -> None:
    page = browser.new_page()
    for name, languages in names.items():
        for language in languages:
            page.goto(f"{url}/{name}/paper-{language}.html")
            page.pdf(path=out / f"{name}-{language}.pdf", prefer_css_page_size=True)
    page.close()


def main(out: Path, only: tuple[str, ...]) -> None:
    """All pictures and papers into `out`."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    path = chromium.find()
    if path is None:
        raise SystemExit("no Chromium on this machine")
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place) / "site"
        names = make_site(folder, only or tuple(SETS))
        serving = serve_folder(folder, Path(place) / "log")
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGS))
        try:
            _pictures(browser, serving.url, names, out)
            _papers(browser, serving.url, names, out)
        finally:
            browser.close()
            serving.kill()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist/form-pages", tuple(sys.argv[2:]))
