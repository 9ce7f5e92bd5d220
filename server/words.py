"""Words for people, from the message files that the screens use too: static/messages/<language>/<area>.json.

Rules: a key is there in every language or a test fails; a place `{name}` without a value stays as it is, since half a
sentence is better than a failure while telling of one.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

HERE: Final = Path(__file__).parent
PLACES: Final = (HERE / "messages", HERE.parent / "static" / "messages")
"""In a wheel, in a checkout."""
LANGUAGES: Final = ("en", "kk")
_PLACE: Final = re.compile(r"\{([a-z_]+)\}")


class ProblemWords(msgspec.Struct, frozen=True):
    """What happened, what it means, what to do: a sentence each."""

    what: str
    means: str
    do: str


@lru_cache
def messages(language: str, area: str) -> dict[str, str]:
    """Every message of an area, by its key. Raises FileNotFoundError where the file is missing."""
    folder = next((one for one in PLACES if one.is_dir()), PLACES[-1])
    return msgspec.json.decode((folder / language / f"{area}.json").read_bytes(), type=dict[str, str])


def say(text: str, values: dict[str, object]) -> str:
    """`text` with its places filled."""
    return _PLACE.sub(lambda place: str(values.get(place[1], place[0])), text)


def problem_words(code: str, detail: dict[str, object] | None = None, language: str = "en") -> ProblemWords:
    """The words for a code of any catalogue; for one that has none, the code itself."""
    known = messages(language, "problem")
    what, means, do = (say(known.get(f"problem.{code}.{part}", ""), detail or {}) for part in ("what", "means", "do"))
    return ProblemWords(what or code, means, do)
