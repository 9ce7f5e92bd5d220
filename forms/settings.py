"""The sheet `settings`: what a form is called, whom it is about, and when it is due.

Rules: the plan counts days after the first look; ages are years, both included, open where nothing stands ("6-").
`continues` says that what is done may be sealed alone and the rest filled in later, on any tablet of the site.
"""

from __future__ import annotations

import re
from typing import Final

from forms.model import Plan
from forms.problems import Finding
from forms.source import Row

_AGES: Final = re.compile(r"([0-9]{0,3})-([0-9]{0,3})")
_DAYS: Final = re.compile(r"[0-9]{1,4}")
_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
YES_NO: Final = ("yes", "no")


def check_head(row: Row, findings: list[Finding]) -> None:
    """Whether key, number and subject are there and can be used."""
    for column, offered in (("form_id", "head"), ("number", "head"), ("subject", "subject")):
        if column not in row.cells:
            findings.append(Finding("form_missing", {"what": column}, "settings", row.line, column, repair=offered))
    if not _KEY.fullmatch(row.cells.get("form_id", "a")):
        _wrong(row, "form_id", "up to 64 letters, digits, _ and -, a letter first", findings, repair="head")
    if not _NUMBER.fullmatch(row.cells.get("number", "1")):
        _wrong(row, "number", "1, 2, 3 …", findings)
    if row.cells.get("subject", "person") not in ("household", "person"):
        _wrong(row, "subject", "household, person", findings)


def plan(row: Row, findings: list[Finding]) -> Plan | None:
    """None for a form that no arrival makes due."""
    days: dict[str, int] = {}
    for column in ("plan_not_before", "plan_due"):
        written = row.cells.get(column)
        if written is not None and not _DAYS.fullmatch(written):
            _wrong(row, column, "a whole number of days", findings)
        elif written is not None:
            days[column] = int(written)
    ages = _AGES.fullmatch(row.cells.get("plan_ages", "-"))
    from_, to = (int(age) if age else None for age in ages.groups()) if ages else (None, None)
    if ages is None or (from_ is not None and to is not None and from_ > to):
        _wrong(row, "plan_ages", "years as 0-17, 6- or -5", findings)
    if not days:
        if "plan_ages" in row.cells:
            findings.append(Finding("form_missing", {"what": "plan_due"}, "settings", row.line, "plan_due"))
        return None
    not_before = days.get("plan_not_before", 0)
    due = days.get("plan_due", not_before)
    if due < not_before:
        _wrong(row, "plan_due", f"{not_before} or later", findings)
    return Plan(not_before, due, (from_, to))


def yes(row: Row, column: str, sheet: str, findings: list[Finding]) -> bool:
    """A cell that says yes or no; blank is no."""
    written = row.cells.get(column, "no")
    if written not in YES_NO:
        _wrong(row, column, ", ".join(YES_NO), findings, sheet)
    return written == "yes"


def _wrong(
    row: Row, column: str, allowed: str, findings: list[Finding], sheet: str = "settings", repair: str = ""
) -> None:
    values = {"value": row.cells.get(column, ""), "allowed": allowed}
    findings.append(Finding("form_value", values, sheet, row.line, column, repair=repair))
