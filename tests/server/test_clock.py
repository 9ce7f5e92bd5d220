"""Clocks years off: nothing is refused for its time, nobody is locked out, an invitation ends all the same."""

from collections.abc import Callable

import httpx
import pytest

import server.intake
import server.routes.sync_session
import server.sessions
from tests.programme import Programme
from tests.tablet import Tablet, get, sign_in

YEARS = 20 * 365 * 86_400_000
SetClock = Callable[[int], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Moves the server's clock by so many milliseconds."""
    from sync.clock import now_ms

    def move(by: int) -> None:
        for module in (server.intake, server.sessions, server.routes.sync_session):
            monkeypatch.setattr(module, "now_ms", lambda: now_ms() + by)

    return move


@pytest.mark.parametrize("by", [-YEARS, YEARS])
def test_a_tablet_whose_clock_is_years_off_delivers(tablet: Tablet, monkeypatch: pytest.MonkeyPatch, by: int) -> None:
    import tests.tablet
    from sync.clock import now_ms

    monkeypatch.setattr(tests.tablet, "now_ms", lambda: now_ms() + by)
    tablet.seal()
    answer = tablet.push()
    assert [one.state for one in answer.entries] == ["held"]
    assert [one.problem for one in answer.statements] == [None]


@pytest.mark.parametrize("by", [-YEARS, YEARS])
def test_a_server_whose_clock_is_years_off_still_takes_and_signs_in(
    tablet: Tablet, programme: Programme, set_clock: SetClock, by: int
) -> None:
    set_clock(by)
    tablet.seal()
    assert tablet.push().entries[0].state == "held"
    headers = sign_in(tablet.client, tablet.directory, programme.people["Saule"].desk()[0])
    assert len(get(tablet.client, "/sync/changes?after=0", headers)["entries"]) == 1


def test_a_session_ends_after_a_quarter_of_an_hour(
    client: httpx.Client, programme: Programme, set_clock: SetClock
) -> None:
    headers = sign_in(client, programme.directory, programme.people["Saule"].desk()[0])
    set_clock(15 * 60_000 + 1)
    assert client.get("/sync/changes", headers=headers).json()["code"] == "no_session"


def test_a_clock_set_back_does_not_make_a_session_last_for_years(
    client: httpx.Client, programme: Programme, set_clock: SetClock
) -> None:
    headers = sign_in(client, programme.directory, programme.people["Saule"].desk()[0])
    set_clock(-YEARS)
    assert client.get("/sync/changes", headers=headers).json()["code"] == "no_session"
