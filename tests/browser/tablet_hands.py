"""What an intake worker does with a tablet, for browser tests: the real page, real server, real keys."""

import re

from playwright.sync_api import Page, expect

from forms.card import make_card
from sync.randomness import random_bytes
from tests.browser.desk_ground import Ground, passphrase

WORKER = "Aigerim"


def invitation(ground: Ground) -> str:
    """The link that an administrator shows."""
    return f"{ground.serving.url}/enrol#{ground.programme.fragment()}"


def enrol(page: Page, link: str) -> None:
    """Open the invitation; ends at *Ready for offline* with everything fetched."""
    page.goto(link)
    expect(page.locator(".verdict h1")).to_be_visible(timeout=30_000)
    expect(page.locator("main")).to_contain_text("All of Esik is on this tablet", timeout=30_000)


def open_tablet(page: Page, url: str) -> None:
    """As from the home screen; `url` is the server's."""
    page.goto(f"{url}/tablet/")
    expect(page.locator("h1:visible")).to_have_text("Who is working now?")


def unlock(page: Page, worker: str = WORKER, words: str = passphrase(WORKER)) -> None:
    """From *Ready* or from the names to home."""
    work = page.get_by_role("button", name=re.compile("^(Work anyway|Start working)"))
    if work.count():
        work.click()
    page.get_by_text(worker, exact=True).click()
    page.locator("#passphrase").fill(words)
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator(".scan")).to_be_visible(timeout=30_000)


def new_family(page: Page) -> None:
    """Begin a registration."""
    page.locator(".new-family").click()
    expect(page.locator(".form-page h1:visible")).to_be_visible()


def person(page: Page, name: str, number: int = 1) -> str:
    """Everything that is required of one person; her card."""
    card = make_card(random_bytes(5))
    page.locator(f'[id="members[{number}].card"]').fill(card)
    page.locator(f'[id="members[{number}].name"]').fill(name)
    page.locator(f'[data-ref="members[{number}].sex"] input').first.check(force=True)
    return card


def saved(page: Page) -> None:
    """Wait until the screen says that all of it is on disk."""
    expect(page.locator(".saved")).to_contain_text(re.compile(r"^\s*(Saved|Сақталды) \d\d:\d\d"))


def to_question(page: Page, ref: str) -> None:
    """Next, until the question stands on the screen."""
    while not page.locator(f'[id="{ref}"]').is_visible():
        _turn(page)


def _turn(page: Page) -> None:
    title = page.locator(".form-page h1:visible").inner_text()
    page.get_by_role("button", name=re.compile("^Next")).click()
    expect(page.locator(".form-page h1:visible")).not_to_have_text(title)


def to_seal(page: Page) -> None:
    """To *Check, then seal*."""
    check = page.get_by_role("button", name="Check and seal")
    while not check.count():
        _turn(page)
    check.click()
    expect(page.locator("h1:visible")).to_have_text("Check, then seal")


def seal(page: Page) -> None:
    """From the check to home."""
    page.get_by_role("button", name=re.compile("^Seal")).click()
    expect(page.locator(".notice").first).to_contain_text("Sealed")


def counts(page: Page) -> dict[str, int]:
    """The sync line."""
    return {one: int(page.locator(f".sync .{one} b").inner_text()) for one in ("tablet", "carried", "safe")}
