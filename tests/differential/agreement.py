"""One form played by the reference engine, the tablet's evaluator and Python's, and what came of it.

Rules: differences that `explained.yaml` knows are passed over and counted; the same steps then run in both of our
evaluators, which may not differ in anything.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import msgspec
import yaml

from tests.differential.driver import Driver, Failure, Outcome
from tests.differential.stages import Stage
from tests.forms.playing import Tablet, asked, play

EXPLAINED: Final = Path(__file__).with_name("explained.yaml")


class Explanation(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """See the head of explained.yaml."""

    id: str
    reason: str
    facets: list[str]
    form: str | None = None
    ref: str | None = None
    question: str | None = None
    around: str | None = None
    reference: str | None = None
    own: str | None = None
    follow: bool = False
    ends: bool = False
    corpus: bool = False


def explanations() -> list[Explanation]:
    return msgspec.convert(yaml.safe_load(EXPLAINED.read_text()), list[Explanation])


def against_reference(stage: Stage, driver: Driver, seeds: list[int], steps: int) -> Outcome:
    return driver.play(
        {
            "name": stage.name,
            "form": json.loads(stage.compiled.data),
            "xform": stage.compiled.xform,
            "files": {name: str(path) for name, path in stage.files.items()},
            "seeds": seeds,
            "steps": steps,
            "explained": [msgspec.to_builtins(one) for one in explanations()],
        }
    )


def evaluators_differ(stage: Stage, tablet: Tablet, steps: list[list[Any]]) -> str:
    """What Python tells otherwise than the tablet after the same steps; "" when nothing."""
    here = play(stage.compiled.form, steps)
    there = tablet.ask(asked(json.loads(stage.compiled.data), steps))
    if here == there:
        return ""
    for name in here:
        if here[name] != there[name]:
            return f"{name}: {_first(here[name], there[name])} after {json.dumps(steps, ensure_ascii=False)}"
    return "keys"


def _first(here: Any, there: Any, at: str = "") -> str:
    """The first place where two tellings part."""
    if isinstance(here, dict) and isinstance(there, dict):
        for key in [*here, *(key for key in there if key not in here)]:
            if here.get(key) != there.get(key):
                return _first(here.get(key), there.get(key), f"{at}/{key}")
    if isinstance(here, list) and isinstance(there, list):
        for place, (one, other) in enumerate(zip(here, there, strict=False)):
            if one != other:
                return _first(one, other, f"{at}/{place}")
    python, tablet = (json.dumps(one, ensure_ascii=False)[:200] for one in (here, there))
    return f"{at}: Python {python}, tablet {tablet}"


def told(failure: Failure) -> str:
    """A failure as a person reads it: seed, steps, and both tellings of each node."""
    lines = [f"seed {failure.seed}, steps {json.dumps(failure.steps, ensure_ascii=False)}"]
    lines += [f"  {one.ref} {one.facet}: reference {one.reference!r}, ours {one.own!r}" for one in failure.differences]
    return "\n".join(lines)
