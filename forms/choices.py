"""What stands beside the questions: lists of choices, data files, pictures and sounds.

Rules: a list comes from the sheet, or from a data file when a question chooses from one; then it keeps the columns that
a filter names. A file that is named and not there is told: without its data a form is not whole, without a picture it
is poorer.
"""

from __future__ import annotations

import base64
import hashlib
import mimetypes
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from forms.expressions import Tree, parts
from forms.model import MEDIA, Choice, File, Question, Table, Text
from forms.problems import Problem
from forms.questions import OTHER
from forms.sheets import is_name
from forms.source import Row
from forms.tables import read_table
from forms.work import Work

CSV: Final = "jr://file-csv/"
XML: Final = "jr://file/"
MOST_FILE: Final = 16 << 20
_HEAD: Final = ("list_name", "name", "label", *MEDIA)


class Beside:
    """`files`: name → bytes of what lies beside the form."""

    def __init__(self, work: Work, questions: list[Question], files: Mapping[str, bytes]) -> None:
        self.work = work
        self.questions = questions
        self.files = files
        self.read = self._read()

    def tables(self) -> dict[str, Table]:
        """Those that expressions read; one that is only chosen from stands as a list."""
        return {name: table for name, table in self.read.items() if name in self.work.resolver.used}

    def _read(self) -> dict[str, Table]:
        found: dict[str, Table] = {}
        row = Row(0, {})
        for name, source in self.work.xform.outside.items():
            file = source.removeprefix(CSV).removeprefix(XML)
            if "/" in file or not file.lower().endswith((".csv", ".xml")):
                construct = "answers of the time before (last-saved)" if "last-saved" in source else file
                instead = "Use a CSV file, or a list of choices."
                self.work.report(row, "", "form_unsupported", construct=construct, instead=instead)
            elif file not in self.files:
                self.work.report(row, "", "form_missing", what=f"the file {file}")
            else:
                found |= self._table(name, file)
        return found

    def _table(self, name: str, file: str) -> dict[str, Table]:
        try:
            return {name: read_table(file, self.files[file])}
        except Problem as problem:
            self.work.findings.extend(problem.findings)
            return {}

    def lists(self) -> dict[str, list[Choice]]:
        """Every list that a question uses. A blank extra column is blank in filters too, as in ODK, and not absent."""
        work = self.work
        asked = {question.list: work.xform.fields[question.ref] for question in self.questions if question.list}
        rows: dict[str, list[Row]] = {}
        for row in work.source.sheets.get("choices", []):
            name = row.cells.get("list_name", "")
            self._named(row, "list_name", name)
            rows.setdefault(name, []).append(row)
            if name not in asked and name not in work.resolver.used:
                what = f"a question for the list {name}"
                work.report(row, "list_name", "form_missing", warning=True, sheet="choices", what=what)
        found: dict[str, list[Choice]] = {}
        for name, field in asked.items():
            if field.list in work.xform.outside:
                found[name] = self._of_table(self.read.get(field.list), field.value, field.label, name)
        names = dict.fromkeys([*asked, *sorted(work.resolver.used)])
        return found | {name: self._of_rows(name, rows[name]) for name in names if name in rows and name not in found}

    def _of_table(self, table: Table | None, value: str, label: str, name: str) -> list[Choice]:
        """A row is a choice, in the words of the file for every language."""
        if table is None:
            return []
        for column in (value, label):
            if column not in table.columns:
                self.work.report(Row(0, {}), "", "form_missing", what=f"the column {column} in the data file {name}")
                return []
        filters = [q.filter for q in self.questions if q.list == name and q.filter is not None]
        wanted = {column for tree in filters for column in _names(tree)} - {"name", "label"}
        kept = [(place, column) for place, column in enumerate(table.columns) if column in wanted and is_name(column)]
        named, said = table.columns.index(value), table.columns.index(label)
        languages = self.work.languages
        return [
            Choice(row[named], dict.fromkeys(languages, row[said]), {column: row[place] for place, column in kept})
            for row in table.rows
        ]

    def _of_rows(self, name: str, rows: list[Row]) -> list[Choice]:
        columns = dict.fromkeys(column for row in rows for column in row.cells)
        extra = [column for column in columns if column.partition("::")[0] not in _HEAD]
        found: list[Choice] = []
        if self.work.source.brought:
            extra = [column for column in extra if is_name(column)]
        for column in extra:
            self._named(rows[0], column, column)
        for row in rows:
            value = row.cells["name"]
            label = self.work.text(row, "label", sheet="choices", at=f"{name}/{value}")
            media = {kind: text for kind in MEDIA if (text := self.work.text(row, kind, sheet="choices")) is not None}
            cells = {column: row.cells.get(column, "") for column in extra}
            found.append(Choice(value, label or dict.fromkeys(self.work.languages, value), cells, media))
        if "other" in self.work.xform.lists.get(name, []) and all(choice.name != "other" for choice in found):
            found.append(Choice("other", self._other(name), dict.fromkeys(extra, "")))
        return found

    def _other(self, name: str) -> Text:
        """What pyxform adds for `or_other`, in the form's languages as far as they are known here."""
        row = Row(0, {f"label::{language}": word for language, word in OTHER.items()})
        return self.work.text(row, "label", sheet="choices", at=f"{name}/other") or {}

    def _named(self, row: Row, column: str, name: str) -> None:
        if not is_name(name):
            instead = "Use letters of the English alphabet, digits, _ and -."
            construct = f"the name {name!r}"
            self.work.report(row, column, "form_unsupported", sheet="choices", construct=construct, instead=instead)

    def shown(self, lists: Mapping[str, list[Choice]]) -> dict[str, File]:
        """Pictures and sounds that labels name, by that name."""
        medias = [q.media for q in self.questions] + [choice.media for listed in lists.values() for choice in listed]
        names = sorted({str(name) for media in medias for text in media.values() for name in text.values()})
        found: dict[str, File] = {}
        for name in names:
            data = self.files.get(name)
            if data is None:
                self.work.report(Row(0, {}), "", "form_missing", warning=True, what=f"the file {name}")
            elif len(data) > MOST_FILE:
                size, most = f"{len(data)} bytes", f"{MOST_FILE} bytes"
                self.work.report(Row(0, {}), "", "form_too_large", what=name, size=size, most=most)
            else:
                digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
                found[name] = File(digest, len(data), mimetypes.guess_type(name)[0] or "application/octet-stream")
        return found


def _names(tree: Any) -> Iterable[str]:
    """Every step of every path in a tree: the columns that it may name."""
    items = parts(cast("Tree", tree))
    if items and items[0] == "path":
        yield from (str(parts(step)[1] if parts(step) else step) for step in items[2:])
    for item in items:
        yield from _names(item)
