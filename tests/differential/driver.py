"""The Node half of the suite: plays a form in the reference engine and in the tablet's, and tells where they differ."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

SCRIPT = Path(__file__).with_name("main.ts")


class Difference(msgspec.Struct, frozen=True):
    """`facet`: what of the question `ref` differs; `there`: whether it is in the form at all."""

    ref: str
    facet: str
    reference: Any = None
    own: Any = None


class Play(msgspec.Struct, frozen=True):
    """Steps in the shape of tests/forms/playing.py."""

    seed: int
    steps: list[list[Any]]


class Failure(Play, frozen=True):
    """The shortest steps found that end in a difference."""

    differences: list[Difference]


class Outcome(msgspec.Struct, frozen=True):
    """`count`: comparisons by facet; `explained`: by the id of the explanation. "refused": by the reference engine."""

    status: str
    reason: str = ""
    count: dict[str, int] = {}
    plays: list[Play] = []
    failures: list[Failure] = []
    explained: dict[str, int] = {}


class Driver:
    """A process that holds the reference engine."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def play(self, asked: dict[str, Any]) -> Outcome:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the driver stopped at {asked['name']}"
        return msgspec.json.decode(line, type=Outcome)


@contextmanager
def driver() -> Generator[Driver]:
    node = Path(sys.executable).parent / "node"
    with subprocess.Popen(
        [node, "--disable-warning=ExperimentalWarning", SCRIPT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Driver(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=60) == 0
