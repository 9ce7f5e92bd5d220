"""`esik forms check`: everything that is to be said of a form, by sheet, row and column, before it is published."""

import argparse
import json
import shutil
from pathlib import Path
from typing import Any, Final

import msgspec

from forms.report import Report, made, text
from forms.written import to_yaml
from server.cli.forms_reading import Looked, add_options, look, write

NAME: Final = "check"
ABOUT: Final = """Report on a form by sheet, row and column: errors, what is not supported, offered repairs, warnings.

--repair applies the offered repairs, lists them and writes FILE-repaired.yaml (or -o). Nothing else is written, and
nothing in the form is run. Exit code 0 when the form could be published, 1 when something stops it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE and options."""
    add_options(parser)
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("-o", "--output", type=Path, default=None, metavar="FILE", help="the repaired form, as YAML")


def run(arguments: argparse.Namespace) -> int:
    """Look and tell. Raises `file_unreadable`, `file_there`, `file_unwritable`."""
    found = look(arguments)
    report = report_of(arguments.file, found)
    if arguments.json:
        print(json.dumps(msgspec.to_builtins(report), ensure_ascii=False, indent=1))
    else:
        print(text(report, min(shutil.get_terminal_size((100, 24)).columns, 140)))
    if found.repaired and found.source is not None:
        output: Path = arguments.output or arguments.file.with_name(f"{arguments.file.stem}-repaired.yaml")
        write(output, to_yaml(found.source).encode())
        if not arguments.json:
            print(f"\nWritten: {output}")
    return 0 if report.ok else 1


def report_of(path: Path, found: Looked) -> Report:
    """The report with what is known of the form, once it compiles."""
    form: dict[str, Any] | None = None
    if found.compiled is not None:
        whole = found.compiled.form
        form = {
            "key": whole.key, "number": whole.number, "version": found.compiled.version,
            "questions": sum(question.asks for question in whole.questions), "languages": whole.languages,
            "audiences": [one.audience for one in whole.audiences],
        }  # fmt: skip
    return made(path.name, found.findings, found.source, found.repaired, form)
