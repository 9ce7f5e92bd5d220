"""Columns of lists and data files that expressions name: a column that is not there reads blank, and is told.

Rules: a misspelt column hides every choice, silently, on every tablet; so each is looked for when a form is compiled.
It is a warning for a brought form, because ODK says nothing, and an error for the library.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from forms.expressions import Tree, parts
from forms.model import EXPRESSIONS, Choice, Flag, Question, Table
from forms.problems import Finding


def check_columns(
    questions: list[Question],
    flags: list[Flag],
    lists: Mapping[str, list[Choice]],
    tables: Mapping[str, Table],
    rows: Mapping[str, int],
    findings: list[Finding],
) -> None:
    """`rows`: ref → row in the sheet."""
    known = {name: {"name", "label"} | {c for one in listed for c in one.columns} for name, listed in lists.items()}
    known |= {name: known.get(name, set()) | set(table.columns) for name, table in tables.items()}
    told: set[tuple[str, str, str]] = set()
    for sheet, row, column, tree, listed in _trees(questions, flags, rows):
        for name, wanted in [*_read(tree), *((listed, one) for one in _here(tree) if listed)]:
            if name in known and wanted not in known[name] and (column, name, wanted) not in told:
                told.add((column, name, wanted))
                what = f"the column {wanted} in {name}"
                findings.append(Finding("form_missing", {"what": what}, sheet, row, column, warning=True))


def _trees(
    questions: list[Question], flags: list[Flag], rows: Mapping[str, int]
) -> Iterator[tuple[str, int, str, Any, str]]:
    """(sheet, row, column, tree, list whose rows `.` is)"""
    for question in questions:
        for aspect in EXPRESSIONS:
            tree = getattr(question, aspect)
            if tree is not None:
                listed = question.list or "" if aspect == "filter" else ""
                column = "choice_filter" if aspect == "filter" else aspect
                yield "survey", rows.get(question.ref, 0), column, tree, listed
    for flag in flags:
        yield "flags", 0, "condition", flag.condition, ""


def _read(tree: Tree) -> Iterator[tuple[str, str]]:
    """(list or file, column) of every instance('x')/… and pulldata()."""
    items = parts(tree)
    if items[:2] == ["call", "pulldata"]:
        yield from ((str(items[2]), str(column)) for column in items[3:5])
    if items[:1] == ["path"] and parts(items[1])[:2] == ["call", "instance"]:
        name = str(parts(items[1])[2])
        for step in items[3:]:
            inner = parts(step)
            if not inner and step != "item":
                yield name, str(step)
            for predicate in inner[2:]:
                yield from ((name, column) for column in _here(predicate))
    for item in items:
        yield from _read(item)


def _here(tree: Tree) -> Iterator[str]:
    """Columns of the row that a predicate or a filter is asked of; what stands in […] of another path is another's."""
    items = parts(tree)
    if items[:2] == ["path", "."]:
        if len(items) > 2 and isinstance(items[2], str) and items[2] != "..":
            yield items[2]
    elif items[:1] != ["path"]:
        for item in items[1:]:
            yield from _here(item)
