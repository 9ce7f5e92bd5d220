"""Limits per key: a day's worth, and little for what is revoked; nothing that was taken is lost."""

from collections.abc import Generator
from pathlib import Path

import httpx
import pytest
from litestar.testing import TestClient

from server.app import create_app
from sync.bundle import Bundle, Statement
from sync.directory.bodies import Cut, RevokeKey
from sync.entry import entry_hash
from sync.ids import b64, sha256
from sync.log import Log
from tests.programme import Programme, settings_for
from tests.tablet import Tablet, push


@pytest.fixture
def client(programme: Programme) -> Generator[httpx.Client]:
    """A store with small limits."""
    folder: Path = programme.settings.folder
    programme.settings = settings_for(folder, daily_limit="100KiB", revoked_limit="60KiB")
    with TestClient(create_app(programme.settings)) as client:
        yield client


def test_a_key_that_sends_too_much_in_a_day_is_stopped(tablet: Tablet) -> None:
    for _ in range(6):
        tablet.seal()  # about 23 KiB each
    answer = tablet.push()
    assert [one.problem for one in answer.entries] == [None] * 4 + ["over_limit"] * 2
    assert tablet.safe_to == 4


def test_what_is_here_already_costs_nothing_again(tablet: Tablet) -> None:
    for _ in range(4):
        tablet.seal()
    tablet.push()
    for _ in range(3):
        assert {one.state for one in tablet.push().entries} == {"held"}


def test_another_key_has_its_own_limit(tablet: Tablet, programme: Programme) -> None:
    for _ in range(5):
        tablet.seal()
    tablet.push()
    other = Tablet(tablet.client, programme.fragment(), "T-02").enrol()
    other.seal()
    assert other.push().entries[0].state == "held"


def revoke(tablet: Tablet, programme: Programme, *cut: Cut) -> None:
    draft = programme.goes_on(tablet.directory)
    draft.write("revoke", RevokeKey(tablet.signing.key_id, "lost", list(cut)))
    assert push(tablet.client, draft.bundle()).directory[0].problem is None


def test_what_a_lost_tablet_still_sends_is_kept_apart_and_little(tablet: Tablet, programme: Programme) -> None:
    for _ in range(4):
        tablet.seal()
    tablet.push(tablet.sealed[:1])
    revoke(tablet, programme)
    answer = tablet.push()
    assert [(one.state, one.remark) for one in answer.entries] == [("held", "revoked")] * 3 + [("refused", None)]
    assert answer.entries[3].problem == "over_limit"


def test_work_from_before_the_cut_counts_though_it_arrives_later(tablet: Tablet, programme: Programme) -> None:
    first, second = tablet.seal(), tablet.seal()
    revoke(tablet, programme, Cut(tablet.log.id, 1, entry_hash(first.entry.bytes)))
    assert [one.remark for one in tablet.push([second]).entries] == ["revoked"]
    assert [one.remark for one in tablet.push([first]).entries] == [None]
    assert tablet.safe_to == 1


def test_parts_that_follow_one_by_one_count_too(tablet: Tablet) -> None:
    for _ in range(6):
        tablet.seal()
    push(tablet.client, Bundle(entries=[one.entry for one in tablet.sealed]))
    answers = [
        tablet.client.put(f"/sync/objects/{b64(sha256(part))}", content=part)
        for sealed in tablet.sealed
        for part in sealed.parts
    ]
    assert sum(len(part) for one in tablet.sealed for part in one.parts) > 100 * 1024
    assert {one.status_code for one in answers} == {201, 429}
    assert answers[-1].json()["code"] == "over_limit"


def test_what_a_lost_tablet_says_of_itself_is_little_too(tablet: Tablet, programme: Programme) -> None:
    """A head costs nothing to make: the thief of a key could fill the disk with them, a log each."""
    revoke(tablet, programme)
    said: list[str | None] = []
    for _ in range(8):
        heads = [_other_log(tablet) for _ in range(60)]
        said.extend(one.problem for one in push(tablet.client, Bundle(statements=heads)).statements)
    assert said[0] is None
    assert said[-1] == "over_limit"


def _other_log(tablet: Tablet) -> Statement:
    tablet.log = Log.new(tablet.directory.pid, tablet.signing)
    return tablet.head(seq=1)
