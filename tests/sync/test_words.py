"""Passphrases and recovery sheets: words that people can keep, and that give exactly one thing back."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.problems import Problem
from sync.words import WORDS, from_sheets, passphrase, recovery_sheets


def test_a_desk_has_six_words_and_a_tablet_four() -> None:
    assert {kind: len(passphrase(kind).split()) for kind in WORDS} == {"desk": 6, "tablet": 4}
    assert len({passphrase("desk") for _ in range(50)}) == 50


def test_every_word_is_as_likely_as_another() -> None:
    drawn = {passphrase("tablet", lambda n, i=i: i.to_bytes(n, "big")).split()[0] for i in range(65_536)}
    assert len(drawn) == 1_024


@settings(max_examples=5)
@given(st.binary(min_size=32, max_size=32))
def test_any_two_sheets_give_the_secret_back(secret: bytes) -> None:
    for pair in itertools.permutations(recovery_sheets(secret), 2):
        assert from_sheets(list(pair)) == secret


def test_one_sheet_or_a_misread_word_gives_nothing() -> None:
    one, two, _ = recovery_sheets(bytes(range(32)))
    other, _, _ = recovery_sheets(bytes(32))
    words = one.split()
    words[9], words[10] = words[10], words[9]
    for sheets in ([one], [one, one], [one, other], [" ".join(words), two], [one, "no such words"], []):
        with pytest.raises(Problem, match="bad_key"):
            from_sheets(sheets)
