"""Ties an expression to its form: every name is looked up, every call checked, and what it reads is written down.

Rules: absolute paths lose the root's name; literals that must be known at publish time (patterns, formats, list names,
the question of `jr:choice-name`) are put into the shape that the evaluators want, or refused by name.
"""

from __future__ import annotations

from typing import Final

import msgspec

from forms.dates import FIELDS
from forms.expressions import ExpressionError, Tree, parse, parts
from forms.functions import FUNCTIONS, INSTEAD
from forms.patterns import rewrite

LITERAL: Final = {"regex": "the pattern", "format-date": "the format", "format-date-time": "the format"}


class UnknownNameError(ExpressionError):
    """A path leads nowhere; the message is the name."""


class Resolved(msgspec.Struct, frozen=True):
    """`reads`: refs of the questions and repeats whose answers, ways, relevance or number of instances matter."""

    tree: Tree
    reads: frozenset[str]


class Resolver:
    """`kinds`: ref → kind of everything in the form; `lists`: names of choice lists; `root`: the instance's root."""

    def __init__(self, kinds: dict[str, str], lists: set[str], root: str) -> None:
        self.kinds = kinds
        self.lists = lists
        self.root = root

    def resolve(self, source: str, context: str, *, filters: bool = False) -> Resolved:
        """`context`: ref of the question the expression belongs to; `filters`: a choice filter, asked of list items.

        Raises ExpressionError, UnknownNameError."""
        reads: set[str] = set()
        tree = self._tree(parse(source), None if filters else context, context, reads)
        return Resolved(tree, frozenset(reads))

    def reference(self, ref: str) -> Resolved:
        """The tree of `${name}` in a text."""
        reads: set[str] = set()
        tree = self._path(["path", "/", self.root, *ref.split(".")], "", "", reads)
        return Resolved(tree, frozenset(reads))

    def _tree(self, tree: Tree, context: str | None, outer: str, reads: set[str]) -> Tree:
        items = parts(tree)
        if not items:
            return tree
        if items[0] == "path":
            return self._path(items, context, outer, reads)
        if items[0] == "call":
            return self._call(items, context, outer, reads)
        return [items[0], *(self._tree(item, context, outer, reads) for item in items[1:])]

    def _call(self, items: list[Tree], context: str | None, outer: str, reads: set[str]) -> Tree:
        name, arguments = str(items[1]), items[2:]
        function = FUNCTIONS.get(name)
        if function is None:
            raise ExpressionError(f"the function {name}() is not supported. {INSTEAD.get(name, '')}".strip())
        if len(arguments) < function.least or (function.most is not None and len(arguments) > function.most):
            raise ExpressionError(f"{name}() takes another number of arguments than {len(arguments)}")
        if name in ("count", "esik:unknown", "esik:declined", "esik:asked") or (name == "position" and arguments):
            if parts(arguments[0])[:1] != ["path"]:
                raise ExpressionError(f"{name}() takes a question or repeat, not a calculation")
            path = self._path(parts(arguments[0]), context, outer, reads, value=False)
            return ["call", name, path]
        if name == "jr:choice-name":
            return ["call", name, self._tree(arguments[0], context, outer, reads), self._asked(arguments[1], outer)]
        if name == "instance" and arguments[0] not in self.lists:
            raise ExpressionError(f"there is no list called {arguments[0]}")
        if name in LITERAL:
            arguments = [arguments[0], _literal(name, arguments[1])]
        if name == "pow" and not _whole(arguments[1]):
            raise ExpressionError("pow() takes a whole number as its exponent")
        return ["call", name, *(self._tree(item, context, outer, reads) for item in arguments)]

    def _asked(self, argument: Tree, outer: str) -> str:
        """The ref of the select that `jr:choice-name` names by a path in quotes."""
        if not isinstance(argument, str):
            raise ExpressionError("jr:choice-name() takes the question in quotes")
        path = parts(parse(argument))
        ref = ".".join(self._walk(path, outer)) if path[:1] == ["path"] else ""
        if not self.kinds.get(ref, "").startswith("select_"):
            raise UnknownNameError(argument.strip())
        return ref

    def _walk(self, path: list[Tree], context: str) -> list[str]:
        names = [] if path[1] == "/" else context.split(".")
        steps = path[3:] if path[1] == "/" else path[2:]
        for step in steps:
            names = names[:-1] if step == ".." else [*names, str(step)]
        return names

    def _path(self, path: list[Tree], context: str | None, outer: str, reads: set[str], *, value: bool = True) -> Tree:
        start, steps = path[1], path[2:]
        if isinstance(start, list):
            inner = self._tree(start, context, outer, reads)
            return ["path", inner, *(self._item_step(step, outer, reads) for step in steps)]
        if start == "/":
            if not steps or steps[0] != self.root:
                raise UnknownNameError(f"/{steps[0] if steps else ''}")
            steps, here = steps[1:], ""
        elif start == "." and context is None:
            return ["path", start, *(self._item_step(step, outer, reads) for step in steps)]
        else:
            here = outer if start == "current" or context is None else context
        out: list[Tree] = ["path", start]
        for step in steps:
            here, rewritten = self._step(step, here, outer, reads)
            out.append(rewritten)
        if value and self.kinds.get(here, "") == "group":
            raise ExpressionError(f"{here} is a group and has no value of its own")
        if here:
            names = here.split(".")
            above = [".".join(names[: n + 1]) for n in range(len(names))]
            reads.update(ref for ref in above if self.kinds[ref] == "repeat" or ref == here)
        return out

    def _step(self, step: Tree, here: str, outer: str, reads: set[str]) -> tuple[str, Tree]:
        if step == "..":
            return here.rpartition(".")[0], ".."
        items = parts(step)
        name = str(items[1] if items else step)
        there = f"{here}.{name}" if here else name
        if there not in self.kinds:
            raise UnknownNameError(name)
        if not items:
            return there, name
        return there, ["step", name, *(self._tree(item, there, outer, reads) for item in items[2:])]

    def _item_step(self, step: Tree, outer: str, reads: set[str]) -> Tree:
        items = parts(step)
        if not items:
            return step
        return ["step", items[1], *(self._tree(item, None, outer, reads) for item in items[2:])]


def _whole(tree: Tree) -> bool:
    """A whole number as it is written: 2 or -2."""
    items = parts(tree)
    return isinstance(tree, int) or (len(items) == 2 and items[0] == "neg" and isinstance(items[1], int))


def _literal(name: str, argument: Tree) -> str:
    if not isinstance(argument, str):
        raise ExpressionError(f"{name}() takes {LITERAL[name]} in quotes, so that it can be checked now")
    if name == "regex":
        try:
            return rewrite(argument)
        except ValueError as error:
            raise ExpressionError(f"regex() does not support {error}") from None
    wrong = [
        f"%{after}" for after in (part[:1] for part in argument.split("%")[1:]) if after not in FIELDS or not after
    ]
    if wrong:
        raise ExpressionError(f"{name}() does not support {wrong[0]}, which differs by language or place")
    return argument
