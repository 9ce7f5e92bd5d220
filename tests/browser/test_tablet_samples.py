"""Every tablet screen on invented people, in each of its states: sound for axe, never too wide, large to touch."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.bundling import serve_folder
from tests.browser.screenshots import LOOKS, SIZES, all_screens, make_site, show
from tests.browser.tablet_hands import AXE

# Large text on a phone is the narrowest look: there the width is looked at, on the tablet everything.
SEEN = [("tablet", "kk"), ("phone", "en-200")]
AREAS = {
    "cards": ("scan", "invitation"),
    "people": ("home", "find", "person"),
    "talks": ("form", "seal", "sitting", "given", "handover"),
    "shift": (
        "start",
        "lost",
        "enrol",
        "ready",
        "unlock",
        "elsewhere",
        "broken",
        "pin",
        "outbox",
        "colleague",
        "shift_end",
    ),
    "rest": ("practice", "closed", "opening", "lost"),
}
SMALL = """[...document.querySelectorAll('button, .opt, summary, input:not(.vh), textarea')]
  .filter((one) => one.checkVisibility() && !one.closest('[hidden], .vh'))
  .map((one) => [one.outerHTML.slice(0, 90), (one.closest('.box, .opt') ?? one).getBoundingClientRect().height])
  .filter(([, height]) => height < 51.5)"""


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the sample screens."""
    folder = tmp_path_factory.mktemp("samples")
    serving = serve_folder(make_site(folder), folder / "log")
    yield serving.url
    serving.kill()


def narrow(page: Page) -> list[object]:
    """What is too small, and whether it is too wide."""
    told: list[object] = page.evaluate(SMALL)
    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        told.append("something is wider than the screen")
    return told


def found(page: Page) -> list[object]:
    """What axe finds beside that."""
    page.evaluate(AXE.read_text())
    violations = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")["violations"]
    told: list[object] = [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in violations]
    return told + narrow(page)


def test_every_sample_belongs_to_an_area(page: Page, samples: str) -> None:
    areas = tuple(one for area in AREAS.values() for one in area)
    assert [one for one in all_screens(page, samples) if not one.startswith(areas)] == []


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize(("size", "look"), SEEN)
def test_a_screen_reads_to_everybody(browser: Browser, samples: str, area: str, size: str, look: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page = context.new_page()
    screens = [one for one in all_screens(page, samples) if one.startswith(AREAS[area])]
    assert screens
    told: dict[str, list[object]] = {}
    for screen in screens:
        show(page, samples, screen, LOOKS[look])
        told[screen] = found(page) if size == "tablet" else narrow(page)
    context.close()
    assert {screen: wrong for screen, wrong in told.items() if wrong} == {}
