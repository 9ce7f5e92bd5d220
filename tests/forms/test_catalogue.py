"""What an author reads about functions is what the compiler and both evaluators hold."""

import pytest

from forms.catalogue import CATALOGUE, INSTEAD, Function
from forms.catalogue_words import FORMAT, written
from forms.expressions import ExpressionError
from forms.resolve import WRITTEN, Resolver
from tests.forms.samples import LIBRARY, VECTORS

KINDS = {"value", "text", "number", "truth", "date", "list", "place", "more", *WRITTEN, "question"}


def test_the_table_of_functions_is_that_of_the_catalogue() -> None:
    document = FORMAT.read_text(encoding="utf-8")
    assert written(document) == document, "run python -m forms.catalogue_words"


@pytest.mark.parametrize("function", CATALOGUE.values(), ids=list(CATALOGUE))
def test_a_function_is_described_in_words_that_mean_something(function: Function) -> None:
    assert {kind.rstrip("?…") for kind in function.takes} <= KINDS
    assert function.gives in KINDS
    assert function.meaning.endswith(".")
    assert not function.note or function.note[-1] in ".)"


@pytest.mark.parametrize("function", CATALOGUE.values(), ids=list(CATALOGUE))
def test_a_call_with_too_few_or_too_many_arguments_is_refused(function: Function) -> None:
    counts = [count for count in (function.least - 1, (function.most or 0) + 1) if count >= 0]
    for count in counts if function.most is not None else counts[:-1]:
        call = f"{function.name}({', '.join(['1'] * count)})"
        with pytest.raises(ExpressionError, match=r"another number of arguments|was not expected|is not supported"):
            Resolver({}, set(), "data").resolve(call, "")


@pytest.mark.parametrize("name", INSTEAD)
def test_what_is_not_there_is_refused_with_what_to_write_instead(name: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        Resolver({}, set(), "data").resolve(f"{name}('a')", "")
    assert INSTEAD[name] in str(refused.value)
    assert name not in CATALOGUE


def test_every_function_is_played_in_a_vector_or_a_form_by_both_evaluators() -> None:
    folders = (VECTORS.parent / "expressions", VECTORS, LIBRARY)
    played = "\n".join(path.read_text(encoding="utf-8") for folder in folders for path in folder.iterdir())
    assert [name for name in CATALOGUE if f"{name}(" not in played] == []
