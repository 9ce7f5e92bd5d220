"""Public forms, as their authors wrote them: the table says what becomes of each, no real one is refused in vain."""

import pytest

from tests.forms.corpus import TABLE, Fate, all_fates, table

BEYOND = {
    "maps and places taken unseen": ("the appearance map", "the appearance placement-map", "start-geopoint"),
    "videos, other devices": ("the type 'video'", "the appearance printer", "the appearance image-map"),
    "CHT's own instance and functions": ("contact-summary", "cht:extension-lib"),
    "a name that leads nowhere, in a rule of its author": ("There is no question called",),
    "a file that is cut off": ("the workbook is damaged",),
}  # fmt: skip
"""Why a real form may be refused."""


@pytest.fixture(scope="module")
def fates() -> list[Fate]:
    return all_fates()


def test_the_table_is_what_becomes_of_each_form_today(fates: list[Fate]) -> None:
    assert TABLE.read_text(encoding="utf-8") == table(fates), "python -m tests.forms.corpus writes it anew"


def test_every_real_form_compiles_as_it_is_or_with_offered_repairs(fates: list[Fate]) -> None:
    known = [words for group in BEYOND.values() for words in group]
    refused = [one for one in fates if one.real and one.verdict == "refused"]
    assert [one.file for one in refused if not any(words in why for words in known for why in one.why)] == []
    assert sum(one.real for one in fates) - len(refused) >= 15
