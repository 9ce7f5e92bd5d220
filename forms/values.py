"""Values of expressions and how one kind becomes another: text, number, truth, and lists of places in the form.

Rules: XPath 1.0 with ODK's dates (a date in a sum counts its days). Blank as a number is NaN, NaN as a text is blank.
White space is XML's four characters. Numbers print by the shortest round-trip rule, as JavaScript's `String(number)`
does. `static/src/form/values.ts` is the same, to the bit.
"""

from __future__ import annotations

import math
import re
from typing import Final, Protocol, TypeAlias

from forms.dates import DAY, read_moment

SPACE: Final = " \t\r\n"
_NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


class Place(Protocol):
    """Somewhere a path can lead: a question in the form, or a cell of a list."""

    def string(self) -> str: ...


Value: TypeAlias = "str | float | bool | list[Place]"


def text(value: Value) -> str:
    """A list reads as its first place."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_text(value)
    return value[0].string() if value else ""


def number(value: Value) -> float:
    """NaN for what is no number; a date is its days, a moment its days with a fraction."""
    if isinstance(value, (bool, int, float)):
        return float(value)
    stripped = text(value).strip(SPACE)
    found = plain_number(stripped)
    if math.isnan(found):
        ms = read_moment(stripped)
        return math.nan if ms is None else ms / DAY
    return found


def plain_number(text: str) -> float:
    """Of digits with a point and a minus; NaN for everything else."""
    return float(text) if _NUMBER.fullmatch(text) else math.nan


def truth(value: Value) -> bool:
    """A text is true when it is not blank, a list when it is not empty, a number when neither 0 nor NaN."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return value != 0 and not math.isnan(value)
    return len(value) > 0


def number_text(value: float) -> str:
    """The shortest digits that read back as the same number, laid out as ECMA-262 says; "" for NaN."""
    if math.isnan(value):
        return ""
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) if whole.strip("0") else len(digits) - len(fraction) + int(exponent or 0)
    digits = digits.rstrip("0")
    count = len(digits)
    if count <= point <= 21:
        return sign + digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    power = f"{point - 1:+d}"
    return f"{sign}{digits[0]}{'.' + digits[1:] if count > 1 else ''}e{power}"


def tokens(value: Value) -> list[str]:
    """The words of a text; the choices of a select_multiple."""
    return [word for word in re.split("[ \t\r\n]+", text(value)) if word]


def strings(values: list[Value]) -> list[str]:
    """One text each, a list one for each of its places."""
    return [
        one for value in values for one in ([p.string() for p in value] if isinstance(value, list) else [text(value)])
    ]


def compare(sign: str, left: Value, right: Value) -> bool:
    """XPath's comparisons: with lists, true as soon as one pair is; the truth of a list is that it leads anywhere."""
    equality = sign in ("=", "!=")
    if isinstance(left, list) and not (equality and isinstance(right, bool)):
        return any(compare(sign, place.string(), right) for place in left)
    if isinstance(right, list) and not (equality and isinstance(left, bool)):
        return any(compare(sign, left, place.string()) for place in right)
    if equality:
        if isinstance(left, bool) or isinstance(right, bool):
            same = truth(left) == truth(right)
        elif isinstance(left, (int, float)) or isinstance(right, (int, float)):
            same = number(left) == number(right)
        else:
            same = left == right
        return same == (sign == "=")
    one, other = number(left), number(right)
    return {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[sign]
