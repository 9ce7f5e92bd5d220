"""A workbook is read as its author sees it, and a workbook that was made to harm is put down at the door."""

import datetime
import io
import zipfile

import pytest

from forms.problems import Problem
from forms.sources import grid, read, xlsx
from forms.sources.grid import BLANK_RUN, MOST_BYTES
from forms.sources.xlsx import MOST_UNPACKED, MOST_WRITTEN
from tests.forms.sources import SURVEY, workbook


def refused(data: bytes, name: str = "form.xlsx") -> str:
    with pytest.raises(Problem) as problem:
        read(data, name)
    assert str(problem.value)
    return problem.value.code


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The archive with some bytes of a part exchanged."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        kept = archive.read(part)
    assert old in kept
    return replaced(data, part, kept.replace(old, new))


def replaced(data: bytes, part: str, whole: bytes) -> bytes:
    """The archive with a part exchanged."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        assert part in before.namelist()
        for one in before.namelist():
            after.writestr(one, whole if one == part else before.read(one))
    return made.getvalue()


def test_cells_are_the_text_that_their_author_sees_and_know_their_row() -> None:
    rows = [
        ["type", "name", "label", "default", "required", "hint"],
        ["decimal", "a", "A", 1.0, True, 2.5],
        [],
        ["date", "b", "B\u00a0b", datetime.date(2026, 3, 1), "yes", datetime.time(7, 30)],
    ]
    found = read(workbook(survey=rows), "x.xlsx").sheets["survey"]
    assert [row.line for row in found] == [2, 4]
    assert found[0].cells == {
        "type": "decimal", "name": "a", "label": "A", "default": "1", "required": "TRUE", "hint": "2.5",
    }  # fmt: skip
    assert found[1].cells["default"] == "2026-03-01"
    assert found[1].cells["label"] == "B b"


def test_a_formula_that_was_never_worked_out_is_told_by_its_cell() -> None:
    rows = [*SURVEY, ["text", "b", '="Wh"&"o"']]
    found = [one for one in read(workbook(survey=rows), "x.xlsx").findings if one.code == "form_formula"]
    assert [(one.values, one.sheet, one.row, one.column, one.warning) for one in found] == [
        ({"cell": "C3"}, "survey", 3, "label", False)
    ]


def test_a_formula_that_a_program_worked_out_is_its_value() -> None:
    data = workbook(survey=[*SURVEY, ["text", "b", '="Wh"&"o"']])
    part = "xl/worksheets/sheet1.xml"
    for old in (b"<v></v>", b"<v />", b"<v/>"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if old in archive.read(part):
                data = changed(data, part, old, b"<v>Who</v>")
    read_again = read(changed(data, part, b'<c r="C3"', b'<c r="C3" t="str"'), "x.xlsx")
    assert read_again.sheets["survey"][1].cells["label"] == "Who"
    assert not [one for one in read_again.findings if one.code == "form_formula"]


def test_a_remark_that_looks_like_many_cells_costs_nothing() -> None:
    """A search that began anew at each of them would take hours."""
    remark = b"<!-- " + b"".join(b'<c r="A%d" x="' % n for n in range(1, 100_000)) + b" -->"
    data = changed(workbook(), "xl/worksheets/sheet1.xml", b"</worksheet>", b"</worksheet>" + remark)
    assert read(data, "x.xlsx").sheets["survey"][0].cells["label"] == "Who?"


def test_a_small_file_that_unpacks_into_gigabytes_is_never_unpacked() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sheet.xml", "w") as part:
        for _ in range(MOST_UNPACKED // (1 << 20) + 1):
            part.write(b"\0" * (1 << 20))
    assert len(made.getvalue()) < 1 << 20
    assert refused(made.getvalue()) == "form_too_large"


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (b"<sst>" + b" " * (MOST_UNPACKED + 1) + b"</sst>", "form_too_large"),
        (b'<!DOCTYPE sst [<!ENTITY a "aa">]><sst/>', "form_unreadable"),
        (b"<c/>" * (MOST_WRITTEN + 1), "form_too_large"),
    ],
)
def test_a_part_by_another_name_is_weighed_too(part: bytes, code: str) -> None:
    """A workbook says itself which part holds its cells and its texts: neither need be called .xml."""
    made = io.BytesIO(workbook())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/texts.dat", part)
    assert refused(made.getvalue()) == code


def test_a_table_whose_first_word_begins_as_an_archive_does_is_a_table() -> None:
    found = read(b"PK,type,name,label\n,text,who,Who?\n", "survey.csv")
    assert [row.cells["name"] for row in found.sheets["survey"]] == ["who"]


def test_a_part_that_is_packed_far_too_tightly_is_never_unpacked() -> None:
    data = changed(workbook(), "xl/styles.xml", b"</styleSheet>", b" " * (8 << 20) + b"</styleSheet>")
    assert refused(data) == "form_too_large"


@pytest.mark.parametrize(
    ("part", "bomb"),
    [
        ("xl/worksheets/sheet1.xml", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'),
        ("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        ("xl/_rels/workbook.xml.rels", '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">'),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_grow_or_read_files_are_refused_before_they_are_read(part: str, bomb: str, encoding: str) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        whole = bomb + archive.read(part).decode()
    assert refused(replaced(workbook(), part, whole.encode(encoding))) == "form_unreadable"


def test_what_a_sheet_says_of_its_own_size_is_not_believed() -> None:
    data = workbook()
    for lie in (b'ref="A1:A1"', b'ref="A1:XFD1048576"'):
        lying = changed(data, "xl/worksheets/sheet1.xml", b'ref="A1:C2"', lie)
        assert read(lying, "x.xlsx").sheets["survey"][0].cells["label"] == "Who?"


def test_a_row_far_below_a_million_blank_ones_is_not_waited_for_and_told() -> None:
    data = changed(workbook(), "xl/worksheets/sheet1.xml", b"</sheetData>", b'<row r="1048576"/></sheetData>')
    found = read(data, "x.xlsx")
    assert [one.code for one in found.findings if one.row > BLANK_RUN] == ["form_ignored"]
    assert len(found.sheets["survey"]) == 1


def test_more_rows_than_a_form_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_ROWS", 40)
    rows = [["list_name", "name"], *[["a", n] for n in range(41)]]
    assert refused(workbook(choices=rows)) == "form_too_large"


def test_more_cells_than_a_form_has_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_CELLS", 40)
    assert refused(workbook(choices=[["list_name", "name"], *[["a", n] for n in range(41)]])) == "form_too_large"
    monkeypatch.setattr(xlsx, "MOST_WRITTEN", 5)
    assert refused(workbook()) == "form_too_large"


def test_a_file_of_more_than_ten_megabytes_is_not_opened() -> None:
    assert refused(b"PK" + b"\0" * MOST_BYTES) == "form_too_large"


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_that_was_cut_off_is_damaged_and_nothing_else(keep: float) -> None:
    data = workbook()
    assert refused(data[: int(len(data) * keep)]) == "form_unreadable"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"])
@pytest.mark.parametrize("wrong", [b"", b"<a>", b"\xff\xfe\x00", b"<worksheet/>"])
def test_a_part_that_is_something_else_is_damaged_and_nothing_else(part: str, wrong: bytes) -> None:
    assert refused(replaced(workbook(), part, wrong)) in ("form_unreadable", "form_missing")


def test_macros_lie_in_the_file_and_stay_there() -> None:
    data = workbook()
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    assert read(made.getvalue(), "form.xlsm").sheets["survey"][0].cells["name"] == "who"


def test_what_is_only_called_a_workbook_is_none() -> None:
    assert refused(b"type,name\ntext,a\n") == "form_unreadable"
    assert refused(b"", "form.txt") == "form_unreadable"
