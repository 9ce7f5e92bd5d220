"""The catalogue of functions: every name an expression may call, how many arguments it takes, and what it does.

Rules: one catalogue for the compiler and the evaluator, the same names in `static/src/form/functions.ts`. What needs
the form around it (paths, positions, time, lists) is listed here without a body and done in `forms/interpret.py`.
Results must be equal to the bit in both languages, so nothing here leans on a platform's logarithm or power.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Final, cast

import msgspec

from forms.card import card_valid
from forms.dates import date_of, format_date, months_between, read_moment
from forms.hijri import hijri_date
from forms.values import SPACE, Value, number, numbers, strings, text, tokens, truth


class Function(msgspec.Struct, frozen=True):
    """`most` None means any number. `body` None: needs the form, see interpret.py."""

    least: int
    most: int | None
    body: Callable[[list[Value]], Value] | None = None


def _floor(value: float) -> float:
    """Minus zero stays minus zero, as in JavaScript: one divided by it tells."""
    return math.copysign(math.floor(value), value) if math.isfinite(value) else value


def _round(arguments: list[Value]) -> float:
    value = number(arguments[0])
    digits = number(arguments[1]) if len(arguments) > 1 else 0.0
    if math.isnan(digits) or abs(digits) > 15 or not math.isfinite(value):
        return value
    scale = float(f"1e{abs(math.trunc(digits))}")
    if digits < 0:
        return _floor(value / scale + 0.5) * scale
    return _floor(value * scale + 0.5) / scale


def _pow(arguments: list[Value]) -> float:
    """Whole exponents, up to 64, by multiplication from the left: the same bits everywhere."""
    base, exponent = number(arguments[0]), number(arguments[1])
    if math.isnan(exponent) or abs(exponent) > 64 or exponent != math.trunc(exponent):
        return math.nan
    result = 1.0
    for _ in range(abs(int(exponent))):
        result *= base
    return divide(1.0, result) if exponent < 0 else result


def divide(left: float, right: float) -> float:
    if right != 0:
        return left / right
    if left == 0 or math.isnan(left) or math.isnan(right):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def remainder(left: float, right: float) -> float:
    """With the sign of the left, as XPath and JavaScript have it."""
    if math.isinf(left) or right == 0 or math.isnan(left) or math.isnan(right):
        return math.nan
    return math.fmod(left, right)


def _sum(arguments: list[Value]) -> float:
    total = 0.0
    for one in numbers(arguments):  # left to right: Python's own sum() corrects rounding, JavaScript does not
        total += one
    return total


def _extreme(pick: Callable[[list[float]], float]) -> Callable[[list[Value]], Value]:
    def body(arguments: list[Value]) -> Value:
        found = numbers(arguments)
        return pick(found) if found and not any(map(math.isnan, found)) else math.nan

    return body


def _int(arguments: list[Value]) -> float:
    value = number(arguments[0])
    return math.copysign(math.trunc(value), value) if math.isfinite(value) else value


def _index(value: Value, length: int) -> int:
    """As JavaScript's slice: a fraction is cut, minus counts from the end, NaN is 0."""
    found = number(value)
    if math.isnan(found):
        return 0
    place = int(max(-length, min(length, found)))
    return place + length if place < 0 else place


def _substr(arguments: list[Value]) -> str:
    source = text(arguments[0])
    start = _index(arguments[1], len(source))
    return source[start : _index(arguments[2], len(source)) if len(arguments) > 2 else len(source)]


def _selected_at(arguments: list[Value]) -> str:
    words, place = tokens(arguments[0]), number(arguments[1])
    return words[int(place)] if place >= 0 and place < len(words) and place == math.trunc(place) else ""


def _translate(arguments: list[Value]) -> str:
    source, old, new = (text(value) for value in arguments)
    table = {symbol: new[place] if place < len(new) else "" for place, symbol in reversed(list(enumerate(old)))}
    return "".join(table.get(symbol, symbol) for symbol in source)


def _before(source: str, mark: str) -> str:
    return source[: max(0, source.find(mark))]


def _after(source: str, mark: str) -> str:
    place = source.find(mark)
    return "" if place < 0 else source[place + len(mark) :]


def _date(arguments: list[Value]) -> str:
    value = arguments[0]
    if not isinstance(value, (float, bool)):
        written = text(value).strip(SPACE)
        if read_moment(written) is not None:
            return written[:10]
    found = number(value)
    return date_of(math.floor(found)) if math.isfinite(found) and abs(found) < 1e7 else ""


def _texts(body: Callable[..., Value]) -> Callable[[list[Value]], Value]:
    return lambda arguments: body(*map(text, arguments))


def _number(body: Callable[[float], Value]) -> Callable[[list[Value]], Value]:
    return lambda arguments: body(number(arguments[0]))


FUNCTIONS: Final[dict[str, Function]] = {
    # with the form around them
    "if": Function(3, 3),
    "position": Function(0, 1),
    "last": Function(0, 0),
    "count": Function(1, 1),
    "instance": Function(1, 1),
    "today": Function(0, 0),
    "now": Function(0, 0),
    "jr:choice-name": Function(2, 2),
    "esik:unknown": Function(1, 1),
    "esik:declined": Function(1, 1),
    "esik:asked": Function(1, 1),
    # truth
    "true": Function(0, 0, lambda _: True),
    "false": Function(0, 0, lambda _: False),
    "not": Function(1, 1, lambda a: not truth(a[0])),
    "boolean": Function(1, 1, lambda a: truth(a[0])),
    "boolean-from-string": Function(1, 1, lambda a: text(a[0]) in ("true", "1")),
    # choices
    "selected": Function(2, 2, lambda a: text(a[1]).strip(SPACE) in tokens(a[0])),
    "selected-at": Function(2, 2, _selected_at),
    "count-selected": Function(1, 1, lambda a: float(len(tokens(a[0])))),
    # texts
    "string": Function(1, 1, lambda a: text(a[0])),
    "concat": Function(0, None, lambda a: "".join(strings(a))),
    "join": Function(1, None, lambda a: text(a[0]).join(strings(a[1:]))),
    "coalesce": Function(2, 2, lambda a: text(a[0]) or text(a[1])),
    "string-length": Function(1, 1, lambda a: float(len(text(a[0])))),
    "normalize-space": Function(1, 1, lambda a: " ".join(tokens(a[0]))),
    "substr": Function(2, 3, _substr),
    "substring-before": Function(2, 2, _texts(_before)),
    "substring-after": Function(2, 2, _texts(_after)),
    "contains": Function(2, 2, lambda a: text(a[1]) in text(a[0])),
    "starts-with": Function(2, 2, lambda a: text(a[0]).startswith(text(a[1]))),
    "ends-with": Function(2, 2, lambda a: text(a[0]).endswith(text(a[1]))),
    "translate": Function(3, 3, _translate),
    "regex": Function(2, 2, lambda a: re.fullmatch(cast("str", a[1]), text(a[0])) is not None),
    # numbers
    "number": Function(1, 1, lambda a: number(a[0])),
    "int": Function(1, 1, _int),
    "round": Function(1, 2, _round),
    "floor": Function(1, 1, _number(_floor)),
    "ceiling": Function(1, 1, _number(lambda n: -_floor(-n))),
    "abs": Function(1, 1, _number(abs)),
    "sqrt": Function(1, 1, _number(lambda n: math.sqrt(n) if n >= 0 else math.nan)),
    "pow": Function(2, 2, _pow),
    "sum": Function(1, 1, _sum),
    "min": Function(1, None, _extreme(min)),
    "max": Function(1, None, _extreme(max)),
    "count-non-empty": Function(1, 1, lambda a: float(sum(1 for one in strings(a) if one))),
    # dates
    "date": Function(1, 1, _date),
    "decimal-date-time": Function(1, 1, lambda a: number(a[0])),
    "format-date": Function(2, 2, _texts(format_date)),
    "format-date-time": Function(2, 2, _texts(format_date)),
    "difference-in-months": Function(2, 2, lambda a: months_between(_date(a[:1]), _date(a[1:]))),
    "esik:hijri-date": Function(3, 3, lambda a: hijri_date(*map(number, a))),
    # people
    "esik:card-valid": Function(1, 1, lambda a: card_valid(text(a[0]))),
}

INSTEAD: Final = {
    "pulldata": "Data files come later; put the values in a choices sheet.",
    "indexed-repeat": "Ask inside the repeat, or use sum(), count() and join() over it.",
    "once": "Use a default, or a calculation.",
    "random": "Chance cannot be checked later; leave it out.",
    "uuid": "The submission has an id of its own.",
    "substring": "Use substr(text, start, end), which counts from 0.",
    "position": "position(..) counts the repeats.",
}
"""What to write instead, for names that real forms use and this catalogue does not have."""
