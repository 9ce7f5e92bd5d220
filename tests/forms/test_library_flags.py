"""Where the library draws its lines: each cut-off from both sides, and no flag that nothing can raise."""

import json
from pathlib import Path
from typing import Any

import pytest

from forms.evaluate import Engine
from tests.forms.playing import NOW, TODAY
from tests.forms.samples import LIBRARY, compiled

SMALL, SCHOOL, WOMAN, OLD = "2024-01-20", "2018-03-01", "1996-02-10", "1960-01-01"
BABY, NEWBORN, GIRL = "2025-11-01", "2026-02-24", "2009-05-01"


def raised(born: str, steps: dict[str, Any], sex: str = "female", form: str = "medical") -> set[str]:
    """Names of the flags that stand after these answers; a value `?` is the way out unknown."""
    known = {"person.sex": sex, "person.birth_date": born, "person.birth_date_precision": "day"}
    engine = Engine(compiled(form), today=TODAY, now=NOW, known=known if form == "medical" else None)
    for ref, value in steps.items():
        if value == "?":
            engine.way(ref, "unknown")
        else:
            engine.set(ref, value)
    return {flag.name for flag in engine.flags()}


ILL = {"danger.red": ["none"], "danger.yellow": ["weak"]}
PREGNANT = {"private.expecting": ["pregnant"]}
LINES = [
    # what is measured, on whom, the value that still passes, the value that does not, what it raises
    ("body.arm", SMALL, {}, "125", "124", "food_soon"),
    ("body.arm", SMALL, {}, "115", "114", "food_today"),
    ("body.arm", SMALL, {"danger.child": ["vomits"]}, "115", "114", "food_now"),
    ("body.appetite", SMALL, {"body.swollen": "yes"}, "eats", "poor", "food_now"),
    ("body.swollen", SMALL, {}, "no", "yes", "food_today"),
    ("body.swollen", BABY, {}, "no", "yes", "baby_feeding"),
    ("body.swollen", SCHOOL, {}, "no", "yes", "swollen_older"),
    ("body.weight", WOMAN, {"body.height": "160"}, "47.4", "47.2", "rather_thin"),
    ("body.weight", WOMAN, {"body.height": "160"}, "41", "40.8", "very_thin"),
    ("mother.mother_arm", WOMAN, PREGNANT, "230", "229", "mother_rather_thin"),
    ("mother.mother_arm", WOMAN, PREGNANT, "210", "209", "mother_thin"),
    ("mother.preg_weeks", WOMAN, PREGNANT, "35", "36", "birth_soon"),
    ("vitals.systolic", WOMAN, PREGNANT, "159", "160", "mother_danger"),
    ("vitals.diastolic", WOMAN, PREGNANT, "109", "110", "mother_danger"),
    ("vitals.systolic", OLD, {}, "139", "140", "pressure_raised"),
    ("vitals.systolic", OLD, {}, "179", "180", "vital_high"),
    ("vitals.diastolic", OLD, {}, "119", "120", "vital_high"),
    ("vitals.pulse", WOMAN, {}, "60", "59", "vital_high"),
    ("vitals.pulse", WOMAN, {}, "130", "131", "vital_high"),
    ("vitals.pulse", WOMAN, {}, "50", "49", "vital_red"),
    ("vitals.pulse", WOMAN, {}, "150", "151", "vital_red"),
    ("vitals.oxygen", WOMAN, {}, "92", "91", "vital_high"),
    ("vitals.temperature", WOMAN, {}, "36", "35.9", "vital_high"),
    ("vitals.temperature", WOMAN, {}, "39", "39.1", "vital_high"),
    ("vitals.breaths", WOMAN, ILL, "30", "31", "vital_high"),
    ("vitals.breaths", WOMAN, ILL, "10", "9", "vital_high"),
    ("vitals.awake", WOMAN, ILL, "alert", "voice", "vital_high"),
    ("vitals.awake", WOMAN, ILL, "voice", "pain", "vital_red"),
    ("vitals.refill_slow", WOMAN, ILL, "no", "yes", "vital_red"),
    ("vitals.breaths", SMALL, {}, "40", "41", "child_vital_high"),
    ("vitals.breaths", BABY, {}, "50", "51", "child_vital_high"),
    ("vitals.breaths", NEWBORN, {}, "59", "60", "child_vital_red"),
    ("vitals.breaths", NEWBORN, {}, "31", "30", "child_vital_red"),
    ("vitals.temperature", NEWBORN, {}, "37.4", "37.5", "child_vital_red"),
    ("vitals.temperature", NEWBORN, {}, "35.5", "35.4", "child_vital_red"),
    ("vitals.temperature", SMALL, {}, "38", "38.1", "child_vital_high"),
    ("vitals.temperature", SMALL, {}, "36.4", "36.3", "child_vital_high"),
    ("vitals.oxygen", SMALL, {}, "90", "89", "child_vital_red"),
    ("everyday.wg_seeing", SCHOOL, {}, "d2", "d3", "everyday_help"),
    ("health.pain", WOMAN, {"health.troubles": ["pain"]}, "6", "7", "pain_strong"),
    ("vaccines.v_mmr", SMALL, {"vaccines.vaccine_record": "seen"}, "card", "none", "vaccines_missing"),
    ("vaccines.v_polio", SMALL, {"vaccines.vaccine_record": "told"}, "recalled", "?", "vaccines_missing"),
    ("danger.dry", SMALL, {"danger.loose_stools": "yes"}, ["sunken"], ["sunken", "pinch"], "child_dry"),
    ("danger.dry", SMALL, {"danger.loose_stools": "yes"}, ["none"], ["sunken"], "child_first"),
    ("danger.red", WOMAN, {}, ["none"], ["pain"], "sudden_pain"),
    ("danger.red", OLD, {}, ["none"], ["pain"], "person_pain"),
    ("danger.newborn", NEWBORN, {}, ["none"], ["yellow"], "newborn_yellow"),
    ("danger.newborn", "2026-02-10", {}, ["none"], ["yellow"], "newborn_danger"),
    ("illness.medicine_left", WOMAN, {"illness.medicine": "yes"}, "week", "days", "medicine_ends"),
    ("trust.tell", WOMAN, {}, "later", "now", "tell_now"),
    ("trust.young", GIRL, {}, "no", "yes", "young_and_mother"),
    ("private.expecting", GIRL, {}, ["maybe"], ["birth"], "young_mother"),
]


@pytest.mark.parametrize(("ref", "born", "before", "passes", "raises", "flag"), LINES)
def test_a_line_is_drawn_between_these_two(
    ref: str, born: str, before: dict[str, Any], passes: object, raises: object, flag: str
) -> None:
    assert flag not in raised(born, {**before, ref: passes})
    assert flag in raised(born, {**before, ref: raises})


@pytest.mark.parametrize(("born", "counts"), [("2025-09-01", True), ("2025-09-02", False), ("2021-03-02", True)])
def test_an_arm_is_measured_from_six_months_to_five_years(born: str, *, counts: bool) -> None:
    assert ("food_today" in raised(born, {"body.arm": "110"})) == counts


def test_a_child_of_five_is_not_judged_by_the_arm() -> None:
    assert raised("2021-03-01", {"body.arm": "110"}) == set()


def test_a_sign_that_was_ticked_for_another_age_is_not_acted_on() -> None:
    assert raised(WOMAN, {"danger.child": ["coma"], "danger.newborn": ["blue"], "body.arm": "100"}) == set()
    assert raised(WOMAN, {"private.expecting": ["pregnant"]}, sex="male") == set()


def every_sign(form: str) -> list[tuple[str, str]]:
    """(ref, choice) of everything that can be ticked in a form."""
    made = compiled(form)
    asked = [q for q in made.questions if q.list is not None and q.kind == "select_multiple"]
    return [(q.ref, choice.name) for q in asked for choice in made.lists[q.list or ""] if choice.name != "none"]


GATES: dict[str, dict[str, Any]] = {
    "danger.dry": {"danger.loose_stools": "yes"},
    "mother.preg_danger": PREGNANT,
    "mother.birth_danger": {"private.expecting": ["birth"]},
    **{f"health.{one}": {"health.troubles": [one]} for one in ("stools", "skin", "teeth", "eyes", "ears", "wound")},
}


@pytest.mark.parametrize("part", ["danger", "mother"])
def test_no_sign_of_danger_stays_without_an_answer(part: str) -> None:
    for ref, sign in every_sign("medical"):
        born = {"danger.newborn": NEWBORN, "danger.child": SMALL, "danger.child_soon": SMALL, "danger.dry": SMALL}
        if ref.startswith(f"{part}."):
            before = GATES.get(ref, {})
            told = raised(born.get(ref, WOMAN), {**before, ref: [sign]}) - raised(born.get(ref, WOMAN), before)
            assert told, (ref, sign)


def test_every_flag_of_the_clinic_can_be_raised() -> None:
    found: set[str] = set()
    for ref, born, before, _, raises, _ in LINES:
        found |= raised(born, {**before, ref: raises})
    for ref, sign in every_sign("medical"):
        for born in (NEWBORN, BABY, SMALL, WOMAN, OLD):
            found |= raised(born, {**GATES.get(ref, {}), ref: [sign]})
    for person in Path(__file__).with_name("people").glob("*.json"):
        for talk in json.loads(person.read_text())["talks"]:
            found |= {flag[0] for flag in talk["flags"]}
    insulin = {"illness.long": ["sugar"], "illness.insulin": "yes", "illness.medicine": "yes"}
    found |= raised(WOMAN, {**insulin, "illness.medicine_left": "none"})
    found |= raised(WOMAN, {"illness.allergy": "yes"})
    found |= raised(WOMAN, {"illness.long": ["fits"], "illness.last_fit": "week"})
    found |= raised(WOMAN, {"trust.tell": "later"})
    assert {flag.name for flag in compiled("medical").flags} - found == set()


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.yaml")), ids=lambda path: path.stem)
def test_what_cannot_wait_says_to_stay_and_whom_to_call(path: Path) -> None:
    for flag in compiled(path.stem).flags:
        if flag.level == "P1":
            assert flag.hours == 0
            assert str(flag.action["en"]).startswith("Stay with")
            assert "қасынан кетпеңіз" in str(flag.action["kk"])
            assert flag.why is not None
