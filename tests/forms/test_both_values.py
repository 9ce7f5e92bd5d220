"""Whatever a person types and whatever an author calculates, the tablet and the reference read it alike."""

import math
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forms.catalogue import CATALOGUE
from forms.functions import FUNCTIONS
from forms.interpret import FORM_FUNCTIONS, Here, Interpreter
from forms.lexical import check_value, lexical
from forms.model import Question
from forms.patterns import LINKS, LONGEST, compile_pattern, matches
from forms.tree import Tree
from forms.values import text
from tests.forms.playing import NOW, TODAY, Tablet, tablet
from tests.forms.samples import FORMS, compiled

EXAMPLES = int(os.environ.get("ESIK_EXAMPLES", "150"))
PATHS = {"instance", "current", "indexed-repeat"}
"""Functions that become paths when a form is published."""


@pytest.fixture(scope="module")
def node() -> Iterator[Tablet]:
    with tablet() as running:
        yield running


def evaluated(tree: Any) -> str:
    answers = Tree(compiled(FORMS[0]))
    interpreter = Interpreter(answers, TODAY, NOW, "en")
    return text(interpreter.value(tree, Here(answers.root, answers.root)))


def test_both_evaluators_do_exactly_what_the_catalogue_says(node: Tablet) -> None:
    assert {*FUNCTIONS, *FORM_FUNCTIONS} == set(CATALOGUE) - PATHS
    assert set(node.ask({"names": True})["names"]) == set(CATALOGUE) - PATHS


NUMERIC = ["exp", "exp10", "log", "log10", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan"]
FINITE = st.floats(allow_nan=False, allow_infinity=False) | st.floats(-20, 20) | st.integers(-70, 70).map(float)


def written(number: float) -> Any:
    """A number as a tree: what JSON cannot say is divided by zero."""
    if math.isinf(number):
        return ["div", math.copysign(1, number), 0]
    return ["neg", 0] if number == 0 and math.copysign(1, number) < 0 else number


@settings(max_examples=EXAMPLES, deadline=None)
@given(one=FINITE, other=FINITE)
@example(one=2.0, other=0.5)
@example(one=-8.0, other=-1073.0)
@example(one=10.0, other=308.0)
def test_powers_logarithms_and_angles_agree_to_the_last_bit(node: Tablet, one: float, other: float) -> None:
    calls: list[Any] = [["call", name, written(one)] for name in NUMERIC]
    calls += [["call", name, written(one), written(other)] for name in ("pow", "atan2", "round")]
    trees = calls + [["div", 1, call] for call in calls]
    assert node.ask({"trees": trees})["texts"] == [evaluated(tree) for tree in trees]


SAID = [
    "2026-03-01", "2024-02-29", "2026-3-1", "2026-03-01T23:59:59.999+05:00", "2026-03-01T02:00Z", "0001-01-01",
    "9999-12-31", "2026-13-01", "", "x", "2026-03-01T24:00",
]  # fmt: skip
ISO = st.datetimes().map(lambda when: when.isoformat(timespec="milliseconds"))
MOMENTS = st.sampled_from(SAID) | st.dates().map(str) | ISO | st.floats(-4e6, 4e6)
AMOUNTS = st.integers(-500, 500) | st.floats(-50, 50) | st.sampled_from(["", "x", 1e8])
IN_TALK = st.one_of(
    st.tuples(st.sampled_from(["date", "date-time", "decimal-date-time", "string", "number"]), MOMENTS),
    st.tuples(st.just("add-date"), MOMENTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS),
    st.tuples(st.just("parse-timestamp-to-date"), st.integers(-(10**15), 10**15) | AMOUNTS),
    st.tuples(st.sampled_from([name for name in CATALOGUE if "difference" in name]), MOMENTS, MOMENTS),
    st.tuples(st.just("format-date-time"), MOMENTS, st.just("%Y %y %m %n %b %d %e %a %H %h %M %S %3 %%")),
    st.tuples(st.just("decimal-time"), st.sampled_from(["09:30", "9:30", "23:59:59.9+05:00", "25:00", ""])),
)


@settings(max_examples=2 * EXAMPLES, deadline=None)
@given(call=IN_TALK)
@example(call=("add-date", "2024-02-29", 1, 0, 0, 0, 0))
@example(call=("add-date", "2026-01-31T10:00", 0, 1, 0, 2.5, 0))
def test_days_and_moments_are_counted_alike(node: Tablet, call: tuple[Any, ...]) -> None:
    tree = ["call", *(written(part) if isinstance(part, float) else part for part in call)]
    assert node.ask({"tree": tree})["text"] == evaluated(tree)


PLACES = st.tuples(st.floats(-91, 91), st.floats(-181, 181)).map(lambda at: f"{at[0]:.6f} {at[1]:.6f} 0 0")


@settings(max_examples=EXAMPLES, deadline=None)
@given(places=st.lists(PLACES, min_size=1, max_size=4))
def test_the_way_between_places_is_as_long_in_both(node: Tablet, places: list[str]) -> None:
    trees = [["call", "distance", *places], ["call", "distance", ";".join(places)], ["call", "area", ";".join(places)]]
    assert node.ask({"trees": trees})["texts"] == [evaluated(tree) for tree in trees]


COUNTS = ["*", "+", "?", "{2}", "{1,3}", "{0,}", "+?"]
ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "\\d", "\\w", "\\s", "[а-яҚ-]", "\\.", "😀"])
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: (
        st.tuples(inner, st.sampled_from(COUNTS)).map(lambda pair: f"(?:{pair[0]}){pair[1]}")
        | st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({'|'.join(parts)})")
    ),
    max_leaves=6,
)  # fmt: skip
TEXTS = st.text(alphabet="aab b1.Қ-ю😀\n", max_size=9)


@settings(max_examples=2 * EXAMPLES, deadline=None)
@given(pattern=PATTERNS, answer=TEXTS)
def test_a_pattern_fits_the_same_answers_everywhere(node: Tablet, pattern: str, answer: str) -> None:
    states = compile_pattern(pattern)
    tree = ["call", "regex", answer, states]
    fits = matches(states, answer)
    assert node.ask({"tree": tree})["text"] == ("true" if fits else "false")
    ours = pattern.replace("\\d", "[0-9]").replace("\\w", "[A-Za-z0-9_]").replace("\\s", "[ \\t\\r\\n]")
    ours = re.sub(r"(?<!\\)\.", r"[^\\r\\n]", ours)
    assert fits == (re.fullmatch(ours, answer) is not None)  # fmt: skip


HOSTILE = ["(a+)+b", "(a|aa)*b", "(a?){40}a{40}b", "(.*a){12}", "[^@]+@[^@]+\\.[^@]+", "(a*)*(a*)*b", "(\\w+\\s?)*!"]


@pytest.mark.parametrize("pattern", HOSTILE)
def test_no_answer_holds_up_a_pattern(node: Tablet, pattern: str) -> None:
    """Every state is tried once a letter, so that the steps are bounded by letters and links; here both are walked."""
    states: Any = compile_pattern(pattern)
    assert sum(len(after) for after in states[4]) <= LINKS
    for answer in ("a" * LONGEST, "a" * (LONGEST - 1) + "!", "a" * (LONGEST + 1)):
        assert node.ask({"tree": ["call", "regex", answer, states]})["text"] == str(matches(states, answer)).lower()


@pytest.mark.parametrize(
    ("pattern", "words"),
    [("(a{100}){100}", "this large"), ("(" * 40 + "a" + ")" * 40, "nested"), ("a**", "a quantifier of a quantifier"),
     ("a{3,1}", "from more to less"), ("[z-a]", "from more to less"), ("(a", "without its )"), ("a)", "a bare )"),
     ("a^b", "inside a pattern"), ("a|b$", "put the alternatives in parentheses"),
     ("\\1", "\\1"), ("(?i)a", "look-around")],
)  # fmt: skip
def test_a_pattern_that_cannot_be_kept_is_refused(pattern: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        compile_pattern(pattern)


SCALE = {"start": 0.0, "end": 10.0, "step": 0.5}
CHOICES = ["one", "two", "three"]
KINDS = ["integer", "decimal", "range", "date", "time", "datetime", "geopoint", "rank", "barcode", "text"]
TYPED = (
    st.text(alphabet="0123456789٣۴.,٫،-−: T/+\u200f\u00a0", max_size=14)
    | st.lists(st.sampled_from([*CHOICES, "gone"]), max_size=4)
    | st.none() | st.booleans() | st.integers(-99, 99) | st.floats(allow_nan=False, allow_infinity=False)
)  # fmt: skip


@settings(max_examples=2 * EXAMPLES, deadline=None)
@given(kind=st.sampled_from(KINDS), typed=TYPED)
def test_what_is_typed_is_kept_and_told_alike(node: Tablet, kind: str, typed: Any) -> None:
    question = {"ref": "q", "kind": kind, "audience": "medical", "range": SCALE}
    assert node.ask({"question": question, "typed": typed, "choices": CHOICES}) == kept(kind, typed)


def kept(kind: str, typed: Any) -> dict[str, str | None]:
    question = Question(ref="q", kind=kind, audience="medical", range=SCALE)
    value = lexical(question, typed)
    return {"kept": value, "wrong": check_value(question, value, CHOICES) if value else None}


@pytest.mark.parametrize(
    ("kind", "typed", "value", "wrong"),
    [
        ("integer", "١٢", "12", None),
        ("integer", "۱ ۲۳۴", "1234", None),
        ("integer", "\u200f-٥", "-5", None),
        ("integer", "12.5", "12.5", "answer_not_integer"),
        ("integer", "О", "О", "answer_not_integer"),  # a Cyrillic letter is no zero
        ("decimal", "١٢٫٥", "12.5", None),
        ("decimal", "12,5", "12.5", None),
        ("decimal", "1 234,5", "1234.5", None),
        ("decimal", "1e3", "1e3", "answer_not_decimal"),
        ("range", "7.5", "7.5", None),
        ("range", "7,3", "7.3", "answer_out_of_range"),
        ("range", "11", "11", "answer_out_of_range"),
        ("range", "x", "x", "answer_not_decimal"),
        ("date", "2026-3-1", "2026-03-01", None),
        ("date", "٢٠٢٦-٠٣-٠١", "2026-03-01", None),
        ("date", "2026-02-29", "2026-02-29", "answer_not_date"),
        ("time", "9.30", "09:30:00.000", None),
        ("time", "۹:۳۰", "09:30:00.000", None),
        ("time", "09:30:00.000+05:00", "09:30:00.000+05:00", None),
        ("time", "24:00", "24:00:00.000", "answer_not_time"),
        ("datetime", "2026-3-1 9:30", "2026-03-01T09:30:00.000", None),
        ("datetime", "2026-03-01T09:30:00.000+05:00", "2026-03-01T09:30:00.000+05:00", None),
        ("datetime", "2026-03-01", "2026-03-01", "answer_not_datetime"),
        ("datetime", "2026-03-01T", "2026-03-01T", "answer_not_datetime"),
        ("geopoint", "43,238 76,945", "43.238 76.945", None),
        ("geopoint", "43.238, 76.945", "43.238 76.945", None),
        ("geopoint", "43.238 76.945 800 5", "43.238 76.945 800 5", None),
        ("geopoint", "? 76.9", "? 76.9", "answer_not_point"),
        ("geopoint", "91 0", "91 0", "answer_not_point"),
        ("rank", ["two", "one", "three"], "two one three", None),
        ("rank", ["two", "one"], "two one", "answer_not_rank"),
        ("rank", ["two", "one", "two"], "two one two", "answer_not_rank"),
        ("barcode", " 4870 \n", "4870", None),
        ("text", " ٣ ", " ٣ ", None),
    ],
)
def test_an_answer_is_stored_in_one_way_however_it_was_typed(
    node: Tablet, kind: str, typed: Any, value: str, wrong: str | None
) -> None:
    assert kept(kind, typed) == {"kept": value, "wrong": wrong}
    question = {"ref": "q", "kind": kind, "audience": "medical", "range": SCALE}
    assert node.ask({"question": question, "typed": typed, "choices": CHOICES}) == kept(kind, typed)


def test_every_hijri_month_begins_on_the_same_day_in_both(node: Tablet) -> None:
    trees = [
        ["call", "esik:hijri-date", year, month, day]
        for year in range(1342, 1502) for month in range(1, 13) for day in (1, 29, 30, 31)
    ]  # fmt: skip
    assert node.ask({"trees": trees})["texts"] == [evaluated(tree) for tree in trees]
