"""Types, columns, settings and appearances: which are known, which are refused and what to write instead of them.

Rules: in Esik's own YAML whatever is not known is refused, a slip of the pen included. In a sheet that was brought, and
that other tools read too, what changes nothing for Esik is left out and told once; what would change what is asked or
computed is refused by name.
"""

from __future__ import annotations

import difflib
import re
from typing import Final

from forms.problems import Finding
from forms.source import Row, Source

TYPES: Final = {
    "text": "text", "integer": "integer", "decimal": "decimal", "range": "range", "date": "date", "time": "time",
    "datetime": "datetime", "note": "note", "calculate": "calculate", "acknowledge": "acknowledge",
    "select_one": "select_one", "select_multiple": "select_multiple", "rank": "rank",
    "select_one_from_file": "select_one", "select_multiple_from_file": "select_multiple",
    "barcode": "barcode", "geopoint": "geopoint", "image": "image", "audio": "audio", "file": "file",
    "hidden": "hidden", "start": "hidden", "end": "hidden", "today": "hidden", "deviceid": "hidden",
    "username": "hidden", "email": "hidden", "phonenumber": "hidden", "simserial": "hidden", "subscriberid": "hidden",
    "begin_group": "group", "begin_repeat": "repeat",
}  # fmt: skip
ENDS: Final = ("end_group", "end_repeat")
DATA: Final = ("csv-external", "xml-external")
"""Types that name a data file and ask nothing."""
INSTEAD: Final = {
    "video": "Use image or audio, or a note that asks for a description.",
    "geotrace": "Use geopoint, or ask for the place in words: no line is drawn on a map.",
    "geoshape": "Use geopoint, or ask for the place in words: no area is drawn on a map.",
    "start-geopoint": "Use geopoint, so that the person sees that a place is kept.",
    "background-geopoint": "Use geopoint, so that the person sees that a place is kept.",
    "background-audio": "Use audio, so that the person knows when sound is kept.",
    "osm": "Ask for the place in words.",
    "begin loop": "Use begin_repeat, or write the questions out.",
    "end loop": "Use end_repeat.",
    "begin_kobomatrix": "Use a group with the appearance table-list.",
    "end_kobomatrix": "Use end_group.",
    "begin_score": "Use select_one questions and a calculate.",
    "end_score": "Leave it out.",
    "begin_rank": "Use the type rank.",
    "end_rank": "Leave it out.",
    "include": "Write the rows of the other form here.",
    "cascading_select": "Use select_one with choice_filter.",
    "db:": "It chooses among CHT's contacts: use text, or a card.",
}
MEDIA_COLUMNS: Final = ("image", "audio", "big-image")
TEXT_COLUMNS: Final = ("label", "hint", "guidance_hint", "constraint_message", "required_message", *MEDIA_COLUMNS)
XLSFORM: Final = ("type", "name", *TEXT_COLUMNS, "required", "relevant", "constraint", "calculation", "default",
                  "readonly", "appearance", "choice_filter", "repeat_count", "trigger", "parameters",
                  "body::accept")  # fmt: skip
EXPRESSIONS: Final = ("required", "relevant", "constraint", "calculation", "default", "readonly", "choice_filter",
                      "repeat_count", "trigger", "parameters")  # fmt: skip
OURS: Final = (
    "audience",
    "role",
    "purpose",
    "action",
    "unit",
    "ways",
    "code",
    "from",
    "sensitive",
    "self",
    "discloses",
    "disclosure",
)
TRANSLATED: Final = (*TEXT_COLUMNS, "purpose", "action", "unit", "disclosure")
SETTINGS: Final = ("form_id", "form_title", "title", "short_title", "version", "number", "default_language", "subject",
                   "station", "audience", "translation_status", "plan_not_before", "plan_due", "plan_ages",
                   "continues")  # fmt: skip
THEIRS: Final = ("name", "style", "instance_name", "allow_choice_duplicates", "namespaces", "omit_instanceID",
                 "instance_xmlns", "clean_text_values")  # fmt: skip
"""Settings of other tools that stay in the XForm and change nothing here."""
APPEARANCES: Final = ("multiline", "field-list", "minimal", "quick", "numbers", "columns", "likert", "no-calendar",
                      "label", "list-nolabel", "signature", "draw", "annotate", "table-list", "list", "quickcompact",
                      "horizontal", "horizontal-compact", "compact", "no-buttons", "year", "month-year")  # fmt: skip
_COLUMNS: Final = re.compile(r"columns-(\d{1,2}|pack|flex)")
REFUSED_APPEARANCES: Final = {
    "map": "Ask without it: no map is drawn.",
    "placement-map": "Ask without it: no map is drawn.",
    "maps": "Ask without it: no map is drawn.",
    "image-map": "Use a list of choices.",
    "bearing": "Ask for the direction in words.",
    "counter": "Use integer.",
    "printer": "Leave it out.",
    "select-contact": "It chooses among CHT's contacts: use text, or a card.",
    "db-object": "It chooses among CHT's contacts: use text, or a card.",
}
REPAIRED: Final = {"select-contact": "contacts", "db-object": "contacts", "video": "video"}
"""Appearance or column → the repair that is offered."""
REFUSED_COLUMNS: Final = {
    "bind::type": "Use the type of that name.",
    "bind::calculate": "Use calculation.",
    "video": "Use image or audio.",
    "save_to": "Entities are not kept: carry on by the person's card.",
}


def refused(row: Row, column: str, construct: str, instead: str, sheet: str = "survey", *, repair: str = "") -> Finding:
    values = {"construct": construct, "instead": instead}
    return Finding("form_unsupported", values, sheet, row.line, column, repair=repair)


def left_out(row: Row, column: str, what: str, instead: str = "", sheet: str = "survey") -> Finding:
    return Finding("form_ignored", {"what": what}, sheet, row.line, column, warning=True, instead=instead)


def is_known(column: str) -> bool:
    """Whether a column of the survey is read."""
    base, _, language = column.partition("::")
    return column in XLSFORM or (base in XLSFORM + OURS and (not language or base in TRANSLATED))


def is_appearance(word: str) -> bool:
    """Whether a word of `appearance` changes how a page looks."""
    return word in APPEARANCES or _COLUMNS.fullmatch(word) is not None


class Columns:
    """Checks the cells of a survey; what stands in many rows of a brought sheet is told once, at the first."""

    def __init__(self, source: Source, findings: list[Finding]) -> None:
        self.brought = source.brought
        self.written = source.columns.get("survey", {})
        self.findings = findings
        self.told: set[str] = set()

    def check(self, row: Row) -> None:
        for column in row.cells:
            if not is_known(column):
                self._column(row, column)
        for word in _words(row.cells.get("appearance", "")):
            self._appearance(row, word)

    def _column(self, row: Row, column: str) -> None:
        if not self.brought:
            self.findings.append(refused(row, column, f"the column {column}", "Leave it out."))
            return
        base = column.partition("::")[0]
        instead = REFUSED_COLUMNS.get(column) or REFUSED_COLUMNS.get(base)
        if instead is not None:
            offered = REPAIRED.get(base, "")
            self.findings.append(refused(row, column, f"the column {column}", instead, repair=offered))
        elif column not in self.told:
            self.told.add(column)
            near = difflib.get_close_matches(base.replace("-", "_").lower(), XLSFORM + OURS, 1, 0.75)
            instead = f"Did you mean {near[0]}?" if near and near[0] != base else ""
            self.findings.append(left_out(row, column, f"the column {column}", instead))

    def _appearance(self, row: Row, word: str) -> None:
        if is_appearance(word):
            return
        if word in REFUSED_APPEARANCES:
            instead, offered = REFUSED_APPEARANCES[word], REPAIRED.get(word, "")
            self.findings.append(refused(row, "appearance", f"the appearance {word}", instead, repair=offered))
        elif not self.brought:
            instead = f"Use one of {', '.join(APPEARANCES)}."
            self.findings.append(refused(row, "appearance", f"the appearance {word}", instead))
        elif word.startswith("ex:") or (word == "search" and "search(" in row.cells["appearance"]):
            construct = "another app that answers" if word.startswith("ex:") else "search(), a list beside the form,"
            instead = "Let people answer it." if word.startswith("ex:") else "Use select_one_from_file."
            offered = "apps" if word.startswith("ex:") else ""
            self.findings.append(refused(row, "appearance", construct, instead, repair=offered))
        elif word not in self.told:
            self.told.add(word)
            self.findings.append(left_out(row, "appearance", f"the appearance {word}"))


def _words(written: str) -> list[str]:
    """The words of a cell; what stands in brackets belongs to the word before."""
    return re.sub(r"\(.*\)?", "", written).lower().split()


def check_choices(source: Source, findings: list[Finding]) -> None:
    """Columns of choices are free, for filters to name; what would be shown and is not is refused."""
    for row in source.sheets.get("choices", []):
        for column in row.cells:
            if column.partition("::")[0] == "video":
                instead = REFUSED_COLUMNS["video"]
                findings.append(refused(row, column, f"the column {column}", instead, "choices", repair="video"))


def check_settings(source: Source, findings: list[Finding]) -> None:
    """A setting that is not known is refused, or left out where the sheet was brought. Begins with what was found while
    the file was read."""
    findings.extend(source.findings)
    row = source.settings
    for column, text in row.cells.items():
        if column.partition("::")[0] in SETTINGS or column in THEIRS:
            continue
        if source.brought and not (column == "flat" and text.lower() in ("yes", "true", "true()")):
            instead = {"public_key": "Esik seals every answer itself."}.get(column, "")
            findings.append(left_out(row, column, f"the setting {column}", instead, "settings"))
        else:
            findings.append(refused(row, column, f"the setting {column}", "Leave it out.", "settings"))
    for sheet, instead in (("entities", "Carry on by the person's card."), ("osm", "Ask for the place in words.")):
        for row in source.sheets.get(sheet, [])[:1] if source.brought else ():
            findings.append(refused(row, "", f"the sheet {sheet}", instead, sheet))
