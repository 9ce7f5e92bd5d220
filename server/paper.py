"""When a question is to be asked, in the words of its form: what stands beside it on paper, where nothing is hidden.

Rules: a condition is said only when all of it can be said: answers by their labels, figures, and, or. Anything else is
"if it fits", since half a condition sends somebody past a question that was meant for them.
"""

from __future__ import annotations

from typing import Any, Final, cast

from forms.model import CompiledForm, Question
from server.words import say

LONGEST: Final = 60
"""Letters of a label within a condition."""
_SIGNS: Final = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


class _UnsayableError(Exception):
    """Some part of the condition has no words."""


def asked_if(form: CompiledForm, question: Question, language: str, words: dict[str, str]) -> str:
    """A sentence for a question that has a condition."""
    try:
        condition = _Sayer(form, question, language, words).said(question.relevant)
    except _UnsayableError:
        return words["page.if_it_fits"]
    return say(words["page.asked_if"], {"condition": condition})


class _Sayer:
    def __init__(self, form: CompiledForm, question: Question, language: str, words: dict[str, str]) -> None:
        self.form = form
        self.question = question
        self.language = language
        self.words = words
        self.by_ref = {one.ref: one for one in form.questions}

    def said(self, tree: Any) -> str:
        match tree:
            case ["and" | "or" as sign, left, right]:
                either = [self._inner(left, sign), self._inner(right, sign)]
                return f" {self.words['page.both' if sign == 'and' else 'page.either']} ".join(either)
            case ["call", "selected", path, str(choice)]:
                return self._compared(path, "=", choice)
            case ["call", "not", ["call", "selected", path, str(choice)]]:
                return self._compared(path, "!=", choice)
            case [str(sign), path, value] if sign in _SIGNS and not isinstance(value, list):
                return self._compared(path, sign, value)
            case _:
                raise _UnsayableError

    def _inner(self, tree: Any, sign: str) -> str:
        told = self.said(tree)
        return f"({told})" if isinstance(tree, list) and tree[0] in ("and", "or") and tree[0] != sign else told

    def _compared(self, path: Any, sign: str, value: Any) -> str:
        asked = self._asked(path)
        label = self._label(asked)
        if value == "" and sign in ("=", "!="):
            return say(self.words["page.blank" if sign == "=" else "page.answered"], {"question": label})
        if asked.list is not None:
            choice = next((one for one in self.form.lists[asked.list] if one.name == str(value)), None)
            if choice is None or not isinstance(choice.label[self.language], str):
                raise _UnsayableError
            return f"{label} {_SIGNS[sign]} {choice.label[self.language]}"
        return f"{label} {_SIGNS[sign]} {value}"

    def _label(self, asked: Question) -> str:
        text: Any = asked.label[self.language] if asked.label else None
        if not isinstance(text, str) or not text:
            raise _UnsayableError
        return f"“{text if len(text) <= LONGEST else text[: LONGEST - 1] + '…'}”"

    def _asked(self, path: Any) -> Question:
        """The question that a path leads to; one that stands on the paper."""
        if not isinstance(path, list) or path[:1] != ["path"]:
            raise _UnsayableError
        _, start, *steps = cast("list[Any]", path)
        if start == "/":
            at: list[str] = []
        elif start == ".":
            at = self.question.ref.split(".")
        else:
            raise _UnsayableError
        for step in steps:
            if not isinstance(step, str):
                raise _UnsayableError
            at = at[:-1] if step == ".." else [*at, step]
        found = self.by_ref.get(".".join(at))
        if found is None or not found.asks or found.kind in ("group", "repeat"):
            raise _UnsayableError
        return found
