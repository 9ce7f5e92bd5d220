"""The same steps played by both evaluators, in one shape that can be compared."""

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from forms.evaluate import Changes, Engine
from forms.model import CompiledForm
from forms.split import SplitContext, split

SCRIPT = Path(__file__).with_name("evaluator.ts")
TODAY, NOW = "2026-03-01", "2026-03-01T14:06:00.000+05:00"
CONTEXT: dict[str, Any] = {
    "submission": "c3VibWlzc2lvbg",
    "version": "dmVyc2lvbg",
    "household": "aG91c2Vob2xk",
    "card": None,
    "staff": {"id": "c3RhZmY", "name": "Aigerim"},
    "asked_at": 1_772_355_960_000,
    "mode": "tablet",
}
DEVICE = {"deviceid": "esik:tablet-7", "username": "aigerim", "email": "aigerim@example.org"}
CHANCE = 0.375
STEPS = {
    "set": "set",
    "way": "way",
    "addRepeat": "add_repeat",
    "removeRepeat": "remove_repeat",
    "setLanguage": "set_language",
    "know": "know",
}


class Tablet:
    """The tablet's evaluator in a process of its own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the tablet's evaluator stopped at {question}"
        return json.loads(line)


@contextmanager
def tablet() -> Generator[Tablet]:
    node = Path(sys.executable).parent / "node"
    with subprocess.Popen(
        [node, "--disable-warning=ExperimentalWarning", SCRIPT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Tablet(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def opened(form: CompiledForm, known: dict[str, str] | None = None, language: str | None = None) -> Engine:
    """A form newly opened at the time, on the device and with the chance that evaluator.ts is told."""
    return Engine(form, today=TODAY, now=NOW, known=known, language=language, device=DEVICE, random=lambda: CHANCE)


def asked(form: Any, steps: list[list[Any]], **more: Any) -> dict[str, Any]:
    """What evaluator.ts is asked to play: `form` as JSON has it; `known` and `context` may follow."""
    always = {"today": TODAY, "now": NOW, "device": DEVICE, "chance": CHANCE, "context": CONTEXT}
    return {"form": form, "steps": steps} | always | more


def play(
    form: CompiledForm,
    steps: list[list[Any]],
    known: dict[str, str] | None = None,
    context: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """What Python's evaluator tells, in the shape of evaluator.ts."""
    engine = opened(form, known)
    told: list[Any] = [plain(engine.changes())]
    for name, *rest in steps:
        answer = getattr(engine, STEPS[name])(*rest)
        told.append([answer, plain(engine.changes())])
    again = opened(form, engine.known, engine.language)
    again.restore(engine.draft())
    missing = engine.missing()
    answers, ways = engine.answers_for_seal()
    return plain(
        {
            "steps": told,
            "missing": {"required": missing.required, "invalid": missing.invalid, "notAsked": missing.not_asked},
            "sealed": {"answers": answers, "ways": ways},
            "draft": engine.draft(),
            "restored": again.all(),
            "all": engine.all(),
            "split": split(engine, SplitContext(**(CONTEXT | (context or {})))),
            "flags": engine.flags(),
            "prefilled": engine.prefilled(),
        }
    )


def plain(value: Changes | dict[str, Any]) -> Any:
    """As JSON has it: what two languages must agree on."""
    return json.loads(msgspec.json.encode(value))
