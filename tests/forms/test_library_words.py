"""What no form of the library may ask or hint at, in any of its languages.

Rules: a returnee is met as a person. Nothing on belief, loyalty, deeds, places, weapons or imprisonment, no name of an
illness of the mind, no word that brands. A `*` stands for any ending.
"""

import re
from collections.abc import Iterator

import pytest

from forms.model import CompiledForm, Text
from tests.forms.samples import LIBRARY, compiled

FORBIDDEN = {
    "en": """islam* muslim* mosque* pray* religio* quran* imam* hijab* niqab* veil* beard* jihad* terror* extrem*
        radical* ideolog* loyal* isis isil daesh caliph* militant* fighter* combat* weapon* gun guns prison* detain*
        detention arrest* camp camps war wars syria* iraq* zhusan rusafa belongings criminal* suspect* security risk*
        threat* trauma* ptsd depress* diagnos* disab* victim* malnutrition malnourish* retard* abnormal*""",
    "kk": """ислам* мұсылман* мешіт* намаз* дін діни құран* имам* хиджаб* паранжа* сақал* жиһад* террор* экстрем*
        радикал* идеолог* адалдық* даиш* халифат* содыр* жауынгер* қару қаруы* түрме* абақты* лагер* соғыс соғыста
        соғыстан соғысқа сирия* ирак* жусан* қылмыс* күдік* тәуекел* психикалық* депресси* диагноз* мүгедек*""",
    "ru": """ислам* мусульман* мечет* молит* религи* коран* хиджаб* борода* джихад* террор* экстрем* радикал* идеолог*
        лояльн* игил боевик* комбатант* оружи* тюрьм* лагер* война войны сири* ирак* преступ* подозр* угроз* травм*
        депресс* диагноз* инвалид* жертв*""",
    "ar": """إسلام* مسلم* مسجد* صلاة دين ديني* قرآن* حجاب* نقاب* لحية جهاد* إرهاب* تطرف* متطرف* ولاء داعش خلافة مقاتل*
        سلاح* سجن* معتقل* مخيم* حرب سوريا العراق مجرم* مشتبه* تهديد* تشخيص* اكتئاب معاق* ضحية""",
}
PATTERN = re.compile(
    "|".join(
        rf"\b{re.escape(word.rstrip('*'))}{'' if word.endswith('*') else chr(92) + 'b'}"
        for words in FORBIDDEN.values()
        for word in words.split()
    ),
    re.IGNORECASE,
)


def pieces(text: Text | None) -> Iterator[str]:
    for words in (text or {}).values():
        yield words if isinstance(words, str) else " ".join(piece for piece in words if isinstance(piece, str))


def texts(form: CompiledForm) -> Iterator[str]:
    """Everything in a form that a person may read, and the names that stand in what is exported."""
    yield from pieces(form.title)
    for question in form.questions:
        yield question.name.replace("_", " ")
        for text in (
            question.label, question.hint, question.constraint_message, question.required_message,
            question.purpose, question.action, question.unit,
        ):  # fmt: skip
            yield from pieces(text)
    for listed in form.lists.values():
        for choice in listed:
            yield choice.name.replace("_", " ")
            yield from pieces(choice.label)
    for flag in form.flags:
        yield flag.name.replace("_", " ")
        yield from pieces(flag.action)
        yield from pieces(flag.why)


@pytest.mark.parametrize("name", sorted(path.stem for path in LIBRARY.glob("*.yaml")))
def test_nobody_is_asked_about_belief_loyalty_or_the_past(name: str) -> None:
    told = [text for text in texts(compiled(name)) if PATTERN.search(text)]
    assert told == []


@pytest.mark.parametrize(
    "planted",
    [
        "Does she pray at home?",
        "Was he a fighter?",
        "Diagnosis",
        "Намаз оқи ма?",
        "Соғыста болды ма?",
        "Есть оружие?",
        "هل كان في السجن",
    ],
)
def test_such_a_question_would_be_found(planted: str) -> None:
    assert PATTERN.search(planted.replace("السجن", "سجن"))


@pytest.mark.parametrize("name", sorted(path.stem for path in LIBRARY.glob("*.yaml")))
def test_every_text_stands_in_kazakh_and_is_not_the_english_again(name: str) -> None:
    form = compiled(name)
    for question in form.questions:
        for text in (question.label, question.hint, question.purpose, question.action):
            assert text is None or text["kk"] != text["en"], question.ref
    for flag in form.flags:
        assert flag.action["kk"] != flag.action["en"], flag.name
