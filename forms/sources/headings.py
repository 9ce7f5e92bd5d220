"""What a column is called: every way that XLSForm has to say it, as the one name that Esik reads.

Rules: the aliases are pyxform's own tables, so that a form means here what it means there; case, spaces and the old
single colon do not matter; a language becomes its code. A heading that nobody knows stays as it is, for its reader
to judge.
"""

from __future__ import annotations

from typing import Final

import msgspec
from pyxform import aliases

from forms.columns import is_known
from forms.sources.languages import code

TRANSLATED: Final = (
    "label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "audio", "video", "big-image",
    "purpose", "action", "unit", "why", "title", "short_title", "translation_status",
)  # fmt: skip
MEDIA: Final = ("image", "audio", "video", "big-image")
GROUPS: Final = ("bind", "body", "control", "instance", "media", "attribute")
_TARGETS: Final = {
    "bind/readonly": "readonly", "bind/relevant": "relevant", "bind/required": "required",
    "bind/constraint": "constraint", "bind/calculate": "calculation",
    "bind/jr:constraintMsg": "constraint_message", "bind/jr:requiredMsg": "required_message",
    "bind/jr:noAppErrorString": "no_app_error_string", "control/appearance": "appearance",
    "control/jr:count": "repeat_count", "control/autoplay": "autoplay", "control/rows": "rows",
    "id_string": "form_id", "title": "form_title", "list name": "list_name",
}  # fmt: skip
_INSIDE: Final = {
    "readonly": "readonly", "read_only": "readonly", "relevant": "relevant", "relevance": "relevant",
    "required": "required", "constraint": "constraint", "calculate": "calculation", "calculation": "calculation",
    "jr:constraintmsg": "constraint_message", "jr:requiredmsg": "required_message", "appearance": "appearance",
    "jr:count": "repeat_count", "jr:noapperrorstring": "no_app_error_string", "autoplay": "autoplay", "rows": "rows",
}  # fmt: skip


class Heading(msgspec.Struct, frozen=True):
    """`column` as Esik reads it. `language`: as written, where it is no real code."""

    column: str
    language: str = ""


def _table(theirs: dict[str, object]) -> dict[str, str]:
    """pyxform's aliases of a sheet, in our names."""
    found: dict[str, str] = {}
    for alias, target in theirs.items():
        if isinstance(target, tuple):
            parts: tuple[str, ...] = tuple(str(part) for part in target)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
            found[alias] = _TARGETS.get("/".join(parts)) or parts[-1]
        else:
            found[alias] = _TARGETS.get(str(target), str(target))
    return found


SURVEY: Final = _table(dict(aliases.survey_header)) | {"body": "body", "save_to": "save_to"}
CHOICES: Final = _table(dict(aliases.list_header))
SETTINGS: Final = {"set_form_title": "form_title", "set_form_id": "form_id", "id_string": "form_id"}
_ALIASES: Final = {"survey": SURVEY, "choices": CHOICES, "external_choices": CHOICES, "settings": SETTINGS}


def headings(sheet: str, written: list[str]) -> list[Heading]:
    """Of a sheet's first row; a blank one stays blank."""
    double = any("::" in one for one in written)
    return [_heading(sheet, one, double) if one else Heading("") for one in written]


def _heading(sheet: str, written: str, double: bool) -> Heading:
    tokens = [token.strip() for token in written.split("::" if double or "::" in written else ":")]
    if "jr" in tokens[:-1]:  # jr:count, split at its own colon
        at = tokens.index("jr")
        tokens[at : at + 2] = [f"jr:{tokens[at + 1]}"]
    first, rest = snake(tokens[0]), tokens[1:]
    known = _ALIASES.get(sheet, {})
    if first in GROUPS and rest:
        return _inside(first, rest)
    column = known.get(first, first)
    if rest and column in TRANSLATED:
        return _translated(column, rest)
    if sheet == "survey" and not (first in known or is_known(column)):
        return Heading(" ".join(written.split()))
    if rest or (sheet in ("choices", "external_choices") and column == first and not _ours(first)):
        return Heading(" ".join(written.split()))  # a choice filter may name it: as it is
    return Heading(column)


def _ours(column: str) -> bool:
    return column in (*TRANSLATED, "name", "list_name", "code")


def _inside(group: str, rest: list[str]) -> Heading:
    """`bind::relevant`, `media::image::fr`, `bind::esik:audience`."""
    inner = snake(rest[0])
    if group == "media" and inner in MEDIA:
        return _translated(inner, rest[1:])
    if group == "bind" and inner.startswith("esik:"):
        base, _, language = inner.removeprefix("esik:").partition(".")
        return _translated(base, [language] if language else [])
    if group in ("bind", "body", "control") and inner in _INSIDE:
        return _translated(_INSIDE[inner], rest[1:])
    return Heading("::".join(["body" if group == "control" else group, *rest]))


def _translated(column: str, rest: list[str]) -> Heading:
    if not rest or not rest[0]:
        return Heading(column)
    language, real = code(rest[0])
    return Heading(f"{column}::{language}", "" if real else rest[0])


def snake(written: str) -> str:
    return "_".join(written.split()).lower()
