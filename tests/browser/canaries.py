"""Searching for words that must stand nowhere: in files as they lie on disk, in UTF-8 and in both UTF-16.

What the search does not cover, and says so in THREATS: memory and swap, deleted blocks that the file system has not
reused, bytes compressed or encoded by somebody else on the way to disk. Chromium's LevelDB compresses blocks with
Snappy, which keeps short new words as they are; `test_the_search_finds_what_is_there` shows that it finds one there.
"""

from collections.abc import Iterable
from pathlib import Path


def spellings(word: str) -> list[bytes]:
    """How a word may lie on disk."""
    return [word.encode("utf-8"), word.encode("utf-16-le"), word.encode("utf-16-be")]


def found(words: Iterable[str], *places: Path) -> list[str]:
    """`file: word` for each word found in a file, or in a file below a folder."""
    wanted = [(word, spelling) for word in words for spelling in spellings(word)]
    files = [file for place in places for file in ([place] if place.is_file() else sorted(place.rglob("*")))]
    hits: list[str] = []
    for file in files:
        try:
            data = file.read_bytes() if file.is_file() else b""
        except OSError:  # a socket, or gone in the meantime
            continue
        hits += [f"{file}: {word}" for word, spelling in wanted if spelling in data]
    return hits
