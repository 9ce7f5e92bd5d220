"""Writes the table of functions that stands in FORMAT.md, from the catalogue: python -m forms.catalogue_words.

Rules: the file is not edited by hand between its two marks; a test holds it true.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from forms.catalogue import CATALOGUE, INSTEAD, Function

FORMAT: Final = Path(__file__).with_name("FORMAT.md")
BEGIN: Final = "<!-- from catalogue.yaml: python -m forms.catalogue_words -->\n"
END: Final = "<!-- to here -->\n"


def table() -> str:
    """Two tables: what expressions may call, and what is refused."""
    lines = ["| function | gives | meaning | blanks and borders |", "|---|---|---|---|"]
    lines += [_line(function) for function in CATALOGUE.values()]
    lines += ["", "Refused by name:", "", "| function | instead |", "|---|---|"]
    lines += [f"| `{name}` | {_cell(instead)} |" for name, instead in INSTEAD.items()]
    return "\n".join(lines) + "\n"


def _line(function: Function) -> str:
    call = f"`{function.name}({', '.join(function.takes)})`"
    return f"| {call} | {function.gives} | {_cell(function.meaning)} | {_cell(function.note)} |"


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def written(document: str) -> str:
    """The document with the tables of today. Raises ValueError when a mark is missing."""
    before, _, rest = document.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError("FORMAT.md has lost its marks")
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    FORMAT.write_text(written(FORMAT.read_text(encoding="utf-8")), encoding="utf-8")
