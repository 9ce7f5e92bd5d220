"""Files that authors bring, made here."""

import io
from typing import Any

import openpyxl

SURVEY = [["type", "name", "label"], ["text", "who", "Who?"]]


def workbook(**sheets: list[list[Any]]) -> bytes:
    """A .xlsx with these sheets, `survey` with one question when it is not among them."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in ({"survey": SURVEY} | sheets).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
