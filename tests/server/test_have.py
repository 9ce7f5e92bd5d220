"""POST /sync/have: the truth about what this store still holds, for resuming."""

import pytest

from sync.entry import entry_hash
from sync.ids import sha256
from tests.tablet import Refused, Tablet, ask


def test_it_works(tablet: Tablet) -> None:
    sealed = tablet.seal()
    tablet.push()
    hash_ = entry_hash(sealed.entry.bytes)
    asked = [hash_, *map(sha256, sealed.parts), b"?" * 32]
    answer = tablet.have(asked)
    assert answer["missing"] == [b"?" * 32]
    assert answer["logs"] == [{"log": tablet.log.id, "seq": 1, "hash": hash_, "contiguous": 1}]


def test_a_log_that_never_wrote_is_left_out(tablet: Tablet) -> None:
    assert tablet.have()["logs"] == []


def test_a_thousand_at_once_and_no_more(tablet: Tablet) -> None:
    ids = [sha256(number.to_bytes(2, "big")) for number in range(1000)]
    assert ask(tablet.client, "/sync/have", {"v": 1, "logs": [], "ids": ids})["missing"] == ids
    with pytest.raises(Refused, match="too_large"):
        ask(tablet.client, "/sync/have", {"v": 1, "logs": [tablet.log.id], "ids": ids})


@pytest.mark.parametrize("field", ["logs", "ids"])
def test_ids_of_another_length_are_malformed(tablet: Tablet, field: str) -> None:
    with pytest.raises(Refused, match="malformed"):
        ask(tablet.client, "/sync/have", {"v": 1, "logs": [], "ids": [], field: [b"short"]})
