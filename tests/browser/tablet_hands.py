"""What an intake worker does with a tablet, for browser tests: the real page, real server, real keys."""

import re

from playwright.sync_api import Locator, Page, expect

from forms.card import make_card
from sync.randomness import random_bytes
from tests.browser.bundling import ROOT
from tests.browser.desk_ground import Ground, passphrase

WORKER = "Aigerim"
NAME = "Gulnar Sample"
"""Who comes, when no test says another."""
PIN = "4071"
AXE = ROOT / "static/node_modules/axe-core/axe.min.js"


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
    page.locator(".form-page h1:visible").first.wait_for()  # a talk that goes on may be at its last section
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


def registered(page: Page, name: str = NAME) -> str:
    """Somebody is registered alone, from home to home; her card."""
    new_family(page)
    card = person(page, name)
    to_seal(page)
    seal(page)
    return card


def scanned(page: Page, card: str) -> None:
    """A card whose code is typed, from home."""
    page.locator(".scan").click()
    page.locator("#card-code").fill(card)
    page.get_by_role("button", name="Open", exact=True).click()


def sure(page: Page, card: str) -> None:
    """To the screen of somebody who is here, from home."""
    scanned(page, card)
    page.get_by_role("button", name="Yes, go on", exact=True).click()


def sit(
    page: Page, *, near: str = "Nobody else", interpreter: str = "Nobody, none is needed", heard: bool = False
) -> None:
    """*Before you begin*, to the form."""
    expect(page.locator("h1:visible")).to_have_text("Before you begin")
    page.locator(".opt", has_text=near).first.locator("input").check(force=True)
    page.locator(".opt", has_text=interpreter).click()
    page.locator(".opt", has_text="Yes" if heard else "No, we are alone").click()
    page.get_by_role("button", name="Go on to the form").click()
    expect(page.locator(".form-page h1:visible")).to_be_visible()


def visit(page: Page, *, heard: bool = False) -> str:
    """Somebody is registered and her visit is open; her card."""
    card = registered(page)
    sure(page, card)
    page.locator('[data-station="medical"]').get_by_role("button", name="Start").click()
    sit(page, heard=heard)
    return card


def choose(page: Page, ref: str, value: str) -> None:
    """A choice of a question, if ever so small on the screen."""
    page.locator(f'[data-ref="{ref}"] input[value="{value}"]').check(force=True)


def to_section(page: Page, title: str) -> None:
    """On, to the section of this title."""
    while page.locator(".form-page h1:visible").inner_text() != title:
        before = page.locator(".form-page h1:visible").inner_text()
        page.get_by_role("button", name=re.compile("^Next")).click()
        expect(page.locator(".form-page h1:visible")).not_to_have_text(before)


def choose_pin(page: Page, pin: str = PIN) -> None:
    """From the offer on home."""
    page.get_by_role("button", name="Choose a PIN").click()
    for _ in range(2):
        tap(page.locator(".sheet"), pin)
    expect(page.locator(".sheet")).to_have_count(0)


def tap(within: Page | Locator, pin: str) -> None:
    """On the keys of the screen."""
    for digit in pin:
        within.locator(".keys").get_by_role("button", name=digit, exact=True).click()
    within.locator(".keys").get_by_role("button", name="OK").click()


def lock(page: Page) -> None:
    """To the PIN, or to the names."""
    page.get_by_role("button", name="Lock").click()


def sound(page: Page) -> None:
    """Nothing that axe finds, nothing wider than the screen."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    told = [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found["violations"]]
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "something is wider than the screen"
