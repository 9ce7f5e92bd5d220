"""What follows from an answer: scenarios that the tablet plays too, and what an engine refuses."""

import json
from typing import Any

import pytest

from forms.answers import entered
from forms.evaluate import Draft, Engine
from forms.model import decode, encode
from tests.forms.playing import NOW, TODAY, play
from tests.forms.samples import FORMS, VECTORS, bytes_of, compiled
from tests.vectors import vectors

SCENARIOS = vectors("forms", "engine")
SPLITS = vectors("forms", "split")


def opened(name: str) -> Engine:
    return Engine(compiled(name), today=TODAY, now=NOW)


@pytest.mark.parametrize("vector", [v for _, v in SCENARIOS], ids=[name for name, _ in SCENARIOS])
def test_what_follows_is_what_the_vector_says(vector: dict[str, Any]) -> None:
    given = vector["given"]
    told = play(compiled(given["form"]), given["steps"], given.get("known"))
    last = told["steps"][-1][1] if given["steps"] else told["steps"][0]
    changes = {facet: found for facet, found in last.items() if found}
    found = told | {"changes": changes}
    assert {name: found[name] for name in vector["expect"]} == vector["expect"]


@pytest.mark.parametrize("vector", [v for _, v in SPLITS], ids=[name for name, _ in SPLITS])
def test_each_audience_gets_what_the_vector_says(vector: dict[str, Any]) -> None:
    given = vector["given"]
    told = play(compiled(given["form"]), given["steps"], given.get("known"), given["context"])
    assert told["split"] == vector["expect"]


@pytest.mark.parametrize("name", FORMS)
def test_the_compiled_twin_that_the_tablet_tests_with_is_this_form(name: str) -> None:
    """After a change to the form: python -m tests.forms.samples."""
    written = (VECTORS / f"{name}.json").read_bytes()
    assert written == bytes_of(name) + b"\n"
    assert encode(decode(written)) + b"\n" == written


@pytest.mark.parametrize(
    "ref", ["nobody", "members", "members[2].name", "members.name", "members[1]", "members[01].name", ""]
)
def test_a_question_that_is_not_there_cannot_be_answered(ref: str) -> None:
    engine = opened("family")
    engine.changes()
    with pytest.raises(KeyError):
        engine.set(ref, "x")
    assert engine.changes().values == {}


def test_what_is_calculated_is_not_for_a_person_to_change() -> None:
    with pytest.raises(KeyError):
        opened("clinic").set("age", "7")


def test_a_way_out_that_the_question_does_not_offer_is_refused() -> None:
    with pytest.raises(KeyError):
        opened("family").way("members[1].name", "declined")


def test_the_last_person_of_a_household_cannot_be_removed() -> None:
    engine = opened("family")
    assert engine.remove_repeat("members", 1) is False
    engine.add_repeat("members")
    assert engine.remove_repeat("members", 2) is True
    with pytest.raises(KeyError):
        engine.remove_repeat("members", 2)


def test_a_default_that_was_cleared_stays_cleared_in_the_draft() -> None:
    engine = opened("homes")
    assert engine.value("homes[1].rooms") == "2"
    engine.set("homes[1].rooms", None)
    again = opened("homes")
    again.restore(engine.draft())
    assert again.value("homes[1].rooms") == ""


def test_a_draft_of_another_form_changes_nothing() -> None:
    engine = opened("family")
    engine.set("members[1].name", "Aigul")
    with pytest.raises(KeyError):
        engine.restore(Draft({"nobody": "x"}, {}, {}))
    assert engine.value("members[1].name") == "Aigul"


def test_sealed_answers_open_again_as_they_were_sealed() -> None:
    engine = opened("clinic")
    engine.set("body.weight", 11.8)
    engine.set("seen", ["thin", "fever"])
    engine.set("agreed", True)
    engine.way("born", "unknown")
    answers, ways = engine.answers_for_seal()
    values, repeats = entered(engine.form, json.loads(json.dumps(answers)))
    again = opened("clinic")
    again.restore(Draft(values, ways, repeats))
    assert again.answers_for_seal() == (answers, ways)


def test_only_what_reads_an_answer_is_looked_at_again() -> None:
    engine = opened("clinic")
    engine.changes()
    engine.set("how_many", "3")
    assert engine.changes().values == {"how_many": "3"}
    assert "how_many" not in engine.form.affects
