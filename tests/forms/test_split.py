"""Who gets what: nothing seeps, nobody is missing, every part fits its bucket."""

import json
from typing import Any

from hypothesis import given, settings

from forms.buckets import INSTANCES, LETTERS
from forms.card import make_card
from forms.evaluate import Engine
from forms.model import CompiledForm
from forms.split import SplitContext, split
from tests.forms.playing import CONTEXT, NOW, TODAY, play
from tests.forms.samples import compiled
from tests.forms.test_both_evaluators import answering


def parts(engine: Engine) -> dict[str, dict[str, Any]]:
    return {payload["audience"]: payload for payload in split(engine, SplitContext(**CONTEXT))}


def family() -> Engine:
    engine = Engine(compiled("family"), today=TODAY, now=NOW)
    for index in range(1, INSTANCES + 1):
        if index > 1:
            engine.add_repeat("members")
        engine.set(f"members[{index}].card", make_card(index.to_bytes(5)))
        engine.set(f"members[{index}].name", "Ж" * LETTERS)
        engine.set(f"members[{index}].sex", "female")
        engine.set(f"members[{index}].birth_date", "2019-11-03")
        engine.set(f"members[{index}].relation", "grandparent")
    engine.set("needs.first_need", "Қ" * LETTERS)
    return engine


def test_a_fully_answered_form_fits_the_bucket_of_every_audience() -> None:
    engine = family()
    for payload, bucket in zip(parts(engine).values(), engine.form.audiences, strict=True):
        size = len(json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()) + 4
        assert size <= bucket.bucket, payload["audience"]


def test_the_relation_as_told_reaches_protection_and_nobody_else() -> None:
    found = parts(family())
    assert "grandparent" in json.dumps(found.pop("protection"))
    assert "grandparent" not in json.dumps(found)


def test_the_people_list_holds_roles_and_stations_and_never_an_answer() -> None:
    people = parts(family())["people"]
    assert people["answers"] == {}
    assert people["ways"] == {}
    assert set(people["people"][0]) == {"card", "name", "sex", "birth_date", "birth_date_precision", "stations"}


def test_coordination_cannot_count_what_was_declined_in_private() -> None:
    one, other = family(), family()
    one.way("members[1].relation", "declined")
    assert parts(one)["coordination"] == parts(other)["coordination"]
    assert parts(one)["people"] == parts(other)["people"]
    assert parts(one)["family"] == parts(other)["family"]


@settings(max_examples=60, deadline=None)
@given(played=answering())
def test_every_answer_goes_to_exactly_one_reader_and_every_reader_gets_a_part(
    played: tuple[CompiledForm, list[list[Any]]],
) -> None:
    form, steps = played
    told = play(form, steps)
    assert [payload["audience"] for payload in told["split"]] == [one.audience for one in form.audiences]
    merged: dict[str, Any] = {}
    ways: dict[str, str] = {}
    for payload in told["split"]:
        merge(merged, payload["answers"])
        assert not ways.keys() & payload["ways"].keys()
        ways |= payload["ways"]
    assert merged == told["sealed"]["answers"]
    assert ways == told["sealed"]["ways"]


def merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    """Puts answers of another audience beside those before; the card of a person may stand in several."""
    for name, value in more.items():
        if isinstance(value, dict):
            merge(into.setdefault(name, {}), value)
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            items = into.setdefault(name, [{} for _ in value])
            assert len(items) == len(value)
            for item, other in zip(items, value, strict=True):
                merge(item, other)
        else:
            assert into.get(name, value) == value
            into[name] = value
