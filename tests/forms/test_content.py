"""What no form may ask is found by its words, in four languages, wherever it stands; and nothing harmless is."""

import pytest

from forms.compile import compile_form
from forms.content import SECOND_SIGNATURE, needs_second
from forms.forbidden import fold, forbidden_in, subjects
from forms.problems import Finding, Problem
from forms.source import from_yaml

ASKED: dict[str, tuple[str, ...]] = {
    "ideology": ("What is her ideology?", "Оның идеологиясы қандай?", "Его религиозные взгляды?", "ما هي عقيدته؟"),
    "affiliation": (
        "Which organisation is he affiliated with?",
        "Ол қай ұйымның мүшесі?",
        "К какой группировке он относился?",
        "هل كان عضواً في أي تنظيم؟",
    ),
    "armed_groups": (
        "Was the father a fighter?",
        "Әкесі қарулы топта болды ма?",
        "Был ли отец в вооружённом формировании?",
        "هل كان الأب في جماعة مسلحة؟",
    ),
    "loyalty": ("Did they swear an oath?", "Ант берді ме?", "Давал ли он присягу?", "هل أعطى البيعة؟"),
    "dress": ("Does she wear a niqab?", "Хиджаб кие ме?", "Носит ли она никаб?", "هل ترتدي الحجاب؟"),
    "prayer": ("How often does he pray?", "Намаз оқи ма?", "Совершает ли он намаз?", "كم مرة يصلي؟"),
    "religious_teaching": (
        "Did the child attend religious classes?",
        "Мешітке бара ма?",
        "Посещает ли он мечеть?",
        "هل يذهب الطفل إلى المسجد؟",
    ),
    "belongings": (
        "List her belongings",
        "Жеке заттарын жазыңыз",
        "Опишите личные вещи",
        "ما هي الأمتعة التي معها؟",
    ),
    "other_names": (
        "Other names used",
        "Басқа есімдері",
        "Другие имена",
        "هل له اسم آخر؟",
    ),
    "risk_to_society": (
        "Risk to society",
        "Қоғамға қауіпті ме?",
        "Представляет ли угрозу обществу?",
        "هل يشكل خطراً على المجتمع؟",
    ),
}  # fmt: skip
HARMLESS = (
    "Difficulty with washing all over or dressing?", "Change the wound dressing every day", "fasting glucose",
    "Which grade did the child attend?", "Does she like school?",
    "Ол киінуге қинала ма?", "Жарасын таңу", "Какую школу посещал ребёнок?", "Как его имя в документе?",
    "Рецидив болезни", "ما اسم الطفل؟", "هل لديه أعراض؟", "تنظيم الأسرة", "Risk of dehydration", "Communication",
    "birth_date", "first_need", "Мамандығы", "Сектор и секция", "Veillez attendre",
)  # fmt: skip


@pytest.mark.parametrize("subject", ASKED)
@pytest.mark.parametrize("language", range(4))
def test_a_forbidden_subject_is_found_in_each_language(subject: str, language: int) -> None:
    assert subject in [one.subject for one in forbidden_in(ASKED[subject][language])]


def test_every_subject_has_its_sentences_here() -> None:
    assert subjects() == list(ASKED)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_sounds_alike_is_let_pass(text: str) -> None:
    assert forbidden_in(text) == []


def test_case_vowel_signs_and_articles_hide_nothing() -> None:
    assert fold("وَالصَّلَاةُ") == fold("والصلاه")
    assert [one.subject for one in forbidden_in("وَالصَّلَاةُ")] == ["prayer"]
    assert [one.subject for one in forbidden_in("НАМАЗ")] == ["prayer"]
    assert [one.subject for one in forbidden_in("otherNames")] == ["other_names"]


def form(*rows: str, choices: str = "", settings: str = "") -> str:
    survey = "\n".join(f"  - {row}" for row in rows)
    return (
        "settings: {form_id: f, number: 1, title: {en: F}, subject: person, audience: medical, default_language: en"
        f"{settings}}}\nsurvey:\n{survey}\n{choices}"
    )


def findings(text: str) -> list[Finding]:
    return compile_form(from_yaml(text)).warnings


def codes(text: str) -> list[str]:
    return [one.code for one in findings(text)]


@pytest.mark.parametrize(
    "row",
    [
        "{type: text, name: other_names, label: {en: A}}",
        "{type: text, name: a, label: {en: Does she pray}}",
        "{type: text, name: a, label: {en: A}, hint: {en: such as prayer}}",
        "{type: note, name: a, label: {en: Ask about prayer}}",
        "{type: text, name: a, label: {en: A}, guidance_hint: {en: such as prayer}}",
    ],
)
def test_it_is_found_wherever_it_stands(row: str) -> None:
    found = needs_second(findings(form(row)))
    assert [(one.code, one.sheet, one.row) for one in found] == [("form_forbidden", "survey", 3)]


def test_it_is_found_in_a_choice_with_its_row() -> None:
    text = form(
        "{type: select_one l, name: a, label: {en: A}}",
        choices="choices:\n  - {list_name: l, name: x, label: {en: X}}\n"
        "  - {list_name: l, name: y, label: {en: Mosque}}",
    )
    found = needs_second(findings(text))
    assert [(one.sheet, one.row, one.values["subject"]) for one in found] == [("choices", 6, "religious_teaching")]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("{type: geopoint, name: a, label: {en: A}}", "place"),
        ("{type: image, name: a, label: {en: A}}", "face"),
        ("{type: audio, name: a, label: {en: A}}", "voice"),
        ("{type: file, name: a, label: {en: A}}", "face"),
        ("{type: file, name: a, label: {en: A}, 'body::accept': 'application/pdf, image/*'}", "face"),
        ("{type: file, name: a, label: {en: A}, 'body::accept': audio/mpeg}", "voice"),
        ("{type: deviceid, name: a}", "device"),
        ("{type: phonenumber, name: a}", "device"),
    ],
)
def test_place_face_voice_and_device_need_a_second_signature(row: str, what: str) -> None:
    found = needs_second(findings(form(row, "{type: text, name: b, label: {en: B}}")))
    assert [(one.code, one.values["what"]) for one in found] == [("form_exposes", what)]


def test_a_signature_and_a_drawing_are_no_face() -> None:
    rows = [f"{{type: image, name: {word}, appearance: {word}, label: {{en: A}}}}" for word in ("signature", "draw")]
    assert needs_second(findings(form(*rows))) == []


def test_a_file_that_can_only_be_a_document_is_no_face() -> None:
    row = "{type: file, name: a, label: {en: A}, 'body::accept': 'application/pdf, .DOCX'}"
    assert needs_second(findings(form(row))) == []


def test_a_library_form_that_asks_it_does_not_compile() -> None:
    row = "{type: text, name: a, label: {en: Does she pray, kk: А}, purpose: {en: P, kk: P}, action: {en: A, kk: A}}"
    with pytest.raises(Problem) as problem:
        compile_form(from_yaml(form(row)), library=True)
    assert any(one.code in SECOND_SIGNATURE for one in problem.value.findings)


def test_a_required_question_in_a_sensitive_group_without_a_way_out_is_told() -> None:
    rows = [
        "{type: begin_group, name: g, sensitive: 'yes', label: {en: G}}",
        "{type: integer, name: a, label: {en: A}, required: 'yes'}",
        "{type: integer, name: b, label: {en: B}, required: 'yes', ways: declined}",
        "{type: end_group}",
    ]
    assert [(one.code, one.row) for one in findings(form(*rows)) if one.column == "ways"] == [("form_missing", 4)]


def test_free_text_is_told_once_and_blocks_nothing() -> None:
    rows = [f"{{type: text, name: t{n}, label: {{en: T}}}}" for n in range(3)]
    found = [one for one in findings(form(*rows)) if one.code == "form_free_text"]
    assert [(one.values["count"], one.values["rows"], one.warning) for one in found] == [("3", "3, 4, 5", True)]


def test_questions_that_do_not_say_why_they_are_asked_are_counted() -> None:
    rows = [
        "{type: integer, name: a, label: {en: A}, purpose: {en: P}, action: {en: B}}",
        "{type: integer, name: b, label: {en: B}, purpose: {en: P}}",
        "{type: integer, name: c, label: {en: C}}",
        "{type: note, name: d, label: {en: D}}",
    ]
    (found,) = [one for one in findings(form(*rows)) if one.column == "purpose"]
    assert found.warning
    assert "why 2 of the questions" in str(found)


def test_a_group_to_hand_over_is_a_page_of_its_own() -> None:
    rows = [
        "{type: begin_group, name: g, label: {en: G}}",
        "{type: begin_group, name: h, self: 'yes', label: {en: H}}",
        "{type: integer, name: a, label: {en: A}}",
        "{type: end_group}",
        "{type: end_group}",
    ]
    assert [one.row for one in findings(form(*rows)) if one.column == "self"] == [4]


READS = (
    "{type: integer, name: sad, audience: psychiatric, label: {en: Sad}}",
    "{type: integer, name: help, audience: education, label: {en: Help}, relevant: '${sad} > 2'%s}",
)


def test_what_is_disclosed_is_told_to_the_person_or_refused() -> None:
    with pytest.raises(Problem) as problem:
        findings(form(READS[0], READS[1] % ""))
    assert problem.value.code == "form_reads_further"
    with pytest.raises(Problem) as problem:
        findings(form(READS[0], READS[1] % ", discloses: psychiatric"))
    assert problem.value.code == "form_missing"
    with pytest.raises(Problem) as problem:
        findings(form(READS[0], READS[1] % ", discloses: family, disclosure: {en: The school is told.}"))
    assert problem.value.code == "form_reads_further"
    words = ", discloses: psychiatric, disclosure: {en: The school is told that help is wanted.}"
    compiled = compile_form(from_yaml(form(READS[0], READS[1] % words))).form
    assert compiled.question("help").disclosure == {"en": "The school is told that help is wanted."}
