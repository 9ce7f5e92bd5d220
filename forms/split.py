"""From one open form to one payload an audience: the plaintexts of a submission's parts.

Rules: an answer goes to exactly one audience; what identifies (by `role`) goes to `people` as rows and to
`coordination` as answers. Every audience of the form gets a payload, empty or not: a missing part would tell. In other
audiences the items of a repeat stand in the same order and repeat the card, so a reader of one part knows whom each is
about. A raised flag goes to its own audience; `coordination` learns the most urgent level of what is medical, education
or family, and of psychiatric and protection flags only by when the duty lead must be asked. Completeness never counts
psychiatric or protection questions. `static/src/form/split.ts` is the same.
"""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from forms.answers import ANSWER, answer, sealed
from forms.evaluate import Engine, Raised
from forms.model import IDENTIFYING, PRIVATE, Question, Way
from forms.tree import Node

HOUR: Final = 3_600_000


class SplitContext(msgspec.Struct):
    """What the tablet knows and the form does not.

    `facts`: of the person, in a form about a person. `handed`: who had the draft before, oldest first. `sections`: refs
    that are done where only a part is sealed; `continues`: the submission whose rest this is. `again_on`: YYYY-MM-DD.
    `taken_over`: {flag, by (None: nobody yet), carer_unsafe}. `parked`: sensitive groups that were not opened. `queue`:
    0 somebody must go now and nobody took over, 1 before the others, 2 in turn. `family_card`: of a family that is
    known already, unless the form says another. `typed_at`, `paper`: when paper was typed in, and its number."""

    submission: str
    version: str
    household: str | None
    card: str | None
    staff: dict[str, str]
    asked_at: int
    mode: str = "tablet"
    facts: dict[str, str] = {}
    handed: list[dict[str, str]] = []
    sitting: dict[str, Any] | None = None
    outcome: Literal["done", "part", "not_wanted"] = "done"
    again_on: str | None = None
    sections: list[str] = []
    continues: str | None = None
    taken_over: list[dict[str, Any]] = []
    parked: list[str] = []
    stopped: str | None = None
    queue: Literal[0, 1, 2] | None = None
    family_card: str | None = None
    typed_at: int | None = None
    paper: str | None = None


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
        "handed": context.handed, "sitting": context.sitting, "outcome": context.outcome, "again_on": context.again_on,
        "continues": context.continues, "parked": context.parked, "stopped": context.stopped,
        "typed_at": context.typed_at, "paper": context.paper,
        "flags": [_flag(flag, context) for flag in engine.flags() if flag.audience == audience],
    }  # fmt: skip
    if audience == "people":
        payload["people"] = _rows(engine, context, everybody)
    if audience == "coordination":
        payload |= _urgency(engine, context)
        payload["completeness"] = _completeness(engine)
    return payload


def _flag(flag: Raised, context: SplitContext) -> dict[str, Any]:
    found: dict[str, Any] = {"name": flag.name, "level": flag.level, "due": _due(flag, context)}
    for one in context.taken_over:
        if one["flag"] == flag.name:
            found["taken_over"] = {"by": one["by"], "carer_unsafe": one.get("carer_unsafe", False)}
    return found


def _due(flag: Raised, context: SplitContext) -> int | None:
    """Milliseconds; None for what waits for the next visit."""
    return None if flag.hours is None else context.asked_at + flag.hours * HOUR


def _urgency(engine: Engine, context: SplitContext) -> dict[str, Any]:
    raised = engine.flags()
    told = [flag for flag in raised if flag.audience not in PRIVATE]
    dues = [_due(flag, context) for flag in raised if flag.audience in PRIVATE]
    return {
        "urgency": {"level": told[0].level, "due": _due(told[0], context)} if told else None,
        "due": min((due for due in dues if due is not None), default=None),
    }


def _rows(engine: Engine, context: SplitContext, everybody: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A person is known by her card: a row without one would tell nobody anything."""
    form, closed = engine.form, context.outcome != "part"
    done: dict[str, Any] = {"stations": [form.station] if form.station and closed else []}
    if context.queue is not None:
        done["queue"] = context.queue
    if context.outcome == "part":
        done["part"] = {
            "form": form.key, "version": context.version, "submission": context.submission,
            "sections": context.sections,
        }  # fmt: skip
    if context.outcome == "not_wanted" and form.station:
        done["not_wanted"] = {"station": form.station, "again_on": context.again_on}
    family = {"family_card": context.family_card} if context.family_card is not None else {}
    if form.subject == "person":
        rows = [{"card": context.card} | family | row | done for row in everybody or [{}]]
        return [row for row in rows if row["card"] is not None]
    members = [row for row in everybody if "card" in row]
    said = [row for row in everybody if "card" not in row and "family_card" in row]
    if said or (members and not family):
        family = {"family_card": said[0]["family_card"] if said else members[0]["card"]}
    return [family | row | done for row in members]


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
        else:
            row.pop("birth_date_precision", None)
    return [row for row in rows.values() if row]


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
        if question.audience not in PRIVATE:
            counts[node.way or ("answered" if node.value else "not_asked")] += 1
    return counts
