"""A form as YAML, the way the library writes it: what a repaired sheet is kept as.

Rules: what was left out as unknown stays out; every row keeps its order; a text in several languages is a mapping. Read
again, it compiles to the same form.
"""

from __future__ import annotations

from typing import Any, Final

import yaml

from forms.columns import OURS, SETTINGS, THEIRS, TRANSLATED, XLSFORM, is_appearance
from forms.flags import COLUMNS as FLAGS
from forms.source import Row, Source

_SURVEY: Final = (*XLSFORM, *OURS)


def to_yaml(source: Source) -> str:
    """The text of a .yaml file."""
    default = source.settings.cells.get("default_language", "en")
    whole: dict[str, Any] = {"settings": _row(source.settings, (*SETTINGS, *THEIRS), default)}
    whole["survey"] = [_row(row, _SURVEY, default) for row in source.sheets["survey"]]
    for sheet, known in (("choices", ()), ("flags", FLAGS)):
        if source.sheets.get(sheet):
            whole[sheet] = [_row(row, known, default) for row in source.sheets[sheet]]
    return yaml.dump(whole, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def _row(row: Row, known: tuple[str, ...], default: str) -> dict[str, Any]:
    """Columns that are known (all, when none are named), those of one name and many languages as a mapping."""
    cells: dict[str, Any] = {}
    several = {column.partition("::")[0] for column in row.cells if "::" in column and column not in known}
    for column, text in row.cells.items():
        base, _, language = column.partition("::")
        if column not in known and known and (base not in known or (language and base not in TRANSLATED)):
            continue
        if column == "appearance":
            text = " ".join(word for word in text.lower().split() if is_appearance(word))
        if base in several:
            texts: dict[str, str] = cells.setdefault(base, {})
            texts.setdefault(language or default, text)
        elif text:
            cells[column] = text
    return cells


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as blocks, so that differences can be read."""


def _text(dumper: yaml.SafeDumper, written: str) -> yaml.ScalarNode:
    style = "|" if "\n" in written else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", written, style)  # pyright: ignore[reportUnknownMemberType]


_Dumper.add_representer(str, _text)  # pyright: ignore[reportUnknownMemberType]
