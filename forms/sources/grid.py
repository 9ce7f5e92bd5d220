"""Sheets as they are read, before anything is understood: rows of texts with the number each row has for its author.

Rules: limits stand here, the same for every kind of file, so that no file costs more memory or time than a large form;
what is cut off is told. Numbers, truth values and dates become text the way pyxform reads them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Final

import msgspec

from forms.problems import Finding, refuse

MOST_BYTES: Final = 10 << 20
"""Of a file as it is brought."""
MOST_ROWS: Final = 20_000
"""Rows with something in them, of one sheet."""
MOST_COLUMNS: Final = 400
MOST_CELLS: Final = 250_000
"""Cells with something in them, of all sheets."""
MOST_TEXT: Final = 20 << 20
"""Characters of all cells together."""
BLANK_RUN: Final = 2_000
"""After so many blank rows a sheet has ended; people format whole columns down to the millionth row."""


class Sheet(msgspec.Struct, frozen=True):
    """`rows`: (number, cells) of every row that is not blank; a blank cell is ""."""

    name: str
    rows: list[tuple[int, list[str]]]


class Grid(msgspec.Struct, frozen=True):
    """All sheets of a file in its order, and what was found while reading."""

    sheets: list[Sheet]
    findings: list[Finding]


def check_size(data: bytes) -> None:
    """Raises Problem(form_too_large)."""
    if len(data) > MOST_BYTES:
        too_large("the file", len(data), MOST_BYTES, "bytes")


def too_large(what: str, size: int, most: int, unit: str) -> None:
    """Raises Problem(form_too_large)."""
    raise refuse("form_too_large", what=what, size=f"{size:,} {unit}", most=f"{most:,} {unit}")


class Budget:
    """Cells and characters left for one file."""

    def __init__(self) -> None:
        self.cells = MOST_CELLS
        self.left = MOST_TEXT

    def take(self, sheet: str, cells: list[str]) -> None:
        self.cells -= sum(map(bool, cells))
        self.left -= sum(map(len, cells))
        if self.cells < 0:
            too_large(f"what stands in the sheets up to {sheet}", MOST_CELLS - self.cells, MOST_CELLS, "cells")
        if self.left < 0:
            too_large(f"the text of the sheets up to {sheet}", MOST_TEXT - self.left, MOST_TEXT, "characters")


def gather(name: str, rows: Iterable[tuple[int, list[str]]], budget: Budget, findings: list[Finding]) -> Sheet:
    """A sheet from its numbered rows, blank ones dropped. Raises Problem(form_too_large)."""
    kept: list[tuple[int, list[str]]] = []
    last = 0
    for number, cells in rows:
        if not any(cells):
            if number - last > BLANK_RUN:
                values = {"what": f"everything below {BLANK_RUN:,} blank rows"}
                findings.append(Finding("form_ignored", values, name, number, warning=True))
                break
            continue
        last = number
        budget.take(name, cells)
        kept.append((number, cells))
        if len(kept) > MOST_ROWS:
            too_large(f"the sheet {name}", len(kept), MOST_ROWS, "rows")
    return Sheet(name, kept)


def text(value: object) -> str:
    """A cell's value as text: 1.0 is "1", TRUE is "TRUE", a date is ISO; a space that does not break is a space."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(timespec="seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value).replace("\u00a0", " ").strip()


def letters(column: int) -> str:
    """0 is A, 26 is AA."""
    made = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        made = chr(65 + rest) + made
    return made
