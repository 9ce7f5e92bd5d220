"""GET /sync/changes: everything held, in order, once; and a long-poll that wakes when something comes."""

import threading

import httpx

from sync.directory.bodies import RevokeKey
from sync.seal import Sealed
from tests.programme import Programme
from tests.tablet import Refused, Tablet, get, push, sign_in


def desk(tablet: Tablet, programme: Programme) -> dict[str, str]:
    return sign_in(tablet.client, tablet.directory, programme.people["Saule"].desk()[0])


def test_it_works(tablet: Tablet, programme: Programme) -> None:
    sealed = [tablet.seal(), tablet.seal()]
    tablet.push()
    page = get(tablet.client, "/sync/changes?after=0", desk(tablet, programme))
    assert [one["bytes"] for one in page["entries"]] == [one.entry.bytes for one in sealed]
    assert [one["signature"] for one in page["entries"]] == [one.entry.signature for one in sealed]
    assert [one["kind"] for one in page["statements"]] == ["head"]
    assert page["more"] is False
    assert page["cursor"] == 3


def test_nothing_comes_twice(tablet: Tablet, programme: Programme) -> None:
    headers = desk(tablet, programme)
    tablet.seal()
    tablet.push()
    cursor = get(tablet.client, "/sync/changes?after=0", headers)["cursor"]
    again = get(tablet.client, f"/sync/changes?after={cursor}", headers)
    assert (again["entries"], again["statements"], again["cursor"]) == ([], [], cursor)


def test_a_waiting_entry_is_shown_only_when_it_is_whole(tablet: Tablet, programme: Programme) -> None:
    headers = desk(tablet, programme)
    sealed = tablet.seal()
    bundle = tablet.bundle([sealed])
    parts = list(bundle.parts)
    bundle.parts.clear()
    push(tablet.client, bundle)
    assert get(tablet.client, "/sync/changes?after=0", headers)["entries"] == []
    bundle.parts.extend(parts)
    push(tablet.client, bundle)
    assert len(get(tablet.client, "/sync/changes?after=0", headers)["entries"]) == 1


def test_many_changes_come_in_pages_without_a_hole(tablet: Tablet, programme: Programme) -> None:
    for _ in range(230):
        tablet.sealed.append(note(tablet))
    tablet.push()
    headers = desk(tablet, programme)
    seen: list[bytes] = []
    cursor, more = 0, True
    while more:
        page = get(tablet.client, f"/sync/changes?after={cursor}", headers)
        seen.extend(one["bytes"] for one in page["entries"])
        cursor, more = page["cursor"], page["more"]
    assert seen == [one.entry.bytes for one in tablet.sealed]


def note(tablet: Tablet) -> Sealed:
    """An entry without parts."""
    assert tablet.directory.head is not None
    return Sealed(tablet.log.write("note", {}, directory=tablet.directory.head, at=0), [])


def test_a_desk_that_waits_is_woken(tablet: Tablet, programme: Programme) -> None:
    headers = desk(tablet, programme)
    woken: list[int] = []

    def wait() -> None:
        page = get(tablet.client, "/sync/changes?after=0&wait=25", headers)
        woken.append(len(page["entries"]))

    waiting = threading.Thread(target=wait)
    waiting.start()
    tablet.seal()
    tablet.push()
    waiting.join(timeout=20)
    assert woken == [1]


def test_somebody_who_is_revoked_while_they_wait_is_shown_nothing_more(tablet: Tablet, programme: Programme) -> None:
    headers = desk(tablet, programme)
    told: list[str] = []

    def wait() -> None:
        try:
            get(tablet.client, "/sync/changes?after=0&wait=25", headers)
        except Refused as refused:
            told.append(refused.code)

    waiting = threading.Thread(target=wait)
    waiting.start()
    draft = programme.goes_on(tablet.directory)
    draft.write("revoke", RevokeKey(programme.people["Saule"].desk()[0].key_id, "left", []))
    push(tablet.client, draft.bundle())
    tablet.seal()
    tablet.push()
    waiting.join(timeout=20)
    assert told == ["revoked"]


def test_a_wrong_cursor_is_a_problem_and_no_fault(tablet: Tablet, programme: Programme, client: httpx.Client) -> None:
    headers = desk(tablet, programme)
    for wrong in ("-1", "x", "9" * 30, ""):
        response = client.get(f"/sync/changes?after={wrong}", headers=headers)
        assert response.status_code == 400
        assert response.headers["content-type"] == "application/problem+json"
