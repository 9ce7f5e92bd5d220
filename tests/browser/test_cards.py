"""Cards before a camera, in Chromium: read without its own detector, told apart, typed; and the camera let go."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from forms.card import make_card
from server.cli.cards import make_codes, sheets
from tests.browser import camera
from tests.browser.bundling import bundle
from tests.browser.desk_ground import Ground, begin
from tests.browser.tablet_hands import enrol, invitation

CODE = make_card(b"\x3c\x11\x88\xe5\x70")
# Each drawn code of the page, painted on its own and read.
READ = """
import { decodeQR } from "./static/node_modules/qr/decode.js";
window.read = () => [...document.querySelectorAll("svg")].map((svg) => {
  const side = svg.viewBox.baseVal.width, pen = new OffscreenCanvas(side * 6, side * 6).getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, side * 6, side * 6);
  pen.scale(6, 6);
  pen.fillStyle = "black";
  pen.fill(new Path2D(svg.querySelector("path").getAttribute("d")));
  return decodeQR(pen.getImageData(0, 0, side * 6, side * 6));
});
"""
Shown = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A centre of this file's own: tablets enrol here that no desk's test must see."""
    made = begin(tmp_path_factory.mktemp("cards"))
    yield made
    made.end()


@pytest.fixture
def shown(seeing: Callable[..., Browser], ground: Ground) -> Shown:
    """A tablet whose camera sees these things one after the other, and over again."""

    def show(*things: str, asked: bool = True) -> BrowserContext:
        browser = seeing(*things)
        context = camera.allowed(browser, ground.serving.url) if asked else browser.new_context()
        context.add_init_script(camera.WATCH)
        return context

    return show


def to_invitation(context: BrowserContext, ground: Ground) -> Page:
    page = context.new_page()
    page.goto(f"{ground.serving.url}/tablet/")
    page.get_by_role("button", name="Scan the invitation").click()
    expect(page.locator("h1:visible")).to_have_text("Scan the invitation")
    return page


def test_an_invitation_is_scanned_and_the_tablet_enrols(shown: Shown, ground: Ground) -> None:
    page = to_invitation(shown(camera.nothing(), camera.qr(invitation(ground), 5)), ground)
    expect(page.locator(".verdict h1")).to_be_visible()
    assert "#" not in page.url
    assert camera.live(page) == 0


def test_a_thing_that_is_no_invitation_is_told_and_scanning_goes_on(shown: Shown, ground: Ground) -> None:
    things = [camera.qr("WIFI:S:hall;;"), camera.card(CODE), camera.qr("https://other.example/enrol#abc")]
    page = to_invitation(shown(*things), ground)
    told = page.locator("p.told")
    expect(told).to_contain_text("something else")
    expect(told).to_contain_text("This is a card, not an invitation")
    expect(told).to_contain_text("open https://other.example in the browser")
    assert camera.live(page) == 1


def test_the_camera_is_let_go_when_its_screen_is_left(shown: Shown, ground: Ground) -> None:
    page = to_invitation(shown(camera.nothing()), ground)
    expect(page.locator("p.told")).to_contain_text("Hold the tablet")
    assert camera.live(page) == 1
    page.get_by_role("button", name="Back").click()
    expect(page.locator("h1:visible")).to_have_text("This tablet is not enrolled yet")
    assert camera.live(page) == 0


def test_the_camera_is_let_go_when_the_page_hides_and_comes_back_with_it(shown: Shown, ground: Ground) -> None:
    page = to_invitation(shown(camera.nothing()), ground)
    expect(page.locator("p.told")).to_contain_text("Hold the tablet")
    hide = "(hidden) => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });"
    hide += " document.dispatchEvent(new Event('visibilitychange')); }"
    page.evaluate(hide, True)
    assert camera.live(page) == 0
    page.evaluate(hide, False)
    expect(page.locator("p.told")).to_contain_text("Hold the tablet")
    assert camera.live(page) == 1
    assert page.evaluate("window.streams.length") == 2


def test_a_refused_camera_is_told_with_what_to_do(shown: Shown, ground: Ground) -> None:
    context = shown(camera.nothing(), asked=False)
    context.grant_permissions([], origin=ground.serving.url)
    page = to_invitation(context, ground)
    expect(page.get_by_role("alert")).to_contain_text("The camera may not be used.")
    context.grant_permissions(["camera"], origin=ground.serving.url)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("p.told")).to_contain_text("Hold the tablet")


def test_a_tablet_without_a_camera_says_so(shown: Shown, ground: Ground) -> None:
    page = to_invitation(shown(), ground)
    expect(page.get_by_role("alert")).to_contain_text("There is no camera here.")


def test_ready_sees_the_camera_and_asks_for_nobodys_permission_itself(shown: Shown, ground: Ground) -> None:
    page = shown(camera.nothing()).new_page()
    enrol(page, invitation(ground))
    expect(page.locator("main")).to_contain_text("It is here and may be used. Cards can be scanned.")
    assert page.evaluate("window.streams.length") == 0


def test_printed_cards_are_read_back_and_fill_their_sheets(page: Page, tmp_path: Path) -> None:
    codes = make_codes(23)
    (tmp_path / "cards.html").write_text("".join(sheets(codes)))
    bundle(READ, tmp_path / "read.js", "--format=iife")
    page.goto((tmp_path / "cards.html").as_uri())
    page.add_script_tag(path=tmp_path / "read.js")
    assert page.evaluate("window.read()") == codes
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 3


DETECTOR = """
window.BarcodeDetector = class {
  static getSupportedFormats() { return Promise.resolve(["qr_code"]); }
  detect() { return %s; }
};
"""


@pytest.mark.parametrize("answer", ["Promise.reject(new Error('no service'))", "Promise.resolve([])"])
def test_a_card_is_read_where_the_browsers_own_detector_does_not_work(
    shown: Shown, ground: Ground, answer: str
) -> None:
    context = shown(camera.card(CODE))
    context.add_init_script(DETECTOR % answer)
    page = to_invitation(context, ground)
    expect(page.locator("p.told")).to_contain_text("This is a card, not an invitation")


def test_the_browsers_own_detector_is_used_where_there_is_one(shown: Shown, ground: Ground) -> None:
    context = shown(camera.nothing())
    context.add_init_script(DETECTOR % f"Promise.resolve([{{ rawValue: '{CODE}' }}])")
    page = to_invitation(context, ground)
    expect(page.locator("p.told")).to_contain_text("This is a card, not an invitation")
