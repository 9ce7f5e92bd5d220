"""From an author's rows to the entries of a form and to the sheets that pyxform reads.

Rules: every column and type that is not understood is refused by sheet, row and column, with what to write instead;
Esik's own columns travel as `bind::esik:…`, so other tools ignore them and nothing is lost.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from forms.columns import (
    DATA,
    ENDS,
    INSTEAD,
    OURS,
    SETTINGS,
    THEIRS,
    TYPES,
    Columns,
    check_choices,
    check_settings,
    is_known,
    refused,
)
from forms.model import CHOOSING
from forms.problems import Finding, refuse
from forms.references import check_references
from forms.source import Row, Source
from forms.sources.kinds import plain

__all__ = ["Entry", "check_settings", "entries", "is_name", "pyxform_sheets"]

NAMESPACE: Final = 'esik="urn:esik:xform:1"'
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
MOST_QUESTIONS: Final = 5_000
NOT_NAMES: Final = (
    "meta", "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString",
    "valueOf", "__proto__", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__",
)  # fmt: skip
"""Taken: XForms keeps `meta` for itself, and JavaScript finds the others in every object, whatever was put in."""


_USED: Final = sorted({kind for kind in TYPES.values() if kind != "hidden"})


class Entry(msgspec.Struct, frozen=True):
    """A row of the survey sheet that is a question, group or repeat."""

    ref: str
    kind: str
    list: str
    row: Row


def entries(source: Source, findings: list[Finding]) -> list[Entry]:
    """Entries in the form's order; what is not understood is added to `findings`."""
    found: list[Entry] = []
    open_: list[str] = []
    columns = Columns(source, findings)
    for row in source.sheets["survey"]:
        written = row.cells.get("type", "")
        words = plain(written)[0].split()
        if words and words[0] in ENDS:
            del open_[-1:]
            continue
        if words and words[0] in DATA:
            continue
        kind = TYPES.get(words[0] if words else "", "")
        name = row.cells.get("name", "")
        wrong = _wrong(row, words, kind, name)
        findings.extend(wrong)
        if wrong:
            continue
        ref = ".".join([*open_, name])
        found.append(Entry(ref, kind, words[1] if kind in CHOOSING else "", row))
        if kind in ("group", "repeat"):
            open_.append(name)
        columns.check(row)
    if len(found) > MOST_QUESTIONS:
        values = {"what": "the survey", "size": f"{len(found):,} questions", "most": f"{MOST_QUESTIONS:,} questions"}
        raise refuse("form_too_large", "survey", found[MOST_QUESTIONS].row.line, **values)
    check_choices(source, findings)
    check_references(source, findings)
    return found


def _wrong(row: Row, words: list[str], kind: str, name: str) -> list[Finding]:
    """What is wrong with type and name."""
    if not words:
        return [Finding("form_missing", {"what": "the type"}, "survey", row.line, "type")]
    if not kind:
        contact = words[0].startswith("db:")
        instead = INSTEAD.get("db:" if contact else words[0]) or INSTEAD.get(" ".join(words[:2]))
        instead = instead or f"Use {', '.join(_USED)}."
        construct = f"the type {row.cells['type']!r}"
        return [refused(row, "type", construct, instead, repair="contacts" if contact else "")]
    if not name:
        return [Finding("form_missing", {"what": "the name"}, "survey", row.line, "name", repair="names")]
    if not is_name(name):
        instead = "Use letters of the English alphabet, digits, _ and -."
        found = refused(row, "name", f"the name {name!r}", instead, repair="names")
        return [found]
    if kind in CHOOSING and len(words) != 2:
        return [refused(row, "type", f"{row.cells['type']!r}", "Write the type and one list.")]
    if kind in CHOOSING and "${" in words[1]:
        instead = "Use a list of choices: answers of a repeat cannot be chosen from."
        return [refused(row, "type", f"{row.cells['type']!r}", instead)]
    return []


def is_name(name: str) -> bool:
    """Whether a question, list or column may be called so."""
    return _NAME.fullmatch(name) is not None and name not in NOT_NAMES


def pyxform_sheets(source: Source, root: str) -> dict[str, Any]:
    """The dict that `pyxform.xls2xform.convert` takes; our columns become attributes of binds and of the instance."""
    cells = source.settings.cells
    settings: dict[str, str] = {"form_id": root, "name": "data", "namespaces": NAMESPACE}
    for column, text in cells.items():
        if column == "namespaces":
            settings[column] = f"{NAMESPACE} {text}"
        elif column in ("form_title", "default_language", *THEIRS):
            settings[column] = text
        elif column.partition("::")[0] in SETTINGS and column not in ("form_id", "version"):
            settings[f"attribute::esik:{column.replace('::', '.')}"] = text
    version = cells.get("version") or cells.get("number")
    if version:
        settings["version"] = version
    settings.setdefault("form_title", next(iter(source.settings.text("title").values()), root))
    survey = [
        {_column(column): text for column, text in row.cells.items() if is_known(column)}
        for row in source.sheets["survey"]
    ]
    sheets: dict[str, Any] = {"survey": survey, "settings": [settings], "survey_header": _header(survey)}
    if source.sheets.get("choices"):
        sheets["choices"] = [dict(row.cells) for row in source.sheets["choices"]]
        sheets["choices_header"] = _header(sheets["choices"])
    return sheets


def _header(rows: list[dict[str, str]]) -> list[dict[str, None]]:
    """Every column of a sheet: left to itself, pyxform looks for columns in the first hundred rows only."""
    return [dict.fromkeys(column for row in rows for column in row)]


def _column(column: str) -> str:
    base = column.partition("::")[0]
    return f"bind::esik:{column.replace('::', '.')}" if base in OURS else column
