"""The report that an author reads: what stops the form first, the same thing once, each with its place."""

from msgspec.structs import replace

from forms.problems import Finding
from forms.repair import Repair
from forms.report import made, text
from forms.source import Row, Source

UNSAID = Finding("form_missing", {"what": "a label or a hint"}, "survey", 9, "label", repair="labels")
FINDINGS = [
    Finding("form_ignored", {"what": "the column chapter"}, "survey", 2, "chapter", warning=True),
    *[replace(UNSAID, row=row) for row in (9, 4, 5)],
    Finding("form_unsupported", {"construct": "the type 'video'", "instead": "Use image."}, "survey", 7, "type"),
    Finding("form_expression", {"expression": "x" * 500, "detail": "too long"}, "survey", 3, "relevant"),
    Finding("form_missing", {"what": "subject"}, "settings", 0, "subject", repair="subject"),
]  # fmt: skip
SOURCE = Source("x.xlsx", {"survey": [Row(2, {})]}, columns={"survey": {"label": "C Caption", "type": "A type"}})


def test_what_stops_a_form_comes_first_and_each_thing_once() -> None:
    report = made("x.xlsx", FINDINGS, SOURCE)
    assert [(one.kind, one.sheet, one.rows, one.written) for one in report.lines] == [
        ("error", "settings", [], "subject"), ("error", "survey", [3], "relevant"),
        ("error", "survey", [4, 5, 9], "C Caption"), ("refused", "survey", [7], "A type"),
        ("warning", "survey", [2], "chapter"),
    ]  # fmt: skip
    assert report.counts == {"error": 5, "refused": 1, "warning": 1}
    assert not report.ok
    assert [one.code for one in report.offered] == ["subject", "labels"]


def test_warnings_alone_stop_nothing() -> None:
    assert made("x.xlsx", FINDINGS[:1]).ok
    assert made("x.xlsx", []).ok


def test_the_report_stands_in_columns_and_within_the_terminal() -> None:
    repaired = [Repair("names", "survey", 12, "name", "meta", "meta_1")]
    form = {"questions": 1200, "languages": ["en", "kk"]}
    for width in (60, 100, 140):
        said = text(made("x.xlsx", FINDINGS, SOURCE, repaired, form), width)
        assert max(map(len, said.splitlines()[1:])) <= width
        words = " ".join(said.split())
        assert "x.xlsx: 5 errors, 1 thing not supported, 1 warning. 1,200 questions, in en, kk." in words
        assert "rows 4–5, 9 C Caption a label or a hint is missing [labels]" in words
        assert "survey, row 12, name: meta → meta_1" in words
        assert "x" * 71 not in words


def test_many_rows_are_counted_and_not_listed() -> None:
    findings = [Finding("form_malformed", {}, "survey", row, "label") for row in range(2, 60, 2)]
    assert "rows 2, 4, 6, 8, 10, 12 and 23 more" in text(made("x", findings), 140)
