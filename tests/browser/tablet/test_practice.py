"""Practice: the real screens on a made-up family; nothing is kept, nothing is sent, and every screen says so."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.demo import Demo
from tests.browser.tablet_hands import (
    PIN,
    choose_pin,
    counts,
    enrol,
    lock,
    new_family,
    person,
    registered,
    saved,
    sound,
    to_seal,
    unlock,
)

MADE_UP = ("Бибігүл", "Maryam", "يوسف", "Aizere")
NAMES = "Who is working now?"
# Every row of the stores that hold anything of people, as text.
ROWS = """async () => {
  const bytes = (key, value) => value instanceof Uint8Array ? [...value] : value;
  const asked = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const found = {};
  for (const { name } of await indexedDB.databases()) {
    const db = await asked(indexedDB.open(name));
    const stores = [...db.objectStoreNames].filter((one) =>
      ["people", "drafts", "entries", "parts", "marks", "logs", "heads", "receipts", "colleagues"].includes(one));
    const reading = db.transaction(stores);
    for (const one of stores) {
      const store = reading.objectStore(one);
      const [keys, rows] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())]);
      keys.forEach((key, at) => { found[`${one} ${key}`] = JSON.stringify(rows[at], bytes); });
    }
    db.close();
  }
  return found;
}"""


@pytest.fixture
def page(page: Page) -> Page:
    """Aigerim has unlocked it, and registered a family in earnest; of another she has a draft."""
    registered(page)
    new_family(page)
    person(page, "Botagoz Sample")
    saved(page)
    page.locator(".top .back").first.click()
    expect(page.locator("main")).to_contain_text("Botagoz")
    return page


def practise(page: Page) -> None:
    """From home."""
    page.get_by_role("button", name="Practise").click()
    practised(page)
    expect(page.locator("main")).to_contain_text("Maryam")


def practised(page: Page) -> None:
    """The screen that stands says that it is practice, holds nobody real, and is sound."""
    expect(page.locator(".practice .bar")).to_contain_text("Practice")
    expect(page).to_have_title(re.compile("^Practice: "))
    expect(page.locator("html")).to_have_attribute("data-practice", "")
    for name in ("Gulnar", "Botagoz"):
        assert name not in page.content()
    sound(page)


def in_earnest(page: Page) -> None:
    """Nothing of practice is left on the screen that stands."""
    expect(page.locator(".practice")).to_have_count(0)
    expect(page).not_to_have_title(re.compile("Practice"))
    assert page.locator("html").get_attribute("data-practice") is None
    for name in MADE_UP:
        assert name not in page.content()


def end(page: Page) -> None:
    page.get_by_role("button", name="End practice").click()
    expect(page.locator(".practice")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Botagoz")
    in_earnest(page)


def test_somebody_learns_to_register_and_seal_and_neither_disk_nor_wire_hear_of_it(
    page: Page, worker: BrowserContext
) -> None:
    worker.set_offline(True)
    before, stood = page.evaluate(ROWS), counts(page)
    assert {one.split()[0] for one in before} >= {"people", "drafts", "entries", "parts"}
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.method, urlsplit(request.url).path)))
    practise(page)
    new_family(page)
    practised(page)
    person(page, "Test Unmistakable")
    saved(page)
    to_seal(page)
    practised(page)
    page.get_by_role("button", name="Practise the seal").click()
    expect(page.locator(".practice")).to_contain_text("Practised at")
    practised(page)
    expect(page.locator("main")).to_contain_text("Test")
    assert counts(page) == stood
    page.locator(".sync button").click()
    expect(page.locator("h1:visible")).to_have_text("Outbox of practice")
    expect(page.locator(".rows li")).to_have_count(1)
    expect(page.get_by_role("button", name="Send now")).to_have_count(0)
    practised(page)
    page.locator(".top .back").click()
    end(page)
    assert page.evaluate(ROWS) == before
    assert counts(page) == stood
    assert "Unmistakable" not in page.content()
    # What was sealed in earnest goes on trying; practice itself reads forms and their pages.
    own = [(how, path) for how, path in asked if not path.startswith("/sync/")]
    assert [one for one in own if one[0] != "GET" or not re.match("/(forms|tablet/pages)/", one[1])] == []


def test_a_lock_ends_practice_in_the_middle_of_a_form(page: Page) -> None:
    before = page.evaluate(ROWS)
    practise(page)
    new_family(page)
    person(page, "Test Unmistakable")
    lock(page)
    expect(page.locator("h1:visible")).to_have_text(NAMES)
    in_earnest(page)
    unlock(page)
    expect(page.locator("main")).to_contain_text("Botagoz")
    in_earnest(page)
    assert "Unmistakable" not in page.content()
    drafts = {one: row for one, row in page.evaluate(ROWS).items() if one.startswith(("drafts", "people"))}
    assert drafts == {one: row for one, row in before.items() if one.startswith(("drafts", "people"))}


def test_behind_a_pin_the_real_day_stands_again(page: Page) -> None:
    choose_pin(page)
    practise(page)
    lock(page)
    expect(page.locator("h1:visible")).to_contain_text("PIN of")
    in_earnest(page)
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Botagoz")
    in_earnest(page)


def test_practice_is_left_from_a_form_in_another_language_and_begins_afresh(page: Page) -> None:
    practise(page)
    new_family(page)
    person(page, "Test Unmistakable")
    page.locator(".lang button").nth(1).click()
    expect(page.locator("html")).to_have_attribute("lang", "kk")
    page.locator(".practice .btn").click()
    expect(page.locator("main")).to_contain_text("Botagoz")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    in_earnest(page)
    practise(page)
    assert "Test" not in page.locator("main").inner_text().replace("Latest", "")
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)
    end(page)


def find(page: Page, words: str) -> Page:
    """*Find*, from home, with something typed."""
    page.get_by_role("button", name="Find", exact=True).click()
    page.locator("#find-text").fill(words)
    return page


def test_the_made_up_are_found_in_three_scripts_and_nobody_real_among_them(page: Page) -> None:
    practise(page)
    find(page, "Yusuf")
    expect(page.locator("[data-card]")).to_have_count(1)
    expect(page.locator("[data-card]")).to_contain_text("يوسف")
    practised(page)
    for words, name in (("Bibigul", "Бибігүл"), ("مريم", "Maryam")):
        page.locator("#find-text").fill(words)
        expect(page.locator("[data-card]")).to_contain_text(name)
    page.locator("#find-text").fill("Gulnar")
    expect(page.locator("[data-card]")).to_have_count(0)
    page.locator("#find-text").fill("Maryam")
    page.locator("[data-card]").click()
    expect(page.locator("h1:visible")).to_contain_text("Maryam")
    practised(page)
    end(page)
    find(page, "Maryam")
    expect(page.locator("[data-card]")).to_have_count(0)
    page.locator("#find-text").fill("Gulnar")
    expect(page.locator("[data-card]")).to_have_count(1)


def test_a_talk_is_handed_to_somebody_who_is_not_there(page: Page) -> None:
    practise(page)
    new_family(page)
    person(page, "Test Unmistakable")
    saved(page)
    page.locator(".top .back").first.click()
    page.get_by_role("button", name="Hand over").click()
    practised(page)
    expect(page.locator(".rows li")).to_have_text([re.compile("Мұрат Жаттығу"), re.compile("Dana Practice")])
    page.get_by_role("button", name="Choose Dana Practice").click()
    page.get_by_role("button", name="Hand over", exact=True).click()
    expect(page.locator("main")).to_contain_text("Maryam")
    expect(page.get_by_role("button", name="Continue")).to_have_count(0)
    practised(page)
    end(page)


def test_what_cannot_wait_is_practised_without_calling_or_naming_anybody_real(browser: Browser, tmp_path: Path) -> None:
    demo = Demo(tmp_path)
    try:
        context = browser.new_context(locale="en-US", viewport={"width": 800, "height": 1280})
        page = context.new_page()
        enrol(page, demo.told["tablet"])
        unlock(page, "Dana Test-Intake", demo.passphrase("Dana"))
        practise(page)
        page.get_by_text("Maryam").click()
        page.get_by_role("button", name="Yes, go on").click()
        page.get_by_role("button", name="Once more").first.click()
        page.locator('.form-page input[value="breathing"]').check(force=True)
        bar = page.locator(".alarm")
        expect(bar).to_contain_text("nobody is called in practice")
        expect(bar.locator("a")).to_have_count(0)
        bar.get_by_role("button", name="Who took over?").click()
        expect(bar).to_contain_text("Мұрат Жаттығу")
        assert not [one["name"] for one in demo.told["staff"] if one["name"] in bar.inner_text()]
        bar.get_by_role("button", name="Nobody yet").click()
        to_seal(page)
        page.get_by_role("button", name="Practise the seal").click()
        expect(page.locator(".practice")).to_contain_text("Practised at")
        page.get_by_role("button", name="End practice").click()
        expect(page.locator("main")).to_contain_text("Nobody is known on this tablet yet")
        assert counts(page) == {"tablet": 0, "carried": 0, "safe": 0}
    finally:
        demo.kill()


def test_what_belongs_to_a_real_shift_is_not_offered(page: Page) -> None:
    practise(page)
    for words in ("End of shift", "Add a colleague", "Practise", "Choose a PIN"):
        expect(page.get_by_role("button", name=words, exact=True)).to_have_count(0)
    end(page)
