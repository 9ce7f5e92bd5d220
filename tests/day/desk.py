"""The evening's desk, in a real browser: what the fleet page and the reconciliation say."""

from playwright.sync_api import Browser, Page, expect

from tests.day.ground import Ground

PATIENCE = 120_000


def sign_in(browser: Browser, ground: Ground) -> Page:
    """At the desk, when everything has been opened."""
    page = browser.new_context(locale="en-GB").new_page()
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
        page.locator("#take-in").fill(f"{name} {code}")
        page.locator("#take-in").press("Enter")
        expect(page.locator(f'tr[data-tablet="{name}"][data-missing^="#"]')).to_be_visible(timeout=PATIENCE)
    rows = page.locator("tr[data-missing]").evaluate_all(
        "rows => rows.map(({ dataset }) => [dataset.tablet, dataset.missing])"
    )
    return {tablet: numbers(missing) for tablet, missing in rows if missing}


def numbers(runs: str) -> list[int]:
    """`#2–#4, #7` as [2, 3, 4, 7]."""
    found: list[int] = []
    for run in runs.split(", "):
        first, _, last = run.replace("#", "").partition("–")
        found += range(int(first), int(last or first) + 1)
    return found


def ask_again(page: Page, cards: list[str], stations: list[str]) -> set[tuple[str, str]]:
    """(card, station) as the reconciliation names them, with the list of the cards given out taken in."""
    page.goto(page.url.split("#")[0] + "#/reconcile")
    page.locator("#reconcile-cards").fill("\n".join(cards))
    page.locator("[data-take-cards]").click()
    if page.locator("[data-show-all]").count():
        page.locator("[data-show-all]").click()
    pairs = page.locator("tr[data-card]").evaluate_all(
        "rows => rows.map(({ dataset }) => [dataset.card, dataset.station])"
    )
    named = {(card, station) for card, station in pairs if station != "none"}
    return named | {(card, station) for card, none in pairs if none == "none" for station in stations}
