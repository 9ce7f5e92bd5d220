"""A form page in Chromium: an intake worker fills registration, changes her mind, her language, and loses nothing."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from forms.card import make_card
from forms.compile import compile_form
from forms.source import from_yaml
from server.pages import render_page
from tests.browser.bundling import ROOT
from tests.browser.form_ground import harness, served, until, visit

CARD = make_card(b"\x01\x02\x03\x04\x05")

CLINIC = """
settings: {form_id: clinic, number: 1, title: {en: Clinic}, subject: person, audience: medical}
survey:
  - {type: note, name: hello, label: {en: Measure twice}}
  - {type: integer, name: age, label: {en: Age}}
  - {type: begin_group, name: body, label: {en: Body}}
  - {type: decimal, name: weight, label: {en: Weight}, unit: {en: kg}, constraint: ". < 200"}
  - {type: select_multiple signs, name: seen, label: {en: "What do you see?"}}
  - {type: text, name: other, label: {en: "What else?"}, relevant: "selected(${seen}, 'other')"}
  - {type: date, name: since, label: {en: "Since when?"}}
  - {type: acknowledge, name: told, label: {en: The mother was told}}
  - {type: end_group}
  - {type: begin_group, name: baby, label: {en: Baby}, relevant: "${age} < 2"}
  - {type: select_one signs, name: first, label: {en: First}, choice_filter: "for_babies = 'yes'"}
  - {type: end_group}
choices:
  - {list_name: signs, name: thin, label: {en: Thin}, for_babies: "yes"}
  - {list_name: signs, name: other, label: {en: Something else}}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two forms behind one address."""
    folder = tmp_path_factory.mktemp("pages")
    for name, source, library in (
        ("registration", (ROOT / "forms/vectors/forms/family.yaml").read_text("utf-8"), True),
        ("clinic", CLINIC, False),
    ):
        (folder / name).mkdir()
        harness(folder / name, source, library=library)
    with served(folder) as url:
        yield url


@pytest.fixture
def registration(page: Page, site: str) -> Iterator[Page]:
    yield from visit(page, f"{site}/registration/")


@pytest.fixture
def clinic(page: Page, site: str) -> Iterator[Page]:
    yield from visit(page, f"{site}/clinic/")


def draft(page: Page) -> dict[str, Any]:
    return page.evaluate("engine.draft()")


def settled(page: Page) -> list[dict[str, Any]]:
    return page.evaluate("settled")


def test_an_intake_worker_fills_the_first_person_and_every_answer_is_in_the_draft(registration: Page) -> None:
    registration.get_by_label("Card code").fill(CARD.lower())
    registration.get_by_label("Name").fill("Айгүл Сынақ")
    registration.get_by_text("Girl or woman", exact=True).click()
    registration.get_by_label("Day").fill("3")
    registration.get_by_label("Month").fill("11")
    registration.get_by_label("Year").fill("2019")
    registration.get_by_label("Year").blur()
    registration.get_by_text("Child of the family").click()
    assert draft(registration)["values"] == {
        "members[1].card": CARD.lower(),
        "members[1].name": "Айгүл Сынақ",
        "members[1].sex": "female",
        "members[1].birth_date": "2019-11-03",
        "members[1].relation": "child",
    }
    assert settled(registration)[-1] == draft(registration)
    assert registration.evaluate("bound().wanting(0)") == []


def test_typed_text_settles_after_a_rest_and_a_tap_at_once(registration: Page) -> None:
    registration.get_by_label("Name").press_sequentially("Ai")
    assert draft(registration)["values"]["members[1].name"] == "Ai"
    until(registration, "settled.length === 1")
    registration.get_by_text("Boy or man", exact=True).click()
    assert len(settled(registration)) == 2


def test_a_wrong_card_is_told_in_words_when_the_field_is_left_and_no_longer_when_it_is_right(
    registration: Page,
) -> None:
    field = registration.get_by_label("Card code")
    wrong = registration.get_by_text("This is not a card code.")
    field.fill("7KQ4-M2XD-9Q")
    expect(wrong).to_be_hidden()
    field.blur()
    expect(wrong).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill(CARD)
    expect(wrong).to_be_hidden()


def test_what_is_missing_is_told_at_next_and_the_first_field_has_the_focus(registration: Page) -> None:
    expect(registration.get_by_text("Every person needs a card.")).to_be_hidden()
    assert registration.evaluate("bound().wanting(0)") == ["members[1].card", "members[1].name", "members[1].sex"]
    registration.evaluate("bound().tell(0)")
    expect(registration.get_by_text("Every person needs a card.")).to_be_visible()
    expect(registration.get_by_text("Choose one.")).to_be_visible()
    expect(registration.get_by_label("Card code")).to_be_focused()


def test_a_day_that_does_not_exist_and_a_day_to_come_are_told_apart(registration: Page) -> None:
    for day, month, year, words in (("31", "2", "2020", "There is no such day."), ("1", "1", "2030", "still to come")):
        registration.get_by_label("Day").fill(day)
        registration.get_by_label("Month").fill(month)
        registration.get_by_label("Year").fill(year)
        expect(registration.get_by_text("There is no such day.")).to_be_hidden()
        registration.get_by_label("Year").blur()
        expect(registration.get_by_text(words)).to_be_visible()
        registration.get_by_label("Day").fill("")
        registration.get_by_label("Day").focus()
        for part in ("Day", "Month", "Year"):
            registration.get_by_label(part).fill("")


def test_nobody_knows_the_birth_date_and_a_slip_of_the_finger_is_taken_back(registration: Page) -> None:
    registration.get_by_label("Year").fill("2019")
    unknown = registration.locator('[data-ref="members[1].birth_date"] [data-kind="unknown"]')
    unknown.click()
    expect(unknown).to_have_attribute("aria-pressed", "true")
    expect(registration.get_by_label("Year")).to_have_value("")
    assert draft(registration)["ways"] == {"members[1].birth_date": "unknown"}
    unknown.click()
    expect(registration.get_by_label("Year")).to_have_value("2019")
    assert draft(registration)["ways"] == {}


def test_a_second_tap_takes_a_choice_back(registration: Page) -> None:
    choice = registration.get_by_text("Mother")
    choice.click()
    assert draft(registration)["values"] == {"members[1].relation": "mother"}
    choice.click()
    assert draft(registration)["values"] == {}
    choice.click()
    assert draft(registration)["values"] == {"members[1].relation": "mother"}


def test_a_mother_and_two_children_are_added_and_the_middle_one_removed_after_asking(registration: Page) -> None:
    add = registration.get_by_role("button", name="Add a person")
    expect(registration.locator('[data-kind="removal"]')).to_be_hidden()
    for index, name in enumerate(("Mother", "First child", "Second child"), 1):
        if index > 1:
            add.click()
            expect(registration.get_by_role("group", name=f"Person {index}").locator("legend").first).to_be_focused()
        registration.locator(f'[id="members[{index}].name"]').fill(name)
    expect(registration.get_by_text("Who is First child in this family?")).to_be_visible()
    registration.get_by_role("button", name="Remove person 2").click()
    expect(registration.get_by_role("button", name="Keep")).to_be_focused()
    registration.get_by_role("button", name="Keep").click()
    assert draft(registration)["repeats"] == {"members": 3}
    registration.get_by_role("button", name="Remove person 2").click()
    registration.get_by_role("button", name="Yes, delete").click()
    assert draft(registration)["repeats"] == {"members": 2}
    assert [registration.locator(f'[id="members[{i}].name"]').input_value() for i in (1, 2)] == [
        "Mother",
        "Second child",
    ]
    expect(registration.get_by_text("Who is Second child in this family?")).to_be_visible()
    expect(registration.get_by_text("First child")).to_have_count(0)


def test_the_language_changes_in_mid_form_and_nothing_is_lost(registration: Page) -> None:
    registration.get_by_label("Card code").fill(CARD)
    registration.get_by_label("Name").fill("Мадина")
    registration.get_by_role("button", name="Add a person").click()
    registration.get_by_label("Month").nth(1).fill("5")
    before = draft(registration)
    registration.evaluate("open('kk')")
    expect(registration.get_by_role("heading", name="Кім келді")).to_be_focused()
    expect(registration.get_by_text("Мадина осы отбасында кім?")).to_be_visible()
    expect(registration.get_by_text("Аударма әлі тексерілмеген").first).to_be_visible()
    expect(registration.get_by_label("Айы").nth(1)).to_have_value("05")
    assert draft(registration) == before
    assert registration.evaluate("settled.length") == 4, "card, name, add, and the month that still rested"


def test_every_field_tells_chromium_to_remember_nothing(registration: Page) -> None:
    registration.get_by_role("button", name="Add a person").click()
    told = registration.evaluate(
        "[...document.querySelectorAll('form, input, textarea')].map((one) => one.getAttribute('autocomplete'))"
    )
    assert len(told) > 20
    assert set(told) == {"off"}


def test_every_target_is_large_enough_for_a_gloved_hand(registration: Page) -> None:
    registration.get_by_role("button", name="Add a person").click()
    heights = registration.evaluate(
        """[...document.querySelectorAll('button, .opt, .box, summary')].filter((one) => one.checkVisibility())
             .map((one) => [one.getBoundingClientRect().height, one.textContent])"""
    )
    assert len(heights) > 20
    assert [one for one in heights if one[0] < 52] == []


def test_an_accessibility_checker_finds_nothing(registration: Page) -> None:
    registration.get_by_role("button", name="Add a person").click()
    registration.evaluate("bound().tell(0)")
    registration.evaluate((ROOT / "static/node_modules/axe-core/axe.min.js").read_text("utf-8") + "\n;0")
    found = registration.evaluate("axe.run(document.querySelector('#host'))")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert len(found["passes"]) > 10


def test_a_question_appears_when_it_matters_and_keeps_its_answer_while_it_does_not(clinic: Page) -> None:
    clinic.evaluate("bound().show(1)")
    other = clinic.get_by_label("What else?")
    expect(other).to_be_hidden()
    clinic.get_by_text("Something else").first.click()
    other.fill("a scar")
    clinic.get_by_text("Something else").first.click()
    expect(other).to_be_hidden()
    assert clinic.evaluate("engine.answersForSeal().answers") == {}
    clinic.get_by_text("Something else").first.click()
    expect(other).to_have_value("a scar")
    assert clinic.evaluate("engine.answersForSeal().answers") == {"body": {"seen": ["other"], "other": "a scar"}}


def test_a_section_opens_only_for_whom_it_is(clinic: Page) -> None:
    assert [one["title"] for one in clinic.evaluate("bound().sections")] == ["Clinic", "Body", "Baby"]
    assert clinic.evaluate("bound().open()") == [0, 1]
    clinic.get_by_label("Age").fill("1")
    assert clinic.evaluate("bound().open()") == [0, 1, 2]
    clinic.evaluate("bound().show(2)")
    expect(clinic.get_by_text("Thin", exact=True).last).to_be_visible()
    expect(clinic.get_by_text("Something else").last).to_be_hidden()


def test_numbers_may_be_typed_as_people_type_them(clinic: Page) -> None:
    clinic.evaluate("bound().show(1)")
    weight = clinic.get_by_label("Weight")
    weight.fill("١٢٫٥")
    weight.blur()
    expect(clinic.get_by_text("Write a number")).to_be_hidden()
    assert clinic.evaluate("engine.answersForSeal().answers.body.weight") == 12.5
    weight.fill("twelve")
    weight.blur()
    expect(clinic.get_by_text("Write a number")).to_be_visible()
    expect(weight).to_have_value("twelve")
    clinic.get_by_role("button", name="Today").click()
    clinic.get_by_text("Read and understood").click()
    assert clinic.evaluate("engine.answersForSeal().answers.body") == {
        "weight": "twelve",
        "since": "2026-03-01",
        "told": True,
    }


def test_the_paper_page_has_room_for_everybody_and_nothing_to_press() -> None:
    made = compile_form(from_yaml((ROOT / "forms/library/registration.yaml").read_text("utf-8")), library=True)
    page = render_page(made.form, "kk", style="page.css", paper=True)
    assert page.count("Карта коды") == 6
    assert "<template" not in page
    assert 'data-kind="add"' not in page
    assert json.loads(made.data)["key"] == "registration"
