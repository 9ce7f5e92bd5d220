"""A card scanned or typed in a window over a form, in Chromium: it comes into its field, the form stays."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from forms.card import make_card
from forms.compile import compile_form
from forms.source import from_yaml
from server.pages import render_page
from tests.browser import camera
from tests.browser.bundling import ROOT, bundle, serve_folder
from tests.browser.serving import Serving
from tests.browser.tablet_hands import AXE

CODE = make_card(b"\x3c\x11\x88\xe5\x70")
# The tablet around the form is left out; area, binder and engine are the real ones.
HARNESS = """
import { openForm } from "./static/src/form/index.ts";
import { bindPage, fetchPage } from "./static/src/tablet/binder.ts";
import { Cards } from "./static/src/tablet/cards/index.ts";
import { DAY_WORDS, WORDS } from "./static/src/tablet/words/index.ts";
import { addMessages, speak, useMessages } from "./static/src/ui/messages.ts";
useMessages(WORDS);
await speak("en");
await addMessages(DAY_WORDS);
const form = await (await fetch("form.json")).json();
const engine = openForm(form, { today: "2026-03-01", now: "2026-03-01T14:06:00.000+05:00" });
const settled = [];
const events = { onSettled: () => settled.push(engine.draft()) };
const bound = bindPage(document.querySelector("#host"), await fetchPage("en.html"), engine, events);
bound.show(0);
const screened = [];
const model = { state: "form" };
const cards = new Cards({ app: { model, onScreen: (one) => screened.push(one) } });
document.addEventListener("click", (press) => {
  const button = press.target.closest('[data-kind="scan"]');
  if (button) void cards.intoField(button);
});
const rest = () => { model.state = "pin"; for (const one of screened) one(); };
Object.assign(window, { engine, settled, rest });
"""
INDEX = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>harness</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; style-src 'self'">
<link rel="stylesheet" href="tablet.css"><link rel="stylesheet" href="form.css">
<script type="module" src="main.js"></script></head><body><main id="host"></main></body></html>"""
FITS = "(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(document.querySelector('dialog'))"
SMALL = """[...document.querySelectorAll("dialog button, dialog .box")]
  .filter((one) => one.getBoundingClientRect().height < 52).map((one) => one.outerHTML)"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A form of a family behind one address."""
    folder = tmp_path_factory.mktemp("cards")
    source = ROOT / "forms/vectors/forms/family.yaml"
    made = compile_form(from_yaml(source.read_text("utf-8"), source.name), library=True)
    (folder / "form.json").write_bytes(made.data)
    (folder / "en.html").write_text(render_page(made.form, "en", style="form.css"), encoding="utf-8")
    (folder / "index.html").write_text(INDEX, encoding="utf-8")
    bundle(HARNESS, folder / "main.js", "--define:ESIK_ASSETS={}")
    bundle('import "./static/src/tablet/cards/worker.ts";', folder / "cards/worker.js")
    for style in ("form", "tablet"):
        bundle(f'@import "./static/styles/{style}.css";', folder / f"{style}.css", "--loader=css")
    serving = serve_folder(folder, folder / "log")
    yield serving
    serving.kill()


@pytest.fixture
def shown(seeing: Callable[..., Browser], site: Serving) -> Callable[..., Page]:
    """The form, on a tablet whose camera sees these things one after the other; none at all without a camera."""
    return lambda *things: camera.held_before(seeing(*things), site.url)


def begin(page: Page) -> Locator:
    """The window over the first person's card."""
    page.get_by_role("button", name="Scan", exact=True).first.click()
    window = page.get_by_role("dialog")
    expect(window).to_be_visible()
    return window


def card_field(page: Page) -> Locator:
    return page.locator('[id="members[1].card"]')


def test_a_card_is_scanned_into_the_field_that_asked_for_it(shown: Callable[..., Page]) -> None:
    page = shown(camera.qr("https://other.example/menu"), camera.card(CODE))
    window = begin(page)
    expect(window).to_contain_text("leads to a web page")
    expect(window).to_have_count(0)
    expect(card_field(page)).to_have_value(CODE)
    assert page.evaluate("engine.value('members[1].card')") == CODE
    assert page.evaluate("settled.length") >= 1
    assert camera.live(page) == 0


def test_a_code_is_typed_where_there_is_no_camera(shown: Callable[..., Page]) -> None:
    page = shown()
    window = begin(page)
    expect(window.get_by_role("alert")).to_contain_text("There is no camera here.")
    field = window.get_by_label("Type the code")
    bare = CODE.replace("-", "").lower()
    field.press_sequentially(bare[:7])
    expect(field).to_have_value(CODE[:8])
    field.press("Enter")
    expect(window).to_contain_text("3 signs are missing.")
    field.press_sequentially(bare[7:9] + ("7" if bare[9] != "7" else "8"))
    expect(window).to_contain_text("One sign is wrong, or two have changed places.")
    field.press("Backspace")
    field.press_sequentially(bare[9])
    expect(window).to_contain_text("Ten signs, and they belong together.")
    field.press("Enter")
    expect(window).to_have_count(0)
    expect(card_field(page)).to_have_value(CODE)


def test_a_sign_in_the_middle_is_mended_where_the_hand_is(shown: Callable[..., Page]) -> None:
    page = shown()
    field = begin(page).get_by_label("Type the code")
    field.press_sequentially("7kq4xm2xd")
    for _ in range(5):
        field.press("ArrowLeft")
    field.press("Backspace")
    expect(field).to_have_value("7KQ4-M2XD")
    field.press_sequentially("ü")
    expect(page.get_by_role("dialog")).to_contain_text("“Ü” stands on no card.")
    expect(field).to_have_value("7KQ4-ÜM2X-D")


def test_the_window_closes_with_one_key_and_the_form_is_as_it_was(shown: Callable[..., Page]) -> None:
    page = shown(camera.nothing())
    expect(begin(page)).to_contain_text("Hold the card in the frame.")
    assert camera.live(page) == 1
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert camera.live(page) == 0
    expect(card_field(page)).to_have_value("")
    expect(page.get_by_role("button", name="Scan", exact=True).first).to_be_focused()


def test_a_tablet_that_locks_closes_the_window_and_the_camera(shown: Callable[..., Page]) -> None:
    page = shown(camera.nothing())
    expect(begin(page)).to_contain_text("Hold the card in the frame.")
    page.evaluate("rest()")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert camera.live(page) == 0


@pytest.mark.parametrize("things", [[], [camera.nothing()]])
def test_the_window_is_open_to_everybody(shown: Callable[..., Page], things: list[str]) -> None:
    page = shown(*things)
    window = begin(page)
    expect(window).to_contain_text("Hold the card in the frame." if things else "There is no camera here.")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run('dialog')")
    assert [one["id"] for one in found["violations"]] == []
    for size in (800, 360):
        page.set_viewport_size({"width": size, "height": 800})
        assert page.evaluate(FITS) is True
        assert page.evaluate(SMALL) == []
