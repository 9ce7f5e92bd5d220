"""What a person may do with an open form, by chance: answers right and wrong, ways out, repeats, languages.

Rules: every step is possible when it comes; answers are of every kind, in the digits and spellings that people use.
"""

from typing import Any

from hypothesis import strategies as st

from forms.card import make_card
from forms.evaluate import Engine
from forms.model import CompiledForm, Question, Way
from tests.forms.playing import opened
from tests.forms.samples import FORMS, compiled

WORDS = st.text(alphabet="aбҚع9 .,-😀'", max_size=6)
DATES = st.dates().map(str) | st.sampled_from(["2026-03-01", "2024-02-29", "2023-02-29", "2021--05", "٢٠٢١-٠٥-٠١"])
TIMES = st.times().map(lambda at: f"{at:%H:%M}:00.000+05:00") | st.sampled_from(["9:30", "25:00", "09:30:00", "٠٩:٣٠"])
NUMBERS = st.integers(-9, 99).map(str) | st.sampled_from(
    ["1,5", "٣", "1e3", " 7 ", "-0", "0.1", "99999999999999999", "x"]
)
POINTS = st.sampled_from(["43.25 76.9 0 0", "43.25 76.9", "91 0 0 0", "? 76.9", "-0.5 -180 12.5 3"])
FILES = st.sampled_from(["0123456789abcdef.jpg", "AbCdEfGhIjKlMnOpQrStUvWx", "x"])
CARDS = st.binary(min_size=5, max_size=5).map(make_card) | st.just("7kq4 m2xd 9p")
KNOWN = st.fixed_dictionaries(
    {},
    optional={
        "person.name": WORDS,
        "person.sex": st.sampled_from(["female", "male", "gone"]),
        "person.birth_date": DATES,
        "person.birth_date_precision": st.sampled_from(["day", "year", ""]),
    },
)


def values(form: CompiledForm, question: Question) -> st.SearchStrategy[Any]:
    names = [choice.name for choice in form.lists.get(question.list or "", [])]
    of_kind = {
        "select_one": st.sampled_from([*names, "gone"]),
        "select_multiple": st.lists(st.sampled_from([*names, "gone"]), unique=True),
        "rank": st.permutations(names) | st.just(["gone"]),
        "integer": NUMBERS,
        "decimal": NUMBERS | st.floats(allow_nan=False, allow_infinity=False),
        "range": NUMBERS,
        "date": DATES,
        "time": TIMES,
        "datetime": st.builds("{}T{}".format, DATES, TIMES) | DATES,
        "geopoint": POINTS,
        "image": FILES,
        "audio": FILES,
        "file": FILES,
        "acknowledge": st.booleans(),
    }.get(question.kind, WORDS)
    return st.none() | of_kind | (CARDS if question.role == "card" else of_kind)


@st.composite
def steps_of(draw: st.DrawFn, form: CompiledForm, most: int = 14) -> list[list[Any]]:
    """What a person does with a form that was just opened."""
    engine = opened(form)
    steps: list[list[Any]] = []
    for _ in range(draw(st.integers(1, most))):
        step = _step(draw, form, engine)
        if step is not None:
            steps.append(step)
    return steps


def _step(draw: st.DrawFn, form: CompiledForm, engine: Engine) -> list[Any] | None:
    nodes = [node for node in engine.tree.root.walk() if node.question is not None]
    leaves = [(n.ref(), n.question) for n in nodes if n.question and n.question.asks]
    repeats = {ref: count for ref, count in engine.draft().repeats.items() if not _counted(form, ref)}
    kind = draw(st.sampled_from(["set"] * 4 + ["way", "addRepeat", "removeRepeat", "setLanguage", "know"]))
    if kind == "set" and leaves:
        ref, question = draw(st.sampled_from(leaves))
        value = draw(values(form, question))
        engine.set(ref, value)
        return ["set", ref, value]
    if kind == "way" and any(question.ways for _, question in leaves):
        ref, question = draw(st.sampled_from([leaf for leaf in leaves if leaf[1].ways]))
        way: Way | None = draw(st.sampled_from([None, *question.ways]))
        engine.way(ref, way)
        return ["way", ref, way]
    if kind == "addRepeat" and repeats and sum(repeats.values()) < 8:
        ref = draw(st.sampled_from(sorted(repeats)))
        engine.add_repeat(ref)
        return ["addRepeat", ref]
    if kind == "removeRepeat" and any(repeats.values()):
        ref = draw(st.sampled_from(sorted(ref for ref, count in repeats.items() if count)))
        index = draw(st.integers(1, repeats[ref]))
        engine.remove_repeat(ref, index)
        return ["removeRepeat", ref, index]
    if kind == "know" and any(question.from_ for question in form.questions):
        known = draw(KNOWN)
        engine.know(known)
        return ["know", known]
    language = draw(st.sampled_from(form.languages))
    engine.set_language(language)
    return ["setLanguage", language]


def _counted(form: CompiledForm, ref: str) -> bool:
    """Whether an expression says how many instances a repeat has, and nobody else."""
    plain = ".".join(step.partition("[")[0] for step in ref.split("."))
    return form.question(plain).count is not None


@st.composite
def answering(draw: st.DrawFn) -> tuple[CompiledForm, list[list[Any]]]:
    """One of the sample forms, and what a person does with it."""
    form = compiled(draw(st.sampled_from(FORMS)))
    return form, draw(steps_of(form))
