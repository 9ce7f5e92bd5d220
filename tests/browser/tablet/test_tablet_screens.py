"""The tablet's screens in Chromium: what a worker meets beside the straight road, and how it reads to everybody."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.desk_ground import Ground
from tests.browser.tablet_hands import WORKER, enrol, invitation, new_family, person, saved, sound, to_seal, unlock


@pytest.fixture(scope="module")
def worker(browser: Browser, ground: Ground) -> Iterator[BrowserContext]:
    """A profile that is enrolled."""
    context = browser.new_context(locale="en-US", viewport={"width": 800, "height": 1280})
    page = context.new_page()
    enrol(page, invitation(ground))
    page.close()
    yield context
    context.close()


@pytest.fixture
def page(worker: BrowserContext, ground: Ground) -> Iterator[Page]:
    """The tablet at the names."""
    page = worker.new_page()
    page.goto(f"{ground.serving.url}/tablet/")
    expect(page.locator("h1:visible")).to_have_text("Who is working now?")
    yield page
    page.close(run_before_unload=False)


def test_a_tablet_without_an_invitation_says_what_to_do(context: BrowserContext, ground: Ground) -> None:
    page = context.new_page()
    page.goto(f"{ground.serving.url}/tablet/")
    expect(page.locator("h1:visible")).to_have_text("This tablet is not enrolled yet")
    sound(page)


def test_a_torn_invitation_is_named_and_leaves_the_address_bar(context: BrowserContext, ground: Ground) -> None:
    page = context.new_page()
    page.goto(f"{ground.serving.url}/enrol#{ground.programme.fragment()[:-20]}")
    expect(page.locator(".problem-code")).to_be_visible()
    assert "#" not in page.url
    sound(page)


def test_a_wrong_passphrase_is_told_in_words(page: Page) -> None:
    page.get_by_text(WORKER, exact=True).click()
    page.locator("#passphrase").fill("not hers")
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator(".problem")).to_contain_text("wrong_passphrase", timeout=30_000)
    expect(page.locator(".scan")).to_have_count(0)
    sound(page)


def test_a_second_window_says_so_and_can_take_over(page: Page, worker: BrowserContext, ground: Ground) -> None:
    second = worker.new_page()
    second.goto(f"{ground.serving.url}/tablet/")
    expect(second.locator("h1")).to_have_text("Open in another window")
    sound(second)
    second.get_by_role("button", name="Use here").click()
    expect(second.locator("h1")).to_have_text("Who is working now?")
    expect(page.locator("h1:visible")).to_have_text("Open in another window")
    second.close()


def test_a_form_that_was_only_looked_at_leaves_no_draft(page: Page) -> None:
    unlock(page)
    new_family(page)
    page.get_by_role("button", name="Close, keep the draft").click()
    expect(page.locator(".scan")).to_be_visible()
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)


def test_a_lock_in_mid_form_keeps_the_last_word(page: Page) -> None:
    unlock(page)
    new_family(page)
    person(page, "Zarina Sample")
    page.get_by_role("button", name="Lock").click()
    expect(page.locator("h1:visible")).to_have_text("Who is working now?")
    assert "Zarina" not in page.content()
    unlock(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator('[id="members[1].name"]')).to_have_value("Zarina Sample")
    page.go_back()
    expect(page.locator(".scan")).to_be_visible()


def test_every_screen_reads_to_everybody_on_a_tablet_and_on_a_phone_with_large_text(page: Page) -> None:
    sound(page)
    unlock(page)
    sound(page)
    new_family(page)
    for width, zoom in ((800, "100%"), (360, "100%"), (800, "200%")):
        page.set_viewport_size({"width": width, "height": 1280})
        page.evaluate("size => document.documentElement.attributeStyleMap.set('font-size', size)", zoom)
        sound(page)
    to_seal(page)
    expect(page.locator("main")).to_contain_text("still needed")
    for width, zoom in ((800, "200%"), (360, "100%"), (800, "100%")):
        page.set_viewport_size({"width": width, "height": 1280})
        page.evaluate("size => document.documentElement.attributeStyleMap.set('font-size', size)", zoom)
        sound(page)
    page.get_by_role("button", name="Go to the first").click()
    expect(page.locator('[id="members[1].card"]')).to_be_focused()
    person(page, "Botagoz Sample")
    saved(page)
    to_seal(page)
    page.get_by_role("button", name="Seal with").click()
    expect(page.locator(".notice").first).to_contain_text("Sealed")
    sound(page)
    page.locator(".sync button").click()
    expect(page.locator("h1:visible")).to_have_text("Outbox")
    sound(page)


def test_targets_are_large_enough_for_a_gloved_hand(page: Page) -> None:
    unlock(page)
    new_family(page)
    small = page.evaluate(
        """[...document.querySelectorAll('button, .opt, summary, input:not(.vh), textarea')]
          .filter((one) => one.checkVisibility() && !one.closest('[hidden]'))
          .map((one) => [one.outerHTML.slice(0, 90), (one.closest('.box') ?? one).getBoundingClientRect().height])
          .filter(([, height]) => height < 52)"""
    )
    assert small == []


def test_the_browser_is_told_to_remember_nothing_that_is_typed(page: Page) -> None:
    unlock(page)
    new_family(page)
    fields = page.evaluate(
        "[...document.querySelectorAll('form, input, textarea')].map((one) => one.getAttribute('autocomplete'))"
    )
    assert fields
    assert set(fields) == {"off"}
