"""Order of arrival: gaps are named exactly, forks are kept, chains that do not fit are not counted (PROTOCOL 8.3)."""

import copy

from sync.entry import write_entry
from sync.ids import made_id
from sync.keys import SigningKey
from tests.tablet import Tablet, push


def remarks(tablet: Tablet, *numbers: int) -> list[tuple[str, str | None]]:
    answer = tablet.push([tablet.sealed[number - 1] for number in numbers])
    return [(one.state, one.remark) for one in answer.entries]


def test_an_entry_above_a_gap_is_held_and_says_so(tablet: Tablet) -> None:
    for _ in range(3):
        tablet.seal()
    assert remarks(tablet, 3) == [("held", "gap")]
    assert tablet.safe_to == 0, "a receipt above a gap settles nothing below it"
    (log,) = tablet.have()["logs"]
    assert (log["seq"], log["contiguous"]) == (3, 0)


def test_a_gap_that_is_filled_makes_the_whole_chain_safe(tablet: Tablet) -> None:
    for _ in range(4):
        tablet.seal()
    remarks(tablet, 4)
    remarks(tablet, 2, 3)
    assert tablet.have()["logs"][0]["contiguous"] == 0
    assert remarks(tablet, 1) == [("held", None)]
    assert tablet.have()["logs"][0]["contiguous"] == 4
    assert remarks(tablet, 4) == [("held", None)]
    assert tablet.safe_to == 4


def test_arrival_backwards_within_one_push_is_no_gap_afterwards(tablet: Tablet) -> None:
    for _ in range(3):
        tablet.seal()
    remarks(tablet, 3, 2, 1)
    assert tablet.have()["logs"][0]["contiguous"] == 3
    assert tablet.safe_to == 3


def test_a_cloned_tablet_makes_a_fork_and_both_are_kept(tablet: Tablet) -> None:
    tablet.seal()
    tablet.push()
    log = copy.copy(tablet.log)
    tablet.seal("mine")
    tablet.push()
    tablet.log = log
    tablet.seal("the clone's")
    answer = tablet.push([tablet.sealed[-1]])
    assert [(one.state, one.remark) for one in answer.entries] == [("held", "fork")]
    assert len(answer.receipts) == 1
    again = tablet.push([tablet.sealed[1]])
    assert again.entries[0].remark == "fork", "the first of the two is an alarm as well"


def test_an_entry_on_top_of_another_number_is_kept_without_a_receipt(tablet: Tablet) -> None:
    first = tablet.seal()
    tablet.push()
    tablet.log.seq = 4  # says number 5, and that number 1 is before it
    tablet.seal()
    answer = tablet.push([tablet.sealed[-1]])
    assert [(one.state, one.problem) for one in answer.entries] == [("waiting", "broken_chain")]
    assert answer.receipts == []
    assert tablet.have()["logs"][0]["seq"] == 1
    assert first


def test_an_unknown_kind_is_kept_and_receipted(tablet: Tablet) -> None:
    assert tablet.directory.head is not None
    signed = tablet.log.write("greeting", {"anything": 1}, directory=tablet.directory.head, at=0)
    bundle = tablet.bundle([])
    bundle.entries.append(signed)
    answer = push(tablet.client, bundle)
    assert answer.entries[0].state == "held"
    assert len(answer.receipts) == 1


def test_nobody_writes_in_another_tablets_log(tablet: Tablet) -> None:
    tablet.seal()
    head = tablet.directory.head
    forged = write_entry(
        tablet.directory.pid, SigningKey.generate(), log=tablet.log.id, seq=2, prev=tablet.log.prev, kind="note",
        time=0, offset=None, directory=head, body={"item": made_id()},
    )  # fmt: skip
    bundle = tablet.bundle()
    bundle.entries.append(forged)
    assert push(tablet.client, bundle).entries[1].problem == "bad_signature"
