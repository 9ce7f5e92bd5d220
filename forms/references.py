"""What names lead to, before anything is compiled: questions, lists, choices and the groups around them.

Rules: XLSForm's own reader stops at the first slip and rarely says where; here all of them are told at once, each by
sheet, row and column, with the name that was probably meant.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Final

from forms.columns import ENDS, TYPES, left_out, refused
from forms.problems import Finding
from forms.source import Row, Source
from forms.sources.kinds import plain

REFERENCE: Final = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_LISTED: Final = ("select_one", "select_multiple", "rank")
_SAID: Final = ("label", "hint", "guidance_hint", "image", "audio", "big-image", "video")
_YES: Final = ("yes", "true", "true()")
_LAST: Final = "last-saved#"


def check_references(source: Source, findings: list[Finding]) -> None:
    """Adds what leads nowhere, what stands twice, and what is not closed."""
    rows = source.sheets["survey"]
    names = {row.cells["name"]: row.line for row in rows if "name" in row.cells}
    for row in rows:
        for column, written in row.cells.items():
            _references(row, column, written, names, findings)
        if unlabelled(row):
            what = "a label or a hint"
            findings.append(Finding("form_missing", {"what": what}, "survey", row.line, "label", repair="labels"))
    _nesting(rows, findings)
    _choices(source, findings)


def unlabelled(row: Row) -> bool:
    """Whether people would be asked something without a word; what is worked out and not shown needs none."""
    kind = plain(row.cells.get("type", ""))[0].partition(" ")[0]
    shown = kind in TYPES and TYPES[kind] not in ("group", "repeat", "calculate", "hidden")
    said = any(column.partition("::")[0] in _SAID for column in row.cells)
    return shown and not said and not any(column in row.cells for column in ("calculation", "trigger"))


def _references(row: Row, column: str, written: str, names: dict[str, int], findings: list[Finding]) -> None:
    for name in dict.fromkeys(REFERENCE.findall(written)):
        if name.startswith(_LAST):
            instead = "What is known of a person fills a question by the column “from”."
            findings.append(refused(row, column, f"an answer of the talk before (${{{name}}})", instead))
        elif name not in names and name != "instanceID":
            instead = nearest(name, names)
            findings.append(Finding("form_unknown_name", {"name": name}, "survey", row.line, column, instead=instead))


def nearest(name: str, names: dict[str, int]) -> str:
    """`Did you mean ${date_last_dose}, row 11?`: names that are spelled or composed alike."""
    near = difflib.get_close_matches(name, names, 1, 0.75)
    if not near:
        parts = set(re.split(r"[_.-]", name.lower()))
        near = [other for other in names if set(re.split(r"[_.-]", other.lower())) == parts]
    return f"Did you mean ${{{near[0]}}}, row {names[near[0]]}?" if near else ""


def _nesting(rows: list[Row], findings: list[Finding]) -> None:
    """Groups that are not closed, ends without a beginning, and names that stand twice side by side."""
    open_: list[tuple[str, Row, dict[str, int]]] = [("", Row(0, {}), {})]
    for row in rows:
        kind = plain(row.cells.get("type", ""))[0]
        if kind in ENDS:
            if open_[-1][0] == kind.removeprefix("end_"):
                open_.pop()
                continue
            what = f"the beginning of this {kind.removeprefix('end_')}"
            expected = f"Here {open_[-1][1].cells.get('name', 'nothing')} is open." if open_[-1][0] else ""
            findings.append(Finding("form_missing", {"what": what}, "survey", row.line, "type", instead=expected))
            return
        name = row.cells.get("name", "")
        siblings = open_[-1][2]
        if name and name in siblings:
            values = {"what": f"{name} (row {siblings[name]})"}
            findings.append(Finding("form_twice", values, "survey", row.line, "name", False, "", "names"))
        siblings.setdefault(name, row.line)
        if kind in ("begin_group", "begin_repeat"):
            open_.append((kind.removeprefix("begin_"), row, {}))
    for kind, row, _ in open_[1:]:
        values = {"what": f"the end of the {kind} {row.cells.get('name', '')}"}
        findings.append(Finding("form_missing", values, "survey", row.line, "type", instead=f"Write end_{kind}."))


def _choices(source: Source, findings: list[Finding]) -> None:
    rows = source.sheets.get("choices", [])
    several = dict(_lists(source, "select_multiple", "rank"))
    lists: dict[str, dict[str, int]] = {}
    twice = source.settings.cells.get("allow_choice_duplicates", "").lower() in _YES
    for row in rows:
        listed, name = row.cells.get("list_name", ""), row.cells.get("name", "")
        known = lists.setdefault(listed, {})
        if not name and listed:
            findings.append(Finding("form_missing", {"what": "the name"}, "choices", row.line, "name"))
        elif name and not listed:
            findings.append(left_out(row, "list_name", "a choice of no list", "", "choices"))
        elif name in known and not twice:
            values = {"what": f"{name} in the list {listed} (row {known[name]})"}
            findings.append(Finding("form_twice", values, "choices", row.line, "name", instead="", repair="duplicates"))
        if " " in name and listed in several:
            construct = f"the name {name!r}, with a space, in a list that several are chosen from,"
            findings.append(refused(row, "name", construct, "Use _ in its place.", "choices"))
        known.setdefault(name, row.line)
    for listed, line in _lists(source, *_LISTED):
        if listed not in lists and "${" not in listed:
            near = difflib.get_close_matches(listed, [one for one in lists if one], 1, 0.7)
            instead = f"Did you mean {near[0]}?" if near else "Write it in the sheet choices."
            values = {"what": f"the list {listed}"}
            findings.append(Finding("form_missing", values, "survey", line, "type", instead=instead))


def _lists(source: Source, *kinds: str) -> Iterator[tuple[str, int]]:
    """(list, row) of every question of these types."""
    for row in source.sheets["survey"]:
        words = plain(row.cells.get("type", ""))[0].split()
        if len(words) == 2 and words[0] in kinds:
            yield words[1], row.line
