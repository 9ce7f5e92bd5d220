"""Repairs that an author may take: each changes a form without changing what is asked, computed or read by whom.

Rules: offered and listed, never silent, and only those that were asked for. Who may read the answers, whom a form is
about and which language it is written in are never guessed: they are told, or stay missing. A repair works on a copy.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import msgspec

from forms.columns import EXPRESSIONS
from forms.problems import Finding
from forms.references import unlabelled
from forms.sheets import is_name
from forms.source import Row, Source
from forms.sources.kinds import plain

_KEY: Final = re.compile(r"[a-z][a-z0-9_-]{0,63}")
"""As the directory lists them."""
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}")
_ENDING: Final = re.compile(r"\.[A-Za-z]{2,4}$")


class Told(msgspec.Struct, frozen=True):
    """What only a person can say of a form. "" is not told."""

    audience: str = ""
    subject: str = ""
    number: str = ""
    key: str = ""
    language: str = ""


class Repair(msgspec.Struct, frozen=True):
    """One thing that was changed: `before` became `after`."""

    code: str
    sheet: str
    row: int
    column: str
    before: str
    after: str

    def __str__(self) -> str:
        place = f"{self.sheet}, row {self.row}" if self.row else self.sheet
        change = (
            f"{self.before} → {self.after}" if self.before and self.after else self.after or f"{self.before} left out"
        )
        return f"{place}{f', {self.column}' if self.column else ''}: {change}"


OFFERED: Final = {
    "head": "fill in key, number and title from the form's own settings, its version and the file's name",
    "audience": "all answers go to the audience that you name",
    "subject": "the form is about whom you say: a person or a household",
    "language": "the texts without a language are in the one that you name",
    "names": "names that cannot stand are changed, everywhere they are used",
    "duplicates": "choices of one list may share a name",
    "labels": "questions without a word are shown with their name",
    "contacts": "CHT's contact fields become plain text",
    "apps": "other apps are not opened: people answer by hand",
    "video": "videos beside labels are left out",
}


def repair(source: Source, told: Told | None = None, codes: set[str] | None = None) -> tuple[Source, list[Repair]]:
    """A repaired copy and what was changed. `codes`: which repairs; all that are needed, when None."""
    told = told or Told()
    copy = _copy(source)
    done: list[Repair] = []
    for code, work in _WORK.items():
        if codes is None or code in codes:
            work(copy, told, done)
    return copy, done


def _copy(source: Source) -> Source:
    sheets = {name: [Row(row.line, dict(row.cells)) for row in rows] for name, rows in source.sheets.items()}
    if not sheets.get("settings"):
        sheets["settings"] = [Row(0, {})]
    return msgspec.structs.replace(source, sheets=sheets, findings=list(source.findings))


def _set(source: Source, column: str, text: str, code: str, done: list[Repair]) -> None:
    row = source.settings
    if text and row.cells.get(column) != text:
        before = row.cells.get(column, "")
        row.cells[column] = text
        done.append(Repair(code, "settings", row.line, column, before, text))


def _head(source: Source, told: Told, done: list[Repair]) -> None:
    cells = source.settings.cells
    stem = _ENDING.sub("", source.name.rpartition("/")[2])
    key = told.key or cells.get("form_id", "") or stem
    if told.key or not _KEY.fullmatch(cells.get("form_id", "")):
        _set(source, "form_id", _slug(key), "head", done)
    if told.number or "number" not in cells:
        version = cells.get("version", "")
        _set(source, "number", told.number or (version if _NUMBER.fullmatch(version) else "1"), "head", done)
    if not source.settings.text("title") and "form_title" not in cells:
        _set(source, "form_title", stem, "head", done)


def _slug(written: str) -> str:
    slug = re.sub(r"[^a-z0-9_-]+", "_", written.lower()).strip("_-")[:59]
    return slug if _KEY.fullmatch(slug) else f"form_{slug}".rstrip("_")


def _audience(source: Source, told: Told, done: list[Repair]) -> None:
    """Only where nothing says who may read."""
    if told.audience and "audience" not in source.settings.cells:
        _set(source, "audience", told.audience, "audience", done)


def _subject(source: Source, told: Told, done: list[Repair]) -> None:
    if told.subject and "subject" not in source.settings.cells:
        _set(source, "subject", told.subject, "subject", done)


def _language(source: Source, told: Told, done: list[Repair]) -> None:
    """Only where the language was guessed: columns without one are the default language's."""
    guessed = [one for one in source.findings if one.repair == "language"]
    if told.language and guessed:
        _set(source, "default_language", told.language, "language", done)
        source.findings[:] = [one for one in source.findings if one not in guessed]


def _duplicates(source: Source, _: Told, done: list[Repair]) -> None:
    seen: set[tuple[str, str]] = set()
    for row in source.sheets.get("choices", []):
        pair = row.cells.get("list_name", ""), row.cells.get("name", "")
        if pair in seen and all(pair) and not source.settings.cells.get("allow_choice_duplicates"):
            _set(source, "allow_choice_duplicates", "yes", "duplicates", done)
        seen.add(pair)


def _contacts(source: Source, _: Told, done: list[Repair]) -> None:
    for row in source.sheets["survey"]:
        kind = row.cells.get("type", "")
        if kind.startswith("db:"):
            row.cells["type"] = "text"
            done.append(Repair("contacts", "survey", row.line, "type", kind, "text"))
        words = row.cells.get("appearance", "").split()
        if "select-contact" in words or "db-object" in words:
            _appearance(row, "contacts", _of_contacts, done)


def _of_contacts(word: str) -> bool:
    return word in ("select-contact", "db-object") or word.startswith("type-")


def _labels(source: Source, _: Told, done: list[Repair]) -> None:
    for row in source.sheets["survey"]:
        if unlabelled(row):
            row.cells["label"] = row.cells.get("name", "").replace("_", " ").strip()
            done.append(Repair("labels", "survey", row.line, "label", "", row.cells["label"]))


def _apps(source: Source, _: Told, done: list[Repair]) -> None:
    for row in source.sheets["survey"]:
        if "ex:" in row.cells.get("appearance", "") or "body::intent" in row.cells:
            for column in ("appearance", "body::intent"):
                before = row.cells.pop(column, "")
                done.extend([Repair("apps", "survey", row.line, column, before, "")] if before else [])


def _appearance(row: Row, code: str, drop: Callable[[str], bool], done: list[Repair]) -> None:
    words = row.cells.get("appearance", "").split()
    kept = [word for word in words if not drop(word)]
    if len(kept) < len(words):
        before = row.cells.pop("appearance")
        row.cells.update({"appearance": " ".join(kept)} if kept else {})
        done.append(Repair(code, "survey", row.line, "appearance", before, " ".join(kept)))


def _video(source: Source, _: Told, done: list[Repair]) -> None:
    for sheet in ("survey", "choices"):
        for row in source.sheets.get(sheet, []):
            for column in [one for one in row.cells if one.partition("::")[0] == "video"]:
                done.append(Repair("video", sheet, row.line, column, row.cells.pop(column), ""))


def _names(source: Source, told: Told, done: list[Repair]) -> None:
    """Renames what cannot stand, and every mention of it; a second one of the same name where nothing mentions it."""
    rows = source.sheets["survey"]
    taken = {row.cells.get("name", "") for row in rows}
    mentioning = [*rows, source.settings, *source.sheets.get("flags", [])]
    written = " ".join(text for row in mentioning for column, text in row.cells.items() if _mentions(column, text))
    renamed: dict[str, str] = {}
    siblings: list[set[str]] = [set()]
    for row in rows:
        kind = plain(row.cells.get("type", ""))[0]
        if kind.startswith("end_"):
            siblings[:] = siblings[:-1] or [set()]
            continue
        name = row.cells.get("name", "")
        fresh = ""
        if name and not is_name(name):
            fresh = renamed.get(name) or _free(name, taken)
            renamed[name] = fresh
        elif (not name and kind.startswith("begin_")) or (name in siblings[-1] and not _named(name, written)):
            fresh = _free(name or f"{kind.removeprefix('begin_')}_{row.line}", taken)
        if fresh:
            row.cells["name"] = fresh
            done.append(Repair("names", "survey", row.line, "name", name, fresh))
        siblings[-1].add(row.cells.get("name", ""))
        if kind.startswith("begin_"):
            siblings.append(set())
    _lists(source, told, done)
    for row in mentioning:
        for column, text in row.cells.items():
            if column != "name" and _mentions(column, text):
                row.cells[column] = _rewritten(text, renamed, paths=column in EXPRESSIONS)


def _lists(source: Source, _: Told, done: list[Repair]) -> None:
    """Names of lists, in both sheets."""
    rows = source.sheets.get("choices", [])
    taken = {row.cells.get("list_name", "") for row in rows}
    renamed: dict[str, str] = {}
    for row in rows:
        name = row.cells.get("list_name", "")
        if name and not is_name(name):
            if name not in renamed:
                renamed[name] = _free(name, taken)
                done.append(Repair("names", "choices", row.line, "list_name", name, renamed[name]))
            row.cells["list_name"] = renamed[name]
    for row in source.sheets["survey"]:
        words = row.cells.get("type", "").split()
        if len(words) > 1 and words[-1] in renamed:
            row.cells["type"] = " ".join([*words[:-1], renamed[words[-1]]])


def _mentions(column: str, text: str) -> bool:
    return column in EXPRESSIONS or "${" in text


def _named(name: str, written: str) -> bool:
    return re.search(rf"\$\{{\s*{re.escape(name)}\s*\}}|/{re.escape(name)}\b", written) is not None


def _free(name: str, taken: set[str]) -> str:
    base = re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_-") or "question"
    base = base if re.match(r"[A-Za-z_]", base) else f"_{base}"
    made = next(one for n in range(len(taken) + 3) if is_name(one := f"{base}_{n}" if n else base) and one not in taken)
    taken.add(made)
    return made


def _rewritten(text: str, renamed: dict[str, str], *, paths: bool) -> str:
    for old, new in renamed.items():
        text = re.sub(rf"\$\{{\s*{re.escape(old)}\s*\}}", f"${{{new}}}", text)
        if paths:
            own = r"(?!/(?:instanceID|instanceName)\b)" if old == "meta" else ""
            text = re.sub(rf"(?<=/){re.escape(old)}(?![\w.-]){own}", new, text)
    return text


_WORK: Final[dict[str, Callable[[Source, Told, list[Repair]], None]]] = {
    "head": _head, "audience": _audience, "subject": _subject, "language": _language, "names": _names,
    "duplicates": _duplicates, "contacts": _contacts, "labels": _labels, "apps": _apps, "video": _video,
}  # fmt: skip


def offered(findings: list[Finding]) -> list[str]:
    """Repairs that would help with what was found, in their order."""
    wanted = {finding.repair for finding in findings}
    return [code for code in OFFERED if code in wanted]
