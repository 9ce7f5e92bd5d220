"""Reads a syntax tree against the open form: the reference for what an expression means.

Rules: an absolute path that passes a repeat in which the question itself stands means that same instance, as in ODK
(its last step means all instances). A question that is not relevant reads blank; where a path meets several instances,
those that are not relevant are left out. Nothing asks a clock or draws by itself: today, now and random are given.
`static/src/form/interpret.ts` is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from forms.chance import Random, seeded, shuffled, uuid
from forms.expressions import Tree as Syntax
from forms.functions import FUNCTIONS, add_date, date_time, divide, remainder, timestamp
from forms.lists import Cell, Item, Lists, looked_up
from forms.patterns import matches
from forms.tree import Node
from forms.tree import Tree as Answers
from forms.values import Place, Value, compare, number, text, truth


class Here:
    """Where an expression stands: `place` moves inside predicates, `current` does not."""

    __slots__ = ("current", "place", "position", "size")

    def __init__(self, place: Node | Item, current: Node, position: int = 1, size: int = 1) -> None:
        self.place = place
        self.current = current
        self.position = position
        self.size = size


class Interpreter:
    """`language` is that of labels that an expression reads. `random`: 0 ≤ x < 1."""

    def __init__(
        self, answers: Answers, today: str, now: str, language: str, random: Random = lambda: 0.5
    ) -> None:  # fmt: skip
        self.answers = answers
        self.today = today
        self.now = now
        self.language = language
        self.random = random
        self.lists = Lists(answers.form, language)

    def value(self, tree: Syntax, here: Here) -> Value:
        if isinstance(tree, str):
            return tree
        if not isinstance(tree, list):
            return float(tree)
        head = cast("str", tree[0])
        if head == "path":
            return self.path(tree, here)
        if head == "call":
            return self.call(tree, here)
        if head == "neg":
            return -number(self.value(tree[1], here))
        if head == "or":
            return truth(self.value(tree[1], here)) or truth(self.value(tree[2], here))
        if head == "and":
            return truth(self.value(tree[1], here)) and truth(self.value(tree[2], here))
        left, right = self.value(tree[1], here), self.value(tree[2], here)
        if head in ("=", "!=", "<", "<=", ">", ">="):
            return compare(head, left, right)
        return arithmetic(head, number(left), number(right))

    def call(self, tree: list[Syntax], here: Here) -> Value:
        name, arguments = cast("str", tree[1]), tree[2:]
        body = FUNCTIONS.get(name)
        if body is not None:
            return body([self.value(argument, here) for argument in arguments])
        return FORM_FUNCTIONS[name](self, arguments, here)

    def choice_name(self, value: str, ref: str, here: Here) -> str:
        """The label of a choice in the present language; blank when there is no such choice."""
        found = self.lists.find(self.answers.form.question(ref).list or "", "name", value)
        return self.words(found[0].columns.get("label", ""), here) if found else ""

    def words(self, written: str | list[Syntax], here: Here) -> str:
        """A label, with what its expressions say."""
        if isinstance(written, str):
            return written
        return "".join(piece if isinstance(piece, str) else text(self.value(piece, here)) for piece in written)

    def items(self, name: str) -> list[Item]:
        return self.lists.items(name)

    def filtered(self, name: str, predicate: Syntax, node: Node) -> list[str]:
        """Keys of the rows of a list for which a choice filter of the question `node` holds, in the list's order.

        ["call", "randomize", filter, seed?] puts them into the seed's order; without one, into that of this talk."""
        here = Here(node, node)
        shuffle = isinstance(predicate, list) and predicate[:2] == ["call", "randomize"]
        tree = cast("list[Syntax]", predicate)
        found = self.select(self.lists.items(name), name, tree[2] if shuffle else predicate, here)
        if shuffle:
            ref = node.question.ref if node.question is not None else ""  # not the instance, which may move
            found = shuffled(found, seeded(self.value(tree[3], here) if len(tree) > 3 else f"{ref} {self.now}"))
        return [item.key for item in found]

    def path(self, tree: list[Syntax], here: Here) -> list[Place]:
        start, steps = tree[1], tree[2:]
        if isinstance(start, list):
            # Only a list of choices can start a path: ["call", "instance", name], "root", item…
            return self.cells(cast("str", start[2]), steps[1:], here)
        if start == "/":
            return self.steps([self.answers.root], steps, here, absolute=True)
        if start == "current" or isinstance(here.place, Node):
            return self.steps([here.current if start == "current" else cast("Node", here.place)], steps, here)
        column = cast("str", steps[0]) if steps else ""
        return [self.cell(here.place, column, here)] if column in here.place.columns else []

    def steps(self, nodes: list[Node], steps: list[Syntax], here: Here, *, absolute: bool = False) -> list[Place]:
        around = here.current.lineage() if absolute else []
        several = False
        for depth, step in enumerate(steps):
            if step == "..":
                nodes = list(dict.fromkeys(node.parent for node in nodes if node.parent is not None))
                continue
            kind = step[0] if isinstance(step, list) else ""
            name = cast("str", step[1] if isinstance(step, list) else step)
            nodes = [child for node in nodes for child in node.children(name)]
            repeated = bool(nodes) and nodes[0].question is not None and nodes[0].question.kind == "repeat"
            if kind == "at":
                nodes = self.at(nodes, cast("list[Syntax]", step)[2], here)
            elif kind == "step":
                for predicate in cast("list[Syntax]", step)[2:]:
                    nodes = [n for at, n in enumerate(nodes, 1) if self.holds(predicate, n, here, at, len(nodes))]
            elif absolute and depth < len(steps) - 1 and depth < len(around) and around[depth] in nodes:
                nodes, repeated = [around[depth]], False
            several = several or repeated
        return [node for node in nodes if node.shown()] if several else list(nodes)

    def at(self, nodes: list[Node], index: Syntax, here: Here) -> list[Node]:
        """The instance at a place from 1, where the place is said outside of the repeat."""
        place = number(self.value(index, here))
        return nodes[int(place) - 1 : int(place)] if place in range(1, len(nodes) + 1) else []

    def cells(self, name: str, steps: list[Syntax], here: Here) -> list[Place]:
        items = self.lists.items(name)
        for step in steps:
            if isinstance(step, list):
                for predicate in step[2:]:
                    items = self.select(items, name, predicate, here)
            elif step != "item":
                column = cast("str", step)
                return [self.cell(item, column, here) for item in items if column in item.columns]
        return list(items)

    def cell(self, item: Item, column: str, here: Here) -> Cell:
        return Cell(self.words(item.columns[column], here))

    def select(self, items: list[Item], name: str, predicate: Syntax, here: Here) -> list[Item]:
        """The rows for which a predicate holds; by a look-up where it asks one column for a text."""
        wanted = looked_up(predicate) if items is self.lists.items(name) else None
        known = self.value(wanted[1], here) if wanted is not None else True
        if wanted is None or isinstance(known, (bool, int, float)):
            near = list(enumerate(items, 1))
        else:
            texts = [known] if isinstance(known, str) else [place.string() for place in known]
            near = self.lists.places(name, wanted[0], texts)
            if wanted[2]:
                return [item for _, item in near]
        return [item for place, item in near if self.holds(predicate, item, here, place, len(items))]

    def holds(self, predicate: Syntax, place: Node | Item, here: Here, position: int, size: int) -> bool:
        """A number in […] asks for that place, anything else for its truth."""
        value = self.value(predicate, Here(place, here.current, position, size))
        return value == position if _is_number(value) else truth(value)

    # Functions that need the form around them

    def _if(self, arguments: list[Syntax], here: Here) -> Value:
        return self.value(arguments[1 if truth(self.value(arguments[0], here)) else 2], here)

    def _once(self, arguments: list[Syntax], here: Here) -> Value:
        held = here.current.value if here.current.way is None else ""
        return held or text(self.value(arguments[0], here))

    def _uuid(self, arguments: list[Syntax], here: Here) -> Value:
        return uuid(self.random, number(self.value(arguments[0], here)) if arguments else None)

    def _pulldata(self, arguments: list[Syntax], here: Here) -> Value:
        table, column, key = (cast("str", argument) for argument in arguments[:3])
        found = self.lists.find(table, key, text(self.value(arguments[3], here)))
        return self.words(found[0].columns.get(column, ""), here) if found else ""

    def _choice_name(self, arguments: list[Syntax], here: Here) -> Value:
        return self.choice_name(text(self.value(arguments[0], here)), cast("str", arguments[1]), here)

    def _regex(self, arguments: list[Syntax], here: Here) -> Value:
        return matches(cast("list[Syntax]", arguments[1]), text(self.value(arguments[0], here)))

    def _count(self, arguments: list[Syntax], here: Here) -> Value:
        found = self.path(cast("list[Syntax]", arguments[0]), here)
        return float(sum(1 for place in found if not isinstance(place, Node) or place.shown()))

    def _position(self, arguments: list[Syntax], here: Here) -> Value:
        if not arguments:
            return float(here.position)
        node = self._node(arguments, here)
        return float("nan") if node is None else float(node.index())

    def _node(self, arguments: list[Syntax], here: Here) -> Node | None:
        found = self.path(cast("list[Syntax]", arguments[0]), here)
        return found[0] if found and isinstance(found[0], Node) else None

    def _asked(self, arguments: list[Syntax], here: Here) -> Value:
        node = self._node(arguments, here)
        return node is not None and node.shown() and (node.value != "" or node.way is not None)

    def way(self, way: str, arguments: list[Syntax], here: Here) -> Value:
        node = self._node(arguments, here)
        return node is not None and node.shown() and node.way == way

    def all(self, arguments: list[Syntax], here: Here) -> list[Value]:
        return [self.value(argument, here) for argument in arguments]

    BODIES: Final[dict[str, Callable[[Interpreter, list[Syntax], Here], Value]]] = {
        "if": _if,
        "last": lambda _, __, here: float(here.size),
        "position": _position,
        "count": _count,
        "today": lambda run, _, __: run.today,
        "now": lambda run, _, __: run.now,
        "date-time": lambda run, a, here: date_time(run.value(a[0], here), run.now),
        "add-date": lambda run, a, here: add_date(run.all(a, here), run.now),
        "parse-timestamp-to-date": lambda run, a, here: timestamp(run.value(a[0], here), run.now),
        "jr:choice-name": _choice_name,
        "pulldata": _pulldata,
        "regex": _regex,
        "once": _once,
        "random": lambda run, _, __: run.random(),
        "uuid": _uuid,
        "esik:unknown": lambda run, a, here: run.way("unknown", a, here),
        "esik:declined": lambda run, a, here: run.way("declined", a, here),
        "esik:asked": _asked,
    }  # fmt: skip


FORM_FUNCTIONS: Final = Interpreter.BODIES


def arithmetic(sign: str, left: float, right: float) -> float:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    return divide(left, right) if sign == "div" else remainder(left, right)


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
