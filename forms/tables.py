"""Data files beside a form (CSV or XML), as tables of texts.

Rules: UTF-8 only; the first row heads the columns; a short row is filled up, a longer one refused; bounded in bytes and
rows. In XML every child of the root is a row and its children are cells; a document type is refused.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Final
from xml.etree import ElementTree as ET

from forms.model import Table
from forms.problems import refuse

MOST_BYTES: Final = 8 << 20
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 2_000_000
"""With those that a short row is filled up with: all of them travel to the tablet."""
_DECLARED: Final = re.compile(r"<!(?!--|\[CDATA\[)")


def read_table(name: str, data: bytes) -> Table:
    """Raises Problem(form_too_large | form_encoding | form_unreadable | form_unsupported)."""
    if len(data) > MOST_BYTES:
        raise refuse("form_too_large", what=name, size=f"{len(data)} bytes", most=f"{MOST_BYTES} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse("form_encoding", line=str(data[: error.start].count(b"\n") + 1)) from None
    rows = _of_xml(name, text) if name.lower().endswith(".xml") else _of_csv(name, text)
    if len(rows) > MOST_ROWS + 1:
        raise refuse("form_too_large", what=name, size=f"{len(rows) - 1} rows", most=f"{MOST_ROWS} rows")
    if not rows or not any(rows[0]) or len(rows[0]) > MOST_COLUMNS:
        raise refuse("form_unreadable", detail=f"{name} has no columns, or more than {MOST_COLUMNS}")
    columns, width = rows[0], len(rows[0])
    if len(rows) * width > MOST_CELLS:
        size, most = f"{len(rows) * width} cells", f"{MOST_CELLS} cells"
        raise refuse("form_too_large", what=name, size=size, most=most)
    if len(set(columns)) < width:
        raise refuse("form_unreadable", detail=f"{name} has two columns of one name")
    for line, row in enumerate(rows[1:], 2):
        if len(row) > width:
            raise refuse("form_unreadable", detail=f"{name} row {line} has more cells than there are columns")
    return Table(columns, [[*row, *[""] * (width - len(row))] for row in rows[1:]])


def _of_csv(name: str, text: str) -> list[list[str]]:
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except csv.Error as error:
        raise refuse("form_unreadable", detail=f"{name}: {error}") from None


def _of_xml(name: str, text: str) -> list[list[str]]:
    if _DECLARED.search(text):
        raise refuse("form_unsupported", construct=f"a document type in {name}", instead="Leave it out.")
    try:
        root = ET.fromstring(text)  # noqa: S314 - no document type, so no entity
    except ET.ParseError as error:
        raise refuse("form_unreadable", detail=f"{name}: {error}") from None
    items = [{str(cell.tag): (cell.text or "").strip() for cell in item} for item in root]
    columns = list(dict.fromkeys(column for item in items for column in item))
    if len(columns) > MOST_COLUMNS:  # before they are laid out: each row may bring columns of its own
        return [columns]
    return [columns, *([item.get(column, "") for column in columns] for item in items)]
