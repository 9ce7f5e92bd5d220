"""What expressions mean: vectors that the tablet reads too, and what the parser refuses."""

from typing import Any

import pytest

from forms.evaluate import Engine
from forms.expressions import ExpressionError, parse
from forms.interpret import Here, Interpreter
from forms.model import decode, encode
from forms.resolve import Resolver
from forms.tree import Tree
from forms.values import text
from tests.forms.playing import NOW, TODAY
from tests.forms.samples import compiled
from tests.forms.small import small
from tests.vectors import vectors

EXPRESSIONS = vectors("forms", "expressions")


@pytest.mark.parametrize("vector", [v for _, v in EXPRESSIONS], ids=[name for name, _ in EXPRESSIONS])
def test_an_expression_means_what_its_vector_says(vector: dict[str, Any]) -> None:
    given = vector["given"]
    assert Resolver({}, set(), "data").resolve(given["expression"], "").tree == given["tree"]
    answers = Tree(compiled("clinic"))
    interpreter = Interpreter(answers, TODAY, NOW, "en")
    assert text(interpreter.value(given["tree"], Here(answers.root, answers.root))) == vector["expect"]


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("1 +", "the end was not expected"),
        ("(1", ") is missing"),
        ("'open", "cannot be read"),
        ("1 2", "2 was not expected"),
        ("a and and (b)", "and was not expected"),
        ("a or or b", "or was not expected"),
        ("number($a)", "a question is written ${name}"),
        ("//a", "was not expected"),
        ("a//b", "// was not expected"),
        ("a/@b", "@ in a path"),
        ("a/*", "* in a path"),
        ("ancestor::a", "the axis ancestor::"),
        ("a/text()", "text() in a path"),
        ("$a", "$ was not expected"),
        ("concat('a')[1]", "after a call"),
        ("(" * 200 + "1" + ")" * 200, "nested too deeply"),
    ],
)
def test_an_expression_that_is_not_supported_is_refused_by_name(expression: str, words: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(expression)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("pulldata('a', 'b', 'c', 'd')", "there is no list called a"),
        ("digest('a', 'SHA-256')", "digest() is not supported. Esik seals every answer"),
        ("lower-case('A')", "lower-case() is not supported. Use translate"),
        ("indexed-repeat(1, 2, 3)", "takes questions and repeats, not calculations"),
        ("'a' | 'b'", "| is not supported; use coalesce()"),
        ("frobnicate()", "frobnicate() is not supported"),
        ("if(true(), 1)", "if() takes another number of arguments than 2"),
        ("regex('a', concat('a', 'b'))", "takes the pattern in quotes"),
        ("regex('a', '(?<=a)b')", "look-around"),
        ("regex('a', '\\p{L}')", "\\p"),
        ("regex('a', 'a++')", "possessive"),
        ("regex('a', '[a')", "a [ without its ]"),
        ("regex('a', '(((){9999}){9999}){9999}')", "a pattern this large"),
        ("regex('a', '((|){9999,}){9999,}')", "a pattern this large"),
        (f"1{' + 1' * 400}", "more than 280 signs in a row"),
        (f"1{' or 1' * 5000}", "more than 280 signs in a row"),
        ("format-date('2026-03-01', '%B')", "does not support %B"),
        ("instance('nothing')/root/item", "no list called nothing"),
        ("count(1)", "takes a question or repeat"),
    ],
)
def test_a_call_that_cannot_be_kept_is_refused_with_a_way_on(expression: str, words: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        Resolver({}, set(), "data").resolve(expression, "")
    assert words in str(refused.value)


def test_the_deepest_expression_that_is_taken_is_worked_out() -> None:
    expression = f"1{' + 1' * 218}"
    for _ in range(60):
        expression = f"abs({expression})"
    row = f"  - {{type: calculate, name: c, calculation: '{expression}'}}\n"
    form = small(f"  - {{type: integer, name: a, label: A}}\n{row}").form
    assert decode(encode(form)) == form
    assert Engine(form, today=TODAY, now=NOW).value("c") == "219"
