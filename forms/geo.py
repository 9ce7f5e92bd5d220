"""Places on the earth: `lat lon alt acc`, how far they are apart and what lies between them.

Rules: a sphere of ODK's radius, results to the centimetre; angles come from `forms/numeric.py`, so that both languages
agree. `static/src/form/geo.ts` is the same.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final

from forms.numeric import acos, cos, sin
from forms.values import SPACE, plain_number, tokens

RADIUS: Final = 6_378_100
_DEGREE: Final = 0.017453292519943295
Point = tuple[float, float]


def read_point(text: str) -> Point | None:
    """Latitude and longitude in degrees, of two to four numbers; None when it is no place."""
    words = tokens(text)
    found = [plain_number(word) for word in words]
    if not 2 <= len(words) <= 4 or any(map(math.isnan, found)):
        return None
    return (found[0], found[1]) if abs(found[0]) <= 90 and abs(found[1]) <= 180 else None


def points(texts: list[str]) -> list[Point] | None:
    """Of several places, or of one text with ; between them; None when one is no place."""
    if len(texts) == 1:
        texts = [piece.strip(SPACE) for piece in texts[0].split(";")]
        while texts and not texts[-1]:
            texts.pop()
    found = [read_point(text) for text in texts]
    return [point for point in found if point is not None] if None not in found else None


def distance(texts: list[str]) -> float:
    """Metres along the places; NaN when one is none, or there are fewer than two."""
    found = points(texts)
    if found is None or len(found) < 2:
        return math.nan
    total = 0.0
    for (north, east), (other, further) in pairwise(found):
        one, two = north * _DEGREE, other * _DEGREE
        cosine = sin(one) * sin(two) + cos(one) * cos(two) * cos((east - further) * _DEGREE)
        total += acos(max(-1.0, min(1.0, cosine))) * RADIUS
    return _rounded(total)


def area(texts: list[str]) -> float:
    """Square metres between the places; NaN when one is none; 0 for fewer than three."""
    found = points(texts)
    if found is None:
        return math.nan
    if len(found) < 3:
        return 0.0
    total = 0.0
    for (north, east), (other, further) in zip(found, [*found[1:], found[0]], strict=True):
        total += (further - east) * _DEGREE * (2 + sin(other * _DEGREE) + sin(north * _DEGREE))
    return _rounded(abs(total * RADIUS * RADIUS / 2))


def _rounded(metres: float) -> float:
    return math.floor(metres * 100 + 0.5) / 100
