"""Reading what an author wrote in YAML: as it stands, or a problem with its line."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.problems import Problem
from forms.source import from_yaml


def test_scalars_stay_the_text_that_was_written() -> None:
    read = from_yaml("survey:\n  - {type: text, name: no, required: yes, default: 007, hint: ~}\n")
    assert read.sheets["survey"][0].cells == {"type": "text", "name": "no", "required": "yes", "default": "007"}
    assert read.sheets["survey"][0].line == 2


def test_languages_and_lists_become_columns_and_words() -> None:
    read = from_yaml("survey:\n  - {label: {en: A, kk: Ә}, ways: [unknown, declined]}\n")
    assert read.sheets["survey"][0].cells == {"label::en": "A", "label::kk": "Ә", "ways": "unknown declined"}
    assert read.sheets["survey"][0].text("label") == {"en": "A", "kk": "Ә"}


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("survey: [", "form_unreadable", 1),
        ("survey:\n  - {type: text, type: note}\n", "form_unreadable", 2),
        ("survey: text", "form_unreadable", 1),
        ("survey:\n  - text\n", "form_unreadable", 2),
        ("survey:\n  - {label: {en: {en: A}}}\n", "form_unreadable", 2),
        ("", "form_unreadable", 0),
        ("settings: {form_id: a}\n", "form_missing", 0),
        ("entities: []\nsurvey: []\n", "form_unsupported", 1),
        ("survey:\n  - &a {type: text}\n  - *a\n", "form_unsupported", 2),
        ("survey: []\n" + "#" * (1 << 20), "form_unreadable", 0),
        ("[" * 3000, "form_unreadable", 0),
    ],
)
def test_what_is_not_a_form_is_refused_with_its_line(text: str, code: str, row: int) -> None:
    with pytest.raises(Problem) as problem:
        from_yaml(text)
    assert (problem.value.code, problem.value.findings[0].row) == (code, row)


@given(text=st.text() | st.text(alphabet="-:[]{}&*!|>'\"\n ab"))
def test_whatever_stands_in_the_file_is_read_or_refused(text: str) -> None:
    with suppress(Problem):
        assert "survey" in from_yaml(text).sheets
