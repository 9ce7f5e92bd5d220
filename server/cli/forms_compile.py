"""`esik forms compile`: a form as tablets read it, and as other tools do, in a folder of its own."""

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Final

import msgspec

from forms.report import text
from forms.written import to_yaml
from server.cli.forms_check import report_of
from server.cli.forms_reading import add_folder, add_options, look, new_folder, write

NAME: Final = "compile"
ABOUT: Final = """Compile a form into a folder: compiled.json, form.xml for ODK and Kobo, the source, report.json.

Nothing is published and nothing signed. Exit code 1, and no folder, when something stops the form."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, -o and options."""
    add_options(parser)
    add_folder(parser)


def run(arguments: argparse.Namespace) -> int:
    """Compile and write. Raises `file_unreadable`, `file_there`, `file_unwritable`."""
    found = look(arguments)
    report = report_of(arguments.file, found)
    if found.compiled is None or found.source is None:
        print(text(report), file=sys.stderr)
        return 1
    folder = new_folder(arguments.output)
    write(folder / "compiled.json", found.compiled.data)
    write(folder / "form.xml", found.compiled.xform.encode())
    write(folder / "report.json", json.dumps(msgspec.to_builtins(report), ensure_ascii=False, indent=1).encode())
    _source(arguments.file, folder)
    if found.repaired:
        write(folder / "repaired.yaml", to_yaml(found.source).encode())
    print(f"{found.compiled.form.key} {found.compiled.form.number}, version {found.compiled.version}: {folder}")
    return 0


def _source(path: Path, folder: Path) -> None:
    """The source as it was given, byte for byte."""
    if path.is_dir():
        shutil.copytree(path, folder / f"source-{path.name}")
    else:
        write(folder / f"source{path.suffix.lower()}", path.read_bytes())
