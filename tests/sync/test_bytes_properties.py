"""Whatever bytes a stranger sends, the doors answer with a value or a `Problem`, and never with anything else."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.bundle import read_answer, read_bundle
from sync.entry import read_entry
from sync.ids import b64, unb64
from sync.link import read_fragment
from sync.part import BUCKETS, bucket_for, check_framing, is_bucket, pad, padme, unpad
from sync.plain import decode_json, encode_json
from sync.problems import CODES, Problem
from sync.slot import read_slot
from sync.wire import SAFE, decode_map, encode

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
leaves = st.none() | st.booleans() | st.integers(-SAFE, SAFE) | words | st.binary(max_size=40)
wire_values = st.recursive(
    leaves, lambda one: st.lists(one, max_size=4) | st.dictionaries(keys, one, max_size=4), max_leaves=12
)
json_leaves = (
    st.none() | st.booleans() | st.integers(-SAFE, SAFE) | st.floats(allow_nan=False, allow_infinity=False) | words
)
json_values = st.recursive(
    json_leaves, lambda one: st.lists(one, max_size=4) | st.dictionaries(words, one, max_size=4), max_leaves=12
)


def too_deep(value: Any, depth: int = 1, most: int = 8) -> bool:
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        return False
    return depth > most or any(too_deep(one, depth + 1, most) for one in value)


@given(st.dictionaries(keys, wire_values, max_size=5))
def test_what_is_written_is_read(value: dict[str, Any]) -> None:
    if too_deep(value):
        with pytest.raises(Problem, match="malformed"):
            encode(value)
    else:
        assert decode_map(encode(value)) == value


@given(st.dictionaries(words, json_values, max_size=5))
def test_a_payload_is_read_as_it_was_written(value: dict[str, Any]) -> None:
    assert decode_json(encode_json(value)) == value


@pytest.mark.parametrize(
    "door", [decode_map, decode_json, read_entry, read_bundle, read_answer, read_slot, check_framing]
)
@given(data=st.binary(max_size=300))
def test_a_stranger_s_bytes_are_a_problem_at_worst(door: Any, data: bytes) -> None:
    with contextlib.suppress(Problem):  # whose code is in the catalogue, or making it had failed
        door(data)


def test_a_code_that_nobody_wrote_words_for_is_a_bug() -> None:
    with pytest.raises(LookupError):
        Problem("something_else")
    assert all(400 <= status < 500 for status in CODES.values())


@given(data=st.dictionaries(keys, wire_values, max_size=3), at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_one_flipped_bit_is_another_value_or_a_problem(data: dict[str, Any], at: int, bit: int) -> None:
    if too_deep(data):
        return
    good = encode(data)
    at %= len(good)
    bad = good[:at] + bytes([good[at] ^ (1 << bit)]) + good[at + 1 :]
    try:
        value = decode_map(bad)
    except Problem:
        return
    assert encode(value) == bad
    assert value != data or repr(value) != repr(data)


@given(st.text(max_size=60))
def test_a_link_that_is_none_is_a_problem(fragment: str) -> None:
    with pytest.raises(Problem):
        read_fragment(fragment)


@given(st.binary(max_size=100))
def test_base64url_has_one_spelling(data: bytes) -> None:
    assert unb64(b64(data)) == data


@given(st.text("AQgw_-+/= \n", max_size=12))
def test_two_spellings_never_mean_the_same_bytes(text: str) -> None:
    try:
        data = unb64(text)
    except Problem:
        return
    assert b64(data) == text


@given(st.integers(0, 2_000_000), st.sampled_from(BUCKETS))
def test_a_size_tells_little(length: int, least: int) -> None:
    padded = bucket_for(length, least)
    assert is_bucket(padded)
    assert padded >= max(length + 4, least)
    assert padded <= max(least, 2 * (length + 4), BUCKETS[0])
    assert padme(padme(length)) == padme(length)


@given(st.binary(max_size=5_000))
def test_padding_comes_off_again(plaintext: bytes) -> None:
    assert unpad(pad(plaintext, bucket_for(len(plaintext)))) == plaintext


@given(st.binary(max_size=100), st.integers(0, 4_000), st.integers(1, 255))
def test_nothing_hides_in_the_padding(plaintext: bytes, at: int, value: int) -> None:
    padded = bytearray(pad(plaintext, 4_096))
    place = 4 + len(plaintext) + at % (4_096 - 4 - len(plaintext))
    padded[place] = value
    with pytest.raises(Problem, match="bad_padding"):
        unpad(bytes(padded))
