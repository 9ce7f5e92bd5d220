"""The screen on which a card is scanned, in Chromium: who asked gets the code, once, with the camera let go before."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from forms.card import make_card
from tests.browser import camera
from tests.browser.bundling import bundle, serve_folder
from tests.browser.serving import Serving
from tests.browser.tablet_hands import AXE

CODE = make_card(b"\x51\x02\x9d\x00\x7f")
# The real app and states, with this one area and nobody behind it but the test.
HARNESS = """
import { App } from "./static/src/tablet/app.ts";
import { Cards } from "./static/src/tablet/cards/index.ts";
import { DAY_WORDS, WORDS } from "./static/src/tablet/words/index.ts";
import { Problem } from "./static/src/sync/problems.ts";
import { addMessages, useMessages } from "./static/src/ui/messages.ts";
useMessages(WORDS);
const app = new App(document.querySelector("#app"), "release");
await app.speak("en");
await addMessages(DAY_WORDS);
const cards = new Cards({ app });
app.later = { screens: cards.screens, forget: () => cards.forget() };
app.act({ lock: () => app.go("lock"), wipe: () => undefined });
const heard = [];
const live = () => window.streams.flatMap((one) => one.getTracks()).filter((one) => one.readyState === "live").length;
const begin = (what) => {
  app.model.state = "home";
  const onCard = (code) => {
    heard.push([code, live()]);
    if (what === "moves") app.go("person");
    if (what === "fails" && heard.length === 1) throw Problem.of("storage_failed");
  };
  cards.scan({ for: "open", onCard, back: "leave" });
};
Object.assign(window, { app, begin, heard });
"""
INDEX = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>harness</title>
<link rel="stylesheet" href="tablet.css"><script type="module" src="main.js"></script></head>
<body><div id="app"></div></body></html>"""
Shown = Callable[..., Page]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """The screen behind an address."""
    folder = tmp_path_factory.mktemp("scan")
    (folder / "index.html").write_text(INDEX, encoding="utf-8")
    bundle(HARNESS, folder / "main.js", "--define:ESIK_ASSETS={}")
    bundle('import "./static/src/tablet/cards/worker.ts";', folder / "cards/worker.js")
    bundle('@import "./static/styles/tablet.css";', folder / "tablet.css", "--loader=css")
    serving = serve_folder(folder, folder / "log")
    yield serving
    serving.kill()


@pytest.fixture
def shown(seeing: Callable[..., Browser], site: Serving) -> Shown:
    """A tablet whose camera sees these things, one after the other."""

    def show(*things: str) -> Page:
        page = camera.held_before(seeing(*things), site.url)
        page.wait_for_function("'begin' in window")
        return page

    return show


def test_whoever_asked_gets_the_code_once_with_the_camera_let_go(shown: Shown) -> None:
    page = shown(camera.card(CODE))
    page.evaluate("begin('moves')")
    page.wait_for_function("app.model.state === 'person'")
    assert page.evaluate("heard") == [[CODE, 0]]
    assert camera.live(page) == 0


def test_scanning_goes_on_when_nobody_moved_on(shown: Shown) -> None:
    page = shown(camera.card(CODE), camera.nothing())
    page.evaluate("begin('stays')")
    page.wait_for_function("heard.length >= 2")
    assert page.evaluate("heard.every(([code, live]) => code === heard[0][0] && live === 0)")


def test_what_goes_wrong_behind_a_card_is_told_and_scanning_goes_on(shown: Shown) -> None:
    page = shown(camera.card(CODE), camera.nothing())
    page.evaluate("begin('fails')")
    expect(page.get_by_role("alert")).to_contain_text("storage_failed")
    page.wait_for_function("heard.length >= 2")


@pytest.mark.parametrize(("move", "state"), [("lock", "unlock"), ("rest", "pin"), ("taken", "elsewhere")])
def test_a_lock_or_a_second_window_lets_the_camera_go_at_once(shown: Shown, move: str, state: str) -> None:
    page = shown(camera.nothing())
    page.evaluate("begin('moves')")
    expect(page.locator("p.told").first).to_contain_text("Hold the card in the frame.")
    assert camera.live(page) == 1
    left = f"try {{ app.go('{move}') }} catch {{ }} [app.model.state, window.streams[0].active]"
    assert page.evaluate(left) == [state, False]


def test_the_invitation_of_a_tablet_and_the_end_of_a_shift_are_no_cards(shown: Shown, site: Serving) -> None:
    page = shown(camera.qr(f"{site.url}/enrol#abc"), camera.qr("ESIK1 7WU8UR8HOXBL4QTG9NM15SQ"))
    page.evaluate("begin('moves')")
    expect(page.locator("p.told").first).to_contain_text("This is the invitation for a tablet, not a card.")
    expect(page.locator("p.told").first).to_contain_text("code for the end of a shift")
    assert page.evaluate("heard") == []


def test_a_code_is_typed_with_the_keyboard_alone(shown: Shown) -> None:
    page = shown(camera.nothing())
    page.evaluate("begin('moves')")
    expect(page.locator("h1:visible")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type(CODE.replace("-", " ").lower())
    page.keyboard.press("Enter")
    page.wait_for_function("app.model.state === 'person'")
    assert page.evaluate("heard") == [[CODE, 0]]


def test_the_screen_is_open_to_everybody(shown: Shown) -> None:
    page = shown(camera.nothing())
    page.evaluate("begin('moves')")
    expect(page.locator("p.told").first).to_contain_text("Hold the card in the frame.")
    page.evaluate(AXE.read_text("utf-8"))
    assert [one["id"] for one in page.evaluate("axe.run(document)")["violations"]] == []
    for size in (800, 360):
        page.set_viewport_size({"width": size, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
