"""Every page of the desk: words, fields, policy and axe, in both languages."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk_ground import NAME, Ground, passphrase, row

AXE = Path(__file__).resolve().parent.parent.parent / "static/node_modules/axe-core/axe.min.js"
RUN = "async () => (await axe.run(document)).violations.map((one) => one.id + ': ' + one.nodes[0].html)"
FACE = """
settings: {form_id: face, number: 1, title: {en: Face, kk: Жүз}, subject: person, audience: family,
           default_language: en}
survey:
  - {type: image, name: wound, label: {en: The wound, kk: Жара}}
  - {type: integer, name: age, label: {en: Age}}
"""


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
    for place in ("fleet", "invite", "reconcile", "staff", "forms"):
        page.goto(f"{ground.desk}#/{place}")
        expect(page.locator("h1")).to_be_visible()
        whole(page)
    assert said == []


@pytest.mark.parametrize("language", ["EN", "ҚАЗ"])
def test_every_page_of_the_day_is_whole_for_an_administrator(
    page: Page, alone: Ground, language: str, tmp_path: Path
) -> None:
    """With a new tablet, a link, a passphrase, every dialog, numbers owed; on a narrow window nothing is cut off."""
    tablet = alone.tablet()
    alone.deliver(tablet, alone.register(tablet, "Leyla Sample"), stated=3)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(alone.desk)
    page.locator(".lang button", has_text=language).click()
    page.locator("#door-name").fill("Gulnar")
    page.locator("#door-words").fill(passphrase("Gulnar"))
    page.keyboard.press("Enter")
    expect(page.locator("a[data-row]")).to_have_count(1)
    page.goto(f"{alone.desk}#/fleet")
    expect(page.locator("[data-fresh]")).to_have_count(1)
    whole(page)
    for opener in (".fresh .danger", ".head button", ".link"):
        page.locator(opener).first.click()
        whole(page)
        page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.locator("form .go").click()
    expect(page.locator("#invite-link")).to_be_visible()
    whole(page)
    page.goto(f"{alone.desk}#/staff")
    page.locator("#duty-title ~ .body button, .panel .body button").first.click()
    page.locator("#service-name").fill("Doctor")
    page.locator("#service-contact").fill("000-01")
    whole(page)
    page.locator("dialog .go").click()
    expect(page.locator("dialog")).to_have_count(0)
    page.keyboard.press("n")
    page.locator("#person-name").fill("Nurlan Test")
    whole(page)
    page.locator("dialog .go").click()
    expect(page.locator(".passphrase")).to_be_visible()
    whole(page)
    page.goto(f"{alone.desk}#/forms")
    sheet = tmp_path / "face.yaml"
    sheet.write_text(FACE, "utf-8")
    page.locator("#bring").set_input_files(sheet)
    expect(page.locator("iframe.preview")).to_be_visible()
    whole(page)
    page.locator("footer .go").click()
    whole(page)
    page.keyboard.press("Escape")
    page.locator(".head .btn").first.click()
    expect(page.locator("#library-title")).to_be_visible()
    whole(page)
    page.locator("th a[data-row]").first.click()
    expect(page.locator("#chosen-title")).to_be_visible()
    whole(page)
    page.set_viewport_size({"width": 360, "height": 800})
    for place in ("forms", "staff", "fleet", "reconcile", "invite", "inbox"):
        page.goto(f"{alone.desk}#/{place}")
        whole(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 360, place
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
