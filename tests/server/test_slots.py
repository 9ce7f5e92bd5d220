"""Slots over HTTP: a reviewer signs in from any browser, a stranger learns nothing, guessing is slow."""

import asyncio
import dataclasses
from typing import Any, cast

import httpx
import msgspec
import pytest

from server.app import create_app
from server.problems import Problem
from server.running import open_server
from server.tries import PER_ACCOUNT, PER_ADDRESS, WINDOW_MS, Tries
from sync.founding import Person
from sync.ids import b64, unb64
from sync.keys import ReadingKey
from sync.slot import derive_halves, open_slot, read_slot, seal_slot
from sync.wire import encode
from tests.programme import Programme
from tests.tablet import Tablet, push, sign_in


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


def new_person(client: httpx.Client, programme: Programme, name: str = "Nurlan") -> Person:
    """Somebody whom the administrator's desk has just listed; no slot of theirs is stored yet."""
    person = Person.new(name, "arrival", desk=False, tablet=True)
    programme.draft.write("staff", person.body())
    assert [one.problem for one in push(client, programme.draft.bundle()).directory] == [None]
    programme.goes_on()
    return person


def tablet_slot(programme: Programme, person: Person, words: str = "four plain words here") -> dict[str, str]:
    auth, wrap = derive_halves(programme.pid, person.staff, "tablet", words)
    return {
        "auth": b64(auth),
        "slot": b64(seal_slot(programme.pid, person.staff, "tablet", person.tablet_slot(), wrap)),
    }


def put(
    client: httpx.Client, programme: Programme, person: Person, body: dict[str, str], who: str = "Gulnar"
) -> tuple[int, str]:
    headers = sign_in(client, programme.directory, programme.people[who].desk()[0])
    response = client.put(f"/slots/tablet/{b64(person.staff)}", json=body, headers=headers)
    return response.status_code, response.json().get("code", "")


def test_a_new_persons_slot_is_stored_and_reaches_the_tablets_of_the_site(
    client: httpx.Client, programme: Programme, tablet: Tablet
) -> None:
    programme.goes_on(tablet.directory)
    nurlan = new_person(client, programme)
    body = tablet_slot(programme, nurlan)
    assert put(client, programme, nurlan, body) == (200, "")
    assert put(client, programme, nurlan, body) == (200, ""), "again, after a lost answer"
    given = client.get("/slots/tablet", headers=tablet.sign_in()).json()["slots"]
    assert body["slot"] in given


def test_a_slot_that_is_there_is_not_replaced_until_the_keys_are(client: httpx.Client, programme: Programme) -> None:
    nurlan = new_person(client, programme)
    assert put(client, programme, nurlan, tablet_slot(programme, nurlan)) == (200, "")
    assert put(client, programme, nurlan, tablet_slot(programme, nurlan, "four other words")) == (409, "slot_kept")
    aigerim = programme.people["Aigerim"]
    assert put(client, programme, aigerim, tablet_slot(programme, aigerim, "of a thief")) == (409, "slot_kept")
    renewed = dataclasses.replace(nurlan, work=ReadingKey.generate())
    programme.draft.write("staff", renewed.body())
    push(client, programme.draft.bundle())
    assert put(client, programme, renewed, tablet_slot(programme, renewed, "new words for new keys")) == (200, "")


def test_only_an_administrator_stores_slots(client: httpx.Client, programme: Programme, tablet: Tablet) -> None:
    programme.goes_on(tablet.directory)
    nurlan = new_person(client, programme)
    body = tablet_slot(programme, nurlan)
    assert put(client, programme, nurlan, body, who="Saule") == (403, "not_allowed")
    path = f"/slots/tablet/{b64(nurlan.staff)}"
    assert client.put(path, json=body, headers=tablet.sign_in()).json()["code"] == "not_allowed"
    assert client.put(path, json=body).json()["code"] == "no_session"


def test_a_slot_of_keys_that_the_directory_does_not_list_is_refused(client: httpx.Client, programme: Programme) -> None:
    nurlan = new_person(client, programme)
    others = dataclasses.replace(nurlan, work=ReadingKey.generate())
    assert put(client, programme, nurlan, tablet_slot(programme, others)) == (422, "slot_mismatch")
    stranger = Person.new("Nobody", "arrival", desk=False, tablet=True)
    assert put(client, programme, stranger, tablet_slot(programme, stranger)) == (422, "slot_mismatch")
    aigerim = programme.people["Aigerim"]
    assert put(client, programme, nurlan, tablet_slot(programme, aigerim)) == (422, "slot_mismatch")
    saule = programme.people["Saule"]
    auth, wrap = derive_halves(programme.pid, saule.staff, "desk", "words")
    desk = {"auth": b64(auth), "slot": b64(seal_slot(programme.pid, saule.staff, "desk", saule.desk_slot(), wrap))}
    assert put(client, programme, saule, desk) == (422, "slot_mismatch")


def test_a_removed_persons_slot_is_not_stored(client: httpx.Client, programme: Programme) -> None:
    nurlan = new_person(client, programme)
    work = nurlan.tablet_slot().key_ids()[0]
    programme.draft.write("revoke", {"key": work, "reason": "left", "cut": []})
    push(client, programme.draft.bundle())
    assert put(client, programme, nurlan, tablet_slot(programme, nurlan)) == (403, "revoked")


def test_garbage_in_place_of_a_slot_is_refused_in_words(client: httpx.Client, programme: Programme) -> None:
    nurlan = new_person(client, programme)
    good = tablet_slot(programme, nurlan)
    cheap = msgspec.structs.replace(read_slot(unb64(good["slot"])), memory=1024)
    for body, code in (
        ({**good, "slot": b64(b"no slot")}, "malformed"),
        ({**good, "slot": b64(encode(cheap))}, "weak_slot"),
        ({**good, "auth": "short"}, "bad_request"),
        ({"slot": good["slot"]}, "bad_request"),
        ({**good, "slot": "A" * 3000}, "bad_request"),
        ({**good, "slot": "A" * 9000}, "body_too_large"),
    ):
        assert put(client, programme, nurlan, body)[1] == code, body
    headers = sign_in(client, programme.directory, programme.people["Gulnar"].desk()[0])
    assert client.put("/slots/tablet/no=id", json=good, headers=headers).json()["code"] == "malformed"
