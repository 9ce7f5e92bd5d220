"""What is left to chance in a form: ids, and the order of choices.

Rules: nothing here draws by itself: `random` is given, 0 ≤ x < 1, so that a form plays the same again. A seed gives the
order that ODK gives (Park and Miller's generator, as JavaRosa shuffles). `static/src/form/chance.ts` is the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from forms.values import Value, number, text

Item = TypeVar("Item")
Random = Callable[[], float]
_MOST: Final = 2_147_483_647
_STEP: Final = 16_807
LONGEST_ID: Final = 1000


def uuid(random: Random, length: float | None = None) -> str:
    """An id of version 4, or so many of its letters; "" for a length that is no number."""
    if length is None:
        return _uuid(random)
    if math.isnan(length):
        return ""
    wanted = int(max(0.0, min(float(LONGEST_ID), length)))
    found = ""
    while len(found) < wanted:
        found += _uuid(random)
    return found[:wanted]


def _uuid(random: Random) -> str:
    digits = [math.floor(random() * 16) for _ in range(32)]
    digits[12] = 4
    digits[16] = digits[16] % 4 + 8
    letters = "".join(f"{digit:x}" for digit in digits)
    return "-".join((letters[:8], letters[8:12], letters[12:16], letters[16:20], letters[20:]))


def seeded(seed: Value) -> Random:
    """The generator of a seed: a number is cut to a whole one; a text that is none counts its letters."""
    found = number(seed)
    if math.isnan(found):
        found = float(_folded(text(seed)))
    whole = math.trunc(max(-9.0e15, min(9.0e15, found)))
    state = math.fmod(whole, _MOST)
    state = state + _MOST - 1 if state <= 0 else state

    def draw() -> float:
        nonlocal state
        state = math.fmod(state * _STEP, _MOST)
        return (state - 1) / (_MOST - 1)

    return draw


def _folded(words: str) -> int:
    """A number of a text, the same in both languages; blank is 0."""
    found = 0
    for letter in words:
        found = (found * 31 + ord(letter)) % _MOST
    return found


def shuffled(items: Sequence[Item], random: Random) -> list[Item]:
    """The items in another order (the inside-out shuffle)."""
    found: list[Item] = []
    for place, item in enumerate(items):
        other = math.floor(random() * (place + 1))
        found.append(item)
        if other != place:
            found[place] = found[other]
            found[other] = item
    return found
