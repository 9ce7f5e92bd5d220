"""I1: killed between COMMIT and answer, the store still holds it, and a second push is given the same receipt."""

import sqlite3
from pathlib import Path

import httpx
import pytest

from sync.entry import entry_hash
from tests.browser.serving import Serving
from tests.programme import Programme
from tests.running import served
from tests.tablet import Tablet, get, sign_in

ENROLMENT, FIRST_PUSH = 1, 2
"""Changes, as the store counts them."""


def client_of(serving: Serving) -> httpx.Client:
    return httpx.Client(base_url=f"http://127.0.0.1:{serving.port}", timeout=60)


def test_a_push_that_was_never_answered_is_there_once(programme: Programme, tmp_path: Path) -> None:
    with served(programme, tmp_path, dies_at=FIRST_PUSH) as serving, client_of(serving) as client:
        tablet = Tablet(client, programme.fragment()).enrol()
        sealed = [tablet.seal() for _ in range(3)]
        with pytest.raises(httpx.TransportError):
            tablet.push()
    assert tablet.safe_to == 0
    with served(programme, tmp_path) as serving, client_of(serving) as tablet.client:
        assert tablet.have([entry_hash(one.entry.bytes) for one in sealed])["missing"] == []
        kept = get(tablet.client, f"/sync/receipts?log={tablet.log_name}")["receipts"]
        first, again = tablet.push(), tablet.push()
        assert [one["bytes"] for one in kept] == [one.bytes for one in first.receipts]
        assert [one.bytes for one in first.receipts] == [one.bytes for one in again.receipts]
        assert tablet.safe_to == 3
        saule = programme.people["Saule"].desk()[0]
        page = get(tablet.client, "/sync/changes?after=0", sign_in(tablet.client, tablet.directory, saule))
        assert [one["bytes"] for one in page["entries"]] == [one.entry.bytes for one in sealed]
    db = sqlite3.connect(programme.settings.database)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()


def test_an_enrolment_that_was_never_answered_stands(programme: Programme, tmp_path: Path) -> None:
    with served(programme, tmp_path, dies_at=ENROLMENT) as serving, client_of(serving) as client:
        tablet = Tablet(client, programme.fragment())
        with pytest.raises(httpx.TransportError):
            tablet.enrol()
    with served(programme, tmp_path) as serving, client_of(serving) as tablet.client:
        assert tablet.sign_in()
