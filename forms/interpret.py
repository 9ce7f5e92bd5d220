"""Reads a syntax tree against the open form: the reference for what an expression means.

Rules: an absolute path that passes a repeat in which the question itself stands means that same instance, as in ODK
(its last step means all instances). Places that are not relevant are left out of every list. Nothing asks a clock:
today and now are given. `static/src/form/interpret.ts` is the same.
"""

from __future__ import annotations

from typing import cast

from forms.expressions import Tree as Syntax
from forms.functions import FUNCTIONS, divide, remainder
from forms.tree import Node
from forms.tree import Tree as Answers
from forms.values import Place, Value, compare, number, text, truth


class Item:
    """A row of a choice list, as paths see it."""

    def __init__(self, columns: dict[str, str]) -> None:
        self.columns = columns

    def string(self) -> str:
        return ""


class Cell:
    """A column of a choice list's row."""

    def __init__(self, value: str) -> None:
        self.value = value

    def string(self) -> str:
        return self.value


class Here:
    """Where an expression stands: `place` moves inside predicates, `current` does not."""

    __slots__ = ("current", "place", "position", "size")

    def __init__(self, place: Node | Item, current: Node, position: int = 1, size: int = 1) -> None:
        self.place = place
        self.current = current
        self.position = position
        self.size = size


class Interpreter:
    """`language` is needed for `jr:choice-name` only."""

    def __init__(self, answers: Answers, today: str, now: str, language: str) -> None:
        self.answers = answers
        self.today = today
        self.now = now
        self.language = language

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
        return self.arithmetic(head, number(left), number(right))

    def arithmetic(self, sign: str, left: float, right: float) -> float:
        if sign == "+":
            return left + right
        if sign == "-":
            return left - right
        if sign == "*":
            return left * right
        return divide(left, right) if sign == "div" else remainder(left, right)

    def call(self, tree: list[Syntax], here: Here) -> Value:
        name, arguments = cast("str", tree[1]), tree[2:]
        body = FUNCTIONS[name].body
        if body is not None:
            return body([self.value(argument, here) for argument in arguments])
        if name == "if":
            return self.value(arguments[1 if truth(self.value(arguments[0], here)) else 2], here)
        if name == "today":
            return self.today
        if name == "now":
            return self.now
        if name == "last":
            return float(here.size)
        if name == "position" and not arguments:
            return float(here.position)
        if name == "jr:choice-name":
            return self.choice_name(text(self.value(arguments[0], here)), cast("str", arguments[1]))
        found = self.path(cast("list[Syntax]", arguments[0]), here)
        if name == "count":
            return float(len(found))
        node = found[0] if found else None
        if name == "position":
            return float(node.index()) if isinstance(node, Node) else 0.0
        return self.asked(name, node)

    def asked(self, name: str, node: Place | None) -> bool:
        """esik:unknown, esik:declined, esik:asked."""
        if not isinstance(node, Node):
            return False
        if name == "esik:asked":
            return node.value != "" or node.way is not None
        return node.way == name.removeprefix("esik:")

    def choice_name(self, value: str, ref: str) -> str:
        """The label of a choice in the present language; blank when there is no such choice."""
        listed = self.answers.form.question(ref).list or ""
        for choice in self.answers.form.lists.get(listed, []):
            if choice.name == value:
                return str(choice.label[self.language])
        return ""

    def items(self, name: str) -> list[Item]:
        return [
            Item({"name": choice.name, "label": str(choice.label[self.language])} | choice.columns)
            for choice in self.answers.form.lists.get(name, [])
        ]

    def path(self, tree: list[Syntax], here: Here) -> list[Place]:
        start, steps = tree[1], tree[2:]
        if isinstance(start, list):
            # Only a list of choices can start a path: ["call", "instance", name], "root", item…
            return self.cells(self.items(cast("str", start[2])), steps[1:], here)
        if start == "/":
            return self.steps([self.answers.root], steps, here, absolute=True)
        if start == "current" or isinstance(here.place, Node):
            return self.steps([here.current if start == "current" else cast("Node", here.place)], steps, here)
        column = cast("str", steps[0]) if steps else ""
        return [Cell(here.place.columns[column])] if column in here.place.columns else []

    def steps(self, nodes: list[Node], steps: list[Syntax], here: Here, *, absolute: bool = False) -> list[Place]:
        around = here.current.lineage() if absolute else []
        for depth, step in enumerate(steps):
            if step == "..":
                nodes = list(dict.fromkeys(node.parent for node in nodes if node.parent is not None))
                continue
            predicates = step[2:] if isinstance(step, list) else []
            name = cast("str", step[1] if isinstance(step, list) else step)
            nodes = [child for node in nodes for child in node.children(name)]
            if (
                absolute
                and not predicates
                and depth < len(steps) - 1
                and depth < len(around)
                and around[depth] in nodes
            ):
                nodes = [around[depth]]
            for predicate in predicates:
                nodes = [
                    node for place, node in enumerate(nodes, 1) if self.holds(predicate, node, here, place, len(nodes))
                ]
        return [node for node in nodes if node.shown()]

    def cells(self, items: list[Item], steps: list[Syntax], here: Here) -> list[Place]:
        for step in steps:
            if isinstance(step, list):
                for predicate in step[2:]:
                    items = [i for place, i in enumerate(items, 1) if self.holds(predicate, i, here, place, len(items))]
            elif step != "item":
                column = cast("str", step)
                return [Cell(item.columns[column]) for item in items if column in item.columns]
        return list(items)

    def holds(self, predicate: Syntax, place: Node | Item, here: Here, position: int, size: int) -> bool:
        """A number in […] asks for that place, anything else for its truth."""
        value = self.value(predicate, Here(place, here.current, position, size))
        return value == position if _is_number(value) else truth(value)


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
