"""Renders a compiled form in one language as one HTML document: the page that tablets bind to, and the paper fallback.

Rules: made at publish time, once per release, version and language; no inline style, no script. TypeScript reads only
`data-ref`, `data-kind`, `data-text`, `data-list`, `data-ways`, `data-flag-slot` and `data-flag`; `data-self` and
`data-sensitive` are for styles. Every field and the form itself carry `autocomplete="off"`: without it Chromium writes
typed text in plain into its session files. What must be acted on stands in the page, hidden, under its question;
what is psychiatric or for protection never does.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from forms.model import PRIVATE, CompiledForm, Flag, Question, seen
from server.words import messages, say

TEMPLATES: Final = Path(__file__).parent / "templates"
RIGHT_TO_LEFT: Final = ("ar", "fa", "ur", "he", "ug", "ps")
VALIDATED: Final = ("official", "published-validated", "published")
COPIES: Final = 6
"""Empty instances of a repeat on paper."""
_ALWAYS: Final = ("answer_required", "answer_constraint")
CODES: Final = {
    "text": _ALWAYS,
    "integer": ("answer_not_integer", *_ALWAYS),
    "decimal": ("answer_not_decimal", *_ALWAYS),
    "date": ("answer_not_date", *_ALWAYS),
    "select_one": ("answer_not_choice", *_ALWAYS),
    "select_multiple": ("answer_not_choice", *_ALWAYS),
    "acknowledge": _ALWAYS,
}
"""What can be wrong with an answer of each kind; the page holds the words for all of it."""


class Section(msgspec.Struct, frozen=True):
    """One screen of a form. `ref` is "" for questions before the first group."""

    ref: str
    title: str
    hint: str
    questions: list[Question]
    group: Question | None = None


def sections(form: CompiledForm, language: str) -> list[Section]:
    """Each top-level group or repeat; loose questions belong to the section before."""
    found: list[Section] = []
    for question in form.children(""):
        if question.kind == "group":
            title, hint = _plain(question.label, language), _plain(question.hint, language)
            found.append(Section(question.ref, title, hint, form.children(question.ref), question))
        elif question.kind == "repeat":
            title, hint = _plain(question.label, language), _plain(question.hint, language)
            found.append(Section(question.ref, title, hint, [question]))
        elif seen(question) or question.kind != "calculate":
            if not found:
                found.append(Section("", str(form.title[language]), "", []))
            found[-1].questions.append(question)
    return found


def render_page(form: CompiledForm, language: str, *, style: str, paper: bool = False) -> str:
    """The document. `style`: address of the stylesheet; `paper`: all sections open, repeats written out to be filled
    with a pen. Raises KeyError for a language that the form does not have."""
    if language not in form.languages:
        raise KeyError(language)
    words = _words(language)
    return (
        _templates()
        .get_template("form/page.html")
        .render(
            form=form,
            language=language,
            direction="rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr",
            sections=sections(form, language),
            style=style,
            paper=paper,
            copies=COPIES,
            codes=CODES,
            words=words,
            flags=_flags(form, words),
            known_dates=any(question.from_ == "person.birth_date" for question in form.questions),
            unvalidated=form.translation_status.get(language, "official") not in VALIDATED,
        )
    )


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = cast("dict[str, Any]", made.filters)
    filters |= {"gaps": _gaps, "runs": _runs}
    return made


def _words(language: str) -> dict[str, str]:
    """Of the page around the questions; English where a form speaks more languages than Esik."""
    try:
        return messages(language, "common") | messages(language, "page")
    except FileNotFoundError:
        return messages("en", "common") | messages("en", "page")


class Panel(msgspec.Struct, frozen=True):
    """A flag as its page shows it. `kind`: the class of the panel; `within`: its deadline in words."""

    flag: Flag
    kind: str
    icon: str
    within: str


def _flags(form: CompiledForm, words: dict[str, str]) -> dict[str, list[Panel]]:
    """By the question that they stand under; none of those that nobody else in the room may read."""
    found: dict[str, list[Panel]] = {}
    for flag in form.flags:
        if flag.audience not in PRIVATE:
            kind = {"P1": "p1", "P4": "later"}.get(flag.level, "soon")
            icon = "alert" if flag.level == "P1" else "clock"
            found.setdefault(flag.at, []).append(Panel(flag, kind, icon, _within(flag, words)))
    return found


def _within(flag: Flag, words: dict[str, str]) -> str:
    """In hours up to two days, then in days, then in weeks, whichever is whole."""
    if flag.level == "P1":
        return words["page.flag_now"]
    if flag.hours is None:
        return words["page.flag_visit"]
    days = flag.hours // 24
    if flag.hours % 24 or days <= 2:
        return say(words["page.flag_hour" if flag.hours == 1 else "page.flag_hours"], {"count": flag.hours})
    if days % 7 or days == 7:
        return say(words["page.flag_days"], {"count": days})
    return say(words["page.flag_weeks"], {"count": days // 7})


def _runs(questions: list[Question]) -> list[list[Question]]:
    """Neighbours that are filled from what is known stand together: one line says them all. Others stand alone."""
    found: list[list[Question]] = []
    for question in filter(seen, questions):
        if question.from_ is not None and found and found[-1][0].from_ is not None:
            found[-1].append(question)
        else:
            found.append([question])
    return found


def _plain(text: dict[str, Any] | None, language: str) -> str:
    return "" if text is None else _gaps(text[language])


def _gaps(text: str | list[Any]) -> str:
    """A text with expressions, as it reads before anything is known."""
    return text if isinstance(text, str) else "".join(piece if isinstance(piece, str) else "…" for piece in text)
