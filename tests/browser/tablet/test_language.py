"""The language changes in the middle of a form: an intake worker goes on in the same field, with every character."""

from playwright.sync_api import Page, expect

from tests.browser.tablet_hands import new_family, person


def test_the_language_changes_in_mid_word_and_she_types_on(page: Page) -> None:
    new_family(page)
    person(page, "Айгүл")
    page.get_by_role("button", name="Add a person").click()
    field = page.locator('[id="members[2].name"]')
    field.press_sequentially("Тмур")
    for _ in range(3):
        field.press("ArrowLeft")
    switch = page.get_by_role("button", name="ҚАЗ")
    switch.scroll_into_view_if_needed()
    before = field.bounding_box()
    switch.click()
    expect(page.get_by_role("button", name="Адам қосу")).to_be_visible()
    field = page.locator('[id="members[2].name"]')
    expect(field).to_be_focused()
    expect(field).to_have_value("Тмур")
    after = field.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 120, "it stands where it stood"
    page.keyboard.type("и")
    expect(field).to_have_value("Тимур")
    expect(page.locator('[id="members[1].name"]')).to_have_value("Айгүл")
