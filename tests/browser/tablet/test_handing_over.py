"""A draft goes on in a colleague's hands, on the same tablet: theirs from then on, with both names on it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.desk_ground import passphrase
from tests.browser.tablet_hands import choose, lock, seal, sit, sound, sure, to_seal, to_section, unlock, visit
from tests.browser.talk_ground import begin_talks

BEGINS = begin_talks


def hand_over(page: Page, to: str) -> None:
    """From the screen of choosing to home."""
    expect(page.locator("h1:visible")).to_have_text("Hand over")
    sound(page)
    page.get_by_role("button", name=f"Choose {to}").click()
    sound(page)
    page.get_by_role("button", name="Hand over", exact=True).click()
    expect(page.locator(".notice").first).to_contain_text(f"Handed over to {to}")


def test_a_talk_goes_on_with_a_colleague_who_is_asked_about_the_room_again(page: Page) -> None:
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


def test_the_rest_of_a_talk_waits_for_its_giver_no_more(page: Page) -> None:
    card = visit(page)
    to_section(page, "Body")
    choose(page, "body.swollen", "no")
    page.locator(".top .back").first.click()
    page.locator("main").get_by_role("button", name="Hand over").click()
    hand_over(page, "Timur")
    sure(page, card)
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("Start")).first).to_be_visible()
