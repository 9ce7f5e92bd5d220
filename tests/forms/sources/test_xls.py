"""Old workbooks are read too; those with a password or of broken records are one problem, and nothing is printed."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.problems import Problem
from forms.sources import read
from forms.sources.xls import MAGIC

EXAMPLES = Path(__file__).parent.parent / "pyxform"


def refused(data: bytes) -> str:
    with pytest.raises(Problem) as problem:
        read(data, "form.xls")
    return problem.value.code


@pytest.mark.parametrize("name", ["group", "loop", "specify_other", "text_and_integer", "yes_or_no_question"])
def test_the_same_form_reads_the_same_from_either_kind_of_file(name: str) -> None:
    old, new = (read(EXAMPLES / f"{name}{ending}") for ending in (".xls", ".csv"))
    for sheet in ("survey", "choices"):
        one, other = ([row.cells for row in form.sheets.get(sheet, [])] for form in (old, new))
        assert one == other


def test_a_workbook_with_a_password_says_so() -> None:
    assert refused(MAGIC + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")) == "form_protected"


def test_a_workbook_that_was_cut_off_is_damaged(capfd: pytest.CaptureFixture[str]) -> None:
    data = (EXAMPLES / "group.xls").read_bytes()
    for keep in (600, 1500, 4000):
        assert refused(data[:keep]) == "form_unreadable"
    assert capfd.readouterr().out == ""


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 20_000), change=st.binary(min_size=1, max_size=40))
def test_whatever_is_changed_in_a_workbook_it_is_read_or_refused(at: int, change: bytes) -> None:
    data = bytearray((EXAMPLES / "group.xls").read_bytes())
    place = at % len(data)
    data[place : place + len(change)] = change
    with suppress(Problem):
        assert read(bytes(data), "group.xls").sheets["survey"]
