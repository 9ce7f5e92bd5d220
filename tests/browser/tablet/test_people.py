"""Who stands at the table: found, asked *is it she?*, put right when the card is not theirs, known on two tablets."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, Page, expect

from forms.card import make_card
from sync.clock import now_ms
from sync.directory import Directory
from sync.directory.write import Draft
from sync.randomness import random_bytes
from tests.browser.desk_ground import Ground
from tests.browser.tablet_hands import (
    choose,
    new_family,
    person,
    registered,
    scanned,
    seal,
    sit,
    sound,
    sure,
    to_seal,
    to_section,
    unlock,
)
from tests.browser.talk_ground import begin_talks
from tests.programme import SITE
from tests.tablet import read_all, sign_in

BEGINS = begin_talks


def a_card() -> str:
    return make_card(random_bytes(5))


def title(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("h1:visible")).to_have_text(words)


def at(page: Page, station: str) -> Locator:
    """The row of a station on a person's screen."""
    return page.locator(f'[data-station="{station}"]')


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def first_look(page: Page, card: str) -> None:
    """A healthy person in two taps, from a scan."""
    scanned(page, card)
    title(page, "New on this tablet")
    press(page, "First look")
    choose(page, "signs", "none")
    choose(page, "look", "green")
    press(page, "Check and seal")
    seal(page)


def typed(page: Page, card: str, go: str) -> None:
    """A code on the screen that scans."""
    page.locator("#card-code").fill(card)
    press(page, go)


def test_a_card_is_met_looked_at_and_registered_from_its_own_screen(page: Page) -> None:
    card = a_card()
    first_look(page, card)
    scanned(page, card)
    expect(page.locator("main")).to_contain_text("Is this the person in front of you?")
    title(page, "No name yet")
    sound(page)
    press(page, "Yes, go on")
    expect(at(page, "first_look")).to_contain_text("Done")
    sound(page)
    at(page, "registration").get_by_role("button", name="Start").click()
    expect(page.locator('[id="members[1].card"]')).to_have_value(card)
    page.locator('[id="members[1].name"]').fill("Айгүл Сынақ")
    page.locator('[data-ref="members[1].sex"] input').first.check(force=True)
    to_seal(page)
    seal(page)
    press(page, "Find")
    for spelling in ("aigul", "AYGÜL", "أيغول", card[:4]):
        page.locator("#find-text").fill(spelling)
        expect(page.get_by_role("status").first).to_contain_text("1 person fits")
    sound(page)
    page.locator("#find-text").fill("zhanar")
    expect(page.locator("main")).to_contain_text("Nobody fits")
    sound(page)
    page.locator("#find-text").fill("айгул")
    page.locator(f'[data-card="{card}"]').click()
    title(page, "Айгүл Сынақ")
    press(page, "Yes, go on")
    expect(at(page, "registration")).to_contain_text("Done")


def test_nobody_fits_leads_to_a_scan(page: Page) -> None:
    press(page, "Find")
    page.locator("#find-text").fill("zhanar")
    page.get_by_role("button", name="Scan a card").click()
    title(page, "Scan a card")


def test_not_now_is_noted_and_taken_back_and_not_wanted_is_offered_again(page: Page) -> None:
    card = registered(page, "Zarina Sample")
    sure(page, card)
    medical = at(page, "medical")
    medical.get_by_role("button", name="Not now").click()
    expect(medical.get_by_role("button", name="asleep")).to_be_focused()
    sound(page)
    medical.get_by_role("button", name="asleep").click()
    expect(medical).to_contain_text("Not now: asleep")
    expect(medical.get_by_role("button", name="Undo")).to_be_focused()
    medical.get_by_role("button", name="Undo").click()
    expect(medical).to_contain_text("Waits")
    expect(medical.get_by_role("button", name="Not now")).to_be_focused()
    medical.get_by_role("button", name="Not wanted now").click()
    sound(page)
    medical.get_by_role("button", name="in 3 days").click()
    expect(medical).to_contain_text("Not wanted now; offered again on")
    expect(medical.get_by_role("button", name="Start")).to_be_focused()
    page.go_back()
    press(page, "All 1")
    expect(page.locator(".person .chip.not_wanted")).to_contain_text("offered again on")


def test_a_new_card_stands_for_her_and_the_old_one_still_finds_her(page: Page) -> None:
    old = registered(page, "Zarina Sample")
    sure(page, old)
    press(page, "New card")
    new = a_card()
    typed(page, new, "Take it")
    title(page, "Zarina Sample")
    expect(page.locator(".code-tag")).to_contain_text(new)
    expect(page.get_by_role("status").first).to_contain_text(old)
    press(page, "Home")
    scanned(page, old)
    title(page, "Zarina Sample")
    expect(page.locator(".code-tag")).to_contain_text(new)


def test_a_card_that_is_somebodys_already_is_not_taken_for_a_new_one(page: Page) -> None:
    mine = registered(page, "Zarina Sample")
    another = registered(page, "Timur Sample")
    sure(page, mine)
    press(page, "New card")
    for taken in (another, mine):
        typed(page, taken, "Take it")
        expect(page.get_by_role("alert").filter(has_text="This card is somebody's already.")).to_be_visible()
    press(page, "Back")
    title(page, "Zarina Sample")
    press(page, "Home")
    sure(page, another)
    title(page, "Timur Sample")


def test_somebody_belongs_to_another_family_after_all_and_has_a_twin_there(page: Page) -> None:
    mother = registered(page, "Zarina Sample")
    child = registered(page, "Timur Sample")
    sure(page, child)
    press(page, "Another family")
    typed(page, mother, "Open")
    expect(page.get_by_role("status").first).to_contain_text("Belongs to this family")
    expect(page.locator(f'main [data-card="{mother}"]')).to_contain_text("Zarina")
    press(page, "Twin")
    page.get_by_role("group", name="Twin").get_by_role("button", name="Zarina").click()
    expect(page.get_by_role("status").first).to_contain_text("Noted as twins")
    press(page, "Add someone to this family")
    expect(page.locator(".form-page h1:visible")).to_be_visible()
    added = person(page, "Samat Sample")
    to_seal(page)
    seal(page)
    sure(page, added)
    for card in (mother, child):
        expect(page.locator(f'main [data-card="{card}"]')).to_be_visible()


def test_a_draft_about_the_wrong_person_moves_to_the_right_one(page: Page) -> None:
    wrong = registered(page, "Zarina Sample")
    right = registered(page, "Botagoz Sample")
    sure(page, wrong)
    at(page, "medical").get_by_role("button", name="Start").click()
    sit(page)
    to_section(page, "Body")
    choose(page, "body.swollen", "no")
    page.locator(".top .back").first.click()
    sure(page, wrong)
    press(page, "Wrong person")
    typed(page, right, "Open")
    title(page, "Botagoz Sample")
    expect(page.get_by_role("status").first).to_contain_text("The draft is about this person now")
    sound(page)
    at(page, "medical").get_by_role("button", name="Continue").click()
    expect(page.locator('[data-ref="body.swollen"] input[value="no"]')).to_be_checked()
    expect(page.locator(".top .who")).to_contain_text("Botagoz")
    page.locator(".top .back").first.click()
    sure(page, wrong)
    expect(at(page, "medical").get_by_role("button", name="Start")).to_be_visible()


def test_a_card_of_another_programme_is_simply_new_here(page: Page) -> None:
    scanned(page, a_card())
    title(page, "New on this tablet")
    sound(page)
    press(page, "Another card")
    title(page, "Scan a card")


def confirm_all(ground: Ground) -> None:
    """What a desk does after comparing digits: every tablet may read who is at the site."""
    programme, client = ground.programme, ground.client()
    signing = programme.people["Gulnar"].desk()[0]
    directory = Directory.read(programme.pid, read_all(client, sign_in(client, programme.directory, signing)))
    draft = Draft(directory, signing, at=now_ms())
    audience = f"people@{SITE}"
    for device in directory.devices.values():
        draft.grant(audience, directory.current(audience).body.epoch, programme.audiences[audience], device.reading)
    ground.append(draft.bundle())


def round_trip(page: Page) -> None:
    """Push and pull by hand, back to home."""
    page.locator(".sync button").click()
    press(page, "Send now")
    expect(page.get_by_role("button", name="Send now")).to_be_enabled()
    expect(page.locator("main")).to_contain_text(re.compile("^(?!.*Sending)", re.DOTALL))
    press(page, "Home")


def test_two_tablets_know_her_and_one_card_on_two_people_is_shown(
    profile: Callable[[], BrowserContext], ground: Ground
) -> None:
    contexts = [profile(), profile()]
    confirm_all(ground)
    here, there = (context.pages[0] for context in contexts)
    for page in (here, there):
        unlock(page)
        round_trip(page)
    card = registered(here, "Zarina Sample")
    round_trip(here)
    round_trip(there)
    scanned(there, card)
    title(there, "Zarina Sample")
    press(there, "Yes, go on")
    expect(at(there, "registration")).to_contain_text(re.compile("Done on .+"))
    press(there, "Home")

    for context in contexts:
        context.set_offline(True)
    both = a_card()
    for page, name in ((here, "Botagoz Sample"), (there, "Samat Sample")):
        new_family(page)
        page.locator('[id="members[1].card"]').fill(both)
        page.locator('[id="members[1].name"]').fill(name)
        page.locator('[data-ref="members[1].sex"] input').nth(0 if page is here else 1).check(force=True)
        to_seal(page)
        seal(page)
    for context in contexts:
        context.set_offline(False)
    for page in (here, there, here):
        round_trip(page)
    for page in (here, there):
        scanned(page, both)
        expect(page.locator("main")).to_contain_text("Two tablets wrote different people on this card")
        sound(page)
