"""Compiles an author's form: sheets, pyxform, XForm, compiled form.

Rules: refuse, never approximate. Everything that is wrong is reported at once, by sheet, row and column; a form with
one such finding does not compile. Warnings (a missing translation of an uploaded form) are returned beside the result.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Literal, cast

import msgspec
from pyxform.builder import create_survey_element_from_dict  # pyright: ignore[reportUnknownVariableType] - half typed
from pyxform.errors import PyXFormError
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData

from forms.buckets import buckets
from forms.check import check_library, check_reads
from forms.check_columns import check_columns
from forms.choices import Beside
from forms.content import check_content
from forms.flags import FlagReader
from forms.model import CompiledForm, Flag, Question, digest, encode
from forms.order import Aspect, CircleError, affected, evaluation_order, near
from forms.problems import Finding, Problem, refuse
from forms.questions import Questions, completed
from forms.settings import check_head, plan, yes
from forms.sheets import Entry, check_settings, entries, pyxform_sheets
from forms.source import Row, Source
from forms.work import Work
from forms.xform import read_xform

DEEPEST: Final = 16
"""How many groups and repeats may stand in each other."""
_ROW: Final = re.compile(r"\[row : (\d+)\]\s*")


class Compiled(msgspec.Struct, frozen=True):
    """`version` is the digest of `data`; `xform` is what ODK and Kobo read."""

    form: CompiledForm
    data: bytes
    version: str
    xform: str
    warnings: list[Finding]


def compile_form(source: Source, *, library: bool = False, files: Mapping[str, bytes] | None = None) -> Compiled:
    """`library`: hold the rules of Esik's own forms too. `files`: data, pictures and sounds beside the form, by name.

    Raises Problem with every finding."""
    findings: list[Finding] = []
    check_settings(source, findings)
    found = entries(source, findings)
    _check_depth(found, findings)
    _stop(findings)
    xml = _to_xform(source)
    xform = read_xform(xml)
    work = Work(source, found, completed(found, xform, findings), xform, findings)
    for ref, construct in xform.refused:
        work.report(
            work.rows.get(ref, Row(0, {})), "", "form_unsupported", construct=construct, instead="Leave it out."
        )
    making = Questions(work)
    questions = [making.question(entry) for entry in work.found]
    flags = _flags(work, questions)
    beside = Beside(work, questions, files or {})
    lists = beside.lists()
    check_reads(questions, work.reads, work.rows, findings)
    read = beside.tables()
    check_columns(questions, flags, lists, read, {ref: row.line for ref, row in work.rows.items()}, findings)
    if library:
        check_library(questions, work.rows, work.languages, findings)
        findings[:] = [msgspec.structs.replace(finding, warning=False) for finding in findings]
    order = _order(work)
    affects = affected(order, work.wakes)
    head = _settings(work)
    shown = beside.shown(lists)
    _stop(findings)
    form = CompiledForm(
        esik=1, **head, languages=work.languages, default_language=work.default,
        audiences=buckets(questions, lists, flags), questions=questions, lists=lists, order=order, affects=affects,
        near=near(order, affects, work.scopes), xform=digest(xml.encode()), flags=flags, tables=read,
        files=shown, borrowed=work.borrowed,
    )  # fmt: skip
    findings += check_content(form, _lines(source, work))
    if library:
        # its free text was read word by word before it came in
        kept = [one for one in findings if one.code != "form_free_text"]
        findings[:] = [msgspec.structs.replace(one, warning=False) for one in kept]
        _stop(findings)
    data = encode(form)
    return Compiled(form, data, digest(data), xml, findings)


def report(source: Source, *, library: bool = False, files: Mapping[str, bytes] | None = None) -> list[Finding]:
    """All that is to be said about a form before it is published, warnings too; empty when there is nothing."""
    try:
        return compile_form(source, library=library, files=files).warnings
    except Problem as problem:
        return problem.findings


def _lines(source: Source, work: Work) -> dict[tuple[str, ...], int]:
    """Where everything stands that content rules look at."""
    lines: dict[tuple[str, ...], int] = {("survey", ref): row.line for ref, row in work.rows.items()}
    for row in source.sheets.get("choices", []):
        lines.setdefault(("choices", row.cells.get("list_name", ""), row.cells.get("name", "")), row.line)
    for row in source.sheets.get("flags", []):
        lines["flags", row.cells.get("name", "")] = row.line
    return lines | {("settings",): source.settings.line}


def _check_depth(found: list[Entry], findings: list[Finding]) -> None:
    for entry in found:
        if entry.kind in ("group", "repeat") and entry.ref.count(".") == DEEPEST:
            values = {"construct": f"more than {DEEPEST} groups in each other", "instead": "Put them side by side."}
            findings.append(Finding("form_unsupported", values, "survey", entry.row.line, "type"))


def _order(work: Work) -> list[Aspect]:
    try:
        return evaluation_order(work.reads)
    except CircleError as circle:
        refs = [ref for ref in circle.refs if ref in work.written] or circle.refs
        row = work.rows.get(refs[0], Row(0, {}))
        work.findings.append(Finding("form_circular", {"names": ", ".join(refs)}, "survey", row.line))
        return []


def _stop(findings: list[Finding]) -> None:
    if any(not finding.warning for finding in findings):
        raise Problem(findings)


def _converted(sheets: dict[str, Any]) -> str:
    """pyxform's own `convert`, without its search for external choices: it looks at every choice of every question, and
    takes minutes for a long list that many questions use."""
    book = DefinitionData(**sheets)
    written: Any = workbook_to_json(book, fallback_form_name=book.fallback_form_name, warnings=[])
    survey: Any = create_survey_element_from_dict(written)
    return str(survey.to_xml(validate=False, pretty_print=False, warnings=[]))


def _to_xform(source: Source) -> str:
    """pyxform counts rows as a sheet does, with the header as the first."""
    key = source.settings.cells.get("form_id", "")
    try:
        return _converted(pyxform_sheets(source, key or "form"))
    except PyXFormError as error:
        message = str(error)
        place = _ROW.search(message)
        rows = source.sheets["survey"]
        at = int(place.group(1)) - 2 if place else -1
        line = rows[at].line if 0 <= at < len(rows) else 0
        raise refuse("form_not_understood", "survey" if line else "", line, detail=_ROW.sub("", message)) from None
    except Exception as error:  # noqa: BLE001 - pyxform meets odd sheets with odd exceptions, not the author's
        raise refuse("form_not_understood", detail=f"{type(error).__name__}: {error}") from None


def _flags(work: Work, questions: list[Question]) -> list[Flag]:
    reader = FlagReader(questions, work.findings)
    found: list[Flag] = []
    for row in work.source.sheets.get("flags", []):
        named = reader.read(row)
        texts = {column: work.text(row, column, sheet="flags") for column in ("action", "why")}
        condition = reader.condition(row, work.xform.root)
        if named is None or not condition:
            continue
        name, at = named
        tree = work.resolved(row, "condition", (name, "flag"), condition, flag_at=at)
        if tree is not None:
            reader.check_reads(row, name, work.reads[name, "flag"])
            found.append(reader.flag(row, name, at, tree, texts))
    return found


def _settings(work: Work) -> dict[str, Any]:
    row = work.source.settings
    cells = row.cells
    check_head(row, work.findings)
    planned = plan(row, work.findings)
    continues = yes(row, "continues", "settings", work.findings)
    title = work.text(row, "title", sheet="settings") or work.text(row, "form_title", sheet="settings")
    if title is None:
        work.report(row, "title", "form_missing", sheet="settings", what="title")
        title = {}
    if any(not finding.warning for finding in work.findings):
        return {}
    return {
        "key": cells["form_id"], "number": int(cells["number"]), "title": title,
        "short_title": work.text(row, "short_title", sheet="settings") or title,
        "subject": cast("Literal['household', 'person']", cells["subject"]), "station": cells.get("station"),
        "translation_status": {k: v for k, v in row.text("translation_status").items() if k},
        "plan": planned, "continues": continues,
    }  # fmt: skip
