"""What the functions of the catalogue do that need nothing but their arguments (and today's clock).

Rules: the names of `forms/catalogue.yaml`, those of `forms/interpret.py` excepted; the same as in
`static/src/form/functions.ts`. Results must be equal to the bit in both languages, so nothing here leans on a
platform's logarithm or power.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from forms import numeric
from forms.card import card_valid
from forms.dates import (
    DAY,
    FARTHEST,
    add_to_date,
    date_of,
    format_date,
    moment_of,
    months_between,
    offset_of,
    padded,
    read_moment,
    read_time,
)  # fmt: skip
from forms.geo import area, distance
from forms.hijri import hijri_date
from forms.values import SPACE, Value, number, strings, text, tokens, truth

Body = Callable[[list[Value]], Value]


def _floor(value: float) -> float:
    """Minus zero stays minus zero, as in JavaScript: one divided by it tells."""
    return math.copysign(math.floor(value), value) if math.isfinite(value) else value


def _round(arguments: list[Value]) -> float:
    """Halves away from 0, as ODK has them."""
    value = number(arguments[0])
    digits = number(arguments[1]) if len(arguments) > 1 else 0.0
    if math.isnan(digits) or not math.isfinite(value):
        return math.nan if math.isnan(digits) else value
    scale = float(f"1e{abs(math.trunc(max(-30.0, min(30.0, digits))))}")
    shifted = abs(value) / scale if digits < 0 else abs(value) * scale
    if not math.isfinite(shifted):
        return value
    whole = math.floor(shifted + 0.5) if shifted < 4_503_599_627_370_496 else shifted
    return math.copysign(whole * scale if digits < 0 else whole / scale, value)


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
    for one in map(number, each(arguments)):  # left to right: Python's own sum() corrects rounding, JavaScript does not
        total += one
    return total


def _extreme(pick: Callable[[list[float]], float]) -> Body:
    def body(arguments: list[Value]) -> Value:
        found = [number(one) for one in each(arguments)]
        return pick(found) if found and not any(map(math.isnan, found)) else math.nan

    return body


def each(arguments: list[Value]) -> list[Value]:
    """Lists as their places, one after the other."""
    return [one for value in arguments for one in ([p.string() for p in value] if isinstance(value, list) else [value])]


def _int(arguments: list[Value]) -> float:
    value = number(arguments[0])
    return math.copysign(math.trunc(value), value) if math.isfinite(value) else value


def _place(value: Value) -> float:
    """A place as it is written: a fraction is cut."""
    found = number(text(value))
    return math.trunc(found) if math.isfinite(found) else found


def _substr(arguments: list[Value]) -> str:
    source = text(arguments[0])
    start, end = _place(arguments[1]), _place(arguments[2]) if len(arguments) > 2 else float(len(source))
    if math.isnan(start) or math.isnan(end):
        return ""
    length = len(source)
    start, end = (max(0.0, min(float(length), place + length if place < 0 else place)) for place in (start, end))
    return source[int(start) : int(end)]


def _half_up(value: float) -> float:
    return math.floor(value + 0.5) if math.isfinite(value) else value


def _substring(arguments: list[Value]) -> str:
    source = text(arguments[0])
    start = _half_up(number(arguments[1]))
    end = start + _half_up(number(arguments[2])) if len(arguments) > 2 else math.inf
    return "".join(letter for place, letter in enumerate(source, 1) if start <= place < end)


def _selected(arguments: list[Value]) -> bool:
    """Nothing chosen is one blank, as in ODK."""
    return text(arguments[1]).strip(SPACE) in (tokens(arguments[0]) or [""])


def _selected_at(arguments: list[Value]) -> str:
    words, place = tokens(arguments[0]), _place(arguments[1])
    return words[int(place)] if 0 <= place < len(words) else ""


def _translate(arguments: list[Value]) -> str:
    source, old, new = (text(value) for value in arguments)
    table = {symbol: new[place] if place < len(new) else "" for place, symbol in reversed(list(enumerate(old)))}
    return "".join(table.get(symbol, symbol) for symbol in source)


def _before(source: str, mark: str) -> str:
    return source[: max(0, source.find(mark))]


def _after(source: str, mark: str) -> str:
    place = source.find(mark)
    return "" if place < 0 else source[place + len(mark) :]


def _days(value: Value) -> float:
    """What a date, a moment or a count of days says in days; NaN for anything else, and for truth."""
    if isinstance(value, bool):
        return math.nan
    if isinstance(value, (int, float)):
        return value
    ms = read_moment(padded(text(value).strip(SPACE)))
    return math.nan if ms is None else ms / DAY


def _date(value: Value) -> str:
    days = _days(value)
    return date_of(math.floor(days)) if abs(days) < FARTHEST else ""


def date_time(value: Value, now: str) -> str:
    """A date or moment; what comes of a count of days stands in the zone of the talk."""
    if isinstance(value, (int, float)):
        days = _days(value)
        return moment_of(days * DAY, offset_of(now)) if abs(days) < FARTHEST else ""
    written = padded(text(value).strip(SPACE))
    return "" if read_moment(written) is None else written


def add_date(arguments: list[Value], now: str) -> str:
    amounts = [number(one) for one in arguments[1:]] + [0.0] * (6 - len(arguments))
    begin = date_time(arguments[0], now)
    return add_to_date(begin, [0.0 if math.isnan(one) else one for one in amounts], offset_of(now))


def timestamp(value: Value, now: str) -> str:
    """Of milliseconds since 1970 in UTC, on the clock of the talk."""
    ms, zone = number(value), offset_of(now)
    if not abs(ms) < FARTHEST * DAY:
        return ""
    minutes = int(zone[1:3]) * 60 + int(zone[-2:]) if len(zone) > 1 else 0
    return moment_of(math.trunc(ms) + minutes * (-60_000 if zone.startswith("-") else 60_000), zone)


def _between(unit: float) -> Body:
    """Whole units of days from the first to the second."""

    def body(arguments: list[Value]) -> Value:
        days = _days(arguments[1]) - _days(arguments[0])
        return math.nan if math.isnan(days) or math.isinf(days) else float(math.trunc(days / unit)) + 0.0

    return body


def _months(unit: int) -> Body:
    def body(arguments: list[Value]) -> Value:
        months = months_between(_date(arguments[0]), _date(arguments[1]))
        return months if math.isnan(months) else float(math.trunc(months / unit)) + 0.0

    return body


def _decimal_time(arguments: list[Value]) -> float:
    ms = read_time(text(arguments[0]).strip(SPACE))
    return math.nan if ms is None else ms / DAY


def _checklist(arguments: list[Value]) -> bool:
    held = sum(1 for one in each(arguments[2:]) if truth(one))
    return number(arguments[0]) <= held and _within(held, arguments[1])


def _within(held: float, most: Value) -> bool:
    limit = number(most)
    return limit == -1 or not held > limit


def _weighted(arguments: list[Value]) -> bool:
    held = 0.0
    for place in range(2, len(arguments), 2):
        ones, weights = each(arguments[place : place + 1]), each(arguments[place + 1 : place + 2])
        if len(ones) < len(weights):
            return False
        for one, weight in zip(ones, weights, strict=False):
            held += number(weight) if truth(one) else 0.0
    return number(arguments[0]) <= held and _within(held, arguments[1])


def _texts(body: Callable[..., Value]) -> Body:
    return lambda arguments: body(*map(text, arguments))


def _number(body: Callable[[float], Value]) -> Body:
    return lambda arguments: body(number(arguments[0]))


def _two(body: Callable[[float, float], Value]) -> Body:
    return lambda arguments: body(number(arguments[0]), number(arguments[1]))


FUNCTIONS: Final[dict[str, Body]] = {
    "true": lambda _: True,
    "false": lambda _: False,
    "not": lambda a: not truth(a[0]),
    "boolean": lambda a: truth(a[0]),
    "boolean-from-string": lambda a: text(a[0]) in ("true", "1"),
    "checklist": _checklist,
    "weighted-checklist": _weighted,
    # choices
    "selected": _selected,
    "selected-at": _selected_at,
    "count-selected": lambda a: float(len(tokens(a[0]))),
    # texts
    "string": lambda a: text(a[0]),
    "concat": lambda a: "".join(strings(a)),
    "join": lambda a: text(a[0]).join(strings(a[1:])),
    "coalesce": lambda a: text(a[0]) or text(a[1]),
    "string-length": lambda a: float(len(text(a[0]))),
    "normalize-space": lambda a: " ".join(tokens(a[0])),
    "substr": _substr,
    "substring": _substring,
    "substring-before": _texts(_before),
    "substring-after": _texts(_after),
    "contains": lambda a: text(a[1]) in text(a[0]),
    "starts-with": lambda a: text(a[0]).startswith(text(a[1])),
    "ends-with": lambda a: text(a[0]).endswith(text(a[1])),
    "translate": _translate,
    # numbers
    "number": lambda a: number(a[0]),
    "int": _int,
    "round": _round,
    "floor": _number(_floor),
    "ceiling": _number(lambda n: -_floor(-n)),
    "abs": _number(abs),
    "sqrt": _number(lambda n: math.sqrt(n) if n >= 0 else math.nan),
    "pow": _two(numeric.power),
    "exp": _number(numeric.exp),
    "exp10": _number(lambda n: numeric.power(10.0, n)),
    "log": _number(numeric.log),
    "log10": _number(numeric.log10),
    "pi": lambda _: math.pi,
    "sin": _number(numeric.sin),
    "cos": _number(numeric.cos),
    "tan": _number(numeric.tan),
    "asin": _number(numeric.asin),
    "acos": _number(numeric.acos),
    "atan": _number(numeric.atan),
    "atan2": _two(numeric.atan2),
    "sum": _sum,
    "min": _extreme(min),
    "max": _extreme(max),
    "count-non-empty": lambda a: float(sum(1 for one in strings(a) if one)),
    # dates
    "date": lambda a: _date(a[0]),
    "decimal-date-time": lambda a: _days(a[0]),
    "decimal-time": _decimal_time,
    "format-date": _texts(format_date),
    "format-date-time": _texts(format_date),
    "difference-in-months": _months(1),
    "cht:difference-in-days": _between(1),
    "cht:difference-in-weeks": _between(7),
    "cht:difference-in-months": _months(1),
    "cht:difference-in-years": _months(12),
    "esik:hijri-date": lambda a: hijri_date(*map(number, a)),
    # places and people
    "distance": lambda a: distance(strings(a)),
    "area": lambda a: area(strings(a)),
    "esik:card-valid": lambda a: card_valid(text(a[0])),
}
