"""Patterns of `regex()`, rewritten so that Python and JavaScript read them alike.

Rules: a pattern matches the whole answer (as ODK documents); only what means the same in both languages is let
through: literals, `.`, classes, \\d \\w \\s, groups, alternatives, quantifiers; letters are code points, \\d is 0-9
only. Everything else is refused by name when the form is published.
"""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 10_000
"""Letters of a text that a pattern is held against; a longer one fits none."""
_SHORT: Final = {"d": "0-9", "w": "A-Za-z0-9_", "s": " \\t\\n\\r"}
_CONTROL: Final = {"t": "\\t", "n": "\\n", "r": "\\r"}
_PLAIN_DOT: Final = "[^\\n\\r]"


def rewrite(pattern: str) -> str:
    """The pattern between implied anchors. Raises ValueError with what is wrong, in English."""
    out: list[str] = []
    rest = pattern.removeprefix("^")
    if rest.endswith("$") and not rest.endswith("\\$"):
        rest = rest[:-1]
    if pattern != rest and "|" in _outside_groups(rest):
        raise ValueError("^ or $ beside | at the top: put the alternatives in parentheses")
    at = 0
    while at < len(rest):
        piece, at = _piece(rest, at)
        out.append(piece)
    rewritten = "".join(out)
    try:
        re.compile(rewritten)
    except re.error as error:
        raise ValueError(error.msg) from None
    return rewritten


def _piece(text: str, at: int) -> tuple[str, int]:
    symbol = text[at]
    if symbol == "\\":
        return _escape(text, at, inside=False)
    if symbol == "[":
        return _class(text, at)
    if symbol == "(" and text.startswith("(?", at) and not text.startswith("(?:", at):
        raise ValueError("look-around, named groups and inline options")
    if symbol == ".":
        return _PLAIN_DOT, at + 1
    if symbol in "^$":
        raise ValueError(f"{symbol} inside a pattern")
    if symbol in "]}" or (symbol == "{" and not re.match(r"\{\d+(,\d*)?\}", text[at:])):
        raise ValueError(f"a bare {symbol}")
    if symbol == "{":
        end = text.index("}", at) + 1
        return _quantified(text, at, end)
    if symbol in "*+?":
        return _quantified(text, at, at + 1)
    return symbol, at + 1


def _quantified(text: str, at: int, end: int) -> tuple[str, int]:
    if text[end : end + 1] == "+":
        raise ValueError("possessive quantifiers")
    if text[end : end + 1] == "?":
        end += 1
    return text[at:end], end


def _escape(text: str, at: int, *, inside: bool) -> tuple[str, int]:
    symbol = text[at + 1 : at + 2]
    if symbol in _SHORT and symbol:
        return (_SHORT[symbol] if inside else f"[{_SHORT[symbol]}]"), at + 2
    if symbol in _CONTROL and symbol:
        return _CONTROL[symbol], at + 2
    if symbol and symbol.isascii() and not symbol.isalnum():
        return f"\\x{ord(symbol):02x}", at + 2
    raise ValueError(f"\\{symbol}")


def _class(text: str, at: int) -> tuple[str, int]:
    out = ["["]
    at += 1
    if text[at : at + 1] == "^":
        out.append("^")
        at += 1
    first = True
    while at < len(text) and (text[at] != "]" or first):
        symbol = text[at]
        if symbol == "\\":
            piece, at = _escape(text, at, inside=True)
        elif symbol in "[]&~|":
            piece, at = f"\\x{ord(symbol):02x}", at + 1
        elif symbol == "^":
            piece, at = "\\x5e", at + 1
        else:
            piece, at = symbol, at + 1
        out.append(piece)
        first = False
    if at >= len(text):
        raise ValueError("a [ without its ]")
    body = "".join(out)
    return body + "]", at + 1


def _outside_groups(text: str) -> str:
    """The text without what stands in parentheses or classes: good enough to see a top-level |."""
    flat = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "", text)
    while flat != (shorter := re.sub(r"\([^()]*\)", "", flat)):
        flat = shorter
    return flat
