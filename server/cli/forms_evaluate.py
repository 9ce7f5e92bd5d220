"""`esik forms evaluate`: what a form makes of answers: what is asked, required, wrong, worked out and raised.

Rules: the reference evaluator, and nothing else, says so: the same that the desk trusts. Time is an input.
"""

import argparse
import json
import re
from pathlib import Path
from typing import Any, Final

import msgspec

from forms.answers import entered
from forms.dates import read_date, read_moment
from forms.evaluate import Draft, Engine
from forms.model import CompiledForm, Way, decode
from forms.problems import Problem as FormProblem
from forms.report import text
from server.cli.forms_check import report_of
from server.cli.forms_reading import add_options, look
from server.cli.telling import columns
from server.problems import Problem

NAME: Final = "evaluate"
ABOUT: Final = """Work out a form with answers and print values, relevance, what is required or wrong, scores and flags.

FILE is a form in any of its shapes, or a compiled.json. The answers are JSON: {"answers": {…}, "ways": {…}} as they are
sealed, put into a new form, or {"values": {…}, "ways": {…}, "repeats": {…}}, a draft as it was kept. Exit code 0 when
it could be sealed, 1 when something is missing or wrong."""
TODAY: Final = "2026-01-01"
_BROKEN: Final = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)


class Given(msgspec.Struct, forbid_unknown_fields=True):
    """The answers' file: `answers` of a new form, or the three of a draft."""

    answers: dict[str, Any] | None = None
    values: dict[str, str] | None = None
    ways: dict[str, Way] = {}
    repeats: dict[str, int] = {}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, --answers, time and options."""
    add_options(parser)
    parser.add_argument("--answers", type=Path, required=True, metavar="FILE", help="JSON")
    parser.add_argument(
        "--today", default=TODAY, type=_day, metavar="DATE", help=f"the day of the talk (default: {TODAY})"
    )
    parser.add_argument(
        "--now", default=None, type=_moment, metavar="MOMENT", help="its moment, with offset (default: noon, UTC)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def _day(written: str) -> str:
    if read_date(written) is None:
        raise argparse.ArgumentTypeError(f"{written} is no day as 2026-03-01")
    return written


def _moment(written: str) -> str:
    if "T" not in written or read_moment(written) is None:
        raise argparse.ArgumentTypeError(f"{written} is no moment as 2026-03-01T14:06:00.000+05:00")
    return written


def run(arguments: argparse.Namespace) -> int:
    """Open, fill, tell. Raises `file_unreadable`, `answers_unreadable`."""
    form = _form(arguments)
    if form is None:
        return 1
    given = _given(arguments.answers)
    try:
        engine = Engine(form, today=arguments.today, now=arguments.now or f"{arguments.today}T12:00:00.000Z")
    except (*_BROKEN, RecursionError):  # only a compiled.json that was changed by hand
        raise Problem("file_unreadable", file=str(arguments.file), reason="it is not a compiled form") from None
    try:
        fill(engine, given)
    except _BROKEN as error:
        raise Problem("answers_unreadable", file=str(arguments.answers), reason=f"{error}") from error
    told = outcome(engine)
    print(json.dumps(told, ensure_ascii=False, indent=1) if arguments.json else _plain(told))
    return 0 if not told["missing"]["required"] + told["missing"]["invalid"] else 1


def _form(arguments: argparse.Namespace) -> CompiledForm | None:
    path: Path = arguments.file
    if path.suffix.lower() == ".json":
        try:
            return decode(path.read_bytes())
        except OSError as error:
            raise Problem("file_unreadable", file=str(path), reason=error.strerror or "") from error
        except FormProblem:
            raise Problem("file_unreadable", file=str(path), reason="it is not a compiled form") from None
    found = look(arguments)
    if found.compiled is None:
        print(text(report_of(path, found)))
        return None
    return found.compiled.form


def _given(path: Path) -> Given:
    try:
        given = msgspec.json.decode(path.read_bytes(), type=Given)
    except OSError as error:
        raise Problem("file_unreadable", file=str(path), reason=error.strerror or "") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Problem("answers_unreadable", file=str(path), reason=f"{error}") from error
    if (given.answers is None) == (given.values is None):
        raise Problem("answers_unreadable", file=str(path), reason="either “answers” or “values” should stand in it")
    return given


def fill(engine: Engine, given: Given) -> None:
    """Puts answers into the open form. Raises KeyError for names that it does not have."""
    if given.answers is None:
        engine.restore(Draft(given.values or {}, given.ways, given.repeats))
        return
    values, repeats = entered(engine.form, given.answers)
    questions = {question.ref: question for question in engine.form.questions}
    for ref, wanted in repeats.items():
        if questions[bare(ref)].count is None:
            _grow(engine, ref, wanted)
    for ref, value in values.items():  # in the form's order, so that counts stand before what they count
        if questions[bare(ref)].asks:
            engine.set(ref, value)
    for ref, way in given.ways.items():
        engine.way(ref, way)


def _grow(engine: Engine, ref: str, wanted: int) -> None:
    standing = engine.all().repeats.get(ref, 0)
    for _ in range(standing, wanted):
        engine.add_repeat(ref)
    for index in range(standing, wanted, -1):
        engine.remove_repeat(ref, index)


def bare(ref: str) -> str:
    """`members[2].name` names the question `members.name`."""
    return re.sub(r"\[[0-9]+\]", "", ref)


def outcome(engine: Engine) -> dict[str, Any]:
    """Everything that the engine says of the form as it stands, as plain data."""
    stands = engine.all()
    missing = engine.missing()
    answers, ways = engine.answers_for_seal()
    worked = {q.ref for q in engine.form.questions if q.kind == "calculate" or q.calculation is not None}
    return {
        "form": {"key": engine.form.key, "number": engine.form.number},
        "values": stands.values,
        "relevant": stands.relevant,
        "required": stands.required,
        "invalid": {ref: code for ref, code in stands.invalid.items() if code},
        "choices": stands.choices,
        "repeats": stands.repeats,
        "scores": {ref: value for ref, value in stands.values.items() if bare(ref) in worked},
        "flags": msgspec.to_builtins(engine.flags()),
        "missing": msgspec.to_builtins(missing),
        "sealed": {"answers": answers, "ways": ways},
    }


def _plain(told: dict[str, Any]) -> str:
    """What people look for first: each question that is asked, with what is wrong; then scores and flags."""
    missing: dict[str, list[str]] = told["missing"]
    rows: list[tuple[str, ...]] = []
    for ref, value in told["values"].items():
        if ref in told["scores"] or not told["relevant"].get(ref, True):
            continue
        wrong = told["invalid"].get(ref, "") or ("needed" if ref in missing["required"] else "")
        rows.append((ref, value, wrong))
    hidden = sum(1 for ref in told["values"] if not told["relevant"].get(ref, True))
    flags = [(one["name"], one["level"], one["audience"]) for one in told["flags"]]
    parts = [("Answers", rows), ("Worked out", [*told["scores"].items()]), ("Flags", flags)]
    shown = [f"{title}\n{columns(listed)}" for title, listed in parts if listed]
    return "\n\n".join([*shown, f"{hidden} hidden, {len(missing['not_asked'])} not asked"])
