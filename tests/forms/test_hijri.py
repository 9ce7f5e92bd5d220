"""Birth dates told in the Hijri calendar: the printed months, from one end of the table to the other."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from forms.dates import read_date
from forms.hijri import hijri_date
from tests.sources import ROOT
from tests.vectors import vectors

VECTORS = dict(vectors("forms", "hijri"))
YEARS = VECTORS["the-first-day-of-every-year"]
MONTHS = VECTORS["the-first-day-of-every-month"]


def test_every_year_begins_on_the_day_that_was_printed() -> None:
    expect: dict[str, Any] = YEARS["expect"]
    assert len(expect) == 159
    for year in range(1343, 1501):
        assert hijri_date(year, 1, 1) == expect[str(year)]


def test_every_month_begins_on_the_day_that_was_printed() -> None:
    expect: dict[str, list[str]] = MONTHS["expect"]
    assert sum(len(months) for months in expect.values()) == 158 * 12
    for year, months in expect.items():
        assert [hijri_date(int(year), month, 1) for month in range(1, 13)] == months
        assert months[0] == YEARS["expect"][year]


def test_no_day_is_lost_or_told_twice_between_the_ends_of_the_table() -> None:
    days = [
        read_date(hijri_date(float(year), float(month), float(day)))
        for year in range(1343, 1501)
        for month in range(1, 13)
        for day in range(1, 32)
        if hijri_date(float(year), float(month), float(day))
    ]
    first, after = read_date("1924-08-01"), read_date(YEARS["expect"]["after"])
    assert first is not None
    assert after is not None
    assert days == list(range(first, after))


NUMBERS = st.floats() | st.integers(-1, 33) | st.integers(1300, 1600)


@given(year=NUMBERS, month=NUMBERS, day=NUMBERS)
def test_what_is_no_day_of_the_table_is_blank_and_never_an_error(year: float, month: float, day: float) -> None:
    found = hijri_date(year, month, day)
    assert found == "" or read_date(found) is not None


def test_the_tablet_has_the_same_table() -> None:
    here, there = ROOT / "forms/hijri.json", ROOT / "static/src/form/hijri.json"
    assert here.read_bytes() == there.read_bytes()
