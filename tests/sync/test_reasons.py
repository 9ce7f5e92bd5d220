"""A form that asks what forms may not ask is published by two administrators and a reason, or not at all."""

from dataclasses import dataclass

import pytest

from sync.directory.bodies import Bucket, Form, Reason, RevokeKey
from sync.directory.write import Draft
from sync.founding import Person, found
from sync.ids import sha256
from sync.keys import SigningKey
from sync.problems import Problem

AT = 1_790_000_000_000
VERSION = sha256(b"a form that asks for a photograph")
WHY = "The surgeon needs to see the wound."


@dataclass
class Two:
    draft: Draft
    saule: SigningKey
    marat: SigningKey
    root: SigningKey


@pytest.fixture
def two() -> Two:
    saule, marat = (Person.new(name, "arrival", desk=True, tablet=False) for name in ("Saule", "Marat"))
    founded = found("Test", saule, at=AT)
    founded.draft.write("administrator", marat.administrator_body(), founded.root)
    return Two(founded.draft, saule.desk()[0], marat.desk()[0], founded.root)


def form(reason: str | None = WHY) -> Form:
    return Form("wounds", 1, VERSION, [Bucket("medical", 4096)], [], reason)


def refused(two: Two, by: SigningKey, body: Form) -> str:
    with pytest.raises(Problem) as problem:
        two.draft.write("form", body, by)
    assert VERSION not in two.draft.directory.forms
    return problem.value.code


def test_a_reason_that_another_administrator_signed_publishes_the_form(two: Two) -> None:
    two.draft.write("reason", Reason("wounds", 1, VERSION, WHY), two.saule)
    two.draft.write("form", form(), two.marat)
    assert two.draft.directory.forms[VERSION].reason == WHY


def test_nobody_signs_reason_and_form_alone(two: Two) -> None:
    two.draft.write("reason", Reason("wounds", 1, VERSION, WHY), two.saule)
    assert refused(two, two.saule, form()) == "second_person"


def test_a_reason_that_nobody_signed_is_none(two: Two) -> None:
    assert refused(two, two.marat, form()) == "second_person"


def test_a_reason_for_other_words_or_another_version_does_not_count(two: Two) -> None:
    two.draft.write("reason", Reason("wounds", 1, VERSION, "Because."), two.saule)
    two.draft.write("reason", Reason("wounds", 1, sha256(b"another"), WHY), two.saule)
    assert refused(two, two.marat, form()) == "second_person"


def test_the_word_of_an_administrator_who_fell_does_not_count(two: Two) -> None:
    two.draft.write("reason", Reason("wounds", 1, VERSION, WHY), two.saule)
    two.draft.write("revoke", RevokeKey(two.saule.key_id, "left", []), two.root)
    assert refused(two, two.marat, form()) == "second_person"


def test_a_draft_that_gave_a_reason_leaves_the_directory_as_it_was(two: Two) -> None:
    before = two.draft.directory.copy()
    two.draft.write("reason", Reason("wounds", 1, VERSION, WHY), two.saule)
    assert VERSION not in before.reasons


def test_a_form_without_a_reason_reads_as_before_there_were_reasons(two: Two) -> None:
    two.draft.write("form", form(None), two.saule)
    assert b"reason" not in two.draft.entries[-1].bytes
