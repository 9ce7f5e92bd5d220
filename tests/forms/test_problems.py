"""Every problem has words, in every language of the screens, and says where it stands."""

import json
import re

import pytest

from forms.problems import ANSWER_CODES, CODES, FORM_CODES, Finding, Problem, refuse
from tests.forms.samples import ROOT

MESSAGES = ROOT / "static" / "messages"
LANGUAGES = sorted(path.parent.name for path in MESSAGES.glob("*/problem.json"))
PAGES = sorted(path.parent.name for path in MESSAGES.glob("*/page.json"))


def words(language: str, area: str) -> dict[str, str]:
    return json.loads((MESSAGES / language / f"{area}.json").read_text(encoding="utf-8"))


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", FORM_CODES)
def test_an_author_reads_what_it_is_what_it_means_and_what_to_do(language: str, code: str) -> None:
    told = words(language, "problem")
    said = "".join(told[f"problem.{code}.{part}"] for part in ("what", "means", "do"))
    assert said
    assert places(said) <= places(FORM_CODES[code])


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("code", ANSWER_CODES)
def test_a_wrong_answer_has_words_on_every_page(language: str, code: str) -> None:
    assert words(language, "page")[f"page.{code}"]


def test_a_problem_tells_its_place_and_its_first_code() -> None:
    problem = refuse("form_unknown_name", "survey", 7, "relevant", name="age")
    assert problem.code == "form_unknown_name"
    assert str(problem) == "survey, row 7, column relevant: There is no question called age"
    warned = Problem([Finding("form_missing", {"what": "x"}, warning=True), Finding("form_malformed")])
    assert warned.code == "form_malformed"


def test_codes_are_used_once() -> None:
    assert len(CODES) == len(FORM_CODES) + len(ANSWER_CODES)
