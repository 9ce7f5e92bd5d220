"""An administrator brings a form at the desk, looks at it in each language, and signs it; nothing is signed unseen."""

from pathlib import Path

import httpx
from playwright.sync_api import Page, expect

from sync.bundle import Bundle
from tests.browser.desk_ground import Ground, signed_in
from tests.programme import found_apart

FORM = """
settings: {form_id: coats, number: %d, title: {en: Winter coats, kk: Қысқы киім}, subject: person, audience: family,
           default_language: en}
survey:
  - {type: integer, name: coats, label: {en: 'How many coats?', kk: 'Неше пальто керек?'}}
%s
"""
WRONG = "  - {type: integer, name: hats, label: {en: Hats, kk: Бөрік}, relevant: '${nobody} > 1'}"
FACE = "  - {type: image, name: wound, label: {en: The wound, kk: Жара}}"


def sheet(folder: Path, number: int = 1, more: str = "", name: str = "coats.yaml") -> Path:
    path = folder / name
    path.write_text(FORM % (number, more), "utf-8")
    return path


def at_forms(page: Page, ground: Ground, name: str = "Gulnar") -> Page:
    signed_in(page, ground, name)
    page.get_by_role("link", name="Forms").click()
    expect(page.get_by_role("heading", name="Forms", level=1)).to_be_visible()
    return page


def bring(page: Page, path: Path) -> None:
    page.locator("#bring").set_input_files(path)
    expect(page.get_by_role("heading", name=path.name)).to_be_visible()


def test_a_form_is_brought_looked_at_and_published(page: Page, alone: Ground, tmp_path: Path) -> None:
    at_forms(page, alone)
    expect(page.locator("tr[data-form=registration]")).to_contain_text("Registration")
    bring(page, sheet(tmp_path))
    frame = page.frame_locator("iframe.preview")
    expect(frame.get_by_text("How many coats?")).to_be_visible()
    page.keyboard.press("p")
    expect(frame.get_by_text("Неше пальто керек?")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("coats 1 is published.")).to_be_visible()
    row = page.locator("tr[data-form=coats]")
    expect(row).to_contain_text("Winter coats")
    expect(row).to_contain_text("nobody")
    row.get_by_role("link").click()
    version = page.url.rpartition("/")[2]
    assert httpx.get(f"{alone.serving.url}/forms/{version}.json").json()["key"] == "coats"
    with page.expect_download() as taken:
        page.get_by_role("link", name="coats.yaml").click()
    assert Path(taken.value.path()).read_bytes() == (tmp_path / "coats.yaml").read_bytes()


def test_what_is_wrong_stands_by_row_and_keeps_the_form_shut(page: Page, alone: Ground, tmp_path: Path) -> None:
    at_forms(page, alone)
    bring(page, sheet(tmp_path, more=WRONG))
    line = page.locator("tr[data-code=form_unknown_name]")
    expect(line).to_contain_text("survey, row 6")
    expect(line).to_contain_text("relevant")
    expect(page.get_by_role("button", name="Publish")).to_be_disabled()
    bring(page, sheet(tmp_path))
    expect(line).to_have_count(0)
    expect(page.get_by_role("button", name="Publish")).to_be_enabled()


def test_a_number_with_a_hole_is_mended_when_that_is_asked_for(page: Page, alone: Ground, tmp_path: Path) -> None:
    at_forms(page, alone)
    bring(page, sheet(tmp_path, number=4))
    page.get_by_role("button", name="Take number 1").click()
    expect(page.get_by_role("heading", name="Repaired, because you asked for it")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("coats 1 is published.")).to_be_visible()


def test_one_administrator_alone_does_not_publish_a_question_for_a_face(
    page: Page, alone: Ground, tmp_path: Path
) -> None:
    at_forms(page, alone)
    bring(page, sheet(tmp_path, more=FACE))
    expect(page.get_by_text("It asks for what two administrators have to answer for: a face.")).to_be_visible()
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    page.get_by_role("button", name="Sign a reason").click()
    page.get_by_role("button", name="Sign the reason").click()
    expect(page.get_by_text("Write why.")).to_be_visible()
    page.get_by_label("The reason").fill("The surgeon needs to see the wound.")
    page.get_by_role("button", name="Sign the reason").click()
    expect(page.get_by_text("coats 1 waits for a second administrator.")).to_be_visible()
    bring(page, tmp_path / "coats.yaml")
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)


def second_administrator(ground: Ground) -> None:
    """Marat administers too, as the root says."""
    programme = ground.programme
    ground.serving.stop()
    draft = programme.goes_on()
    draft.write("administrator", programme.people["Marat"].administrator_body(), programme.founded.root)
    found_apart(programme.settings, programme.pid, Bundle(directory=draft.entries))
    ground.serving.start()


def test_two_administrators_and_a_reason_publish_it(page: Page, alone: Ground, tmp_path: Path) -> None:
    second_administrator(alone)
    at_forms(page, alone)
    bring(page, sheet(tmp_path, more=FACE))
    page.get_by_role("button", name="Sign a reason").click()
    page.get_by_label("The reason").fill("The surgeon needs to see the wound.")
    page.get_by_role("button", name="Sign the reason").click()
    expect(page.get_by_text("coats 1 waits for a second administrator.")).to_be_visible()
    page.get_by_role("button", name="Lock").click()
    at_forms(page, alone, "Marat")
    expect(page.get_by_text("Gulnar signed this reason: The surgeon needs to see the wound.")).to_be_visible()
    bring(page, tmp_path / "coats.yaml")
    expect(page.get_by_text("It asks for a face. Gulnar signed why")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("coats 1 is published.")).to_be_visible()
    page.locator("tr[data-form=coats]").get_by_role("link").click()
    expect(page.get_by_text("Two administrators signed why: The surgeon needs to see the wound.")).to_be_visible()


def test_a_file_that_is_no_form_is_told_in_words(page: Page, alone: Ground, tmp_path: Path) -> None:
    at_forms(page, alone)
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 this is no workbook")
    bring(page, path)
    expect(page.get_by_role("button", name="Publish")).to_be_disabled()
    large = tmp_path / "large.csv"
    large.write_bytes(b"x" * (11 * 1024 * 1024))
    page.locator("#bring").set_input_files(large)
    expect(page.get_by_role("alert")).to_contain_text("body_too_large")


def test_a_reviewer_sees_the_forms_and_brings_none(page: Page, alone: Ground) -> None:
    at_forms(page, alone, "Saule")
    expect(page.locator("tr[data-form=registration]")).to_be_visible()
    expect(page.get_by_role("button", name="Upload an XLSForm")).to_have_count(0)
