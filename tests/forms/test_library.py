"""What people are asked by the library's forms, and what is raised: invented people, played by both evaluators.

A file of people/ holds somebody's talks: what is known, the steps, and what must come out.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from forms.compile import compile_form
from forms.model import CompiledForm, encode
from forms.source import from_yaml
from tests.forms.playing import CONTEXT, NOW, TODAY, Tablet, play, tablet
from tests.forms.samples import LIBRARY, compiled

PEOPLE = sorted(Path(__file__).with_name("people").glob("*.json"))
TALKS = [(path.stem, index) for path in PEOPLE for index, _ in enumerate(json.loads(path.read_text())["talks"])]
INDEX = re.compile(r"\[[0-9]+\]")


@pytest.fixture(scope="module")
def node() -> Iterator[Tablet]:
    with tablet() as running:
        yield running


def talk_of(person: str, index: int) -> dict[str, Any]:
    return json.loads(Path(__file__).with_name("people").joinpath(f"{person}.json").read_text())["talks"][index]


def asked(form: CompiledForm, played: dict[str, Any]) -> list[str]:
    """Refs that stand on the page as questions: relevant, and not filled by what is known."""
    asks = {question.ref for question in form.questions if question.asks}
    relevant = played["all"]["relevant"]
    shown = [ref for ref in relevant if relevant[ref] and INDEX.sub("", ref) in asks]
    return [ref for ref in shown if ref not in played["prefilled"]]


@pytest.mark.parametrize(("person", "index"), TALKS)
def test_a_person_is_asked_what_belongs_to_them_and_what_they_say_is_acted_on(
    node: Tablet, person: str, index: int
) -> None:
    talk = talk_of(person, index)
    form = compiled(talk["form"])
    played = play(form, talk["steps"], talk["known"])
    there = node.ask(
        {
            "form": json.loads(encode(form)), "today": TODAY, "now": NOW,
            "steps": talk["steps"], "known": talk["known"], "context": CONTEXT,
        }
    )  # fmt: skip
    assert there == played
    assert asked(form, played) == talk["asked"]
    assert [[flag[key] for key in ("name", "level", "hours", "audience")] for flag in played["flags"]] == talk["flags"]
    assert {ref: played["all"]["values"].get(ref) for ref in talk["values"]} == talk["values"]
    assert played["missing"]["required"] == talk["required"]
    assert played["missing"]["invalid"] == talk["invalid"]


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_form_of_the_library_says_why_it_asks_and_what_follows(path: Path) -> None:
    made = compile_form(from_yaml(path.read_text(), path.name), library=True)
    assert made.warnings == []
    assert made.form.languages == ["en", "kk"]
    assert made.form.translation_status["kk"] == "project-unvalidated"
    assert made.form.number == 1, "a programme begins with the first version"


def test_somebody_who_is_well_answers_fewer_than_twenty_five_questions() -> None:
    for sex in ("female", "male"):
        form = compiled("medical")
        known = {"person.sex": sex, "person.birth_date": "1990-05-05", "person.birth_date_precision": "day"}
        steps = [["set", "danger.red", ["none"]], ["set", "danger.yellow", ["none"]]]
        assert len(asked(form, play(form, steps, known))) < 25


def test_a_person_who_is_known_is_not_asked_who_they_are_again() -> None:
    form = compiled("medical")
    known = {"person.sex": "male", "person.birth_date": "2019-11-30", "person.birth_date_precision": "day"}
    assert not [ref for ref in asked(form, play(form, [], known)) if ref.startswith("who.")]
    assert [ref for ref in asked(form, play(form, [])) if ref.startswith("who.")] == [
        "who.sex", "who.birth_date", "who.about_age",
    ]  # fmt: skip


def test_whose_age_nobody_knows_is_asked_by_the_look() -> None:
    form = compiled("medical")
    steps = [["set", "who.sex", "female"], ["way", "who.birth_date", "unknown"], ["set", "who.about_age", "newborn"]]
    assert "danger.newborn" in asked(form, play(form, steps))
    assert "danger.red" not in asked(form, play(form, steps))
    grown = [*steps, ["set", "who.about_age", "adult"]]
    assert {"danger.red", "private.expecting"} <= set(asked(form, play(form, grown)))


def test_what_is_private_can_be_parked_and_given_to_the_person() -> None:
    form = compiled("medical")
    groups = {question.ref: question for question in form.questions if question.kind == "group"}
    assert {ref for ref, group in groups.items() if group.sensitive} == {"private", "mother", "trust"}
    assert {ref for ref, group in groups.items() if group.self_} == {"private", "trust"}
    assert {q.audience for q in form.questions if q.ref.startswith("trust.") and q.asks} == {"protection"}


def test_what_is_told_to_protection_leaves_no_trace_in_what_the_clinic_reads() -> None:
    talk = talk_of("a-girl-of-sixteen-who-is-pregnant", 1)
    played = play(compiled("medical"), talk["steps"], talk["known"], {"card": "7KQ4-M2XD-9P"})
    parts = {part["audience"]: part for part in played["split"]}
    clinic = json.dumps(parts["medical"])
    assert "trust" not in clinic
    assert "young_and_mother" not in clinic
    assert [flag["name"] for flag in parts["protection"]["flags"]] == ["young_and_mother", "tell_later"]
    assert set(parts["protection"]["answers"]) == {"trust"}
    assert "level" not in json.dumps(parts["people"])
