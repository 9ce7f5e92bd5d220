"""Bodies that are too large, too deep, cut or empty: a problem each, and the store as it was."""

import httpx
import msgspec
import pytest

from sync.bundle import Bundle, Statement, write_bundle
from sync.log import Log
from sync.statement import Receipt
from sync.wire import decode
from tests.programme import Programme
from tests.tablet import WIRE, Tablet, get, push, sign_in

LIMITS = {
    "/sync/bundle": 4 * 2**20,
    "/sync/have": 64 * 1024,
    "/sync/session": 1024,
    "/slots/find": 1024,
    "/slots/open": 1024,
}


@pytest.mark.parametrize(("address", "limit"), LIMITS.items())
def test_each_address_takes_so_much_and_no_more(client: httpx.Client, address: str, limit: int) -> None:
    response = client.post(address, content=bytes(limit + 1), headers=WIRE)
    assert (response.status_code, response.json()["code"]) == (413, "body_too_large")


def test_an_address_that_takes_no_body_takes_none(client: httpx.Client) -> None:
    response = client.request("GET", "/health", content=bytes(100_000))
    assert response.status_code in {200, 413}


@pytest.mark.parametrize("address", ["/sync/bundle", "/sync/have", "/sync/session"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xc0",
        b"\x80",
        b"\x91" * 60_000,
        b"\x81\xa1v" * 300,
        b"\xdf\xff\xff\xff\xff",
        b"\xdd\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\xd9\x02\xff\xff",
        b"\xcb" + bytes(8),
        b"\xd6\xff" + bytes(4),
        b"\x82\xa1v\x01\xa1v\x01",
        b"{}",
    ],
    ids=lambda body: body[:6].hex() or "empty",
)
def test_what_is_not_of_the_wire_is_malformed(client: httpx.Client, address: str, body: bytes) -> None:
    response = client.post(address, content=body, headers=WIRE)
    assert (response.status_code, response.json()["code"]) in {(400, "malformed"), (413, "body_too_large")}


def test_a_bundle_that_is_cut_anywhere_changes_nothing(tablet: Tablet, programme: Programme) -> None:
    tablet.seal()
    whole = write_bundle(tablet.bundle())
    for length in range(0, len(whole), len(whole) // 40):
        response = tablet.client.post("/sync/bundle", content=whole[:length], headers=WIRE)
        assert (response.status_code, response.json()["code"]) == (400, "malformed")
    headers = sign_in(tablet.client, tablet.directory, programme.people["Saule"].desk()[0])
    assert get(tablet.client, "/sync/changes?after=0", headers)["cursor"] == 0
    assert tablet.push().entries[0].state == "held"


def test_deep_json_is_a_problem(client: httpx.Client) -> None:
    for body in (b"[" * 900, b'{"name":' * 100 + b"1" + b"}" * 100):
        response = client.post("/slots/find", content=body, headers={"content-type": "application/json"})
        assert (response.status_code, response.json()["code"]) == (400, "bad_request")


def test_a_bundle_of_rubbish_inside_a_good_frame_is_answered_piece_by_piece(tablet: Tablet) -> None:
    sealed = tablet.seal()
    bundle = tablet.bundle([sealed])
    rubbish = type(sealed.entry)(b"\xc0", bytes(64))
    bundle.directory.append(rubbish)
    bundle.entries.insert(0, rubbish)
    bundle.parts.extend([b"", b"\x00\x00", b"\xff" * 70_000])
    bundle.chunks.append(b"")
    answer = push(tablet.client, bundle)
    assert [one.problem for one in answer.directory] == ["malformed"]
    assert [one.problem for one in answer.entries] == ["malformed", None]


def test_an_answer_can_be_read_by_a_strict_reader(tablet: Tablet) -> None:
    tablet.seal()
    body = tablet.client.post("/sync/bundle", content=write_bundle(tablet.bundle()), headers=WIRE).content
    assert msgspec.msgpack.encode(msgspec.msgpack.decode(body)) == body


def test_a_million_empty_parts_are_too_many(client: httpx.Client) -> None:
    for bundle in (Bundle(parts=[b""] * 10_001), Bundle(statements=[Statement("head", b"", bytes(64))] * 1_001)):
        response = client.post("/sync/bundle", content=write_bundle(bundle), headers=WIRE)
        assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_a_log_of_its_own_for_each_entry_is_a_push_like_another(tablet: Tablet) -> None:
    head = tablet.directory.head
    assert head is not None
    logs = [Log.new(tablet.directory.pid, tablet.signing) for _ in range(300)]
    entries = [one.write("note", {}, directory=head, at=0) for one in logs]
    answer = push(tablet.client, Bundle(entries=entries))
    assert {one.state for one in answer.entries} == {"held"}
    settled = {read_receipt_body(one.bytes).log for one in answer.receipts}
    assert settled == {one.id for one in logs}


def read_receipt_body(data: bytes) -> Receipt:
    return decode(data, Receipt)
