"""Subjects that no form may ask about, found by their words in four languages.

Rules: every text is held against the patterns of every language, names of questions and choices too (`other_names`,
`otherNames`); a form may call its languages what it likes. Words are compared folded: case, accents that people leave
out, Arabic vowel signs, letter forms and articles do not count. Patterns: forms/forbidden.yaml.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources
from typing import Final

import msgspec
import yaml

BETWEEN: Final = 2
"""How many other words may stand between two words of a pattern."""
_WORD: Final = re.compile(r"[^\W_](?:['’]?(?:[^\W_]|[\u0300-\u036f\u0640\u064b-\u065f\u0670]))*")
"""Vowel signs and accents that stand alone belong to their word."""
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_FOLDED: Final = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": None, "’": "'", "ё": "е",
})  # fmt: skip
_ARTICLE: Final = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=..)")
"""Arabic writes the article, and small words before it, onto the word."""


class Forbidden(msgspec.Struct, frozen=True):
    """A subject that a text touches, and the words of the text that say so."""

    subject: str
    words: str


class _Pattern(msgspec.Struct, frozen=True):
    subject: str
    steps: tuple[re.Pattern[str], ...]


def forbidden_in(text: str) -> list[Forbidden]:
    """Every forbidden subject that the text touches, each once."""
    written = [one.group() for one in _WORD.finditer(_CAMEL.sub(" ", text))]
    words = [_forms(word) for word in written]
    starts = [place for place, forms in enumerate(words) if _fits(_any_first(), forms)]
    found: dict[str, Forbidden] = {}
    for pattern in _patterns() if starts else ():
        if pattern.subject not in found and (span := _match(pattern.steps, words, starts)) is not None:
            found[pattern.subject] = Forbidden(pattern.subject, " ".join(written[span[0] : span[1]]))
    return list(found.values())


def subjects() -> list[str]:
    """All of them, in the order of the file."""
    return list(dict.fromkeys(pattern.subject for pattern in _patterns()))


def fold(text: str) -> str:
    """A text as it is compared."""
    marked = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDED))
    # й and the Kazakh letters are letters of their own: only what is a mark beside its letter goes.
    bare = "".join(one for one in marked if not (unicodedata.combining(one) and not _belongs(one)))
    return unicodedata.normalize("NFC", bare).translate(_FOLDED)


def _belongs(mark: str) -> bool:
    return mark == "\u0306"  # the breve of й


def _forms(word: str) -> tuple[str, ...]:
    folded = fold(word)
    bare = _ARTICLE.sub("", folded)
    return (folded,) if bare == folded else (folded, bare)


def _match(
    steps: tuple[re.Pattern[str], ...], words: list[tuple[str, ...]], starts: list[int]
) -> tuple[int, int] | None:
    """The first place where the steps follow each other, as [from, to)."""
    for start in starts:
        if _fits(steps[0], words[start]):
            at = start
            for step in steps[1:]:
                near = range(at + 1, min(at + 2 + BETWEEN, len(words)))
                following = next((place for place in near if _fits(step, words[place])), None)
                if following is None:
                    break
                at = following
            else:
                return start, at + 1
    return None


def _fits(step: re.Pattern[str], forms: tuple[str, ...]) -> bool:
    return any(step.fullmatch(one) for one in forms)


@cache
def _patterns() -> tuple[_Pattern, ...]:
    text = (resources.files("forms") / "forbidden.yaml").read_text("utf-8")
    listed = msgspec.convert(yaml.safe_load(text), dict[str, dict[str, list[str]]])
    return tuple(
        _Pattern(subject, tuple(_step(word) for word in pattern.split()))
        for subject, languages in listed.items()
        for patterns in languages.values()
        for pattern in patterns
    )


@cache
def _any_first() -> re.Pattern[str]:
    """Most words begin no pattern at all: they are looked at once."""
    return re.compile("|".join(dict.fromkeys(pattern.steps[0].pattern for pattern in _patterns())))


def _step(word: str) -> re.Pattern[str]:
    """`a|b*`: one word or the other, or one that begins so."""
    ways = [re.escape(fold(one.removesuffix("*"))) + (".*" if one.endswith("*") else "") for one in word.split("|")]
    return re.compile("|".join(ways))
