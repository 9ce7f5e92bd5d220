"""XPath as XLSForm uses it: lexer, parser, and the JSON syntax tree that both evaluators read.

A tree is a number, a text (a JSON string), or a list whose first item says what it is:

    ["or" | "and" | "=" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "div" | "mod" | "|", left, right]
    ["neg", of]
    ["call", name, argument…]
    ["path", start, step…]   start: "/" the form, "." the question, "current" the same outside predicates, or a tree
                             step: "..", a name, or ["step", name, predicate…]

Rules: nothing here knows a form; axes, `//`, attributes, node tests and variables are refused by name.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias, cast

Tree: TypeAlias = "int | float | str | list[Tree]"

POWER: Final = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4,
    "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6, "|": 8,
}  # fmt: skip
DEEPEST: Final = 64
LONGEST: Final = 280
"""How deep a tree may be: a + b + c… grows by one with every sign, and all readers go down it. A real form has 268."""

_TOKEN: Final = re.compile(
    r"""(?P<space>[ \t\r\n]+)|(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<text>'[^']*'|"[^"]*")"""
    r"""|(?P<name>[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)|(?P<sign>::|\.\.|//|!=|<=|>=|[()\[\],/.@*+\-=<>|$])"""
)
Token = tuple[str, str]


class ExpressionError(ValueError):
    """What is wrong with an expression, in English, for the report."""


def lex(source: str) -> list[Token]:
    """Tokens as (kind, text); kinds: number, text, name, sign."""
    tokens: list[Token] = []
    at = 0
    while at < len(source):
        found = _TOKEN.match(source, at)
        if found is None:
            raise ExpressionError(f"{source[at : at + 12]!r} cannot be read")
        kind = str(found.lastgroup)
        if kind != "space":
            tokens.append((kind, found.group()))
        at = found.end()
    return tokens


def parse(source: str) -> Tree:
    """The syntax tree of an expression. Raises ExpressionError."""
    parser = _Parser(lex(source))
    tree = parser.expression(0)
    if parser.at < len(parser.tokens):
        raise ExpressionError(f"{parser.tokens[parser.at][1]} was not expected")
    if _depth(tree) > LONGEST:
        raise ExpressionError(f"more than {LONGEST} signs in a row; work it out in several calculations")
    return tree


def _depth(tree: Tree) -> int:
    """Without recursion, which is what is too deep."""
    deep, level = 0, [tree]
    while level := [item for one in level for item in parts(one)]:
        deep += 1
    return deep


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def peek(self, ahead: int = 0) -> Token:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else ("end", "the end")

    def next(self) -> Token:
        token = self.peek()
        self.at += 1
        return token

    def expect(self, sign: str) -> None:
        if self.next() != ("sign", sign):
            raise ExpressionError(f"{sign} is missing")

    def expression(self, power: int) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError("nested too deeply")
        if self.peek() == ("sign", "-"):
            self.next()
            left: Tree = ["neg", self.expression(7)]
        else:
            left = self.primary()
        while True:
            kind, text = self.peek()
            mine = POWER.get(text, 0) if kind in ("sign", "name") else 0
            if mine <= power:
                self.depth -= 1
                return left
            self.next()
            left = [text, left, self.expression(mine)]

    def primary(self) -> Tree:
        kind, text = self.peek()
        if kind == "number":
            self.next()
            return float(text) if "." in text else int(text)
        if kind == "text":
            self.next()
            return text[1:-1]
        if (kind, text) == ("sign", "("):
            self.next()
            inner = self.expression(0)
            self.expect(")")
            return self.after(inner)
        if kind == "name" and self.peek(1) == ("sign", "(") and text not in POWER:
            return self.call()
        if (kind == "name" and text not in POWER) or (kind == "sign" and text in ("/", ".", "..")):
            return self.path()
        if text == "$":
            raise ExpressionError("$ was not expected; a question is written ${name}")
        raise ExpressionError(f"{text} was not expected")

    def call(self) -> Tree:
        name = self.next()[1]
        self.next()
        arguments: list[Tree] = []
        if self.peek() != ("sign", ")"):
            arguments.append(self.expression(0))
            while self.peek() == ("sign", ","):
                self.next()
                arguments.append(self.expression(0))
        self.expect(")")
        if name == "current" and not arguments:
            return self.steps(["path", "current"]) if self.peek() == ("sign", "/") else ["path", "current"]
        return self.after(["call", name, *arguments])

    def after(self, inner: Tree) -> Tree:
        """What follows a call or a parenthesis: only a path may."""
        if self.peek() == ("sign", "["):
            raise ExpressionError("[…] after a call or a parenthesis is not supported; put it after a name")
        return self.steps(["path", inner]) if self.peek() == ("sign", "/") else inner

    def path(self) -> Tree:
        kind, text = self.peek()
        if (kind, text) == ("sign", "/"):
            return self.steps(["path", "/"])
        if (kind, text) == ("sign", "."):
            self.next()
            return self.steps(["path", "."]) if self.peek() == ("sign", "/") else ["path", "."]
        return self.steps(["path", ".", self.step()])

    def steps(self, path: list[Tree]) -> Tree:
        while self.peek() == ("sign", "/"):
            self.next()
            if self.peek() == ("sign", "."):
                self.next()
                continue
            path.append(self.step())
        return path

    def step(self) -> Tree:
        kind, text = self.next()
        if (kind, text) == ("sign", ".."):
            return ".."
        if (kind, text) == ("sign", "//") or (kind, text) == ("sign", "@") or (kind, text) == ("sign", "*"):
            raise ExpressionError(f"{text} in a path is not supported; name the question")
        if kind != "name":
            raise ExpressionError(f"{text} was not expected in a path")
        if self.peek() == ("sign", "::"):
            raise ExpressionError(f"the axis {text}:: is not supported; use .. and names")
        if self.peek() == ("sign", "("):
            raise ExpressionError(f"{text}() in a path is not supported; name the question")
        predicates: list[Tree] = []
        while self.peek() == ("sign", "["):
            self.next()
            predicates.append(self.expression(0))
            self.expect("]")
        return ["step", text, *predicates] if predicates else text


def parts(tree: Tree) -> list[Tree]:
    """A tree's items as trees; empty for numbers and texts."""
    return cast("list[Tree]", tree) if isinstance(tree, list) else []


def calls(tree: Tree) -> list[list[Tree]]:
    """Every call in a tree, outermost first."""
    items = parts(tree)
    found = [items] if items and items[0] == "call" else []
    for item in items:
        found += calls(item)
    return found
