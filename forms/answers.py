"""Answers between four shapes: as a person types them, as expressions read them, as a draft keeps them, as sealed.

Rules: what is typed is read by `forms/lexical.py`. Sealing is exact: whole and decimal numbers are JSON numbers,
several choices a list, an acknowledgement true, all else text. `static/src/form/answers.ts` is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from forms.card import read_card
from forms.lexical import check_value, lexical
from forms.model import CARDS, KINDS, CompiledForm, Question, Way
from forms.tree import Node

ANSWER: Final = tuple(kind for kind in KINDS if kind not in ("group", "repeat", "note", "calculate", "hidden"))
"""Kinds that hold an answer of a person."""


def answer(question: Question, value: str) -> Any:
    """One sealed answer; a card code as it is printed."""
    if question.role in CARDS:
        return read_card(value) or value
    if question.kind in ("integer", "decimal", "range") and check_value(question, value, []) is None:
        found = float(value)
        return int(found) if found.is_integer() else found
    if question.kind in ("select_multiple", "rank"):
        return value.split(" ")
    return True if question.kind == "acknowledge" else value


def sealed(node: Node, wanted: Callable[[Question], bool]) -> dict[str, Any]:
    """Name → value of all that is relevant and wanted. A repeat that holds a wanted question keeps an item for every
    instance, so that lists of several audiences stay in step."""
    found: dict[str, Any] = {}
    for name, nodes in node.below.items():
        shown = [child for child in nodes if child.shown()]
        question = nodes[0].question if nodes else None
        if not shown or question is None:
            continue
        if question.kind == "repeat":
            items = [sealed(instance, wanted) for instance in shown]
            found |= {name: items} if any(items) else {}
        elif question.kind == "group":
            inner = sealed(shown[0], wanted)
            found |= {name: inner} if inner else {}
        elif shown[0].string() and question.kind != "note" and wanted(question):
            found[name] = answer(question, shown[0].value)
    return found


def entered(form: CompiledForm, answers: dict[str, Any]) -> tuple[dict[str, str], dict[str, int]]:
    """Sealed answers as a draft's (values, repeats). Raises KeyError for names that the form does not have."""
    values: dict[str, str] = {}
    repeats: dict[str, int] = {}
    questions = {question.ref: question for question in form.questions}

    def walk(level: dict[str, Any], over: str, above: str) -> None:
        for name, value in level.items():
            question = questions[f"{over}.{name}" if over else name]
            ref = f"{above}.{name}" if above else name
            if question.kind == "group":
                walk(value, question.ref, ref)
            elif question.kind == "repeat":
                repeats[ref] = len(value)
                for index, item in enumerate(value, 1):
                    walk(item, question.ref, f"{ref}[{index}]")
            else:
                values[ref] = lexical(question, value)

    walk(answers, "", "")
    return values, repeats


def kept(root: Node) -> tuple[dict[str, str], dict[str, Way], dict[str, int]]:
    """A draft's (values, ways, repeats): all that was entered, hidden answers too; what is blank is left out.

    Instances that a smaller count took out stand behind the others, as far as somebody entered something there: they
    come back with the number, also when the tablet was locked in between."""
    values: dict[str, str] = {}
    ways: dict[str, Way] = {}
    repeats: dict[str, int] = {}

    def keep(node: Node, ref: str) -> None:
        if node.value:
            values[ref] = node.value
        if node.way is not None:
            ways[ref] = node.way
        for name, nodes in node.below.items():
            inner = f"{ref}.{name}" if ref else name
            if name not in node.ranges:
                keep(nodes[0], inner)
                continue
            whole = [*nodes, *_waiting(node.spare.get(name, []))]
            repeats[inner] = len(whole)
            for place, instance in enumerate(whole, 1):
                keep(instance, f"{inner}[{place}]")

    keep(root, "")
    return values, ways, repeats


def _waiting(spare: list[Node]) -> list[Node]:
    """Instances that were taken out, in the form's order, up to the last one in which something was entered."""
    first = next((place for place, one in enumerate(spare) if _entered(one)), len(spare))
    return spare[first:][::-1]


def _entered(instance: Node) -> bool:
    return any(_answered(node) or any(_waiting(spare) for spare in node.spare.values()) for node in instance.walk())


def _answered(node: Node) -> bool:
    question = node.question
    if question is None or not question.asks:
        return False
    return node.way is not None or node.value not in ("", question.default or "")
