"""What is kept of an answer as a person types it, and what is wrong with it.

Rules: reading is generous and loses nothing. Digits of Arabic and Persian, a comma or an Arabic mark for the decimal
point, marks of direction and spaces between thousands are read and stored in one way; letters that only look like
digits are not. What still does not fit its kind stays as it was typed, and is told. `static/src/form/lexical.ts` is the
same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from typing import Any, Final

from forms.dates import padded, read_date, read_moment, read_time
from forms.geo import read_point
from forms.model import Question
from forms.values import SPACE, number_text, tokens

_DIGITS: Final = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789", "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"
)
_GAPS: Final = str.maketrans("\u00a0\u202f\u2009", "   ")
_DECIMAL_MARKS: Final = str.maketrans("٫،,", "...")
_GROUPED: Final = re.compile(r"-?[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]*)?")
_INTEGER: Final = re.compile(r"-?[0-9]{1,15}")
_DECIMAL: Final = re.compile(r"-?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})")
_SHORT_TIME: Final = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")
_NUMBERS: Final = ("integer", "decimal", "range")
_WHEN: Final = ("date", "time", "datetime")


def lexical(question: Question, value: Any) -> str:
    """What is kept of a value: text. None and "" are blank."""
    if value is None or value is False:
        return ""
    if value is True:
        return "OK"
    if isinstance(value, (int, float)):
        return number_text(float(value))
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return _canonical(question.kind, str(value))


def _canonical(kind: str, typed: str) -> str:
    if kind == "barcode":
        return typed.strip(SPACE)
    if kind not in (*_NUMBERS, *_WHEN, "geopoint"):
        return typed
    plain = typed.translate(_DIGITS).translate(_GAPS).strip(SPACE)
    if kind == "geopoint":
        return _point(plain)
    if kind in _NUMBERS:
        return _number(plain, whole=kind == "integer")
    if kind == "date":
        return padded(plain)
    if kind == "time":
        return _time(plain)
    date, gap, time = plain.replace("T", " ", 1).partition(" ")
    return f"{padded(date)}T{_time(time.strip(SPACE))}" if gap else padded(date)


def _number(plain: str, *, whole: bool) -> str:
    plain = plain.replace("\u2212", "-").replace("٬", " ")
    plain = plain if whole else plain.translate(_DECIMAL_MARKS)
    return plain.replace(" ", "") if _GROUPED.fullmatch(plain) else plain


def _time(plain: str) -> str:
    """9.30 as 09:30:00.000."""
    found = _SHORT_TIME.fullmatch(plain)
    return f"{found[1]:0>2}:{found[2]}:00.000" if found else plain


def _point(plain: str) -> str:
    """A comma is a decimal mark where no point is one."""
    plain = plain.replace("\u2212", "-").translate(str.maketrans("٫،", ".,"))
    joined = " ".join(tokens(plain.replace(",", " " if "." in plain else ".")))
    return joined if read_point(joined) is not None else plain


def check_value(question: Question, value: str, choices: Collection[str]) -> str | None:
    """The code of what is wrong with a value of this kind. `choices`: the names that stand now."""
    match question.kind:
        case "integer":
            return None if _INTEGER.fullmatch(value) else "answer_not_integer"
        case "decimal":
            return None if _DECIMAL.fullmatch(value) else "answer_not_decimal"
        case "range":
            return _check_range(question, value)
        case "date":
            return None if read_date(value) is not None else "answer_not_date"
        case "time":
            return None if read_time(value) is not None else "answer_not_time"
        case "datetime":
            return None if "T" in value and read_moment(value) is not None else "answer_not_datetime"
        case "geopoint":
            return None if read_point(value) is not None else "answer_not_point"
        case "select_one":
            return None if value in choices else "answer_not_choice"
        case "select_multiple":
            return None if all(word in choices for word in value.split(" ")) else "answer_not_choice"
        case "rank":
            words = value.split(" ")
            return None if sorted(words) == sorted(choices) else "answer_not_rank"
        case _:
            return None


def _check_range(question: Question, value: str) -> str | None:
    if _DECIMAL.fullmatch(value) is None:
        return "answer_not_decimal"
    if question.range is None:
        return None
    found, (start, end, step) = float(value), (question.range[name] for name in ("start", "end", "step"))
    low, high = min(start, end), max(start, end)
    steps = (found - start) / step if step else 0.0
    on_step = abs(steps - math.floor(steps + 0.5)) < 1e-6
    return None if low <= found <= high and on_step else "answer_out_of_range"
