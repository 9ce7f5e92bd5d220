"""The sheet `flags`: what must be acted on, how urgently, and what to do.

Rules: a flag reads only answers of its own audience and the facts that every part carries, so that whoever opens that
part can recompute it and nothing seeps to another. It stands under one question, of which `.` in its condition
means the answer; in a repeat it is asked of every instance. P1 to P3 say within how many hours; P4 waits for the next
visit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, cast

from forms.model import AUDIENCES, FACTS, IDENTIFYING, LEVELS, Flag, Level, Question, Text, seen
from forms.problems import Finding
from forms.sheets import is_name
from forms.source import Row

COLUMNS: Final = ("name", "condition", "level", "hours", "audience", "at", "action", "why")
TRANSLATED: Final = ("action", "why")
READERS: Final = tuple(audience for audience in AUDIENCES if audience not in IDENTIFYING)
PLACE: Final = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
MOST_HOURS: Final = 24 * 366


class FlagReader:
    """`findings` grows. `questions`: all of the form by ref; a bare name that stands once names its question too."""

    def __init__(self, questions: list[Question], findings: list[Finding]) -> None:
        self.questions = {question.ref: question for question in questions}
        self.names: dict[str, list[str]] = {}
        for question in questions:
            self.names.setdefault(question.name, []).append(question.ref)
        self.findings = findings
        self.taken: set[str] = set()

    def report(self, row: Row, column: str, code: str, **values: str) -> None:
        self.findings.append(Finding(code, values, "flags", row.line, column))

    def read(self, row: Row) -> tuple[str, str] | None:
        """(name, ref of `at`) of a row whose name and place can be used; everything else wrong with it is told too."""
        for column in row.cells:
            base, _, language = column.partition("::")
            if base not in COLUMNS or (language and base not in TRANSLATED):
                self.report(row, column, "form_unsupported", construct=f"the column {column}", instead="Leave it out.")
        for column in ("name", "condition", "level", "audience", "at"):
            if column not in row.cells:
                self.report(row, column, "form_missing", what=column)
        if not row.text("action"):
            self.report(row, "action", "form_missing", what="what is to be done (action)")
        self._one_of(row, "level", LEVELS)
        self._one_of(row, "audience", READERS)
        self._hours(row)
        name, at = self._name(row), self._at(row)
        return (name, at) if name and at else None

    def flag(self, row: Row, name: str, at: str, condition: object, texts: Mapping[str, Text | None]) -> Flag:
        cells = row.cells
        return Flag(
            name=name, condition=condition, level=cast("Level", cells.get("level", "P4")), hours=self._hours(row),
            audience=cells.get("audience", ""), at=at, action=texts["action"] or {}, why=texts["why"],
        )  # fmt: skip

    def condition(self, row: Row, root: str) -> str:
        """`${name}` as an absolute path, as pyxform writes it in the survey; "" when a name leads nowhere."""
        wrong: list[str] = []

        def path(found: re.Match[str]) -> str:
            refs = self.names.get(found.group(1), [])
            wrong.extend([] if len(refs) == 1 else [found.group(1)])
            return f" /{root}/{refs[0].replace('.', '/')} " if refs else ""

        written = PLACE.sub(path, row.cells.get("condition", ""))
        for name in wrong:
            self.report(row, "condition", "form_unknown_name", name=name)
        return "" if wrong else written

    def check_reads(self, row: Row, name: str, reads: frozenset[str]) -> None:
        audience = row.cells.get("audience", "")
        for ref in sorted(reads):
            other = self.questions[ref]
            if other.kind == "repeat" or other.role in FACTS or audience not in READERS or other.audience == audience:
                continue
            values = {"name": name, "audience": audience, "read": other.name, "other": other.audience}
            self.report(row, "condition", "form_flag_audience", **values)

    def _one_of(self, row: Row, column: str, allowed: tuple[str, ...]) -> None:
        if row.cells.get(column, allowed[0]) not in allowed:
            self.report(row, column, "form_value", value=row.cells[column], allowed=", ".join(allowed))

    def _hours(self, row: Row) -> int | None:
        """None for P4. What is wrong is told once, when the row is read."""
        level, hours = row.cells.get("level", ""), row.cells.get("hours")
        if level == "P4":
            fits, allowed = hours is None, "blank for P4"
        else:
            fits = hours is not None and hours.isascii() and hours.isdigit() and int(hours[:9]) <= MOST_HOURS
            allowed = f"a whole number of hours up to {MOST_HOURS}"
        if not fits:
            told = Finding("form_value", {"value": hours or "", "allowed": allowed}, "flags", row.line, "hours")
            self.findings.extend([] if told in self.findings else [told])
        return int(hours) if fits and hours is not None else None

    def _name(self, row: Row) -> str:
        name = row.cells.get("name", "")
        if not name:
            return ""
        if not is_name(name):
            instead = "Use letters of the English alphabet, digits, _ and -."
            self.report(row, "name", "form_unsupported", construct=f"the name {name!r}", instead=instead)
            return ""
        if name in self.taken:
            self.report(row, "name", "form_unsupported", construct=f"{name} a second time", instead="Give it its own.")
            return ""
        self.taken.add(name)
        return name

    def _at(self, row: Row) -> str:
        """The ref of the question that a flag stands under; a page must show it."""
        at = row.cells.get("at", "")
        if not at:
            return ""
        named = self.names.get(at, [])
        ref = at if at in self.questions else named[0] if len(named) == 1 else ""
        if not ref:
            self.report(row, "at", "form_unknown_name", name=at)
            return ""
        if not seen(self.questions[ref]):
            instead = "Put it under a question that is shown."
            self.report(row, "at", "form_unsupported", construct=f"a flag under {at}", instead=instead)
            return ""
        return ref
