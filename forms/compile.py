"""Compiles an author's form: sheets, pyxform, XForm, compiled form.

Rules: refuse, never approximate. Everything that is wrong is reported at once, by sheet, row and column; a form with
one such finding does not compile. Warnings (a missing translation of an uploaded form) are returned beside the result.
"""

from __future__ import annotations

import re
from typing import Any, Final, Literal, cast

import msgspec
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert  # pyright: ignore[reportUnknownVariableType] - pyxform is half typed

from forms.buckets import buckets
from forms.check import check_library, check_reads
from forms.expressions import ExpressionError, Tree
from forms.flags import FlagReader
from forms.model import (
    AUDIENCES,
    EXPRESSIONS,
    KNOWN,
    ROLES,
    TEXTS,
    WAYS,
    Choice,
    CompiledForm,
    Flag,
    Question,
    Text,
    Way,
    digest,
    encode,
)  # fmt: skip
from forms.order import Aspect, CircleError, affected, evaluation_order
from forms.problems import Finding, Problem, refuse
from forms.resolve import Resolved, Resolver, UnknownNameError
from forms.settings import check_head, plan, yes
from forms.sheets import Entry, check_settings, entries, is_name, pyxform_sheets
from forms.source import Row, Source
from forms.xform import Field, XForm, read_xform

COLUMN_OF: Final = {"filter": "choice_filter"}
_PLACE: Final = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_ROW: Final = re.compile(r"\[row : (\d+)\]\s*")


class Compiled(msgspec.Struct, frozen=True):
    """`version` is the digest of `data`; `xform` is what ODK and Kobo read."""

    form: CompiledForm
    data: bytes
    version: str
    xform: str
    warnings: list[Finding]


def compile_form(source: Source, *, library: bool = False) -> Compiled:
    """`library`: hold the rules of Esik's own forms too. Raises Problem with every finding."""
    findings: list[Finding] = []
    check_settings(source, findings)
    found = entries(source, findings)
    _stop(findings)
    xml = _to_xform(source)
    xform = read_xform(xml)
    work = _Work(source, found, xform, findings)
    work.refused()
    questions = [work.question(entry) for entry in found]
    lists = work.lists()
    flags = work.flags(questions)
    check_reads(questions, work.reads, {entry.ref: entry.row for entry in found}, findings)
    if library:
        check_library(questions, {entry.ref: entry.row for entry in found}, work.languages, findings)
        findings[:] = [msgspec.structs.replace(finding, warning=False) for finding in findings]
    try:
        order = evaluation_order(work.reads)
    except CircleError as circle:
        row = work.rows[circle.refs[0]]
        findings.append(Finding("form_circular", {"names": ", ".join(circle.refs)}, "survey", row.line))
        order = []
    head = work.settings()
    _stop(findings)
    form = CompiledForm(
        esik=1, **head, languages=work.languages, default_language=work.default,
        audiences=buckets(questions, lists, flags), questions=questions, lists=lists, order=order,
        affects=affected(order, work.reads), xform=digest(xml.encode()), flags=flags,
    )  # fmt: skip
    data = encode(form)
    return Compiled(form, data, digest(data), xml, findings)


def report(source: Source, *, library: bool = False) -> list[Finding]:
    """All that is to be said about a form before it is published, warnings too; empty when there is nothing."""
    try:
        return compile_form(source, library=library).warnings
    except Problem as problem:
        return problem.findings


def _stop(findings: list[Finding]) -> None:
    if any(not finding.warning for finding in findings):
        raise Problem(findings)


def _to_xform(source: Source) -> str:
    """pyxform counts rows as a sheet does, with the header as the first."""
    key = source.settings.cells.get("form_id", "")
    try:
        return convert(xlsform=pyxform_sheets(source, key or "form"), validate=False).xform
    except PyXFormError as error:
        message = str(error)
        place = _ROW.search(message)
        rows = source.sheets["survey"]
        at = int(place.group(1)) - 2 if place else -1
        line = rows[at].line if 0 <= at < len(rows) else 0
        raise refuse("form_not_understood", "survey" if line else "", line, detail=_ROW.sub("", message)) from None
    except Exception as error:  # noqa: BLE001 - pyxform meets odd sheets with odd exceptions, not the author's
        raise refuse("form_not_understood", detail=f"{type(error).__name__}: {error}") from None


class _Work:
    """One compilation. `reads` grows while questions are made."""

    def __init__(self, source: Source, found: list[Entry], xform: XForm, findings: list[Finding]) -> None:
        self.source = source
        self.found = found
        self.xform = xform
        self.findings = findings
        self.rows = {entry.ref: entry.row for entry in found}
        self.refs = {entry.ref.rpartition(".")[2]: entry.ref for entry in found}
        self.reads: dict[Aspect, frozenset[str]] = {}
        self.default = source.settings.cells.get("default_language", "en")
        self.languages = self._languages()
        listed = {row.cells.get("list_name", "") for row in source.sheets.get("choices", [])}
        self.resolver = Resolver({entry.ref: entry.kind for entry in found}, listed, xform.root)
        self.audience: dict[str, str] = {}
        self.ways: dict[str, tuple[Way, ...]] = {}

    def _languages(self) -> list[str]:
        found = {self.default: None}
        for entry in self.found:
            found |= dict.fromkeys(entry.row.text("label"))
        found.pop("", None)
        return list(found)

    def report(
        self, row: Row, column: str, code: str, *, warning: bool = False, sheet: str = "survey", **values: str
    ) -> None:
        self.findings.append(Finding(code, values, sheet, row.line, column, warning))

    def refused(self) -> None:
        for ref, construct in self.xform.refused:
            instead = {"repeat_count": "Let people add and remove by hand."}.get(construct, "Write a fixed value.")
            self.report(self.rows.get(ref, Row(0, {})), "", "form_unsupported", construct=construct, instead=instead)

    def question(self, entry: Entry) -> Question:
        field = self.xform.fields.get(entry.ref, Field(entry.ref))
        cells = entry.row.cells
        expressions: dict[str, Any] = {aspect: self.expression(entry, aspect, field) for aspect in EXPRESSIONS}
        role = cells.get("role")
        if role is not None:
            self.one_of(entry.row, "role", role, ROLES)
        parent = entry.ref.rpartition(".")[0]
        self.ways[entry.ref] = self._ways(entry, parent)
        leaf = entry.kind not in ("group", "repeat", "note", "calculate")
        return Question(
            ref=entry.ref, kind=entry.kind, audience=self._audience(entry, parent, role),
            **{column: self.text(entry.row, column, (entry.ref, column)) for column in TEXTS},
            **{column: self.text(entry.row, column) for column in ("purpose", "action", "unit")},
            **{aspect: tree for aspect, tree in expressions.items() if tree is not None},
            list=entry.list or None, default=field.default or None, role=role, code=cells.get("code"),
            appearance=tuple(cells.get("appearance", "").split()), ways=self.ways[entry.ref] if leaf else (),
            least=int(entry.kind == "repeat" and self._holds_cards(entry.ref)), from_=self._from(entry),
            sensitive=self._of_group(entry, "sensitive"), self_=self._of_group(entry, "self"),
        )  # fmt: skip

    def _holds_cards(self, ref: str) -> bool:
        """A household form about nobody says nothing: the repeat that carries cards keeps one person."""
        return any(e.ref.startswith(f"{ref}.") and e.row.cells.get("role") == "card" for e in self.found)

    def _of_group(self, entry: Entry, column: str) -> bool:
        if column in entry.row.cells and entry.kind != "group":
            instead = "Put it on the group around."
            self.report(entry.row, column, "form_unsupported", construct=f"{column} on a question", instead=instead)
        return yes(entry.row, column, "survey", self.findings)

    def _from(self, entry: Entry) -> str | None:
        """What fills the question: known of one person, so only where a single person is asked, and of its kind."""
        known = entry.row.cells.get("from")
        if known is None:
            return None
        self.one_of(entry.row, "from", known, KNOWN)
        kinds = {"person.birth_date": ("date",), "person.name": ("text",)}.get(known, ("select_one",))
        inside = any(e.kind == "repeat" and entry.ref.startswith(f"{e.ref}.") for e in self.found)
        if inside or entry.kind not in kinds or self.source.settings.cells.get("subject") == "household":
            construct = f"from {known} on {entry.kind}, in a repeat or in a household form"
            instead = f"Use {kinds[0]}, in a form about a person."
            self.report(entry.row, "from", "form_unsupported", construct=construct, instead=instead)
        return known

    def _audience(self, entry: Entry, parent: str, role: str | None) -> str:
        own = (
            entry.row.cells.get("audience")
            or self.audience.get(parent)
            or self.source.settings.cells.get("audience", "")
        )
        self.audience[entry.ref] = own
        if role is not None:
            return "coordination"
        if own:
            self.one_of(entry.row, "audience", own, AUDIENCES[1:])
        elif entry.kind not in ("group", "repeat", "note"):
            self.report(entry.row, "audience", "form_missing", what="who may read the answer (audience)")
        return own

    def _ways(self, entry: Entry, parent: str) -> tuple[Way, ...]:
        words = entry.row.cells.get("ways", "").split()
        for word in words:
            self.one_of(entry.row, "ways", word, WAYS)
        return tuple(way for way in WAYS if way in words) or self.ways.get(parent, ())

    def one_of(self, row: Row, column: str, value: str, allowed: tuple[str, ...], sheet: str = "survey") -> None:
        if value not in allowed:
            self.report(row, column, "form_value", sheet=sheet, value=value, allowed=", ".join(allowed))

    def named(self, row: Row, column: str, name: str) -> None:
        if not is_name(name):
            instead = "Use letters of the English alphabet, digits, _ and -."
            self.report(
                row, column, "form_unsupported", sheet="choices", construct=f"the name {name!r}", instead=instead
            )

    def expression(self, entry: Entry, aspect: str, field: Field) -> Tree | None:
        source = field.filter if aspect == "filter" else field.expressions.get(aspect, "")
        if not source or (entry.kind == "note" and aspect == "readonly"):
            return None
        column = COLUMN_OF.get(aspect, aspect)
        return self._resolved(entry.row, column, (entry.ref, aspect), source, filters=aspect == "filter")

    def _resolved(
        self, row: Row, column: str, aspect: Aspect, source: str, *, filters: bool = False, flag_at: str = ""
    ) -> Tree | None:
        sheet = "flags" if flag_at else "survey"
        try:
            resolved = self.resolver.resolve(source, flag_at or aspect[0], filters=filters)
        except UnknownNameError as error:
            self.report(row, column, "form_unknown_name", sheet=sheet, name=str(error))
            return None
        except ExpressionError as error:
            written = row.cells.get(column, source.strip())
            self.report(row, column, "form_expression", sheet=sheet, expression=written, detail=str(error))
            return None
        self.reads[aspect] = resolved.reads
        return resolved.tree

    def text(self, row: Row, column: str, aspect: Aspect | None = None, sheet: str = "survey") -> Text | None:
        """Texts per language, `${name}` resolved when an aspect is given. What is missing falls back, and is told."""
        written = row.text(column)
        if not written:
            return None
        texts = {self.default if language == "" else language: text for language, text in written.items()}
        fallback = texts.get(self.default) or next(iter(texts.values()))
        for language in self.languages:
            if language not in texts:
                self.report(
                    row, f"{column}::{language}", "form_missing", warning=True, sheet=sheet, what="the translation"
                )
        return {
            language: self._pieces(texts.get(language, fallback), row, column, aspect, sheet)
            for language in self.languages
        }

    def _pieces(self, text: str, row: Row, column: str, aspect: Aspect | None, sheet: str) -> Any:
        if "${" not in text:
            return text
        if aspect is None:
            construct, instead = "${…} in this column", "Write plain text."
            self.report(row, column, "form_unsupported", sheet=sheet, construct=construct, instead=instead)
            return text
        pieces: list[Any] = []
        for place, piece in enumerate(_PLACE.split(text)):
            if place % 2 == 0:
                pieces += [piece] if piece else []
            elif piece in self.refs:
                resolved: Resolved = self.resolver.reference(self.refs[piece])
                self.reads[aspect] = self.reads.get(aspect, frozenset()) | resolved.reads
                pieces.append(resolved.tree)
            else:
                self.report(row, column, "form_unknown_name", name=piece)
        return pieces

    def lists(self) -> dict[str, list[Choice]]:
        """Every list that a question uses. A blank extra column is blank in filters too, as in ODK, and not absent."""
        rows: dict[str, list[Row]] = {entry.list: [] for entry in self.found if entry.list}
        for row in self.source.sheets.get("choices", []):
            name = row.cells.get("list_name", "")
            self.named(row, "list_name", name)
            if name in rows:
                rows[name].append(row)
            else:
                what = f"a question for the list {name}"
                self.report(row, "list_name", "form_missing", warning=True, sheet="choices", what=what)
        return {name: self._choices(listed) for name, listed in rows.items()}

    def _choices(self, rows: list[Row]) -> list[Choice]:
        columns = dict.fromkeys(column for row in rows for column in row.cells)
        extra = [c for c in columns if c not in ("list_name", "name") and c.partition("::")[0] != "label"]
        found: list[Choice] = []
        for column in extra:
            self.named(rows[0], column, column)
        for row in rows:
            name = row.cells["name"]
            label = self.text(row, "label", sheet="choices") or dict.fromkeys(self.languages, name)
            found.append(Choice(name, label, {column: row.cells.get(column, "") for column in extra}))
        return found

    def flags(self, questions: list[Question]) -> list[Flag]:
        reader = FlagReader(questions, self.findings)
        found: list[Flag] = []
        for row in self.source.sheets.get("flags", []):
            named = reader.read(row)
            texts = {column: self.text(row, column, sheet="flags") for column in ("action", "why")}
            condition = reader.condition(row, self.xform.root)
            if named is None or not condition:
                continue
            name, at = named
            tree = self._resolved(row, "condition", (name, "flag"), condition, flag_at=at)
            if tree is not None:
                reader.check_reads(row, name, self.reads[name, "flag"])
                found.append(reader.flag(row, name, at, tree, texts))
        return found

    def settings(self) -> dict[str, Any]:
        row = self.source.settings
        cells = row.cells
        check_head(row, self.findings)
        planned = plan(row, self.findings)
        continues = yes(row, "continues", "settings", self.findings)
        title = self.text(row, "title", sheet="settings") or self.text(row, "form_title", sheet="settings")
        if title is None:
            self.report(row, "title", "form_missing", sheet="settings", what="title")
            title = {}
        if any(not finding.warning for finding in self.findings):
            return {}
        return {
            "key": cells["form_id"], "number": int(cells["number"]), "title": title,
            "short_title": self.text(row, "short_title", sheet="settings") or title,
            "subject": cast("Literal['household', 'person']", cells["subject"]), "station": cells.get("station"),
            "translation_status": {k: v for k, v in row.text("translation_status").items() if k},
            "plan": planned, "continues": continues,
        }  # fmt: skip
