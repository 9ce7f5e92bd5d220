"""What everything in one compilation shares: the source, the XForm, what was found, and what was read so far.

Rules: whatever is wrong is reported by sheet, row and column and never stops the work; texts come from the sheets, one
for each language, and what is missing is borrowed from the default language and told.
"""

from __future__ import annotations

import re
from typing import Any, Final

from forms.expressions import ExpressionError, Tree
from forms.model import Text
from forms.order import Aspect
from forms.problems import Finding
from forms.resolve import Resolved, Resolver, UnknownNameError
from forms.sheets import Entry
from forms.source import Row, Source
from forms.xform import XForm

_PLACE: Final = re.compile(r"\$\{\s*([^}\s]+)\s*\}")


class Work:
    """One compilation. `written`: what the author wrote; `found`: that, and what pyxform added.

    `reads` and `wakes` grow while questions are made: what must come before an expression, and what makes it be looked
    at again; `scopes` says of what is read in which repeat's same instance it is meant."""

    def __init__(
        self, source: Source, written: list[Entry], found: list[Entry], xform: XForm, findings: list[Finding]
    ) -> None:
        self.source = source
        self.written = {entry.ref for entry in written}
        self.found = found
        self.xform = xform
        self.findings = findings
        self.rows = {entry.ref: entry.row for entry in found}
        self.kinds = {entry.ref: entry.kind for entry in found}
        self.named: dict[str, list[str]] = {}
        for entry in found:
            self.named.setdefault(entry.ref.rpartition(".")[2], []).append(entry.ref)
        self.reads: dict[Aspect, frozenset[str]] = {}
        self.wakes: dict[Aspect, frozenset[str]] = {}
        self.scopes: dict[Aspect, dict[str, str]] = {}
        self.borrowed: dict[str, dict[str, str]] = {}
        self.default = source.settings.cells.get("default_language", "en")
        self.languages = self._languages()
        self.resolver = Resolver(self.kinds, {*xform.lists, *xform.outside}, xform.root)

    def _languages(self) -> list[str]:
        found = {self.default: None}
        for entry in self.found:
            found |= dict.fromkeys(entry.row.text("label") if entry.ref in self.written else ())
        found.pop("", None)
        return list(found)

    def report(
        self, row: Row, column: str, code: str, *, warning: bool = False, sheet: str = "survey", **values: str
    ) -> None:
        self.findings.append(Finding(code, values, sheet, row.line, column, warning))

    def one_of(self, row: Row, column: str, value: str, allowed: tuple[str, ...], sheet: str = "survey") -> None:
        if value not in allowed:
            self.report(row, column, "form_value", sheet=sheet, value=value, allowed=", ".join(allowed))

    def resolved(
        self, row: Row, column: str, aspect: Aspect, source: str, *, filters: bool = False, flag_at: str = ""
    ) -> Tree | None:
        """The tree of an expression; None when it is wrong, which is told then."""
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
        self.keep(aspect, resolved)
        return resolved.tree

    def keep(self, aspect: Aspect, resolved: Resolved) -> None:
        """What an aspect reads, beside what it reads already."""
        self.reads[aspect] = self.wakes[aspect] = self.reads.get(aspect, frozenset()) | frozenset(resolved.reads)
        scopes = self.scopes.setdefault(aspect, {})
        for ref, scope in resolved.reads.items():
            scopes[ref] = min(scope, scopes.get(ref, scope), key=len)

    # Texts

    def text(
        self, row: Row, column: str, aspect: Aspect | None = None, sheet: str = "survey", at: str = ""
    ) -> Text | None:
        """Texts per language, `${name}` resolved when an aspect is given. `at`: what is told of a borrowed one."""
        written = row.text(column)
        if not written:
            return None
        texts = {self.default if language == "" else language: text for language, text in written.items()}
        lender = self.default if texts.get(self.default) else next(iter(texts))
        for language in self.languages:
            if language not in texts:
                what = "the translation"
                self.report(row, f"{column}::{language}", "form_missing", warning=True, sheet=sheet, what=what)
                if at:
                    self.borrowed.setdefault(language, {})[at] = lender
        return {
            language: self._pieces(texts.get(language, texts[lender]), row, column, aspect, sheet)
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
            elif ref := self.ref_of(piece, aspect[0]):
                resolved = self.resolver.reference(ref, aspect[0])
                self.keep(aspect, resolved)
                pieces.append(resolved.tree)
            else:
                self.report(row, column, "form_unknown_name", name=piece)
        return pieces

    def ref_of(self, name: str, context: str) -> str:
        """The question that `${name}` means, the nearest of several; "" when there is none."""

        def shared(ref: str) -> int:
            both = zip(ref.split("."), context.split("."), strict=False)
            return next((depth for depth, (one, other) in enumerate(both) if one != other), len(context))

        return max(self.named.get(name, []), key=shared, default="")
