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

from forms.card import make_card
from forms.evaluate import Engine
from forms.expressions import parse
from forms.functions import FUNCTIONS
from forms.interpret import Here, Interpreter
from forms.model import CompiledForm, Question, Way, encode, sections
from forms.tree import Tree
from forms.values import text
from tests.forms.playing import CONTEXT, NOW, TODAY, Tablet, play, tablet
from tests.forms.samples import FORMS, compiled

EXAMPLES = int(os.environ.get("ESIK_EXAMPLES", "250"))
WORDS = st.text(alphabet="aбҚع9 .,-😀'", max_size=6)
DATES = st.dates().map(str) | st.sampled_from(["2026-03-01", "2024-02-29", "2023-02-29", "2021--05", "٢٠٢١-٠٥-٠١"])
NUMBERS = st.integers(-9, 99).map(str) | st.sampled_from(
    ["1,5", "٣", "1e3", " 7 ", "-0", "0.1", "99999999999999999", "x"]
)
CARDS = st.binary(min_size=5, max_size=5).map(make_card) | st.just("7kq4 m2xd 9p")


@pytest.fixture(scope="module")
def node() -> Iterator[Tablet]:
    with tablet() as running:
        yield running


def values(form: CompiledForm, question: Question) -> st.SearchStrategy[Any]:
    names = [choice.name for choice in form.lists.get(question.list or "", [])]
    of_kind = {
        "select_one": st.sampled_from([*names, "gone"]),
        "select_multiple": st.lists(st.sampled_from([*names, "gone"]), unique=True),
        "integer": NUMBERS,
        "decimal": NUMBERS | st.floats(allow_nan=False, allow_infinity=False),
        "date": DATES,
        "acknowledge": st.booleans(),
    }.get(question.kind, WORDS)
    return st.none() | of_kind | (CARDS if question.role == "card" else of_kind)


KNOWN = st.fixed_dictionaries(
    {},
    optional={
        "person.name": WORDS,
        "person.sex": st.sampled_from(["female", "male", "gone"]),
        "person.birth_date": DATES,
        "person.birth_date_precision": st.sampled_from(["day", "year", ""]),
    },
)
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


@st.composite
def answering(draw: st.DrawFn) -> tuple[CompiledForm, list[list[Any]]]:
    """A form and what a person does with it; every step is possible when it comes."""
    form = compiled(draw(st.sampled_from(FORMS)))
    engine = Engine(form, today=TODAY, now=NOW)
    steps: list[list[Any]] = []
    for _ in range(draw(st.integers(1, 14))):
        nodes = [node for node in engine.tree.root.walk() if node.question is not None]
        leaves = [(n.ref(), n.question) for n in nodes if n.question and n.question.asks]
        repeats = engine.draft().repeats
        kind = draw(st.sampled_from(["set"] * 4 + ["way", "addRepeat", "removeRepeat", "setLanguage", "know"]))
        if kind == "set":
            ref, question = draw(st.sampled_from(leaves))
            step = ["set", ref, draw(values(form, question))]
            engine.set(ref, step[2])
        elif kind == "way" and any(question.ways for _, question in leaves):
            ref, question = draw(st.sampled_from([leaf for leaf in leaves if leaf[1].ways]))
            way: Way | None = draw(st.sampled_from([None, *question.ways]))
            step = ["way", ref, way]
            engine.way(ref, way)
        elif kind == "addRepeat" and repeats and sum(repeats.values()) < 8:
            step = ["addRepeat", draw(st.sampled_from(sorted(repeats)))]
            engine.add_repeat(step[1])
        elif kind == "removeRepeat" and any(repeats.values()):
            ref = draw(st.sampled_from(sorted(ref for ref, count in repeats.items() if count)))
            index = draw(st.integers(1, repeats[ref]))
            step = ["removeRepeat", ref, index]
            engine.remove_repeat(ref, index)
        elif kind == "know":
            known = draw(KNOWN)
            step = ["know", known]
            engine.know(known)
        else:
            step = ["setLanguage", draw(st.sampled_from(form.languages))]
            engine.set_language(step[1])
        steps.append(step)
    return form, steps


@settings(max_examples=EXAMPLES, deadline=None)
@given(played=answering(), known=KNOWN, data=st.data())
def test_tablet_and_reference_tell_the_same_after_every_step(
    node: Tablet, played: tuple[CompiledForm, list[list[Any]]], known: dict[str, str], data: st.DataObject
) -> None:
    form, steps = played
    context = data.draw(contexts(form))
    here = play(form, steps, known, context)
    asked = {"form": json_of(form), "today": TODAY, "now": NOW, "steps": steps, "known": known}
    there = node.ask(asked | {"context": CONTEXT | context})
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
PURE = sorted(
    name for name, function in FUNCTIONS.items() if function.body is not None and name not in ("regex", "pow")
)
SIGNS = ["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"]


def calls(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    def arguments(name: str) -> st.SearchStrategy[list[Any]]:
        function = FUNCTIONS[name]
        most = function.most if function.most is not None else 4
        return st.lists(inner, min_size=function.least, max_size=most).map(lambda found: ["call", name, *found])

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
        arguments = ["1"] * FUNCTIONS[name].least
        assert node.ask({"tree": ["call", name, *arguments]})["text"] == evaluated(["call", name, *arguments])
    assert parse("1") == 1
