"""Card codes: what a tired person types is read, and no slip of one sign goes unseen."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.card import SYMBOLS, card_valid, make_card, read_card
from tests.vectors import vectors

CARDS = vectors("forms", "card")


@pytest.mark.parametrize("vector", [v for _, v in CARDS], ids=[name for name, _ in CARDS])
def test_a_card_reads_as_its_vector_says(vector: dict[str, Any]) -> None:
    given = vector["given"]
    made = make_card(bytes.fromhex(given["make"])) if "make" in given else read_card(given["read"])
    assert made == vector["expect"]


@given(bits=st.binary(min_size=5, max_size=5))
def test_every_card_that_is_printed_can_be_read(bits: bytes) -> None:
    code = make_card(bits)
    assert read_card(code) == code
    assert read_card(code.lower().replace("-", " ")) == code


@given(bits=st.binary(min_size=5, max_size=5), place=st.integers(0, 9), other=st.sampled_from(SYMBOLS))
def test_one_wrong_sign_is_always_found(bits: bytes, place: int, other: str) -> None:
    signs = list(make_card(bits).replace("-", ""))
    changed = signs[place] != other
    signs[place] = other
    assert card_valid("".join(signs)) is not changed


@given(bits=st.binary(min_size=5, max_size=5), place=st.integers(0, 8))
def test_two_neighbours_swapped_are_always_found(bits: bytes, place: int) -> None:
    signs = list(make_card(bits).replace("-", ""))
    changed = signs[place] != signs[place + 1]
    signs[place], signs[place + 1] = signs[place + 1], signs[place]
    assert card_valid("".join(signs)) is not changed


@given(typed=st.text())
def test_whatever_is_typed_is_a_card_or_is_not(typed: str) -> None:
    code = read_card(typed)
    assert code is None or read_card(code) == code


def test_a_card_has_forty_bits() -> None:
    with pytest.raises(ValueError, match="40 bits"):
        make_card(b"1234")
