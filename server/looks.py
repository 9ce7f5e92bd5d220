"""How a question looks on its page: which fields it has, side by side or in a list, which stand together.

Rules: read from kind and appearance alone. Filters and tests of the templates in templates/form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, Final, Literal

import msgspec

from forms.model import Choice, CompiledForm, Question, seen

RIGHT_TO_LEFT: Final = ("ar", "fa", "ur", "he", "ug", "ps", "sd", "ckb")
COMMA: Final = ("kk", "ru", "de", "fr", "es", "tr", "uk", "ky", "uz", "pt", "it")
"""Languages that write a comma in a number."""
LONG: Final = 24
"""Choices that still stand on a screen; more are searched."""
SIDE: Final = ("quick", "quickcompact", "horizontal", "horizontal-compact", "compact", "columns")
SCALE: Final = ("likert", "list", "list-nolabel", "label")


class Run(msgspec.Struct, frozen=True):
    """Neighbours that stand together. `known`: filled from what is known, one line says them all; `matrix`: rows of
    one scale; `plain`: one question."""

    kind: Literal["known", "matrix", "plain"]
    questions: list[Question]


def runs(questions: list[Question]) -> list[Run]:
    """The seen questions, in order."""
    found: list[Run] = []
    for question in filter(seen, questions):
        last = found[-1] if found else None
        kind = "known" if question.from_ is not None else "matrix" if is_row(question) else "plain"
        joins = kind == "known" or ("list-nolabel" in question.appearance and question.list is not None)
        if last is not None and kind == last.kind and joins and _together(last.questions[0], question):
            last.questions.append(question)
        else:
            found.append(Run(kind, [question]))
    return [one if one.kind != "matrix" or rows(one.questions) else Run("plain", one.questions) for one in found]


def rows(questions: list[Question]) -> list[Question]:
    """Those of a matrix that are answered; a heading alone is none."""
    return [question for question in questions if "label" not in question.appearance]


def is_row(question: Question) -> bool:
    return question.kind in ("select_one", "select_multiple") and (
        "list-nolabel" in question.appearance or "label" in question.appearance
    )


def _together(first: Question, question: Question) -> bool:
    return first.from_ is not None or first.list == question.list


def gaps(text: str | list[Any]) -> str:
    """A text with expressions, as it reads before anything is known."""
    return text if isinstance(text, str) else "".join(piece if isinstance(piece, str) else "…" for piece in text)


def direction(language: str) -> str:
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def decimal_sign(language: str) -> str:
    return "," if language.split("-")[0] in COMMA else "."


def look(question: Question) -> str:
    """Classes of a set of choices, with a space before."""
    words = [word.split("-")[0] if word.startswith("columns") else word for word in question.appearance]
    pictured = " pictured" if "no-buttons" in words or "image-map" in words else ""
    if any(word in SCALE for word in words):
        return f" likert{pictured}"
    return f" side{pictured}" if any(word in SIDE for word in words) else pictured


def scale(question: Question) -> tuple[float, float, float]:
    """Least, most and step of a range."""
    ends = question.range or {}
    low, high, step = (ends.get(key, usual) for key, usual in (("start", 0), ("end", 10), ("step", 1)))
    return figure_of(min(low, high)), figure_of(max(low, high)), figure_of(abs(step) or 1)


def figure_of(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def date_parts(question: Question) -> list[tuple[str, int]]:
    """Boxes of a date with their digits: day, month and year, or as few as its appearance asks."""
    parts = [("day", 2), ("month", 2), ("year", 4)]
    return parts[2:] if "year" in question.appearance else parts[1:] if "month-year" in question.appearance else parts


class Captured(msgspec.Struct, frozen=True):
    """What a capture slot says of itself."""

    kind: str
    pixels: int | None
    accept: str


def captured(question: Question) -> Captured:
    if question.kind == "image":
        drawn = next((one for one in ("signature", "draw", "annotate") if one in question.appearance), "picture")
        return Captured(drawn, question.pixels, "")
    return Captured("sound" if question.kind == "audio" else "file", None, question.accept or "")


def called(repeat: Question, form: CompiledForm) -> str:
    """The question whose answer names an instance: its name, else the first line of text; "" for none."""
    inside = [one for one in form.children(repeat.ref) if one.kind == "text"]
    named = [one for one in inside if one.role == "name"] or [one for one in inside if one.role is None]
    return named[0].ref if named else ""


def long(question: Question, form: CompiledForm) -> bool:
    """So many choices that they are searched."""
    return question.list is not None and len(form.lists[question.list]) > LONG and not is_row(question)


def listed(question: Question, form: CompiledForm) -> bool:
    """A closed list, the browser's own."""
    closed = question.kind == "select_one" and "minimal" in question.appearance
    return closed and not is_row(question) and not long(question, form)


def counted(choices: list[Choice]) -> list[tuple[Choice, int]]:
    """Choices, each with which of those with its name it is."""
    met: Counter[str] = Counter()
    found: list[tuple[Choice, int]] = []
    for choice in choices:
        met[choice.name] += 1
        found.append((choice, met[choice.name]))
    return found


def uncalendared(question: Question) -> bool:
    """A date that is typed only."""
    return any(word in question.appearance for word in ("no-calendar", "month-year", "year"))


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "gaps": gaps, "runs": runs, "direction": direction, "look": look, "scale": scale, "figure": str,
    "date_parts": date_parts, "captured": captured, "called": called, "counted": counted,
}  # fmt: skip
TESTS: Final[dict[str, Callable[..., Any]]] = {"listed": listed, "long": long, "uncalendared": uncalendared}
