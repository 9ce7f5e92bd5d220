"""What is said of a form to its author: by sheet, row and column, what is wrong, what to write, what is offered.

Rules: the same thing in many rows is said once, with its rows. What stops a form comes first: errors, then what is
not supported, then warnings. The desk and the command line show the same report.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any, Final, Literal, TypeAlias

import msgspec

from forms.problems import Finding
from forms.repair import OFFERED, Repair, offered
from forms.source import Source

Kind: TypeAlias = Literal["error", "refused", "warning"]
_TITLES: Final[dict[Kind, str]] = {"error": "Errors", "refused": "Not supported", "warning": "Warnings"}
_SHEETS: Final = ("", "settings", "survey", "choices", "flags")
_LONG: Final = 70
_ROWS: Final = 6
"""So many rows are named; of more, how many."""


class Line(msgspec.Struct, frozen=True):
    """One finding. `written`: the column as its author headed it, with its letter (`F label::English`)."""

    kind: Kind
    code: str
    sheet: str
    rows: list[int]
    column: str
    written: str
    words: str
    repair: str


class Offer(msgspec.Struct, frozen=True):
    code: str
    words: str


class Report(msgspec.Struct, frozen=True):
    """`ok`: nothing stops the form. `counts`: findings by kind. `form`: key, version, questions, languages."""

    file: str
    ok: bool
    counts: dict[Kind, int]
    lines: list[Line]
    offered: list[Offer]
    repaired: list[Repair]
    form: dict[str, Any] | None = None


def made(
    file: str, findings: Iterable[Finding], source: Source | None = None, repaired: Iterable[Repair] = (),
    form: dict[str, Any] | None = None,
) -> Report:  # fmt: skip
    """The report of all that was found."""
    findings = list(findings)
    columns = source.columns if source is not None else {}
    lines = _lines(findings, columns)
    counts: dict[Kind, int] = {kind: sum(len(one.rows) or 1 for one in lines if one.kind == kind) for kind in _TITLES}
    offers = [Offer(code, OFFERED[code]) for code in offered(findings)]
    return Report(file, not counts["error"] + counts["refused"], counts, lines, offers, list(repaired), form)


def _lines(findings: list[Finding], columns: dict[str, dict[str, str]]) -> list[Line]:
    gathered: dict[tuple[str, ...], list[Finding]] = {}
    for one in map(_shortened, findings):
        gathered.setdefault((_kind(one), one.code, one.sheet, one.column, one.words, one.repair), []).append(one)
    lines = [
        Line(
            _kind(same[0]), same[0].code, same[0].sheet, sorted({one.row for one in same if one.row}), same[0].column,
            columns.get(same[0].sheet, {}).get(same[0].column, same[0].column), same[0].words, same[0].repair,
        )
        for same in gathered.values()
    ]  # fmt: skip
    kinds = list(_TITLES)
    return sorted(lines, key=lambda one: (kinds.index(one.kind), _place(one.sheet), one.rows[:1]))


def _shortened(finding: Finding) -> Finding:
    """A long expression by its beginning: the place says where the rest is."""
    whole = finding.values.get("expression", "")
    if len(whole) <= _LONG:
        return finding
    return msgspec.structs.replace(finding, values={**finding.values, "expression": f"{whole[:_LONG]}…"})


def _kind(finding: Finding) -> Kind:
    if finding.warning:
        return "warning"
    return "refused" if finding.code == "form_unsupported" else "error"


def _place(sheet: str) -> int:
    return _SHEETS.index(sheet) if sheet in _SHEETS else len(_SHEETS)


def text(report: Report, width: int = 100) -> str:
    """The report for a terminal of `width` columns."""
    parts = [_head(report)]
    places = {id(line): (line.sheet, _rows(line.rows), line.written) for line in report.lines}
    indents = [max((len(place[n]) for place in places.values()), default=0) for n in range(3)]
    for kind, title in _TITLES.items():
        lines = [line for line in report.lines if line.kind == kind]
        if lines:
            parts.append(f"\n{title}")
            parts += [_line(places[id(line)], line, indents, width) for line in lines]
    if report.offered:
        parts.append("\nOffered repairs (--repair)")
        parts += [_wrapped(one.code, one.words, width) for one in report.offered]
    if report.repaired:
        parts.append("\nRepaired")
        parts += [_wrapped(one.code, str(one), width) for one in report.repaired]
    return "\n".join(parts)


def _head(report: Report) -> str:
    counted = [(report.counts["error"], "error"), (report.counts["refused"], "thing not supported"),
               (report.counts["warning"], "warning")]  # fmt: skip
    said = ", ".join(f"{n:,} {_many(word, n)}" for n, word in counted if n) or "nothing to say against it"
    of = ""
    if report.form is not None:
        questions, languages = int(report.form["questions"]), list(report.form["languages"])
        of = f" {questions:,} {_many('question', questions)}, in {', '.join(languages)}."
    return f"{report.file}: {said}.{of}"


def _many(word: str, n: int) -> str:
    return word if n == 1 else word.replace("thing", "things") if word.startswith("thing") else f"{word}s"


def _line(place: tuple[str, str, str], line: Line, indents: list[int], width: int) -> str:
    before = "  " + "  ".join(cell.ljust(size) for cell, size in zip(place, indents, strict=True) if size)
    words = line.words + (f" [{line.repair}]" if line.repair else "")
    room = width - len(before) - 2
    if room < 40:
        return f"{before.rstrip()}\n{textwrap.fill(words, width, initial_indent='    ', subsequent_indent='    ')}"
    wrapped = textwrap.wrap(words, room) or [""]
    return "\n".join([f"{before}  {wrapped[0]}", *(" " * (len(before) + 2) + one for one in wrapped[1:])])


def _wrapped(code: str, words: str, width: int) -> str:
    return textwrap.fill(words, width, initial_indent=f"  {code:12}", subsequent_indent=" " * 14)


def _rows(rows: list[int]) -> str:
    """`row 4`, `rows 4–9, 12`."""
    if not rows:
        return ""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    named = [f"{run[0]}" if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs[:_ROWS]]
    more = sum(map(len, runs[_ROWS:]))
    return f"row{'s' if len(rows) > 1 else ''} {', '.join(named)}{f' and {more} more' if more else ''}"
