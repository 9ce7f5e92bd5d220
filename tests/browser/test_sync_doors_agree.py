"""Whatever bytes a stranger makes, both languages read the same value from them, or both refuse."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.ids import b64
from sync.plain import decode_json
from sync.problems import Problem
from sync.wire import decode_map, encode
from tests.browser.typescript_sync import InNode

SAFE = 2**53 - 1
KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,3}", fullmatch=True)
LEAVES = st.none() | st.booleans() | st.integers(-SAFE, SAFE) | st.text(max_size=40) | st.binary(max_size=40)
WIRE = st.dictionaries(
    KEYS,
    st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4)),
    max_size=5,
)
LOOSE = st.recursive(
    LEAVES | st.floats() | st.integers(-(2**63), 2**64 - 1),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3) | st.integers(0, 9), inner),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
)
JSON_TOKENS = st.sampled_from(
    [
        *'{}[],: \n"\\\0\u2028\ufeff',
        *('"a"', '"b"', '"\\u0061"', '"\\ud800"', '"\\ud83d\\ude00"', '"é"', '""', '{"a":1,"a":2}', '{"a":{"a":[]}}'),
        *("0", "-0", "01", "1", "1.5", "-3e2", "1e999", "1E-400", "123456789012345678901234567890"),
        *("NaN", "Infinity", "true", "false", "null"),
    ]
)


@pytest.fixture(scope="module")
def node() -> Iterator[InNode]:
    process = InNode()
    yield process
    process.close()


def mutated(data: bytes, edits: list[tuple[int, int]]) -> bytes:
    changed = bytearray(data)
    for at, byte in edits:
        if changed:
            changed[at % len(changed)] = byte
    return bytes(changed)


EDITS = st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), max_size=3)


@settings(max_examples=150, deadline=None)
@given(value=WIRE | LOOSE, edits=EDITS, tail=st.binary(max_size=2))
def test_messagepack_is_read_alike(node: InNode, value: Any, edits: list[tuple[int, int]], tail: bytes) -> None:
    data = mutated(msgspec.msgpack.encode(value), edits) + tail
    try:
        mine: dict[str, Any] = {"is": encode(decode_map(data)).hex()}
    except Problem as problem:
        mine = {"problem": problem.code}
    assert node({"do": "decode wire", "data": b64(data)}) == mine


@settings(max_examples=150, deadline=None)
@given(
    text=st.lists(JSON_TOKENS, max_size=12).map(lambda tokens: "{" + "".join(tokens) + "}") | JSON.map(json.dumps),
    edits=EDITS,
)
def test_json_is_read_alike(node: InNode, text: str, edits: list[tuple[int, int]]) -> None:
    data = mutated(text.encode("utf-8", "surrogatepass"), edits)
    try:
        mine: dict[str, Any] = {"is": doubles(decode_json(data))}
    except Problem as problem:
        mine = {"problem": problem.code}
    theirs = node({"do": "decode json", "data": b64(data)})
    assert {name: doubles(one) if name == "is" else one for name, one in theirs.items()} == mine


def doubles(value: Any) -> Any:
    """Numbers as JavaScript holds them."""
    if isinstance(value, dict):
        return {key: doubles(one) for key, one in value.items()}
    if isinstance(value, list):
        return [doubles(one) for one in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
