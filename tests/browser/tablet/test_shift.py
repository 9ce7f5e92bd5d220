"""A shift on a shared tablet: PIN, somebody else, a colleague on the spot, the long press, the end of the shift."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.desk_ground import Ground
from tests.browser.tablet_hands import (
    PIN,
    WORKER,
    choose_pin,
    counts,
    enrol,
    invitation,
    lock,
    new_family,
    person,
    saved,
    sound,
    tap,
    unlock,
)

NAMES = "Who is working now?"


def hold(page: Page, milliseconds: int) -> None:
    """A finger that stays on the lock."""
    box = page.get_by_role("button", name="Lock").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.wait_for_timeout(milliseconds)
    page.mouse.up()


def test_a_pin_reopens_the_screen_and_nobody_who_came_is_on_it_meanwhile(page: Page) -> None:
    choose_pin(page)
    new_family(page)
    person(page, "Gulnar Sample")
    lock(page)
    expect(page.locator("h1")).to_have_text(f"PIN of {WORKER}")
    assert "Gulnar" not in page.content()
    sound(page)
    page.keyboard.type(PIN)
    assert PIN not in page.content()
    page.keyboard.press("Enter")
    expect(page.locator(".scan")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator('[id="members[1].name"]')).to_have_value("Gulnar Sample")


def test_five_wrong_pins_let_the_keys_go_and_the_draft_is_kept(page: Page) -> None:
    choose_pin(page)
    new_family(page)
    person(page, "Gulnar Sample")
    saved(page)
    lock(page)
    for left in ("4 tries", "3 tries", "2 tries", "1 try"):
        tap(page, "9999")
        expect(page.locator("main")).to_contain_text(left)
    tap(page, "9999")
    expect(page.locator("h1")).to_have_text(NAMES)
    expect(page.locator("main")).to_contain_text("Five wrong PINs")
    expect(page.locator("main")).to_contain_text("1 draft is kept")
    unlock(page)
    expect(page.get_by_role("button", name="Choose a PIN")).to_be_visible()


def test_a_lock_speaks_to_the_worker_again_after_a_talk_in_the_familys_language(page: Page) -> None:
    new_family(page)
    person(page, "Gulnar Sample")
    page.get_by_role("button", name="Қазақша").click()
    expect(page.locator("html")).to_have_attribute("lang", "kk")
    saved(page)
    page.locator("button.lock").click()
    expect(page.locator("h1")).to_have_text(NAMES)
    unlock(page)
    expect(page.get_by_role("button", name="Choose a PIN")).to_be_visible()


def test_a_pin_that_a_stranger_tries_first_is_refused_and_without_one_the_lock_is_whole(page: Page) -> None:
    page.get_by_role("button", name="Choose a PIN").click()
    tap(page.locator(".sheet"), "1234")
    expect(page.locator(".sheet")).to_contain_text("guessed first")
    tap(page.locator(".sheet"), "4071")
    tap(page.locator(".sheet"), "4072")
    expect(page.locator(".sheet")).to_contain_text("not the same")
    sound(page)
    page.keyboard.press("Escape")
    expect(page.locator(".sheet")).to_have_count(0)
    page.get_by_role("button", name="No PIN").click()
    expect(page.get_by_role("button", name="Choose a PIN")).to_have_count(0)
    lock(page)
    expect(page.locator("h1")).to_have_text(NAMES)


def test_somebody_else_goes_from_the_pin_to_the_names(page: Page) -> None:
    choose_pin(page)
    lock(page)
    page.get_by_role("button", name=re.compile("Somebody else")).click()
    expect(page.locator("h1")).to_have_text(NAMES)


def test_a_long_press_takes_keys_and_people_list_off_and_a_short_one_only_locks(page: Page) -> None:
    choose_pin(page)
    hold(page, 300)
    expect(page.locator("h1")).to_have_text(f"PIN of {WORKER}")
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    expect(page.locator(".scan")).to_be_visible()
    hold(page, 1500)
    expect(page.locator("h1")).to_have_text(NAMES)
    expect(page.locator("main")).to_contain_text("were taken off this tablet")
    unlock(page)
    page.get_by_role("button", name="Lock").focus()
    page.keyboard.down("Enter")
    expect(page.locator("main")).to_contain_text("were taken off this tablet")
    page.keyboard.up("Enter")


def test_half_an_hour_on_the_pin_lets_the_keys_go_whoever_taps_on_it(browser: Browser, ground: Ground) -> None:
    with browser.new_context(locale="en-US") as context:
        page = context.new_page()
        page.clock.install()
        enrol(page, invitation(ground))
        unlock(page)
        choose_pin(page)
        lock(page)
        for _ in range(4):
            page.clock.run_for(7 * 60 * 1000)
            page.keyboard.press("9")
        expect(page.locator("h1")).to_have_text(f"PIN of {WORKER}")
        page.clock.run_for(3 * 60 * 1000)
        expect(page.locator("h1")).to_have_text(NAMES)


def test_what_one_person_typed_is_gone_when_another_name_is_chosen(page: Page) -> None:
    add_colleague(page, "Timur Helper")
    lock(page)
    page.get_by_text(WORKER, exact=True).click()
    page.locator("#passphrase").fill("words of Aigerim")
    page.get_by_text("Timur Helper", exact=True).click()
    expect(page.locator("#passphrase")).to_have_value("")


def add_colleague(page: Page, name: str) -> str:
    """The passphrase that is shown once."""
    page.get_by_role("button", name="Add a colleague").click()
    page.get_by_label("Name at work").fill(name)
    page.locator("fieldset .opt").first.click()
    sound(page)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("h1")).to_have_text(f"{name} can unlock this tablet", timeout=30_000)
    words = page.locator(".passphrase").inner_text()
    sound(page)
    page.get_by_role("button", name="They are written down").click()
    expect(page.locator(".scan")).to_be_visible()
    assert words not in page.content()
    return words


def test_a_colleague_added_with_the_wire_cut_unlocks_and_works(page: Page) -> None:
    page.context.set_offline(True)
    words = add_colleague(page, "Timur Helper")
    assert len(words.split()) == 4
    lock(page)
    expect(page.locator(".opt", has_text="Timur Helper")).to_contain_text("Added on this tablet")
    unlock(page, "Timur Helper", words)
    new_family(page)
    page.context.set_offline(False)


def test_a_tablet_closes_only_when_own_drafts_are_gone_and_then_names_nobody(page: Page) -> None:
    new_family(page)
    person(page, "Gulnar Sample")
    saved(page)
    page.get_by_role("button", name="Close, keep the draft").click()
    page.get_by_role("button", name="End of shift").click()
    expect(page.locator("h1")).to_have_text("End of shift")
    expect(page.locator(".qr")).to_be_visible()
    expect(page.get_by_role("button", name="Close the tablet")).to_be_disabled()
    expect(page.locator("main")).to_contain_text("First seal or hand over your draft")
    sound(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator('[id="members[1].name"]')).to_have_value("Gulnar Sample")


def test_a_closed_tablet_says_what_is_still_only_here(page: Page) -> None:
    page.get_by_role("button", name="End of shift").click()
    page.get_by_role("button", name="Close the tablet").click()
    sound(page)
    page.get_by_role("button", name="Yes, close it").click()
    expect(page.locator("h1")).to_have_text("The tablet is closed")
    sound(page)
    page.get_by_role("button", name="Back to the names").click()
    expect(page.locator("h1")).to_have_text(NAMES)
    assert counts(page)["tablet"] == 0


def test_ready_shows_the_digits_until_a_desk_confirmed_the_tablet(page: Page) -> None:
    lock(page)
    expect(page.locator(".readiness")).to_contain_text("to do")
    page.get_by_role("button", name="Check this tablet").click()
    row = page.locator("li", has=page.locator("b", has_text="Confirmed by a desk"))
    expect(row).to_contain_text("Read these digits")
    assert re.fullmatch(r"(\d{5} )+\d{5}", row.locator(".digits").inner_text())
    sound(page)


def test_a_browser_that_takes_the_storage_away_is_told_at_once(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    origin = page.evaluate("location.origin")
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "indexeddb"})
    expect(page.locator("h1")).to_have_text("This tablet is not enrolled yet", timeout=30_000)
    expect(page.locator(".problem")).to_contain_text("storage_gone", timeout=30_000)
