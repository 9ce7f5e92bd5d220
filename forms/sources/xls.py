"""Reads .xls, the workbook of Excel 97 to 2003: values as they were last worked out.

Rules: the format is forty years of records, and what is damaged breaks its reader in many ways: all of them are one
problem here. Nothing is printed.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from typing import Any, Final

import xlrd
from xlrd.xldate import xldate_as_tuple

from forms.problems import Finding, Problem, refuse
from forms.sources.grid import MOST_COLUMNS, Budget, Grid, gather, text

MAGIC: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_PACKED: Final = "EncryptedPackage".encode("utf-16-le")
"""How a .xlsx with a password looks: a .xls container around it."""


def read_xls(data: bytes) -> Grid:
    """Raises Problem(form_unreadable, form_protected, form_too_large)."""
    if _PACKED in data:
        raise refuse("form_protected")
    findings: list[Finding] = []
    budget = Budget()
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), ragged_rows=True)
        sheets = [
            gather(sheet.name, ((n, cells) for n, cells in _rows(book, sheet)), budget, findings)
            for sheet in book.sheets()
        ]
    except Problem:
        raise
    except Exception as error:  # noqa: BLE001 - struct.error, AssertionError, IndexError, and more of a damaged file
        if "encrypted" in str(error).lower():
            raise refuse("form_protected") from None
        raise refuse("form_unreadable", detail=f"the workbook is damaged ({type(error).__name__})") from None
    return Grid(sheets, findings)


def _rows(book: Any, sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number in range(sheet.nrows):
        yield number + 1, [_value(cell, book.datemode) for cell in sheet.row(number)[:MOST_COLUMNS]]


def _value(cell: Any, mode: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return text(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR"))
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            moment = xldate_as_tuple(cell.value, mode)
            day, hour = moment[:3], datetime.time(*moment[3:])
            return text(hour if day == (0, 0, 0) else datetime.datetime.combine(datetime.date(*day), hour))
        except ValueError:  # a day that Excel itself has twice, or before its calendar
            return text(cell.value)
    return text(cell.value)
