"""Reads .csv: all sheets in one file with the sheet's name in the first column, as pyxform has it, or one sheet a file.

Rules: UTF-8, or UTF-16 that says so; anything else is refused by line, since names and labels would come out wrong and
nobody would see it. The separator is the one that the first line uses: Excel writes `;` in half of the world.
"""

from __future__ import annotations

import codecs
import csv
import io
from typing import Final

from forms.problems import refuse
from forms.sources.grid import MOST_COLUMNS, Budget, Grid, Sheet, gather, text

_SEPARATORS: Final = (",", ";", "\t")


def decode(data: bytes) -> str:
    """Text of a file. Raises Problem(form_encoding) with the line."""
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                return data.decode(name)
            except UnicodeDecodeError as error:
                line = data.count(b"\n", 0, error.start) + 1
                raise refuse("form_encoding", row=line, line=str(line)) from None
    raise AssertionError(data)


def read_csv(data: bytes, name: str) -> Grid:
    """`name` without its ending names the sheet when the file holds one only. Raises Problem."""
    rows = _rows(decode(data))
    budget = Budget()
    if not rows:
        raise refuse("form_unreadable", detail="it is empty")
    if any(cell.lower() in ("type", "list_name", "list name", "form_id", "form_title") for cell in rows[0][1]):
        sheet = name.rpartition("/")[2].partition(".")[0].lower()
        return Grid([gather(sheet if sheet in ("choices", "settings") else "survey", rows, budget, [])], [])
    return Grid(_split(rows, budget), [])


def _rows(written: str) -> list[tuple[int, list[str]]]:
    """Rows by the line on which each begins."""
    first = written.lstrip("\r\n").split("\n", 3)[:3]
    separator = max(_SEPARATORS, key=lambda one: sum(line.count(one) for line in first))
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=separator, strict=True)
    found: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            found.append((line, [text(cell) for cell in cells[:MOST_COLUMNS]]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise refuse("form_unreadable", row=line, detail=f"line {line}: {error}") from None
    return found


def _split(rows: list[tuple[int, list[str]]], budget: Budget) -> list[Sheet]:
    sheets: dict[str, list[tuple[int, list[str]]]] = {}
    name = ""
    for line, cells in rows:
        if cells and cells[0]:
            name = cells[0]
            sheets.setdefault(name, [])
        if any(cells[1:]):
            if not name:
                raise refuse("form_unreadable", row=line, detail=f"line {line} stands before the name of any sheet")
            sheets[name].append((line, cells[1:]))
    return [gather(sheet, listed, budget, []) for sheet, listed in sheets.items()]
