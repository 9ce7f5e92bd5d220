"""A shift by keyboard alone: Tab, Enter, Space; the focus is always on something that can be seen."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from forms.card import make_card
from sync.randomness import random_bytes
from tests.browser.desk_ground import passphrase
from tests.browser.tablet_hands import WORKER
from tests.browser.talk_ground import begin_talks

BEGINS = begin_talks
MOST = 80
# What holds the focus: visible, ringed by itself or by its box, not the page.
HELD = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return 'body';
  const drawn = [one, one.closest('.opt, .box, label')].filter(Boolean);
  const ringed = drawn.some((each) => getComputedStyle(each).outlineStyle !== 'none');
  return ringed ? '' : one.outerHTML.slice(0, 120);
}"""


@pytest.fixture
def page(worker: BrowserContext) -> Page:
    """A tablet that is ready."""
    return worker.pages[0]


def walk(page: Page, to: Locator) -> None:
    """Tab until the focus is there; on the way it is always seen."""
    expect(to).to_be_visible()
    expect(to).to_be_enabled()
    for _ in range(MOST):
        if to.evaluate("(one) => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
        # Past the last thing the browser gives the focus to its own bars, and back.
        if page.evaluate("document.activeElement !== document.body"):
            assert page.evaluate(HELD) == ""
    raise AssertionError(f"no way by keyboard to {to}")


def press(page: Page, name: str, key: str = "Enter") -> None:
    walk(page, page.get_by_role("button", name=name).first)
    page.keyboard.press(key)


def arrived(page: Page, title: str) -> None:
    """A new screen begins at its heading."""
    expect(page.locator("h1:visible")).to_have_text(title)
    expect(page.locator("h1:visible")).to_be_focused()


def test_a_shift_from_unlock_to_its_end_by_keyboard_alone(page: Page) -> None:
    press(page, "Work anyway")
    arrived(page, "Who is working now?")
    walk(page, page.locator(".opt", has_text=WORKER).locator("input"))
    page.keyboard.press("Space")
    expect(page.locator("#passphrase")).to_be_focused()
    page.keyboard.type(passphrase(WORKER))
    page.keyboard.press("Enter")
    arrived(page, "Home")
    press(page, "Scan a card", "Space")
    arrived(page, "Scan a card")
    walk(page, page.locator("#card-code"))
    page.keyboard.type(make_card(random_bytes(5)))
    page.keyboard.press("Enter")
    arrived(page, "New on this tablet")
    press(page, "First look")
    arrived(page, "First look")
    walk(page, page.locator('[data-ref="signs"] input[value="none"]'))
    page.keyboard.press("Space")
    walk(page, page.locator('[data-ref="look"] input').first)
    page.keyboard.press("Space")
    press(page, "Check and seal")
    arrived(page, "Check, then seal")
    press(page, "Seal")
    arrived(page, "Home")
    press(page, "End of shift")
    arrived(page, "End of shift")
