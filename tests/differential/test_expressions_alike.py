"""Any expression reads as in ODK's own engine: every function of the catalogue, with blanks, borders and wrong kinds.

Rules: left out is what the reference does not have, and what it means otherwise; each with its reason below. `or` and
`and` stand in boolean(), because the reference gives their operands (explained.yaml says what we give).
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from forms.catalogue import CATALOGUE
from forms.compile import compile_form
from forms.source import Row, Source
from tests.differential.agreement import against_reference, told
from tests.differential.driver import Driver, driver
from tests.differential.stages import Stage

EXAMPLES = int(os.environ.get("ESIK_EXAMPLES", "150"))
AT_ONCE = 40
OF_CHT = ("add-date", "difference-in-months", "parse-timestamp-to-date")
MEANT_OTHERWISE = {
    "weighted-checklist": "the reference stops adding weights where a blank one stands, we go on and find no number",
    "substring": "the reference has none",
    "substring-after": "the reference cuts one letter where the mark has several",
    "sum": "of nothing it is 0 with us; made forms and the sheets ask for it",
    "randomize": "it gives choices, not a value",
    "instance": "it starts a path; the sheets ask for it",
    "current": "it starts a path; the sheets ask for it",
    "last": "it asks in […]; the sheets ask for it",
    "indexed-repeat": "it takes repeats by their names; the sheets ask for it",
    "once": "the reference keeps what stood at opening even when it was blank",
    "uuid": "chance; compared by its shape in the sheets",
    "position": "it takes a repeat by ..; the sheets ask for it",
    "pulldata": "it needs a file; the sheets ask for it",
    "date": "the reference gives moments and says Invalid Date",
    "date-time": "the reference has none",
    "area": "geopoints are read more strictly with us",
    "distance": "geopoints are read more strictly with us",
    "count-non-empty": "it takes a path; made forms ask for it",
    "regex": "it holds for the whole answer with us, as in Collect",
}
NAMES = sorted(name for name in CATALOGUE if name not in MEANT_OTHERWISE and ":" not in name and name not in OF_CHT)
PATHS = ("${t}", "${n}", "${d}", "${day}", "${one}", "${many}", "${blank}", "${off}")
LITERALS = ("'a'", "''", "'12'", "' 3 '", "'2024-02-29'", "'2026-03-01T14:06:00.000+00:00'", "'09:30:00.000'", "1", "0",
            "-1", "2.5", "0.1", "today()", "now()", "true()", "false()", "0 div 0")  # fmt: skip
SIGNS = ("=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod")
WRITTEN = {
    "date": ("${day}", "${t}", "${blank}", "'2024-02-29'", "'a'", "''", "today()", "now()"),  # it throws for a truth
    "place": ("${kids}", "${age}"),
    "places": ("0", "1", "2", "-1"),  # beyond what a number can hold it is no number with them
    "format": ("'%Y-%m-%d'", "'%e/%n/%y'", "'%H:%M'", "'%d %b'"),
    "question": ("'${one}'",),
    "pattern": ("'[0-9]+'",),
}
ODDLY_TAKEN = {"decimal-date-time": ["date"], "round": ["number", "places"]}
SURVEY = (
    {"type": "text", "name": "t", "label": "t"},
    {"type": "integer", "name": "n", "label": "n"},
    {"type": "decimal", "name": "d", "label": "d"},
    {"type": "date", "name": "day", "label": "day"},
    {"type": "select_one ab", "name": "one", "label": "one"},
    {"type": "select_multiple ab", "name": "many", "label": "many"},
    {"type": "text", "name": "blank", "label": "blank", "readonly": "true()"},
    {"type": "text", "name": "off", "label": "off", "relevant": "false()", "default": "off"},
    {"type": "begin_repeat", "name": "kids", "label": "kids"},
    {"type": "integer", "name": "age", "label": "age"},
    {"type": "end_repeat"},
)
CHOICES = (("a", "Ay"), ("b", "Bee"), ("12", "Twelve"))
TITLE = {"form_id": "said", "title": "Said", "short_title": "Said"}
HEAD = TITLE | {"number": "1", "subject": "person", "audience": "medical"}


@st.composite
def expression(draw: st.DrawFn, depth: int = 2) -> str:
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(PATHS + LITERALS))
    if draw(st.integers(0, 2)) == 0:
        left, right = draw(expression(depth - 1)), draw(expression(depth - 1))
        both = draw(st.sampled_from((*SIGNS, "and", "or")))
        return f"boolean({left} {both} {right})" if both in ("and", "or") else f"({left} {both} {right})"
    function = CATALOGUE[draw(st.sampled_from(NAMES))]
    most = function.most if function.most is not None else function.least + 2
    count = draw(st.integers(max(function.least, min(most, 1)), most))
    kinds = ODDLY_TAKEN.get(function.name, [function.kind(place) for place in range(count)])[:count]
    return f"{function.name}({', '.join(draw(argument(kind, depth - 1)) for kind in kinds)})"


def argument(kind: str, depth: int) -> st.SearchStrategy[str]:
    return st.sampled_from(WRITTEN[kind]) if kind in WRITTEN else expression(depth)


def form(expressions: list[str]) -> Source:
    asked = [
        *SURVEY,
        *({"type": "calculate", "name": f"c{at}", "calculation": one} for at, one in enumerate(expressions)),
    ]
    listed = [{"list_name": "ab", "name": name, "label": label} for name, label in CHOICES]
    sheets = {"survey": asked, "choices": listed, "settings": [HEAD]}
    return Source(
        "said", {name: [Row(at, dict(row)) for at, row in enumerate(rows, 2)] for name, rows in sheets.items()}
    )


@pytest.fixture(scope="module")
def engine() -> Iterator[Driver]:
    with driver() as running:
        yield running


@settings(
    max_examples=max(EXAMPLES // 20, 7),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.reuse, Phase.generate],
)
@given(expressions=st.lists(expression(), min_size=AT_ONCE, max_size=AT_ONCE), seed=st.integers(0, 1 << 30))
def test_any_expression_reads_as_in_the_reference_engine(engine: Driver, expressions: list[str], seed: int) -> None:
    stage = Stage("said", compile_form(form(expressions)), {})
    outcome = against_reference(stage, engine, [seed], 25)
    assert outcome.status == "played", outcome.reason
    wrong = {one.ref for failure in outcome.failures for one in failure.differences}
    said = [f"{ref}: {expressions[int(ref[1:])]}" for ref in sorted(wrong) if ref[1:].isdigit()]
    assert not outcome.failures, "\n".join([*said, *map(told, outcome.failures)])
