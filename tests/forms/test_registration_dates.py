"""Birth dates in two calendars, and twins: what a registration must not take for true."""

from typing import Any

import pytest

from tests.forms.playing import play
from tests.forms.samples import compiled

AT = "members[1]"


def hijri(year: str, month: str, day: str | None = None) -> list[list[Any]]:
    """Steps of one member whose birth date was told in the Hijri calendar."""
    steps = [
        ["set", f"{AT}.birth_date_precision", "day" if day else "month"], ["set", f"{AT}.calendar", "hijri"],
        ["set", f"{AT}.year", year], ["set", f"{AT}.month", month],
    ]  # fmt: skip
    return steps if day is None else [*steps, ["set", f"{AT}.day", day]]


@pytest.mark.parametrize(("year", "month", "day"), [("1480", "h01", "1"), ("1447", "h12", "1")])
def test_a_hijri_date_that_is_still_to_come_is_told(year: str, month: str, day: str) -> None:
    played = play(compiled("registration"), hijri(year, month, day))
    assert any(ref.startswith(AT) for ref in played["missing"]["invalid"])


def test_ramadan_1415_is_a_day_of_1995() -> None:
    played = play(compiled("registration"), hijri("1415", "h09", "1"))
    assert played["all"]["values"][f"{AT}.birth_date"] == "1995-01-31"
    assert not [ref for ref in played["missing"]["invalid"] if ref.startswith(AT)]
