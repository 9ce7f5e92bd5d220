"""Whatever people answer, in whatever order, the tablet and the reference tell the same.

ESIK_EXAMPLES=5000 plays longer; hypothesis prints what it found.
"""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.catalogue import CATALOGUE
from forms.expressions import parse
from forms.functions import FUNCTIONS
from forms.interpret import Here, Interpreter
from forms.model import CompiledForm, encode, sections
from forms.tree import Tree
from forms.values import text
from tests.forms.answering import CARDS, KNOWN, WORDS, answering
from tests.forms.playing import CONTEXT, NOW, TODAY, Tablet, asked, play, tablet
from tests.forms.samples import FORMS, compiled

EXAMPLES = int(os.environ.get("ESIK_EXAMPLES", "250"))


@pytest.fixture(scope="module")
def node() -> Iterator[Tablet]:
    with tablet() as running:
        yield running


STAFF = st.fixed_dictionaries({"id": WORDS, "name": WORDS})


def contexts(form: CompiledForm) -> st.SearchStrategy[dict[str, Any]]:
    """What a tablet may say of a talk beside its answers."""
    flags = [flag.name for flag in form.flags] or ["none"]
    taken = st.fixed_dictionaries(
        {"flag": st.sampled_from(flags), "by": st.none() | WORDS}, optional={"carer_unsafe": st.booleans()}
    )
    cards = st.none() | CARDS
    return st.fixed_dictionaries(
        {},
        optional={
            "card": cards if form.subject == "person" else st.none(),
            "handed": st.lists(STAFF, max_size=2),
            "sitting": st.just({"language": "kk", "interpreter": "phone", "near": ["carer"], "asked": 1}),
            "outcome": st.sampled_from(["done", "part", "not_wanted"]),
            "again_on": st.none() | st.just("2026-03-04"),
            "sections": st.lists(st.sampled_from(sections(form)), unique=True),
            "continues": st.none() | st.just("Y29udGludWVz"),
            "taken_over": st.lists(taken, max_size=3),
            "parked": st.lists(st.sampled_from([q.ref for q in form.questions]), max_size=2),
            "stopped": st.none() | st.just("tired"),
            "queue": st.sampled_from([None, 0, 1, 2]),
            "family_card": cards,
            "typed_at": st.none() | st.just(1_772_355_999_000),
            "paper": st.none() | WORDS,
        },
    )


@settings(max_examples=EXAMPLES, deadline=None)
@given(played=answering(), known=KNOWN, data=st.data())
def test_tablet_and_reference_tell_the_same_after_every_step(
    node: Tablet, played: tuple[CompiledForm, list[list[Any]]], known: dict[str, str], data: st.DataObject
) -> None:
    form, steps = played
    context = data.draw(contexts(form))
    here = play(form, steps, known, context)
    there = node.ask(asked(json_of(form), steps, known=known, context=CONTEXT | context))
    assert there == here
    assert here["restored"] == here["all"], "a draft that was put away and opened again reads the same"


def json_of(form: CompiledForm) -> Any:
    return json.loads(encode(form))


LITERALS = (
    st.integers(-1000, 1000)
    | st.floats(-1e9, 1e9).map(lambda number: number + 0.0)
    | st.text(alphabet="aбҚع9 .-😀\t", max_size=8)
    | st.sampled_from(["", "2026-03-01", "2024-02-29", "0004-01-01", "2026-03-01T14:06:00+05:00", " 12 ", "a b", "%Y"])
)
PURE = sorted(name for name in FUNCTIONS if name not in ("regex", "pow"))
SIGNS = ["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"]


def calls(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    def arguments(name: str) -> st.SearchStrategy[list[Any]]:
        function = CATALOGUE[name]
        most = function.most if function.most is not None else 4
        least = max(function.least, min(most, 1))  # the compiler writes out an argument that may be left out
        return st.lists(inner, min_size=least, max_size=most).map(lambda found: ["call", name, *found])

    return st.sampled_from(PURE).flatmap(arguments)


TREES = st.recursive(
    LITERALS,
    lambda inner: (
        calls(inner)
        | st.tuples(st.sampled_from(SIGNS), inner, inner).map(list)
        | inner.map(lambda one: ["neg", one])
        | st.tuples(inner, inner, inner).map(lambda three: ["call", "if", *three])
    ),
    max_leaves=12,
)


@settings(max_examples=3 * EXAMPLES, deadline=None)
@given(tree=TREES)
def test_tablet_and_reference_read_any_expression_alike(node: Tablet, tree: Any) -> None:
    assert node.ask({"tree": tree})["text"] == evaluated(tree)


@settings(max_examples=100, deadline=None)
@given(base=st.floats(-1e6, 1e6), exponent=st.integers(-64, 64))
def test_powers_agree_to_the_last_bit(node: Tablet, base: float, exponent: int) -> None:
    tree = ["call", "pow", base, exponent]
    assert node.ask({"tree": tree})["text"] == evaluated(tree)


@settings(max_examples=100, deadline=None)
@given(number=st.floats())
def test_every_number_prints_alike(node: Tablet, number: float) -> None:
    scaled = ["*", number, 1] if number == number and abs(number) != float("inf") else ["div", 0, 0]
    assert node.ask({"tree": scaled})["text"] == evaluated(scaled)


def evaluated(tree: Any) -> str:
    form = compiled(FORMS[0])
    answers = Tree(form)
    interpreter = Interpreter(answers, TODAY, NOW, "en")
    return text(interpreter.value(tree, Here(answers.root, answers.root)))


def test_the_catalogues_hold_the_same_names(node: Tablet) -> None:
    for name in PURE:
        arguments = ["1"] * max(1, CATALOGUE[name].least)
        assert node.ask({"tree": ["call", name, *arguments]})["text"] == evaluated(["call", name, *arguments])
    assert parse("1") == 1
