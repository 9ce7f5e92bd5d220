"""Heads of tablets: the highest and the latest stand, whatever the order they come in."""

import itertools

import httpx
import pytest

from sync.bundle import Bundle, Statement
from sync.entry import Head, entry_hash
from sync.keys import SigningKey
from sync.statement import Receipt, write_receipt
from tests.programme import Programme
from tests.tablet import Tablet, get, push, sign_in


def standing(tablet: Tablet, programme: Programme) -> list[bytes]:
    headers = sign_in(tablet.client, tablet.directory, programme.people["Saule"].desk()[0])
    return sorted(one["bytes"] for one in get(tablet.client, "/sync/changes?after=0", headers)["statements"])


def say(tablet: Tablet, *statements: Statement) -> list[str | None]:
    return [one.problem for one in push(tablet.client, Bundle(statements=list(statements))).statements]


def test_a_head_says_what_has_not_come_yet(tablet: Tablet, programme: Programme) -> None:
    head = tablet.head(seq=5)
    assert say(tablet, head) == [None]
    assert standing(tablet, programme) == [head.bytes]
    assert tablet.have()["logs"] == []


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_order_of_arrival_does_not_matter(tablet: Tablet, programme: Programme, order: tuple[int, ...]) -> None:
    heads = [tablet.head(seq=3, time=30), tablet.head(seq=5, time=50), tablet.head(seq=4, time=90)]
    for number in order:
        say(tablet, heads[number])
    assert standing(tablet, programme) == sorted([heads[1].bytes, heads[2].bytes])


def test_an_old_head_that_a_stranger_sends_again_changes_nothing(tablet: Tablet, programme: Programme) -> None:
    old, new = tablet.head(seq=1, time=10), tablet.head(seq=2, time=20)
    say(tablet, old)
    say(tablet, new)
    assert say(tablet, old) == [None]
    assert standing(tablet, programme) == [new.bytes]


def test_nobody_speaks_for_another_tablet(tablet: Tablet, client: httpx.Client, programme: Programme) -> None:
    other = Tablet(client, programme.fragment(), "T-02").enrol()
    forged = Statement("head", tablet.head().bytes, other.head().signature)
    assert say(tablet, forged) == ["bad_signature"]
    reviewer = programme.people["Saule"].desk()[0]
    tablet.log.id = reviewer.key_id + bytes(8)
    assert say(tablet, tablet.head()) == ["unknown_device"]
    assert say(tablet, Statement("head", b"\xc0", bytes(64))) == ["malformed"]


def test_a_receipt_of_a_store_that_is_not_listed_is_refused(tablet: Tablet, programme: Programme) -> None:
    sealed = tablet.seal()
    stranger = SigningKey.generate()
    body = Receipt(
        1, stranger.key_id, tablet.log.id, 1, entry_hash(sealed.entry.bytes), 1, 0, Head(1, programme.pid)
    )  # fmt: skip
    signed = write_receipt(programme.pid, stranger, body)
    assert say(tablet, Statement("receipt", signed.bytes, signed.signature)) == ["unlisted_store"]


def test_a_receipt_that_a_tablet_carries_on_is_kept(tablet: Tablet, programme: Programme) -> None:
    tablet.seal()
    (given,) = tablet.push().receipts
    assert say(tablet, Statement("receipt", given.bytes, given.signature)) == [None]
    assert given.bytes in standing(tablet, programme)


@pytest.mark.parametrize("backwards", [False, True])
def test_heads_that_lower_their_number_as_time_goes_on_do_not_pile_up(
    tablet: Tablet, programme: Programme, backwards: bool
) -> None:
    heads = [tablet.head(seq=50 - number, time=10 + number) for number in range(40)]
    for head in reversed(heads) if backwards else heads:
        say(tablet, head)
    assert standing(tablet, programme) == sorted([heads[0].bytes, heads[-1].bytes])
