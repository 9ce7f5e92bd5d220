"""The calendar as expressions see it: a date is a count of days since 1970-01-01, a moment a count with a fraction.

Rules: proleptic Gregorian, years 1 to 9999; a date has no time zone; a moment without an offset counts as UTC; nothing
asks a clock. `static/src/form/dates.ts` is the same.
"""

from __future__ import annotations

import math
import re
from typing import Final

_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MOMENT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,3})[0-9]*)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
DAY: Final = 86_400_000
FIELDS: Final = "YymndeHhMS3"
"""Letters that may follow % in a format: no names of months and days, which differ by language."""


def days_of(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 (Howard Hinnant's algorithm)."""
    year -= month <= 2
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def date_of(days: int) -> str:
    """YYYY-MM-DD of a count of days; "" outside the years 1 to 9999."""
    days += 719_468
    era = days // 146_097
    of_era = days - era * 146_097
    year = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    shifted = (5 * of_year + 2) // 153
    day = of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + (3 if shifted < 10 else -9)
    year += era * 400 + (month <= 2)
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= year <= 9999 else ""


def read_date(text: str) -> int | None:
    """Days of YYYY-MM-DD; None when the calendar has no such day."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    if not (year >= 1 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    days = days_of(year, month, day)
    return days if date_of(days) == text else None


def read_moment(text: str) -> int | None:
    """Milliseconds since 1970-01-01T00:00Z of a date or a date with a time; None when it is neither."""
    days = read_date(text)
    if days is not None:
        return days * DAY
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    date, hour, minute, second, fraction, zone = found.groups()
    days = read_date(date)
    if days is None or int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    ms = ((int(hour) * 60 + int(minute)) * 60 + int(second or 0)) * 1000 + int((fraction or "0").ljust(3, "0"))
    offset = 0
    if zone and zone != "Z":
        digits = zone[1:].replace(":", "")
        offset = (int(digits[:2]) * 60 + int(digits[2:])) * 60_000 * (-1 if zone[0] == "-" else 1)
    return days * DAY + ms - offset


def months_between(first: str, last: str) -> float:
    """Whole months between two days, negative when the last is earlier; NaN when one of them is no day."""
    if read_date(first) is None or read_date(last) is None:
        return math.nan
    if first > last:
        return -months_between(last, first)
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])
    return float(months - (last[8:] < first[8:]))


def format_date(text: str, form: str) -> str:
    """A date or moment, in its own offset, by %Y %y %m %n %d %e %H %h %M %S %3; "" when it is neither."""
    if read_moment(text) is None:
        return ""
    found = _MOMENT.fullmatch(text)
    hour, minute, second, fraction = found.group(2, 3, 4, 5) if found else ("00", "00", "00", "0")
    year, month, day = text[:4], text[5:7], text[8:10]
    fields = {
        "Y": year, "y": year[2:], "m": month, "n": str(int(month)), "d": day, "e": str(int(day)), "H": hour,
        "h": str(int(hour)), "M": minute, "S": second or "00", "3": (fraction or "0").ljust(3, "0"),
    }  # fmt: skip
    return re.sub(f"%([{FIELDS}])", lambda match: fields[match.group(1)], form)
