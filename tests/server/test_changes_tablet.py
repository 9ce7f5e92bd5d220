"""GET /sync/changes for tablets: what names people of their site, once a desk has confirmed them, and nothing else."""

import httpx
import pytest

from sync.clock import now_ms
from sync.directory.bodies import Invitation, RevokeKey, Site
from sync.entry import Signed
from sync.ids import b64, sha256
from sync.keys import ReadingKey, SigningKey
from sync.link import write_fragment
from sync.part import check_framing
from sync.seal import Sealed
from sync.wire import shape
from tests.programme import HOUR, SITE, Programme
from tests.tablet import Refused, Tablet, checked, get, push, sign_in

PEOPLE = f"people@{SITE}"
FAR = ReadingKey.generate()
"""The key of the other site's people."""


def catch_up(tablet: Tablet, programme: Programme) -> None:
    """The tablet reads the directory as it is now."""
    headers = sign_in(tablet.client, tablet.directory, programme.people["Saule"].desk()[0])
    page = get(tablet.client, f"/sync/directory?after={tablet.directory.seq}", headers)
    for one in page["entries"]:
        tablet.directory.append(shape(one, Signed))


def confirm(tablet: Tablet, programme: Programme) -> None:
    """A desk gives the tablet the key of its site's people."""
    catch_up(tablet, programme)
    draft = programme.goes_on(tablet.directory)
    draft.grant(PEOPLE, 1, programme.audiences[PEOPLE], tablet.reading.public)
    assert push(tablet.client, draft.bundle()).directory[0].problem is None
    catch_up(tablet, programme)


def another(programme: Programme, client: httpx.Client) -> Tablet:
    """Another tablet of the site."""
    return Tablet(client, programme.fragment(), "T-02").enrol()


def far_away(tablet: Tablet, programme: Programme, client: httpx.Client, site: str = "centre") -> Tablet:
    """A tablet of a site that was just added."""
    steward = programme.people["Gulnar"]
    key = SigningKey.generate()
    draft = programme.goes_on(tablet.directory)
    draft.write("site", Site(site, "Centre", "centre"))
    draft.epoch(f"people@{site}", FAR, steward=steward.staff, readers=[])
    draft.write("invitation", Invitation(key.public, site, now_ms() + HOUR, 1, "Tablet"))
    push(client, draft.bundle())
    assert draft.directory.head is not None
    return Tablet(client, write_fragment(programme.pid, draft.directory.head, key), "T-09").enrol()


def pulled(tablet: Tablet, after: int = 0) -> list[bytes]:
    return [one["bytes"] for one in get(tablet.client, f"/sync/changes?after={after}", tablet.sign_in())["entries"]]


def test_a_tablet_of_the_site_sees_whom_another_one_registered(
    tablet: Tablet, programme: Programme, client: httpx.Client
) -> None:
    other = another(programme, client)
    confirm(other, programme)
    sealed = tablet.seal()
    tablet.push()
    page = get(client, "/sync/changes?after=0", other.sign_in())
    assert [one["bytes"] for one in page["entries"]] == [sealed.entry.bytes]
    assert page["statements"] == []
    people = next(part for part in sealed.parts if check_framing(part).audience == PEOPLE)
    response = client.get(f"/sync/objects/{b64(sha256(people))}", headers=other.sign_in())
    assert checked(response) == people


def test_of_a_submission_it_is_given_who_and_nothing_that_was_answered(
    tablet: Tablet, programme: Programme, client: httpx.Client
) -> None:
    other = another(programme, client)
    confirm(other, programme)
    sealed = tablet.seal()
    tablet.push()
    for part in sealed.parts:
        response = client.get(f"/sync/objects/{b64(sha256(part))}", headers=other.sign_in())
        assert response.status_code == (200 if check_framing(part).audience == PEOPLE else 403)


def test_a_tablet_of_another_site_sees_nobody(tablet: Tablet, programme: Programme, client: httpx.Client) -> None:
    far = far_away(tablet, programme, client)
    sealed = tablet.seal()
    tablet.push()
    with pytest.raises(Refused, match="not_allowed"):
        pulled(far)
    catch_up(tablet, programme)
    draft = programme.goes_on(tablet.directory)
    draft.grant("people@centre", 1, FAR, far.reading.public)
    push(client, draft.bundle())
    assert pulled(far) == []
    for part in sealed.parts:
        assert client.get(f"/sync/objects/{b64(sha256(part))}", headers=far.sign_in()).status_code == 403


def test_a_tablet_that_no_desk_confirmed_is_not_told_how_much_is_sealed(tablet: Tablet) -> None:
    tablet.seal()
    tablet.push()
    with pytest.raises(Refused, match="not_allowed"):
        pulled(tablet)


def test_entries_that_name_nobody_are_passed_over(tablet: Tablet, programme: Programme, client: httpx.Client) -> None:
    confirm(tablet, programme)
    assert tablet.directory.head is not None
    tablet.sealed.append(Sealed(tablet.log.write("note", {}, directory=tablet.directory.head, at=0), []))
    sealed = tablet.seal()
    tablet.push()
    page = get(client, "/sync/changes?after=0", tablet.sign_in())
    assert [one["bytes"] for one in page["entries"]] == [sealed.entry.bytes]
    assert get(client, f"/sync/changes?after={page['cursor']}", tablet.sign_in())["entries"] == []


def test_many_come_in_pages_without_a_hole(tablet: Tablet, programme: Programme, client: httpx.Client) -> None:
    confirm(tablet, programme)
    sealed = [tablet.seal() for _ in range(205)]
    for at in range(0, 205, 41):
        tablet.push(sealed[at : at + 41])
    headers, seen, cursor, more = tablet.sign_in(), [], 0, True
    while more:
        page = get(client, f"/sync/changes?after={cursor}", headers)
        seen.extend(one["bytes"] for one in page["entries"])
        cursor, more = page["cursor"], page["more"]
    assert seen == [one.entry.bytes for one in sealed]


def test_a_revoked_tablet_sees_nobody_any_more(tablet: Tablet, programme: Programme, client: httpx.Client) -> None:
    confirm(tablet, programme)
    headers = tablet.sign_in()
    tablet.seal()
    tablet.push()
    draft = programme.goes_on(tablet.directory)
    draft.write("revoke", RevokeKey(tablet.signing.key_id, "lost", []))
    push(client, draft.bundle())
    with pytest.raises(Refused, match="revoked"):
        get(client, "/sync/changes?after=0", headers)


def test_an_invitation_is_no_tablet(programme: Programme, tablet: Tablet) -> None:
    headers = sign_in(tablet.client, tablet.directory, programme.invitation)
    with pytest.raises(Refused, match="not_allowed"):
        get(tablet.client, "/sync/changes?after=0", headers)
