"""Reads .xlsx and .xlsm: values as they were last worked out, never formulas, never macros.

Rules: the archive is weighed before anything in it is unpacked (a small file may hold gigabytes of blanks); no part may
declare a DTD, where entities that grow or read files would stand; what a sheet says of its own size is not believed.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from typing import Any, Final
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from forms.problems import Finding, Problem, refuse
from forms.sources.grid import MOST_COLUMNS, Budget, Grid, Sheet, gather, text, too_large

MOST_UNPACKED: Final = 48 << 20
"""Bytes of all parts together; a form of 500 questions in six languages has two million."""
MOST_WRITTEN: Final = 600_000
"""Cells that a workbook writes down, blank ones that only have a colour too: each takes time to read."""
MOST_RATIO: Final = 300
_SMALL: Final = 1 << 20
"""A part below this may be packed as tightly as it likes."""
_BROKEN: Final = (
    zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, AttributeError, IndexError,
    OSError, OverflowError, NotImplementedError, EOFError, RuntimeError,
)  # fmt: skip
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".emf", ".wmf", ".bin")
"""Nobody reads them here, and a picture may well declare its type."""
_WRITTEN: Final = re.compile(rb"<(?:\w{1,8}:)?c[\s/>]")
_DTD: Final = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_CELL: Final = re.compile(
    rb'<(?:\w{1,8}:)?c r="([A-Z]{1,3})([0-9]{1,7})"([^<>]{0,200})>\s{0,99}'
    rb"<(?:\w{1,8}:)?f(?:[^<>]{0,200}/>|[^<>]{0,200}>[^<]{0,9000}</(?:\w{1,8}:)?f>)\s{0,99}"
    rb"(?:<(?:\w{1,8}:)?v\s?/>|<(?:\w{1,8}:)?v></(?:\w{1,8}:)?v>)?\s{0,99}</(?:\w{1,8}:)?c>"
)
"""A formula that no program has worked out yet; one that was worked out to nothing is of the type str.
Every repetition has an end, so that no part can make the search long."""


def read_xlsx(data: bytes) -> Grid:
    """Raises Problem(form_unreadable, form_too_large)."""
    parts = _parts(data)
    _count(parts)
    findings: list[Finding] = []
    budget = Budget()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book: Any = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = [_sheet(sheet, parts, budget, findings) for sheet in book.worksheets]
    except _BROKEN as error:
        raise refuse("form_unreadable", detail=f"the workbook is damaged ({type(error).__name__})") from None
    return Grid(sheets, findings)


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts, weighed before they are unpacked. Raises Problem."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()  # all of them: a workbook may call its cells, or its texts, what it likes
            total = sum(one.file_size for one in members)
            if total > MOST_UNPACKED:
                too_large("the workbook unpacked", total, MOST_UNPACKED, "bytes")
            for one in members:
                if one.file_size > _SMALL and one.file_size > MOST_RATIO * max(one.compress_size, 1):
                    too_large(f"{one.filename} unpacked", one.file_size, MOST_RATIO * one.compress_size, "bytes")
            parts = {one.filename: archive.read(one) for one in members}
    except Problem:
        raise
    except Exception as error:  # noqa: BLE001 - zlib.error, lzma's and others': a damaged archive has many names
        raise refuse("form_unreadable", detail=f"the workbook is damaged ({type(error).__name__})") from None
    for name, part in parts.items():
        if not name.lower().endswith(_PICTURES) and (_DTD.search(part) or _DTD.search(part.replace(b"\0", b""))):
            raise refuse("form_unreadable", detail=f"{name} declares a document type, which no workbook does")
    return parts


def _count(parts: dict[str, bytes]) -> None:
    written = sum(sum(1 for _ in _WRITTEN.finditer(part)) for part in parts.values())
    if written > MOST_WRITTEN:
        too_large("the workbook", written, MOST_WRITTEN, "cells")


def _sheet(sheet: Any, parts: dict[str, bytes], budget: Budget, findings: list[Finding]) -> Sheet:
    name = str(sheet.title)
    sheet.reset_dimensions()
    rows = (
        (number, [text(cell.value) for cell in cells[:MOST_COLUMNS]])
        for number, cells in enumerate(sheet.iter_rows(), 1)
    )
    read = gather(name, rows, budget, findings)
    for column, row, rest in _CELL.findall(parts.get(str(sheet._worksheet_path), b"")):
        if b'="str"' not in rest:
            place = {"cell": f"{column.decode()}{row.decode()}"}
            findings.append(Finding("form_formula", place, name, int(row), column.decode()))
    return read
