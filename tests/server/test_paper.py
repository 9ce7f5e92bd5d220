"""A form on paper: room for every answer, and when to ask what, in the form's own words."""

import re

import pytest

from forms.compile import compile_form
from forms.model import CompiledForm
from forms.source import from_yaml
from server.pages import render_page
from server.paper import asked_if
from server.words import messages
from tests.forms.samples import source

HEAD = "settings: {form_id: small, number: 1, title: {en: Small}, subject: person, audience: medical}\nsurvey:\n"
ROWS = """
  - {type: select_one yesno, name: fever, label: {en: Fever}}
  - {type: select_multiple signs, name: signs, label: {en: Signs}}
  - {type: integer, name: age, label: {en: Age}}
  - {type: calculate, name: months, calculation: "${age} * 12"}
  - {type: text, name: q, label: {en: Q}, relevant: "%s"}
choices:
  - {list_name: yesno, name: 'yes', label: {en: 'Yes'}}
  - {list_name: signs, name: thin, label: {en: Very thin}}
"""


def small(condition: str) -> CompiledForm:
    return compile_form(from_yaml(HEAD + ROWS % condition)).form


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("${fever} = 'yes'", "Ask only if “Fever” = Yes."),
        ("selected(${signs}, 'thin')", "Ask only if “Signs” = Very thin."),
        ("not(selected(${signs}, 'thin'))", "Ask only if “Signs” ≠ Very thin."),
        ("${age} >= 12 and ${age} < 50", "Ask only if “Age” ≥ 12 and “Age” < 50."),
        (
            "${fever} = 'yes' and (${age} < 5 or ${age} > 9)",
            "Ask only if “Fever” = Yes and (“Age” < 5 or “Age” > 9).",
        ),
        ("${age} != ''", "Ask only if “Age” is answered."),
        ("${months} > 6", "Ask only if it fits this person."),
        ("${fever} = 'yes' and ${months} > 6", "Ask only if it fits this person."),
        ("${fever} = 'perhaps'", "Ask only if it fits this person."),
        ("string-length(${age}) > 1", "Ask only if it fits this person."),
    ],
)
def test_a_condition_is_said_whole_or_not_at_all(condition: str, words: str) -> None:
    form = small(condition)
    assert asked_if(form, form.question("q"), "en", messages("en", "page")) == words


def test_every_kind_has_room_to_write() -> None:
    form = compile_form(from_yaml(source("every-kind"), "every-kind.yaml")).form
    page = render_page(form, "en", style="x.css", paper=True)
    without = [
        question.ref
        for question in form.questions
        if question.asks and question.label and "list-nolabel" not in question.appearance
        and "label" not in question.appearance
        and not re.search(rf'data-ref="{question.ref}".*?class="pen">\s*<', page, re.DOTALL)
    ]  # fmt: skip
    assert without == []
    assert page.count('data-ref="homes"') == 2 + 6, "section, repeat and copies"
    assert page.count('data-ref="homes.members" data-kind="instance"') == 6 * 3
    for pressed in ("<button", "<select", "<textarea", "<template", "<script", "data-capture"):
        assert pressed not in page


def test_nothing_on_paper_is_named_twice() -> None:
    form = compile_form(from_yaml(source("every-kind"), "every-kind.yaml")).form
    page = render_page(form, "kk", style="x.css", paper=True)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
