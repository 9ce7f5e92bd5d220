"""What every vector runner shares: the scene's directory, signed things and keys out of JSON."""

import json
from typing import Any

import pytest

from sync.directory import Directory
from sync.entry import Signed
from sync.ids import unb64
from sync.keys import ReadingKey
from sync.problems import Problem
from tests.sync.making.scene import FILE
from tests.vectors import vectors

Vector = dict[str, Any]

ARRIVAL: Vector = json.loads(FILE.read_text(encoding="utf-8"))
PID = unb64(ARRIVAL["programme"])


def each(topic: str) -> pytest.MarkDecorator:
    """Parametrises a test with every vector of the topic, named by its sentence."""
    found = vectors("sync", topic)
    return pytest.mark.parametrize("vector", [pytest.param(one, id=sentence) for sentence, one in found])


def signed(value: dict[str, str]) -> Signed:
    return Signed(unb64(value["bytes"]), unb64(value["signature"]))


_whole: list[Directory] = []


def directory(length: int | None) -> Directory:
    """The scene's directory up to that entry, None for all; a copy that a test may append to."""
    if length is not None:
        return Directory.read(PID, [signed(one) for one in ARRIVAL["directory"][:length]])
    if not _whole:
        _whole.append(directory(len(ARRIVAL["directory"])))
    return _whole[0].copy()


def given_directory(given: Vector, at: int | None = None) -> Directory:
    """The directory that `given` names, with its `append` on top."""
    the = directory(given["directory"])
    for one in given.get("append", []):
        the.append(signed(one), at=at)
    return the


def keys_of(seeds: list[str]) -> dict[bytes, ReadingKey]:
    """Reading keys by key id."""
    keys = [ReadingKey.from_seed(unb64(one)) for one in seeds]
    return {key.key_id: key for key in keys}


def outcome(vector: Vector, problem: Problem | None) -> None:
    """That a problem came exactly when the vector says so, and that one."""
    assert (problem.code if problem else None) == vector.get("problem"), vector["about"]
