"""A talk with somebody on the tablet: who is near, whose hands it is in, what cannot wait, where it stops."""

import re

from playwright.sync_api import Page, expect

from forms.card import make_card
from sync.randomness import random_bytes
from tests.browser.tablet_hands import (
    NAME,
    PIN,
    choose,
    choose_pin,
    new_family,
    person,
    registered,
    scanned,
    seal,
    sit,
    sound,
    sure,
    tap,
    to_seal,
    to_section,
    visit,
)
from tests.browser.talk_ground import DUTY, begin_talks

BEGINS = begin_talks


def known(page: Page) -> str:
    """Somebody is registered; her card, on her own screen."""
    card = registered(page)
    sure(page, card)
    return card


def test_a_sign_that_cannot_wait_says_whom_to_call_and_nobody_yet_seals(page: Page) -> None:
    card = make_card(random_bytes(5))
    scanned(page, card)
    page.get_by_role("button", name="First look").click()
    choose(page, "signs", "breathing")
    bar = page.locator(".alarm")
    expect(bar).to_contain_text("Stay here")
    expect(bar).to_contain_text(DUTY[0])
    expect(bar.locator('a[href="tel:+77000000001"]')).to_contain_text(DUTY[1])
    sound(page)
    page.get_by_role("button", name="Check and seal").click()
    expect(page.locator("#alarm")).to_contain_text("Who took over?")
    expect(page.get_by_role("button", name=re.compile("^Seal"))).to_have_count(0)
    sound(page)
    page.locator("#alarm").get_by_role("button", name="Nobody yet").click()
    seal(page)
    page.get_by_role("button", name=re.compile("^All")).click()
    expect(page.locator(".person").first).to_contain_text("nobody has taken over")


def test_who_is_near_is_asked_once_and_others_who_hear_keep_what_is_sensitive_shut(page: Page) -> None:
    card = known(page)
    page.locator('[data-station="medical"]').get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Go on to the form").click()
    expect(page.locator("main + footer")).to_contain_text("Say who is near")
    sound(page)
    sit(page, heard=True)
    expect(page.locator(".top .who")).to_contain_text("Gulnar")
    expect(page.locator(".top .who")).to_contain_text(card)
    # Her name is known already: it is told in one line and not asked again.
    expect(page.locator(".known").first).to_contain_text(NAME)
    to_section(page, "In private")
    expect(page.locator('[data-ref="private.sad"]')).to_be_hidden()
    sound(page)
    page.get_by_role("button", name="Sensitive questions are shut").click()
    sit(page)
    to_section(page, "In private")
    choose(page, "private.sad", "no")
    page.locator(".top .back").first.click()
    sure(page, card)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".form-page h1:visible")).to_have_text("In private")
    expect(page.locator('[data-ref="private.sad"]')).to_be_visible()


def test_what_stayed_shut_is_named_at_the_check_and_hinders_no_seal(page: Page) -> None:
    visit(page, heard=True)
    to_section(page, "Body")
    choose(page, "body.swollen", "no")
    page.get_by_role("button", name="More").click()
    page.locator(".panel").get_by_role("button", name="Check and seal").click()
    expect(page.locator("main")).to_contain_text("1 part stays shut")
    expect(page.locator("main")).to_contain_text("In private")
    sound(page)
    seal(page)


def test_a_tablet_that_was_given_shows_only_her_questions_and_no_way_back(page: Page) -> None:
    choose_pin(page)
    card = visit(page)
    page.get_by_role("button", name="Give the tablet").click()
    sound(page)
    page.get_by_role("button", name="Give it now").click()
    expect(page.locator(".form-page h1:visible")).to_have_text("In private")
    for told in (NAME, "Gulnar", card):
        assert told not in page.locator("#app").inner_text()
    sound(page)
    page.go_back()
    expect(page.locator(".form-page h1:visible")).to_have_text("In private")
    choose(page, "private.sad", "yes")
    choose(page, "private.harm", "yes")
    expect(page.locator(".alarm")).to_have_count(0)
    page.get_by_role("button", name="I am finished").click()
    expect(page.locator("h1:visible")).to_have_text("Thank you. Please give the tablet back.")
    sound(page)
    page.get_by_role("button", name="Staff: PIN").click()
    tap(page.locator(".sheet"), PIN)
    expect(page.locator(".alarm")).to_contain_text("Stay here")
    assert "death" not in page.locator(".alarm").inner_text()


def test_a_talk_that_stops_is_saved_and_says_why_when_it_goes_on(page: Page) -> None:
    card = visit(page)
    to_section(page, "Body")
    choose(page, "body.swollen", "no")
    page.get_by_role("button", name="Stop here").click()
    sound(page)
    page.get_by_role("button", name="tired").click()
    expect(page.locator("main")).to_contain_text("Stopped here: tired")
    expect(page.locator("main")).to_contain_text("Stopped: tired")
    sure(page, card)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("main")).to_contain_text("This talk was stopped: tired")
    expect(page.locator('[data-ref="body.swollen"] input[value="no"]')).to_be_checked()


def test_what_is_done_is_sealed_alone_and_only_the_rest_is_asked_then(page: Page) -> None:
    card = visit(page)
    to_section(page, "Wounds")
    page.get_by_role("button", name="Back", exact=True).click()
    choose(page, "body.swollen", "no")
    to_section(page, "Wounds")
    page.get_by_role("button", name="More").click()
    page.locator(".panel").get_by_role("button", name="Check and seal").click()
    sound(page)
    page.get_by_role("button", name="Only seal what is done").click()
    expect(page.locator(".notice").first).to_contain_text("Sealed")
    sure(page, card)
    page.get_by_role("button", name="Go on with the rest").click()
    expect(page.locator("main")).to_contain_text("what was sealed before is not asked again")
    to_section(page, "In private")
    expect(page.locator('[data-ref="body.swollen"]')).to_be_hidden()
    choose(page, "private.sad", "no")
    to_seal(page)
    expect(page.locator("main")).to_contain_text("Sealed before")
    seal(page)
    sure(page, card)
    expect(page.locator('[data-station="medical"]')).to_contain_text("Done")


def test_paper_is_typed_with_its_day_and_number(page: Page) -> None:
    visit(page)
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="From paper").click()
    sound(page)
    page.locator("#paper-day").fill("2026-01-15")
    page.locator(".panel").get_by_role("button", name="Go on").click()
    expect(page.locator(".panel")).to_contain_text("Type the number")
    page.locator("#paper-number").fill("P-17")
    page.locator(".panel").get_by_role("button", name="Go on").click()
    expect(page.locator("main")).to_contain_text("From paper P-17")


def test_a_draft_moved_to_the_right_person_keeps_what_was_asked_and_follows_in_what_was_known(page: Page) -> None:
    first = known(page)
    page.get_by_role("button", name="Home").click()
    new_family(page)
    second = person(page, "Botagoz Sample")
    page.locator('[data-ref="members[1].sex"] input').last.check(force=True)
    to_seal(page)
    seal(page)
    sure(page, first)
    page.locator('[data-station="medical"]').get_by_role("button", name="Start").click()
    sit(page)
    to_section(page, "Body")
    choose(page, "body.swollen", "yes")
    page.locator(".top .back").first.click()
    sure(page, first)
    page.get_by_role("button", name="Wrong person").click()
    page.locator("#card-code").fill(second)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.locator("h1:visible")).to_contain_text("Botagoz")
    expect(page.locator("main")).to_contain_text("Girl or boy")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".top .who")).to_contain_text("Botagoz")
    expect(page.locator('[data-ref="body.swollen"] input[value="yes"]')).to_be_checked()
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.locator(".known").first).to_contain_text("Botagoz Sample, Boy")


def test_what_is_not_wanted_now_is_sealed_without_a_page_and_closed_for_today(page: Page) -> None:
    card = known(page)
    row = page.locator('[data-station="medical"]')
    row.get_by_role("button", name="Not wanted now").click()
    row.get_by_role("button", name="in 3 days").click()
    expect(row).to_contain_text("offered again on")
    page.get_by_role("button", name="Home").click()
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)
    sure(page, card)
    expect(row).to_contain_text("offered again on")


def test_a_disk_that_is_full_at_the_seal_leaves_the_draft_whole(page: Page) -> None:
    visit(page)
    to_section(page, "Body")
    choose(page, "body.swollen", "no")
    to_section(page, "In private")
    choose(page, "private.sad", "no")
    to_seal(page)
    page.evaluate("""() => {
      const add = IDBObjectStore.prototype.add;
      const full = function () { throw new DOMException("full", "QuotaExceededError"); };
      window.mend = () => { IDBObjectStore.prototype.add = add; IDBObjectStore.prototype.put = window.put; };
      window.put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.add = full;
      IDBObjectStore.prototype.put = full;
    }""")
    page.get_by_role("button", name=re.compile("^Seal with")).click()
    expect(page.locator(".problem")).to_be_visible()
    expect(page.locator("h1:visible")).to_have_text("Check, then seal")
    page.evaluate("mend()")
    page.get_by_role("button", name="Back to the form").last.click()
    expect(page.locator('[data-ref="private.sad"] input[value="no"]')).to_be_checked()
    to_seal(page)
    seal(page)


def test_where_others_hear_a_family_is_registered_without_what_is_asked_in_private(page: Page) -> None:
    new_family(page)
    person(page, NAME)
    page.get_by_role("button", name="Who is near").click()
    sit(page, heard=True)
    expect(page.locator('[data-ref="members[1].kin.relation"]')).to_be_hidden()
    to_seal(page)
    expect(page.locator("main")).to_contain_text("stay shut")
    seal(page)


def test_she_answers_in_her_own_language_and_the_worker_goes_on_where_he_was(page: Page) -> None:
    visit(page)
    to_section(page, "Body")
    page.get_by_role("button", name="Give the tablet").click()
    page.get_by_role("button", name="Give it now").click()
    page.get_by_role("button", name="Қазақша").click()
    expect(page.locator(".form-page h1:visible")).to_have_text("Оңашада")
    choose(page, "private.sad", "no")
    page.get_by_role("button", name="Бітірдім").click()
    box = page.get_by_role("button", name="Қызметкер").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 20)
    page.mouse.down()
    expect(page.locator(".form-page h1:visible")).to_have_text("Body")
    page.mouse.up()
