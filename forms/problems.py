"""Every way a form or an answer can be wrong, with a stable code.

Rules: a code never changes its meaning; words for people stand in the message files under `problem.<code>`;
what is found while a form is read is collected with sheet, row and column, so that an author sees all of it at once.
"""

from __future__ import annotations

from typing import Final

import msgspec

FORM_CODES: Final = {
    "form_unreadable": "The file is not a form: {detail}",
    "form_not_understood": "XLSForm's reader refused it: {detail}",
    "form_unsupported": "{construct} is not supported. {instead}",
    "form_expression": "The expression {expression} is wrong: {detail}",
    "form_unknown_name": "There is no question called {name}",
    "form_circular": "These depend on each other in a circle: {names}",
    "form_missing": "{what} is missing",
    "form_value": "{value} is not one of: {allowed}",
    "form_reads_further": "{name} goes to {audience} but reads {read}, which goes to {other}",
    "form_flag_audience": "The flag {name} goes to {audience} but reads {read}, which goes to {other}",
    "form_forbidden": "It asks about what no form may ask ({subject}): {words}",
    "form_exposes": "{name} keeps a {what}, which two administrators have to answer for",
    "form_free_text": "Questions that take any text: {count}; say beside them what not to write (rows {rows})",
    "form_number": "{number} is not the next number of {name}: that is {next}",
    "form_published": "This very version of {name} is published already, as number {number}",
    "form_unheld": "Nobody holds the audience {audience}: what is sealed to it could not be read",
    "form_malformed": "These bytes are not a compiled form",
    "form_too_large": "The file is too large: {what} is {size}, and {most} is the most",
    "form_protected": "The workbook is protected by a password",
    "form_encoding": "The text is not UTF-8 (line {line})",
    "form_formula": "The cell {cell} holds a formula and no value",
    "form_twice": "{what} stands twice",
    "form_ignored": "{what} is ignored",
    "form_language": "Nothing says which language {language} is",
}

ANSWER_CODES: Final = {
    "answer_required": "This is needed",
    "answer_not_integer": "Not a whole number",
    "answer_not_decimal": "Not a number",
    "answer_not_date": "Not a date of the calendar",
    "answer_not_time": "Not a time of a day",
    "answer_not_datetime": "Not a day with a time",
    "answer_not_rank": "Not every choice in an order",
    "answer_not_point": "Not a place on the earth",
    "answer_out_of_range": "Not on the scale",
    "answer_not_choice": "Not one of the choices that stand now",
    "answer_constraint": "The form's own rule does not hold",
}

CODES: Final = FORM_CODES | ANSWER_CODES


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing found in a form. `row` counts as the source does: the line in YAML, the row in a sheet.

    `instead`: what to write. `repair`: the name of an offered repair (forms/repair.py)."""

    code: str
    values: dict[str, str] = {}
    sheet: str = ""
    row: int = 0
    column: str = ""
    warning: bool = False
    instead: str = ""
    repair: str = ""

    @property
    def words(self) -> str:
        """What it is, without its place, and what to write instead."""
        said = CODES[self.code].format_map(self.values).strip()
        return f"{said}. {self.instead}" if self.instead else said

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (self.sheet, f"row {self.row}" if self.row else "", self.column and f"column {self.column}")
            if part
        )
        return f"{place}: {self.words}" if place else self.words


class Problem(Exception):  # noqa: N818 - the vocabulary's noun
    """A form that is refused. `findings` holds at least one that is no warning, in the order of the source.

    Raised by `forms.source`, `forms.compile` and `forms.model`; `code` is that of the first finding.
    """

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(map(str, findings)))
        self.findings = findings
        self.code = next(f.code for f in findings if not f.warning)


def refuse(code: str, sheet: str = "", row: int = 0, column: str = "", **values: str) -> Problem:
    """A Problem with a single finding."""
    return Problem([Finding(code, values, sheet, row, column)])
