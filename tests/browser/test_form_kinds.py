"""Every kind of question on its page: a medic types as her keyboard lets her, and what is kept is always the same."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.form_ground import served, until, visit
from tests.browser.form_pages import make_site

WORDS, FIGURES, CHOOSING, SCALES, HOMES, EACH, THINGS = range(7)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("kinds")
    make_site(folder)
    with served(folder) as url:
        yield url


@pytest.fixture
def form(page: Page, site: str) -> Iterator[Page]:
    yield from visit(page, f"{site}/every-kind/")


def question(form: Page, ref: str) -> Locator:
    return form.locator(f'.q[data-ref="{ref}"]')


def show(form: Page, section: int) -> None:
    form.evaluate(f"bound().show({section})")


def value(form: Page, ref: str) -> str:
    return str(form.evaluate(f"engine.value('{ref}')"))


@pytest.mark.parametrize("typed", ["9.30", "9:30", "09 30", "930", "٠٩:٣٠", "۹٫۳۰", "9,30"])
def test_a_time_is_typed_as_the_keyboard_lets_one(form: Page, typed: str) -> None:
    show(form, FIGURES)
    field = question(form, "figures.woke").locator("input[type=text]")
    field.fill(typed)
    field.blur()
    assert value(form, "figures.woke") == "09:30:00.000+05:00"
    expect(field).to_have_value(typed)
    expect(question(form, "figures.woke").locator(".err")).to_be_hidden()


def test_what_is_no_time_stays_as_it_was_typed_and_is_told(form: Page) -> None:
    show(form, FIGURES)
    field = question(form, "figures.woke").locator("input[type=text]")
    field.fill("soon")
    field.blur()
    assert value(form, "figures.woke") == "soon"
    expect(question(form, "figures.woke").get_by_text("Write a time")).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")


def test_a_moment_is_a_day_and_a_time_and_half_of_it_is_told(form: Page) -> None:
    show(form, FIGURES)
    asked = question(form, "figures.last_meal")
    for label, text in (("Day", "3"), ("Month", "١١"), ("Year", "2025")):
        asked.get_by_label(label).fill(text)
    asked.get_by_label("Year").blur()
    expect(asked.get_by_text("Day and time are needed")).to_be_visible()
    asked.get_by_label("Time").fill("18.05")
    assert value(form, "figures.last_meal") == "2025-11-03T18:05:00.000+05:00"
    expect(asked.get_by_text("Day and time are needed")).to_be_hidden()
    asked.get_by_role("button", name="Now").click()
    assert value(form, "figures.last_meal") == "2026-03-01T14:06:00.000+05:00"
    expect(asked.get_by_label("Time")).to_have_value("14:06")


def test_a_day_from_the_tablets_own_calendar_stands_in_the_boxes(form: Page) -> None:
    show(form, FIGURES)
    asked = question(form, "figures.since")
    picker = asked.locator(".picker")
    picker.evaluate("one => { one.value = '2026-02-14'; one.dispatchEvent(new Event('input', {bubbles: true})); }")
    assert value(form, "figures.since") == "2026-02-14"
    expect(asked.get_by_label("Day")).to_have_value("14")
    expect(question(form, "figures.typed_day").locator(".picker")).to_have_count(0)


def test_a_number_on_a_scale_by_hand_by_step_and_typed(form: Page) -> None:
    show(form, FIGURES)
    pain = question(form, "figures.pain")
    assert value(form, "figures.pain") == ""
    pain.get_by_role("button", name="More").click()
    assert value(form, "figures.pain") == "0"
    pain.get_by_role("button", name="More").click()
    assert value(form, "figures.pain") == "1"
    pain.get_by_label("Number").fill("٧")
    expect(pain.get_by_role("slider")).to_have_value("7")
    pain.get_by_role("slider").press("ArrowRight")
    assert value(form, "figures.pain") == "8"
    pain.get_by_label("Number").fill("12")
    pain.get_by_label("Number").blur()
    expect(pain.get_by_text("outside what can be answered")).to_be_visible()
    fever = question(form, "figures.fever")
    fever.get_by_label("Number").fill("38,4")
    fever.get_by_role("button", name="Less").click()
    assert value(form, "figures.fever") == "38.3"


def test_numbers_are_shown_in_the_readers_way(form: Page) -> None:
    show(form, FIGURES)
    question(form, "figures.weight").locator("input").fill("12.5")
    form.evaluate("open('kk')")
    show(form, FIGURES)
    expect(question(form, "figures.weight").locator("input")).to_have_value("12,5")
    question(form, "figures.weight").locator("input").fill("١٣٫٥")
    assert value(form, "figures.weight") == "13.5"
    question(form, "figures.pain").get_by_label("Сан").fill("٣")
    expect(question(form, "figures.weight").locator("input")).to_have_value("١٣٫٥")


def test_an_order_is_made_with_the_keyboard_and_said(form: Page) -> None:
    show(form, CHOOSING)
    rank = question(form, "choosing.first")
    expect(rank.get_by_text("Not put in order yet")).to_be_visible()
    bread = rank.locator("li", has_text="Bread")
    bread.get_by_role("button", name="Up").press("Enter")
    assert value(form, "choosing.first") == "bread water blankets other"
    expect(rank.get_by_text("Bread: place 1 of 4")).to_be_visible()
    expect(rank.locator("li").first.get_by_role("button", name="Up")).to_be_focused()
    assert rank.locator("li .what").all_inner_texts() == ["Bread", "Water", "Blankets", "Something else"]


def test_an_order_that_is_right_already_is_an_answer(form: Page) -> None:
    show(form, CHOOSING)
    question(form, "choosing.first").get_by_role("button", name="This order is right").click()
    assert value(form, "choosing.first") == "water bread blankets other"


def test_a_town_is_found_in_a_long_list_and_stays_in_sight(form: Page) -> None:
    show(form, CHOOSING)
    town = question(form, "choosing.town")
    expect(town.get_by_role("radio")).to_have_count(12)
    town.get_by_label("Search the list").fill("hasak")
    expect(town.get_by_role("radio")).to_have_count(1)
    town.get_by_text("Al-Hasakah").click()
    assert value(form, "choosing.town") == "hasakah"
    town.get_by_label("Search the list").fill("homs")
    expect(town.get_by_role("radio", name="Al-Hasakah")).to_be_checked()
    visited = question(form, "choosing.visited")
    for name in ("Aleppo", "Erbil"):
        visited.get_by_label("Search the list").fill(name)
        visited.get_by_text(name).click()
    assert value(form, "choosing.visited") == "aleppo erbil"
    assert not form.evaluate("engine.value('choosing.visited').includes('Search')")


def test_rows_of_one_scale_are_answered_row_by_row(form: Page) -> None:
    show(form, SCALES)
    slept = form.get_by_role("radiogroup", name="I slept well")
    slept.get_by_role("radio", name="Most of the time").check(force=True)
    form.get_by_role("radiogroup", name="I ate enough").get_by_role("radio", name="Never").check(force=True)
    assert value(form, "scales.slept") == "n3"
    assert value(form, "scales.ate") == "n0"
    slept.get_by_role("radio", name="Most of the time").click(force=True)
    assert value(form, "scales.slept") == "", "a second tap takes it back"


def test_a_place_is_typed_or_found_by_the_tablet(form: Page) -> None:
    form.context.grant_permissions(["geolocation"])
    form.context.set_geolocation({"latitude": 43.238949, "longitude": 76.889709, "accuracy": 12})
    show(form, FIGURES)
    place = question(form, "figures.where")
    place.get_by_role("button", name="Use this tablet’s place").click()
    expect(place.get_by_text("Exact to about 12 m")).to_be_visible()
    assert value(form, "figures.where") == "43.238949 76.889709 0 12"
    place.get_by_label("Latitude").fill("")
    place.get_by_label("Latitude").blur()
    expect(place.get_by_text("Write both")).to_be_visible()
    place.get_by_label("Latitude").fill("٤٣٫٢")
    assert value(form, "figures.where") == "43.2 76.889709 0 0"


def test_a_removed_home_comes_back_with_all_that_was_answered_in_it(form: Page) -> None:
    show(form, HOMES)
    form.get_by_label("Street").fill("First")
    form.get_by_role("button", name="Add another").last.click()
    form.get_by_label("Street").nth(1).fill("Second")
    inner = form.locator('[data-ref="homes[2].members"] > [data-kind="add"]')
    inner.click()
    form.get_by_label("Who lives in Second?").fill("Aigul")
    inner.click()
    form.get_by_label("Who lives in Second?").nth(1).fill("Timur")
    before = form.evaluate("engine.draft()")
    form.locator('[data-ref="homes[1]"] > [data-kind="removal"] [data-kind="remove"]').click()
    form.locator('[data-ref="homes[1]"] > [data-kind="removal"] [data-kind="remove-now"]').click()
    assert form.evaluate("engine.draft()")["repeats"]["homes"] == 1
    expect(form.get_by_label("Street")).to_have_value("Second")
    form.get_by_role("button", name="Undo").click()
    assert form.evaluate("engine.draft()") == before
    expect(form.get_by_label("Street").first).to_have_value("First")
    expect(form.get_by_label("Who lives in Second?").nth(1)).to_have_value("Timur")
    expect(form.locator('[data-ref="homes[2]"] > legend')).to_contain_text("Second")


def test_what_is_counted_has_no_button_to_add(form: Page) -> None:
    show(form, FIGURES)
    assert EACH not in form.evaluate("bound().open()")
    question(form, "figures.people").locator("input").fill("٣")
    assert EACH in form.evaluate("bound().open()")
    show(form, EACH)
    expect(form.get_by_label("What are they called?")).to_have_count(3)
    expect(form.locator('[data-ref="counted"] [data-kind="add"]')).to_have_count(0)
    expect(form.locator('[data-ref="counted"] [data-kind="removal"]')).to_have_count(0)


def test_the_language_changes_while_somebody_types_and_she_goes_on_where_she_was(form: Page) -> None:
    show(form, HOMES)
    form.get_by_label("Street").fill("First")
    for _ in range(4):
        form.get_by_role("button", name="Add another").last.click()
    field = form.get_by_label("Street").nth(3)
    field.press_sequentially("Абай")
    field.press("ArrowLeft")
    top = field.bounding_box()
    form.evaluate("change('ar')")
    expect(form.locator("form")).to_have_attribute("dir", "rtl")
    field = form.get_by_label("الشارع").nth(3)
    expect(field).to_be_focused()
    expect(field).to_have_value("Абай")
    assert field.evaluate("one => one.selectionStart") == 3
    after = field.bounding_box()
    assert top is not None
    assert after is not None
    assert abs(top["y"] - after["y"]) < 60
    form.keyboard.type("х")
    assert value(form, "homes[4].street") == "Абахй"
    until(form, "settled.at(-1).values['homes[4].street'] === 'Абахй'")


def test_an_attachments_slot_is_told_its_answer_and_gives_one(form: Page) -> None:
    show(form, THINGS)
    slot = question(form, "things.wound").locator("[data-capture]")
    expect(slot).to_have_attribute("data-capture", "picture")
    expect(question(form, "things.signed").locator("[data-capture]")).to_have_attribute("data-capture", "signature")
    name = "0123456789abcdef.jpg"
    slot.evaluate(f"one => one.dispatchEvent(new CustomEvent('esik-capture', {{bubbles: true, detail: '{name}'}}))")
    assert value(form, "things.wound") == name
    expect(slot).to_have_attribute("data-value", name)
