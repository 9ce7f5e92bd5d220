"""A form as its author wrote it: sheets of rows of text cells, each row knowing where it stands.

Rules: the column names are XLSForm's. In YAML a cell may be a mapping (one text per language, `label: {en: …}` is the
column `label::en`) or a list (joined by one space). All scalars are text: `yes` stays "yes", `007` stays "007".
Other sources (.xlsx, .csv) become the same `Source`.
"""

from __future__ import annotations

from typing import Final

import msgspec
import yaml

from forms.problems import Finding, refuse

SHEETS: Final = ("settings", "survey", "choices", "flags")
MOST_BYTES: Final = 1 << 20


class Row(msgspec.Struct, frozen=True):
    """One row: column → text; blank cells are not there."""

    line: int
    cells: dict[str, str]

    def text(self, column: str) -> dict[str, str]:
        """A cell per language: `label::en` and `label::kk` as {"en": …, "kk": …}; a bare `label` under ""."""
        found = {name[len(column) + 2 :]: text for name, text in self.cells.items() if name.startswith(f"{column}::")}
        return ({"": self.cells[column]} if column in self.cells else {}) | found


class Source(msgspec.Struct, frozen=True):
    """The sheets of one form; `settings` is a sheet with a single row.

    `brought`: a spreadsheet that was made for other tools too, so that what Esik does not know is told and left out.
    `findings` were made while reading. `columns`: sheet → column → where and how its author wrote it: `F label::en`.
    """

    name: str
    sheets: dict[str, list[Row]]
    brought: bool = False
    findings: list[Finding] = []
    columns: dict[str, dict[str, str]] = {}

    @property
    def settings(self) -> Row:
        rows = self.sheets.get("settings", [])
        return rows[0] if rows else Row(0, {})


def from_yaml(text: str, name: str = "form.yaml") -> Source:
    """Reads a form from YAML. Raises Problem(form_unreadable) with the line."""
    if len(text.encode()) > MOST_BYTES:
        raise refuse("form_unreadable", detail="larger than 1 MiB")
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 0
        raise refuse("form_unreadable", row=line, detail=str(getattr(error, "problem", error))) from None
    except (RecursionError, ValueError) as error:
        raise refuse("form_unreadable", detail=type(error).__name__) from None
    seen: set[int] = set()
    sheets: dict[str, list[Row]] = {}
    for key, node in _pairs(root, seen):
        if key not in SHEETS:
            raise refuse("form_unsupported", key, _line(node), construct=f"the sheet {key}", instead="Leave it out.")
        rows = [node] if key == "settings" else _items(node, seen)
        sheets[key] = [_row(row, seen) for row in rows]
    if "survey" not in sheets:
        raise refuse("form_missing", what="the sheet survey")
    return Source(name, sheets)


def _row(node: yaml.Node, seen: set[int]) -> Row:
    cells: dict[str, str] = {}
    for key, value in _pairs(node, seen):
        if isinstance(value, yaml.MappingNode):
            inner = {f"{key}::{language}": _cell(text, seen) for language, text in _pairs(value, seen)}
        else:
            inner = {key: _cell(value, seen)}
        cells |= {column: text for column, text in inner.items() if text}
    return Row(_line(node), cells)


def _cell(node: yaml.Node, seen: set[int]) -> str:
    if isinstance(node, yaml.SequenceNode):
        return " ".join(_cell(item, seen) for item in _items(node, seen))
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag.endswith(":null") else str(node.value).strip()
    raise refuse("form_unreadable", row=_line(node), detail="a mapping stands where a text should")


def _pairs(node: yaml.Node | None, seen: set[int]) -> list[tuple[str, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise refuse("form_unreadable", row=_line(node), detail="a mapping of names to texts should stand here")
    _once(node, seen)
    pairs = [(_cell(key, seen), value) for key, value in node.value]
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise refuse("form_unreadable", row=_line(node), detail=f"{twice} stands twice")
    return pairs


def _items(node: yaml.Node, seen: set[int]) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise refuse("form_unreadable", row=_line(node), detail="a list should stand here")
    _once(node, seen)
    return list(node.value)


def _once(node: yaml.Node, seen: set[int]) -> None:
    """An alias that is expanded again and again can fill the memory; a form has no use for one."""
    if id(node) in seen:
        raise refuse("form_unsupported", row=_line(node), construct="a YAML alias", instead="Write it out.")
    seen.add(id(node))


def _line(node: yaml.Node | None) -> int:
    return 0 if node is None else int(node.start_mark.line) + 1
