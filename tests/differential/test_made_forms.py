"""Whatever form an author may write, and whatever is answered to it, both evaluators tell the same of it.

ESIK_EXAMPLES=10000 makes as many forms; `make differential` does.
"""

import json
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from forms.compile import compile_form
from forms.source import Source
from tests.differential.agreement import against_reference, evaluators_differ, told
from tests.differential.driver import Driver, driver
from tests.differential.making import made
from tests.differential.stages import Stage
from tests.forms.answering import steps_of
from tests.forms.playing import Tablet, tablet

EXAMPLES = int(os.environ.get("ESIK_EXAMPLES", "150"))
UNSHRUNK = [Phase.reuse, Phase.generate]  # a form is shrunk by hand sooner than by playing it again and again
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.fixture(scope="module")
def evaluator() -> Iterator[Tablet]:
    with tablet() as running:
        yield running


@pytest.fixture(scope="module")
def engine() -> Iterator[Driver]:
    with driver() as running:
        yield running


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
@given(source=made(), data=st.data())
def test_tablet_and_python_tell_the_same_of_any_form(evaluator: Tablet, source: Source, data: st.DataObject) -> None:
    stage = Stage("made", compile_form(source), {})
    steps = data.draw(steps_of(stage.compiled.form, most=8))
    assert evaluators_differ(stage, evaluator, steps) == ""


@settings(max_examples=max(EXAMPLES // 20, 20), deadline=None, suppress_health_check=SLOW, phases=UNSHRUNK)
@given(source=made(alike=True), seed=st.integers(0, 1 << 30))
def test_any_form_asks_the_same_as_in_the_reference_engine(engine: Driver, source: Source, seed: int) -> None:
    stage = Stage("made", compile_form(source), {})
    outcome = against_reference(stage, engine, [seed], 20)
    assume(outcome.status == "played")  # it stumbles over some groups that show nothing
    written = json.dumps([row.cells for row in source.sheets["survey"]], ensure_ascii=False, indent=1)
    assert not outcome.failures, written + "\n" + "\n".join(told(failure) for failure in outcome.failures)
