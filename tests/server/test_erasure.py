"""An erased object never returns, by any road, and completeness stays exact (I14, PROTOCOL 8.4)."""

import httpx
from litestar.testing import TestClient

from server.app import create_app
from server.checking import check
from server.running import KEPT_AFTER_ERASE, open_server
from server.store.sqlite import SqliteStore
from sync.directory.bodies import Cut, Erase, Grant, RevokeKey
from sync.entry import Head
from sync.founding import Person
from sync.ids import b64, directory_log, sha256
from sync.keys import SigningKey, key_id
from tests.programme import SITE, Programme
from tests.tablet import Tablet, push, sign_in


def erase(tablet: Tablet, programme: Programme, *objects: bytes) -> None:
    draft = programme.goes_on(tablet.directory)
    draft.write("erase", Erase(list(objects), "withdrawal", programme.people["Saule"].staff))
    assert push(tablet.client, draft.bundle()).directory[0].problem is None
    tablet.directory = draft.directory


def saule_asks(tablet: Tablet, programme: Programme, id_: bytes) -> httpx.Response:
    headers = sign_in(tablet.client, tablet.directory, programme.people["Saule"].desk()[0])
    return tablet.client.get(f"/sync/objects/{b64(id_)}", headers=headers)


def family_part(parts: list[bytes]) -> bytes:
    return next(part for part in parts if b'"family"' in part[:600])


def test_it_is_gone_at_once(tablet: Tablet, programme: Programme) -> None:
    sealed = tablet.seal()
    tablet.push()
    part = family_part(sealed.parts)
    erase(tablet, programme, sha256(part))
    response = saule_asks(tablet, programme, sha256(part))
    assert (response.status_code, response.json()["code"]) == (410, "erased")


def test_it_does_not_return_by_the_same_bundle(tablet: Tablet, programme: Programme) -> None:
    sealed = tablet.seal()
    tablet.push()
    part = family_part(sealed.parts)
    erase(tablet, programme, sha256(part))
    assert tablet.push().entries[0].state == "held"
    assert saule_asks(tablet, programme, sha256(part)).status_code == 410
    assert tablet.client.put(f"/sync/objects/{b64(sha256(part))}", content=part).status_code == 410


def test_what_is_erased_before_it_came_is_never_taken_and_its_entry_is_whole(
    tablet: Tablet, programme: Programme
) -> None:
    sealed = tablet.seal()
    part = family_part(sealed.parts)
    erase(tablet, programme, sha256(part))
    answer = tablet.push()
    assert (answer.entries[0].state, answer.entries[0].missing) == ("held", [])
    assert tablet.safe_to == 1
    assert saule_asks(tablet, programme, sha256(part)).status_code == 410


def test_an_entry_that_waits_for_it_waits_no_more(tablet: Tablet, programme: Programme) -> None:
    sealed = tablet.seal()
    bundle = tablet.bundle([sealed])
    missing = bundle.parts.pop()
    assert push(tablet.client, bundle).entries[0].state == "waiting"
    erase(tablet, programme, sha256(missing))
    assert tablet.have()["logs"][0]["contiguous"] == 1
    assert tablet.push().entries[0].state == "held"


def test_it_counts_as_held(tablet: Tablet, programme: Programme) -> None:
    sealed = tablet.seal()
    tablet.push()
    ids = [sha256(part) for part in sealed.parts]
    erase(tablet, programme, *ids)
    assert tablet.have(ids)["missing"] == []


async def test_its_bytes_are_deleted_after_a_week(programme: Programme) -> None:
    with TestClient(create_app(programme.settings)) as client:
        tablet = Tablet(client, programme.fragment()).enrol()
        sealed = tablet.seal("the words of the kettle")
        tablet.push()
        part = family_part(sealed.parts)
        erase(tablet, programme, sha256(part))
    store = await SqliteStore.open(programme.settings.database)
    assert await store.sweep(0) == 0, "a stolen key's erase can be voided for seven days"
    assert await store.sweep(2**50) == 1
    assert await store.missing([sha256(part)]) == []
    await store.close()
    assert KEPT_AFTER_ERASE == 7 * 86_400_000
    files = programme.settings.folder.glob("esik.db*")
    assert not any(part[-4000:] in one.read_bytes() for one in files)
    with TestClient(create_app(programme.settings)) as client:
        tablet.client = client
        assert tablet.push().entries[0].state == "held"
        assert client.put(f"/sync/objects/{b64(sha256(part))}", content=part).status_code == 410


def test_the_other_parts_stay(tablet: Tablet, programme: Programme) -> None:
    first, second = tablet.seal(), tablet.seal()
    tablet.push()
    erase(tablet, programme, sha256(family_part(first.parts)))
    kept = family_part(second.parts)
    assert saule_asks(tablet, programme, sha256(kept)).content == kept


def steal(tablet: Tablet, programme: Programme, *objects: bytes) -> tuple[Head, SigningKey]:
    """A second administrator's stolen key erases; the place in the directory before it, and that key."""
    thief = Person.new("Nurlan", SITE, desk=True, tablet=False)
    draft = programme.goes_on(tablet.directory)
    draft.write("administrator", thief.administrator_body(), programme.founded.root)
    before = draft.directory.head
    assert before is not None
    key = thief.desk()[0]
    draft.write("erase", Erase(list(objects), "error", programme.people["Saule"].staff), key)
    assert push(tablet.client, draft.bundle()).directory[1].problem is None
    tablet.directory = draft.directory
    return before, key


def void(tablet: Tablet, programme: Programme, before: Head, key: SigningKey) -> None:
    draft = programme.goes_on(tablet.directory)
    cut = Cut(directory_log(programme.pid), before.seq, before.hash)
    draft.write("revoke", RevokeKey(key.key_id, "stolen", [cut]), programme.founded.root)
    assert push(tablet.client, draft.bundle()).directory[0].problem is None
    tablet.directory = draft.directory


def test_what_a_stolen_key_erased_is_back_when_the_root_makes_it_void(tablet: Tablet, programme: Programme) -> None:
    sealed = tablet.seal()
    tablet.push()
    part = family_part(sealed.parts)
    before, key = steal(tablet, programme, sha256(part))
    assert saule_asks(tablet, programme, sha256(part)).status_code == 410
    void(tablet, programme, before, key)
    assert saule_asks(tablet, programme, sha256(part)).content == part


async def test_what_was_void_in_time_is_not_deleted_later(programme: Programme) -> None:
    with TestClient(create_app(programme.settings)) as client:
        tablet = Tablet(client, programme.fragment()).enrol()
        sealed = tablet.seal()
        tablet.push()
        part = family_part(sealed.parts)
        void(tablet, programme, *steal(tablet, programme, sha256(part)))
    store = await SqliteStore.open(programme.settings.database)
    assert await store.sweep(2**50) == 0
    held = await store.held(sha256(part))
    assert held is not None
    assert held.bytes == part
    await store.close()


async def test_what_was_void_too_late_is_missed_and_taken_again(programme: Programme) -> None:
    with TestClient(create_app(programme.settings)) as client:
        tablet = Tablet(client, programme.fragment()).enrol()
        sealed = tablet.seal()
        tablet.push()
        part = family_part(sealed.parts)
        before, key = steal(tablet, programme, sha256(part))
    store = await SqliteStore.open(programme.settings.database)
    assert await store.sweep(2**50) == 1
    await store.close()
    with TestClient(create_app(programme.settings)) as client:
        tablet.client = client
        void(tablet, programme, before, key)
        assert tablet.have([sha256(part)])["missing"] == [sha256(part)]
        tablet.push()
        assert saule_asks(tablet, programme, sha256(part)).content == part


def test_a_grant_object_that_was_erased_does_not_return_with_another_grant(
    tablet: Tablet, programme: Programme
) -> None:
    draft = programme.goes_on(tablet.directory)
    marat = programme.people["Marat"].desk()[1].public
    draft.grant("family", 1, programme.audiences["family"], marat)
    ((id_, object_),) = draft.objects.items()
    erase(tablet, programme, id_)
    draft = programme.goes_on(tablet.directory)
    draft.write("grant", Grant("family", 1, key_id(marat), id_, len(object_)))
    draft.objects[id_] = object_
    assert push(tablet.client, draft.bundle()).directory[0].problem is None
    files = programme.settings.folder.glob("esik.db*")
    assert not any(object_ in one.read_bytes() for one in files)


async def test_what_is_erased_while_a_push_is_on_its_way_is_not_written(programme: Programme) -> None:
    """The push was checked against the directory before the `erase`, and is written after it."""
    with TestClient(create_app(programme.settings)) as client:
        tablet = Tablet(client, programme.fragment()).enrol()
    sealed = tablet.seal()
    part = family_part(sealed.parts)
    draft = programme.goes_on(tablet.directory)
    draft.write("erase", Erase([sha256(part)], "withdrawal", programme.people["Saule"].staff))
    async with open_server(programme.settings) as server:
        intake = server.intake
        checked = check(tablet.bundle([sealed]), intake.directory, intake.verifier, 0)
        before = intake.directory
        await intake.append(draft.bundle())
        decisions, *_ = await intake._take(checked, before)
        assert [(one.state, one.missing) for one in decisions] == [("held", [])]
    files = programme.settings.folder.glob("esik.db*")
    assert not any(part[-4000:] in one.read_bytes() for one in files)
