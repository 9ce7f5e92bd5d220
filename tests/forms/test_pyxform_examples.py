"""pyxform's own examples, in every kind of file: each compiles, or says exactly why it does not."""

from pathlib import Path

import pytest

from tests.forms.corpus import fate

FOLDER = Path(__file__).parent / "pyxform"
FILES = sorted(
    path.name for path in FOLDER.iterdir() if path.suffix in (".xls", ".xlsx", ".csv") and path.name != "fruits.csv"
)
REPAIRED = {
    "choice_name_as_type.xls": ["duplicates"],
    "gps.csv": ["labels"],
    "group_name_test.xls": ["names"],
    "select_one_external.xlsx": ["duplicates"],
    "text_and_integer_xlsx.xlsx": ["labels"],
}
LOOP = "the type 'begin loop over "
REFUSED = {
    "another_loop.xls": LOOP,
    "attribute_columns_test.xlsx": "the type 'video'",
    "bad_calc.xlsx": "cannot be read",
    "calculate_without_calculation.xls": "the type 'video'",
    "duplicate_columns.xlsx": "label (column D) stands twice",
    "flat_xlsform_test.xlsx": "the setting flat",
    "include.csv": "the type 'include'",
    "include.xls": "the type 'include'",
    "include_json.csv": "the type 'include'",
    "include_json.xls": "the type 'include'",
    "loop.csv": LOOP,
    "loop.xls": LOOP,
    "not_closed_group_test.xls": "the end of the group open_group_1 is missing",
    "search_and_select.xlsx": "search(), a list beside the form,",
    "simple_loop.csv": LOOP,
    "simple_loop.xls": LOOP,
    "unknown_question_type.xls": "the type 'unknown'",
    "widgets.csv": "the appearance maps",
    "widgets.xls": "the appearance maps",
    "xl_date_ambiguous.xlsx": "${…} in this column",
    "xl_date_ambiguous_v1.xlsx": "${…} in this column",
    "xlsform_spec_test.xlsx": "the type 'video'",
}


@pytest.mark.parametrize("file", FILES)
def test_an_example_compiles_or_says_why_not(file: str) -> None:
    found = fate(file, False, FOLDER)
    if file in REFUSED:
        assert found.verdict == "refused"
        assert any(REFUSED[file] in why for why in found.why)
    else:
        made = [why for why in found.why if not why.startswith("with ")]
        assert (found.verdict != "refused", made) == (True, REPAIRED.get(file, []))
