"""Patterns of `regex()`: made into states when a form is published, walked over letter by letter when it is filled in.

Rules: a pattern matches the whole answer (as ODK documents); only what means the same everywhere is let through:
literals, `.`, classes, \\d \\w \\s, groups, alternatives, quantifiers; letters are code points, \\d is 0-9 only. All
else is refused by name. An answer is walked over once and every state is tried once a letter: no answer, however
hostile, takes more steps than its letters times LINKS, which no engine with backtracking can say.
`static/src/form/patterns.ts` walks the same states.

The states are a list, as trees are: ["pattern", sets, first, last, follow, blank]. `sets`: for each state the letters
that lead into it, as borders from, to, from, to…; `first`: states that may begin, `last`: that may end; `follow`: which
may follow which; `blank`: 1 when an empty answer fits (V. Glushkov's construction).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from typing import Final, TypeAlias, cast

import msgspec

from forms.expressions import Tree

LONGEST: Final = 10_000
"""Letters of a text that a pattern is held against; a longer one fits none."""
STATES: Final = 1_000
LINKS: Final = 5_000
COPIES: Final = 20_000
"""Pieces that counts may ask for; `((){9999}){9999}` has no state at all and would never end."""
DEEPEST: Final = 32
_LAST: Final = 0x10FFFF

Set: TypeAlias = list[tuple[int, int]]
_Made: TypeAlias = tuple[str, list[list[int]], list[int], list[int], list[list[int]], int]
Make: TypeAlias = "Callable[[_States], _Part]"

_SHORT: Final[dict[str, Set]] = {
    "d": [(48, 57)],
    "w": [(48, 57), (65, 90), (95, 95), (97, 122)],
    "s": [(9, 10), (13, 13), (32, 32)],
}
_CONTROL: Final = {"t": 9, "n": 10, "r": 13}
_COUNT: Final = re.compile(r"\{(\d{1,4})(,(\d{0,4}))?\}")


class _Part(msgspec.Struct, frozen=True):
    """A piece of a pattern as states: whether nothing fits it, where it begins and ends."""

    blank: bool
    first: tuple[int, ...]
    last: tuple[int, ...]


_NOTHING: Final = _Part(True, (), ())


class _States:
    def __init__(self) -> None:
        self.sets: list[Set] = []
        self.follow: list[set[int]] = []
        self.links = 0
        self.copies = 0

    def letter(self, letters: Set) -> _Part:
        if len(self.sets) == STATES:
            raise ValueError("a pattern this large")
        self.sets.append(letters)
        self.follow.append(set())
        place = (len(self.sets) - 1,)
        return _Part(blank=False, first=place, last=place)

    def link(self, ends: tuple[int, ...], begins: tuple[int, ...]) -> None:
        for end in ends:
            before = len(self.follow[end])
            self.follow[end].update(begins)
            self.links += len(self.follow[end]) - before
            if self.links > LINKS:
                raise ValueError("a pattern this large")

    def then(self, one: _Part, other: _Part) -> _Part:
        self.link(one.last, other.first)
        first = one.first + other.first if one.blank else one.first
        last = other.last + one.last if other.blank else other.last
        return _Part(one.blank and other.blank, first, last)

    def copy(self, make: Make) -> _Part:
        self.copies += 1
        if self.copies > COPIES:
            raise ValueError("a pattern this large")
        return make(self)

    def repeated(self, make: Make, least: int, most: int | None) -> _Part:
        if most is not None:
            rest = _NOTHING
            for _ in range(most - least):
                rest = self.maybe(self.then(self.copy(make), rest))
            return reduce(lambda part, _: self.then(self.copy(make), part), range(least), rest)
        loop = self.copy(make)
        self.link(loop.last, loop.first)
        loop = loop if least else self.maybe(loop)
        return reduce(lambda part, _: self.then(self.copy(make), part), range(least - 1), loop)

    @staticmethod
    def maybe(part: _Part) -> _Part:
        return msgspec.structs.replace(part, blank=True)


def compile_pattern(pattern: str) -> list[Tree]:
    """The states of a pattern between implied anchors. Raises ValueError with what is wrong, in English."""
    rest = pattern.removeprefix("^")
    if rest.endswith("$") and not rest.endswith("\\$"):
        rest = rest[:-1]
    if pattern != rest and "|" in _outside_groups(rest):
        raise ValueError("^ or $ beside | at the top: put the alternatives in parentheses")
    states = _States()
    whole = _Reader(rest).all()(states)
    return cast("list[Tree]", [
        "pattern",
        [[border for pair in letters for border in pair] for letters in states.sets],
        sorted(set(whole.first)),
        sorted(set(whole.last)),
        [sorted(after) for after in states.follow],
        int(whole.blank),
    ])  # fmt: skip


def matches(states: list[Tree], text: str) -> bool:
    """Whether the whole text is as the pattern says."""
    _, sets, first, last, follow, blank = cast(
        "tuple[str, list[list[int]], list[int], list[int], list[list[int]], int]", states
    )
    if len(text) > LONGEST:
        return False
    held: set[int] = set()
    for place, letter in enumerate(text):
        tried = set(first) if place == 0 else {after for state in held for after in follow[state]}
        held = {state for state in tried if _among(ord(letter), sets[state])}
        if not held:
            return False
    return not held.isdisjoint(last) if text else bool(blank)


def _among(letter: int, borders: list[int]) -> bool:
    return any(borders[at] <= letter <= borders[at + 1] for at in range(0, len(borders), 2))


class _Reader:
    """A pattern, read from left to right. What it makes is made again for every copy that a count asks for."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.depth = 0

    def peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def all(self) -> Make:
        make = self.alternatives()
        if self.peek():
            raise ValueError(f"a bare {self.peek()}")
        return make

    def alternatives(self) -> Make:
        found = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            found.append(self.sequence())
        return found[0] if len(found) == 1 else lambda states: _either([make(states) for make in found])

    def sequence(self) -> Make:
        found: list[Make] = []
        while self.peek() and self.peek() not in "|)":
            found.append(self.quantified(self.atom()))
        return lambda states: reduce(states.then, [make(states) for make in found], _NOTHING)

    def quantified(self, make: Make) -> Make:
        counts = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        symbol = self.peek()
        if symbol == "{":
            found = _COUNT.match(self.source, self.at)
            if found is None:
                raise ValueError("a bare {")
            least = int(found[1])
            most = least if found[2] is None else int(found[3]) if found[3] else None
            self.at = found.end()
        elif symbol in counts and symbol:
            least, most = counts[symbol]
            self.at += 1
        else:
            return make
        if most is not None and most < least:
            raise ValueError("a count from more to less")
        if self.peek() == "+":
            raise ValueError("possessive quantifiers")
        if self.peek() == "?":  # reluctant: the same answers fit
            self.at += 1
        if self.peek() and self.peek() in "*+?{":
            raise ValueError("a quantifier of a quantifier")
        return lambda states: states.repeated(make, least, most)

    def atom(self) -> Make:
        symbol = self.peek()
        if symbol == "(":
            return self.group()
        if symbol == "[":
            letters = self.letters()
        elif symbol == "\\":
            letters = self.escape()
        else:
            if symbol in "^$":
                raise ValueError(f"{symbol} inside a pattern")
            if symbol in "]}{*+?":
                raise ValueError(f"a bare {symbol}")
            self.at += 1
            letters = _complement([(10, 10), (13, 13)]) if symbol == "." else [(ord(symbol), ord(symbol))]
        return lambda states: states.letter(letters)

    def group(self) -> Make:
        self.at += 1
        self.depth += 1
        if self.depth > DEEPEST:
            raise ValueError("groups nested this deeply")
        if self.source.startswith("?:", self.at):
            self.at += 2
        elif self.peek() == "?":
            raise ValueError("look-around, named groups and inline options")
        inner = self.alternatives()
        if self.peek() != ")":
            raise ValueError("a ( without its )")
        self.at += 1
        self.depth -= 1
        return inner

    def escape(self) -> Set:
        symbol = self.source[self.at + 1 : self.at + 2]
        self.at += 2
        if symbol in _SHORT:
            return _SHORT[symbol]
        if symbol in _CONTROL:
            return [(_CONTROL[symbol], _CONTROL[symbol])]
        if symbol and symbol.isascii() and not symbol.isalnum():
            return [(ord(symbol), ord(symbol))]
        raise ValueError(f"\\{symbol}")

    def letters(self) -> Set:
        self.at += 1
        negated = self.peek() == "^"
        self.at += negated
        found: Set = []
        first = True
        while self.peek() != "]" or first:
            if not self.peek():
                raise ValueError("a [ without its ]")
            if self.peek() == "[":
                raise ValueError("a [ inside of […]: write \\[")
            low = self.one()
            if self.peek() == "-" and self.source[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                high = self.one()
                if len(low) != 1 or low[0][0] != low[0][1] or len(high) != 1 or high[0][0] < low[0][0]:
                    raise ValueError("a range from more to less")
                low = [(low[0][0], high[0][0])]
            found += low
            first = False
        self.at += 1
        return _complement(found) if negated else found

    def one(self) -> Set:
        """A letter of a class, or a short class."""
        if self.peek() == "\\":
            return self.escape()
        self.at += 1
        letter = ord(self.source[self.at - 1])
        return [(letter, letter)]


def _either(parts: list[_Part]) -> _Part:
    return _Part(
        any(part.blank for part in parts),
        tuple(place for part in parts for place in part.first),
        tuple(place for part in parts for place in part.last),
    )


def _complement(letters: Set) -> Set:
    found: Set = []
    low = 0
    for begin, end in sorted(letters):
        if begin > low:
            found.append((low, begin - 1))
        low = max(low, end + 1)
    return [*found, (low, _LAST)] if low <= _LAST else found


def _outside_groups(text: str) -> str:
    """The text without what stands in parentheses or classes: good enough to see a top-level |."""
    flat = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "", text)
    while flat != (shorter := re.sub(r"\([^()]*\)", "", flat)):
        flat = shorter
    return flat
