"""One question of the compiled form: a row of the sheet and what pyxform made of it, put together.

Rules: structure and expressions come from the XForm, texts and Esik's own columns from the sheet. What pyxform adds by
itself (the words for “other”, the count of a repeat, the head of a table) belongs to the row that it was made for.
"""

from __future__ import annotations

from typing import Any, Final

from forms.expressions import Tree, parts
from forms.model import AUDIENCES, EXPRESSIONS, KNOWN, MEDIA, ONCE, ROLES, TEXTS, WAYS, Question, Text, Way
from forms.problems import Finding
from forms.settings import yes
from forms.sheets import Entry
from forms.source import Row
from forms.work import Work
from forms.xform import Field, XForm

COLUMN_OF: Final = {"filter": "choice_filter", "count": "repeat_count", "first": "default", "set": "calculation"}
OTHER: Final = {"en": "Other", "kk": "Басқа", "ru": "Другое", "ar": "أخرى"}
WHICH: Final = {"en": "Specify other.", "kk": "Басқасын жазыңыз.", "ru": "Уточните.", "ar": "حدد ما هو."}
CHANCE: Final = ("random", "uuid")
_INHERITED: Final = ("audience", "ways", "purpose", "action")


def completed(found: list[Entry], xform: XForm, findings: list[Finding]) -> list[Entry]:
    """Entries in the XForm's order, with those that pyxform added."""
    by_ref = {entry.ref: entry for entry in found}
    return [
        entry for field in xform.fields.values() if (entry := by_ref.get(field.ref) or _added(field, by_ref, findings))
    ]


def _added(field: Field, by_ref: dict[str, Entry], findings: list[Finding]) -> Entry | None:
    above, _, name = field.ref.rpartition(".")
    if name.endswith("_other") and (select := by_ref.get(field.ref.removesuffix("_other"))):
        return Entry(field.ref, "text", "", Row(select.row.line, _cells(select.row) | _labels(WHICH)))
    if name.endswith("_count") and (repeat := by_ref.get(field.ref.removesuffix("_count"))):
        return Entry(field.ref, "calculate", "", Row(repeat.row.line, _cells(repeat.row)))
    group = by_ref.get(above)
    if group is not None and field.control:
        labels = {column: text for column, text in group.row.cells.items() if column.partition("::")[0] == "label"}
        if field.list:
            return Entry(field.ref, "select_one", field.list, Row(group.row.line, _cells(group.row)))
        return Entry(field.ref, "note", "", Row(group.row.line, _cells(group.row) | labels))
    values = {"construct": f"{name}, which is made by XLSForm's reader,", "instead": "Write it out in rows."}
    findings.append(Finding("form_unsupported", values, "survey"))
    return None


def _cells(row: Row) -> dict[str, str]:
    return {column: text for column, text in row.cells.items() if column.partition("::")[0] in _INHERITED}


def _labels(words: dict[str, str]) -> dict[str, str]:
    return {f"label::{language}": text for language, text in words.items()}


class Questions:
    """Makes them in the form's order; audience and ways out come down from the group around."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.audience: dict[str, str] = {}
        self.ways: dict[str, tuple[Way, ...]] = {}
        carries = [entry.ref for entry in work.found if entry.row.cells.get("role") == "card"]
        self.carrying = {ref[:place] for ref in carries for place, sign in enumerate(ref) if sign == "."}
        self.repeats = {entry.ref for entry in work.found if entry.kind == "repeat"}
        self.told = self._told()

    def _told(self) -> bool:
        """Whether anything in the form says who may read; where nothing does, that is one finding and not one a row."""
        head = self.work.source.settings
        told = "audience" in head.cells or any("audience" in entry.row.cells for entry in self.work.found)
        asking = [e for e in self.work.found if e.kind not in ("group", "repeat", "note") and "role" not in e.row.cells]
        if asking and not told:
            values = {"what": "who may read the answers (audience)"}
            self.work.findings.append(
                Finding("form_missing", values, "settings", head.line, "audience", repair="audience")
            )
        return told

    def question(self, entry: Entry) -> Question:
        field = self.work.xform.fields[entry.ref]
        cells = entry.row.cells
        expressions: dict[str, Any] = {
            aspect: self._expression(entry, aspect, field) for aspect in EXPRESSIONS if aspect != "filter"
        }
        expressions |= {aspect: self._moment(entry, aspect, field) for aspect in ONCE}
        expressions["filter"] = self._filter(entry, field)
        role = cells.get("role")
        if role is not None:
            self.work.one_of(entry.row, "role", role, ROLES)
        parent = entry.ref.rpartition(".")[0]
        self.ways[entry.ref] = self._ways(entry, parent)
        leaf = entry.kind not in ("group", "repeat", "note", "calculate", "hidden")
        return Question(
            ref=entry.ref, kind=entry.kind, audience=self._audience(entry, parent, role),
            **{column: self._text(entry, column) for column in TEXTS},
            **{column: self.work.text(entry.row, column) for column in ("purpose", "action", "unit")},
            **{aspect: tree for aspect, tree in expressions.items() if tree is not None},
            list=list_of(field) if field.list else None, default=field.default or None, role=role,
            code=cells.get("code"), appearance=tuple((field.appearance or cells.get("appearance", "")).split()),
            ways=self.ways[entry.ref] if leaf else (),
            # a household form about nobody says nothing: the repeat that carries cards keeps one person
            least=int(entry.kind == "repeat" and entry.ref in self.carrying), from_=self._from(entry),
            sensitive=self._of_group(entry, "sensitive"), self_=self._of_group(entry, "self"),
            range=self._range(entry, field), triggers=tuple(field.triggers), preload=field.preload or None,
            media=self._media(entry), pixels=int(field.pixels) if field.pixels.isdigit() else None,
            accept=field.accept or None,
            chance=_chanced(expressions["calculation"]), discloses=self._discloses(entry),
            disclosure=self.work.text(entry.row, "disclosure"),
        )  # fmt: skip

    def _text(self, entry: Entry, column: str) -> Text | None:
        return self.work.text(entry.row, column, (entry.ref, column), at=f"{entry.ref}:{column}")

    def _media(self, entry: Entry) -> dict[str, Text]:
        return {column: text for column in MEDIA if (text := self.work.text(entry.row, column)) is not None}

    def _range(self, entry: Entry, field: Field) -> dict[str, float] | None:
        if entry.kind != "range":
            return None
        try:
            return {end: float(written) for end, written in field.range.items()}
        except ValueError:
            self.work.report(entry.row, "parameters", "form_missing", what="start, end and step as numbers")
            return None

    def _of_group(self, entry: Entry, column: str) -> bool:
        if column in entry.row.cells and entry.kind != "group":
            instead = "Put it on the group around."
            construct = f"{column} on a question"
            self.work.report(entry.row, column, "form_unsupported", construct=construct, instead=instead)
        return yes(entry.row, column, "survey", self.work.findings)

    def _from(self, entry: Entry) -> str | None:
        """What fills the question: known of one person, so only where a single person is asked, and of its kind."""
        known = entry.row.cells.get("from")
        if known is None:
            return None
        self.work.one_of(entry.row, "from", known, KNOWN)
        kinds = {"person.birth_date": ("date",), "person.name": ("text",)}.get(known, ("select_one",))
        inside = any(entry.ref.startswith(f"{ref}.") for ref in self.repeats)
        if inside or entry.kind not in kinds or self.work.source.settings.cells.get("subject") == "household":
            construct = f"from {known} on {entry.kind}, in a repeat or in a household form"
            instead = f"Use {kinds[0]}, in a form about a person."
            self.work.report(entry.row, "from", "form_unsupported", construct=construct, instead=instead)
        return known

    def _discloses(self, entry: Entry) -> tuple[str, ...]:
        named = entry.row.cells.get("discloses", "").split()
        for audience in named:
            self.work.one_of(entry.row, "discloses", audience, AUDIENCES[1:])
        shown = entry.kind in ("group", "repeat") or entry.row.text("label")
        if named and not (entry.row.text("disclosure") and shown):
            self.work.report(entry.row, "disclosure", "form_missing", what="what the person is told (disclosure)")
        return tuple(named)

    def _audience(self, entry: Entry, parent: str, role: str | None) -> str:
        whole = self.work.source.settings.cells.get("audience", "")
        own = entry.row.cells.get("audience") or self.audience.get(parent) or whole
        self.audience[entry.ref] = own
        if role is not None:
            return "coordination"
        if own:
            self.work.one_of(entry.row, "audience", own, AUDIENCES[1:])
        elif self.told and entry.kind not in ("group", "repeat", "note"):
            self.work.report(entry.row, "audience", "form_missing", what="who may read the answer (audience)")
        return own

    def _ways(self, entry: Entry, parent: str) -> tuple[Way, ...]:
        words = entry.row.cells.get("ways", "").split()
        for word in words:
            self.work.one_of(entry.row, "ways", word, WAYS)
        return tuple(way for way in WAYS if way in words) or self.ways.get(parent, ())

    def _expression(self, entry: Entry, aspect: str, field: Field) -> Tree | None:
        source = field.filter if aspect == "filter" else field.expressions.get(aspect, "")
        if not source or (entry.kind in ("note", "calculate") and aspect == "readonly"):
            return None
        column = COLUMN_OF.get(aspect, aspect)
        return self.work.resolved(entry.row, column, (entry.ref, aspect), source, filters=aspect == "filter")

    def _moment(self, entry: Entry, aspect: str, field: Field) -> Tree | None:
        """What is worked out at a moment: nothing that it reads makes it be worked out again, but its triggers do."""
        source, at = getattr(field, aspect), (entry.ref, aspect)
        if aspect == "set" and field.triggers:
            source = source or "''"
        tree = self.work.resolved(entry.row, COLUMN_OF[aspect], at, source) if source else None
        if tree is not None:
            self.work.reads[at] |= frozenset(field.triggers if aspect == "set" else [])
            self.work.wakes[at] = frozenset(field.triggers if aspect == "set" else [])
            self.work.scopes[at] = {ref: self.work.resolver.shared(ref, entry.ref) for ref in self.work.wakes[at]}
        return tree

    def _filter(self, entry: Entry, field: Field) -> Tree | None:
        """In an order of chance, if the author wants one: what `randomize()` makes of the choices that stand."""
        tree = self._expression(entry, "filter", field)
        if field.shuffled is None:
            return tree
        at = (entry.ref, "filter")
        seed = self.work.resolved(entry.row, "parameters", at, field.shuffled) if field.shuffled else None
        self.work.reads.setdefault(at, frozenset())
        self.work.wakes.setdefault(at, frozenset())
        shuffled: list[Tree] = ["call", "randomize", ["call", "true"] if tree is None else tree]
        return shuffled if seed is None else [*shuffled, seed]


def _chanced(tree: Tree | None) -> bool:
    """Whether another evaluation gives another value, though nothing changed."""
    items = parts(tree) if tree is not None else []
    if items[:1] == ["call"] and items[1] in CHANCE:
        return True
    return items[:2] != ["call", "once"] and any(_chanced(item) for item in items)


def list_of(field: Field) -> str:
    """The name of a question's list; a data file that is read by other columns is another list."""
    plain = (field.value, field.label) == ("name", "label")
    return field.list if plain else f"{field.list}-{field.value}-{field.label}"
