"""`esik forms source`: what a published version was made from, byte for byte, and its XForm for ODK and Kobo."""

import argparse
import os
from pathlib import Path
from typing import Final

from server.cli.forms_reading import add_folder, new_folder, write
from server.folder import Folder
from server.problems import Problem
from server.publishing import COMPILED, REPAIRED, SOURCE, XFORM
from server.settings import Settings, read_settings
from server.store.sqlite_look import look_at
from sync.directory import Directory
from sync.directory.bodies import Form
from sync.ids import b64

NAME: Final = "source"
ABOUT: Final = """Give back what a published version was made from: the XLSForm or YAML with its files, and the XForm.

VERSION is the beginning of a version's id, or KEY/NUMBER (medical/6). The files are as they were given, byte for byte;
form.xml opens in ODK and Kobo. Where repairs were asked for, repaired.yaml is the form with them. Works beside a
running server."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """VERSION and -o."""
    parser.add_argument("version", metavar="VERSION", help="the beginning of its id, or KEY/NUMBER")
    add_folder(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the files. Raises `no_such_version`, `not_founded`, `file_there`, `file_unwritable`."""
    settings = read_settings(os.environ)
    form = _form(settings, arguments.version)
    files = _files(Folder(settings.folder), form)
    folder = new_folder(arguments.output)
    for name, data in files.items():
        write(folder / name, data)
    print(f"{form.form} {form.number}, version {b64(form.version)}: {', '.join(files)} in {folder}")
    return 0


def _form(settings: Settings, wanted: str) -> Form:
    if not settings.database.exists():
        raise Problem("not_founded", folder=str(settings.folder))
    looked = look_at(settings.database)
    forms = Directory.read(looked.programme, looked.chain).forms.values()
    found = [one for one in forms if wanted and (b64(one.version).startswith(wanted) or _named(one) == wanted)]
    if len(found) != 1:
        raise Problem("no_such_version", version=wanted, versions=", ".join(map(_named, found or forms)))
    return found[0]


def _named(form: Form) -> str:
    return f"{form.form}/{form.number}"


def _files(folder: Folder, form: Form) -> dict[str, bytes]:
    """By plain name: what somebody signed is still not let out of the folder that was asked for."""
    found: dict[str, bytes] = {}
    for one in form.files:
        data = folder.file(b64(one.hash)) if one.name != COMPILED else None
        if data is not None and (one.name in (XFORM, REPAIRED) or one.name.startswith(SOURCE)):
            found[Path(one.name).name] = data
    if not found:
        raise Problem("no_such_version", version=_named(form), versions="")
    return found
