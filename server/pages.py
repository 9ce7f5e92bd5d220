"""Renders a compiled form in one language as one HTML document: the page that tablets bind to, and the paper fallback.

Rules: made at publish time, once per release, version and language; no inline style, no script. TypeScript reads only
`data-ref`, `data-kind`, `data-text`, `data-list`, `data-ways` and `data-flag-slot`. Every field and the form itself
carry `autocomplete="off"`: without it Chromium writes typed text in plain into its session files.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from forms.model import CompiledForm, Question
from server.words import messages

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


def sections(form: CompiledForm, language: str) -> list[Section]:
    """Each top-level group or repeat; loose questions belong to the section before."""
    found: list[Section] = []
    for question in form.children(""):
        if question.kind == "group":
            title, hint = _plain(question.label, language), _plain(question.hint, language)
            found.append(Section(question.ref, title, hint, form.children(question.ref)))
        elif question.kind == "repeat":
            title, hint = _plain(question.label, language), _plain(question.hint, language)
            found.append(Section(question.ref, title, hint, [question]))
        else:
            if not found:
                found.append(Section("", str(form.title[language]), "", []))
            found[-1].questions.append(question)
    return found


def render_page(form: CompiledForm, language: str, *, style: str, paper: bool = False) -> str:
    """The document. `style`: address of the stylesheet; `paper`: all sections open, repeats written out to be filled
    with a pen. Raises KeyError for a language that the form does not have."""
    if language not in form.languages:
        raise KeyError(language)
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
            words=_words(language),
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
    made.filters["gaps"] = _gaps
    return made


def _words(language: str) -> dict[str, str]:
    """Of the page around the questions; English where a form speaks more languages than Esik."""
    try:
        return messages(language, "page")
    except FileNotFoundError:
        return messages("en", "page")


def _plain(text: dict[str, Any] | None, language: str) -> str:
    return "" if text is None else _gaps(text[language])


def _gaps(text: str | list[Any]) -> str:
    """A text with expressions, as it reads before anything is known."""
    return text if isinstance(text, str) else "".join(piece if isinstance(piece, str) else "…" for piece in text)
