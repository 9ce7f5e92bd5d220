"""The TypeScript protocol, asked from Python (tests/static/sync/answering.ts), in Node or in a page."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from sync.ids import b64, unb64

ROOT = Path(__file__).resolve().parent.parent.parent
NODE = Path(sys.executable).parent / "node"
ANSWERING = "tests/static/sync/answering-node.ts"
PAGE_SOURCE = """
import { answer } from "./tests/static/sync/answering.ts";
import { complaint } from "./tests/static/sync/running.ts";
Object.assign(globalThis, { answer, complaint });
"""

Ask = Callable[[dict[str, Any]], dict[str, Any]]


class TypeScript:
    """Asks, and knows bytes: what goes in as bytes goes over as base64url; `bytes` and `problem` read an answer."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def __call__(self, do: str, **given: object) -> Any:
        """What came of it; fails the test on a problem."""
        answer = self._ask({"do": do, **_json(given)})
        assert "problem" not in answer, answer
        return answer["is"]

    def bytes(self, do: str, **given: object) -> bytes:
        """The same, where it is bytes."""
        return unb64(self(do, **given))

    def problem(self, do: str, **given: object) -> str:
        """The code of the problem that came of it; fails the test when none did."""
        answer = self._ask({"do": do, **_json(given)})
        assert "problem" in answer, answer
        return answer["problem"]


class InNode:
    """A Node process that answers until it is closed."""

    def __init__(self) -> None:
        command = [str(NODE), "--disable-warning=ExperimentalWarning", ANSWERING]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"Node ended with {self._process.wait(10)}"
        return json.loads(line)

    def close(self) -> None:
        self._process.communicate(timeout=30)


def in_page(page: Page) -> Ask:
    """Asks a page that has loaded PAGE_SOURCE."""
    return lambda question: page.evaluate("(question) => answer(question)", question)


def _json(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64(value)
    if isinstance(value, dict):
        return {key: _json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_json(one) for one in value]
    return value
