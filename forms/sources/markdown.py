"""Reads .md: tables as pyxform reads them, the sheet's name in the first column.

Rules: `| survey |`, then rows whose first cell is blank; a line that begins with # is a comment, `\\|` is a bar.
"""

from __future__ import annotations

import re
from typing import Final

from forms.problems import refuse
from forms.sources.csvs import decode
from forms.sources.grid import MOST_COLUMNS, Budget, Grid, gather, text

_LINE: Final = re.compile(r"\s*\|(.*)\|\s*(?:#[^|]*)?")
_RULE: Final = re.compile(r"[\s|:-]+")
_BAR: Final = re.compile(r"(?<!\\)\|")


def read_markdown(data: bytes) -> Grid:
    """Raises Problem(form_unreadable, form_encoding, form_too_large)."""
    sheets: dict[str, list[tuple[int, list[str]]]] = {}
    name = ""
    for number, line in enumerate(decode(data).splitlines(), 1):
        table = _LINE.fullmatch(line)
        if line.lstrip().startswith("#") or table is None or _RULE.fullmatch(table[1]):
            continue
        cells = [text(cell.strip().replace("\\|", "|")) for cell in _BAR.split(table[1])[: MOST_COLUMNS + 1]]
        if cells[0]:
            name = cells[0]
            sheets.setdefault(name, [])
        if any(cells[1:]):
            if not name:
                raise refuse("form_unreadable", row=number, detail=f"line {number} stands before the name of any sheet")
            sheets[name].append((number, cells[1:]))
    if not sheets:
        raise refuse("form_unreadable", detail="there is no table in it")
    budget = Budget()
    return Grid([gather(sheet, rows, budget, []) for sheet, rows in sheets.items()], [])
