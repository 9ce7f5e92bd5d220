"""Names that lead nowhere are told with the one that was probably meant, all at once, each where it stands."""

import pytest

from forms.compile import report
from forms.problems import Finding
from forms.references import nearest
from tests.forms.sources.test_normal import form


def stops(survey: str, choices: str = "") -> list[Finding]:
    return [
        one
        for one in report(
            form(survey, choices, "form_id | number | subject | audience | title\nf | 1 | person | medical | F")
        )
        if not one.warning
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("last_dose_date", "Did you mean ${date_last_dose}, row 9?"),
        ("date_last_dos", "Did you mean ${date_last_dose}, row 9?"),
        ("Weight", "Did you mean ${weight}, row 4?"),
        ("something", ""),
    ],
)
def test_a_name_that_is_spelled_or_composed_alike_is_proposed(name: str, said: str) -> None:
    assert nearest(name, {"date_last_dose": 9, "weight": 4}) == said


def test_all_that_leads_nowhere_is_told_at_once() -> None:
    found = stops(
        "type | name | label | relevant\ninteger | weight | W |\ntext | a | A ${wieght} | ${nobody} = 1\n"
        "select_one yesno | b | B |\nselect_multiple yes_no | c | C | ${last-saved#c} = 'y'",
        "list_name | name | label\nyes_no | y | Yes\nyes_no | maybe yes | M\nyes_no | | N\n| z | Z",
    )
    assert [(one.code, one.sheet, one.row, one.column) for one in found] == [
        ("form_unknown_name", "survey", 4, "label"), ("form_unknown_name", "survey", 4, "relevant"),
        ("form_unsupported", "survey", 6, "relevant"), ("form_unsupported", "choices", 10, "name"),
        ("form_missing", "choices", 11, "name"), ("form_missing", "survey", 5, "type"),
    ]  # fmt: skip
    assert found[0].instead == "Did you mean ${weight}, row 3?"
    assert found[-1].words == "the list yesno is missing. Did you mean yes_no?"


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ("begin group | g | G\ntext | a | A", 3),
        ("text | a | A\nend group | |", 4),
        ("begin group | g | G\ntext | a | A\nend repeat | |", 5),
        ("begin repeat | r | R\nbegin group | g | G\nend repeat | |\nend group | |", 5),
    ],
)
def test_what_is_not_closed_or_not_opened_is_told_where_it_stands(rows: str, row: int) -> None:
    found = stops("type | name | label\n" + rows)
    assert [(one.code, one.row, one.column) for one in found] == [("form_missing", row, "type")]
