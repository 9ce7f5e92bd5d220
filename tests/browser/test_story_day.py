"""The story goes on: two tablets, no wire, a child alone; and in the evening no name is left on either of them."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from forms.card import make_card
from sync.randomness import random_bytes
from tests.browser.canaries import found
from tests.browser.chromium import Tablet
from tests.browser.demo import Demo
from tests.browser.tablet_hands import (
    choose,
    counts,
    enrol,
    saved,
    scanned,
    seal,
    sit,
    to_seal,
    to_section,
    unlock,
)
from tests.browser.test_story import sign_in

CHILD = "Тұлпарқанарысы"
WISH = "Kokpenbekqanary"
CANARIES = (CHILD, WISH)

Make = Callable[..., Tablet]


def test_a_child_alone_from_a_first_look_to_a_closed_tablet(tablet: Make, tmp_path: Path) -> None:
    demo = Demo(tmp_path)
    try:
        dana, erlan = tablet("dana", "--lang=en-US"), tablet("erlan", "--lang=en-US")
        enrol(dana.page, demo.told["tablet"])
        demo.stop()
        demo.start()
        enrol(erlan.page, demo.told["tablet"])
        unlock(dana.page, "Dana Test-Intake", demo.passphrase("Dana"))
        unlock(erlan.page, "Erlan Test-Medic", demo.passphrase("Erlan"))
        lists_the_site(dana.page)
        lists_the_site(erlan.page)
        demo.stop()

        # A bare card, a sign that cannot wait: whom to call stands there with the wire cut.
        card = make_card(random_bytes(5))
        page = dana.page
        scanned(page, card)
        page.get_by_role("button", name="First look").click()
        choose(page, "signs", "drinking")
        expect(page.locator(".alarm")).to_contain_text("Dr Test-Oncall")
        expect(page.locator('.alarm a[href="tel:00001"]')).to_contain_text("000-01")
        page.get_by_role("button", name="Check and seal").click()
        page.locator("#alarm").get_by_role("button", name="Nobody yet").click()
        seal(page)

        # He came alone; his card is in the form already.
        person_of(page, card)
        page.locator('[data-station="registration"]').get_by_role("button", name="Start").click()
        expect(page.locator('[id="members[1].card"]')).to_have_value(card)
        page.locator('[id="members[1].name"]').fill(CHILD)
        choose(page, "members[1].sex", "male")
        choose(page, "members[1].kin.relation", "alone")
        to_seal(page)
        seal(page)

        # The medic's tablet learns of him as soon as both have met the centre, and shows him first.
        demo.start()
        lists_the_site(page)
        page = erlan.page
        lists_the_site(page)
        page.get_by_role("button", name=re.compile("^All")).click()
        first = page.locator(".person").first
        expect(first).to_contain_text(CHILD)
        expect(first).to_contain_text("nobody has taken over")
        demo.stop()

        # An unfinished screening is handed over; whoever has it now seals what is done.
        person_of(page, card)
        page.locator('[data-station="medical"]').get_by_role("button", name="Start").click()
        sit(page)
        choose(page, "who.about_age", "child")
        to_section(page, "What cannot wait")
        choose(page, "danger.child", "none")
        choose(page, "danger.child_soon", "none")
        saved(page)
        page.get_by_role("button", name="More").click()
        page.get_by_role("button", name="Hand over").click()
        page.get_by_role("button", name="Choose Gulnara Test-Medic").click()
        page.get_by_role("button", name="Hand over").click()
        expect(page.locator(".notice").first).to_contain_text("Handed over to Gulnara")
        page.get_by_role("button", name="Lock").click()
        unlock(page, "Gulnara Test-Medic", demo.passphrase("Gulnara"))
        expect(page.locator("main")).to_contain_text("Handed over by Erlan Test-Medic")
        page.get_by_role("button", name="Continue").click()
        sit(page)  # another shift, perhaps another room
        to_section(page, "Measures")
        page.get_by_role("button", name="More").click()
        page.get_by_role("button", name="Check and seal").click()
        page.get_by_role("button", name="Only seal what is done").click()
        expect(page.locator(".notice").first).to_contain_text("Sealed")

        # Another tablet goes on with the rest.
        demo.start()
        lists_the_site(page)
        page = dana.page
        lists_the_site(page)
        demo.stop()
        person_of(page, card)
        expect(page.locator('[data-station="medical"]')).to_contain_text("Done in part")
        page.get_by_role("button", name="Go on with the rest").click()
        sit(page)
        choose(page, "who.about_age", "child")  # sealed, so nobody reads it here, and what is left depends on it
        expect(page.locator(".form-page h1:visible")).not_to_have_text("What cannot wait")
        to_section(page, "What happens next")
        page.locator(".form-page section:not([hidden]) textarea").first.fill(WISH)
        to_seal(page)
        seal(page)

        # The evening: everything safe, and no name in either profile.
        demo.start()
        for machine, sealed in ((dana, 3), (erlan, 1)):
            lists_the_site(machine.page)
            assert counts(machine.page) == {"tablet": 0, "carried": 0, "safe": sealed}
            closes(machine.page)
            machine.close()
            assert found([*CANARIES, card], machine.profile) == []

        desk = sign_in(tablet("bota", "--lang=en-US").page, demo, "Bota")
        desk.get_by_role("row").filter(has_text="Medical").first.get_by_role("link").first.click()
        expect(desk.locator("h1:visible")).to_have_text("Medical screening")
        expect(desk.locator('[data-part="medical"]')).to_contain_text("8 of 8 checks passed")
        demo.stop()
        assert found([*CANARIES, card], demo.folder / "centre", demo.logged(), demo.record) == []
    finally:
        demo.kill()


def person_of(page: Page, card: str) -> None:
    """His own screen, from home, once it was asked whether it is he."""
    page.get_by_role("button", name=re.compile("^All")).click()
    page.locator(f'button[data-card="{card}"]').click()
    page.get_by_role("button", name="Yes, go on").click()
    expect(page.locator('[data-station="medical"]')).to_be_visible()


def lists_the_site(page: Page) -> None:
    """A round that reached the centre: everything sent, everything taken."""
    page.locator(".sync button").click()
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("main")).to_contain_text(re.compile("nothing left to send|[0-9]+ sent"), timeout=30_000)
    page.get_by_role("button", name="Home").click()
    expect(page.locator(".scan")).to_be_visible()


def closes(page: Page) -> None:
    """*Close the tablet*, as whoever has it."""
    page.get_by_role("button", name="End of shift").click()
    expect(page.locator(".qr")).to_be_visible()
    page.get_by_role("button", name="Close the tablet").click()
    page.get_by_role("button", name="Yes, close it").click()
    expect(page.locator("h1:visible")).to_have_text("The tablet is closed")
