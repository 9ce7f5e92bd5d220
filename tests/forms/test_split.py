"""Who gets what: nothing seeps, nobody is missing, every part fits its bucket."""

import json
from typing import Any

from hypothesis import given, settings

from forms.buckets import INSTANCES, LETTERS
from forms.card import make_card
from forms.evaluate import Engine
from forms.model import CompiledForm
from forms.split import SplitContext, split
from tests.forms.answering import answering
from tests.forms.playing import CONTEXT, NOW, TODAY, play
from tests.forms.samples import compiled


def parts(engine: Engine, **more: Any) -> dict[str, dict[str, Any]]:
    return {payload["audience"]: payload for payload in split(engine, SplitContext(**(CONTEXT | more)))}


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


def visited() -> Engine:
    """A child about whom everything is said that can be, and every flag is raised."""
    engine = Engine(compiled("visit"), today=TODAY, now=NOW)
    for _ in range(INSTANCES - 1):
        engine.add_repeat("wounds")
    for index in range(1, INSTANCES + 1):
        engine.set(f"wounds[{index}].place", "Ж" * LETTERS)
        engine.set(f"wounds[{index}].days", 30)
    said = {
        "who": "Ж" * LETTERS, "sex": "female", "born": "2022-08-14", "body.muac": 112, "body.swollen": "yes",
        "body.pain": "much", "body.since": "jan", "private.sad": "yes", "private.harm": "yes", "safe": "no",
        "wish": "Қ" * LETTERS,
    }  # fmt: skip
    for ref, value in said.items():
        engine.set(ref, value)
    return engine


def test_a_talk_that_went_through_many_hands_fits_the_bucket_of_every_audience() -> None:
    engine = visited()
    flags = [flag.name for flag in engine.flags()]
    assert flags == ["swelling", "harm", "unsafe", "thin", "help", "old_wound", "teeth"]
    staff = {"id": "c3RhZmYtc3RhZmYtc3RhZmY", "name": "Ж" * 40}
    found = parts(
        engine,
        card=make_card(b"12345"),
        handed=[staff] * 4,
        sitting={
            "language": "kk",
            "interpreter": "relative",
            "near": ["carer", "family"],
            "overheard": True,
            "asked": 1,
        },
        outcome="part",
        sections=["", "body", "wounds", "private"],
        continues="Y29udGludWVzLWNvbnRpbnVlcw",
        parked=["private"],
        stopped="emergency",
        queue=0,
        taken_over=[{"flag": name, "by": "Ж" * 60, "carer_unsafe": True} for name in flags],
    )
    for payload, bucket in zip(found.values(), engine.form.audiences, strict=True):
        size = len(json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()) + 4
        assert size <= bucket.bucket, payload["audience"]


def test_a_flag_of_protection_shows_nowhere_else_and_not_how_urgent_it_is() -> None:
    quiet, told = visited(), visited()
    quiet.set("safe", "yes")
    before, after = parts(quiet), parts(told)
    assert "unsafe" in json.dumps(after.pop("protection"))
    assert before.pop("protection")["flags"] == []
    assert "unsafe" not in json.dumps(after)
    assert after.pop("coordination")["urgency"] == before.pop("coordination")["urgency"]
    assert after == before


def test_coordination_knows_by_when_the_duty_lead_must_be_asked_and_not_why() -> None:
    engine = Engine(compiled("visit"), today=TODAY, now=NOW)
    engine.set("safe", "no")
    coordination = parts(engine)["coordination"]
    assert coordination["urgency"] is None
    assert coordination["due"] == CONTEXT["asked_at"] + 4 * 3_600_000
    assert coordination["flags"] == []


def test_what_is_sealed_in_part_closes_no_station() -> None:
    found = parts(visited(), card=make_card(b"12345"), outcome="part", sections=["", "body"])
    (row,) = found["people"]["people"]
    assert row["stations"] == []
    assert row["part"]["sections"] == ["", "body"]


def test_a_person_of_whom_only_the_card_is_known_has_a_row() -> None:
    bare = Engine(compiled("visit"), today=TODAY, now=NOW)
    (row,) = parts(bare, card=make_card(b"12345"), queue=0)["people"]["people"]
    assert row == {"card": make_card(b"12345"), "stations": ["medical"], "queue": 0}


def test_the_relation_as_told_reaches_protection_and_nobody_else() -> None:
    found = parts(family())
    assert "grandparent" in json.dumps(found.pop("protection"))
    assert "grandparent" not in json.dumps(found)


def test_the_people_list_holds_roles_and_stations_and_never_an_answer() -> None:
    people = parts(family())["people"]
    assert people["answers"] == {}
    assert people["ways"] == {}
    names = {"card", "family_card", "name", "sex", "birth_date", "birth_date_precision", "stations"}
    assert set(people["people"][0]) == names
    assert {row["family_card"] for row in people["people"]} == {people["people"][0]["card"]}


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
