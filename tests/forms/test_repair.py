"""What an author is offered: repairs that are listed, change nothing that is asked, and never guess who may read."""

import msgspec
from msgspec.structs import replace

from forms.compile import compile_form
from forms.problems import Finding, Problem
from forms.repair import OFFERED, Told, offered, repair
from forms.source import Row, Source, from_yaml
from forms.written import to_yaml
from tests.forms.sources.test_normal import form

TOLD = Told(audience="medical", subject="person")


def found(source: Source) -> list[Finding]:
    try:
        return compile_form(source).warnings
    except Problem as problem:
        return problem.findings


def stops(source: Source) -> list[tuple[str, str, int]]:
    return [(one.code, one.repair, one.row) for one in found(source) if not one.warning]


def test_what_only_a_person_can_say_is_never_guessed() -> None:
    brought = form("type | name | label::en\ntext | a | A", settings="form_title | version\nA form | 2019")
    repaired, done = repair(brought)
    assert {one.repair for one in found(repaired) if not one.warning} == {"audience", "subject"}
    assert {one.column: one.after for one in done} == {"form_id": "form", "number": "2019"}
    repaired, done = repair(brought, TOLD)
    assert stops(repaired) == []
    assert compile_form(repaired).form.question("a").audience == "medical"


def test_the_form_that_was_brought_stays_as_it_was() -> None:
    brought = form("type | name | label\nbegin group | meta | M\ntext | a | A\nend group | |")
    before = msgspec.to_builtins(brought)
    repair(brought, TOLD)
    assert msgspec.to_builtins(brought) == before


def test_only_the_repairs_that_were_asked_for_are_made() -> None:
    brought = form("type | name | label\nbegin group | meta | M\ntext | a | A\nend group | |")
    _, done = repair(brought, TOLD, {"subject"})
    assert [(one.code, one.after) for one in done] == [("subject", "person")]


def test_a_group_called_meta_gets_another_name_wherever_it_is_used() -> None:
    brought = form(
        "type | name | label | calculation | relevant\n"
        "begin group | meta | M | |\ntext | a | A | |\nend group | | | |\n"
        "calculate | c | | ../meta/a | \ntext | b | B ${meta} | | /data/meta/a = 'x'"
    )
    assert ("form_unsupported", "names", 3) in stops(brought)
    repaired, done = repair(brought, TOLD)
    assert [(one.before, one.after) for one in done if one.code == "names"] == [("meta", "meta_1")]
    rows = {row.cells.get("name"): row.cells for row in repaired.sheets["survey"]}
    assert rows["c"]["calculation"] == "../meta_1/a"
    assert rows["b"]["relevant"] == "/data/meta_1/a = 'x'"
    assert rows["b"]["label"] == "B ${meta_1}"


def test_a_name_that_stands_twice_is_changed_only_where_nothing_names_it() -> None:
    rows = "type | name | label | relevant\ntext | a | A |\ntext | a | B |\ntext | c | C | "
    repaired, _ = repair(form(rows), TOLD)
    assert [row.cells["name"] for row in repaired.sheets["survey"]] == ["a", "a_1", "c"]
    repaired, _ = repair(form(rows + "${a} = '1'"), TOLD)
    assert [row.cells["name"] for row in repaired.sheets["survey"]] == ["a", "a", "c"]
    source = form(rows)
    source.sheets["flags"] = [Row(2, {"name": "f", "condition": "${a} = '1'"})]
    repaired, _ = repair(source, TOLD)
    assert [row.cells["name"] for row in repaired.sheets["survey"]] == ["a", "a", "c"]


def test_names_of_other_letters_and_groups_without_one_get_names_that_can_stand() -> None:
    brought = form("type | name | label\nbegin group | | G\ntext | дата.1 | A\nnote | n | ${дата.1}\nend group | |")
    repaired, _ = repair(brought, TOLD)
    assert [row.cells.get("name") for row in repaired.sheets["survey"]][:3] == ["group_3", "_1", "n"]
    assert repaired.sheets["survey"][2].cells["label"] == "${_1}"
    assert stops(repaired) == []


def test_a_list_of_other_letters_gets_a_name_that_can_stand_in_both_sheets() -> None:
    brought = form("type | name | label\nselect_one été | a | A", "list_name | name | label\nété | x | X")
    repaired, _ = repair(brought, TOLD)
    assert list(compile_form(repaired).form.lists) == ["t"]


def test_choices_that_share_a_name_are_allowed_when_that_is_taken() -> None:
    brought = form("type | name | label\nselect_one c | a | A", "list_name | name | label\nc | x | X\nc | x | Y")
    assert ("form_twice", "duplicates", 7) in stops(brought)
    repaired, _ = repair(brought, TOLD)
    assert stops(repaired) == []
    assert [choice.name for choice in compile_form(repaired).form.lists["c"]] == ["x", "x"]


def test_a_question_without_a_word_is_shown_with_its_name() -> None:
    brought = form("type | name | label\ndate | date_of_birth | ")
    assert ("form_missing", "labels", 3) in stops(brought)
    repaired, _ = repair(brought, TOLD)
    assert compile_form(repaired).form.question("date_of_birth").label == {"en": "date of birth"}


def test_contacts_other_apps_and_videos_are_left_out_and_listed() -> None:
    brought = form(
        "type | name | label | appearance | media::video\ndb:person | _id | Who | db-object |\n"
        "text | p | P | select-contact type-person |\ninteger | n | N | ex:org.counter(a='1', b='2') | v.mp4"
    )
    assert {one[1] for one in stops(brought)} >= {"contacts", "apps", "video"}
    repaired, done = repair(brought, TOLD)
    assert stops(repaired) == []
    assert [one.code for one in done if one.code in ("contacts", "apps", "video")] == [
        "contacts", "contacts", "contacts", "apps", "video",
    ]  # fmt: skip
    assert all(str(one) for one in done)


def test_a_language_that_was_guessed_can_be_told() -> None:
    brought = form("type | name | label\ntext | a | Бала")
    assert [one.repair for one in brought.findings] == ["language"]
    repaired, _ = repair(brought, Told("medical", "person", language="kk"))
    assert compile_form(repaired).form.question("a").label == {"kk": "Бала"}
    assert repaired.findings == []


def test_a_repaired_form_as_yaml_compiles_to_the_same_form() -> None:
    brought = form(
        "type | name | label::English (en) | label::Русский (ru) | appearance | relevance | whatever | hint\n"
        "select one from c or_other | a | A | А | Minimal | | x |\nnote | meta | N\\|${a} | Н | | ${a} = 'x' | | H",
        "list_name | name | label::en | label::ru | zone\nc | x | X | Х | 1\nc | x | Y | У | 2",
        "form_id | instance_name\nclinic | ${a}",
    )
    repaired, _ = repair(brought, TOLD)
    one, other = compile_form(repaired), compile_form(from_yaml(to_yaml(repaired), "form.yaml"))
    assert replace(one.form, xform="") == replace(other.form, xform="")
    assert one.form.languages == ["en", "ru"]


def test_every_repair_that_is_offered_has_words() -> None:
    assert offered([Finding("form_missing", repair=code) for code in reversed([*OFFERED])]) == list(OFFERED)
