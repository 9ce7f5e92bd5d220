"""A draft goes on in a colleague's hands, on the same tablet: theirs from then on, with both names on it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.desk_ground import Ground, passphrase
from tests.browser.tablet_hands import enrol, invitation, seal, to_seal, unlock
from tests.browser.talk_ground import begin_talks
from tests.browser.test_shift import lock
from tests.browser.test_sitting import choose, scanned, sit, to_section, visit
from tests.browser.test_tablet_screens import sound


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """One centre for all of this file."""
    ground = begin_talks(tmp_path_factory.mktemp("hands"))
    yield ground
    ground.serving.kill()


@pytest.fixture
def worker(browser: Browser, ground: Ground) -> Iterator[BrowserContext]:
    """A profile that is enrolled."""
    context = browser.new_context(locale="en-US", viewport={"width": 800, "height": 1280})
    enrol(context.new_page(), invitation(ground))
    yield context
    context.close()


@pytest.fixture
def page(worker: BrowserContext) -> Page:
    """Aigerim has unlocked it."""
    page = worker.pages[0]
    unlock(page)
    return page


def hand_over(page: Page, to: str) -> None:
    """From the screen of choosing to home."""
    expect(page.locator("h1:visible")).to_have_text("Hand over")
    sound(page)
    page.get_by_role("button", name=f"Choose {to}").click()
    sound(page)
    page.get_by_role("button", name="Hand over", exact=True).click()
    expect(page.locator(".notice").first).to_contain_text(f"Handed over to {to}")


def test_a_talk_goes_on_with_a_colleague_who_is_asked_about_the_room_again(page: Page, ground: Ground) -> None:
    visit(page)
    to_section(page, "Body")
    choose(page, "body.swollen", "no")
    page.get_by_role("button", name="More").click()
    page.locator(".panel").get_by_role("button", name="Hand over").click()
    expect(page.locator(".rows").first).to_contain_text("Bota")
    hand_over(page, "Bota")
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)

    lock(page)
    unlock(page, "Bota", passphrase("Bota"))
    expect(page.locator("main")).to_contain_text("Handed over by Aigerim")
    page.get_by_role("button", name="Continue").click()
    sit(page, heard=True)
    expect(page.locator('[data-ref="body.swollen"] input[value="no"]')).to_be_checked()
    to_seal(page)
    expect(page.locator("main")).to_contain_text("1 part stays shut")
    seal(page)


def test_a_choice_of_nobody_leads_back_to_the_form_as_it_was(page: Page) -> None:
    visit(page)
    to_section(page, "Body")
    choose(page, "body.swollen", "yes")
    page.get_by_role("button", name="More").click()
    page.locator(".panel").get_by_role("button", name="Hand over").click()
    page.get_by_role("button", name="Back").click()
    expect(page.locator('[data-ref="body.swollen"] input[value="yes"]')).to_be_checked()
    expect(page.locator(".alarm")).to_be_visible()


def test_the_rest_of_a_talk_waits_for_its_giver_no_more(page: Page, ground: Ground) -> None:
    card = visit(page)
    to_section(page, "Body")
    choose(page, "body.swollen", "no")
    page.locator(".top .back").first.click()
    page.locator("main").get_by_role("button", name="Hand over").click()
    hand_over(page, "Timur")
    scanned(page, card)
    page.get_by_role("button", name="Yes, go on").click()
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("Start")).first).to_be_visible()
