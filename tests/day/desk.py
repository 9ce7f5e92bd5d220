"""The evening's desk, in a real browser: what the fleet page and the reconciliation say."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, Page, expect

from tests.day.ground import Ground

PATIENCE = 120_000
LATER = timedelta(days=4)
"""The desk looks when every station of the arrival plan is due."""


def sign_in(browser: Browser, ground: Ground) -> Page:
    """At the desk, when everything has been opened."""
    page = browser.new_context(locale="en-GB").new_page()
    page.clock.install(time=datetime.now(UTC) + LATER)
    page.goto(f"{ground.url}/desk/")
    name, words = ground.reviewer
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Passphrase", exact=True).fill(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible(timeout=PATIENCE)
    return page


def owed(page: Page, codes: dict[str, str]) -> dict[str, list[int]]:
    """Tablet → the numbers that the fleet page says are missing, once it was told the end-of-shift codes."""
    page.goto(page.url.split("#")[0] + "#/fleet")
    for name, code in codes.items():
        page.get_by_role("button", name="Take in an end-of-shift code").click()
        page.locator("#take-in").fill(code)
        page.get_by_role("button", name="Take it in").click()
        expect(page.locator(f'tr[data-tablet="{name}"]')).to_contain_text("by code", timeout=PATIENCE)
    told = "rows => rows.map(({ dataset }) => [dataset.tablet, dataset.missing])"
    rows: list[list[str]] = page.locator("tr[data-missing]").evaluate_all(told)
    return {tablet: numbers(missing) for tablet, missing in rows if missing}


def numbers(runs: str) -> list[int]:
    """`#2–#4, #7` as [2, 3, 4, 7]."""
    found: list[int] = []
    for run in runs.split(", "):
        first, _, last = run.replace("#", "").partition("–")
        found += range(int(first), int(last or first) + 1)
    return found


def ask_again(page: Page, cards: list[str], stations: list[str]) -> set[tuple[str, str]]:
    """(card, station) as the arrival plan's page names them, with the list of the cards given out taken in."""
    page.goto(page.url.split("#")[0] + "#/reconcile")
    page.locator("#reconcile-cards").fill("\n".join(cards))
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("Opening")).to_have_count(0, timeout=PATIENCE)
    if page.locator("[data-show-all]").count():
        page.locator("[data-show-all]").click()
    told = "rows => rows.map(({ dataset }) => [dataset.card, dataset.station])"
    pairs: list[list[str]] = page.locator("tr[data-card]").evaluate_all(told)
    named = {(card, station) for card, station in pairs if station != "none"}
    return named | {(card, station) for card, none in pairs if none == "none" for station in stations}
