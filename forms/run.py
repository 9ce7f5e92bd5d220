"""What follows from a change: the expressions that read it are looked at again, in the order of the form.

Rules: what a change reaches is marked and met on the way, so each expression is evaluated once. A calculation that is
not relevant rests. `first` is worked out once, for what is new; `set` when the text of a trigger is another than before
the change; what leans on chance is worked out once and again only when what it reads changes. `static/src/form/run.ts`
is the same, and looks only at the instances that can be concerned.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable
from typing import Any, Final, cast

from forms.expressions import Tree as Syntax
from forms.interpret import Here, Interpreter
from forms.model import CompiledForm, Flag, Question
from forms.order import around
from forms.tree import MOST_INSTANCES, Node, Tree
from forms.values import number, text, truth

GAP: Final = "…"
"""What stands in a text in the place of an answer that is not there yet."""


class Runner:
    """`raised`: flag → the questions under which it stands now."""

    def __init__(self, form: CompiledForm) -> None:
        self.form = form
        self.questions = {question.ref: question for question in form.questions}
        self.spans = _spans(form)
        self.places = {(ref, aspect): place for place, (ref, aspect) in enumerate(form.order)}
        self.flagged = {flag.name: flag for flag in form.flags}
        self.raised: dict[str, list[Node]] = {name: [] for name in self.flagged}
        self.triggers = {ref for question in form.questions for ref in question.triggers}
        self.before: dict[Node, str] = {}
        self.dirty: list[int] = []
        self.waiting: set[int] = set()

    def watch(self, node: Node) -> None:
        """To be called before the value or the relevance of a node may change: what it set off is known by that."""
        if self.triggers and not node.fresh and node.question is not None and node.question.ref in self.triggers:
            self.before.setdefault(node, node.string())

    def mark(self, places: Iterable[int]) -> None:
        for place in places:
            if place not in self.waiting:
                self.waiting.add(place)
                heapq.heappush(self.dirty, place)

    def changed(self, question: Question) -> None:
        self.mark(self.form.affects.get(question.ref, []))

    def instances_changed(self, repeat: Question) -> None:
        """New instances have everything to be evaluated; those that moved have new positions."""
        below = set(self._below(repeat.ref))
        self.mark(
            place for (ref, _), place in self.places.items() if ref in below and (ref, _) != (repeat.ref, "count")
        )
        for ref in below:
            self.mark(self.form.affects.get(ref, []))
        self.mark(self.places[flag.name, "flag"] for flag in self.form.flags if flag.at in below)

    def everything(self) -> None:
        self.mark(range(len(self.form.order)))

    def run(self, tree: Tree, interpreter: Interpreter, *, steady: bool = False, quiet: bool = False) -> None:
        """`steady`: nothing changed but language or person: chance is not taken again. `quiet`: triggers do nothing."""
        while self.dirty:
            place = heapq.heappop(self.dirty)
            self.waiting.discard(place)
            ref, aspect = self.form.order[place]
            if aspect == "flag":
                self._judge(self.flagged[ref], tree, interpreter)
            elif aspect == "set":
                self._set([] if quiet else self._targets(self.questions[ref], tree), interpreter)
            else:
                self._evaluate(ref, aspect, tree, interpreter, steady=steady)
        self.before.clear()
        tree.settle()

    def _judge(self, flag: Flag, tree: Tree, interpreter: Interpreter) -> None:
        nodes = tree.every(flag.at)
        self.raised[flag.name] = [n for n in nodes if truth(interpreter.value(flag.condition, Here(n, n)))]

    def _evaluate(self, ref: str, aspect: str, tree: Tree, interpreter: Interpreter, *, steady: bool) -> None:
        question = self.questions[ref]
        if aspect == "count":
            for range_ in tree.ranges(ref):
                found = number(interpreter.value(question.count, Here(range_, range_)))
                wanted = 0 if math.isnan(found) else int(max(0, min(MOST_INSTANCES, found)))
                if tree.resize(range_, wanted):
                    self.instances_changed(question)
            return
        if aspect == "relevant":
            changed = [self._relevant(node, interpreter) for node in tree.every(ref)]
            for range_ in tree.ranges(ref) if question.kind == "repeat" else []:
                range_.relevant = truth(interpreter.value(question.relevant, Here(range_, range_)))
            self.mark(self._followers(ref) if any(changed) else [])
            return
        for node in tree.every(ref):
            if aspect in ("calculation", "first"):
                rests = not node.fresh if aspect == "first" else not node.shown() or (steady and self._chanced(node))
                if not rests and self._fill(node, interpreter.value(getattr(question, aspect), Here(node, node))):
                    self.changed(question)
            else:
                self._look(node, question, aspect, interpreter)

    def _chanced(self, node: Node) -> bool:
        """What chance gave stands, also when a draft is opened again."""
        return node.question is not None and node.question.chance and node.value != "" and not node.fresh

    def _fill(self, node: Node, result: Any) -> bool:
        self.watch(node)
        before, found = node.value, text(result)
        node.value = "" if found == "NaN" else found
        return node.value != before

    def _relevant(self, node: Node, interpreter: Interpreter) -> bool:
        if node.question is None:
            return False
        before, node.relevant = node.relevant, True  # a group may ask of what is in it
        now = truth(interpreter.value(node.question.relevant, Here(node, node)))
        node.relevant = before
        if now == before:
            return False
        for below in node.walk() if self.triggers else ():
            self.watch(below)
        node.relevant = now
        return True

    def _followers(self, ref: str) -> list[int]:
        """What reads anything below, and what is calculated there and may have rested."""
        found: list[int] = []
        for other in self._below(ref):
            found += self.form.affects.get(other, [])
            found += [self.places[other, "calculation"]] if (other, "calculation") in self.places else []
        return found

    def _below(self, ref: str) -> list[str]:
        """The question itself and all that stands in it."""
        return [question.ref for question in self.form.questions[self.spans[ref]]]

    def _targets(self, question: Question, tree: Tree) -> list[Node]:
        """The nodes that a trigger set off: in a repeat that both stand in, those of the same instance."""
        off = [node for node, before in self.before.items() if node.string() != before]
        off = [node for node in off if node.question is not None and node.question.ref in question.triggers]
        return [node for node in tree.every(question.ref) if any(_together(node, trigger) for trigger in off)]

    def _set(self, nodes: list[Node], interpreter: Interpreter) -> None:
        for node in nodes:
            question = cast("Question", node.question)
            if self._fill(node, interpreter.value(question.set, Here(node, node))):
                node.way = None if node.value else node.way
                self.changed(question)

    def _look(self, node: Node, question: Question, aspect: str, interpreter: Interpreter) -> None:
        """What a page shows of it, and nothing else follows from."""
        here = Here(node, node)
        if aspect == "filter":
            node.choices = _choices(question, node, interpreter)
        elif aspect in ("required", "readonly", "constraint"):
            attribute = "allowed" if aspect == "constraint" else aspect
            setattr(node, attribute, truth(interpreter.value(getattr(question, aspect), here)))
        else:
            pieces = getattr(question, aspect)[interpreter.language]
            node.texts[aspect] = pieces if isinstance(pieces, str) else _words(pieces, interpreter, here)


def _spans(form: CompiledForm) -> dict[str, slice]:
    """Ref → where it and what stands in it are among the questions: they follow each other."""
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    for place, question in enumerate(form.questions):
        starts[question.ref] = place
        for above in around(question.ref):
            ends[above] = place + 1
    return {ref: slice(start, ends[ref]) for ref, start in starts.items()}


def _together(node: Node, other: Node) -> bool:
    """Whether they stand in the same instance of every repeat that is around both."""
    both = zip(node.lineage(), other.lineage(), strict=False)
    return all(one is two for one, two in both if one.question is two.question and _repeats(one))


def _repeats(node: Node) -> bool:
    return node.question is not None and node.question.kind == "repeat"


def _words(pieces: list[Syntax], interpreter: Interpreter, here: Here) -> str:
    said = [piece if isinstance(piece, str) else text(interpreter.value(piece, here)) for piece in pieces]
    return "".join(piece or GAP for piece in said)


def _choices(question: Question, node: Node, interpreter: Interpreter) -> list[str]:
    return interpreter.filtered(question.list or "", question.filter, node)
