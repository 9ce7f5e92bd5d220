"""The desk in Chromium against the project's own server: signing in, reading, deciding, and what stays behind."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from sync.ids import b64
from tests.browser.desk_ground import Ground, begin, passphrase

AXE = Path(__file__).resolve().parent.parent.parent / "static/node_modules/axe-core/axe.min.js"
NAME = "Aigul Unmistakable"
NEED = "Zimnie palto Unmistakable"


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """One centre for all tests of this file, with one tablet that delivered one family."""
    ground = begin(tmp_path_factory.mktemp("desk"))
    tablet = ground.tablet("T-01")
    ground.deliver(tablet, ground.register(tablet, NAME, "Timur Sample", need=NEED))
    yield ground
    ground.end()


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Ground]:
    """A centre of a test's own, to be stopped and started."""
    ground = begin(tmp_path)
    yield ground
    ground.end()


def unlock(page: Page, ground: Ground, name: str = "Saule", words: str | None = None) -> None:
    page.goto(ground.desk)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Passphrase", exact=True).fill(passphrase(name) if words is None else words)
    page.keyboard.press("Enter")


def signed_in(page: Page, ground: Ground, name: str = "Saule") -> Page:
    unlock(page, ground, name)
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
    return page


def row(page: Page, name: str) -> str:
    """The row's address, once its name was opened."""
    link = page.get_by_role("link", name=name)
    expect(link).to_be_visible()
    return link.get_attribute("href") or ""


def test_it_works(page: Page, ground: Ground) -> None:
    """Somebody with a name and six words sees what arrived."""
    signed_in(page, ground)
    expect(page.locator("tbody tr").filter(has_text=NAME)).to_contain_text("New")
    expect(page.locator(".truth")).to_contain_text("1 tablet · complete")


def test_a_reviewer_reads_the_same_answers_that_were_sealed(page: Page, ground: Ground) -> None:
    signed_in(page, ground)
    page.get_by_role("link", name=NAME).click()
    family = page.locator('[data-part="family"]')
    expect(family.locator('[data-answer="needs.first_need"]')).to_have_text(NEED)
    expect(family).to_contain_text("8 of 8 checks passed")
    coordination = page.locator('[data-part="coordination"]')
    expect(coordination.locator('[data-answer="members[1].name"]')).to_have_text(NAME)
    expect(coordination.locator('[data-answer="members[2].name"]')).to_have_text("Timur Sample")
    expect(coordination.locator('[data-answer="members[1].birth_date"]')).to_have_text("1 March 2015")
    expect(coordination).to_contain_text("Girl or woman")
    expect(page.locator(".head")).to_contain_text("by Nurlan Test")
    expect(page.locator(".head")).to_contain_text("safe")


def test_what_is_sealed_to_protection_shows_as_sealed_and_nothing_more(page: Page, ground: Ground) -> None:
    signed_in(page, ground)
    page.get_by_role("link", name=NAME).click()
    sealed = page.locator('[data-part="protection"]')
    expect(sealed).to_contain_text("Sealed to protection")
    expect(page.locator("main")).not_to_contain_text("Mother")
    expect(page.locator("main")).not_to_contain_text("Prefers not to answer")


def test_a_protection_officer_opens_that_part_and_never_sees_a_name(page: Page, ground: Ground) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    signed_in(page, ground, "Marat")
    page.locator("a[data-row]").first.click()
    part = page.locator('[data-part="protection"]')
    expect(part).to_contain_text("Mother")
    expect(part.locator('[data-answer="members[2].relation"]')).to_have_text("Prefers not to answer")
    expect(page.locator("main")).to_contain_text("Sealed to coordination")
    expect(page.locator("body")).not_to_contain_text("Unmistakable")
    # One grant and one part: what is sealed to others is not even fetched.
    assert len([url for url in asked if "/sync/objects/" in url]) <= 1 + page.locator("tbody tr").count() + 1


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


def test_missing_numbers_are_named_until_they_arrive(page: Page, alone: Ground) -> None:
    tablet = alone.tablet("T-07")
    first, second, third = (alone.register(tablet, f"Family {n}") for n in (1, 2, 3))
    alone.deliver(tablet, first)
    signed_in(page, alone)
    expect(page.locator(".truth")).to_contain_text("Tablet T-07 owes #2–#3")
    page.get_by_role("link", name="Fleet").click()
    expect(page.locator("main")).to_contain_text("Not here yet: 2 numbers from tablet T-07")
    alone.deliver(tablet, third)
    expect(page.locator(".truth")).to_contain_text("owes #2")
    alone.deliver(tablet, second)
    expect(page.locator(".truth")).to_contain_text("1 tablet · complete")


def test_a_second_delivery_of_the_same_changes_nothing(page: Page, alone: Ground) -> None:
    tablet = alone.tablet()
    sealed = alone.register(tablet, "Leyla Sample")
    alone.deliver(tablet, sealed)
    signed_in(page, alone)
    row(page, "Leyla Sample")
    alone.deliver(tablet, sealed)
    alone.deliver(tablet, alone.register(tablet, "Sara Sample"))
    row(page, "Sara Sample")
    expect(page.locator("a[data-row]")).to_have_count(2)


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
    expect(page.locator(".head")).to_contain_text("safe")
    alone.serving.kill()
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("[data-decision]")).to_contain_text("Not delivered yet")
    expect(page.locator(".truth")).to_contain_text("Centre not reached since")
    alone.serving.start()
    expect(page.locator("[data-decision]")).to_contain_text("receipt verified", timeout=30_000)
    expect(page.locator("[data-decision]")).to_have_count(1)


def test_a_part_that_was_changed_on_the_way_is_a_problem_and_never_an_answer(page: Page, ground: Ground) -> None:
    def change(route: Route) -> None:
        answer = route.fetch()
        body = bytearray(answer.body())
        if len(body) > 2000:  # a part, not a grant
            body[-20] ^= 1
        route.fulfill(response=answer, body=bytes(body))

    page.route("**/sync/objects/*", change)
    signed_in(page, ground)
    expect(page.locator("tbody tr").first).to_contain_text("Not proven")
    page.locator("a[data-row]").first.click()
    expect(page.locator('[data-part="family"]')).to_contain_text("hash_differs")
    expect(page.locator('[data-part="family"]')).to_contain_text("Check 3 of 8 failed")
    expect(page.locator("main")).not_to_contain_text(NEED)
    expect(page.get_by_role("button", name="Accept")).to_have_count(0)


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
