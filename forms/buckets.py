"""How large a part of a form can grow, so that all parts of one form and audience can be sealed at one size.

Rules: the bucket is the smallest of 4, 8, 16, 32 and 64 KiB above a fully answered form: twelve instances of every
repeat, 200 letters a text, every choice chosen, every flag raised and taken over. Letters count two bytes (Cyrillic and
Arabic). Only longer free text overflows to the next bucket when it is sealed.
"""

from __future__ import annotations

from typing import Final

from forms.model import BUCKETS, CARDS, FACTS, AudienceBucket, Choice, Flag, Question

INSTANCES: Final = 12
LETTERS: Final = 200
ENVELOPE: Final = 2048
"""Form, staff, subject, facts, household, the sitting and four who had it before: names of people in two-byte letters
included."""
ROW: Final = 120
"""A person's row or a card in `subject`, beside the answers themselves."""
DONE: Final = 200
"""What a row of `people` says about a form that was sealed in part."""
ATTACHED: Final = {"image": 230, "audio": 1300, "file": 1300}
"""What a part says of an attachment beside its name: its chunks and their keys."""
FLAG: Final = 250
"""A flag with its deadline and the name of who took over, beside its own name."""


def buckets(questions: list[Question], lists: dict[str, list[Choice]], flags: list[Flag]) -> list[AudienceBucket]:
    """One a audience of the form; `people` and `coordination` are always there, others in the form's order."""
    others = dict.fromkeys(q.audience for q in questions if q.asks or q.kind in ("calculate", "hidden"))
    others |= dict.fromkeys(flag.audience for flag in flags)
    names = ["people", "coordination", *(name for name in others if name not in ("", "people", "coordination"))]
    sizes = {name: _sizes(choices) for name, choices in lists.items()}
    raised = {name: sum(FLAG + len(flag.name) for flag in flags if flag.audience == name) for name in names}
    return [AudienceBucket(name, _bucket(name, questions, sizes, raised[name])) for name in names]


def _sizes(choices: list[Choice]) -> tuple[int, int]:
    """Bytes of the longest choice, and of all of them."""
    found = [len(choice.name) + 3 for choice in choices]
    return max(found, default=0), sum(found)


def _bucket(audience: str, questions: list[Question], lists: dict[str, tuple[int, int]], raised: int) -> int:
    """Every part names the groups that were parked, a row of `people` the family and the sections that are done."""
    repeats = tuple(f"{question.ref}." for question in questions if question.kind == "repeat")
    household = any(question.role == "card" and question.ref.startswith(repeats) for question in questions)
    people = INSTANCES if household else 1
    parked = sum(len(question.ref) + 3 for question in questions if question.sensitive)
    done = sum(len(question.ref) + 3 for question in questions if not question.parent)
    size = ENVELOPE + people * (ROW + (DONE + done if audience == "people" else 0)) + raised + parked
    for question in questions:
        identifies = question.role is not None
        mine = (
            identifies
            if audience in ("people", "coordination")
            else question.audience == audience or question.role == "card"
        )
        if (mine or question.audience == audience) and question.kind not in ("group", "note"):
            size += (INSTANCES if question.ref.startswith(repeats) else 1) * _answer(question, lists)
    return next((bucket for bucket in BUCKETS if bucket > size), BUCKETS[-1])


def _answer(question: Question, lists: dict[str, tuple[int, int]]) -> int:
    """Bytes of `"name":answer,` or of its way out `"ref[12]":"declined",`, whichever is more."""
    longest, all_ = lists.get(question.list or "", (0, 0))
    answer = {
        "text": 2 * LETTERS, "calculate": 2 * LETTERS, "hidden": 2 * LETTERS, "barcode": 2 * LETTERS,
        "select_one": longest, "select_multiple": all_, "rank": all_, "geopoint": 80,
        "datetime": 36, **{kind: 32 + size for kind, size in ATTACHED.items()},
    }.get(question.kind, 24)  # fmt: skip
    if question.role in (*CARDS, *FACTS):
        answer = 24
    return len(question.name) + 4 + max(answer, len(question.ref) + 24)
