"""A picture's whole road: taken with the wire cut, sealed, sent through a dead server, looked at by whoever may."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, Route, expect

from tests.browser import chromium as machine
from tests.browser.canaries import found
from tests.browser.capture_ground import jpeg, with_place
from tests.browser.desk_ground import Ground, signed_in
from tests.browser.picture_ground import begin_pictures
from tests.browser.tablet_hands import enrol, invitation, new_family, person, saved, seal, to_question, to_seal, unlock

LETTER = b"%PDF-1.7 what the ministry wrote about Zhanar Unmistakable"
NAME = "Zhanar Unmistakable"
Make = Callable[..., machine.Tablet]


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Ground]:
    """A centre of the test's own, to be killed and started."""
    made = begin_pictures(tmp_path)
    yield made
    made.end()


def question(page: Page, ref: str) -> Locator:
    return page.locator(f'[data-ref="{ref}"]')


def choose(page: Page, ref: str, data: bytes, called: str, type_: str) -> None:
    given = FilePayload(name=called, mimeType=type_, buffer=data)
    question(page, ref).locator("input[type=file]").set_input_files(given)
    expect(question(page, ref).get_by_role("button", name="Take away")).to_be_visible()


def sign(page: Page, ref: str) -> None:
    question(page, ref).get_by_role("button", name="Sign here").click()
    sheet = question(page, ref).locator("canvas")
    sheet.hover(position={"x": 40, "y": 40})  # waits until what is above has its size
    page.mouse.down()
    sheet.hover(position={"x": 140, "y": 60})
    sheet.hover(position={"x": 240, "y": 90})
    page.mouse.up()
    question(page, ref).get_by_role("button", name="Done").click()
    expect(question(page, ref).locator("img")).to_be_visible()


def shown(part: Locator, ref: str) -> Locator:
    return part.locator(f'[data-answer="needs.{ref}"]')


def test_a_picture_taken_with_the_wire_cut_is_seen_at_the_desk(
    tablet: Make, centre: Ground, page: Page, tmp_path: Path
) -> None:
    worker = tablet("aigerim", "--lang=en-US", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    enrol(worker.page, invitation(centre))
    centre.serving.stop()
    unlock(worker.page)
    new_family(worker.page)
    person(worker.page, NAME)
    to_question(worker.page, "needs.first_need")

    # Taken, chosen, signed, recorded: each kept before it is an answer.
    question(worker.page, "needs.paper").get_by_role("button", name="Take a picture").click()
    question(worker.page, "needs.paper").get_by_role("button", name="Take it now").click()
    expect(question(worker.page, "needs.paper").locator("img")).to_be_visible()
    given = with_place(jpeg(worker.page, 2400, 1800), orientation=6)
    choose(worker.page, "needs.paper", given, "IMG_20260301.jpg", "image/jpeg")
    sign(worker.page, "needs.sign")
    question(worker.page, "needs.voice").get_by_role("button", name="Record", exact=True).click()
    expect(question(worker.page, "needs.voice")).to_contain_text("Recording: 0:01")
    question(worker.page, "needs.voice").get_by_role("button", name="Stop and keep").click()
    expect(question(worker.page, "needs.voice").locator("audio")).to_be_visible()
    choose(worker.page, "needs.letter", LETTER, f"{NAME}.pdf", "application/pdf")
    saved(worker.page)

    # A dead battery loses none of it.
    worker.kill()
    assert found([NAME, "ministry wrote"], worker.profile) == []
    again = worker.start()
    again.goto(f"{centre.serving.url}/tablet/")
    unlock(again)
    again.get_by_role("button", name="Continue").click()
    to_question(again, "needs.first_need")
    size = "one => one.decode().then(() => [one.naturalWidth, one.naturalHeight])"
    expect(question(again, "needs.paper").locator("img")).to_be_visible()
    assert question(again, "needs.paper").locator("img").evaluate(size) == [1200, 1600]
    expect(question(again, "needs.voice").locator("audio")).to_be_visible()
    to_seal(again)
    seal(again)

    # The server dies between two pictures; nothing that it has is brought again.
    brought: list[str] = []
    again.on("requestfinished", lambda one: brought.append(one.url) if one.method == "PUT" else None)
    again.locator(".sync button").click()
    expect(again.locator("main")).to_contain_text("Pictures and files: 0 of 4 sent")
    left = [True, True]

    def cut(asked: Route) -> None:
        asked.continue_() if left else asked.abort()
        del left[-1:]

    again.route("**/sync/objects/*", cut)
    centre.serving.start()
    again.get_by_role("button", name="Send now").click()
    expect(again.locator("main")).to_contain_text("Pictures and files: 2 of 4 sent")
    assert len(brought) == 2
    centre.serving.kill()
    centre.serving.start()
    again.unroute("**/sync/objects/*")
    again.get_by_role("button", name="Send now").click()
    expect(again.locator(".rows .chip")).to_have_text("Safe")
    assert len(brought) == len(set(brought)) == 4

    looked_at_by_the_family_desk(page, centre)
    worker.close()
    centre.serving.stop()
    assert found([NAME, "ministry wrote"], tmp_path / "data", worker.profile) == []


def looked_at_by_the_family_desk(page: Page, centre: Ground) -> None:
    """Saule may read the family's part: nothing is fetched before she asks for it."""
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/sync/objects/" in one.url else None)
    signed_in(page, centre)
    page.get_by_role("link", name=NAME).click()
    part = page.locator('[data-part="family"]')
    expect(part).to_contain_text("8 of 8 checks passed")
    before = len(asked)
    shown(part, "paper").get_by_role("button", name="Show the picture").click()
    expect(shown(part, "paper").locator("img")).to_be_visible()
    assert len(asked) == before + 1
    size = "one => one.decode().then(() => [one.naturalWidth, one.naturalHeight])"
    assert shown(part, "paper").locator("img").evaluate(size) == [1200, 1600]
    shown(part, "sign").get_by_role("button", name="Show the picture").click()
    assert shown(part, "sign").locator("img").evaluate(size) == [1000, 400]
    shown(part, "voice").get_by_role("button", name="Listen").click()
    played = "one => one.play().then(() => one.pause()).then(() => true)"
    assert shown(part, "voice").locator("audio").evaluate(played)
    shown(part, "letter").get_by_role("button", name="Open the file").click()
    with page.expect_download() as kept:
        shown(part, "letter").get_by_role("link", name="Save the file").click()
    assert re.fullmatch(r"[0-9a-f]{16}\.pdf", kept.value.suggested_filename)
    assert Path(kept.value.path()).read_bytes() == LETTER
    url = shown(part, "paper").locator("img").get_attribute("src") or ""
    page.get_by_role("button", name="Lock").click()
    expect(page.get_by_label("Passphrase", exact=True)).to_be_visible()
    assert page.evaluate("url => fetch(url).then(() => 'there', () => 'gone')", url) == "gone"
