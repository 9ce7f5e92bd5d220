"""Expressions as authors write them, by chance: what a form in making may say of what was asked before.

Rules: every expression is XLSForm text with `${name}`; `truth`, `number` and `words` say what comes out. Whatever is
asked inside a repeat is read from outside by a function over all its answers.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec
from hypothesis import strategies as st

NUMBERS: Final = ("integer", "decimal", "range")
SELECTS: Final = ("select_one", "select_multiple", "rank")

TRUTHS: Final = (
    "<number> = <number>", "<number> != <number>", "<number> < <number>", "<number> >= <number>", "<any> != ''",
    "<any> = <literal>", "selected(<select>, 'a')", "selected(<select>, <words>)", "not(<truth>)",
    "(<truth> and <truth>)", "(<truth> or <truth>)", "contains(<words>, 'a')", "starts-with(<words>, <literal>)",
    "<words> = <words>", "<date> < <date>", "regex(<words>, '^[a-z]+$')", "boolean(<number>)",
)  # fmt: skip
WHOLE: Final = (
    "string-length(<words>)", "count-selected(<select>)", "number(<words>)", "(today() - <date>)",
    "(<number> + <number>)", "(<number> - <number>)", "(<number> * <number>)", "(<number> div <number>)",
    "(<number> mod <number>)", "int(<number>)", "round(<number>, 1)", "floor(<number>)", "abs(<number>)",
    "min(<number>, 4)", "max(2, <number>)", "if(<truth>, <number>, <number>)", "decimal-date-time(<date>)", "<over>",
    "<over>",
)  # fmt: skip
TEXTS: Final = (
    "concat(<words>, '-', <any>)", "concat(<any>, <number>)", "substr(<words>, 0, 2)", "substr(<words>, -2)",
    "substring-before(<words>, ' ')", "normalize-space(<words>)", "translate(<words>, 'ab', 'BA')",
    "selected-at(<select>, 1)", "if(<truth>, <words>, <words>)", "coalesce(<any>, <words>)",
    "format-date(<date>, '%e/%n/%y')", "format-date(<date>, '%d %b %Y')", "date(<date>)", "string(<number>)",
    "<label>", "<list>",
)  # fmt: skip
LITERALS: Final = ("''", "'a'", "'b'", "'12'", "'Almaty'", "'a b'", "'2024-02-29'")
_HOLE: Final = re.compile(r"<([a-z]+)>")


class Known(msgspec.Struct, frozen=True):
    """What was asked before: its name, kind, and the repeats around it."""

    name: str
    kind: str
    around: tuple[str, ...]

    @property
    def path(self) -> str:
        return f"${{{self.name}}}"


class Saying:
    """Where an expression stands: `around` are the repeats around it, outermost first."""

    def __init__(self, draw: st.DrawFn, known: list[Known], around: tuple[str, ...]) -> None:
        self.draw = draw
        self.around = around
        inside = [around[:length] for length in range(len(around) + 1)]
        near = [one for one in known if one.around in inside]
        self.near = [one for one in near if one.kind != "repeat"]
        self.repeats = [one for one in near if one.kind == "repeat" and one.name not in around]
        self.far = [one for one in known if one.kind != "repeat" and one.around not in inside]

    def one(self, of: tuple[str, ...] | list[str]) -> str:
        return self.draw(st.sampled_from(of))

    def scalar(self) -> str:
        """`${name}` of something near; a dash where nothing is."""
        return self.one([one.path for one in self.near]) if self.near else "—"

    def truth(self, depth: int) -> str:
        return self._filled(self.one(TRUTHS), depth)

    def number(self, depth: int) -> str:
        if depth == 0:
            return self.one(["0", "1", "2.5", "-3", *self._of(NUMBERS), *(["position(..)"] if self.around else [])])
        return self._filled(self.one(WHOLE), depth)

    def words(self, depth: int) -> str:
        return self._filled(self.one(TEXTS), depth) if depth else self._filled(self.one(("<any>", "<literal>")), 0)

    def limit(self, kind: str) -> str:
        """A constraint."""
        if kind in NUMBERS:
            return self._filled(self.one((". < <number>", ". <= <number>", ". > <number>", ". != <number>")), 1)
        if kind.startswith(("select_", "rank")):
            return self.one(("not(selected(., 'a'))", "count-selected(.) < 3", "selected-at(., 0) != 'b'"))
        if kind in ("date", "dateTime"):
            return self._filled(self.one((". <= today()", ". > <date>")), 1)
        return self._filled(self.one(("string-length(.) < <number>", "regex(., '^[a-z]+$')")), 1)

    def _filled(self, template: str, depth: int) -> str:
        return _HOLE.sub(lambda hole: self._fill(hole[1], max(0, depth - 1)), template)

    def _fill(self, hole: str, depth: int) -> str:
        if hole == "truth":
            return self.truth(depth) if depth else self._filled(self.one(("true()", "<any> = <literal>")), 0)
        if hole == "number":
            return self.number(depth)
        if hole == "words":
            return self.words(depth)
        if hole == "literal":
            return self.one(LITERALS)
        if hole == "any":
            return self.scalar() if self.near else self.one(LITERALS)
        if hole == "select":
            return self.one(self._of(SELECTS) or ["'a b'"])
        if hole == "date":
            return self.one([*self._of(("date",)), "today()", "'2024-02-29'"])
        if hole == "over":
            return self._over()
        if hole == "list":
            return self.one([f"join(' ', {one.path})" for one in self.far] or ["'none'"])
        return self.one([f"jr:choice-name({path}, '{path}')" for path in self._of(("select_one",))] or ["'none'"])

    def _of(self, kinds: tuple[str, ...]) -> list[str]:
        return [one.path for one in self.near if one.kind in kinds]

    def _over(self) -> str:
        """A number from all instances of a repeat."""
        found = [f"count({one.path})" for one in self.repeats]
        for one in self.far:
            found.append(f"count-non-empty({one.path})")
            if one.kind in NUMBERS:
                found += [f"if(count({one.path}) > 0, sum({one.path}), 0)", f"max({one.path})", f"min({one.path})"]
        return self.one(found) if found else "1"
