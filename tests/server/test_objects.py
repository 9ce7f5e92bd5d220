"""Objects one by one: PUT takes what a waiting entry names, GET gives to whom the directory allows it."""

import httpx
import pytest

from sync.bundle import Bundle
from sync.ids import b64, sha256
from sync.log import Log
from tests.programme import Programme
from tests.tablet import Refused, Tablet, checked, push, sign_in


def put(client: httpx.Client, data: bytes, id_: bytes | None = None) -> httpx.Response:
    return client.put(f"/sync/objects/{b64(id_ or sha256(data))}", content=data)


def fetch(tablet: Tablet, programme: Programme, who: str, id_: bytes) -> bytes:
    headers = sign_in(tablet.client, tablet.directory, programme.people[who].desk()[0])
    return checked(tablet.client.get(f"/sync/objects/{b64(id_)}", headers=headers))


def waiting(tablet: Tablet) -> list[bytes]:
    """A submission whose parts stayed behind."""
    sealed = tablet.seal()
    bundle = tablet.bundle([sealed])
    bundle.parts.clear()
    answer = push(tablet.client, bundle)
    assert answer.entries[0].state == "waiting"
    assert answer.receipts == []
    assert sorted(answer.entries[0].missing) == sorted(map(sha256, sealed.parts))
    return sealed.parts


def test_it_works(tablet: Tablet, programme: Programme) -> None:
    sealed = tablet.seal()
    tablet.push()
    family = next(part for part in sealed.parts if b'"family"' in part[:600])
    assert fetch(tablet, programme, "Saule", sha256(family)) == family


def test_an_entry_is_held_when_its_last_part_arrives(tablet: Tablet) -> None:
    parts = waiting(tablet)
    assert tablet.have()["logs"] == []
    assert [put(tablet.client, part).status_code for part in parts] == [201] * len(parts)
    assert tablet.have()["logs"][0]["contiguous"] == 1
    receipts = tablet.client.get(f"/sync/receipts?log={b64(tablet.log.id)}&after=0")
    assert receipts.status_code == 200
    tablet.push()
    assert tablet.safe_to == 1


def test_parts_may_follow_in_another_push(tablet: Tablet) -> None:
    parts = waiting(tablet)
    bundle = tablet.bundle([])
    bundle.parts.extend(parts)
    push(tablet.client, bundle)
    assert tablet.have(list(map(sha256, parts)))["missing"] == []
    assert tablet.have()["logs"][0]["seq"] == 1


def test_a_part_that_is_here_already_is_taken_calmly(tablet: Tablet) -> None:
    parts = waiting(tablet)
    put(tablet.client, parts[0])
    assert put(tablet.client, parts[0]).status_code == 200


def test_a_part_that_nobody_named_is_not_taken(tablet: Tablet) -> None:
    response = put(tablet.client, b"a stranger's bytes")
    assert (response.status_code, response.json()["code"]) == (409, "unnamed_object")


def test_bytes_under_another_id_are_refused(tablet: Tablet) -> None:
    parts = waiting(tablet)
    response = put(tablet.client, parts[0] + b"!", sha256(parts[0]))
    assert (response.status_code, response.json()["code"]) == (400, "hash_differs")


def test_more_than_a_part_may_be_is_refused(tablet: Tablet) -> None:
    response = put(tablet.client, bytes(1024 * 1024 + 2))
    assert response.status_code == 413


@pytest.mark.parametrize(("who", "audience"), [("Saule", "protection"), ("Marat", "family"), ("Gulnar", "family")])
def test_a_reviewer_is_not_given_what_is_sealed_to_others(
    tablet: Tablet, programme: Programme, who: str, audience: str
) -> None:
    sealed = tablet.seal()
    tablet.push()
    part = next(part for part in sealed.parts if f'"{audience}"'.encode() in part[:600])
    with pytest.raises(Refused, match="not_allowed"):
        fetch(tablet, programme, who, sha256(part))


def test_a_grant_is_given_to_its_own_reader_only(tablet: Tablet, programme: Programme) -> None:
    reading = programme.people["Saule"].desk()[1].key_id
    (grant,) = [one for one in tablet.directory.held_by(reading) if one.body.audience == "family"]
    assert len(fetch(tablet, programme, "Saule", grant.body.object)) == grant.body.size
    with pytest.raises(Refused, match="not_allowed"):
        fetch(tablet, programme, "Marat", grant.body.object)


def test_a_stranger_is_asked_for_a_session(tablet: Tablet) -> None:
    sealed = tablet.seal()
    tablet.push()
    response = tablet.client.get(f"/sync/objects/{b64(sha256(sealed.parts[0]))}")
    assert (response.status_code, response.json()["code"]) == (401, "no_session")


def test_an_address_that_is_no_id_is_not_found(tablet: Tablet) -> None:
    headers = tablet.sign_in()
    for wrong in ("x", b64(bytes(31)), "%00", "ä"):
        assert tablet.client.get(f"/sync/objects/{wrong}", headers=headers).json()["code"] == "not_found"


def test_a_name_that_somebody_else_gives_a_part_opens_no_door_to_it(tablet: Tablet, programme: Programme) -> None:
    """Saule may not fetch what is sealed to protection: not as a chunk beside her part, nor as a part of her own."""
    sealed = tablet.seal()
    tablet.push()
    theirs = next(part for part in sealed.parts if b'"protection"' in part[:600])
    head = tablet.directory.head
    assert head is not None
    saule = programme.people["Saule"].desk()[0]
    family = tablet.directory.current("family").key_id
    as_part = {"parts": [{"id": sha256(theirs), "audience": "family", "key": family, "size": len(theirs)}]}
    own = next(part for part in sealed.parts if b'"family"' in part[:600])
    beside = {
        "parts": [{"id": sha256(own), "audience": "family", "key": family, "size": len(own)}],
        "attachments": [{"id": sha256(theirs), "size": len(theirs)}],
    }
    for body in (as_part, beside):
        entry = Log.new(programme.pid, saule).write("note", body, directory=head, at=0)
        assert push(tablet.client, Bundle(entries=[entry])).entries[0].state == "held"
        with pytest.raises(Refused, match="not_allowed"):
            fetch(tablet, programme, "Saule", sha256(theirs))
    assert fetch(tablet, programme, "Marat", sha256(theirs)) == theirs


def test_a_part_of_one_that_waits_is_taken_though_the_one_before_waits_too(tablet: Tablet) -> None:
    first, second = tablet.seal(), tablet.seal()
    push(tablet.client, Bundle(entries=[first.entry, second.entry]))
    for part in (*second.parts, *first.parts):
        assert put(tablet.client, part).status_code == 201
    assert tablet.have()["logs"][0]["contiguous"] == 2
