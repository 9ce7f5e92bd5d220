"""The sealed road, from a key press with the wire cut to the reviewer's eyes. Later issues only lengthen this story."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
from playwright.sync_api import Page, expect

from sync.bundle import Answer, read_bundle
from sync.wire import decode
from tests.browser.bundling import serve_folder
from tests.browser.canaries import found
from tests.browser.chromium import Tablet
from tests.browser.demo import Demo
from tests.browser.tablet_hands import (
    counts,
    enrol,
    new_family,
    open_tablet,
    person,
    saved,
    seal,
    to_question,
    to_seal,
    unlock,
)

# Nothing else on the machine says these. Latin for the search, Kazakh and Arabic for the scripts.
NAME = "Zhuldyzqanary Baqytqyzy"
CHILD = "Ерланқанарысы"
ARABIC = "كناريةسرية"
NEED = "Qyzylqanary coat, quiet room"
UNSAVED = "Tolyqemesqanary"
CANARIES = (NAME, CHILD, ARABIC, NEED, UNSAVED, "Zhuldyzqanary", "Baqytqyzy", "Qyzylqanary")

Make = Callable[..., Tablet]


def test_one_family_from_a_key_press_with_the_wire_cut_to_the_reviewers_eyes(tablet: Make, tmp_path: Path) -> None:
    demo = Demo(tmp_path)
    try:
        machine = tablet("dana", "--lang=en-US")
        words = demo.passphrase("Dana")
        enrol(machine.page, demo.told["tablet"])
        demo.stop()

        # Reloaded without a server, it starts; a dead battery in mid-form loses nothing that said Saved.
        open_tablet(machine.page, demo.serving.url)
        unlock(machine.page, "Dana Test-Intake", words)
        new_family(machine.page)
        card = person(machine.page, NAME)
        machine.page.get_by_role("button", name="Қазақша").click()
        expect(machine.page.locator(".form-page h1:visible")).to_have_text("Кім келді")
        saved(machine.page)
        machine.page.locator('[id="members[1].name"]').press_sequentially(UNSAVED)
        machine.kill()
        assert found(CANARIES, machine.profile) == []

        # What said Saved is there. What did not may be, whole, or not: never a broken draft.
        page = machine.start()
        open_tablet(page, demo.serving.url)
        expect(page.locator("main")).to_contain_text("1 draft")
        unlock(page, "Dana Test-Intake", words)
        page.get_by_role("button", name="Continue").click()
        # The talk goes on in the language it was in.
        expect(page.locator(".form-page h1:visible")).to_have_text("Кім келді")
        page.get_by_role("button", name="English").click()
        expect(page.locator('[id="members[1].card"]')).to_have_value(card)
        expect(page.locator('[id="members[1].name"]')).to_have_value(re.compile(f"^{NAME}[{UNSAVED}]*$"))
        page.locator('[id="members[1].name"]').fill(NAME)
        page.get_by_role("button", name="Add a person").click()
        child = person(page, f"{CHILD} {ARABIC}", 2)
        to_question(page, "needs.first_need")
        page.locator('[id="needs.first_need"]').fill(NEED)
        saved(page)
        page.get_by_role("button", name="Back", exact=True).click()
        to_seal(page)
        seal(page)
        assert counts(page) == {"tablet": 1, "carried": 0, "safe": 0}

        # Safe only after a verified receipt.
        bundles: list[bytes] = []
        page.on(
            "request", lambda one: bundles.append(one.post_data_buffer or b"") if "/sync/bundle" in one.url else None
        )
        demo.start()
        page.locator(".sync button").click()
        page.get_by_role("button", name="Send now").click()
        expect(page.locator(".rows .chip")).to_have_text("Safe")
        expect(page.locator(".tile.safe b")).to_have_text("1")

        laptop = tablet("marat", "--lang=en-US")
        desk = sign_in(laptop.page, demo, "Marat")
        desk.get_by_role("link", name=NAME).click()
        reads_the_same(desk, card, child)

        # The same bundle again changes nothing: whoever brings it, as often as they like.
        body = next(one for one in bundles if b"submission" in one and read_bundle(one).entries)
        first, second = (httpx.post(f"{demo.serving.url}/sync/bundle", content=body).content for _ in range(2))
        again = decode(second, Answer)
        assert [one.state for one in again.entries] == ["held"]
        assert decode(first, Answer) == again
        desk.get_by_role("navigation").get_by_role("link", name="Inbox").click()
        expect(desk.locator("a[data-row]")).to_have_count(1)
        expect(desk.locator(".truth")).to_contain_text("1 tablet · complete")

        desk.get_by_role("link", name=NAME).click()
        desk.get_by_role("button", name="Accept").click()
        expect(desk.locator("[data-decision]").first).to_contain_text("receipt verified")

        machine.close()
        laptop.close()
        demo.stop()
        assert found([*CANARIES, words, card], demo.folder / "centre", demo.logged(), demo.record) == []
        assert found([*CANARIES, words, demo.passphrase("Marat")], machine.profile, laptop.profile) == []
    finally:
        demo.kill()


def sign_in(page: Page, demo: Demo, name: str) -> Page:
    """At the desk, as somebody of the demo."""
    page.goto(demo.told["desk"])
    full = next(one["name"] for one in demo.told["staff"] if one["name"].startswith(name))
    page.get_by_label("Your name").fill(full)
    page.get_by_label("Passphrase", exact=True).fill(demo.passphrase(name))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible(timeout=30_000)
    return page


def reads_the_same(desk: Page, card: str, child: str) -> None:
    """What was sealed is what is read, and what is sealed to others is not."""
    shared = desk.locator('[data-part="coordination"]')
    expect(shared).to_contain_text("8 of 8 checks passed")
    for ref, value in (
        ("members[1].name", NAME),
        ("members[1].card", card),
        ("members[2].name", f"{CHILD} {ARABIC}"),
        ("members[2].card", child),
    ):
        expect(shared.locator(f'[data-answer="{ref}"]')).to_have_text(value)
    expect(desk.locator('[data-part="family"] [data-answer="needs.first_need"]')).to_have_text(NEED)
    expect(desk.locator('[data-part="protection"]')).to_contain_text("Sealed to protection")


def test_the_search_finds_what_is_there(tablet: Make, tmp_path: Path) -> None:
    """A search that cannot find proves nothing: the same search, over a page that keeps a word in the clear."""
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html><title>page</title>", encoding="utf-8")
    serving = serve_folder(folder, tmp_path / "page.log")
    try:
        machine = tablet("careless")
        machine.page.goto(serving.url)
        machine.page.evaluate(
            """word => new Promise((done, fail) => {
              const open = indexedDB.open("careless", 1);
              open.onupgradeneeded = () => open.result.createObjectStore("words");
              open.onerror = fail;
              open.onsuccess = () => {
                const write = open.result.transaction("words", "readwrite", { durability: "strict" });
                write.objectStore("words").put({ name: word }, 1);
                write.oncomplete = done;
              };
            })""",
            NAME,
        )
        machine.kill()
        assert found([NAME], machine.profile) != []
    finally:
        serving.kill()
