"""A list that has a name twice, as public forms number their villages anew in every district."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.form_ground import put, served, visit
from tests.forms.small import small

ROWS = """  - {type: select_one d, name: district, label: District, appearance: quick}
  - {type: select_one v, name: village, label: Village, choice_filter: "d = ${district}"}
  - {type: select_one v, name: closed, label: Closed, appearance: minimal, choice_filter: "d = ${district}"}
"""
CHOICES = """choices:
  - {list_name: d, name: "1", label: The north}
  - {list_name: d, name: "2", label: The south}
  - {list_name: v, name: "1", label: Abay, d: "1"}
  - {list_name: v, name: "2", label: Balqash, d: "1"}
  - {list_name: v, name: "1", label: Saran, d: "2"}
"""
LONG = "".join(f'  - {{list_name: v, name: more{n}, label: More {n}, d: "1"}}\n' for n in range(30))


@pytest.fixture(params=["", LONG], ids=["on the screen", "searched"])
def form(page: Page, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("doubles")
    put(folder, small(ROWS, CHOICES + request.param, settings="allow_choice_duplicates: yes"))
    with served(folder) as url:
        yield from visit(page, url)


def cards(form: Page) -> Locator:
    return form.locator('.q[data-ref="village"] .opt:visible')


def chosen(form: Page, label: str) -> Locator:
    return form.locator('.q[data-ref="village"]').get_by_label(label)


def test_a_village_is_shown_in_its_own_district_alone(form: Page) -> None:
    form.locator('.q[data-ref="district"]').get_by_text("The south").click()
    expect(cards(form)).to_have_text(["Saran"])
    cards(form).first.click()
    assert form.evaluate("engine.value('village')") == "1"
    expect(chosen(form, "Saran")).to_be_checked()


def test_the_other_district_s_village_of_that_name_is_the_one_that_is_chosen_then(form: Page) -> None:
    form.locator('.q[data-ref="district"]').get_by_text("The south").click()
    cards(form).first.click()
    closed = form.locator('.q[data-ref="closed"] select')  # a long list is searched instead
    if closed.count():
        closed.select_option(label="Saran")
    form.locator('.q[data-ref="district"]').get_by_text("The north").click()
    expect(cards(form).filter(has_text="Saran")).to_have_count(0)
    expect(chosen(form, "Abay")).to_be_checked()
    if closed.count():
        assert closed.evaluate("one => one.selectedOptions[0].text") == "Abay"


def test_what_is_opened_again_shows_the_village_that_was_meant(form: Page) -> None:
    form.evaluate("engine.set('district', '2')")
    form.evaluate("engine.set('village', '1')")
    form.evaluate("open('en')")
    expect(cards(form).filter(has=form.locator("input:checked"))).to_have_text(["Saran"])
