"""GET /sync/receipts: receipts again, as they were given."""

from sync.entry import Signed
from sync.wire import shape
from tests.tablet import Tablet, get


def receipts(tablet: Tablet, after: int = 0) -> list[Signed]:
    body = get(tablet.client, f"/sync/receipts?log={tablet.log_name}&after={after}")
    return [shape(one, Signed) for one in body["receipts"]]


def test_it_works(tablet: Tablet) -> None:
    tablet.seal()
    first = tablet.push().receipts
    tablet.seal()
    second = tablet.push([tablet.sealed[1]]).receipts
    assert receipts(tablet) == [*first, *second]
    assert receipts(tablet, 1) == second
    assert receipts(tablet, 2) == []


def test_a_receipt_above_a_gap_is_replaced_when_the_gap_is_filled(tablet: Tablet) -> None:
    tablet.seal()
    tablet.seal()
    (gap,) = tablet.push([tablet.sealed[1]]).receipts
    assert receipts(tablet) == [gap]
    tablet.push()
    assert gap not in receipts(tablet)
    assert tablet.safe_to == 2


def test_a_log_that_nobody_knows_has_none(tablet: Tablet) -> None:
    assert receipts(tablet) == []
