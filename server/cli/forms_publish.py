"""`esik forms publish`: a version, signed by an administrator, into the directory of the programme in the data folder.

One road, whether a server runs or not: the version's bytes go into the folder first, whole; then its `form` entry is
appended, all or nothing, by whoever holds the store. That is this process when nobody has it open, else the server,
which is given the entry as any desk gives it. A kill at any step leaves bytes that nobody names, or a published form.
"""

import argparse
import asyncio
import os
import shutil
import sys
from typing import Final

from forms.report import text
from server.cli.forms_check import report_of
from server.cli.forms_reading import Looked, add_options, given, look
from server.cli.signing import Signer, Signing, ask_signer
from server.folder import Folder
from server.problems import Problem
from server.publishing import Ready, check_directory, make_ready
from server.settings import read_settings
from sync.directory import Directory
from sync.directory.bodies import Reason
from sync.directory.write import Draft
from sync.ids import unb64

NAME: Final = "publish"
ABOUT: Final = """Publish a form: check it, keep it in the data folder (ESIK_FOLDER), sign it into the directory.

Asks for an administrator's name and desk passphrase; with --passphrases they are read from the standard input, one a
line, and nothing is asked. Works while the server runs and while it does not. A form that asks what forms may not ask
needs --reason and --second, another administrator, who signs the reason too. Exit code 1, and nothing published, when
something stops the form."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, who signs, and options."""
    add_options(parser)
    parser.add_argument("--by", default="", metavar="NAME", help="work name of the administrator who signs")
    parser.add_argument("--reason", default="", metavar="WORDS", help="why it may ask what forms may not ask")
    parser.add_argument("--second", default="", metavar="NAME", help="another administrator who signs the reason")
    parser.add_argument("--passphrases", action="store_true", help="read the passphrases from the standard input")


def run(arguments: argparse.Namespace) -> int:
    """Publish. Raises what the store and the directory refuse, `wrong_passphrase`, `second_person`, `not_founded`."""
    found = look(arguments)
    if found.compiled is None:
        return _stopped(arguments, found)
    ready = make_ready(found.compiled, given(arguments.file, found), found.source, found.repaired)
    return asyncio.run(_publish(arguments, found, ready))


async def _publish(arguments: argparse.Namespace, found: Looked, ready: Ready) -> int:
    settings = read_settings(os.environ)
    async with Signing.on(settings) as signing:
        found.findings = [*check_directory(signing.directory, ready.form, ready.version), *ready.findings]
        if any(not one.warning for one in found.findings):
            return _stopped(arguments, found)
        if ready.second and not (arguments.reason and arguments.second):
            _tell(arguments, found)
            raise Problem("reason_missing", subjects=", ".join(dict.fromkeys(map(_what, ready.second))))
        signers = [await _signer(arguments, signing, arguments.by)]
        if ready.second:
            signers.append(await _signer(arguments, signing, arguments.second))
        try:
            ready.keep(Folder(settings.folder))
        except OSError as error:
            raise Problem("folder_unusable", folder=str(settings.folder), reason=error.strerror or "") from error
        await signing.append(lambda directory, at: _draft(directory, at, ready, signers, arguments.reason))
    form = ready.form
    print(f"Published: {form.key} {form.number}, version {ready.version}. Tablets fetch it at their next contact.")
    return 0


def _draft(directory: Directory, at: int, ready: Ready, signers: list[Signer], reason: str) -> Draft:
    """May be made again on a newer head, where the number may be taken by now."""
    draft = Draft(directory, signers[0].key, at=at)
    if len(signers) > 1:
        form = ready.form
        draft.write("reason", Reason(form.key, form.number, unb64(ready.version), reason), signers[1].key)
    draft.write("form", ready.body(reason if len(signers) > 1 else None))
    return draft


async def _signer(arguments: argparse.Namespace, signing: Signing, name: str) -> Signer:
    return await signing.open(*ask_signer(name, from_input=arguments.passphrases))


def _what(finding: object) -> str:
    values: dict[str, str] = getattr(finding, "values", {})
    return values.get("subject") or values.get("what", "")


def _stopped(arguments: argparse.Namespace, found: Looked) -> int:
    _tell(arguments, found)
    print("\nNothing was published.", file=sys.stderr)
    return 1


def _tell(arguments: argparse.Namespace, found: Looked) -> None:
    width = min(shutil.get_terminal_size((100, 24)).columns, 140)
    print(text(report_of(arguments.file, found), width), file=sys.stderr)
