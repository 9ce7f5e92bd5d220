"""Powers, logarithms and angles, equal to the bit in every browser and in Python.

Rules: platforms differ in the last digit of these functions, and a score must not. So each is worked out in pairs of
doubles (a number and what rounding took from it, after Dekker and Knuth), with nothing but + - * / and square roots,
which IEEE 754 fixes, and is rounded once at the end. `static/src/form/numeric.ts` does the same steps.
"""

from __future__ import annotations

import math
from typing import Final, TypeAlias

Pair: TypeAlias = tuple[float, float]

LN2: Final[Pair] = (0.6931471805599453, 2.3190468138462996e-17)
LN10: Final[Pair] = (2.302585092994046, -2.1707562233822494e-16)
HALF_PI: Final = (1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33)
FARTHEST_ANGLE: Final = 134_217_728
_SPLIT: Final = 134_217_729.0


def _sum(a: float, b: float) -> Pair:
    total = a + b
    part = total - a
    lost = (a - (total - part)) + (b - part)
    return total, lost if math.isfinite(lost) else 0.0


def _product(a: float, b: float) -> Pair:
    total = a * b
    big, other = _SPLIT * a, _SPLIT * b
    high, low = big - (big - a), a - (big - (big - a))
    top, rest = other - (other - b), b - (other - (other - b))
    lost = ((high * top - total) + high * rest + low * top) + low * rest
    return total, lost if math.isfinite(lost) else 0.0


def _add(a: Pair, b: Pair) -> Pair:
    high, low = _sum(a[0], b[0])
    return _sum(high, low + (a[1] + b[1]))


def _times(a: Pair, b: Pair) -> Pair:
    high, low = _product(a[0], b[0])
    if not math.isfinite(high):
        return high, 0.0
    return _sum(high, low + (a[0] * b[1] + a[1] * b[0]))


def _over(a: Pair, b: Pair) -> Pair:
    first = a[0] / b[0]
    rest = _add(a, _minus(_times(b, (first, 0.0))))
    return _sum(first, (rest[0] + rest[1]) / b[0])


def _minus(a: Pair) -> Pair:
    return -a[0], -a[1]


def _root(a: Pair) -> Pair:
    first = math.sqrt(a[0])
    if first == 0:
        return 0.0, 0.0
    rest = _add(a, _minus(_product(first, first)))
    return _sum(first, rest[0] / (2 * first))


def _two_to(count: int) -> float:
    """Exact: 2 to a whole number from -1074 to 1023."""
    result, step = 1.0, 2.0 if count > 0 else 0.5
    for _ in range(abs(count)):
        result *= step
    return result


def _series(x: Pair, first: int, sign: float, terms: int) -> Pair:
    """x^first / first! with every second power after it: sine from 1, cosine from 0."""
    square, term = _times(x, x), x if first else (1.0, 0.0)
    total = term
    for place in range(1, terms):
        count = float((2 * place + first) * (2 * place + first - 1))
        term = _times(_over(_times(term, square), (count, 0.0)), (sign, 0.0))
        total = _add(total, term)
    return total


def _exp(x: Pair) -> tuple[Pair, int]:
    """e^x as a pair and a power of 2 beside it."""
    count = math.floor(x[0] / LN2[0] + 0.5)
    rest = _times(_add(x, _minus(_times(LN2, (float(count), 0.0)))), (1 / 512, 0.0))
    term, more = rest, rest
    for place in range(2, 10):
        term = _times(_over(term, (float(place), 0.0)), rest)
        more = _add(more, term)
    for _ in range(9):
        more = _add(_times(more, (2.0, 0.0)), _times(more, more))
    return _add((1.0, 0.0), more), count


def _scaled(found: tuple[Pair, int]) -> float:
    (high, low), count = found
    half = count // 2
    return (high + low) * _two_to(half) * _two_to(count - half)


def _log(x: float) -> Pair:
    """Of a finite number above 0."""
    count, rest = 0, x
    while rest >= 1.5:
        rest, count = rest * 0.5, count + 1
    while rest < 0.75:
        rest, count = rest * 2, count - 1
    slope = (rest - 1) / (rest + 1)
    guess = 0.0
    for place in range(19, 0, -1):
        guess = guess * slope * slope + 1 / (2 * place - 1)
    guess *= 2 * slope
    near, power = _exp((-guess, 0.0))
    near = _times(near, (_two_to(power) * rest, 0.0))
    off = _add(near, (-1.0, 0.0))
    found = _add((guess, 0.0), _add(off, _times(_times(off, off), (-0.5, 0.0))))
    return _add(_times(LN2, (float(count), 0.0)), found)


def exp(x: float) -> float:
    if math.isnan(x) or x > 709.8:
        return x if math.isnan(x) else math.inf
    return 0.0 if x < -745.2 else _scaled(_exp((x, 0.0)))


def log(x: float) -> float:
    """The natural logarithm; NaN below 0."""
    if not 0 < x < math.inf:
        return -math.inf if x == 0 else x if x > 0 else math.nan
    return _log(x)[0]


def log10(x: float) -> float:
    return _over(_log(x), LN10)[0] if 0 < x < math.inf else log(x)


def power(base: float, exponent: float) -> float:
    """NaN when either is, and for a part of a power of a number below 0."""
    if math.isnan(base) or math.isnan(exponent):
        return math.nan
    if math.isinf(exponent):
        return math.nan if abs(base) == 1 else math.inf if (abs(base) > 1) == (exponent > 0) else 0.0
    whole = exponent == math.trunc(exponent)
    odd = whole and math.fmod(exponent, 2) != 0
    if base == 0 or math.isinf(base):
        size = 1.0 if exponent == 0 else math.inf if (exponent > 0) == (base != 0) else 0.0
        return -size if odd and math.copysign(1.0, base) < 0 else size
    if whole and abs(exponent) <= 1024:
        return _whole_power(base, int(abs(exponent)), under=exponent < 0)
    if base < 0 and not whole:
        return math.nan
    high, low = _times(_log(abs(base)), (exponent, 0.0))
    far = high > 709.8 or high < -745.2
    size = (math.inf if high > 0 else 0.0) if far else _scaled(_exp((high, low)))
    return -size if odd and base < 0 else size


def _whole_power(base: float, exponent: int, *, under: bool) -> float:
    result: Pair = (1.0, 0.0)
    step: Pair = (base, 0.0)
    while exponent > 0:
        if exponent % 2 == 1:
            result = _times(result, step)
        exponent //= 2
        step = _times(step, step) if exponent > 0 else step
    if not under:
        return result[0]
    if result[0] == 0 or math.isinf(result[0]):
        return math.copysign(math.inf if result[0] == 0 else 0.0, result[0])
    return _over((1.0, 0.0), result)[0]


def _turned(x: float) -> tuple[Pair, Pair]:
    """Sine and cosine of an angle up to FARTHEST_ANGLE."""
    count = math.floor(x / HALF_PI[0] + 0.5)
    rest: Pair = (x, 0.0)
    for part in HALF_PI:
        rest = _add(rest, _minus(_product(float(count), part)))
    sine, cosine = _series(rest, 1, -1.0, 15), _series(rest, 0, -1.0, 15)
    turns = ((sine, cosine), (cosine, _minus(sine)), (_minus(sine), _minus(cosine)), (_minus(cosine), sine))
    return turns[count % 4]


def sin(x: float) -> float:
    return x if x == 0 else _turned(x)[0][0] if abs(x) <= FARTHEST_ANGLE else math.nan


def cos(x: float) -> float:
    return _turned(x)[1][0] if abs(x) <= FARTHEST_ANGLE else math.nan


def tan(x: float) -> float:
    return x if x == 0 else _over(*_turned(x))[0] if abs(x) <= FARTHEST_ANGLE else math.nan


def _atan(x: Pair) -> Pair:
    """Halved four times; what is left is small enough for the series."""
    if abs(x[0]) > 1:
        quarter = (math.copysign(HALF_PI[0], x[0]), math.copysign(HALF_PI[1], x[0]))
        return _add(quarter, _minus(_atan(_over((1.0, 0.0), x))))
    for _ in range(4):
        x = _over(x, _add((1.0, 0.0), _root(_add((1.0, 0.0), _times(x, x)))))
    square, term = _minus(_times(x, x)), x
    total = x
    for place in range(1, 15):
        term = _times(term, square)
        total = _add(total, _over(term, (float(2 * place + 1), 0.0)))
    return _times(total, (16.0, 0.0))


def _asin(x: float) -> Pair:
    if abs(x) == 1:
        return math.copysign(HALF_PI[0], x), math.copysign(HALF_PI[1], x)
    return _atan(_over((x, 0.0), _root(_times(_sum(1.0, -x), _sum(1.0, x)))))


def atan(x: float) -> float:
    if x == 0 or math.isnan(x):
        return x
    return math.copysign(HALF_PI[0], x) if abs(x) > 1e300 else _atan((x, 0.0))[0]


def asin(x: float) -> float:
    return x if x == 0 else _asin(x)[0] if abs(x) <= 1 else math.nan


def acos(x: float) -> float:
    return _add((HALF_PI[0], HALF_PI[1]), _minus(_asin(x)))[0] if abs(x) <= 1 else math.nan


def atan2(y: float, x: float) -> float:
    """The angle of a place x to the east and y to the north, from -pi to pi."""
    if math.isnan(x) or math.isnan(y):
        return math.nan
    pi = math.copysign(2 * HALF_PI[0], y)
    if y == 0 or (math.isinf(x) and not math.isinf(y)):
        return (y if y == 0 else math.copysign(0.0, y)) if math.copysign(1.0, x) > 0 else pi
    if x == 0 or math.isinf(y):
        return pi / 2 if math.isinf(x) is False else pi / 4 if x > 0 else 3 * (pi / 4)
    turn = math.copysign(2.0, y)
    found = _atan(_over((y, 0.0), (x, 0.0)))
    return (found if x > 0 else _add(found, (turn * HALF_PI[0], turn * HALF_PI[1])))[0]
