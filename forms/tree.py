"""The answers while a form is open: one node for every question, one for every instance of a repeat.

Rules: a node knows its question, its place and what was entered; what expressions see of it is `string()`, blank when
the node is not relevant or a way out was chosen. Entered values are never thrown away: instances that a smaller count
takes out are kept beside, and come back as they were. A repeat starts with one instance unless it is counted; inside an
instance that was added later it starts with none, as in ODK.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from forms.model import CompiledForm, Question, Way

_STEP: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)(?:\[([1-9][0-9]{0,3})\])?")


MOST_INSTANCES: Final = 1000
"""Of one counted repeat: a slip of the finger must not fill the tablet."""


MOST_KEPT: Final = 9999
"""Instances of one repeat in a draft: a ref can name no more."""


class Node:
    """`below`: name → the nodes of that name in the form's order, one unless it is a repeat. `ranges`: of each repeat
    below a node that stands for all of its instances: where its count and its relevance are asked. `spare`: instances
    that a smaller count took out, the last one first. `fresh`: new, and not evaluated yet. `added`: in an instance that
    the form did not open with."""

    __slots__ = (
        "added", "allowed", "below", "choices", "fresh", "parent", "question", "ranges", "readonly", "relevant",
        "required", "spare", "texts", "value", "way",
    )  # fmt: skip

    def __init__(self, question: Question | None, parent: Node | None, *, added: bool = False) -> None:
        self.question = question
        self.parent = parent
        self.added = added or (parent is not None and parent.added)
        self.below: dict[str, list[Node]] = {}
        self.ranges: dict[str, Node] = {}
        self.spare: dict[str, list[Node]] = {}
        self.fresh = True
        self.value = ""
        self.way: Way | None = None
        self.relevant = True
        self.required = False
        self.readonly = False
        self.allowed = True
        self.choices: list[str] | None = None
        self.texts: dict[str, str] = {}

    def shown(self) -> bool:
        """Relevant, and so is everything around it."""
        return self.relevant and (self.parent is None or self.parent.shown())

    def string(self) -> str:
        return self.value if self.way is None and self.shown() else ""

    def lineage(self) -> list[Node]:
        """The nodes around it and itself, outermost first, without the form."""
        above = self.parent.lineage() if self.parent is not None else []
        return above if self.question is None else [*above, self]

    def children(self, name: str) -> list[Node]:
        return self.below.get(name, [])

    def index(self) -> int:
        """From 1 among the instances of its repeat, 0 for all of them; 1 elsewhere."""
        if self.parent is None or self.question is None:
            return 1
        nodes = self.parent.children(self.question.name)
        return next((place for place, node in enumerate(nodes, 1) if node is self), 0)

    def ref(self) -> str:
        """`members[2].name`; "" for the form."""
        if self.parent is None or self.question is None:
            return ""
        name = self.question.name
        mine = f"{name}[{self.index()}]" if self.question.kind == "repeat" else name
        above = self.parent.ref()
        return f"{above}.{mine}" if above else mine

    def walk(self) -> Iterator[Node]:
        """This node and all below, in the form's order."""
        yield self
        for nodes in self.below.values():
            for node in nodes:
                yield from node.walk()


class Tree:
    """The nodes of one open form. `fresh`: those that were made and not evaluated yet."""

    def __init__(self, form: CompiledForm) -> None:
        self.form = form
        self.below: dict[str, list[Question]] = {}
        for question in form.questions:
            self.below.setdefault(question.parent, []).append(question)
        self.fresh: list[Node] = []
        self.root = Node(None, None)
        self._grow(self.root, "")

    def _grow(self, node: Node, ref: str) -> None:
        for question in self.below.get(ref, []):
            node.below[question.name] = []
            if question.kind == "repeat":
                node.ranges[question.name] = Node(question, node)
            if question.count is None:
                for _ in range(question.least if question.kind == "repeat" and node.added else 1):
                    self.add(node, question)

    def add(self, parent: Node, question: Question, *, added: bool = False) -> Node:
        """A new node for the question with all below it, defaults filled in. `added`: after the form was opened."""
        node = Node(question, parent, added=added)
        node.value = question.default or ""
        parent.below[question.name].append(node)
        self.fresh.append(node)
        self._grow(node, question.ref)
        return node

    def resize(self, range_: Node, wanted: int) -> bool:
        """As many instances as wanted; whether that is another number than before."""
        if range_.parent is None or range_.question is None:
            return False
        name = range_.question.name
        instances, spare = range_.parent.below[name], range_.parent.spare.setdefault(name, [])
        before = len(instances)
        while len(instances) > wanted:
            spare.append(instances.pop())
        while len(instances) < wanted:
            if spare:
                instances.append(spare.pop())
            else:
                self.add(range_.parent, range_.question, added=bool(instances))
        return len(instances) != before

    def settle(self) -> None:
        """What was new has been evaluated."""
        for node in self.fresh:
            node.fresh = False
        self.fresh = []

    def every(self, ref: str) -> list[Node]:
        """All instances of a question, in order."""
        found = [self.root]
        for name in ref.split("."):
            found = [child for node in found for child in node.children(name)]
        return found

    def ranges(self, ref: str) -> list[Node]:
        """What stands for all instances of a repeat, one in each instance of the repeat around."""
        above, _, name = ref.rpartition(".")
        around = self.every(above) if above else [self.root]
        return [node.ranges[name] for node in around if name in node.ranges]

    def find(self, ref: str) -> Node:
        """The node of a ref with indexes. Raises KeyError."""
        node = self.root
        for step in ref.split("."):
            found = _STEP.fullmatch(step)
            if found is None:
                raise KeyError(ref)
            name, index = found.group(1), found.group(2)
            children = node.children(name)
            place = int(index or 1) - 1
            if place >= len(children):
                raise KeyError(ref)
            node = children[place]
            if node.question is None or (node.question.kind == "repeat") == (index is None):
                raise KeyError(ref)
        return node

    def repeat(self, ref: str) -> tuple[Node, Question]:
        """The node around a repeat, and the repeat, of a ref like `members` or `homes[1].members`. Raises KeyError."""
        above, _, name = ref.rpartition(".")
        parent = self.find(above) if above else self.root
        over = parent.question.ref if parent.question else ""
        for question in self.below.get(over, []):
            if question.name == name and question.kind == "repeat":
                return parent, question
        raise KeyError(ref)

    def repeats(self) -> list[tuple[str, Node]]:
        """Every repeat, with the indexes around it, as (`homes[1].members`, its range); those around stand first."""
        found: list[tuple[str, Node]] = []
        for node in self.root.walk():
            above = node.ref() if node.ranges else ""
            found += [(f"{above}.{name}" if above else name, one) for name, one in node.ranges.items()]
        return found

    def counts(self) -> dict[str, int]:
        """Repeat (with the indexes around it) → how many instances it has; those around stand first."""
        found: dict[str, int] = {}
        for ref, range_ in self.repeats():
            if range_.parent is not None and range_.question is not None:
                found[ref] = len(range_.parent.children(range_.question.name))
        return found
