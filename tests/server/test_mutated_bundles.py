"""Whatever somebody does to a bundle: no fault, and the store holds nothing that a tablet did not make (I2, I3)."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar.testing import TestClient

from server.app import create_app
from sync.bundle import Bundle, Statement, write_bundle
from sync.entry import Signed
from tests.programme import Programme
from tests.tablet import WIRE, Tablet, get, sign_in

FEW = settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
PIECES = ("directory", "entries", "statements", "parts", "chunks")


@dataclass
class Scene:
    """A tablet with sealed work that was never sent, and somebody who reads what the store holds."""

    tablet: Tablet
    desk: dict[str, str]
    honest: set[bytes]
    good: Bundle

    def held(self) -> set[bytes]:
        page = get(self.tablet.client, "/sync/changes?after=0", self.desk)
        return {one["bytes"] for one in page["entries"]}


@pytest.fixture(scope="module")
def scene(founded: Programme, tmp_path_factory: pytest.TempPathFactory) -> Generator[Scene]:
    """One store for all examples: it must stay whole under all of them together."""
    programme = founded.copied(tmp_path_factory.mktemp("mutated") / "data")
    with TestClient(create_app(programme.settings), raise_server_exceptions=False) as client:
        tablet = Tablet(client, programme.fragment()).enrol()
        for _ in range(2):
            tablet.seal()
        good = tablet.bundle()
        good.directory.extend(tablet.directory.since(tablet.directory.seq - 2))
        good.statements.append(tablet.head())
        desk = sign_in(client, tablet.directory, programme.people["Saule"].desk()[0])
        yield Scene(tablet, desk, {one.entry.bytes for one in tablet.sealed}, good)


def send(client: httpx.Client, body: bytes) -> httpx.Response:
    response = client.post("/sync/bundle", content=body, headers=WIRE)
    assert response.status_code < 500, response.text
    return response


@FEW
@given(data=st.data())
def test_bytes_turned_anywhere(scene: Scene, data: st.DataObject) -> None:
    body = bytearray(write_bundle(scene.good))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(body) - 1))
        how = data.draw(st.sampled_from(["turn", "cut", "insert", "double"]))
        if how == "turn":
            body[at] = data.draw(st.integers(0, 255))
        elif how == "cut":
            del body[at : at + data.draw(st.integers(1, 400))]
        elif how == "insert":
            body[at:at] = data.draw(st.binary(max_size=40))
        else:
            body[at:at] = body[at : at + 200]
        if not body:
            break
    send(scene.tablet.client, bytes(body))
    assert scene.held() <= scene.honest


def turned(data: st.DataObject, one: bytes) -> bytes:
    if not one:
        return one
    at = data.draw(st.integers(0, min(len(one) - 1, 700)))
    return one[:at] + bytes([one[at] ^ data.draw(st.integers(1, 255))]) + one[at + 1 :]


def changed(data: st.DataObject, one: Signed | Statement | bytes) -> Signed | Statement | bytes:
    if isinstance(one, bytes):
        return turned(data, one)
    bytes_, signature = one.bytes, one.signature
    if data.draw(st.booleans()):
        bytes_ = turned(data, bytes_)
    else:
        signature = turned(data, signature)
    return Signed(bytes_, signature) if isinstance(one, Signed) else Statement(one.kind, bytes_, signature)


@FEW
@given(data=st.data())
def test_pieces_changed_dropped_doubled_and_moved_in_a_good_frame(scene: Scene, data: st.DataObject) -> None:
    pieces: dict[str, Any] = {name: list(getattr(scene.good, name)) for name in PIECES}
    for _ in range(data.draw(st.integers(1, 5))):
        name = data.draw(st.sampled_from([one for one in PIECES if pieces[one]] or ["parts"]))
        some = pieces[name]
        if not some:
            continue
        at = data.draw(st.integers(0, len(some) - 1))
        how = data.draw(st.sampled_from(["change", "drop", "double", "shuffle", "move"]))
        if how == "change":
            some[at] = changed(data, some[at])
        elif how == "drop":
            del some[at]
        elif how == "double":
            some.append(some[at])
        elif how == "shuffle":
            pieces[name] = data.draw(st.permutations(some))
        elif name in {"directory", "entries"}:
            pieces["entries" if name == "directory" else "directory"].append(some[at])
        elif name in {"parts", "chunks"}:
            pieces["chunks" if name == "parts" else "parts"].append(some[at])
    answer = send(scene.tablet.client, write_bundle(Bundle(**pieces)))
    assert answer.status_code == 200
    assert scene.held() <= scene.honest


def test_after_all_that_the_honest_bundle_is_held_without_an_alarm(scene: Scene) -> None:
    answer = scene.tablet.push()
    assert [(one.state, one.remark) for one in answer.entries] == [("held", None)] * 2
    assert scene.tablet.safe_to == 2
    assert scene.held() == scene.honest
