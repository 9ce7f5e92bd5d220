"""What XLSForm lets an author leave unsaid, said: the text after `or_other`, a count that is worked out, outer lists.

Rules: every row that is made here means what pyxform makes of the short form, and stands on the line that asked for it.
So the rows of a `Source` are the questions of its XForm, one for one.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from forms.columns import is_appearance
from forms.problems import Finding
from forms.source import Row, Source
from forms.sources.kinds import RULED, plain

_REFERENCE: Final = re.compile(r"\$\{\s*[^}\s]+\s*\}")
_YES: Final = ("yes", "true", "true()")
_KEPT: Final = re.compile(r"\s*coalesce\(\s*\.\s*,(.*)\)\s*", re.DOTALL)
OTHER: Final = {"en": "Other", "ru": "Другое", "kk": "Басқа", "ar": "غير ذلك", "fr": "Autre", "es": "Otro"}
SPECIFY: Final = {
    "en": "Specify other.", "ru": "Уточните.", "kk": "Нақтылап айтыңыз.", "ar": "يرجى التحديد.", "fr": "Précisez.",
    "es": "Especifique.",
}  # fmt: skip


def expand(source: Source) -> Source:
    """A new `Source`; what was left out is added to its findings."""
    findings = list(source.findings)
    sheets = dict(source.sheets)
    head = source.settings
    survey: list[Row] = []
    choices = list(sheets.get("choices", []))
    for row in sheets["survey"]:
        made = _row(row, findings)
        if made is None:
            continue
        kind = made.cells["type"].casefold().replace(" ", "_")
        if kind in ("set_form_title", "set_form_id"):
            head.cells.setdefault(kind.removeprefix("set_"), made.cells.get("name", ""))
            continue
        survey += [*_counted(made), made, *_other(made, row, choices)]
    choices += _external(sheets.pop("external_choices", []), survey)
    sheets["survey"] = [_selected(row) for row in survey]
    if choices:
        sheets["choices"] = choices
    if head.cells:
        sheets["settings"] = [head]
    return msgspec.structs.replace(source, sheets=sheets, findings=findings)


def _row(row: Row, findings: list[Finding]) -> Row | None:
    """The row with its type said plainly; None for remarks and what is switched off."""
    cells = dict(row.cells)
    disabled = cells.pop("disabled", "").lower()
    if disabled in _YES:
        _ignored(row, "disabled", "a row that is switched off", findings)
        return None
    if "type" not in cells:
        texts = [column for column in cells if column.partition("::")[0] in ("name", "label")]
        if not texts:
            _ignored(row, "", "a row without type, name and label", findings)
            return None
        cells["type"] = ""
        return Row(row.line, cells)
    kind, _ = plain(cells["type"])
    if kind in RULED:
        kind, rule = RULED[kind]
        cells.setdefault("constraint", rule)
    if kind == "note" and "name" not in cells:
        cells["name"] = f"note_{row.line}"
    if kind == "audit":
        _ignored(row, "type", "audit, the log of what is touched and when,", findings)
        return None
    if "calculation" in cells:
        cells["calculation"] = kept(cells["calculation"])
    if "appearance" in cells:
        words = cells["appearance"].split()
        cells["appearance"] = " ".join(word.lower() if is_appearance(word.lower()) else word for word in words)
    return Row(row.line, cells | {"type": kind})


def kept(written: str) -> str:
    """`.` and `coalesce(., x)`, a calculation that keeps its own value, as `once('')` and `once(x)`, which say the same
    and hide no circle."""
    if written.strip() == ".":
        return "once('')"
    found = _KEPT.fullmatch(written)
    if found is None:
        return written
    depth, quote = 0, ""
    for sign in found[1]:
        quote = "" if sign == quote else quote or (sign if sign in "'\"" else "")
        depth += 0 if quote else (sign == "(") - (sign == ")")
        if depth < 0 or (depth == 0 and sign == "," and not quote):
            return written
    return f"once({found[1].strip()})"


def _ignored(row: Row, column: str, what: str, findings: list[Finding]) -> None:
    findings.append(Finding("form_ignored", {"what": what}, "survey", row.line, column, warning=True))


def _counted(row: Row) -> list[Row]:
    """`repeat_count` may be an expression; a repeat takes its number from a question or a calculation."""
    written = row.cells.get("repeat_count", "").strip()
    if row.cells["type"] != "begin_repeat" or not written or _REFERENCE.fullmatch(written):
        return []
    name = f"{row.cells.get('name', '')}_count"
    row.cells["repeat_count"] = f"${{{name}}}"
    return [Row(row.line, {"type": "calculate", "name": name, "calculation": written, **_audience(row)})]


def _audience(row: Row) -> dict[str, str]:
    return {"audience": row.cells["audience"]} if "audience" in row.cells else {}


def _other(row: Row, written: Row, choices: list[Row]) -> list[Row]:
    """`select_one x or_other`: the choice `other`, where the list has none, and a text that is asked with it."""
    if not plain(written.cells.get("type", ""))[1]:
        return []
    name, listed = row.cells.get("name", ""), row.cells["type"].split()[-1]
    rows = [choice for choice in choices if choice.cells.get("list_name") == listed]
    languages = [column.partition("::")[2] for choice in rows[:1] for column in choice.cells if "label" in column]
    if rows and not any(choice.cells.get("name") == "other" for choice in rows):
        at = choices.index(rows[-1]) + 1
        cells = {"list_name": listed, "name": "other"} | _said(OTHER, languages)
        choices.insert(at, Row(row.line, cells))
    asked = [column.partition("::")[2] for column in row.cells if column.partition("::")[0] == "label"]
    made = {"type": "text", "name": f"{name}_other", "relevant": f"selected(../{name}, 'other')"}
    return [Row(row.line, made | _said(SPECIFY, asked or languages) | _audience(row))]


def _said(words: dict[str, str], languages: list[str]) -> dict[str, str]:
    return {f"label::{one}" if one else "label": words.get(one, words["en"]) for one in languages or [""]}


def _external(rows: list[Row], survey: list[Row]) -> list[Row]:
    """The lists of `external_choices` that a question uses; elsewhere they keep large lists out of the form's file."""
    used = {row.cells["type"].split()[-1] for row in survey if row.cells["type"].startswith("select_one_external ")}
    return [row for row in rows if row.cells.get("list_name") in used]


def _selected(row: Row) -> Row:
    row.cells["type"] = re.sub(r"^select_one_external ", "select_one ", row.cells["type"])
    return row
