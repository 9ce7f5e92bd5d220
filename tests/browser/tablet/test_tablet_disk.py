"""What the tablet says when its disk, its worker or the afternoon is against it."""

from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.desk_ground import Ground
from tests.browser.tablet_hands import enrol, invitation, new_family, open_tablet, person, saved, unlock

# What a full disk does to a write. A quota over CDP lets small writes pass; tests/browser/vault fills a real one.
FULL = """() => {
  const { prototype } = IDBObjectStore;
  const put = prototype.put;
  prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
  window.room = () => { prototype.put = put; };
}"""
ROOM = "room()"


def test_a_full_disk_is_told_at_once_and_nothing_typed_is_lost(browser: Browser, ground: Ground) -> None:
    with browser.new_context(locale="en-US") as context:
        page = context.new_page()
        enrol(page, invitation(ground))
        unlock(page)
        new_family(page)
        person(page, "Gulnar Sample")
        saved(page)
        page.evaluate(FULL)
        name = page.locator('[id="members[1].name"]')
        name.fill("Gulnar Longer Sample")
        expect(page.locator(".saved.bad")).to_contain_text("Not saved")
        page.get_by_role("button", name="Next").click()
        expect(page.locator(".problem")).to_contain_text("storage_full")
        expect(page.locator(".form-page h1:visible")).to_have_text("Who came")
        page.get_by_role("button", name="Lock").first.click()
        expect(page.get_by_role("button", name="Lock anyway")).to_be_visible()
        expect(name).to_have_value("Gulnar Longer Sample")
        page.evaluate(ROOM)
        page.get_by_role("button", name="Try again").click()
        expect(page.locator("h1:visible")).to_have_text("Who is working now?")
        unlock(page)
        page.get_by_role("button", name="Continue").click()
        expect(name).to_have_value("Gulnar Longer Sample")


def test_half_an_hour_at_rest_locks_and_keeps_the_draft(browser: Browser, ground: Ground) -> None:
    with browser.new_context(locale="en-US") as context:
        page = context.new_page()
        page.clock.install()
        enrol(page, invitation(ground))
        unlock(page)
        new_family(page)
        person(page, "Botagoz Sample")
        page.clock.run_for(2000)
        saved(page)
        page.clock.run_for(29 * 60 * 1000)
        expect(page.locator(".form-page h1:visible")).to_have_text("Who came")
        page.clock.run_for(2 * 60 * 1000)
        expect(page.locator("h1:visible")).to_have_text("Who is working now?")
        expect(page.locator("main")).to_contain_text("1 draft is kept")


def test_a_language_once_chosen_is_there_at_the_next_start(worker: BrowserContext, ground: Ground) -> None:
    page = worker.pages[0]
    open_tablet(page, ground.serving.url)
    page.get_by_role("button", name="Қазақша").click()
    expect(page.locator("h1:visible")).to_have_text("Қазір кім жұмыс істейді?")
    page.reload()
    expect(page.locator("h1:visible")).to_have_text("Қазір кім жұмыс істейді?")
    assert page.evaluate("document.documentElement.lang") == "kk"


def test_a_browser_that_threw_the_storage_away_is_named(worker: BrowserContext, ground: Ground) -> None:
    page = worker.pages[0]
    asked = {"origin": ground.serving.url, "storageTypes": "indexeddb"}
    page.goto("about:blank")
    page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", asked)
    page.goto(f"{ground.serving.url}/tablet/")
    expect(page.locator("h1:visible")).to_have_text("This tablet is not enrolled yet")
    expect(page.locator(".problem-code")).to_contain_text("storage_gone")


def test_what_loads_before_home_stays_small(browser: Browser, ground: Ground) -> None:
    with browser.new_context(locale="en-US", service_workers="block") as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        scripts: set[str] = set()
        sizes: list[int] = []
        session.on(
            "Network.responseReceived",
            lambda one: scripts.add(one["requestId"]) if one["response"]["mimeType"].endswith("javascript") else None,
        )
        session.on(
            "Network.dataReceived",  # bodies as they come over the wire, without headers
            lambda one: sizes.append(int(one["encodedDataLength"])) if one["requestId"] in scripts else None,
        )
        page.goto(f"{ground.serving.url}/tablet/")
        expect(page.locator("h1:visible")).to_have_text("This tablet is not enrolled yet")
        assert sizes
        assert sum(sizes) <= 90 * 1024
