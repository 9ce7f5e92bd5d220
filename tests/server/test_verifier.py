"""The helper that verifies signatures: right, never trusted to be there, gone with the server."""

from collections.abc import Generator

import pytest

from server.verifier import Question, Verifier
from sync.keys import SigningKey


@pytest.fixture
def verifier() -> Generator[Verifier]:
    """A helper that is ready, whatever the machine has of cores."""
    helper = Verifier()
    helper._gone = False
    assert helper.start(wait=60)
    yield helper
    helper.close()


def questions(count: int, wrong: set[int]) -> list[Question]:
    key, other = SigningKey.generate(), SigningKey.generate()
    pid = bytes(32)
    return [
        (key.public, "t", pid, b"%d" % n, (other if n in wrong else key).sign("t", pid, b"%d" % n))
        for n in range(count)
    ]


def test_it_works(verifier: Verifier) -> None:
    asked = verifier.ask(questions(50, {3, 49}))
    assert asked is not None
    answers = asked.result()
    assert answers is not None
    assert [at for at, one in enumerate(answers) if one != 1] == [3, 49]


def test_it_takes_one_batch_at_a_time(verifier: Verifier) -> None:
    first = verifier.ask(questions(2, set()))
    assert first is not None
    assert verifier.ask(questions(2, set())) is None
    assert first.result() == b"\1\1"


def test_a_helper_that_dies_is_done_without(verifier: Verifier) -> None:
    process = verifier._process
    assert process is not None
    process.kill()
    process.wait()
    asked = verifier.ask(questions(2, set()))
    assert asked is None or asked.result() is None
    assert verifier.ask(questions(2, set())) is None


def test_a_helper_ends_when_nobody_holds_the_pipe(verifier: Verifier) -> None:
    process = verifier._process
    assert process is not None
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=60) == 0


def test_nobody_waits_for_its_start() -> None:
    helper = Verifier()
    try:
        assert helper.ask(questions(30, set())) is None
    finally:
        helper.close()
