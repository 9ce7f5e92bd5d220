"""Slots over HTTP: a reviewer signs in from any browser, a stranger learns nothing, guessing is slow."""

import asyncio
from typing import Any, cast

import httpx
import pytest

from server.app import create_app
from server.problems import Problem
from server.running import open_server
from server.tries import PER_ACCOUNT, PER_ADDRESS, WINDOW_MS, Tries
from sync.ids import b64, unb64
from sync.slot import derive_halves, open_slot, read_slot
from tests.programme import Programme
from tests.tablet import Tablet


def find(client: httpx.Client, name: str) -> dict[str, object]:
    response = client.post("/slots/find", json={"name": name})
    assert response.status_code == 200
    return response.json()


def test_a_reviewer_signs_in_with_a_name_and_a_passphrase(client: httpx.Client, programme: Programme) -> None:
    saule = programme.people["Saule"]
    found = find(client, " saULE ")
    assert (found["staff"], found["programme"]) == (b64(saule.staff), b64(programme.pid))
    auth, wrap = derive_halves(programme.pid, saule.staff, "desk", "saule passphrase")
    response = client.post("/slots/open", json={"staff": found["staff"], "auth": b64(auth)})
    slot = read_slot(unb64(response.json()["slot"]))
    opened = open_slot(programme.pid, saule.staff, "desk", slot, wrap)
    assert opened.signing is not None
    assert opened.signing.key_id == saule.desk()[0].key_id


def test_a_name_that_nobody_has_is_answered_like_one_that_somebody_has(client: httpx.Client) -> None:
    real, made_up, again, other = (find(client, name) for name in ("Saule", "Nobody", "nobody", "No one"))
    assert real.keys() == made_up.keys()
    assert len(str(real["staff"])) == len(str(made_up["staff"]))
    assert made_up == again, "else asking twice would tell"
    assert made_up["staff"] != other["staff"]
    assert [real[name] for name in ("memory", "passes", "lanes")] == [
        made_up[name] for name in ("memory", "passes", "lanes")
    ]


def test_somebody_without_a_desk_is_answered_like_nobody(client: httpx.Client, programme: Programme) -> None:
    assert find(client, "Aigerim")["staff"] != b64(programme.people["Aigerim"].staff)


def test_a_wrong_passphrase_is_told_alike_for_everybody(client: httpx.Client, programme: Programme) -> None:
    for staff in (programme.people["Saule"].staff, bytes(16)):
        response = client.post("/slots/open", json={"staff": b64(staff), "auth": b64(bytes(32))})
        assert (response.status_code, response.json()["code"]) == (401, "wrong_passphrase")


def test_guessing_is_stopped(client: httpx.Client, programme: Programme) -> None:
    guess = {"staff": b64(programme.people["Saule"].staff), "auth": b64(bytes(32))}
    codes = [client.post("/slots/open", json=guess).json()["code"] for _ in range(PER_ACCOUNT + 1)]
    assert codes == ["wrong_passphrase"] * PER_ACCOUNT + ["too_many_tries"]
    response = client.post("/slots/open", json=guess)
    assert response.status_code == 429
    assert 0 < int(response.headers["retry-after"]) <= WINDOW_MS // 1000 + 1
    assert response.json()["retry_after"] == int(response.headers["retry-after"])


def test_one_address_does_not_guess_at_everybody() -> None:
    tries = Tries(clock=lambda: 0)
    for number in range(PER_ADDRESS):
        tries.failed(f"person {number}", "10.0.0.1")
    with pytest.raises(Problem, match="too_many_tries"):
        tries.check("somebody else", "10.0.0.1")
    tries.check("somebody else", "10.0.0.2")


@pytest.mark.parametrize("jump", [WINDOW_MS + 1, -(10**12), 10**12])
def test_a_clock_that_jumps_by_years_locks_nobody_out(jump: int) -> None:
    now = [10**12]
    tries = Tries(clock=lambda: now[0])
    for _ in range(PER_ACCOUNT):
        tries.failed("Saule", "here")
    now[0] += jump
    tries.check("Saule", "here")


def test_the_right_passphrase_clears_the_account(client: httpx.Client) -> None:
    tries = Tries(clock=lambda: 0)
    for _ in range(PER_ACCOUNT):
        tries.failed("Saule", "here")
    tries.succeeded("Saule", "here")
    tries.check("Saule", "here")


def test_a_tablet_is_given_the_tablet_slots_of_its_site_and_no_desk_slot(tablet: Tablet, programme: Programme) -> None:
    slots = tablet.client.get("/slots/tablet", headers=tablet.sign_in()).json()["slots"]
    read = [read_slot(unb64(one)) for one in slots]
    assert [(one.kind, one.staff) for one in read] == [("tablet", programme.people["Aigerim"].staff)]


def test_nobody_else_is_given_tablet_slots(client: httpx.Client) -> None:
    assert client.get("/slots/tablet").json()["code"] == "no_session"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"name": 1}', b'{"name": ""}', b'{"name": "' + b"x" * 300 + b'"}']
)
def test_a_body_that_is_none_is_a_problem(client: httpx.Client, body: bytes) -> None:
    response = client.post("/slots/find", content=body, headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["code"]) == (400, "bad_request")


@pytest.mark.parametrize("staff", ["!", "A", "AAAA="])
def test_ids_that_are_none_are_a_problem(client: httpx.Client, staff: str) -> None:
    response = client.post("/slots/open", json={"staff": staff, "auth": "AAAA"})
    assert response.status_code == 400
    assert response.json()["code"] in {"bad_request", "malformed"}


async def test_guessing_many_at_once_is_stopped_as_early(programme: Programme) -> None:
    staff = b64(programme.people["Saule"].staff)
    async with open_server(programme.settings) as server:
        app = create_app(programme.settings, server)
        app.state.server = server
        transport = httpx.ASGITransport(app=cast("Any", app))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            asked = [client.post("/slots/open", json={"staff": staff, "auth": b64(bytes(32))}) for _ in range(30)]
            codes = [one.json()["code"] for one in await asyncio.gather(*asked)]
    assert codes.count("wrong_passphrase") == PER_ACCOUNT


def test_signing_in_costs_an_address_nothing() -> None:
    tries = Tries(clock=lambda: 0)
    for _ in range(PER_ADDRESS + 1):
        tries.failed("Saule", "here")
        tries.succeeded("Saule", "here")
    tries.check("Saule", "here")
