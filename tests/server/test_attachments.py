"""Pictures follow the words, chunk by chunk, through cuts and restarts; who may read the words may have them."""

import httpx
import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from server.app import create_app
from server.settings import Settings
from sync.attachments import open_attachment, read_attachments
from sync.chunk import LIMIT
from sync.directory.bodies import Erase
from sync.entry import read_entry, submission_of
from sync.ids import b64, sha256
from sync.part import open_part
from sync.randomness import random_bytes
from sync.seal import Sealed
from tests.programme import Programme
from tests.tablet import Refused, Tablet, checked, push, sign_in

PICTURE = random_bytes(2 * LIMIT + 40_000)


@pytest.fixture
def sealed(tablet: Tablet) -> Sealed:
    """A talk with a picture of three chunks for the family audience, not sent yet."""
    return tablet.seal(pictures={"family": PICTURE})


def running(settings: Settings) -> TestClient[Litestar]:
    return TestClient(create_app(settings), raise_server_exceptions=False)


def put(client: httpx.Client, chunk: bytes) -> int:
    return client.put(f"/sync/objects/{b64(sha256(chunk))}", content=chunk).status_code


def fetch(tablet: Tablet, programme: Programme, who: str, id_: bytes) -> bytes:
    headers = sign_in(tablet.client, tablet.directory, programme.people[who].desk()[0])
    return checked(tablet.client.get(f"/sync/objects/{b64(id_)}", headers=headers))


def erase(tablet: Tablet, programme: Programme, *objects: bytes) -> None:
    draft = programme.goes_on(tablet.directory)
    draft.write("erase", Erase(list(objects), "withdrawal", programme.people["Saule"].staff))
    assert push(tablet.client, draft.bundle()).directory[0].problem is None
    tablet.directory = draft.directory


def test_it_works(tablet: Tablet, programme: Programme, sealed: Sealed) -> None:
    answer = tablet.push()
    assert answer.entries[0].state == "waiting"
    assert sorted(answer.entries[0].missing) == sorted(map(sha256, sealed.chunks))
    assert answer.receipts == []
    assert [put(tablet.client, chunk) for chunk in sealed.chunks] == [201, 201, 201]
    tablet.push()
    assert tablet.safe_to == 1
    body = submission_of(read_entry(sealed.entry.bytes))
    manifest = {one.id: one.size for one in body.attachments}
    assert list(manifest) == sorted(manifest)
    part = next(part for part in sealed.parts if b'"family"' in part[:600])
    payload = open_part(tablet.directory.pid, part, programme.audiences["family"])
    [listed] = read_attachments(payload)
    objects = {id_: fetch(tablet, programme, "Saule", id_) for id_ in manifest}
    assert open_attachment(tablet.directory.pid, body.submission, listed, manifest, objects) == PICTURE


def test_a_server_that_begins_again_between_chunks_asks_for_the_others_only(programme: Programme) -> None:
    with running(programme.settings) as client:
        tablet = Tablet(client, programme.fragment()).enrol()
        first, *others = tablet.seal(pictures={"family": PICTURE}).chunks
        tablet.push()
        assert put(client, first) == 201
    with running(programme.settings) as again:
        tablet.client = again
        missing = tablet.have([sha256(one) for one in (first, *others)])["missing"]
        assert sorted(missing) == sorted(map(sha256, others))
        assert tablet.have()["logs"] == []
        assert [put(again, one) for one in (first, *others)] == [200, 201, 201]
        tablet.push()
        assert tablet.safe_to == 1


def test_another_s_part_does_not_name_it(tablet: Tablet, programme: Programme, sealed: Sealed) -> None:
    key = programme.audiences["coordination"]
    part = next(part for part in sealed.parts if b'"coordination"' in part[:600])
    assert read_attachments(open_part(tablet.directory.pid, part, key)) == []


def test_an_erased_picture_is_gone_and_the_words_stay(tablet: Tablet, programme: Programme, sealed: Sealed) -> None:
    tablet.push()
    for chunk in sealed.chunks:
        put(tablet.client, chunk)
    erase(tablet, programme, *map(sha256, sealed.chunks))
    for chunk in sealed.chunks:
        with pytest.raises(Refused, match="erased"):
            fetch(tablet, programme, "Saule", sha256(chunk))
        assert put(tablet.client, chunk) == 410
    part = next(part for part in sealed.parts if b'"family"' in part[:600])
    assert fetch(tablet, programme, "Saule", sha256(part)) == part
    assert tablet.push().entries[0].state == "held"


def test_a_picture_that_is_erased_before_it_came_leaves_its_entry_whole(
    tablet: Tablet, programme: Programme, sealed: Sealed
) -> None:
    tablet.push()
    put(tablet.client, sealed.chunks[0])
    erase(tablet, programme, *map(sha256, sealed.chunks))
    tablet.push()
    assert tablet.safe_to == 1


def test_a_tablet_s_pictures_count_against_what_it_may_send(programme: Programme) -> None:
    small = msgspec.structs.replace(programme.settings, daily_limit=1_200_000)
    with running(small) as client:
        tablet = Tablet(client, programme.fragment()).enrol()
        made = tablet.seal(pictures={"family": PICTURE})
        tablet.push()
        answers = [put(client, chunk) for chunk in made.chunks]
        assert set(answers) == {201, 429}
        missing = tablet.have([sha256(one) for one in made.chunks])["missing"]
        assert len(missing) == answers.count(429)
