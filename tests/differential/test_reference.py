"""A form asks the same of people here as in ODK's own engine: seen, required, calculated, offered and said alike.

The short run: sheets written for it and pyxform's examples. `make differential` plays the corpus too, and longer.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.differential.agreement import against_reference, evaluators_differ, explanations, told
from tests.differential.driver import Driver, Outcome, driver
from tests.differential.stages import EXAMPLES, OWN, Stage, sheets, stage
from tests.forms.playing import Tablet, tablet

stages = cache(stage)
EVERY = sheets(OWN) + sheets(EXAMPLES)


class Run:
    """What was played, so that nothing is played twice."""

    def __init__(self, engine: Driver) -> None:
        self._engine = engine
        self._known: dict[Path, Outcome] = {}

    def outcome(self, path: Path) -> Outcome | None:
        """None for a form that does not compile; tests/forms says which those are, and why."""
        found = stages(path)
        if not isinstance(found, Stage):
            return None
        if path not in self._known:
            seeds, steps = ([1, 2, 3], 45) if path.parent == OWN else ([1], 30)
            self._known[path] = against_reference(found, self._engine, seeds, steps)
        return self._known[path]


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    with driver() as engine:
        yield Run(engine)


@pytest.fixture(scope="module")
def evaluator() -> Iterator[Tablet]:
    with tablet() as running:
        yield running


@pytest.mark.parametrize("path", sheets(OWN), ids=lambda path: path.stem)
def test_every_sheet_written_for_the_suite_is_played(run: Run, path: Path) -> None:
    found = stages(path)
    assert isinstance(found, Stage), found
    outcome = run.outcome(path)
    assert outcome is not None
    assert outcome.status == "played", outcome.reason
    assert all(play.steps for play in outcome.plays)


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_a_form_asks_the_same_as_in_the_reference_engine(run: Run, path: Path) -> None:
    outcome = run.outcome(path)
    if outcome is not None:
        assert not outcome.failures, "\n".join(told(failure) for failure in outcome.failures)


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_tablet_and_python_tell_the_same_of_what_was_played(run: Run, evaluator: Tablet, path: Path) -> None:
    found, outcome = stages(path), run.outcome(path)
    if isinstance(found, Stage) and outcome is not None:
        for play in outcome.plays:
            assert evaluators_differ(found, evaluator, play.steps) == ""


def test_every_explanation_still_explains_something(run: Run) -> None:
    outcomes = [outcome for path in EVERY if (outcome := run.outcome(path)) is not None]
    used = {id_ for outcome in outcomes for id_ in outcome.explained}
    assert {one.id for one in explanations() if not one.corpus} <= used
    assert len({one.id for one in explanations()}) == len(explanations())
