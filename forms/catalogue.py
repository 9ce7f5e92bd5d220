"""The catalogue of functions: every name an expression may call, what it takes and gives, and what blanks do to it.

Rules: one catalogue. The compiler checks calls by it, FORMAT.md's table is written from it, and tests hold that both
evaluators (`forms/functions.py` and `forms/interpret.py`, and their twins in `static/src/form`) do these and no others.
What is not here is refused by name, with what to write instead.

What a function takes, one word an argument; ? may be left out, … any number of them:

    value, text, number, truth, date    turned into that kind by the rules of FORMAT.md
    list                                the places that a path leads to; anything else is a list of one
    place                               a question or repeat, named by its path; more: further pairs like the last
    pattern, format, table, column, question    written in quotes, and checked when the form is published
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of catalogue.yaml."""

    takes: str
    gives: str
    meaning: str
    note: str = ""
    since: int = 1


class Function(msgspec.Struct, frozen=True):
    """`note`: what blanks, wrong kinds and borders do, where the rules of its kinds do not say it already."""

    name: str
    takes: tuple[str, ...]
    gives: str
    meaning: str
    note: str = ""
    since: int = 1

    @property
    def least(self) -> int:
        return sum(1 for kind in self.takes if kind[-1] not in "?…")

    @property
    def most(self) -> int | None:
        return None if any(kind.endswith("…") for kind in self.takes) else len(self.takes)

    def kind(self, place: int) -> str:
        """The kind of the argument at a place from 0."""
        return self.takes[min(place, len(self.takes) - 1)].rstrip("?…")


_PATH: Final = Path(__file__).with_name("catalogue.yaml")
CATALOGUE: Final = {
    name: Function(name, tuple(row.takes.split()), row.gives, row.meaning, row.note, row.since)
    for name, row in msgspec.yaml.decode(_PATH.read_bytes(), type=dict[str, _Row]).items()
}

INSTEAD: Final = {
    "base64-decode": "Ask for the text itself.",
    "cht:extension-lib": "Write the calculation in the form, so that it can be checked.",
    "cht:strip-whitespace": "Use translate(text, ' ', '').",
    "cht:validate-luhn": "Use a card of Esik and esik:card-valid(), or regex().",
    "digest": "Esik seals every answer; a digest of one is not needed.",
    "esik:growth": "The tables of WHO come with the medical form; until then use pulldata() with a data file.",
    "esik:school-grade": "It comes with the schooling form; until then use pulldata() with a data file.",
    "geofence": "Places are not judged by a form.",
    "id": "Name the question.",
    "jr:itext": "Write ${question} or jr:choice-name().",
    "lang": "Texts follow the language of the talk by themselves.",
    "local-name": "Name the question.",
    "lower-case": "Use translate(text, 'ABC', 'abc') with the letters that you need.",
    "name": "Name the question.",
    "namespace-uri": "Name the question.",
    "randomize": "Write randomize=true in the column parameters, with a seed if it is to stay the same.",
    "to-bikram-sambat": "Use format-date().",
    "upper-case": "Use translate(text, 'abc', 'ABC') with the letters that you need.",
    "z-score": "Calculate it in the form, from a data file with pulldata().",
}
"""What to write instead, for names that real forms use and this catalogue does not have."""
