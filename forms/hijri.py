"""The Umm al-Qura calendar, in which many people tell a date of birth: a Hijri day as a day of the Gregorian calendar.

Rules: a table of printed months from 1343 to 1500 AH (`hijri.json`, the same bytes in `static/src/form`), never a
formula, which would be a day or two off; outside of it, and for a day that its month did not have, nothing.
"""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path
from typing import Final

import msgspec

from forms.dates import date_of, read_date


class _Table(msgspec.Struct, frozen=True):
    about: str
    first_year: int
    first_day: str
    years: list[str]


SHORTEST: Final = 28
"""Days that are taken off each length in the table."""
_TABLE: Final = msgspec.json.decode(Path(__file__).with_name("hijri.json").read_bytes(), type=_Table)
_LENGTHS: Final = [int(month) + SHORTEST for month in "".join(_TABLE.years)]
_STARTS: Final = list(accumulate(_LENGTHS, initial=read_date(_TABLE.first_day) or 0))


def hijri_date(year: float, month: float, day: float) -> str:
    """YYYY-MM-DD of a Hijri day; "" when the table has no such day (NaN and fractions too)."""
    if not (float(year).is_integer() and month in range(1, 13) and float(day).is_integer() and day >= 1):
        return ""
    place = (int(year) - _TABLE.first_year) * 12 + int(month) - 1
    if not 0 <= place < len(_LENGTHS) or day > _LENGTHS[place]:
        return ""
    return date_of(_STARTS[place] + int(day) - 1)
