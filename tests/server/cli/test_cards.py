"""Cards for print: what comes out of `esik cards`, read back with a reader that is not the writer's."""

import re
from itertools import chain
from pathlib import Path

import pytest

from forms.card import read_card
from server.cli import cards, main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command is run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["cards", *words])
    return int(ended.value.code or 0)


def typed(document: str) -> list[str]:
    """The codes as people read them."""
    return ["-".join(re.findall(r"<span>(\w+)</span>", one)) for one in re.findall(r"<p>(.*?)</p>", document)]


def test_every_card_of_a_run_is_another_one(folder: Path) -> None:
    assert run("--count", "23", "--list", "codes.txt") == 0
    codes = (folder / "codes.txt").read_text().splitlines()
    document = (folder / "cards.html").read_text()
    assert len(set(codes)) == 23
    assert [read_card(code) for code in codes] == codes
    assert typed(document) == codes
    assert document.count('class="sheet"') == 3
    assert sorted(path.name for path in folder.iterdir()) == ["cards.html", "codes.txt"]


def test_a_number_that_comes_twice_makes_one_card() -> None:
    drawn = chain([b"\1" * 5, b"\1" * 5, b"\2" * 5], iter(lambda: b"\3" * 5, None))
    codes = cards.make_codes(3, lambda _: next(drawn))
    assert len(set(codes)) == 3


def test_a_card_says_nothing_but_its_code(folder: Path) -> None:
    run("--count", "10")
    document = (folder / "cards.html").read_text()
    body = document.partition("<body>")[2]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body)).split()
    assert words == [group for code in typed(document) for group in code.split("-")]
    for outside in ("http", "url(", "@import", "<script", "<img", "<link", "Esik"):
        assert outside not in document


def test_the_picture_is_the_code_and_a_quarter_of_it_may_be_dirt() -> None:
    code = "7KQ4-M2XD-9P"
    made = cards.draw(code)
    dark = {
        (x, int(y))
        for begin, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", made)
        for x in range(int(begin), int(begin) + int(length))
    }
    # 21 modules a side are version 1; the two format bits of level Q are 1 1, before the standard's mask 1 0.
    assert (min(dark), max(x for x, _ in dark)) == ((4, 4), 24)
    assert [(4 + x, 4 + 8) in dark for x in (0, 1)] == [False, True]


@pytest.mark.parametrize("count", ["0", "-3", str(cards.MOST + 1)])
def test_a_count_that_cannot_be_is_told_in_words(count: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--count", count) == 2
    assert f"One run makes 1 to {cards.MOST} cards; {count} were asked for." in capsys.readouterr().err
    assert not list(folder.iterdir())


@pytest.mark.parametrize("words", [["--out", "here"], ["--list", "here"], ["--out", "same", "--list", "same"]])
def test_cards_that_may_be_in_hands_are_not_replaced(words: list[str], folder: Path) -> None:
    (folder / "here").write_text("printed")
    assert run("--count", "5", *words) == 2
    assert [path.name for path in folder.iterdir()] == ["here"]
    assert (folder / "here").read_text() == "printed"


def test_a_folder_that_is_not_there_is_told_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--count", "5", "--out", "nowhere/cards.html") == 2
    assert "The file cannot be written." in capsys.readouterr().err


def test_whoever_waits_longer_than_a_second_is_told_how_far_it_is(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter(range(0, 10_000_000, 1_100))
    monkeypatch.setattr(cards, "now_ms", lambda: next(moments))
    monkeypatch.setattr(cards, "draw", lambda code: "")
    assert run("--count", "1500") == 0
    assert capsys.readouterr().err.splitlines() == ["500 of 1500 cards", "1000 of 1500 cards"]
