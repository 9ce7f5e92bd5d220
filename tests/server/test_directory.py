"""The directory: who may read it, who may add to it, and that what comes together stands or falls together."""

import httpx
import pytest

from sync.bundle import Bundle
from sync.directory.bodies import Confirm, RevokeKey, Setting
from sync.entry import Signed
from sync.ids import sha256
from sync.keys import ReadingKey, SigningKey
from sync.problems import Problem
from tests.programme import Programme
from tests.tablet import Refused, Tablet, get, push, read_all, sign_in


def test_it_works(client: httpx.Client, programme: Programme) -> None:
    headers = sign_in(client, programme.directory, programme.people["Saule"].desk()[0])
    assert read_all(client, headers) == programme.directory.since(0)
    assert read_all(client, headers, programme.directory.seq) == []


def test_a_stranger_is_not_given_the_list_of_staff(client: httpx.Client) -> None:
    with pytest.raises(Refused, match="no_session"):
        get(client, "/sync/directory?after=0")


def test_a_tablet_enrols_with_its_invitation(tablet: Tablet) -> None:
    assert tablet.signing.key_id in tablet.directory.devices
    assert read_all(tablet.client, tablet.sign_in()) == tablet.directory.since(0)


def test_a_used_invitation_enrols_nobody_else(client: httpx.Client, programme: Programme) -> None:
    programme.invitation = programme.invite(count=1)
    push(client, programme.draft.bundle())
    Tablet(client, programme.fragment()).enrol()
    with pytest.raises(Problem, match="invitation_used"):
        Tablet(client, programme.fragment()).enrol()


def test_an_invitation_that_has_ended_opens_nothing(client: httpx.Client, programme: Programme) -> None:
    programme.invitation = programme.invite(end=1)
    push(client, programme.draft.bundle())
    with pytest.raises(Refused, match="invitation_expired"):
        Tablet(client, programme.fragment()).enrol()


def test_an_enrolment_that_is_sent_again_changes_nothing(tablet: Tablet) -> None:
    mine = tablet.directory.since(tablet.directory.seq - 1)
    answer = push(tablet.client, Bundle(directory=mine))
    assert answer.directory[0].problem is None
    assert answer.head == tablet.directory.head


def test_a_new_epoch_comes_with_its_grants(client: httpx.Client, programme: Programme) -> None:
    saule = programme.people["Saule"]
    draft = programme.draft
    draft.epoch("family", ReadingKey.generate(), steward=saule.staff, readers=[saule.desk()[1].public])
    answer = push(client, draft.bundle())
    assert {one.problem for one in answer.directory} == {None}
    assert answer.head == draft.directory.head


def test_a_grant_without_its_object_takes_the_whole_bundle_down(client: httpx.Client, programme: Programme) -> None:
    before = get(client, "/sync/hello")["head"]
    saule = programme.people["Saule"]
    programme.draft.epoch("family", ReadingKey.generate(), steward=saule.staff, readers=[saule.desk()[1].public])
    bundle = programme.draft.bundle()
    answer = push(client, Bundle(directory=bundle.directory, chunks=bundle.chunks[:-1]))
    assert {one.problem for one in answer.directory} == {"missing_objects"}
    assert get(client, "/sync/hello")["head"] == before
    assert {one.problem for one in push(client, bundle).directory} == {None}


def test_two_administrators_at_once_the_second_is_shown_what_came_between(
    client: httpx.Client, programme: Programme
) -> None:
    first, second = programme.goes_on(), programme.goes_on()
    first.write("confirm", Confirm())
    second.write("setting", Setting("theme", "plain"))
    push(client, first.bundle())
    answer = push(client, second.bundle())
    assert answer.directory[0].problem == "directory_moved"
    assert answer.newer == first.entries


def test_a_stranger_who_knows_the_head_is_shown_nothing_of_what_came_after(
    client: httpx.Client, programme: Programme
) -> None:
    """`hello` tells everybody the head; only a listed key's signature makes it worth the newer entries."""
    programme.goes_on().write("confirm", Confirm())
    known = programme.draft.bundle()
    forged = [Signed(one.bytes, SigningKey.generate().sign("x", programme.pid, b"")) for one in known.directory]
    push(client, known)
    programme.goes_on().write("setting", Setting("theme", "plain"))
    push(client, programme.draft.bundle())
    changed = [Signed(one.bytes.replace(b"confirm", b"release"), one.signature) for one in forged]
    answer = push(client, Bundle(directory=changed))
    assert answer.directory[0].problem == "directory_moved"
    assert answer.newer is None


def test_a_revoked_tablet_is_shown_nothing_of_what_came_after(client: httpx.Client, programme: Programme) -> None:
    tablet = Tablet(client, programme.fragment()).enrol()
    sealed = tablet.seal()
    stale = programme.goes_on(tablet.directory)
    stale.write("confirm", Confirm())
    draft = programme.goes_on(tablet.directory)
    draft.write("revoke", RevokeKey(tablet.signing.key_id, "lost", []))
    push(client, draft.bundle())
    answer = push(client, Bundle(directory=[garbled(one) for one in stale.entries], entries=[sealed.entry]))
    assert answer.directory[0].problem == "directory_moved"
    assert answer.newer is None


def garbled(signed: Signed) -> Signed:
    return Signed(signed.bytes, bytes(64))


def test_a_reviewer_does_not_sign_for_an_administrator(client: httpx.Client, programme: Programme) -> None:
    draft = programme.goes_on()
    draft.write("confirm", Confirm())
    (good,) = draft.entries
    saule = programme.people["Saule"].desk()[0]
    forged = Signed(good.bytes, saule.sign("esik/1/entry", programme.pid, good.bytes))
    assert push(client, Bundle(directory=[forged])).directory[0].problem == "bad_signature"


def test_a_grants_object_is_held_once_it_is_listed(client: httpx.Client, programme: Programme) -> None:
    saule = programme.people["Saule"]
    draft = programme.draft
    draft.epoch("family", ReadingKey.generate(), steward=saule.staff, readers=[saule.desk()[1].public])
    bundle = draft.bundle()
    push(client, bundle)
    tablet = Tablet(client, programme.fragment()).enrol()
    assert tablet.have([sha256(one) for one in bundle.chunks])["missing"] == []
