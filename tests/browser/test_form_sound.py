"""Pages of the stated forms, section by section: sound for axe in three languages, large to touch, never too wide."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.bundling import ROOT
from tests.browser.form_ground import served
from tests.browser.form_pages import SETS, SIZES, make_site, open_form, sections

AXE = (ROOT / "static/node_modules/axe-core/axe.min.js").read_text("utf-8") + "\n;0"
SMALL = """[...document.querySelectorAll('button, .opt, .box, summary, .slider')]
  .filter((one) => one.checkVisibility() && !one.closest('[data-capture]'))
  .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect().height])
  .filter(([, height]) => height < 51.5)"""
WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, list[str]]]]:
    folder = tmp_path_factory.mktemp("sound")
    languages = make_site(folder, tuple(SETS))
    with served(folder) as url:
        yield url, languages


def violations(page: Page) -> list[object]:
    found = page.evaluate("axe.run(document.querySelector('#host') ?? document, {resultTypes: ['violations']})")
    return [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in found["violations"]]


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("language", ["en", "kk", "ar"])
def test_a_page_reads_to_everybody(
    page: Page, site: tuple[str, dict[str, list[str]]], name: str, language: str
) -> None:
    url, languages = site
    spoken = language if language in languages[name] else languages[name][0]
    page.set_viewport_size({"width": 800, "height": 1280})
    open_form(page, url, name, spoken)
    page.evaluate(AXE)
    told: dict[str, list[object]] = {}
    for place in sections(page):
        page.evaluate(f"bound().tell({place})")
        told[f"axe {place}"] = violations(page)
        told[f"small {place}"] = page.evaluate(SMALL)
        told[f"wide {place}"] = [True] if page.evaluate(WIDE) else []
    assert {what: wrong for what, wrong in told.items() if wrong} == {}


@pytest.mark.parametrize("name", SETS)
def test_a_page_fits_a_phone_in_every_language(
    browser: Browser, site: tuple[str, dict[str, list[str]]], name: str
) -> None:
    url, languages = site
    width, height = SIZES["phone"]
    page = browser.new_page(viewport={"width": width, "height": height})
    told: list[object] = []
    for language in languages[name]:
        open_form(page, url, name, language)
        for place in sections(page):
            told += [(language, place, "wide")] if page.evaluate(WIDE) else []
            told += page.evaluate(SMALL)
    page.close()
    assert told == []


@pytest.mark.parametrize("name", SETS)
def test_the_paper_of_a_form_reads_to_everybody(page: Page, site: tuple[str, dict[str, list[str]]], name: str) -> None:
    url, languages = site
    for language in [one for one in ("kk", "ar") if one in languages[name]] or languages[name][:1]:
        page.goto(f"{url}/{name}/paper-{language}.html")
        page.evaluate(AXE)
        assert violations(page) == []
        assert page.locator("button, input, select, textarea").count() == page.locator(".matrix input").count()
