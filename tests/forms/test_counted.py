"""Repeats that are counted, beginnings and ends: what the vectors do not say."""

import pytest

from forms.evaluate import Draft, Engine
from forms.tree import MOST_INSTANCES
from tests.forms.playing import NOW, TODAY
from tests.forms.samples import compiled
from tests.forms.small import small


def opened(name: str = "counted") -> Engine:
    return Engine(compiled(name), today=TODAY, now=NOW)


def test_a_counted_repeat_is_not_for_hands() -> None:
    engine = opened()
    engine.set("any", "y")
    engine.set("how_many", 2)
    with pytest.raises(KeyError):
        engine.add_repeat("children")
    with pytest.raises(KeyError):
        engine.remove_repeat("children", 1)
    assert engine.draft().repeats["children"] == 2


def test_children_that_a_smaller_number_took_out_come_back_after_the_tablet_was_locked() -> None:
    engine = opened()
    engine.set("any", "y")
    engine.set("how_many", 3)
    engine.set("children[3].called", "Asel")
    engine.set("children[3].toys_of", 2)
    engine.set("children[3].toys[2].toy", "kite")
    engine.set("children[3].toys_of", 0)
    engine.set("any", "n")
    again = opened()
    again.restore(engine.draft())
    assert again.all() == engine.all()
    assert again.draft() == engine.draft()
    for one in (engine, again):
        one.set("any", "y")
        one.set("children[3].toys_of", 2)
    assert again.value("children[3].called") == "Asel"
    assert again.value("children[3].toys[2].toy") == "kite"
    assert again.all() == engine.all()


def test_a_draft_of_more_instances_than_a_ref_can_name_is_refused() -> None:
    engine = opened()
    engine.set("any", "y")
    before = engine.all()
    for ref in ("children", "later.visits"):
        with pytest.raises(KeyError):
            engine.restore(Draft({}, {}, {ref: 10**12}))
    assert engine.all() == before


def test_a_slip_of_the_finger_does_not_fill_the_tablet() -> None:
    rows = "  - {type: integer, name: n, label: N}\n"
    rows += "  - {type: begin_repeat, name: kids, label: Kids, repeat_count: '${n}'}\n"
    rows += "  - {type: text, name: called, label: Name}\n  - {type: end_repeat}\n"
    engine = Engine(small(rows).form, today=TODAY, now=NOW)
    engine.set("n", 999_999_999_999_999)
    assert engine.draft().repeats["kids"] == MOST_INSTANCES
    engine.set("n", -3)
    assert engine.draft().repeats["kids"] == 0
    engine.set("n", "2.9")
    assert engine.draft().repeats["kids"] == 2


def test_a_talk_that_ends_says_when() -> None:
    engine = opened()
    assert engine.value("ended") == NOW
    engine.finish("2026-03-01T15:00:00.000+05:00")
    assert engine.value("ended") == "2026-03-01T15:00:00.000+05:00"
    assert engine.value("began") == NOW
    assert list(engine.changes().values) == list(engine.all().values)
    engine.finish("2026-03-01T15:01:00.000+05:00")
    assert engine.changes().values == {"ended": "2026-03-01T15:01:00.000+05:00"}


def test_a_draft_that_is_opened_again_does_not_begin_again() -> None:
    engine = opened()
    engine.set("stop", 1)
    engine.set("later.visits[1].day", None)
    again = Engine(engine.form, today="2026-04-01", now="2026-04-01T09:00:00.000+05:00")
    again.restore(engine.draft())
    assert again.value("later.visits[1].day") == ""
    assert again.value("began") == NOW
    assert again.value("left") == ""


def test_chance_is_taken_once() -> None:
    taken = iter([0.1, 0.2, 0.3, 0.4, 0.5])
    rows = "  - {type: text, name: a, label: A}\n  - {type: calculate, name: drawn, calculation: 'random()'}\n"
    rows += "  - {type: calculate, name: again, calculation: \"if(${a} = 'x', random(), 9)\"}\n"
    form = small(rows).form
    engine = Engine(form, today=TODAY, now=NOW, random=lambda: next(taken))
    assert engine.value("drawn") == "0.1"
    engine.set("a", "x")
    engine.set_language("en")
    assert (engine.value("drawn"), engine.value("again")) == ("0.1", "0.2")
    other = Engine(form, today=TODAY, now=NOW, random=lambda: 0.9)
    other.restore(engine.draft())
    assert (other.value("drawn"), other.value("again")) == ("0.1", "0.2")


def test_chance_takes_the_place_of_a_default_when_a_form_is_new() -> None:
    rows = "  - {type: integer, name: a, label: A, default: 7, calculation: 'random() * 8'}\n"
    engine = Engine(small(rows).form, today=TODAY, now=NOW, random=lambda: 0.25)
    assert engine.value("a") == "2"


def test_a_preload_says_what_the_tablet_knows() -> None:
    rows = "  - {type: username, name: who}\n  - {type: today, name: day}\n  - {type: email, name: mail}\n"
    engine = Engine(small(rows).form, today=TODAY, now=NOW, device={"username": "Aigerim"})
    assert engine.answers_for_seal()[0] == {"who": "Aigerim", "day": TODAY}
    assert engine.missing().not_asked == []


def test_choices_in_an_order_of_chance_stay_so_when_an_instance_moves() -> None:
    rows = "  - {type: begin_repeat, name: kids, label: Kids}\n"
    rows += "  - {type: select_one letters, name: which, label: W, parameters: 'randomize=true'}\n"
    rows += "  - {type: end_repeat}\n"
    letters = "choices:\n" + "".join(f"  - {{list_name: letters, name: {one}, label: L}}\n" for one in "abcdefgh")
    engine = Engine(small(rows, letters).form, today=TODAY, now=NOW)
    engine.add_repeat("kids")
    before = engine.all().choices["kids[2].which"]
    engine.remove_repeat("kids", 1)
    again = Engine(engine.form, today=TODAY, now=NOW)
    again.restore(engine.draft())
    assert again.all().choices == engine.all().choices == {"kids[1].which": before}
    assert before != sorted(before)
