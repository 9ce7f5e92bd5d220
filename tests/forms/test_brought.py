"""Whatever an author brings, they get a report: never a stack, never half a form, never a long wait."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.compile import report
from forms.problems import CODES, Problem
from forms.repair import Told, repair
from forms.report import made, text
from forms.sheets import MOST_QUESTIONS
from forms.source import from_yaml
from forms.sources import read
from forms.written import to_yaml
from tests.forms.sources import workbook
from tests.forms.sources.test_normal import form

TOLD = Told(audience="medical", subject="person")
TYPES = ["text", "int", "note", "calculate", "date", "select_one c", "select one from c or_other", "rank c", "video",
         "begin group", "end group", "begin repeat", "end repeat", "start", "range", "select_one", "audit", "osm",
         "select_one ${a}", "csv-external", "image", "begin loop over c", "hidden", ""]  # fmt: skip
NAMES = ["a", "b", "c_1", "meta", "__proto__", "ә", "a b", "1", "", "constructor", "instanceID"]
CELLS = ["", "${a}", "${b} + 1", "${nobody}", ". > 1", "yes", "selected(${a}, 'x')", "count(${b})", "(((", "${", "1 +",
         "today()", "start=1 end=5 step=1", "randomize=true", "a.png", "ex:app", "likert", "'", "\u0000", "=1+1",
         "../a", "/data/a", "position(..)", "if(${a} = 1, ${b}, ${c_1})", "<b>&amp;",
         "concat('a')", "🌍", "once(random())"]  # fmt: skip
COLUMNS = ["type", "name", "label", "label::kk", "relevant", "calculation", "constraint", "required", "default", "hint",
           "appearance", "repeat_count", "trigger", "parameters", "choice_filter", "media::image", "bind::type",
           "read_only", "disabled", "whatever"]  # fmt: skip


@st.composite
def brought(draw: st.DrawFn) -> bytes:
    """A sheet as somebody in a hurry might fill it in."""
    others = draw(st.lists(st.sampled_from(COLUMNS[3:]), max_size=4, unique=True))
    rows: list[list[str]] = [["survey"], ["", *COLUMNS[:3], *others]]
    for _ in range(draw(st.integers(1, 8))):
        cells = [draw(st.sampled_from(TYPES)), draw(st.sampled_from(NAMES)), draw(st.sampled_from(["L", "", "L ${a}"]))]
        rows.append(["", *cells, *(draw(st.sampled_from(CELLS)) for _ in others)])
    rows += [["choices"], ["", "list_name", "name", "label"]]
    rows += [["", "c", draw(st.sampled_from(["x", "y", "", "x y"])), "X"] for _ in range(draw(st.integers(0, 3)))]
    made_file = io.StringIO(newline="")
    csv.writer(made_file).writerows(rows)
    return made_file.getvalue().encode()


@settings(max_examples=80, deadline=None)
@given(data=brought())
def test_whatever_is_brought_is_reported_on_and_its_repaired_copy_too(data: bytes) -> None:
    try:
        source = read(data, "form.csv")
    except Problem as problem:
        assert text(made("form.csv", problem.findings))  # noqa: PT017 - either way there is a report
        return
    repaired, done = repair(source, TOLD)
    for one in (source, repaired):
        findings = report(one)
        assert all(finding.code in CODES for finding in findings)
        assert text(made("form.csv", findings, one, done))
    assert from_yaml(to_yaml(repaired)).sheets["survey"]


def test_circles_names_that_lead_nowhere_and_broken_rules_are_a_report() -> None:
    source, _ = repair(
        form(
            "type | name | label | calculation | constraint\n"
            "calculate | a | | ${b} + 1 |\ncalculate | b | | ${a} + 1 |\n"
            "text | c | C | | regex(., '(a+)+$')\ntext | d | D | | ${c} = (\ntext | e | E | | frobnicate(.) = 1"
        ),
        TOLD,
    )
    found = {(one.code, one.row) for one in report(source) if not one.warning}
    assert ("form_circular", 3) in found or ("form_circular", 4) in found
    assert {("form_expression", 6), ("form_expression", 7)} <= found


def test_a_formula_without_a_value_stops_a_form_by_its_cell() -> None:
    source = read(workbook(survey=[["type", "name", "label"], ["text", "a", "=B2"]]), "x.xlsx")
    told = [one for one in report(repair(source, TOLD)[0]) if one.code == "form_formula"]
    assert [(one.warning, one.row, one.column) for one in told] == [(False, 2, "label")]


def test_more_questions_than_a_form_has_are_refused_at_once() -> None:
    rows = [["text", f"q{n}", "Q"] for n in range(MOST_QUESTIONS + 1)]
    source = read(workbook(survey=[["type", "name", "label"], *rows]), "x.xlsx")
    assert [one.code for one in report(source)] == ["form_too_large"]


@pytest.mark.parametrize("column", ["image", "audio", "big-image"])
def test_media_are_kept_by_language(column: str) -> None:
    source = form(f"type | name | label::en | media::{column}::en | media::{column}::kk\nnote | a | A | a.png | ә.png")
    assert source.sheets["survey"][0].text(column) == {"en": "a.png", "kk": "ә.png"}
