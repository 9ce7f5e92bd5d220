"""The end of a shift: what a QR code says is proven, and what somebody reads out finds its tablet or nobody."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.ids import b64, unb64
from sync.problems import Problem
from sync.short_head import base45, read_short_code, read_short_head, unbase45, verify_short_head, write_short_code
from tests.sync.reading import Vector, each, outcome


@each("short-head")
def test_a_short_head_counts_by_its_key(vector: Vector) -> None:
    asked = vector["given"]
    try:
        signed = read_short_head(asked["text"])
        head = verify_short_head(unb64(asked["programme"]), unb64(asked["public"]), signed)
    except Problem as problem:
        outcome(vector, problem)
    else:
        found = {"log": b64(head.log), "seq": head.seq, "hash": b64(head.hash), "time": head.time}
        assert found == vector["expect"]


@each("short-code")
def test_a_code_that_is_read_out_finds_its_tablet(vector: Vector) -> None:
    asked = vector["given"]
    pid = unb64(asked["programme"])
    try:
        seq, logs = read_short_code(pid, asked["text"], [unb64(one) for one in asked["logs"]])
    except Problem as problem:
        outcome(vector, problem)
    else:
        assert (seq, [b64(one) for one in logs]) == (vector["expect"]["seq"], vector["expect"]["logs"])
        for log in logs:
            assert write_short_code(pid, log, seq) == vector["expect"]["code"]


@given(st.binary(max_size=300))
def test_bytes_come_back_from_base45(data: bytes) -> None:
    assert unbase45(base45(data)) == data


def refusal(work: Callable[[], object]) -> str | None:
    try:
        work()
    except Problem as problem:
        return problem.code
    return None


@given(st.text(max_size=60), st.sampled_from(["", "ESIK1 "]))
@settings(max_examples=300)
def test_whatever_is_typed_or_scanned_is_read_or_refused(text: str, before: str) -> None:
    assert refusal(lambda: read_short_head(before + text)) in (None, "malformed")
    assert refusal(lambda: read_short_code(bytes(32), before + text, [bytes(40)])) in (None, "malformed")
