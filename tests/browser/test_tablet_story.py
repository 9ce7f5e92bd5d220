"""One family through a tablet with the wire cut: enrolled, filled, killed, continued, sealed, delivered."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.chromium import Tablet
from tests.browser.desk_ground import begin
from tests.browser.tablet_hands import counts, enrol, new_family, open_tablet, person, saved, seal, to_seal, unlock

Make = Callable[..., Tablet]


def test_a_family_registered_with_the_wire_cut_survives_a_dead_battery_and_becomes_safe(
    tablet: Make, tmp_path: Path
) -> None:
    ground = begin(tmp_path)
    try:
        machine = tablet("aigerim", "--lang=en-US")
        page = machine.page
        enrol(page, ground)
        ground.serving.stop()
        # Cold start without a server, from the service worker's cache.
        open_tablet(page, ground)
        unlock(page)
        new_family(page)
        card = person(page, "Gulnar Sample")
        saved(page)
        page.get_by_role("button", name="Қазақша").click()
        expect(page.locator(".form-page h1:visible")).to_have_text("Кім келді")
        expect(page.locator('[id="members[1].name"]')).to_have_value("Gulnar Sample")
        saved(page)
        machine.kill()

        page = machine.start()
        open_tablet(page, ground)
        expect(page.locator("main")).to_contain_text("1 draft")
        unlock(page)
        page.get_by_role("button", name="Continue").click()
        # The talk goes on in the language it was in.
        expect(page.locator(".form-page h1:visible")).to_have_text("Кім келді")
        expect(page.locator('[id="members[1].name"]')).to_have_value("Gulnar Sample")
        expect(page.locator('[id="members[1].card"]')).to_have_value(card)
        page.get_by_role("button", name="English").click()
        expect(page.locator(".form-page h1:visible")).to_have_text("Who came")
        to_seal(page)
        expect(page.locator("main")).to_contain_text("3 questions not asked")
        seal(page)
        assert counts(page) == {"tablet": 1, "carried": 0, "safe": 0}
        expect(page.locator("main")).to_contain_text("Gulnar Sample")

        ground.serving.start()
        page.locator(".sync button").click()
        page.get_by_role("button", name="Send now").click()
        expect(page.locator(".rows .chip")).to_have_text("Safe")
        expect(page.locator(".tile.safe b")).to_have_text("1")
    finally:
        ground.serving.kill()
