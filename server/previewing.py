"""What a desk is told of a form before it is published: the report, the version with its files, pages to look at.

Rules: nothing is kept and nothing is signed here; whatever an author can write ends in a report, never in a fault.
"""

from functools import cache
from importlib import resources
from typing import Final, Literal

import msgspec

from forms.compile import compile_form
from forms.model import Text
from forms.problems import Finding, Problem
from forms.repair import Repair, Told, repair
from forms.report import Report, made
from forms.source import Source
from forms.sources import read_among
from server.pages import render_page
from server.publishing import MOST_FILES, Ready, check_directory, library_form, make_ready, next_number
from sync.directory.view import View
from sync.ids import b64

SHOWN: Final = 8
"""Languages that pages are made in."""
Name = str


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A form as it was brought: `name` of the file, `files` by name (base64), it among them. `library`: the form of
    this name that comes with Esik. `repairs`: codes of the repairs that were asked for."""

    name: str
    files: dict[str, bytes] = {}
    library: bool = False
    repairs: list[str] = []
    told: Told = Told()


class Missing(msgspec.Struct, frozen=True):
    """A language that does not say everything."""

    language: str
    missing: int
    rows: list[int]


class Checked(msgspec.Struct):
    """`version`: "" while something stops the form. `files` (base64url) are all that has to be kept of it, by the names
    of the directory's entry. `second`: what a second administrator has to answer for. `rows`: how many were read."""

    report: Report
    rows: int = 0
    key: str = ""
    number: int = 0
    following: int = 0
    version: str = ""
    title: Text = {}
    subject: Literal["", "household", "person"] = ""
    languages: list[str] = []
    audiences: list[dict[str, str | int]] = []
    second: list[str] = []
    missing: list[Missing] = []
    files: dict[str, str] = {}
    pages: dict[str, str] = {}


def look(wanted: Wanted, directory: View, style: str) -> Checked:
    """Everything that is to be said of it."""
    source: Source | None = None
    repaired: list[Repair] = []
    try:
        given = _given(wanted)
        source = read_among(given, wanted.name)
        if wanted.repairs or wanted.told != Told():
            codes = {*wanted.repairs, *(("head", "audience", "subject", "language") if wanted.told != Told() else ())}
            source, repaired = repair(source, wanted.told, codes)
        beside = {name: data for name, data in given.items() if name != wanted.name}
        compiled = compile_form(source, library=wanted.library, files=beside)
        ready = make_ready(compiled, given, source, repaired)
    except Problem as problem:
        return Checked(made(wanted.name, problem.findings, source, repaired), rows=_rows(source))
    stops = check_directory(directory, ready.form, ready.version)
    report = made(wanted.name, [*stops, *ready.findings], source, repaired)
    return _checked(ready, source, report, directory, style, stopped=bool(stops))


def _given(wanted: Wanted) -> dict[str, bytes]:
    if wanted.library:
        data = _library().get(wanted.name)
        if data is None:
            raise Problem([Finding("form_unreadable", {"detail": "there is no such form in the library"})])
        return {wanted.name: data}
    names = [name for name in wanted.files if not name or len(name) > 150 or "/" in name or "\\" in name]
    if wanted.name not in wanted.files or names or len(wanted.files) > MOST_FILES:
        raise Problem([Finding("form_unreadable", {"detail": "the file and what lies beside it need plain names"})])
    return wanted.files


def _checked(ready: Ready, source: Source, report: Report, directory: View, style: str, *, stopped: bool) -> Checked:
    form = ready.form
    checked = Checked(
        report, _rows(source), form.key, form.number, next_number(directory, form.key), title=form.title,
        subject=form.subject, languages=form.languages, second=_second(ready), missing=_missing(ready, form.languages),
        audiences=[{"audience": one.audience, "bucket": one.bucket} for one in form.audiences],
        pages={one: render_page(form, one, style=style, paper=True) for one in form.languages[:SHOWN]},
    )  # fmt: skip
    if not stopped:
        checked.version = ready.version
        checked.files = {name: b64(data) for name, data in ready.files.items()}
    return checked


def _second(ready: Ready) -> list[str]:
    said = [one.values.get("subject") or one.values.get("what", "") for one in ready.second]
    return list(dict.fromkeys(said))


def _missing(ready: Ready, languages: list[str]) -> list[Missing]:
    found = [one for one in ready.findings if one.code == "form_missing" and "::" in one.column]
    by_language = {language: [one for one in found if one.column.endswith(f"::{language}")] for language in languages}
    return [
        Missing(language, len(lacking), sorted({one.row for one in lacking if one.row}))
        for language, lacking in by_language.items()
        if lacking
    ]


def _rows(source: Source | None) -> int:
    return sum(len(rows) for rows in source.sheets.values()) if source is not None else 0


@cache
def _library() -> dict[str, bytes]:
    folder = resources.files("forms") / "library"
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.name.endswith(".yaml")}


@cache
def titles() -> list[dict[str, object]]:
    """The library's forms, by file name."""
    forms = [(name, library_form(data, name).form) for name, data in sorted(_library().items())]
    return [{"name": name, "key": form.key, "number": form.number, "title": form.title} for name, form in forms]
