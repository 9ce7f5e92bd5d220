"""Rules about content, beyond what can be computed: who may read what, and what Esik's own forms owe to people.

Rules: what goes to a part is computed only from answers of that part and from the facts that every part carries (sex,
birth date, its precision), so that every reader can recompute all they see and nothing seeps from one audience to
another. A library question says why it is asked and what follows, in every language; nothing is left untranslated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from forms.model import FACTS, Question
from forms.order import Aspect, around
from forms.problems import Finding
from forms.source import Row

CARRIED: Final = ("relevant", "calculation", "required", "constraint", "filter", "count", "first", "set")
"""Aspects that leave a trace in what is sealed; a label does not."""
COLUMN_OF: Final = {"filter": "choice_filter", "count": "repeat_count", "first": "default", "set": "calculation"}


def check_reads(
    questions: list[Question], reads: Mapping[Aspect, frozenset[str]], rows: Mapping[str, Row], findings: list[Finding]
) -> None:
    """Names each expression that reads across audiences; a group's condition counts for all it holds. What the person
    is told of (`discloses`, on the question or a group around it) is let pass."""
    by_ref = {question.ref: question for question in questions}
    for question in questions:
        if question.kind in ("group", "repeat", "note"):
            continue
        told = {audience for above in around(question.ref) for audience in by_ref[above].discloses}
        for above in around(question.ref):
            for aspect in CARRIED:
                for read in sorted(reads.get((above, aspect), frozenset())):
                    other = by_ref[read]
                    if other.kind == "repeat" or other.role in FACTS or other.audience == question.audience:
                        continue
                    if other.audience in told:
                        continue
                    values = {
                        "name": question.name,
                        "audience": question.audience,
                        "read": other.name,
                        "other": other.audience,
                    }
                    column = COLUMN_OF.get(aspect, aspect)
                    line = rows[above].line if above in rows else 0
                    findings.append(Finding("form_reads_further", values, "survey", line, column))


def check_library(
    questions: list[Question], rows: Mapping[str, Row], languages: list[str], findings: list[Finding]
) -> None:
    """What a question in the library owes. Missing languages are told where texts are read."""
    for question in questions:
        owed = {"label": question.label}
        if question.asks:
            owed |= {"purpose": question.purpose, "action": question.action}
        if question.calculation is not None and question.label is None:
            continue  # worked out and never shown, whatever its type
        for column, text in owed.items():
            if text is None:
                findings.append(Finding("form_missing", {"what": column}, "survey", rows[question.ref].line, column))
    if len(languages) < 2:
        findings.append(Finding("form_missing", {"what": "a second language"}, "settings"))
