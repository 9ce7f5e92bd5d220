"""Lists of choices and data files, as expressions see them: rows with columns of text.

Rules: a row is looked up by the text of a column without going over the list, because lists may hold ten thousand rows;
what is found is what going over it would find. `static/src/form/lists.ts` is the same.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from forms.expressions import Tree
from forms.model import CompiledForm


class Item:
    """A row, as paths see it. A column is a text, or a label with expressions in it. `nth`: of those with its name."""

    __slots__ = ("columns", "nth")

    def __init__(self, columns: dict[str, Any], nth: int = 1) -> None:
        self.columns = columns
        self.nth = nth

    @property
    def key(self) -> str:
        """Its name; where a list has a name twice, with a tab and which of them it is."""
        name = str(self.columns["name"])
        return name if self.nth == 1 else f"{name}\t{self.nth}"

    def string(self) -> str:
        return ""


class Cell:
    """A column of a row."""

    __slots__ = ("value",)

    def __init__(self, value: str) -> None:
        self.value = value

    def string(self) -> str:
        return self.value


class Lists:
    """The lists of one form in one language; each is read when it is first asked for."""

    def __init__(self, form: CompiledForm, language: str) -> None:
        self.form = form
        self.language = language
        self._items: dict[str, list[Item]] = {}
        self._places: dict[tuple[str, str], dict[str, list[tuple[int, Item]]]] = {}

    def items(self, name: str) -> list[Item]:
        found = self._items.get(name)
        if found is None:
            found = self._items[name] = self._read(name)
        return found

    def _read(self, name: str) -> list[Item]:
        rows = self._rows(name)
        listed = self.form.lists.get(name)
        if listed is None:
            return [Item(row) for row in rows]
        beside = rows or [{} for _ in listed]
        met: Counter[str] = Counter()
        found: list[Item] = []
        for row, choice in zip(beside, listed, strict=True):
            met[choice.name] += 1
            said = {"name": choice.name, "label": choice.label[self.language]}
            found.append(Item(row | said | choice.columns, met[choice.name]))
        return found

    def _rows(self, name: str) -> list[dict[str, Any]]:
        """Of a data file; a list that is chosen from it has the same rows."""
        table = self.form.tables.get(name)
        blank: dict[str, Any] = dict.fromkeys(table.columns, "") if table else {}
        return [blank | dict(zip(table.columns, row, strict=False)) for row in table.rows] if table else []

    def places(self, name: str, column: str, texts: list[str]) -> list[tuple[int, Item]]:
        """(place from 1, row) of those whose column holds one of the texts, in the list's order."""
        index = self._places.get((name, column))
        if index is None:
            index = self._places[name, column] = {}
            for place, item in enumerate(self.items(name), 1):
                if isinstance(item.columns.get(column), str):
                    index.setdefault(item.columns[column], []).append((place, item))
        if len(texts) == 1:
            return index.get(texts[0], [])
        found = {place: item for text in texts for place, item in index.get(text, [])}
        return sorted(found.items(), key=lambda one: one[0])

    def find(self, name: str, column: str, text: str) -> list[Item]:
        return [item for _, item in self.places(name, column, [text])]


def looked_up(predicate: Tree) -> tuple[str, Tree, bool] | None:
    """(column, tree, whether that is all) of a predicate that asks a column for what does not depend on the row."""
    if not isinstance(predicate, list):
        return None
    if predicate[0] == "and":
        found = looked_up(predicate[1]) or looked_up(predicate[2])
        return None if found is None else (found[0], found[1], False)
    if predicate[0] != "=":
        return None
    for one, other in (predicate[1:], predicate[:0:-1]):
        if isinstance(one, list) and one[:2] == ["path", "."] and len(one) == 3 and one[2] != "label" and _still(other):
            return (one[2], other, True) if isinstance(one[2], str) and one[2] != ".." else None
    return None


def _still(tree: Tree) -> bool:
    """Whether it is the same for every row."""
    if not isinstance(tree, list):
        return True
    if tree[0] == "path":
        return tree[1] != "."
    if tree[0] == "call":
        return tree[1] not in ("position", "last", "random", "uuid") and all(map(_still, tree[2:]))
    return all(map(_still, tree[1:]))
