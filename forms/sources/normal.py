"""From sheets of cells to the `Source` that the compiler reads: which sheets count, what columns and types are called.

Rules: nothing is dropped in silence. What is left out (sheets, columns without a heading, rows of remarks) is told as a
warning with its place; what was rewritten here is only how XLSForm says the same thing in many ways.
"""

from __future__ import annotations

import difflib
import re
from typing import Final

from pyxform.parsing.sheet_headers import clean_text_values

from forms.problems import Finding, refuse
from forms.source import Row, Source
from forms.sources.expand import expand
from forms.sources.grid import Grid, Sheet, letters
from forms.sources.headings import TRANSLATED, Heading, headings
from forms.sources.languages import code

WANTED: Final = ("survey", "choices", "settings", "external_choices", "flags", "entities", "osm")
_COLUMN: Final = re.compile(r"[^\W\d][\w.-]*(::.+)?")
_REMARK: Final = re.compile(r"_.*")
_TEXTS: Final = ("label", "hint", "guidance_hint", "constraint_message", "required_message", "title", "form_title")


def normal(grid: Grid, name: str) -> Source:
    """Raises Problem when there is no survey in it."""
    findings: list[Finding] = []
    chosen = _chosen(grid, findings)
    sheets: dict[str, list[Row]] = {}
    columns: dict[str, dict[str, str]] = {}
    for sheet, read in chosen.items():
        heads, first = _heads(sheet, read, findings)
        columns[sheet] = {
            head.column: f"{letters(place)} {_written(first, place)}"
            for place, head in reversed([*enumerate(heads)])
            if head.column
        }
        sheets[sheet] = _rows(sheet, read, heads, findings)
        _formulas(sheet, read, heads, grid.findings, findings)
    if len(sheets.get("settings", [])) > 1:
        extra = sheets["settings"][1]
        told = {"what": "every row of settings but the first"}
        findings.append(Finding("form_ignored", told, "settings", extra.line, warning=True))
        del sheets["settings"][1:]
    source = Source(name, sheets, brought=True, findings=findings, columns=columns)
    _default_language(source, findings)
    whole = expand(source)
    if not whole.sheets["survey"]:
        raise refuse("form_missing", "survey", what="a question")
    return whole


def _chosen(grid: Grid, findings: list[Finding]) -> dict[str, Sheet]:
    """Sheet by the name that Esik knows it by; near spellings are taken and told."""
    chosen: dict[str, Sheet] = {}
    others: list[Sheet] = []
    for sheet in grid.sheets:
        plain = sheet.name.strip().lower()
        if plain in WANTED and plain not in chosen:
            chosen[plain] = sheet
        elif sheet.rows:
            others.append(sheet)
    if "survey" not in chosen and len(grid.sheets) == 1 and others:
        chosen["survey"] = others.pop()
    for wanted in ("survey", "choices", "settings"):
        near = [s for s in others if wanted not in chosen and _near(s.name, wanted)]
        if near:
            chosen[wanted] = near[0]
            others.remove(near[0])
            told = {"what": f"the spelling of {near[0].name}"}
            findings.append(Finding("form_ignored", told, near[0].name, warning=True, instead=f"Call it {wanted}."))
    if "survey" not in chosen:
        raise refuse("form_missing", what="the sheet survey")
    for sheet in others:
        if not _REMARK.fullmatch(sheet.name):
            findings.append(Finding("form_ignored", {"what": f"the sheet {sheet.name}"}, sheet.name, warning=True))
    for found in grid.findings:
        known = {sheet.name: wanted for wanted, sheet in chosen.items()}
        if found.code != "form_formula" and found.sheet in known:
            findings.append(found)
    return chosen


def _near(name: str, wanted: str) -> bool:
    plain = name.strip().lower()
    return len(plain) > 3 and bool(difflib.get_close_matches(plain, [wanted], 1, 0.8))


def _heads(sheet: str, read: Sheet, findings: list[Finding]) -> tuple[list[Heading], list[str]]:
    """The first row that is not blank heads the columns. What stands twice counts once."""
    if not read.rows:
        return [], []
    line, written = read.rows[0]
    heads: list[Heading] = []
    seen: dict[str, int] = {}
    told: set[str] = set()
    for place, head in enumerate(headings(sheet, written)):
        if head.column in seen and head.column:
            other = seen[head.column]
            values = {"what": f"{_written(written, place)} (column {letters(other)})"}
            same = all(_cell(cells, place) in ("", _cell(cells, other)) for _, cells in read.rows[1:])
            findings.append(Finding("form_twice", values, sheet, line, letters(place), same, "Keep one of them."))
            head = Heading("")
        if sheet == "choices" and head.column and not _COLUMN.fullmatch(head.column):
            values = {"what": f"the column {head.column}, which no choice_filter could name,"}
            findings.append(Finding("form_ignored", values, sheet, line, letters(place), warning=True))
            head = Heading("")
        seen.setdefault(head.column, place)
        heads.append(head)
        if head.language and head.language not in told:
            told.add(head.language)
            instead = f"Add its code in brackets, as in label::{head.language} (xx)."
            values = {"language": head.language}
            findings.append(Finding("form_language", values, sheet, line, head.column, warning=True, instead=instead))
    return heads, written


def _rows(sheet: str, read: Sheet, heads: list[Heading], findings: list[Finding]) -> list[Row]:
    rows: list[Row] = []
    strayed: set[int] = set()
    for line, cells in read.rows[1:]:
        stray = [place for place, cell in enumerate(cells) if cell and not _headed(read, place)]
        if not strayed.issuperset(stray):
            values = {"what": f"the text in {letters(stray[0])}{line}, under no heading,"}
            findings.append(Finding("form_ignored", values, sheet, line, letters(stray[0]), warning=True))
        strayed.update(stray)
        found = {
            head.column: _clean(sheet, head.column, cells[place])
            for place, head in enumerate(heads)
            if head.column and place < len(cells) and cells[place]
        }
        if found:
            rows.append(Row(line, found))
    return rows


def _headed(read: Sheet, place: int) -> bool:
    return bool(_cell(read.rows[0][1], place))


def _cell(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _clean(sheet: str, column: str, written: str) -> str:
    """As pyxform does to a cell before it reads it: straight quotes, single spaces. Texts for people stay."""
    base = column.partition("::")[0]
    if base in _TEXTS or sheet == "flags":
        return written
    return clean_text_values(written, strip_whitespace=sheet == "survey")


def _written(first: list[str], place: int) -> str:
    return " ".join(_cell(first, place).split())


def _formulas(sheet: str, read: Sheet, heads: list[Heading], made: list[Finding], findings: list[Finding]) -> None:
    columns = {letters(place): head.column for place, head in enumerate(heads) if head.column}
    for one in made:
        if one.code == "form_formula" and one.sheet == read.name and one.column in columns:
            instead = "Open it in a spreadsheet program and save it, or write the value."
            findings.append(Finding(one.code, one.values, sheet, one.row, columns[one.column], instead=instead))


def _default_language(source: Source, findings: list[Finding]) -> None:
    """The setting as a code: that of the column whose language is written so."""
    cells = source.settings.cells
    written = cells.get("default_language")
    if written is None:
        _guessed(source, findings)
        return
    plain = " ".join(written.split()).casefold()
    for columns in source.columns.values():
        for column, original in columns.items():
            language = original.replace("::", ":").rpartition(":")[2].strip().casefold()
            if "::" in column and plain in (language, language.partition("(")[0].strip()):
                cells["default_language"] = column.rpartition("::")[2]
                return
    cells["default_language"] = code(written)[0]


def _guessed(source: Source, findings: list[Finding]) -> None:
    """Without the setting: the first language of the survey; English where no column says its language."""
    columns = source.columns["survey"]
    bare = [column for column in ("label", "hint") if column in columns]
    named = [column.rpartition("::")[2] for column in reversed([*columns]) if column.partition("::")[0] in TRANSLATED]
    languages = [language for language in dict.fromkeys(named) if language not in ("", *TRANSLATED)]
    head = source.sheets.setdefault("settings", [])
    if not head:
        head.append(Row(0, {}))
    if not bare:
        head[0].cells["default_language"] = languages[0] if languages else "en"
        return
    head[0].cells["default_language"] = _bare(columns, languages)
    instead = "Write default_language in the sheet settings, or its code in the heading."
    values = {"language": columns[bare[0]].partition(" ")[2]}
    findings.append(Finding("form_language", values, "survey", 0, bare[0], True, instead, "language"))


def _bare(columns: dict[str, str], languages: list[str]) -> str:
    """The language of what says none: that of the labels, where only hints are bare."""
    if "label" not in columns and languages:
        return languages[0]
    return "en" if "en" not in languages else "x-default"
