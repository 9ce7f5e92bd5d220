"""Pictures, signatures, sounds and files at their questions: kept before they answer, bare of what tells a place."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, Playwright, expect

from tests.browser import chromium as machine
from tests.browser.camera import WATCH, live
from tests.browser.capture_ground import jpeg, segments, served, with_place
from tests.browser.tablet_hands import sound

APP1, COMMENT = 0xE1, 0xFE


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with one question of each kind."""
    with served(tmp_path_factory.mktemp("capture")) as url:
        yield url


@pytest.fixture(scope="module")
def devices(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    """A tablet with a camera that shows a moving dial, and a microphone that beeps."""
    args = [*machine.ARGS, "--use-fake-device-for-media-stream"]
    browser = playwright.chromium.launch(executable_path=chromium_path, args=args)
    yield browser
    browser.close()


@pytest.fixture
def open_page(devices: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open the page; what it may use."""
    contexts: list[BrowserContext] = []

    def make(*allowed: str, width: int = 800, height: int = 1280) -> Page:
        context = devices.new_context(viewport={"width": width, "height": height}, locale="en-US")
        contexts.append(context)
        context.grant_permissions(list(allowed), origin=address)
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(address)
        expect(slot(page, "file").locator("input[type=file]")).to_have_count(1)
        return page

    yield make
    for one in contexts:
        one.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """May use nothing."""
    return open_page()


def slot(page: Page, name: str) -> Locator:
    return page.locator("fieldset", has=page.locator("legend", has_text=name.title())).locator(".capture")


def choose(page: Page, name: str, data: bytes, called: str = "IMG_2026.jpg", type_: str = "image/jpeg") -> None:
    given = FilePayload(name=called, mimeType=type_, buffer=data)
    slot(page, name).locator("input[type=file]").set_input_files(given)


def kept(page: Page, name: str) -> bytes:
    """The bytes that the answer of a question names."""
    expect(slot(page, name)).to_have_attribute("data-value", re.compile("."))
    return bytes(page.evaluate("name => bytes(name)", slot(page, name).get_attribute("data-value")))


def size(page: Page, name: str) -> tuple[int, int]:
    image = slot(page, name).locator("img")
    expect(image).to_be_visible()
    return tuple(image.evaluate("one => one.decode().then(() => [one.naturalWidth, one.naturalHeight])"))


def draw(page: Page, name: str) -> None:
    """Two lines."""
    sheet = slot(page, name).locator("canvas")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    for line in (0.3, 0.6):
        page.mouse.move(box["x"] + 50, box["y"] + box["height"] * line)
        page.mouse.down()
        page.mouse.move(box["x"] + 250, box["y"] + box["height"] * (line + 0.2), steps=5)
        page.mouse.up()


def ink(page: Page, name: str) -> int:
    """Pixels that are not white on the sheet."""
    count = """one => {
      const { data } = one.getContext("2d").getImageData(0, 0, one.width, one.height);
      return data.filter((value, at) => at % 4 === 0 && value < 128).length;
    }"""
    return int(slot(page, name).locator("canvas").evaluate(count))


def test_a_picture_s_place_and_maker_stay_behind_and_it_stands_upright(page: Page) -> None:
    given = with_place(jpeg(page, 600, 300), orientation=6)
    assert b"Exif" in given
    assert APP1 in segments(given)
    choose(page, "picture", given)
    picture = kept(page, "picture")
    assert picture[:2] == b"\xff\xd8"
    assert not {APP1, COMMENT} & set(segments(picture))
    assert b"Exif" not in picture
    assert size(page, "picture") == (300, 600)


def test_a_large_picture_is_made_small_and_a_form_may_want_it_smaller(page: Page) -> None:
    given = jpeg(page, 4000, 3000)
    choose(page, "picture", given)
    assert size(page, "picture") == (1600, 1200)
    assert kept(page, "picture")[:2] == b"\xff\xd8"
    choose(page, "small", given)
    assert size(page, "small") == (200, 150)


def test_a_damaged_picture_is_told_and_the_one_before_stays(page: Page) -> None:
    choose(page, "picture", jpeg(page, 40, 30))
    before = kept(page, "picture")
    choose(page, "picture", b"no picture at all")
    expect(slot(page, "picture").locator(".problem")).to_contain_text("cannot be read")
    assert kept(page, "picture") == before
    assert page.evaluate("gone") == []


def test_a_picture_that_could_not_be_kept_is_no_answer(page: Page) -> None:
    page.evaluate("window.fail = 'storage_full'")
    choose(page, "picture", jpeg(page, 40, 30))
    expect(slot(page, "picture").locator(".problem")).to_contain_text("storage_full")
    assert page.evaluate("answers") == []
    page.evaluate("window.fail = undefined")
    choose(page, "picture", jpeg(page, 40, 30))
    kept(page, "picture")
    expect(slot(page, "picture").locator(".problem")).to_have_count(0)


def test_the_camera_takes_a_picture_in_the_page_and_is_let_go(open_page: Callable[..., Page]) -> None:
    page = open_page("camera")
    slot(page, "picture").get_by_role("button", name="Take a picture").click()
    slot(page, "picture").get_by_role("button", name="Take it now").click()
    width, height = size(page, "picture")
    assert width > height > 100
    assert live(page) == 0
    first = slot(page, "picture").get_attribute("data-value")
    slot(page, "picture").get_by_role("button", name="Take a picture").click()
    slot(page, "picture").get_by_role("button", name="Take it now").click()
    expect(slot(page, "picture")).not_to_have_attribute("data-value", first or "")
    assert page.evaluate("gone") == [first]


def test_without_a_camera_a_picture_can_still_be_chosen(page: Page) -> None:
    slot(page, "picture").get_by_role("button", name="Take a picture").click()
    expect(slot(page, "picture").locator(".problem")).to_contain_text("The camera may not be used")
    choose(page, "picture", jpeg(page, 40, 30))
    assert size(page, "picture") == (40, 30)


def test_taking_away_asks_once(page: Page) -> None:
    choose(page, "picture", jpeg(page, 40, 30))
    kept(page, "picture")
    name = slot(page, "picture").get_attribute("data-value")
    slot(page, "picture").get_by_role("button", name="Take away").click()
    slot(page, "picture").get_by_role("button", name="Keep it").click()
    assert page.evaluate("gone") == []
    slot(page, "picture").get_by_role("button", name="Take away").click()
    slot(page, "picture").get_by_role("button", name="Yes, take it away").click()
    expect(slot(page, "picture")).to_have_attribute("data-value", "")
    assert page.evaluate("gone") == [name]
    expect(slot(page, "picture").locator("img")).to_have_count(0)


def test_somebody_signs_with_a_finger_and_a_line_can_be_taken_back(page: Page) -> None:
    slot(page, "signature").get_by_role("button", name="Sign here").click()
    expect(slot(page, "signature").get_by_role("button", name="Done")).to_be_disabled()
    draw(page, "signature")
    both = ink(page, "signature")
    slot(page, "signature").get_by_role("button", name="Take back the last line").click()
    assert 0 < ink(page, "signature") < both
    slot(page, "signature").get_by_role("button", name="Done").click()
    assert kept(page, "signature")[:4] == b"\x89PNG"
    assert size(page, "signature") == (1000, 400)


def test_whoever_cannot_draw_writes_a_name_with_the_keyboard_alone(page: Page) -> None:
    slot(page, "signature").get_by_role("button", name="Sign here").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Айгерим")
    assert ink(page, "signature") > 0
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert kept(page, "signature")[:4] == b"\x89PNG"


def test_what_is_drawn_is_kept_when_the_question_is_left(page: Page) -> None:
    slot(page, "draw").get_by_role("button", name="Draw").click()
    assert not page.evaluate("captures.unfinished")
    draw(page, "draw")
    assert page.evaluate("captures.unfinished")
    page.evaluate("captures.settle()")
    assert kept(page, "draw")[:4] == b"\x89PNG"
    assert not page.evaluate("captures.unfinished")


def test_a_picture_is_marked_and_kept_with_its_marks(page: Page) -> None:
    choose(page, "annotate", with_place(jpeg(page, 600, 800), orientation=1))
    draw(page, "annotate")
    slot(page, "annotate").get_by_role("button", name="Done").click()
    picture = kept(page, "annotate")
    assert APP1 not in segments(picture)
    assert size(page, "annotate") == (600, 800)


def test_a_voice_is_recorded_heard_and_the_microphone_let_go(open_page: Callable[..., Page]) -> None:
    page = open_page("microphone")
    slot(page, "sound").get_by_role("button", name="Record", exact=True).click()
    expect(slot(page, "sound")).to_contain_text("Recording: 0:01 of 10:00")
    slot(page, "sound").get_by_role("button", name="Stop and keep").click()
    assert len(kept(page, "sound")) > 500
    expect(slot(page, "sound").locator("audio")).to_be_visible()
    assert page.evaluate("kept.get(answers.at(-1)[1]).type") == "audio/webm"
    assert live(page) == 0


def test_a_recording_that_runs_is_kept_when_the_screen_is_locked(open_page: Callable[..., Page]) -> None:
    page = open_page("microphone")
    slot(page, "sound").get_by_role("button", name="Record", exact=True).click()
    expect(slot(page, "sound")).to_contain_text("Recording: 0:01")
    page.evaluate("captures.settle()")
    assert len(kept(page, "sound")) > 500
    assert live(page) == 0


def test_a_microphone_that_is_refused_is_told_and_a_recording_can_be_chosen(page: Page) -> None:
    slot(page, "sound").get_by_role("button", name="Record", exact=True).click()
    expect(slot(page, "sound").locator(".problem")).to_contain_text("The microphone may not be used")
    choose(page, "sound", b"OggS and so on", "her name.ogg", "audio/ogg")
    assert kept(page, "sound") == b"OggS and so on"


def test_of_a_file_its_kind_is_kept_and_its_name_is_not(page: Page) -> None:
    choose(page, "file", b"%PDF-1.7", "Gulnar's birth certificate.pdf", "application/pdf")
    assert kept(page, "file") == b"%PDF-1.7"
    assert "Gulnar" not in page.content()
    assert page.evaluate("JSON.stringify([...kept])").count("Gulnar") == 0
    expect(slot(page, "file")).to_contain_text("application/pdf")


def test_a_picture_that_is_given_as_a_file_leaves_its_place_behind_too(page: Page) -> None:
    choose(page, "file", with_place(jpeg(page, 60, 30), orientation=1))
    assert b"Exif" not in kept(page, "file")


@pytest.mark.parametrize("type_", ["", "application/octet-stream"])
def test_a_picture_that_is_called_nothing_of_the_kind_does_so_too(page: Page, type_: str) -> None:
    page.evaluate("document.querySelector('[data-capture=file]').removeAttribute('data-accept')")
    choose(page, "file", with_place(jpeg(page, 60, 30), orientation=1), "DCIM0001", type_)
    assert kept(page, "file")[:2] == b"\xff\xd8"
    assert b"Exif" not in kept(page, "file")


def test_where_a_drawing_is_asked_for_no_photograph_can_be_chosen(page: Page) -> None:
    expect(slot(page, "draw").get_by_role("button", name="Draw")).to_be_visible()
    expect(slot(page, "draw").locator("input[type=file]")).to_have_count(0)


def test_a_signature_that_the_disk_did_not_take_is_not_lost(page: Page) -> None:
    slot(page, "signature").get_by_role("button", name="Sign here").click()
    draw(page, "signature")
    page.evaluate("window.fail = 'storage_full'")
    slot(page, "signature").get_by_role("button", name="Done").click()
    expect(slot(page, "signature").locator(".problem")).to_be_visible()
    assert page.evaluate("captures.settle().then(() => '', (problem) => problem.code)") == "storage_full"
    assert page.evaluate("captures.unfinished")
    page.evaluate("window.fail = undefined")
    slot(page, "signature").get_by_role("button", name="Keep it now").click()
    assert kept(page, "signature")[:4] == b"\x89PNG"
    assert not page.evaluate("captures.unfinished")


def test_a_signature_that_cannot_be_kept_may_be_dropped(page: Page) -> None:
    slot(page, "signature").get_by_role("button", name="Sign here").click()
    draw(page, "signature")
    page.evaluate("window.fail = 'storage_full'")
    slot(page, "signature").get_by_role("button", name="Done").click()
    slot(page, "signature").get_by_role("button", name="Drop it").click()
    expect(slot(page, "signature").locator(".problem")).to_have_count(0)
    page.evaluate("captures.settle()")
    assert page.evaluate("answers") == []


def test_a_picture_to_be_marked_is_kept_without_marks_when_the_question_is_left(page: Page) -> None:
    choose(page, "annotate", jpeg(page, 60, 80))
    expect(slot(page, "annotate").get_by_role("button", name="Done")).to_be_enabled()
    page.evaluate("captures.settle()")
    assert size(page, "annotate") == (60, 80)


@pytest.mark.parametrize(
    ("data", "called", "type_", "says"),
    [
        (b"x", "run.exe", "application/x-msdownload", "is not asked for here"),
        (bytes(10 * 1024 * 1024 + 1), "long.pdf", "application/pdf", "too large"),
    ],
)
def test_a_file_that_is_not_wanted_is_told_and_not_kept(
    page: Page, data: bytes, called: str, type_: str, says: str
) -> None:
    choose(page, "file", data, called, type_)
    expect(slot(page, "file").locator(".problem")).to_contain_text(says)
    assert page.evaluate("answers") == []


def test_what_is_kept_is_shown_again_and_what_is_lost_is_told(page: Page) -> None:
    choose(page, "picture", jpeg(page, 40, 30))
    kept(page, "picture")
    page.evaluate("document.querySelector('[data-capture=draw]').dataset.value = 'ffffffffffffffff.png'")
    page.evaluate("again()")
    assert size(page, "picture") == (40, 30)
    expect(slot(page, "draw").locator(".problem")).to_contain_text("is not here")
    expect(slot(page, "draw").get_by_role("button", name="Take away")).to_be_visible()


def test_an_answer_that_is_fixed_shows_and_does_not_change(page: Page) -> None:
    choose(page, "picture", jpeg(page, 40, 30))
    kept(page, "picture")
    page.evaluate("document.querySelectorAll('.capture').forEach(one => one.dataset.fixed = '')")
    expect(slot(page, "picture").get_by_role("button")).to_have_count(1)
    expect(slot(page, "sound")).to_contain_text("Nothing is kept here")
    expect(page.locator("input[type=file]")).to_have_count(0)


def test_a_slot_that_comes_later_has_its_control_and_one_that_goes_lets_its_camera_go(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("camera")
    page.evaluate(
        "document.querySelector('form').insertAdjacentHTML('beforeend',"
        ' \'<fieldset class="q"><legend>Later</legend><div class="capture" data-capture="picture"></div></fieldset>\')'
    )
    slot(page, "later").get_by_role("button", name="Take a picture").click()
    expect(slot(page, "later").get_by_role("button", name="Take it now")).to_be_enabled()
    assert live(page) == 1
    page.evaluate("document.querySelector('form').lastElementChild.remove()")
    page.wait_for_function("window.streams.every(one => one.getTracks().every(track => track.readyState === 'ended'))")


def test_the_words_follow_the_language_of_the_screen(page: Page) -> None:
    page.evaluate("speak('kk').then(() => { document.documentElement.lang = 'kk'; })")
    expect(slot(page, "signature").get_by_role("button", name="Осында қол қою")).to_be_visible()


@pytest.mark.parametrize("width", [800, 360])
def test_every_control_can_be_seen_touched_and_named(open_page: Callable[..., Page], width: int) -> None:
    page = open_page("microphone", width=width, height=800)
    choose(page, "picture", jpeg(page, 400, 300))
    kept(page, "picture")
    choose(page, "file", b"%PDF", "a.pdf", "application/pdf")
    slot(page, "signature").get_by_role("button", name="Sign here").click()
    slot(page, "draw").get_by_role("button", name="Draw").click()
    sound(page)
    targets = page.locator(".capture button, .capture label.btn")
    for at in range(targets.count()):
        box = targets.nth(at).bounding_box()
        assert box is not None
        assert box["height"] >= 52, targets.nth(at).inner_text()
