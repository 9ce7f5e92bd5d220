"""The calendar as expressions see it: a date is a count of days since 1970-01-01, a moment a count with a fraction.

Rules: proleptic Gregorian, years 1 to 9999; a date has no time zone; a moment counts by the clock it was written on, so
that today is never later than now: its offset is read and not counted. Nothing asks a clock. `static/src/form/dates.ts`
is the same.
"""

from __future__ import annotations

import math
import re
from typing import Final

_TIME: Final = re.compile(
    r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,3})[0-9]*)?)?(Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])?"
)
_LOOSE: Final = re.compile(r"([0-9]{4})-([1-9]|[0-9]{2})-([1-9]|[0-9]{2})")
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
DAY: Final = 86_400_000
FARTHEST: Final = 1e7
"""Of anything that is added to a date; of days from 1970 that are read as a date."""
FIELDS: Final = "YymnbdeaHhMS3"
"""Letters that may follow % in a format. Names of months (b) and days (a) are English ones, as in ODK's engine."""
_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_WEEK: Final = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
"""From 1970-01-01, a Thursday."""


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


def read_time(text: str) -> int | None:
    """Milliseconds since midnight of HH:MM, HH:MM:SS or HH:MM:SS.sss, with or without offset; None when it is none."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, second, fraction, _ = found.groups()
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    return ((int(hour) * 60 + int(minute)) * 60 + int(second or 0)) * 1000 + int((fraction or "0").ljust(3, "0"))


def read_moment(text: str) -> int | None:
    """Milliseconds since midnight of 1970-01-01, on its own clock, of a date or a date with a time; None when it is
    neither."""
    days = read_date(text[:10])
    if days is None or len(text) == 10:
        return None if days is None else days * DAY
    time = read_time(text[11:]) if text[10] == "T" else None
    return None if time is None else days * DAY + time


def offset_of(text: str) -> str:
    """Z, +05:00 or "": what a time or moment says about its zone."""
    found = _TIME.fullmatch(text.rpartition("T")[2])
    return (found.group(5) or "") if found else ""


def moment_of(ms: float, offset: str) -> str:
    """A moment as it is stored; a whole day as a date; "" outside the years 1 to 9999."""
    days, rest = divmod(round_half_up(ms), DAY)
    date = date_of(days)
    if not date or rest == 0:
        return date
    seconds, thousandths = divmod(rest, 1000)
    return f"{date}T{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{thousandths:03d}{offset}"


def round_half_up(value: float) -> int:
    """As JavaScript's Math.round, for numbers far from 2 to the 52nd."""
    return math.floor(value + 0.5)


def padded(text: str) -> str:
    """2026-3-1 as 2026-03-01; anything else as it is."""
    date, mark, time = text.partition("T")
    found = _LOOSE.fullmatch(date)
    return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}{mark}{time}" if found else text


def add_to_date(text: str, amounts: list[float], offset: str) -> str:
    """A date or moment later by years, months, days, hours and minutes, one after the other; the 31st becomes the last
    day of a shorter month. "" when the date is none, or the result beyond the calendar."""
    ms = read_moment(text)
    if ms is None or any(abs(amount) > FARTHEST for amount in amounts):
        return ""
    years, months, days, hours, minutes = amounts
    for count in (years * 12, months):
        ms = _months_later(ms, math.trunc(count))
    ms = ms + round_half_up(days) * DAY + hours * 3_600_000 + minutes * 60_000
    return moment_of(ms, offset_of(text) or offset)


def _months_later(ms: int, count: int) -> int:
    days, rest = divmod(ms, DAY)
    date = date_of(days)
    if not date or count == 0:
        return ms
    months = int(date[:4]) * 12 + int(date[5:7]) - 1 + count
    year, month = divmod(months, 12)
    first, after = days_of(year, month + 1, 1), days_of((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return (first + min(int(date[8:]), after - first) - 1) * DAY + rest


def months_between(first: str, last: str) -> float:
    """Whole months between two days, negative when the last is earlier; NaN when one of them is no day."""
    if read_date(first) is None or read_date(last) is None:
        return math.nan
    if first > last:
        return -months_between(last, first)
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])
    return float(months - (last[8:] < first[8:]))


def format_date(text: str, form: str) -> str:
    """A date or moment, on its own clock, by %Y %y %m %n %b %d %e %a %H %h %M %S %3; "" when it is neither."""
    ms = read_moment(text)
    if ms is None:
        return ""
    days, rest = divmod(ms, DAY)
    hour, minute, second = rest // 3_600_000, rest // 60_000 % 60, rest // 1000 % 60
    year, month, day = text[:4], text[5:7], text[8:10]
    fields = {
        "Y": year, "y": year[2:], "m": month, "n": str(int(month)), "b": _MONTHS[int(month) - 1], "d": day,
        "e": str(int(day)), "a": _WEEK[days % 7], "H": f"{hour:02d}", "h": str(hour), "M": f"{minute:02d}",
        "S": f"{second:02d}", "3": f"{rest % 1000:03d}",
    }  # fmt: skip
    return re.sub(f"%([{FIELDS}])", lambda match: fields[match.group(1)], form)
