"""The many ways of XLSForm to say a thing, read as one."""

import pytest

from forms.problems import Problem
from forms.source import Source
from forms.sources import read
from forms.sources.expand import kept
from forms.sources.headings import headings
from forms.sources.kinds import plain
from forms.sources.languages import code
from tests.forms.sources import workbook


def form(survey: str, choices: str = "", settings: str = "") -> Source:
    """A form from the rows of its sheets, cells parted by bars."""
    text = ""
    for name, rows in (("survey", survey), ("choices", choices), ("settings", settings)):
        if rows:
            text += "\n".join([f"| {name} |", *(f"| | {row.strip()} |" for row in rows.strip().splitlines())]) + "\n"
    return read(text.encode(), "form.md")


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("Type", "type"), ("command", "type"), ("tag", "name"), ("value", "name"), ("caption", "label"),
        ("label::English (en)", "label::en"), ("Label :: Русский (ru)", "label::ru"), ("label:French", "label::fr"),
        ("hint::қазақша", "hint::kk"), ("caption:italian", "label::it"), ("constraint message", "constraint_message"),
        ("constraint message::fr", "constraint_message::fr"), ("bind:jr:constraintMsg", "constraint_message"),
        ("requiredMsg", "required_message"), ("read only", "readonly"), ("read_only", "readonly"),
        ("relevance", "relevant"), ("bind::relevant", "relevant"), ("bind: constraint", "constraint"),
        ("calculate", "calculation"), ("body::appearance", "appearance"), ("control::jr:count", "repeat_count"),
        ("jr:count", "repeat_count"), ("media::image::Nepali (ne)", "image::ne"), ("image", "image"),
        ("guidance_hint::ar", "guidance_hint::ar"), ("bind::esik:audience", "audience"),
        ("bind::esik:purpose.kk", "purpose::kk"), ("audience", "audience"), ("My notes", "My notes"),
        ("bind::odk:length", "bind::odk:length"), ("instance::tag", "instance::tag"),
    ],
)  # fmt: skip
def test_a_column_is_known_by_every_name_that_it_has(written: str, column: str) -> None:
    assert headings("survey", [written])[0].column == column


@pytest.mark.parametrize(
    ("written", "column"),
    [("list name", "list_name"), ("LIST_NAME", "list_name"), ("value", "name"), ("label::fr", "label::fr"),
     ("County", "County"), ("media::image", "image")],
)  # fmt: skip
def test_a_column_of_choices_that_a_filter_may_name_stays_as_it_is(written: str, column: str) -> None:
    assert headings("choices", [written])[0].column == column


@pytest.mark.parametrize(
    ("written", "kind", "other"),
    [
        ("select one from yn", "select_one yn", False), ("select_one  yn or_other", "select_one yn", True),
        ("add select one prompt using yn", "select_one yn", False), ("rank yn", "rank yn", False),
        ("select all that apply from yn or specify other", "select_multiple yn", True),
        ("select_one_from_file towns.csv", "select_one_from_file towns.csv", False), ("int", "integer", False),
        ("dateTime", "datetime", False), ("q picture", "image", False), ("photo", "image", False),
        ("gps", "geopoint", False), ("get start time", "start", False), ("imei", "deviceid", False),
        ("begin group", "begin_group", False), ("Begin_Group", "begin_group", False),
        ("end repeat", "end_repeat", False),
        ("begin lgroup", "begin_repeat", False), ("video", "video", False), ("unknown", "unknown", False),
    ],
)  # fmt: skip
def test_a_type_is_known_by_every_name_that_it_has(written: str, kind: str, other: bool) -> None:
    assert plain(written) == (kind, other)


@pytest.mark.parametrize(
    ("written", "tag", "real"),
    [("English (en)", "en", True), ("English(en)", "en", True), ("Қазақша", "kk", True), ("fr", "fr", True),
     ("pt-BR", "pt-BR", True), ("zh-hans", "zh-Hans", True), ("Bahasa", "id", True), ("Luo", "luo", True),
     ("Klingon", "x-klingon", False), ("Язык", "x-426", False), ("Mother tongue", "x-mother-tongue", False)],
)  # fmt: skip
def test_a_language_gets_its_code(written: str, tag: str, real: bool) -> None:
    assert code(written)[1] is real
    assert code(written)[0] == tag or (not real and code(written)[0].startswith("x-"))


def test_a_language_that_nobody_knows_is_kept_and_asked_about() -> None:
    found = form("type | name | label::en | label::Klingon\ntext | a | A | B")
    assert found.sheets["survey"][0].text("label") == {"en": "A", "x-klingon": "B"}
    told = [one for one in found.findings if one.code == "form_language"]
    assert [(one.values, one.warning) for one in told] == [({"language": "Klingon"}, True)]


@pytest.mark.parametrize(
    ("head", "settings", "default"),
    [
        ("label::fr | label::en", "", "fr"),
        ("label::English (en) | label::Русский (ru)", "default_language\nРусский", "ru"),
        ("label::English (en) | label::Русский (ru)", "default_language\nEnglish (en)", "en"),
        ("label | label::kk", "default_language\nen", "en"),
        ("label | label::kk", "", "en"),
        ("label | label::en", "", "x-default"),
        ("label | hint", "", "en"),
        ("label::ru | hint", "", "ru"),
    ],
)
def test_the_default_language_is_the_one_that_was_set_or_comes_first(head: str, settings: str, default: str) -> None:
    found = form(f"type | name | {head}\ntext | a | A | B", settings=settings)
    assert found.settings.cells["default_language"] == default


def test_other_is_a_choice_and_a_text_that_is_asked_with_it() -> None:
    found = form("type | name | label\nselect_one c or_other | a | A", "list_name | name | label::ru\nc | x | X")
    assert [row.cells["type"] for row in found.sheets["survey"]] == ["select_one c", "text"]
    assert found.sheets["survey"][1].cells["name"] == "a_other"
    assert found.sheets["survey"][1].cells["relevant"] == "selected(../a, 'other')"
    assert [row.cells for row in found.sheets["choices"]][1] == {
        "list_name": "c", "name": "other", "label::ru": "Другое",
    }  # fmt: skip


def test_a_count_that_is_worked_out_has_a_row_of_its_own() -> None:
    found = form(
        "type | name | label | repeat_count\nbegin repeat | r | R | ${a} + 1\ntext | b | B |\nend repeat | | |"
    )
    assert [row.cells["type"] for row in found.sheets["survey"]][:2] == ["calculate", "begin_repeat"]
    assert found.sheets["survey"][0].cells["calculation"] == "${a} + 1"
    assert found.sheets["survey"][1].cells["repeat_count"] == "${r_count}"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (".", "once('')"), ("coalesce(., today())", "once(today())"),
        ("coalesce( . , if(${a} = ')', 1, 2))", "once(if(${a} = ')', 1, 2))"),
        ("coalesce(., 1) + coalesce(., 2)", ""), ("coalesce(., 1, 2)", ""), (". + 1", ""), ("coalesce(${a}, .)", ""),
    ],
)  # fmt: skip
def test_a_calculation_that_keeps_its_own_value_says_so(written: str, read_as: str) -> None:
    assert kept(written) == (read_as or written)


def test_choices_that_stand_outside_come_in_where_a_question_uses_them() -> None:
    data = workbook(
        survey=[["type", "name", "label", "choice_filter"], ["select_one_external town", "a", "A", "zone='n'"]],
        external_choices=[["list name", "name", "label", "zone"], ["town", "x", "X", "n"], ["unused", "y", "Y", "n"]],
    )
    found = read(data, "x.xlsx")
    assert found.sheets["survey"][0].cells["type"] == "select_one town"
    assert [row.cells["zone"] for row in found.sheets["choices"]] == ["n"]


def test_remarks_and_rows_that_are_switched_off_are_told_and_left_out() -> None:
    found = form("type | name | label | disabled | notes\n| | | | A remark\ntext | a | A | yes |\ntext | b | B | no |")
    assert [row.cells["name"] for row in found.sheets["survey"]] == ["b"]
    assert [(one.code, one.row) for one in found.findings if one.code == "form_ignored"] == [
        ("form_ignored", 3), ("form_ignored", 4),
    ]  # fmt: skip


def test_a_column_that_stands_twice_is_an_error_unless_both_say_the_same() -> None:
    for second, stops in (("B", True), ("A", False)):
        found = form(f"type | name | label | caption\ntext | a | A | {second}")
        assert [not one.warning for one in found.findings if one.code == "form_twice"] == [stops]


def test_sheets_are_found_in_any_case_and_nearly_spelled() -> None:
    book = workbook(
        Choices=[["list_name", "name"], ["a", "b"]], Stettings=[["form_id"], ["x"]], Analysis=[["a"], ["b"]]
    )
    found = read(book, "x.xlsx")
    assert found.sheets["choices"][0].cells["name"] == "b"
    assert found.settings.cells["form_id"] == "x"
    assert [one.sheet for one in found.findings if one.code == "form_ignored"] == ["Stettings", "Analysis"]


def test_a_text_under_no_heading_is_told() -> None:
    found = read(workbook(survey=[["type", "name", "label"], ["text", "a", "A", None, "stray"]]), "x.xlsx")
    told = [(one.values["what"], one.row) for one in found.findings if one.code == "form_ignored"]
    assert told == [("the text in E2, under no heading,", 2)]


def test_a_form_without_a_survey_is_refused() -> None:
    for sheets in ({"survey": [["type", "name"]]}, {"survey": []}):
        with pytest.raises(Problem) as problem:
            read(workbook(**sheets), "x.xlsx")
        assert problem.value.code == "form_missing"
