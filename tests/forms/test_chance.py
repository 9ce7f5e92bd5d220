"""Choices in an order of chance: the same seed gives everybody the order that ODK gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.chance import LONGEST_ID, seeded, shuffled, uuid
from forms.values import Value

ORDERS: list[tuple[Value, str]] = [
    (42.0, "AFCBDE"),
    ("42", "AFCBDE"),
    (-42.0, "EDAFBC"),
    (1.0, "BFEACD"),
    (1.1, "BFEACD"),
    (11111111.0, "ACDBFE"),
    (0.0, "CBEAFD"),
    ("", "CBEAFD"),
    (5989458117437254.0, "ACBEDF"),
]
"""As the tests of ODK's own engine have them."""


@pytest.mark.parametrize(("seed", "order"), ORDERS)
def test_a_seed_gives_the_order_that_odk_gives(seed: Value, order: str) -> None:
    assert "".join(shuffled("ABCDEF", seeded(seed))) == order


@given(seed=st.text() | st.floats() | st.booleans(), items=st.lists(st.integers()))
def test_nothing_is_lost_or_doubled_in_another_order(seed: Value, items: list[int]) -> None:
    found = shuffled(items, seeded(seed))
    assert sorted(found) == sorted(items)
    assert found == shuffled(items, seeded(seed))


@given(length=st.floats())
def test_an_id_is_as_long_as_was_asked_for(length: float) -> None:
    found = uuid(lambda: 0.25, length)
    assert len(found) == (0 if length != length else int(max(0, min(LONGEST_ID, length))))
    assert uuid(lambda: 0.999) == "ffffffff-ffff-4fff-bfff-ffffffffffff"
