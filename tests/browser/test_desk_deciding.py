"""The desk in Chromium: accepting, returning with a question, without a line and by keys."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.desk_ground import Ground, passphrase, row, signed_in


def test_a_reviewer_accepts_and_a_later_decision_undoes_it(page: Page, alone: Ground, browser: Browser) -> None:
    tablet = alone.tablet()
    alone.deliver(tablet, alone.register(tablet, "Leyla Sample"))
    signed_in(page, alone)
    page.get_by_role("link", name="Leyla Sample").click()
    page.get_by_role("button", name="Accept").click()
    decisions = page.locator("[data-decision]")
    expect(decisions.first).to_contain_text("Accepted by Saule")
    expect(decisions.first).to_contain_text("receipt verified")
    page.get_by_role("button", name="Return with a question").click()
    page.get_by_role("button", name="Sign and return").click()
    expect(page.get_by_role("dialog")).to_contain_text("Write the question first")
    page.get_by_label("What should be asked again?").fill("Which year was she born?")
    page.get_by_role("button", name="Sign and return").click()
    expect(decisions.first).to_contain_text("Which year was she born?")
    expect(decisions).to_have_count(2)
    # Another browser of hers reads the same from the centre.
    with browser.new_context() as other:
        second = signed_in(other.new_page(), alone)
        expect(second.locator("tbody tr")).to_contain_text("Returned")
        second.get_by_role("link", name="Leyla Sample").click()
        expect(second.locator("[data-decision]").first).to_contain_text("Which year was she born?")
    with browser.new_context() as others:
        third = signed_in(others.new_page(), alone, "Marat")
        third.locator("a[data-row]").first.click()
        expect(third.locator("[data-decision]").first).to_contain_text("The question is sealed to others")


def test_a_decision_waits_while_the_centre_is_away_and_is_delivered_once(page: Page, alone: Ground) -> None:
    tablet = alone.tablet()
    alone.deliver(tablet, alone.register(tablet, "Leyla Sample"))
    signed_in(page, alone)
    page.get_by_role("link", name="Leyla Sample").click()
    expect(page.get_by_role("button", name="Accept")).to_be_visible()
    expect(page.locator(".head")).to_contain_text("Safe")
    alone.serving.kill()
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("[data-decision]")).to_contain_text("Not delivered yet")
    expect(page.locator(".truth")).to_contain_text("Centre not reached since")
    alone.serving.start()
    expect(page.locator("[data-decision]")).to_contain_text("receipt verified", timeout=30_000)
    expect(page.locator("[data-decision]")).to_have_count(1)


def test_keys_work_by_their_place_in_a_kazakh_layout(page: Page, alone: Ground) -> None:
    tablet = alone.tablet()
    alone.deliver(tablet, alone.register(tablet, "First Sample"), alone.register(tablet, "Second Sample"))
    signed_in(page, alone)
    row(page, "First Sample")
    row(page, "Second Sample")
    press = "([code, key]) => dispatchEvent(new KeyboardEvent('keydown', {code, key, bubbles: true, cancelable: true}))"
    page.evaluate(press, ["KeyJ", "о"])
    page.evaluate(press, ["KeyJ", "о"])
    focused = page.evaluate("document.activeElement.dataset.row")
    page.keyboard.press("Enter")
    expect(page.locator(".decide")).to_be_visible()
    assert focused in page.url
    page.evaluate(press, ["KeyA", "ф"])
    expect(page.locator("[data-decision]")).to_contain_text("receipt verified")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_half_written_question_survives_a_lock(page: Page, alone: Ground) -> None:
    tablet = alone.tablet()
    alone.deliver(tablet, alone.register(tablet, "Leyla Sample"))
    page.clock.install()
    signed_in(page, alone)
    page.get_by_role("link", name="Leyla Sample").click()
    page.get_by_role("button", name="Return with a question").click()
    page.get_by_label("What should be asked again?").fill("Half a question")
    page.clock.fast_forward(31 * 60 * 1000)
    expect(page.get_by_text("Locked after 30 minutes at rest")).to_be_visible()
    assert "Half a question" not in page.content()
    page.get_by_label("Your name").fill("Saule")
    page.get_by_label("Passphrase", exact=True).fill(passphrase("Saule"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("What should be asked again?")).to_have_value("Half a question")
    expect(page.locator('[data-part="family"]')).to_contain_text("Winter coats")
    page.get_by_role("button", name="Sign and return").click()
    expect(page.locator("[data-decision]")).to_contain_text("Half a question")
