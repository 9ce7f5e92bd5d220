"""CSV and Markdown, of every separator and encoding that people save by accident."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.problems import Problem
from forms.sources import read

ONE = "survey\n,type,name,label\n,text,a,Қалай?\n,note,b,Жақсы\n"
TABLE = """
# a remark
| survey | | |
|        | type | name | label |
| ------ | ---- | ---- | ----- |
|        | select_one yn | a | One \\| two |
| choices |
|         | list_name | name | label |
|         | yn        | y    | Yes   |
"""


def code(data: bytes, name: str) -> tuple[str, int]:
    with pytest.raises(Problem) as problem:
        read(data, name)
    return problem.value.code, problem.value.findings[0].row


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_sheet_is_read_as_spreadsheet_programs_save_it(encoding: str, separator: str) -> None:
    found = read(ONE.replace(",", separator).encode(encoding), "form.csv")
    assert [(row.line, row.cells["label"]) for row in found.sheets["survey"]] == [(3, "Қалай?"), (4, "Жақсы")]


def test_letters_that_would_come_out_wrong_are_refused_by_line() -> None:
    assert code(ONE.encode("cp1251", "replace"), "form.csv") == ("form_encoding", 3)
    assert code("survey:\n- {type: text, label: Как}\n".encode("cp1251"), "form.yaml")[0] == "form_encoding"


def test_a_text_over_several_lines_keeps_the_row_that_it_began_on() -> None:
    found = read(b'survey\n,type,name,label\n,note,a,"one\ntwo"\n,note,b,B\n', "form.csv")
    assert [(row.line, row.cells["label"]) for row in found.sheets["survey"]] == [(3, "one\ntwo"), (5, "B")]


def test_a_quote_that_is_never_closed_is_told_by_line() -> None:
    assert code(b'survey\n,type,name\n,text,"a\n', "form.csv") == ("form_unreadable", 3)


def test_a_file_a_sheet_is_one_form(tmp_path: Path) -> None:
    (tmp_path / "survey.csv").write_text("type,name,label\nselect_one yn,a,A\n")
    (tmp_path / "choices.csv").write_text("list_name,name,label\nyn,y,Yes\n")
    for place in (tmp_path, tmp_path / "survey.csv"):
        found = read(place)
        assert [len(found.sheets[sheet]) for sheet in ("survey", "choices")] == [1, 1]


def test_tables_of_markdown_are_sheets() -> None:
    found = read(TABLE.encode(), "form.md")
    assert found.sheets["survey"][0].line == 6
    assert found.sheets["survey"][0].cells == {"type": "select_one yn", "name": "a", "label": "One | two"}
    assert found.sheets["choices"][0].cells["name"] == "y"


@pytest.mark.parametrize("name", ["form.csv", "form.md"])
def test_what_holds_no_sheet_is_refused(name: str) -> None:
    for data in (b"", b"\n\n", b"hello", b",,,\n", b"| |\n", b"| | a |\n", b"\xff\xfe\x00"):
        assert code(data, name)[0] in ("form_unreadable", "form_missing", "form_encoding")


@given(text=st.text() | st.text(alphabet=',;"|\n survey#\\typenam'), name=st.sampled_from(["a.csv", "a.md", "a.yaml"]))
def test_whatever_stands_in_a_text_it_is_read_or_refused(text: str, name: str) -> None:
    with suppress(Problem):
        assert read(text.encode("utf-8", "surrogatepass"), name).sheets["survey"]
