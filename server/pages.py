"""Renders a compiled form in one language as one HTML document: the page that tablets bind to, and the paper fallback.

Rules: made at publish time, once per release, version and language; no inline style, no script. TypeScript reads only
`data-ref`, `data-kind`, `data-text`, `data-list`, `data-ways`, `data-flag-slot`, `data-flag` and what a capture slot
says of itself; `data-self` and `data-sensitive` are for styles. Every field and the form itself carry
`autocomplete="off"`: without it Chromium writes typed text in plain into its session files. What must be acted on
stands in the page, hidden, under its question; what is psychiatric or for protection never does.
"""

from __future__ import annotations

from functools import cache, partial
from typing import Any, Final, cast

import msgspec
from jinja2 import Environment

from forms.model import PRIVATE, CompiledForm, Flag, Question, seen
from server import looks
from server.paper import asked_if
from server.templating import templates
from server.words import messages, say

VALIDATED: Final = ("official", "published-validated", "published")
COPIES: Final = 6
"""Empty instances of a repeat on paper."""
INNER_COPIES: Final = 3
"""Of a repeat within another."""
MEDIA: Final = "/forms/files/"
"""Where pictures and sounds of forms are, by their digest."""
CODES: Final = (
    "answer_required",
    "answer_not_integer",
    "answer_not_decimal",
    "answer_not_date",
    "answer_not_time",
    "answer_not_datetime",
    "answer_not_choice",
    "answer_not_rank",
    "answer_not_point",
    "answer_out_of_range",
    "answer_constraint",
)
"""What can be wrong with an answer, as Changes says it; the page holds the words for all of it once."""
TOLD: Final = ("accuracy", "locating", "not_located", "not_placed", "placed", "found")
"""Words that the tablet puts into the page while somebody answers."""


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
        if question.kind in ("group", "repeat"):
            title, hint = _plain(question.label, language), _plain(question.hint, language)
            group = question if question.kind == "group" else None
            held = form.children(question.ref) if group else [question]
            found.append(Section(question.ref, title, hint, held, group))
        elif seen(question):
            if not found:
                found.append(Section("", str(form.title[language]), "", []))
            found[-1].questions.append(question)
    return found


def render_page(form: CompiledForm, language: str, *, style: str, paper: bool = False) -> str:
    """The document. `style`: address of the stylesheet; `paper`: all sections open, repeats written out to be filled
    with a pen. Raises KeyError for a language that the form does not have."""
    if language not in form.languages:
        raise KeyError(language)
    words, foreign = _words(language)
    return (
        _templates()
        .get_template("form/page.html")
        .render(
            form=form,
            language=language,
            sections=sections(form, language),
            style=style,
            paper=paper,
            copies=partial(_copies, form),
            asked_if=lambda question: asked_if(form, question, language, words),  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
            codes=CODES,
            told=TOLD,
            words=words,
            foreign=foreign,
            borrowed=form.borrowed.get(language, {}),
            media_at=MEDIA,
            decimal_sign=looks.decimal_sign(language),
            flags=_flags(form, words),
            known_dates=any(question.from_ == "person.birth_date" for question in form.questions),
            unvalidated=form.translation_status.get(language, "official") not in VALIDATED,
        )
    )


@cache
def _templates() -> Environment:
    made = templates()
    cast("dict[str, Any]", made.filters).update(looks.FILTERS)
    cast("dict[str, Any]", made.tests).update(looks.TESTS)
    return made


def _words(language: str) -> tuple[dict[str, str], bool]:
    """Of the page around the questions; English, and that it is, where a form speaks more languages than Esik. Forms
    speak Russian and Arabic before the screens do: of those languages only the words of pages are there."""
    english = messages("en", "common") | messages("en", "page")
    try:
        return english | messages(language, "common") | messages(language, "page"), False
    except FileNotFoundError:
        return english, language.split("-")[0] != "en"


def _copies(form: CompiledForm, repeat: Question) -> int:
    above = [form.question(repeat.ref.rsplit(".", up)[0]) for up in range(1, repeat.ref.count(".") + 1)]
    return INNER_COPIES if any(one.kind == "repeat" for one in above) else COPIES


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


def _plain(text: dict[str, Any] | None, language: str) -> str:
    return "" if text is None else looks.gaps(text[language])
