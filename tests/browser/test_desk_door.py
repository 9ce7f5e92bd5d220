"""The desk's door in Chromium: who comes in, what is sent, what stays behind a locked desk."""

import json

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from sync.ids import b64
from tests.browser.desk_ground import NAME, NEED, Ground, passphrase, signed_in, unlock


def test_it_works(page: Page, ground: Ground) -> None:
    """Somebody with a name and six words sees what arrived."""
    signed_in(page, ground)
    expect(page.locator("tbody tr").filter(has_text=NAME)).to_contain_text("New")
    expect(page.locator(".truth")).to_contain_text("1 tablet · complete")


@pytest.mark.parametrize(("name", "words"), [("Saule", "six wrong words"), ("Nobody", "six wrong words")])
def test_a_wrong_passphrase_and_a_wrong_name_are_told_alike(page: Page, ground: Ground, name: str, words: str) -> None:
    unlock(page, ground, name, words)
    expect(page.locator(".problem")).to_contain_text("wrong_passphrase")
    expect(page.get_by_label("Your name")).to_have_value(name)


def test_nothing_that_opens_is_ever_sent(page: Page, ground: Ground) -> None:
    sent: list[bytes] = []
    page.on("request", lambda request: sent.append(request.url.encode() + (request.post_data_buffer or b"")))
    signed_in(page, ground)
    person = ground.programme.people["Saule"]
    signing, reading = person.desk()
    everything = b"\n".join(sent)
    for secret in (passphrase("Saule").encode(), signing.pkcs8(), reading.seed, b64(reading.seed).encode()):
        assert secret not in everything


def test_a_guesser_is_stopped_and_told_when_to_try_again(page: Page, alone: Ground) -> None:
    staff = alone.programme.people["Saule"].staff
    client = alone.client()
    for _ in range(8):
        client.post("/slots/open", json={"staff": b64(staff), "auth": b64(bytes(32))})
    unlock(page, alone)
    expect(page.locator(".problem")).to_contain_text("too_many_tries")
    expect(page.locator(".problem")).to_contain_text("Try again after")


def test_a_directory_that_is_shorter_than_this_browser_saw_is_refused(page: Page, ground: Ground) -> None:
    page.goto(ground.desk)
    programme = b64(ground.programme.pid)
    seen = json.dumps({"seq": 10_000, "hash": b64(bytes(32))})
    page.evaluate("([name, seen]) => localStorage.setItem(name, seen)", [f"esik.desk.head.{programme}", seen])
    unlock(page, ground)
    expect(page.locator(".problem")).to_contain_text("shortened_directory")


def kept(page: Page) -> str:
    """Everything that this origin keeps in the browser, and where the reviewer has been."""
    return page.evaluate(
        """async () => {
          const names = (await indexedDB.databases()).map((one) => one.name);
          return JSON.stringify([{...localStorage}, {...sessionStorage}, names, await caches.keys(), location.href,
            document.title, document.cookie, history.state]);
        }"""
    )


def test_locking_leaves_nothing_of_a_person_behind(page: Page, ground: Ground) -> None:
    signed_in(page, ground)
    page.get_by_role("link", name=NAME).click()
    expect(page.locator("main")).to_contain_text(NEED)
    assert "Unmistakable" not in kept(page)
    assert "Saule" not in kept(page)
    page.keyboard.press("l")
    expect(page.get_by_role("heading", name="Unlock your desk")).to_be_visible()
    assert "Unmistakable" not in page.content()
    assert "Unmistakable" not in kept(page)
    expect(page.get_by_label("Passphrase", exact=True)).to_have_value("")


def test_the_desk_locks_itself_after_half_an_hour_at_rest(context: BrowserContext, ground: Ground) -> None:
    page = context.new_page()
    page.clock.install()
    signed_in(page, ground)
    page.clock.fast_forward(29 * 60 * 1000)
    page.keyboard.press("Shift")
    page.clock.fast_forward(29 * 60 * 1000)
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
    page.clock.fast_forward(2 * 60 * 1000)
    expect(page.get_by_text("Locked after 30 minutes at rest")).to_be_visible()


def test_a_desk_behind_another_tab_leaves_nothing_on_its_page(context: BrowserContext, ground: Ground) -> None:
    """Browsers draw no frame of a page that nobody sees: a lock must not wait for one."""
    page = context.new_page()
    page.clock.install()
    signed_in(page, ground)
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    page.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { get: () => true });
          window.requestAnimationFrame = () => 0;
        }"""
    )
    page.clock.fast_forward(31 * 60 * 1000)
    expect(page.locator("body")).not_to_contain_text("Unmistakable")
