"""Ties an expression to its form: every name is looked up, every call checked, and what it reads is written down.

Rules: absolute paths lose the root's name; literals that must be known at publish time (patterns, formats, list names,
the question of `jr:choice-name`) are put into the shape that the evaluators want, or refused by name.
"""

from __future__ import annotations

from typing import Final, cast

import msgspec

from forms.catalogue import CATALOGUE, INSTEAD
from forms.dates import FIELDS
from forms.expressions import ExpressionError, Tree, parse, parts
from forms.model import CHOOSING
from forms.order import around
from forms.patterns import compile_pattern

WRITTEN: Final = {
    "pattern": "the pattern", "format": "the format", "table": "the list or file", "column": "the column",
}  # fmt: skip


class UnknownNameError(ExpressionError):
    """A path leads nowhere; the message is the name."""


class Resolved(msgspec.Struct, frozen=True):
    """`reads`: refs of the questions and repeats whose answers, ways, relevance or number of instances matter, each
    with the repeat of which the same instance is meant; "": any instance."""

    tree: Tree
    reads: dict[str, str]


class _Where(msgspec.Struct, frozen=True):
    """Where an expression stands. `ref`: what `.` means, None for a row of a list. `scope`: the repeat of which the
    same instance is meant. `outer`: the question that the expression belongs to."""

    ref: str | None
    scope: str
    outer: str


class Resolver:
    """`kinds`: ref → kind of everything in the form; `lists`: names of choice lists and data files; `root`: the
    instance's root. `used`: those lists and files that expressions name."""

    def __init__(self, kinds: dict[str, str], lists: set[str], root: str) -> None:
        self.kinds = kinds
        self.lists = lists
        self.root = root
        self.used: set[str] = set()

    def resolve(self, source: str, context: str, *, filters: bool = False) -> Resolved:
        """`context`: ref of the question the expression belongs to; `filters`: a choice filter, asked of list items.

        Raises ExpressionError, UnknownNameError."""
        reads: dict[str, str] = {}
        where = _Where(None if filters else context, self.repeat_at(context), context)
        return Resolved(self.tree(parse(source), where, reads), reads)

    def reference(self, ref: str, context: str) -> Resolved:
        """The tree of `${name}` in a text of the question `context`."""
        reads: dict[str, str] = {}
        tree = self._path(["path", "/", self.root, *ref.split(".")], _Where("", "", context), reads)
        return Resolved(tree, reads)

    def shared(self, one: str, other: str) -> str:
        """The innermost repeat around both."""
        both = [above for above in around(one) if self.kinds.get(above) == "repeat" and _within(other, above)]
        return both[-1] if both else ""

    def repeat_at(self, ref: str) -> str:
        """The innermost repeat at or around a ref."""
        found = [above for above in around(ref) if self.kinds.get(above) == "repeat"]
        return found[-1] if found else ""

    def tree(self, tree: Tree, where: _Where, reads: dict[str, str]) -> Tree:
        items = parts(tree)
        if not items:
            return tree
        if items == ["path", ".", "null"] and f"{where.ref}.null" not in self.kinds:
            return ""  # what authors write for blank: a path to nothing in XPath
        if items[0] == "path":
            return self._path(items, where, reads)
        if items[0] == "call":
            return self._call(items, where, reads)
        if items[0] == "|":
            raise ExpressionError("| is not supported; use coalesce() or concat()")
        return [items[0], *(self.tree(item, where, reads) for item in items[1:])]

    def _call(self, items: list[Tree], where: _Where, reads: dict[str, str]) -> Tree:
        name, arguments = str(items[1]), items[2:]
        function = CATALOGUE.get(name)
        if function is None:
            raise ExpressionError(f"the function {name}() is not supported. {INSTEAD.get(name, '')}".strip())
        if len(arguments) < function.least or (function.most is not None and len(arguments) > function.most):
            raise ExpressionError(f"{name}() takes another number of arguments than {len(arguments)}")
        if name == "indexed-repeat":
            return self._indexed(arguments, where, reads)
        if not arguments and function.takes in (("text?",), ("number?",)) and name != "uuid":
            arguments = [cast("Tree", ["path", "."])]  # the question itself
        return [
            "call",
            name,
            *(self._argument(name, function.kind(at), item, where, reads) for at, item in enumerate(arguments)),
        ]

    def _argument(self, name: str, kind: str, argument: Tree, where: _Where, reads: dict[str, str]) -> Tree:
        if kind == "place":
            if parts(argument)[:1] != ["path"]:
                raise ExpressionError(f"{name}() takes a question or repeat, not a calculation")
            return self._path(parts(argument), where, reads, value=False, place=name == "position")
        if kind == "question":
            return self._asked(argument, where.outer)
        if kind in WRITTEN:
            return self._written(name, kind, argument)
        return self.tree(argument, where, reads)

    def _written(self, name: str, kind: str, argument: Tree) -> Tree:
        """What must be known when the form is published."""
        if not isinstance(argument, str):
            raise ExpressionError(f"{name}() takes {WRITTEN[kind]} in quotes, so that it can be checked now")
        if kind == "pattern":
            return _pattern(argument)
        if kind == "format":
            return _format(name, argument)
        if kind == "table":
            if argument not in self.lists:
                raise ExpressionError(f"there is no list called {argument}")
            self.used.add(argument)
        return argument

    def _indexed(self, arguments: list[Tree], where: _Where, reads: dict[str, str]) -> Tree:
        """indexed-repeat() as a path whose repeats stand at a place that is said outside of them."""
        if len(arguments) % 2 == 0:
            raise ExpressionError("indexed-repeat() takes a question, then repeats with a place for each")
        paths = [parts(argument) for argument in (arguments[0], *arguments[1::2])]
        if any(path[:1] != ["path"] for path in paths):
            raise ExpressionError("indexed-repeat() takes questions and repeats, not calculations")
        question, *repeats = [".".join(self._walk(path, where.outer)) for path in paths]
        places: dict[str, Tree] = {}
        for repeat, index in zip(repeats, arguments[2::2], strict=True):
            if self.kinds.get(repeat) != "repeat" or not _within(question, repeat):
                raise ExpressionError(f"indexed-repeat(): {repeat} is not a repeat around {question}")
            places[repeat] = self.tree(index, where, reads)
        if question not in self.kinds:
            raise UnknownNameError(question)
        path = self._path(["path", "/", self.root, *question.split(".")], _Where("", "", where.outer), reads)
        refs = around(question)
        for repeat in places:
            reads[repeat] = reads[question] = ""
        steps = parts(path)[2:]
        return [
            "path",
            "/",
            *(["at", step, places[ref]] if ref in places else step for ref, step in zip(refs, steps, strict=True)),
        ]

    def _asked(self, argument: Tree, outer: str) -> str:
        """The ref of the select that `jr:choice-name` names by a path in quotes."""
        if not isinstance(argument, str):
            raise ExpressionError("jr:choice-name() takes the question in quotes")
        path = parts(parse(argument))
        ref = ".".join(self._walk(path, outer)) if path[:1] == ["path"] else ""
        if self.kinds.get(ref, "") not in CHOOSING:
            raise UnknownNameError(argument.strip())
        return ref

    def _walk(self, path: list[Tree], context: str) -> list[str]:
        names = [] if path[1] == "/" else context.split(".")
        steps = path[3:] if path[1] == "/" else path[2:]
        for step in steps:
            names = names[:-1] if step == ".." else [*names, str(step)]
        return names

    def _path(
        self, path: list[Tree], where: _Where, reads: dict[str, str], *, value: bool = True, place: bool = False
    ) -> Tree:
        start, steps = path[1], path[2:]
        if isinstance(start, list):
            inner = self.tree(start, where, reads)
            if parts(start)[:2] != ["call", "instance"] or steps[:1] != ["root"] or _name(steps[1:2]) != "item":
                raise ExpressionError("a list is read as instance('x')/root/item[…]/column")
            return ["path", inner, *(self._item_step(step, where, reads) for step in steps)]
        if start == "." and where.ref is None:
            return ["path", start, *(self._item_step(step, where, reads) for step in steps)]
        if start == "." and steps == ["null"] and not self._known("null", where):
            return ["path", "/", "null"]  # no such question: an empty list, as people who write `null` expect
        if start == "/":
            if not steps or steps[0] != self.root:
                raise UnknownNameError(f"/{steps[0] if steps else ''}")
            walk = _Walk(self, "", "", where, reads, steps[1:])
        elif start == "current" or where.ref is None:
            walk = _Walk(self, where.outer, self.repeat_at(where.outer), where, reads, steps)
        else:
            walk = _Walk(self, where.ref, where.scope, where, reads, steps)
        out: list[Tree] = [
            "path",
            start,
            *(walk.step(depth, absolute=start == "/") for depth in range(len(walk.steps))),
        ]
        here = walk.here
        if value and self.kinds.get(here, "") == "group":
            raise ExpressionError(f"{here} is a group and has no value of its own")
        if here:
            walk.read(here, self.repeat_at(here.rpartition(".")[0]) if place else walk.scope)
        return out

    def _known(self, name: str, where: _Where) -> bool:
        return name in self.kinds or (f"{where.ref}.{name}" in self.kinds)

    def _item_step(self, step: Tree, where: _Where, reads: dict[str, str]) -> Tree:
        items = parts(step)
        if not items:
            return step
        inside = msgspec.structs.replace(where, ref=None)
        return ["step", items[1], *(self.tree(item, inside, reads) for item in items[2:])]


class _Walk:
    """One path, step by step. `scope` is the repeat in whose same instance all of it stays so far; a repeat that is
    entered by name means all its instances, and is read as such."""

    def __init__(
        self, resolver: Resolver, here: str, scope: str, where: _Where, reads: dict[str, str], steps: list[Tree]
    ) -> None:
        self.resolver = resolver
        self.here = here
        self.scope = scope
        self.where = where
        self.reads = reads
        self.steps = steps
        self.same = True

    def read(self, ref: str, scope: str) -> None:
        """What is read near and far is read far."""
        known = self.reads.get(ref, scope)
        self.reads[ref] = min(known, scope, key=len)

    def step(self, depth: int, *, absolute: bool) -> Tree:
        step, kinds = self.steps[depth], self.resolver.kinds
        if step == "..":
            self.here = self.here.rpartition(".")[0]
            self.scope = min(self.scope, self.resolver.repeat_at(self.here), key=len)
            return ".."
        items = parts(step)
        name = str(items[1] if items else step)
        there = f"{self.here}.{name}" if self.here else name
        if there not in kinds:
            raise UnknownNameError(name)
        self.here = there
        if kinds[there] == "repeat":
            self._enter(there, same=absolute and not items and depth < len(self.steps) - 1)
        if not items:
            return name
        inside = _Where(there, self.scope, self.where.outer)
        return ["step", name, *(self.resolver.tree(item, inside, self.reads) for item in items[2:])]

    def _enter(self, repeat: str, *, same: bool) -> None:
        """An absolute path stays in the instance that the question itself stands in."""
        if same and self.same and _within(self.where.outer, repeat):
            self.scope = repeat
            return
        self.same = False
        self.read(repeat, self.scope)


def _within(ref: str, over: str) -> bool:
    return ref == over or ref.startswith(f"{over}.")


def _name(steps: list[Tree]) -> str:
    """Of the first step, with or without […]; "" when there is none."""
    items = parts(steps[0]) if steps else []
    return str(items[1] if items else steps[0]) if steps else ""


def _pattern(argument: str) -> Tree:
    try:
        return compile_pattern(argument)
    except ValueError as error:
        raise ExpressionError(f"regex() does not support {error}") from None


def _format(name: str, argument: str) -> str:
    letters = [part[:1] for part in argument.split("%")[1:]]
    wrong = [f"%{letter}" for letter in letters if letter not in FIELDS or not letter]
    if wrong:
        raise ExpressionError(f"{name}() does not support {wrong[0]}, which differs by language or place")
    return argument
