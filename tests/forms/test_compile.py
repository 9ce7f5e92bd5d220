"""Publishing a form: what is refused, where it stands, and what comes out."""

import json

import pytest

from forms.compile import compile_form
from forms.model import BUCKETS, decode, digest, encode
from forms.problems import Problem
from forms.source import from_yaml
from tests.forms.samples import LIBRARY, compiled, source
from tests.forms.small import CHOICES, HEAD, refused, small


def test_the_same_form_gives_the_same_bytes_and_its_version_is_their_digest() -> None:
    one, other = (compile_form(from_yaml(source("family")), library=True) for _ in range(2))
    assert one.data == other.data
    assert one.version == digest(one.data) == other.version
    assert decode(one.data) == one.form
    assert one.form.xform == digest(one.xform.encode())


def test_whatever_is_not_a_compiled_form_is_malformed() -> None:
    for data in (b"", b"{}", b"[" * 5000, b"\xff", b'{"esik":2}', b"null"):
        with pytest.raises(Problem) as problem:
            decode(data)
        assert problem.value.code == "form_malformed"


@pytest.mark.parametrize(
    ("rows", "code", "row", "column"),
    [
        ("- {type: geotrace, name: a, label: A}", "form_unsupported", 3, "type"),
        ("- {type: text, name: ә, label: A}", "form_unsupported", 3, "name"),
        ("- {type: text, name: a.b, label: A}", "form_unsupported", 3, "name"),
        ("- {type: text, name: __proto__, label: A}", "form_unsupported", 3, "name"),
        ("- {type: text, name: constructor, label: A}", "form_unsupported", 3, "name"),
        ("- {type: text, name: a, label: A, appearance: map}", "form_unsupported", 3, "appearance"),
        ("- {type: text, name: a, label: A, colour: red}", "form_unsupported", 3, "colour"),
        ("- {type: 'select_one ${b}', name: a, label: A}", "form_unsupported", 3, "type"),
        ("- {type: text, name: a, label: A, relevant: 'pulldata(1)'}", "form_expression", 3, "relevant"),
        ("- {type: text, name: a, label: A, constraint: '1 +'}", "form_expression", 3, "constraint"),
        ("- {type: text, name: a, label: A, relevant: '/data/nobody = 1'}", "form_unknown_name", 3, "relevant"),
        ("- {type: text, name: a, label: A, role: king}", "form_value", 3, "role"),
        ("- {type: text, name: a, label: A, ways: maybe}", "form_value", 3, "ways"),
        ("- {type: text, name: a, label: A, audience: police}", "form_value", 3, "audience"),
        ("- {type: text, name: a, label: A, audience: people}", "form_value", 3, "audience"),
        ("- {type: text, name: a, label: A, relevant: \"${a} = '1'\"}", "form_circular", 3, ""),
    ],
)
def test_what_is_not_supported_is_refused_where_it_stands(rows: str, code: str, row: int, column: str) -> None:
    found = refused("  " + rows + "\n", CHOICES if "select" in rows else "")
    assert (found[0].code, found[0].sheet, found[0].row, found[0].column) == (code, "survey", row, column)


FLAGGED = "  - {type: integer, name: arm, label: Arm}\n  - {type: text, name: told, label: T, audience: protection}\n"
FLAG = {"name": "thin", "condition": "${arm} < 115", "level": "P2", "hours": "24", "audience": "medical",
        "at": "arm", "action": "Send"}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"name": "2thin"}, "form_unsupported", "name"),
        ({"name": None}, "form_missing", "name"),
        ({"condition": "${nobody} < 115"}, "form_unknown_name", "condition"),
        ({"condition": "/data/nobody < 115"}, "form_unknown_name", "condition"),
        ({"condition": "${arm} <"}, "form_expression", "condition"),
        ({"condition": "${told} = 'x'"}, "form_flag_audience", "condition"),
        ({"condition": None}, "form_missing", "condition"),
        ({"level": "P5"}, "form_value", "level"),
        ({"level": "P4"}, "form_value", "hours"),
        ({"hours": "soon"}, "form_value", "hours"),
        ({"hours": None}, "form_value", "hours"),
        ({"audience": "coordination"}, "form_value", "audience"),
        ({"at": "nowhere"}, "form_unknown_name", "at"),
        ({"at": "sum"}, "form_unsupported", "at"),
        ({"action": None}, "form_missing", "action"),
        ({"action": "Send ${arm}"}, "form_unsupported", "action"),
        ({"colour": "red"}, "form_unsupported", "colour"),
    ],
)
def test_a_flag_that_cannot_be_kept_is_refused_where_it_stands(
    change: dict[str, str | None], code: str, column: str
) -> None:
    cells = {name: value for name, value in (FLAG | change).items() if value is not None}
    rows = FLAGGED + "  - {type: calculate, name: sum, calculation: '${arm} + 1'}\n"
    found = refused(rows, f"flags:\n  - {json.dumps(cells)}\n")
    assert [(one.code, one.sheet, one.row, one.column) for one in found] == [(code, "flags", 7, column)]


def test_a_flag_reads_the_facts_that_every_part_carries() -> None:
    born = "  - {type: date, name: born, label: B, role: birth_date}\n"
    flag = FLAG | {"condition": "${arm} < 115 and difference-in-months(${born}, today()) >= 6"}
    form = small(FLAGGED + born, f"flags:\n  - {json.dumps(flag)}\n").form
    assert form.flags[0].at == "arm"
    assert ("thin", "flag") in form.order
    assert form.affects["born"] == form.affects["arm"] == [form.order.index(("thin", "flag"))]


def test_two_flags_of_one_name_are_refused() -> None:
    found = refused(FLAGGED, f"flags:\n  - {json.dumps(FLAG)}\n  - {json.dumps(FLAG)}\n")
    assert [(one.code, one.row, one.column) for one in found] == [("form_unsupported", 7, "name")]


@pytest.mark.parametrize(
    ("setting", "column"),
    [
        ("plan_due: soon", "plan_due"),
        ("plan_not_before: 4, plan_due: 3", "plan_due"),
        ("plan_due: 3, plan_ages: children", "plan_ages"),
        ("plan_due: 3, plan_ages: 17-6", "plan_ages"),
        ("plan_ages: 6-", "plan_due"),
        ("continues: maybe", "continues"),
        ("number: ٣", "number"),
    ],
)
def test_a_plan_that_cannot_be_kept_is_refused(setting: str, column: str) -> None:
    head = HEAD.replace("number: 1", setting if "number" in setting else f"number: 1, {setting}")
    with pytest.raises(Problem) as problem:
        compile_form(from_yaml(head + FLAGGED))
    assert [(one.sheet, one.column) for one in problem.value.findings] == [("settings", column)]


def test_the_plan_says_from_which_day_by_which_day_and_for_which_ages() -> None:
    plan = compiled("visit").plan
    assert plan is not None
    assert (plan.not_before, plan.due, plan.ages) == (1, 3, (0, 17))
    assert compiled("clinic").plan is None


@pytest.mark.parametrize(
    "row",
    [
        "{type: integer, name: a, label: A, from: person.birth_date}",
        "{type: text, name: a, label: A, from: person.name, sensitive: yes}",
    ],
)
def test_what_fits_no_question_of_this_kind_is_refused(row: str) -> None:
    assert [one.code for one in refused(f"  - {row}\n")] == ["form_unsupported"]


def test_a_form_from_before_there_were_flags_opens_still() -> None:
    old = json.loads(encode(compiled("clinic")))
    for name in ("flags", "plan", "continues"):
        old.pop(name, None)
    form = decode(json.dumps(old).encode())
    assert (form.flags, form.plan, form.continues) == ([], None, False)


@pytest.mark.parametrize(
    "choices",
    [
        "choices:\n  - {list_name: yn, label: Yes}\n",
        "choices:\n  - {list name: yn, name: y, label: Yes}\n",
        "choices:\n  - {list_name: other, name: y, label: Yes}\n",
        "choices:\n  - {list_name: yn, name: y, label: Yes, toString: x}\n",
        "choices:\n  - {list_name: yn, name: y, label: Yes}\n  - {list_name: yn, name: y, label: Twice}\n",
        "",
    ],
)
def test_a_list_of_choices_that_is_not_whole_does_not_publish(choices: str) -> None:
    assert refused("  - {type: select_one yn, name: a, label: A}\n", choices)


def test_everything_wrong_is_told_at_once() -> None:
    found = refused("  - {type: osm, name: a, label: A}\n  - {type: video, name: b, label: B}\n")
    assert [(finding.code, finding.row) for finding in found] == [("form_unsupported", 3), ("form_unsupported", 4)]


def test_what_xlsforms_own_reader_refuses_is_passed_on_with_its_row() -> None:
    found = refused("  - {type: text, name: a, label: A}\n  - {type: range, name: b, label: B, parameters: start=x}\n")
    assert (found[0].code, found[0].row) == ("form_not_understood", 4)


def test_a_name_that_stands_twice_side_by_side_is_told_where_it_stands() -> None:
    found = refused("  - {type: text, name: a, label: A}\n  - {type: text, name: a, label: B}\n")
    assert [(one.code, one.row, one.column, one.repair) for one in found] == [("form_twice", 4, "name", "names")]


def test_a_column_that_first_stands_on_a_late_row_is_kept() -> None:
    rows = "".join(f"  - {{type: text, name: q{n}, label: A}}\n" for n in range(120))
    made = small(rows + "  - {type: text, name: last, label: A, audience: family, hint: Late}\n")
    assert made.form.question("last").audience == "family"
    assert made.form.question("last").hint == {"en": "Late"}


def test_two_that_wait_for_each_other_are_named() -> None:
    found = refused(
        "  - {type: calculate, name: a, calculation: '${b} + 1'}\n"
        "  - {type: calculate, name: b, calculation: '${a} + 1'}\n"
    )
    assert found[0].code == "form_circular"
    assert found[0].values == {"names": "a, b"}


def test_a_condition_on_another_audiences_answer_does_not_seep() -> None:
    rows = (
        "  - {type: text, name: harm, label: H, audience: psychiatric}\n"
        "  - {type: begin_group, name: g, label: G, relevant: \"${harm} = 'yes'\"}\n"
        "  - {type: text, name: class, label: C, audience: education}\n"
        "  - {type: end_group}\n"
    )
    found = refused(rows)
    assert found[0].code == "form_reads_further"
    assert found[0].values == {"name": "class", "audience": "education", "read": "harm", "other": "psychiatric"}
    assert (found[0].row, found[0].column) == (4, "relevant")


def test_facts_may_be_read_by_every_audience() -> None:
    made = small(
        "  - {type: date, name: born, label: B, role: birth_date}\n"
        "  - {type: text, name: class, label: C, audience: education, relevant: 'today() - ${born} > 2000'}\n"
    )
    assert [one.audience for one in made.form.audiences] == ["people", "coordination", "education"]


def test_a_form_that_does_not_say_what_it_is_does_not_publish() -> None:
    with pytest.raises(Problem) as problem:
        compile_form(from_yaml("survey:\n  - {type: text, name: a, label: A}\n"))
    assert {finding.column for finding in problem.value.findings} >= {
        "form_id",
        "number",
        "subject",
        "title",
        "audience",
    }


def test_a_missing_translation_is_told_and_falls_back() -> None:
    made = small("  - {type: text, name: a, label: {en: A, kk: Ә}}\n  - {type: text, name: b, label: {en: B}}\n")
    assert [(one.code, one.row, one.column) for one in made.warnings if one.sheet == "survey"] == [
        ("form_missing", 4, "label::kk")
    ]
    assert made.form.question("b").label == {"en": "B", "kk": "B"}


@pytest.mark.parametrize("column", ["purpose", "action", "label"])
def test_a_library_question_without_purpose_or_action_does_not_publish(column: str) -> None:
    lines = source("family").split("\n")
    start = max(
        place for place, line in enumerate(lines) if line == f"    {column}:" or line.startswith(f"    {column}: ")
    )
    end = next(place for place in range(start + 1, len(lines)) if not lines[place].startswith("      "))
    with pytest.raises(Problem) as problem:
        compile_form(from_yaml("\n".join(lines[:start] + lines[end:])), library=True)
    assert problem.value.code in ("form_missing", "form_not_understood")


def test_a_library_text_without_its_kazakh_does_not_publish() -> None:
    short = source("family").replace("      kk: Өз сөздерімен.\n", "")
    with pytest.raises(Problem) as problem:
        compile_form(from_yaml(short), library=True)
    assert [one.column for one in problem.value.findings] == ["hint::kk"]


def test_every_form_of_the_library_publishes_without_a_warning() -> None:
    found = sorted(LIBRARY.glob("*.yaml"))
    assert found
    for path in found:
        assert compile_form(from_yaml(path.read_text(encoding="utf-8")), library=True).warnings == []


def test_the_sample_family_is_asked_six_questions() -> None:
    form = compile_form(from_yaml(source("family")), library=True).form
    assert [q.ref for q in form.questions if q.asks] == [
        "members.card", "members.name", "members.sex", "members.birth_date", "members.relation", "needs.first_need",
    ]  # fmt: skip
    assert [one.audience for one in form.audiences] == ["people", "coordination", "protection", "family"]
    assert all(one.bucket in BUCKETS for one in form.audiences)


def test_ways_out_and_audience_are_passed_down_by_groups() -> None:
    made = small(
        "  - {type: begin_group, name: g, label: G, ways: [unknown, declined], audience: education}\n"
        "  - {type: text, name: a, label: A}\n  - {type: text, name: b, label: B, ways: declined, audience: family}\n"
        "  - {type: end_group}\n"
    )
    assert (made.form.question("g.a").ways, made.form.question("g.a").audience) == (
        ("unknown", "declined"),
        "education",
    )
    assert (made.form.question("g.b").ways, made.form.question("g.b").audience) == (("declined",), "family")


def test_other_tools_find_our_columns_in_the_xform_and_may_ignore_them() -> None:
    xform = compile_form(from_yaml(source("family")), library=True).xform
    assert 'xmlns:esik="urn:esik:xform:1"' in xform
    assert 'esik:role="birth_date"' in xform
    assert 'esik:purpose.kk="' in xform
    assert 'esik:subject="household"' in xform
