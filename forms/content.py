"""What a published form may not ask, or only with the signatures of two administrators (FORMS.md, "Rules that hold").

Rules: subjects that could be used against a child for life are found by their words (forms/forbidden.py); place, face,
voice and device by what the form takes. Neither keeps a form from compiling: a finding of SECOND_SIGNATURE keeps it
from being published until two administrators have signed a reason. Everything else here is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from forms.forbidden import forbidden_in
from forms.model import PRIVATE, TEXTS, CompiledForm, Question, Text
from forms.problems import Finding

SECOND_SIGNATURE: Final = ("form_forbidden", "form_exposes")
DRAWN: Final = ("signature", "draw")
"""Appearances with which a picture is not of the world."""
DEVICE: Final = ("deviceid", "phonenumber", "simserial", "subscriberid", "imei", "email")
"""Preloads that name a device or its owner."""
DOCUMENTS: Final = (
    ".csv", ".doc", ".docx", ".odt", ".ods", ".pdf", ".rtf", ".txt", ".xls", ".xlsx", "application/msword",
    "application/pdf", "application/rtf", "application/vnd.ms-excel", "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "text/csv", "text/plain",
)  # fmt: skip
"""What a file question may take without a second signature, as `accept` says it."""

Place = tuple[str, int, str]
"""Sheet, row, column."""
Lines = Mapping[tuple[str, ...], int]
"""Rows of the source: ("survey", ref), ("choices", list, name), ("flags", name). What is not there is row 0."""


def check_content(form: CompiledForm, lines: Lines) -> list[Finding]:
    """All findings, forbidden subjects first; every one a warning to the compiler."""
    return [*_forbidden(form, lines), *_exposes(form, lines), *_owed(form, lines)]


def needs_second(findings: list[Finding]) -> list[Finding]:
    """Those that two administrators have to answer for."""
    return [finding for finding in findings if finding.code in SECOND_SIGNATURE]


def _forbidden(form: CompiledForm, lines: Lines) -> Iterator[Finding]:
    told: set[tuple[str, int, str]] = set()
    for (sheet, row, column), text in _texts(form, lines):
        for found in forbidden_in(text):
            # a row says the same in several languages and columns: once is enough
            if (sheet, row, found.subject) in told and row:
                continue
            told.add((sheet, row, found.subject))
            values = {"subject": found.subject, "words": found.words}
            yield Finding("form_forbidden", values, sheet, row, column, warning=True)


def _texts(form: CompiledForm, lines: Lines) -> Iterator[tuple[Place, str]]:
    for column, text in (("title", form.title), ("short_title", form.short_title)):
        for language, words in _said(text):
            yield ("settings", lines.get(("settings",), 0), f"{column}::{language}"), words
    for question in form.questions:
        line = lines.get(("survey", question.ref), 0)
        yield ("survey", line, "name"), question.name
        for column in (*TEXTS, "disclosure"):
            for language, words in _said(getattr(question, column)):
                yield ("survey", line, f"{column}::{language}"), words
    for name, choices in form.lists.items():
        for choice in choices:
            line = lines.get(("choices", name, choice.name), 0)
            yield ("choices", line, "name"), choice.name
            for language, words in _said(choice.label):
                yield ("choices", line, f"label::{language}"), words
    for flag in form.flags:
        line = lines.get(("flags", flag.name), 0)
        yield ("flags", line, "name"), flag.name
        for column in ("action", "why"):
            for language, words in _said(getattr(flag, column)):
                yield ("flags", line, f"{column}::{language}"), words


def _said(text: Text | None) -> Iterator[tuple[str, str]]:
    for language, words in (text or {}).items():
        yield language, words if isinstance(words, str) else _plain(words)


def _plain(pieces: list[Any]) -> str:
    return " … ".join(piece for piece in pieces if isinstance(piece, str))


def _exposes(form: CompiledForm, lines: Lines) -> Iterator[Finding]:
    for question in form.questions:
        what = _exposed(question)
        if what is not None:
            line = lines.get(("survey", question.ref), 0)
            yield Finding("form_exposes", {"name": question.name, "what": what}, "survey", line, "type", warning=True)


def _exposed(question: Question) -> str | None:
    if question.kind == "geopoint" or (question.preload or "").endswith("geopoint"):
        return "place"
    if question.kind == "image" and not any(word in DRAWN for word in question.appearance):
        return "face"
    if question.kind == "audio":
        return "voice"
    if question.kind == "file":
        return _chosen(question.accept or "")
    return "device" if question.preload in DEVICE else None


def _chosen(accept: str) -> str | None:
    """A file question that takes more than written documents takes a photograph or a recording from the gallery too."""
    wanted = [one.strip().lower() for one in accept.split(",") if one.strip()]
    if wanted and all(one in DOCUMENTS for one in wanted):
        return None
    return "voice" if wanted and all(one.startswith("audio/") for one in wanted) else "face"


def _owed(form: CompiledForm, lines: Lines) -> Iterator[Finding]:
    """What a careful form has: ways out of hard questions, groups to hand over that can be handed over."""
    by_ref = {question.ref: question for question in form.questions}
    for question in form.questions:
        line = lines.get(("survey", question.ref), 0)
        if question.asks and question.required is not None and not question.ways and _hard(question, by_ref):
            what = "a way out of a sensitive question (ways)"
            yield Finding("form_missing", {"what": what}, "survey", line, "ways", warning=True)
        # the tablet hands over a whole page, and a page is a group at the top
        if question.self_ and question.parent:
            instead = "Put it on a group at the top."
            values = {"construct": f"self on {question.name}", "instead": instead}
            yield Finding("form_unsupported", values, "survey", line, "self", warning=True)
    unsaid = [one for one in form.questions if one.asks and one.role is None and not (one.purpose and one.action)]
    if unsaid:
        what = f"why {len(unsaid)} of the questions are asked, and what follows (purpose, action),"
        yield Finding("form_missing", {"what": what}, column="purpose", warning=True)
    free = [one for one in form.questions if one.kind == "text" and one.asks and one.role is None]
    if free:
        rows = ", ".join(str(lines.get(("survey", one.ref), 0)) for one in free)
        yield Finding("form_free_text", {"count": str(len(free)), "rows": rows}, warning=True)


def _hard(question: Question, by_ref: Mapping[str, Question]) -> bool:
    above = question.parent
    while above:
        if by_ref[above].sensitive:
            return True
        above = by_ref[above].parent
    return question.audience in PRIVATE
