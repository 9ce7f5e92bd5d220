"""A form page in the room: what is known is not asked, what must be done is said, what others may not hear waits."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.pages import render_page
from tests.browser.bundling import ROOT
from tests.browser.form_ground import harness, served, visit
from tests.forms.samples import compiled, source

GIRL = {
    "person.name": "Айгүл",
    "person.sex": "female",
    "person.birth_date": "2022-08-14",
    "person.birth_date_precision": "day",
}


FAMILY = """
settings: {form_id: family, number: 1, title: {en: Family}, subject: household, audience: family}
survey:
  - {type: begin_repeat, name: members, label: {en: Members}}
  - {type: text, name: card, role: card, label: {en: Card}}
  - {type: begin_group, name: kin, label: {en: In private}, sensitive: "yes"}
  - {type: text, name: who, label: {en: Who is it}}
  - {type: end_group}
  - {type: end_repeat}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("visit")
    for name, known in (("girl", GIRL), ("nobody", dict[str, str]())):
        (folder / name).mkdir()
        harness(folder / name, source("visit"), known=known)
        (folder / name / "large.css").write_text("html { font-size: 200% }", encoding="utf-8")
    (folder / "family").mkdir()
    harness(folder / "family", FAMILY)
    with served(folder) as url:
        yield url


@pytest.fixture
def girl(page: Page, site: str) -> Iterator[Page]:
    yield from visit(page, f"{site}/girl/")


@pytest.fixture
def nobody(page: Page, site: str) -> Iterator[Page]:
    yield from visit(page, f"{site}/nobody/")


@pytest.fixture
def family(page: Page, site: str) -> Iterator[Page]:
    yield from visit(page, f"{site}/family/")


def values(page: Page) -> dict[str, str]:
    return page.evaluate("engine.draft().values")


def raised(page: Page) -> list[str]:
    """Names of the flags as the frame was told last."""
    return page.evaluate("raised.at(-1).map((flag) => flag.name)")


def audit(page: Page) -> list[Any]:
    page.evaluate((ROOT / "static/node_modules/axe-core/axe.min.js").read_text("utf-8") + "\n;0")
    found = page.evaluate("axe.run(document.querySelector('#host'))")
    assert len(found["passes"]) > 10
    return [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]


def test_what_registration_knows_is_one_line_and_not_four_questions(girl: Page) -> None:
    expect(girl.get_by_text("Known from registration: Айгүл, Girl, 14 August 2022")).to_be_visible()
    for question in ("Name", "Girl or boy", "Born", "How sure"):
        expect(girl.get_by_text(question, exact=True)).to_be_hidden()
    assert girl.evaluate("bound().open()") == [0, 1, 2, 3]
    assert girl.evaluate("bound().wanting(0)") == []


def test_a_wrong_birth_date_is_corrected_and_never_known_again(girl: Page) -> None:
    girl.get_by_role("button", name="Correct").click()
    expect(girl.get_by_label("Name")).to_be_focused()
    expect(girl.get_by_text("Known from registration")).to_be_hidden()
    girl.get_by_label("Year", exact=True).fill("2015")
    girl.get_by_label("Year", exact=True).blur()
    assert values(girl)["born"] == "2015-08-14"
    girl.evaluate("open('kk')")
    expect(girl.get_by_text("Тіркеуден белгілі: Айгүл, Қыз")).to_be_visible()
    expect(girl.get_by_label("Жылы", exact=True)).to_have_value("2015")


def test_a_date_that_cannot_be_is_asked_although_it_is_known(girl: Page) -> None:
    girl.evaluate("engine.know({'person.birth_date': '2030-01-01', 'person.sex': 'male'}); open('en')")
    expect(girl.get_by_text("Known from registration: Boy")).to_be_visible()
    expect(girl.get_by_label("Year", exact=True)).to_have_value("2030")


def test_a_question_that_is_wanted_stands_again_in_the_place_of_its_line(girl: Page) -> None:
    girl.evaluate("bound().focus('born')")
    expect(girl.get_by_label("Day", exact=True)).to_be_focused()


def test_who_is_not_known_is_asked(nobody: Page) -> None:
    expect(nobody.get_by_text("Known from registration")).to_be_hidden()
    nobody.get_by_label("Name").fill("Ана")
    nobody.get_by_text("Girl", exact=True).click()
    assert values(nobody) == {"who": "Ана", "sex": "female", "precision": "day"}
    expect(nobody.get_by_text("Girl", exact=True)).to_be_visible()


def test_a_thin_arm_says_by_when_what_and_why_below_its_question(girl: Page) -> None:
    girl.evaluate("bound().show(1)")
    panel = girl.locator('[data-flag="thin"]')
    expect(panel).to_be_hidden()
    girl.get_by_label("Arm measure").fill("112")
    expect(panel).to_be_visible()
    expect(panel).to_have_text("Within 24 hours Send to the nutrition clinician today. The arm is under 115 mm.")
    field, below = girl.get_by_label("Arm measure").bounding_box(), panel.bounding_box()
    assert field is not None
    assert below is not None
    assert below["y"] > field["y"] + field["height"]
    assert raised(girl) == ["thin"]
    girl.get_by_label("Arm measure").fill("122")
    expect(panel).to_be_hidden()
    assert raised(girl) == []


def test_now_stands_before_today_for_the_frame_and_each_panel_speaks_for_itself(girl: Page) -> None:
    girl.evaluate("bound().show(1)")
    girl.get_by_label("Arm measure").fill("112")
    girl.get_by_role("radiogroup", name="swollen").get_by_text("Yes").click()
    girl.get_by_text("Very much").click()
    assert raised(girl) == ["swelling", "thin", "teeth"]
    expect(girl.locator('[data-flag="swelling"]')).to_have_text("Now Stay and call the clinician now.")
    expect(girl.locator('[data-flag="teeth"]')).to_have_text("At the next visit Ask again at the next visit.")
    girl.evaluate("open('kk')")
    girl.evaluate("bound().show(1)")
    expect(girl.locator('[data-flag="thin"] .when')).to_have_text("24 сағат ішінде")


def test_what_is_told_in_private_shows_no_panel_but_the_frame_knows(girl: Page) -> None:
    girl.evaluate("bound().show(3)")
    girl.get_by_role("radiogroup", name="often sad").get_by_text("Yes").click()
    girl.get_by_role("radiogroup", name="think of death").get_by_text("Yes").click()
    assert raised(girl) == ["harm"]
    assert girl.locator('[data-flag="harm"]').count() == 0
    expect(girl.get_by_text("call the duty lead")).to_have_count(0)


def test_each_wound_has_its_own_panel_and_it_goes_with_the_wound(girl: Page) -> None:
    girl.evaluate("bound().show(2)")
    girl.get_by_role("button", name="Add another").click()
    girl.get_by_label("Since how many days").nth(1).fill("٣٠")
    panels = girl.locator('[data-flag="old_wound"]')
    expect(panels.nth(0)).to_be_hidden()
    expect(panels.nth(1)).to_be_visible()
    expect(panels.nth(1)).to_contain_text("Within 2 weeks")
    girl.get_by_role("button", name=re.compile("^Remove.* 2$")).click()
    girl.get_by_role("button", name="Yes, delete").click()
    assert raised(girl) == []
    girl.get_by_role("button", name="Add another").click()
    expect(panels.nth(1)).to_be_hidden()


def test_a_private_group_waits_while_others_can_hear_and_loses_nothing(girl: Page) -> None:
    girl.evaluate("bound().show(3)")
    girl.get_by_role("radiogroup", name="often sad").get_by_text("Yes").click()
    girl.get_by_role("radiogroup", name="think of death").locator("input").first.focus()
    girl.evaluate("bound().park(['private'])")
    expect(girl.get_by_text("Parked: others can hear or see. Open it in private.")).to_be_visible()
    expect(girl.get_by_role("heading", name="In private")).to_be_focused()
    expect(girl.get_by_text("Are you often sad")).to_be_hidden()
    assert girl.evaluate("bound().open()") == [0, 1, 2, 3]
    assert girl.evaluate("bound().wanting(3)") == []
    girl.evaluate("bound().focus('private.sad')")
    expect(girl.get_by_role("heading", name="In private")).to_be_focused()
    girl.evaluate("bound().park([])")
    expect(girl.get_by_text("Parked")).to_be_hidden()
    expect(girl.get_by_text("Do you think of death")).to_be_visible()
    assert values(girl)["private.sad"] == "yes"


def test_a_private_group_of_a_person_who_is_added_waits_too(family: Page) -> None:
    family.evaluate("bound().park(['members.kin'])")
    family.get_by_role("button", name="Add a person").click()
    expect(family.get_by_text("Parked: others can hear or see.")).to_have_count(2)
    expect(family.get_by_text("Parked: others can hear or see.").nth(1)).to_be_visible()
    expect(family.get_by_text("Who is it")).to_have_count(2)
    expect(family.get_by_text("Who is it").nth(1)).to_be_hidden()
    family.evaluate("bound().park([])")
    expect(family.get_by_text("Who is it").nth(1)).to_be_visible()
    assert audit(family) == []


def test_a_tablet_that_is_given_shows_these_questions_and_nothing_else(girl: Page) -> None:
    girl.evaluate("bound().show(1)")
    girl.get_by_label("Arm measure").fill("112")
    girl.evaluate("bound().only(['private'])")
    assert girl.evaluate("bound().open()") == [3]
    assert girl.evaluate("bound().wanting(1)") == []
    expect(girl.locator("[data-flag]:visible")).to_have_count(0)
    girl.evaluate("bound().show(0)")
    expect(girl.get_by_text("Айгүл")).to_be_hidden()
    girl.evaluate("bound().show(3)")
    expect(girl.get_by_text("Are you often sad")).to_be_visible()
    girl.get_by_role("radiogroup", name="often sad").get_by_text("Yes").click()
    expect(girl.get_by_text("Do you think of death")).to_be_visible()
    expect(girl.get_by_text("Is it safe at home")).to_be_hidden()
    girl.evaluate("bound().only(null)")
    assert girl.evaluate("bound().open()") == [0, 1, 2, 3]
    expect(girl.get_by_text("Is it safe at home")).to_be_visible()
    girl.evaluate("bound().show(1)")
    expect(girl.locator('[data-flag="thin"]')).to_be_visible()


def test_a_long_list_is_the_browsers_own_and_may_be_taken_back(girl: Page) -> None:
    girl.evaluate("bound().show(1)")
    month = girl.get_by_label("Since which month")
    month.select_option("February")
    assert values(girl)["body.since"] == "feb"
    assert girl.evaluate("settled.length") == 1
    girl.locator('[data-ref="body.since"] [data-kind="unknown"]').click()
    expect(month).to_have_value("")
    girl.locator('[data-ref="body.since"] [data-kind="unknown"]').click()
    expect(month).to_have_value("feb")
    month.select_option("Choose")
    assert "body.since" not in values(girl)


@pytest.mark.parametrize("width", [800, 360])
@pytest.mark.parametrize("language", ["en", "kk"])
def test_scales_panels_and_lines_fit_and_can_be_hit(girl: Page, width: int, language: str) -> None:
    girl.set_viewport_size({"width": width, "height": 800})
    girl.evaluate(f"open('{language}')")
    girl.evaluate("engine.set('body.muac', 112)")
    girl.evaluate(f"open('{language}')")
    for section in range(4):
        girl.evaluate(f"bound().show({section})")
        assert girl.evaluate("document.documentElement.scrollWidth") <= width
        targets = girl.evaluate(
            """[...document.querySelectorAll('button, .opt, .box, summary')].filter((one) => one.checkVisibility())
                 .map((one) => [one.getBoundingClientRect().height, one.textContent])"""
        )
        assert [one for one in targets if one[0] < 52] == []
    girl.evaluate("bound().show(1)")
    tops = girl.evaluate("[...document.querySelectorAll('.likert .opt')].map((one) => one.getBoundingClientRect().top)")
    assert len(set(tops)) == (1 if width == 800 else 3), "side by side where there is room, else one below the other"


@pytest.mark.parametrize("language", ["en", "kk"])
def test_letters_twice_as_large_stay_on_a_narrow_screen(girl: Page, language: str) -> None:
    girl.set_viewport_size({"width": 360, "height": 800})
    girl.evaluate("engine.set('body.muac', 112)")
    girl.evaluate(f"open('{language}')")
    girl.evaluate("bound().park(['private'])")
    girl.add_style_tag(url="large.css")
    for section in range(4):
        girl.evaluate(f"bound().show({section})")
        assert girl.evaluate("document.documentElement.scrollWidth") <= 360
    girl.evaluate("bound().park([])")
    assert girl.evaluate("document.documentElement.scrollWidth") <= 360


def test_an_accessibility_checker_finds_nothing_with_lines_panels_and_parked_groups(girl: Page) -> None:
    assert audit(girl) == []
    girl.evaluate("bound().show(1)")
    girl.get_by_label("Arm measure").fill("112")
    girl.get_by_role("radiogroup", name="swollen").get_by_text("Yes").click()
    girl.evaluate("bound().tell(1)")
    assert audit(girl) == []
    girl.evaluate("bound().park(['private'])")
    girl.evaluate("bound().show(3)")
    girl.evaluate("bound().tell(3)")
    assert audit(girl) == []


def test_paper_asks_everything_and_says_what_follows_under_each_question() -> None:
    page = render_page(compiled("visit"), "en", style="page.css", paper=True)
    assert "Known from registration" not in page
    assert "Parked" not in page
    assert "<select" not in page
    assert (
        "<b>Within 24 hours:</b> Send to the nutrition clinician today. <span>The arm is under 115 mm.</span>" in page
    )
    assert "duty lead" not in page
    assert "protection lead" not in page
