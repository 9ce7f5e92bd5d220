"""A short arrival day: the same as `make day`, with fewer people."""

from playwright.sync_api import Playwright

from tests.day.simulation import simulate


def test_at_the_end_of_a_day_the_desk_names_what_is_missing_and_whom_to_ask_again(
    playwright: Playwright, chromium_path: str
) -> None:
    assert simulate(playwright, chromium_path, tablets=3, people=14, deaths=1, seed=3)
