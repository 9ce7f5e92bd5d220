"""A misspelt column hides every choice: it is told when the form is checked."""

import pytest

from forms.compile import report
from forms.problems import Finding
from forms.source import from_yaml
from tests.forms.samples import FILES, VECTORS

SOURCE = (VECTORS / "reckoning.yaml").read_text(encoding="utf-8")


def told(source: str) -> list[Finding]:
    found = report(from_yaml(source, "reckoning.yaml"), files=FILES)
    return [finding for finding in found if "column" in finding.values.get("what", "")]


def test_a_form_whose_columns_are_all_there_is_told_nothing() -> None:
    assert told(SOURCE) == []


@pytest.mark.parametrize(
    ("right", "wrong", "column", "what"),
    [
        ("region = ${region} and small", "regoin = ${region} and small", "choice_filter", "the column regoin in towns"),
        ("[name = ${town}]/label", "[nmae = ${town}]/label", "calculation", "the column nmae in towns"),
        ("[region = ${region}]/tents", "[region = ${region}]/tnets", "calculation", "the column tnets in camps"),
        ("'water', 'name'", "'watre', 'name'", "calculation", "the column watre in camps"),
    ],
)
def test_a_column_that_is_not_there_is_told(right: str, wrong: str, column: str, what: str) -> None:
    assert right in SOURCE
    (finding,) = told(SOURCE.replace(right, wrong))
    assert (finding.column, finding.values["what"], finding.warning) == (column, what, True)
    assert finding.row > 1


def test_a_list_is_read_row_by_row_or_not_at_all() -> None:
    found = report(
        from_yaml(SOURCE.replace("instance('towns')/root/item", "instance('towns')/item"), "x.yaml"), files=FILES
    )
    assert any("instance('x')/root/item" in finding.values.get("detail", "") for finding in found)
