"""What brought forms use: files beside the form, what XLSForm's reader adds, moments, and circles through repeats."""

import pytest

from forms.evaluate import Engine
from forms.model import Question
from forms.tables import MOST_BYTES
from tests.forms.playing import NOW, TODAY
from tests.forms.small import CHOICES, refused, small

TOWNS = b"name,label,region,pop\nala,Almaty,south,2000\nast,Astana,north,1300\nosk,Oskemen,east,340\n"
PEOPLE = "  - {type: begin_repeat, name: kids, label: Kids%s}\n  - {type: text, name: called, label: Name%s}\n"
EACH = "  - {type: text, name: %s, label: A, trigger: '${%s}', calculation: '${%s}'}\n"
END = "  - {type: end_repeat}\n"


def asked(rows: str, choices: str = "", files: dict[str, bytes] | None = None) -> dict[str, Question]:
    return {question.ref: question for question in small(rows, choices, files).form.questions}


def test_towns_are_chosen_from_a_file_and_filtered_by_its_columns() -> None:
    rows = "  - {type: text, name: region, label: R}\n"
    rows += "  - {type: select_one_from_file towns.csv, name: town, label: T, choice_filter: 'region = ${region}'}\n"
    form = small(rows, files={"towns.csv": TOWNS}).form
    assert [choice.name for choice in form.lists["towns"]] == ["ala", "ast", "osk"]
    assert form.lists["towns"][1].label == {"en": "Astana"}
    assert form.lists["towns"][1].columns == {"region": "north"}
    assert form.tables == {}
    engine = Engine(form, today=TODAY, now=NOW)
    engine.set("region", "east")
    assert engine.all().choices["town"] == ["osk"]


def test_a_file_is_read_by_the_columns_that_the_author_names() -> None:
    rows = "  - {type: select_multiple_from_file towns.csv, name: a, label: A, parameters: 'value=pop label=region'}\n"
    rows += "  - {type: select_one_from_file towns.csv, name: b, label: B}\n"
    form = small(rows, files={"towns.csv": TOWNS}).form
    assert [choice.name for choice in form.lists["towns-pop-region"]] == ["2000", "1300", "340"]
    assert form.question("a").list == "towns-pop-region"
    assert form.question("b").list == "towns"


def test_data_that_expressions_read_goes_along_as_a_table() -> None:
    rows = "  - {type: text, name: town, label: T}\n"
    rows += "  - {type: calculate, name: pop, calculation: \"pulldata('towns', 'pop', 'name', ${town})\"}\n"
    form = small(rows, files={"towns.csv": TOWNS}).form
    assert form.tables["towns"].columns == ["name", "label", "region", "pop"]
    assert form.tables["towns"].rows[2] == ["osk", "Oskemen", "east", "340"]
    engine = Engine(form, today=TODAY, now=NOW)
    engine.set("town", "ast")
    assert engine.value("pop") == "1300"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (None, "form_missing"),
        (b"", "form_unreadable"),
        (b"a,a\n1,2\n", "form_unreadable"),
        (b"name,label\n1,2,3\n", "form_unreadable"),
        (b'name,label\n"1,2\n', "form_unreadable"),
        ("name,label\nә,ә\n".encode("utf-16"), "form_encoding"),
        (b"name,label\n" + b"x" * MOST_BYTES, "form_too_large"),
        (b"key,label\n1,2\n", "form_missing"),
    ],
)
def test_a_data_file_that_cannot_be_read_is_told(data: bytes | None, code: str) -> None:
    files = {} if data is None else {"towns.csv": data}
    found = refused("  - {type: select_one_from_file towns.csv, name: t, label: T}\n", files=files)
    assert [one.code for one in found] == [code]


def test_data_in_xml_is_read_and_a_document_type_is_refused() -> None:
    rows = "  - {type: xml-external, name: towns}\n  - {type: text, name: t, label: T}\n"
    rows += "  - {type: calculate, name: p, calculation: \"instance('towns')/root/item[name = ${t}]/pop\"}\n"
    plain = b"<root><item><name>a</name><pop>7</pop></item><item><name>b</name></item></root>"
    assert small(rows, files={"towns.xml": plain}).form.tables["towns"].rows == [["a", "7"], ["b", ""]]
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><root><item><name>&b;</name></item></root>'
    assert refused(rows, files={"towns.xml": bomb})[0].code == "form_unsupported"
    assert refused(rows, files={"towns.xml": b"<root><item></root>"})[0].code == "form_unreadable"


def test_data_that_would_grow_when_it_is_laid_out_is_refused_before_it_does() -> None:
    rows = "  - {type: xml-external, name: towns}\n  - {type: text, name: t, label: T}\n"
    rows += "  - {type: calculate, name: p, calculation: \"instance('towns')/root/item[name = ${t}]/pop\"}\n"
    own = b"".join(b"<i><c%d/></i>" % place for place in range(100_000))
    assert refused(rows, files={"towns.xml": b"<root>" + own + b"</root>"})[0].code == "form_unreadable"
    wide = ",".join(f"c{place}" for place in range(150)) + "\n" + "a\n" * 20_000
    chosen = "  - {type: select_one_from_file towns.csv, name: t, label: T}\n"
    assert refused(chosen, files={"towns.csv": wide.encode()})[0].code == "form_too_large"


def test_other_may_be_told_in_words_for_the_same_readers() -> None:
    rows = "  - {type: select_one yn or_other, name: a, label: A, audience: education, ways: declined}\n"
    form = small(rows, CHOICES).form
    assert [choice.name for choice in form.lists["yn"]] == ["y", "other"]
    other = form.question("a_other")
    assert (other.kind, other.audience, other.ways) == ("text", "education", ("declined",))
    assert other.label == {"en": "Specify other."}
    engine = Engine(form, today=TODAY, now=NOW)
    assert engine.all().relevant["a_other"] is False
    engine.set("a", "other")
    assert engine.all().relevant["a_other"] is True


def test_pictures_of_labels_go_along_by_their_digest_and_missing_ones_are_told() -> None:
    rows = "  - {type: note, name: a, label: A, image: a.png}\n"
    done = small(rows, files={"a.png": b"\x89PNG"})
    assert done.form.question("a").media == {"image": {"en": "a.png"}}
    assert (done.form.files["a.png"].size, done.form.files["a.png"].type) == (4, "image/png")
    told = small(rows)
    assert told.form.files == {}
    assert any(one.values.get("what") == "the file a.png" for one in told.warnings)


def test_what_a_question_is_made_of_comes_along() -> None:
    found = asked(
        "  - {type: range, name: a, label: A, parameters: 'start=0 end=10 step=0.5'}\n"
        "  - {type: image, name: b, label: B, parameters: 'max-pixels=640', appearance: signature}\n"
        "  - {type: rank yn, name: c, label: C}\n"
        '  - {type: text, name: d, label: D, readonly: "${a} > 3", guidance_hint: Slowly}\n'
        "  - {type: select_one yn, name: e, label: E, parameters: 'randomize=true, seed=42'}\n",
        CHOICES,
    )
    assert found["a"].range == {"start": 0, "end": 10, "step": 0.5}
    assert (found["b"].pixels, found["b"].appearance) == (640, ("signature",))
    assert found["c"].list == "yn"
    assert found["d"].readonly is not None
    assert found["d"].guidance_hint == {"en": "Slowly"}
    assert found["e"].filter == ["call", "randomize", ["call", "true"], 42]


def test_a_default_that_is_worked_out_may_read_what_it_fills() -> None:
    rows = "  - {type: date, name: day, label: D, default: \"if(${day} = '', today(), ${day})\"}\n"
    assert Engine(small(rows).form, today=TODAY, now=NOW).value("day") == TODAY


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (PEOPLE % (", repeat_count: 'count(${called})'", "") + END, "kids"),
        (PEOPLE % (", relevant: \"${all} != ''\"", "") + END
         + "  - {type: calculate, name: all, calculation: \"join(' ', ${called})\"}\n", "all, kids"),
        (PEOPLE % ("", ", relevant: '${n} > 0'") + END
         + "  - {type: calculate, name: n, calculation: 'count(${kids}[called != 1])'}\n", "kids.called, n"),
        (EACH % ("a", "b", "b") + EACH % ("b", "a", "a"), "a, b"),
    ],
)  # fmt: skip
def test_a_circle_through_repeats_is_refused_by_its_names(rows: str, names: str) -> None:
    found = refused(rows)
    assert [one.code for one in found] == ["form_circular"]
    assert sorted(found[0].values["names"].split(", ")) == sorted(names.split(", "))


def test_groups_nested_too_deeply_are_refused_where_they_stand() -> None:
    rows = "".join(f"  - {{type: begin_group, name: g{depth}, label: G}}\n" for depth in range(300))
    rows += "  - {type: text, name: a, label: A}\n" + "  - {type: end_group}\n" * 300
    found = refused(rows)
    assert [one.code for one in found] == ["form_unsupported"]
    assert found[0].row == 19


def test_the_same_name_may_stand_in_two_groups() -> None:
    rows = "".join(
        f"  - {{type: begin_group, name: {group}, label: G}}\n  - {{type: integer, name: n, label: N}}\n"
        f"  - {{type: calculate, name: twice, calculation: '../n * 2'}}\n  - {{type: end_group}}\n"
        for group in ("a", "b")
    )
    engine = Engine(small(rows).form, today=TODAY, now=NOW)
    engine.set("b.n", 4)
    assert (engine.value("a.twice"), engine.value("b.twice")) == ("", "8")


def test_a_bare_null_is_nothing_as_its_authors_mean() -> None:
    rows = "  - {type: text, name: a, label: A}\n"
    rows += "  - {type: calculate, name: b, calculation: \"if(${a} = 'x', 7, null)\"}\n"
    engine = Engine(small(rows).form, today=TODAY, now=NOW)
    assert engine.value("b") == ""
    engine.set("a", "x")
    assert engine.value("b") == "7"
    assert refused("  - {type: text, name: a, label: A, relevant: 'nil = 1'}\n")[0].code == "form_unknown_name"


def test_what_only_concerns_an_instance_is_known_when_the_form_is_published() -> None:
    rows = PEOPLE % ("", "") + "  - {type: text, name: hello, label: 'Hello ${called}'}\n" + END
    rows += "  - {type: calculate, name: all, calculation: \"join(' ', ${called})\"}\n"
    form = small(rows).form
    near = zip(form.affects["kids.called"], form.near["kids.called"], strict=True)
    places = {form.order[place]: scope for place, scope in near}
    assert places == {("kids.hello", "label"): "kids", ("all", "calculation"): ""}
