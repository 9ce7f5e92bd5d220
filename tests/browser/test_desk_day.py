"""The day run from the desk in Chromium: tablets invited, confirmed and taken out, a person added, who is missing."""

import re

import httpx
from playwright.sync_api import Browser, Page, expect

from forms.card import make_card
from sync.ids import unb64
from sync.randomness import random_bytes
from sync.short_head import write_short_code
from sync.slot import derive_halves, open_slot, read_slot
from tests.browser.desk_ground import Ground, signed_in
from tests.browser.tablet_hands import enrol, invitation
from tests.tablet import Tablet, read_all

DIGITS = re.compile(r"\d{5}(\s+\d{5}){4}")
WORDS = re.compile(r"^[a-z]+( [a-z]+){3}$")


def test_an_invited_tablet_is_confirmed_by_its_digits(page: Page, alone: Ground) -> None:
    signed_in(page, alone, "Gulnar")
    page.get_by_role("link", name=re.compile("^Fleet")).click()
    page.get_by_role("heading", name="Fleet").wait_for()
    page.keyboard.press("n")
    expect(page.get_by_label("Name of the tablet")).to_have_value(re.compile(r"^T-\d\d$"))
    page.get_by_label("Name of the tablet").fill("T-31")
    page.get_by_role("button", name="Sign the invitation").click()
    expect(page.get_by_role("img", name="QR code of the invitation for T-31")).to_be_visible()
    expect(page.locator("main")).to_contain_text(f"adb reverse tcp:{alone.serving.port} tcp:{alone.serving.port}")
    link = page.get_by_label("The link", exact=True).input_value()
    tablet = Tablet(alone.client(), link.split("#")[1], "T-31").enrol()
    page.get_by_role("link", name="To the digits").click()
    fresh = page.locator('[data-fresh="T-31"]')
    expect(fresh.locator(".digits")).to_have_text(re.compile(r"^\s*\d{5}(\s+\d{5}){4}\s*$"))
    fresh.get_by_role("button", name="They are the same").click()
    expect(page.locator("[data-fresh]")).to_have_count(0)
    read_on(tablet)
    readers = [one.body.reader for one in tablet.directory.grants.values() if one.body.audience == "people@arrival"]
    assert tablet.reading.key_id in readers
    # The link was shown once.
    page.get_by_role("link", name="Invite a tablet").click()
    expect(page.get_by_label("The link", exact=True)).to_have_count(0)


def test_a_tablet_whose_digits_differ_is_taken_out_with_a_reason(page: Page, alone: Ground) -> None:
    tablet = alone.tablet("T-09")
    alone.deliver(tablet, alone.register(tablet, "Leyla Sample"))
    signed_in(page, alone, "Gulnar")
    page.goto(f"{alone.desk}#/fleet")
    page.locator('[data-fresh="T-09"]').get_by_role("button", name="They differ").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Reason").fill("")
    dialog.get_by_role("button", name="Sign").click()
    expect(dialog).to_contain_text("Write the reason first")
    dialog.get_by_label("Reason").fill("Not the tablet in my hand")
    dialog.get_by_role("button", name="Sign").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("[data-fresh]")).to_have_count(0)
    expect(page.locator('[data-tablet="T-09"]')).to_contain_text("revoked")
    # What had come before still counts; what comes now is kept apart.
    alone.deliver(tablet, alone.register(tablet, "Later Sample"))
    expect(page.locator("main")).to_contain_text("1 entry kept apart")
    page.get_by_role("link", name=re.compile("^Inbox")).click()
    expect(page.get_by_role("link", name="Leyla Sample")).to_be_visible()


def test_a_new_person_unlocks_with_the_words_that_were_shown_once(page: Page, alone: Ground) -> None:
    tablet = alone.tablet()
    signed_in(page, alone, "Gulnar")
    page.goto(f"{alone.desk}#/staff")
    page.get_by_role("heading", name="Staff").wait_for()
    page.keyboard.press("n")
    page.get_by_role("button", name="Make keys and add").click()
    expect(page.get_by_role("dialog")).to_contain_text("Type the name first")
    page.get_by_label("Work name").fill("  Nurlan   Test ")
    page.get_by_label("Registration").check()
    page.get_by_role("button", name="Make keys and add").click()
    sheet = page.locator(".sheet")
    expect(sheet).to_contain_text("Passphrase of Nurlan Test")
    words = " ".join(sheet.locator(".passphrase li").all_inner_texts())
    assert WORDS.match(words)
    read_on(tablet)
    nurlan = next(one for one in tablet.directory.staff.values() if one.name == "Nurlan Test")
    assert nurlan.stations == ["registration"]
    assert words not in str(opened_slots(tablet))
    slot = next(one for one in map(read_slot, opened_slots(tablet)) if one.staff == nurlan.staff)
    _, wrap = derive_halves(alone.programme.pid, nurlan.staff, "tablet", words, slot)
    keys = open_slot(alone.programme.pid, nurlan.staff, "tablet", slot, wrap).key_ids()
    tablet.directory.check_slot(nurlan.staff, "tablet", keys)
    page.get_by_role("button", name="It was handed over").click()
    expect(page.locator("body")).not_to_contain_text(words.split(" ")[0])
    page.get_by_role("button", name="Remove Nurlan Test").click()
    page.get_by_label("Reason").fill("Left")
    page.get_by_role("button", name="Sign").click()
    expect(page.locator('[data-staff="Nurlan Test"]')).to_contain_text("removed")
    assert not [one for one in map(read_slot, opened_slots(tablet)) if one.staff == nurlan.staff]


def read_on(tablet: Tablet) -> None:
    """What the directory has since."""
    tablet.directory.extend(read_all(tablet.client, tablet.sign_in(), tablet.directory.seq))


def opened_slots(tablet: Tablet) -> list[bytes]:
    """What the centre hands to this tablet."""
    answer: httpx.Response = tablet.client.get("/slots/tablet", headers=tablet.sign_in())
    return [unb64(one) for one in answer.json()["slots"]]


def test_the_arrival_plan_names_the_cards_of_a_tablet_that_died(page: Page, alone: Ground) -> None:
    tablet, dead = alone.tablet("T-01"), alone.tablet("T-07")
    alone.deliver(tablet, alone.register(tablet, "Aigul Sample"))
    lost = alone.register(dead, "Lost Sample")
    alone.deliver(dead, stated=1)
    assert lost
    signed_in(page, alone, "Saule")
    page.get_by_role("link", name=re.compile("^Arrival plan")).click()
    expect(page.locator('[data-station="registration"]')).to_contain_text("1")
    here = alone.cards[0]
    gone = alone.cards[1]
    unused = make_card(random_bytes(5))
    page.locator("#reconcile-cards").fill(f"{here}\n{gone}\n{unused[:-1]}?\n")
    page.get_by_role("button", name="Compare").click()
    row = page.locator(f'tr[data-card="{gone}"][data-station="none"]')
    expect(row).to_contain_text("sealed on T-07, #1: not here yet")
    expect(page.locator("tr[data-card]")).to_have_count(1)
    page.goto(f"{alone.desk}#/fleet")
    owes = page.locator('[data-tablet="T-07"]')
    expect(owes).to_have_attribute("data-verdict", "owes")
    expect(owes).to_have_attribute("data-missing", "#1")


def test_a_reviewer_sees_what_only_an_administrator_may_do(page: Page, alone: Ground) -> None:
    alone.tablet("T-02")
    signed_in(page, alone, "Saule")
    page.goto(f"{alone.desk}#/fleet")
    expect(page.locator('[data-fresh="T-02"]')).to_contain_text("hold the list of people of this site: Gulnar")
    expect(page.get_by_role("button", name="They are the same")).to_have_count(0)
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Fleet")).to_be_visible()
    page.goto(f"{alone.desk}#/invite")
    expect(page.locator("main")).to_contain_text("Only an administrator invites tablets")
    page.goto(f"{alone.desk}#/staff")
    expect(page.get_by_role("button", name=re.compile("^Remove"))).to_have_count(0)


def test_a_lock_drops_the_link_and_the_passphrase(page: Page, alone: Ground) -> None:
    signed_in(page, alone, "Gulnar")
    page.goto(f"{alone.desk}#/invite")
    page.get_by_role("button", name="Sign the invitation").click()
    expect(page.get_by_label("The link", exact=True)).to_be_visible()
    page.keyboard.press("l")
    expect(page.get_by_label("Passphrase", exact=True)).to_be_visible()
    signed_in(page, alone, "Gulnar")
    page.goto(f"{alone.desk}#/invite")
    expect(page.get_by_role("button", name="Sign the invitation")).to_be_visible()
    kept = page.evaluate("JSON.stringify({...localStorage})")
    assert "enrol" not in kept


def test_the_desk_and_the_tablet_show_the_same_digits(page: Page, alone: Ground, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 800, "height": 1280}) as profile:
        tablet = profile.new_page()
        enrol(tablet, invitation(alone))
        shown = DIGITS.search(tablet.locator("main").inner_text())
        assert shown
        signed_in(page, alone, "Gulnar")
        page.goto(f"{alone.desk}#/fleet")
        digits = page.locator("[data-fresh] .digits")
        expect(digits).to_have_text(re.compile(r"\d{5}(\s+\d{5}){4}"))
        assert digits.inner_text().split() == shown.group().split()


def test_an_end_of_shift_code_raises_what_is_missing_and_outlasts_a_lock(page: Page, alone: Ground) -> None:
    tablet = alone.tablet("T-05")
    alone.deliver(tablet, alone.register(tablet, "Leyla Sample"))
    pid, log = alone.programme.pid, tablet.log.id
    signed_in(page, alone, "Saule")
    page.goto(f"{alone.desk}#/fleet")
    row = page.locator('[data-tablet="T-05"]')
    expect(row).to_have_attribute("data-verdict", "complete")
    page.get_by_role("button", name="Take in an end-of-shift code").click()
    page.locator("#take-in").fill("43-0000")
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("dialog")).to_contain_text("no end-of-shift code of a tablet known here")
    page.locator("#take-in").fill(write_short_code(pid, log, 3).lower())
    page.get_by_role("button", name="Take it in").click()
    expect(row).to_have_attribute("data-missing", "#2–#3")
    expect(row).to_contain_text("by code, not signed")
    signed_in(page, alone, "Saule")
    page.goto(f"{alone.desk}#/fleet")
    expect(row).to_have_attribute("data-missing", "#2–#3")
    alone.deliver(tablet, alone.register(tablet, "Second"), alone.register(tablet, "Third"))
    expect(row).to_have_attribute("data-verdict", "complete")


def test_the_sheet_alone_is_printed(page: Page, alone: Ground) -> None:
    signed_in(page, alone, "Gulnar")
    page.goto(f"{alone.desk}#/staff")
    page.get_by_role("button", name=re.compile("^Add a person")).click()
    page.get_by_label("Work name").fill("Nurlan Test")
    page.get_by_role("button", name="Make keys and add").click()
    expect(page.locator(".passphrase li")).to_have_count(4)
    page.emulate_media(media="print")
    expect(page.locator(".passphrase")).to_be_visible()
    for hidden in (".nav", ".top", ".foot", "table", "#duty-title", ".sheet button"):
        expect(page.locator(hidden).first).to_be_hidden()
