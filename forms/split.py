"""From one open form to one payload an audience: the plaintexts of a submission's parts.

Rules: an answer goes to exactly one audience; what identifies (by `role`) goes to `people` as rows and to
`coordination` as answers. Every audience of the form gets a payload, empty or not: a missing part would tell. In other
audiences the items of a repeat stand in the same order and repeat the card, so a reader of one part knows whom each is
about. Completeness for `coordination` never counts psychiatric or protection questions. `static/src/form/split.ts` is
the same.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from forms.answers import ANSWER, answer, sealed
from forms.evaluate import Engine
from forms.model import IDENTIFYING, Question, Way
from forms.tree import Node

COUNTED_BY_NOBODY: Final = ("psychiatric", "protection")


class SplitContext(msgspec.Struct):
    """What the tablet knows and the form does not. `facts`: of the person, in a form about a person."""

    submission: str
    version: str
    household: str | None
    card: str | None
    staff: dict[str, str]
    asked_at: int
    mode: str = "tablet"
    facts: dict[str, str] = {}


def split(engine: Engine, context: SplitContext) -> list[dict[str, Any]]:
    """Payloads in the order of the form's audiences; each is JSON."""
    everybody = _people(engine)
    answered = [row["card"] for row in everybody if "card" in row]
    cards = [context.card] if context.card is not None else answered
    facts = {"visit_date": engine.today}
    if engine.form.subject == "person":
        own = {
            name: everybody[0][name]
            for name in ("sex", "birth_date", "birth_date_precision")
            if everybody and name in everybody[0]
        }
        facts = context.facts | own | facts
    return [_payload(engine, context, bucket.audience, everybody, cards, facts) for bucket in engine.form.audiences]


def _payload(
    engine: Engine,
    context: SplitContext,
    audience: str,
    everybody: list[dict[str, Any]],
    cards: list[str],
    facts: dict[str, str],
) -> dict[str, Any]:
    form = engine.form
    mine = audience != "people"
    payload: dict[str, Any] = {
        "v": 1, "audience": audience, "submission": context.submission,
        "form": {"key": form.key, "version": context.version, "number": form.number},
        "subject": {"household": context.household, "cards": cards}, "card": context.card, "staff": context.staff,
        "asked_at": context.asked_at, "mode": context.mode, "language": engine.language, "facts": facts,
        "answers": _answers(engine, audience) if mine else {}, "ways": _ways(engine, audience) if mine else {},
    }  # fmt: skip
    if audience == "people":
        stations = [form.station] if form.station else []
        known = [{"card": context.card} | row for row in everybody]  # a row without a card would tell nobody anything
        payload["people"] = [row | {"stations": stations} for row in known if row["card"] is not None]
    if audience == "coordination":
        payload["completeness"] = _completeness(engine)
    return payload


def _answers(engine: Engine, audience: str) -> dict[str, Any]:
    if audience in IDENTIFYING:
        return sealed(engine.tree.root, lambda question: question.audience == audience)
    inside = {q.ref.split(".")[0] for q in engine.form.questions if q.audience == audience and q.kind != "repeat"}

    def wanted(question: Question) -> bool:
        return question.audience == audience or (question.role == "card" and question.ref.split(".")[0] in inside)

    return sealed(engine.tree.root, wanted)


def _ways(engine: Engine, audience: str) -> dict[str, Way]:
    nodes = (
        node for node in engine.tree.root.walk() if node.question is not None and node.question.audience == audience
    )
    return {node.ref(): node.way for node in nodes if node.way is not None and node.shown()}


def _people(engine: Engine) -> list[dict[str, Any]]:
    """One row for everybody whom the form identifies, in its order; cards as printed."""
    rows: dict[int, dict[str, Any]] = {}
    for node in engine.tree.root.walk():
        role = node.question.role if node.question is not None else None
        if node.question is None or role is None or not node.string():
            continue
        rows.setdefault(id(_instance(node)), {})[role] = answer(node.question, node.value)
    for row in rows.values():
        if "birth_date" in row:
            row.setdefault("birth_date_precision", "day")
    return list(rows.values())


def _instance(node: Node) -> Node:
    """The repeat's instance that a node stands in, or the form."""
    while node.parent is not None and (node.question is None or node.question.kind != "repeat"):
        node = node.parent
    return node


def _completeness(engine: Engine) -> dict[str, int]:
    counts = {"answered": 0, "unknown": 0, "declined": 0, "not_asked": 0}
    for node in engine.tree.root.walk():
        question = node.question
        if question is None or question.kind not in ANSWER or not question.asks or not node.shown():
            continue
        if question.audience not in COUNTED_BY_NOBODY:
            counts[node.way or ("answered" if node.value else "not_asked")] += 1
    return counts
