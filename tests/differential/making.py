"""Forms made by chance: groups, nested repeats, every kind of question, expressions over what was asked before.

Rules: a question refers only to earlier ones, so nothing is circular; answers inside a repeat are read from outside
only through a function over all of them. `alike`: leave out what the reference engine means otherwise (explained.yaml).
"""

from __future__ import annotations

from typing import Final

import msgspec
from hypothesis import strategies as st

from forms.source import Row, Source
from tests.differential.saying import Known, Saying

LANGUAGES: Final = ("en", "kk")
LEAVES: Final = (
    "text", "integer", "decimal", "date", "time", "dateTime", "select_one abc", "select_multiple abc", "select_one xyz",
    "rank abc", "range", "acknowledge", "barcode", "geopoint", "image", "note", "calculate", "calculate", "hidden",
)  # fmt: skip
DEFAULTS: Final = {
    "text": ["Almaty", "a b"], "integer": ["7", "0"], "decimal": ["2.5"], "date": ["2020-02-29"],
    "select_one abc": ["a"], "select_multiple abc": ["a c"],
}  # fmt: skip
LISTS: Final = {"abc": ["a", "b", "c"], "xyz": ["x", "y", "12", "a"]}
MOST: Final = 14


class _Form(msgspec.Struct):
    rows: list[dict[str, str]]
    known: list[Known]


class _Maker:
    def __init__(self, draw: st.DrawFn, *, alike: bool) -> None:
        self.draw = draw
        self.alike = alike
        self.form = _Form([], [])
        self.left = draw(st.integers(3, MOST))
        self.named = 0

    def often(self, percent: int) -> bool:
        return self.draw(st.integers(1, 100)) <= percent

    def name(self) -> str:
        self.named += 1
        return f"q{self.named}"

    def items(self, around: tuple[str, ...], depth: int) -> None:
        """Rows of one level; `around`: the repeats in which it stands."""
        first = True
        while self.left > 0 and (first or self.often(85)):
            first = False
            self.left -= 1
            if depth < 3 and self.often(12):
                self.repeat(around, depth)
            elif depth < 3 and self.often(12):
                self.group(around, depth)
            else:
                self.leaf(around)

    def saying(self, around: tuple[str, ...]) -> Saying:
        return Saying(self.draw, self.form.known, around)

    def group(self, around: tuple[str, ...], depth: int) -> None:
        name, say = self.name(), self.saying(around)
        row = {"type": "begin_group", "name": name, "label::en": "A group", "label::kk": "Топ"}
        if self.often(50) and self.may_hide(around):
            row["relevant"] = say.truth(2)
        self.form.rows.append(row)
        self.items(around, depth + 1)
        self.form.rows.append({"type": "end_group"})

    def repeat(self, around: tuple[str, ...], depth: int) -> None:
        name, say = self.name(), self.saying(around)
        row = {"type": "begin_repeat", "name": name, "label::en": "A repeat", "label::kk": "Қайталау"}
        if self.often(30):
            row["repeat_count"] = self.draw(st.sampled_from(["2", "0", f"min(3, {say.number(1)})"]))
        self.form.known.append(Known(name, "repeat", around))
        self.form.rows.append(row)
        self.items((*around, name), depth + 1)
        self.form.rows.append({"type": "end_repeat"})

    def may_hide(self, around: tuple[str, ...]) -> bool:
        """Lists leave out what is not relevant, in the reference they keep it as blank."""
        return not (self.alike and around)

    def leaf(self, around: tuple[str, ...]) -> None:
        kind, name, say = self.draw(st.sampled_from(LEAVES)), self.name(), self.saying(around)
        row = {"type": kind, "name": name}
        if kind in ("calculate", "hidden"):
            row["calculation"] = say.words(2) if self.often(50) else say.number(2)
        else:
            row |= {"label::en": f"Question {name}", "label::kk": f"Сұрақ {name}"}
            self.decorate(row, kind, say, around)
        if kind == "range":
            row["parameters"] = "start=0 end=10 step=1"
        self.form.rows.append(row)
        if kind != "note":
            self.form.known.append(Known(name, kind.partition(" ")[0], around))

    def decorate(self, row: dict[str, str], kind: str, say: Saying, around: tuple[str, ...]) -> None:
        if self.often(30) and self.may_hide(around):
            row["relevant"] = say.truth(2)
        if self.often(20):
            row["label::en"] += f": {say.scalar()}"
            row["hint::en"] = f"After {say.scalar()}"
            row["hint::kk"] = f"{say.scalar()} кейін"
        if kind == "note":
            return
        if self.often(30):
            row["required"] = self.draw(st.sampled_from(["yes", say.truth(1)]))
        if self.often(30) and kind not in ("image", "geopoint", "acknowledge"):
            row["constraint"] = say.limit(kind)
            row["constraint_message::en"] = f"Not so, {say.scalar()}"
            row["constraint_message::kk"] = "Олай емес"
        if self.often(10):
            row["readonly"] = say.truth(1)
        if kind in DEFAULTS and self.often(25):
            row["default"] = self.draw(st.sampled_from(DEFAULTS[kind]))
        if kind.startswith("select_") and self.often(30):
            row["choice_filter"] = self.draw(st.sampled_from(["size > ", "size <= "])) + say.number(1)


@st.composite
def made(draw: st.DrawFn, *, alike: bool = False) -> Source:
    """A source that compiles, unless an expression in it is one that the compiler refuses."""
    maker = _Maker(draw, alike=alike)
    maker.items((), 0)
    survey = [Row(line, cells) for line, cells in enumerate(maker.form.rows, 2)]
    listed = [(name, choice) for name, choices in LISTS.items() for choice in choices]
    choices = [
        Row(
            line,
            {"list_name": name, "name": one, "label::en": one.upper(), "label::kk": f"{one} кк", "size": str(line)},
        )
        for line, (name, one) in enumerate(listed, 2)
    ]
    settings = {"form_id": "made", "title": "Made", "short_title": "Made", "number": "1", "subject": "person",
                "audience": "medical", "default_language": "en"}  # fmt: skip
    return Source("made.yaml", {"settings": [Row(1, settings)], "survey": survey, "choices": choices})
