"""From an author's rows to the entries of a form and to the sheets that pyxform reads.

Rules: every column and type that is not understood is refused by sheet, row and column, with what to write instead;
Esik's own columns travel as `bind::esik:…`, so other tools ignore them and nothing is lost.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from forms.problems import Finding
from forms.source import Row, Source

TYPES: Final = {
    "text": "text", "string": "text", "integer": "integer", "int": "integer", "decimal": "decimal", "date": "date",
    "note": "note", "calculate": "calculate", "acknowledge": "acknowledge", "trigger": "acknowledge",
    "select_one": "select_one", "select_multiple": "select_multiple",
    "begin_group": "group", "begin group": "group", "begin_repeat": "repeat", "begin repeat": "repeat",
}  # fmt: skip
ENDS: Final = {"end_group": "group", "end group": "group", "end_repeat": "repeat", "end repeat": "repeat"}
TEXT_COLUMNS: Final = ("label", "hint", "constraint_message", "required_message")
XLSFORM: Final = ("type", "name", *TEXT_COLUMNS, "required", "relevant", "constraint", "calculation", "default",
                  "readonly", "read_only", "appearance", "choice_filter")  # fmt: skip
OURS: Final = ("audience", "role", "purpose", "action", "unit", "ways", "code", "from", "sensitive", "self")
TRANSLATED: Final = (*TEXT_COLUMNS, "purpose", "action", "unit")
SETTINGS: Final = ("form_id", "form_title", "title", "short_title", "version", "number", "default_language", "subject",
                   "station", "audience", "translation_status", "plan_not_before", "plan_due", "plan_ages",
                   "continues")  # fmt: skip
APPEARANCES: Final = ("multiline", "field-list", "minimal", "quick", "numbers", "columns", "likert", "no-calendar")
NAMESPACE: Final = 'esik="urn:esik:xform:1"'
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
NOT_NAMES: Final = (
    "meta", "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString",
    "valueOf",
)  # fmt: skip
"""Taken: XForms keeps `meta` for itself, and JavaScript finds the others in every object, whatever was put in."""


class Entry(msgspec.Struct, frozen=True):
    """A row of the survey sheet that is a question, group or repeat."""

    ref: str
    kind: str
    list: str
    row: Row


def entries(source: Source, findings: list[Finding]) -> list[Entry]:
    """Entries in the form's order; what is not understood is added to `findings`."""
    found: list[Entry] = []
    open_: list[tuple[str, str]] = []
    for row in source.sheets["survey"]:
        words = row.cells.get("type", "").split()
        joined = " ".join(words[:2])
        if joined in ENDS or (words and words[0] in ENDS):
            if open_:
                open_.pop()
            continue
        kind = TYPES.get(joined) or TYPES.get(words[0] if words else "", "")
        name = row.cells.get("name", "")
        if not kind:
            findings.append(
                _unsupported(
                    row,
                    "type",
                    f"the type {row.cells.get('type', '')!r}",
                    "Use " + ", ".join(sorted(set(TYPES.values()))) + ".",
                )
            )
            continue
        if not is_name(name):
            findings.append(
                _unsupported(row, "name", f"the name {name!r}", "Use letters of the English alphabet, digits, _ and -.")
            )
            continue
        if kind.startswith("select_") and len(words) != 2:
            findings.append(
                _unsupported(
                    row,
                    "type",
                    f"{row.cells['type']!r}",
                    "Write the type and one list, and add “other” to the list itself.",
                )
            )
            continue
        ref = ".".join([*(above for _, above in open_), name])
        found.append(Entry(ref, kind, words[1] if kind.startswith("select_") else "", row))
        if kind in ("group", "repeat"):
            open_.append((kind, name))
        _columns(row, findings)
    return found


def is_name(name: str) -> bool:
    """Whether a question, list or column may be called so."""
    return _NAME.fullmatch(name) is not None and name not in NOT_NAMES and not name.startswith("__")


def _columns(row: Row, findings: list[Finding]) -> None:
    for column in row.cells:
        base, _, language = column.partition("::")
        if base not in XLSFORM + OURS or (language and base not in TRANSLATED):
            findings.append(_unsupported(row, column, f"the column {column}", "Leave it out."))
    for word in row.cells.get("appearance", "").split():
        if word not in APPEARANCES:
            findings.append(
                _unsupported(row, "appearance", f"the appearance {word}", f"Use one of {', '.join(APPEARANCES)}.")
            )


def _unsupported(row: Row, column: str, construct: str, instead: str, sheet: str = "survey") -> Finding:
    return Finding("form_unsupported", {"construct": construct, "instead": instead}, sheet, row.line, column)


def check_settings(source: Source, findings: list[Finding]) -> None:
    row = source.settings
    for column in row.cells:
        if column.partition("::")[0] not in SETTINGS:
            findings.append(_unsupported(row, column, f"the setting {column}", "Leave it out.", "settings"))


def pyxform_sheets(source: Source, root: str) -> dict[str, Any]:
    """The dict that `pyxform.xls2xform.convert` takes; our columns become attributes of binds and of the instance."""
    settings: dict[str, str] = {"form_id": root, "name": "data", "namespaces": NAMESPACE}
    for column, text in source.settings.cells.items():
        if column in ("form_title", "default_language"):
            settings[column] = text
        elif column == "number":
            settings["version"] = text
        elif column not in ("form_id", "version"):
            settings[f"attribute::esik:{column.replace('::', '.')}"] = text
    settings.setdefault("form_title", next(iter(source.settings.text("title").values()), root))
    survey = [{_column(column): text for column, text in row.cells.items()} for row in source.sheets["survey"]]
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
