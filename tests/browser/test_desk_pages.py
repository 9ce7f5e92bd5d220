"""Every page of the desk: words, fields, policy and axe, in both languages."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk_ground import NAME, Ground, passphrase, row

AXE = Path(__file__).resolve().parent.parent.parent / "static/node_modules/axe-core/axe.min.js"
RUN = "async () => (await axe.run(document)).violations.map((one) => one.id + ': ' + one.nodes[0].html)"


@pytest.mark.parametrize(("language", "inbox"), [("EN", "Inbox"), ("ҚАЗ", "Келгендер")])
def test_every_page_is_whole_in_both_languages(page: Page, ground: Ground, language: str, inbox: str) -> None:
    """No key without words, no field that a browser would remember, nothing that the policy blocks, no axe finding."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(ground.desk)
    page.locator(".lang button", has_text=language).click()
    whole(page)
    page.locator("#door-name").fill("Saule")
    page.locator("#door-words").fill(passphrase("Saule"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=inbox, exact=True)).to_be_visible()
    row(page, NAME)
    whole(page)
    page.get_by_role("link", name=NAME).click()
    expect(page.locator(".decide button")).to_have_count(2)
    whole(page)
    page.keyboard.press("r")
    whole(page)
    page.keyboard.press("Escape")
    page.goto(f"{ground.desk}#/fleet")
    whole(page)
    assert said == []


def whole(page: Page) -> None:
    text = page.locator("body").inner_text()
    assert "desk." not in text
    assert "undefined" not in text
    assert page.locator("form:not([autocomplete=off]), input:not([autocomplete=off])").count() == 0
    assert page.locator("textarea:not([autocomplete=off]), [style]").count() == 0
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "async () => (await axe.run(document)).violations.map((one) => one.id + ': ' + one.nodes[0].html)"
    )
    assert found == []
