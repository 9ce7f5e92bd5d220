"""POST /sync/session: a token for whoever holds a listed key, and for nobody who only watched."""

import dataclasses

import httpx
import pytest

from server.problems import Problem as ServerProblem
from server.sessions import CHALLENGE_MS, Challenges
from sync.directory.bodies import RevokeKey
from sync.ids import b64
from sync.keys import ReadingKey, SigningKey
from tests.programme import Programme
from tests.tablet import Refused, Tablet, ask, get, push, read_all, sign_in


def challenge(client: httpx.Client, key: SigningKey) -> bytes:
    return ask(client, "/sync/session", {"v": 1, "key": key.key_id})["challenge"]


def answer(client: httpx.Client, key: SigningKey, given: bytes, signature: bytes) -> dict[str, object]:
    return ask(client, "/sync/session", {"v": 1, "key": key.key_id, "challenge": given, "signature": signature})


def test_it_works(client: httpx.Client, programme: Programme) -> None:
    for name in ("Gulnar", "Saule", "Marat"):
        headers = sign_in(client, programme.directory, programme.people[name].desk()[0])
        assert get(client, "/sync/changes?after=0", headers)["entries"] == []


def test_a_session_that_a_hostile_store_passes_on_is_refused(client: httpx.Client, programme: Programme) -> None:
    """The hostile store asks this one for a challenge and has the reviewer sign it for the hostile store's own key."""
    saule = programme.people["Saule"].desk()[0]
    hostile = SigningKey.generate()
    given = challenge(client, saule)
    signature = saule.sign("esik/1/session", programme.pid, hostile.key_id + given)
    with pytest.raises(Refused, match="bad_signature"):
        answer(client, saule, given, signature)


def test_a_challenge_serves_once(client: httpx.Client, programme: Programme) -> None:
    saule = programme.people["Saule"].desk()[0]
    given = challenge(client, saule)
    store = next(iter(programme.directory.stores))
    signature = saule.sign("esik/1/session", programme.pid, store + given)
    assert answer(client, saule, given, signature)["token"]
    with pytest.raises(Refused, match="unknown_challenge"):
        answer(client, saule, given, signature)


def test_a_challenge_is_given_to_anybody_and_helps_only_holders_of_listed_keys(
    client: httpx.Client, programme: Programme
) -> None:
    with pytest.raises(Refused, match="unknown_device"):
        sign_in(client, programme.directory, SigningKey.generate())


def test_the_root_has_no_business_here(client: httpx.Client, programme: Programme) -> None:
    with pytest.raises(Refused, match="unknown_device"):
        sign_in(client, programme.directory, programme.founded.root)


def test_a_challenge_grows_old(programme: Programme) -> None:
    challenges = Challenges()
    given = challenges.give(b"k" * 32, at=0)
    with pytest.raises(ServerProblem, match="unknown_challenge"):
        challenges.take(b"k" * 32, given, at=CHALLENGE_MS + 1)
    given = challenges.give(b"k" * 32, at=10_000)
    with pytest.raises(ServerProblem, match="unknown_challenge"):
        challenges.take(b"k" * 32, given, at=0)  # the clock was set back


def test_another_keys_challenge_is_no_use() -> None:
    challenges = Challenges()
    given = challenges.give(b"a" * 32, at=0)
    with pytest.raises(ServerProblem, match="unknown_challenge"):
        challenges.take(b"b" * 32, given, at=1)


def test_a_flood_of_challenges_does_not_fill_the_memory() -> None:
    challenges = Challenges()
    for _ in range(12_000):
        challenges.give(b"k" * 32, at=0)
    assert len(challenges._given) == 10_000


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic abc", f"Bearer {b64(bytes(32))}", "Bearer ä"])
def test_a_made_up_token_opens_nothing(client: httpx.Client, header: str) -> None:
    response = client.get("/sync/directory", headers=[(b"authorization", header.encode())] if header else [])
    assert (response.status_code, response.json()["code"]) == (401, "no_session")


def test_a_key_that_is_revoked_loses_the_session_it_has(tablet: Tablet, programme: Programme) -> None:
    headers = tablet.sign_in()
    assert read_all(tablet.client, headers)
    draft = programme.goes_on(tablet.directory)
    draft.write("revoke", RevokeKey(tablet.signing.key_id, "lost", []))
    push(tablet.client, draft.bundle())
    with pytest.raises(Refused, match="revoked"):
        read_all(tablet.client, headers)
    with pytest.raises(Refused, match="revoked"):
        tablet.sign_in()


def test_tablets_are_not_shown_what_the_whole_programme_sends(tablet: Tablet) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        get(tablet.client, "/sync/changes?after=0", tablet.sign_in())


def test_a_key_that_its_holder_replaced_opens_no_session(tablet: Tablet, programme: Programme) -> None:
    """A new record is written when the old passphrase may be known: then the old key must open nothing any more."""
    saule = programme.people["Saule"]
    old = sign_in(tablet.client, tablet.directory, saule.desk()[0])
    fresh = dataclasses.replace(saule, signing=SigningKey.generate(), reading=ReadingKey.generate())
    draft = programme.goes_on(tablet.directory)
    draft.write("staff", fresh.body())
    assert push(tablet.client, draft.bundle()).directory[0].problem is None
    with pytest.raises(Refused, match="revoked"):
        get(tablet.client, "/sync/changes?after=0", old)
    with pytest.raises(Refused, match="revoked"):
        sign_in(tablet.client, tablet.directory, saule.desk()[0])
    assert sign_in(tablet.client, tablet.directory, fresh.desk()[0])
