"""The `esik` command line: one file a command, all of them named here.

Rules: a failure is a problem in words (what happened, what it means, what to do) and exit code 2, never a stack; what
is secret is printed once, to whoever asked for it, and written nowhere unless the help says so.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from server.cli import cards, demo, doctor, forms_group, init, open_bundle, serve
from server.cli.telling import PROBLEMS, tell
from server.settings import settings_table

COMMANDS: tuple[ModuleType, ...] = (init, serve, cards, demo, doctor, open_bundle, forms_group)


def parser() -> argparse.ArgumentParser:
    """Every command with its help; settings stand below."""
    whole = argparse.ArgumentParser(
        prog="esik",
        description="Esik: intake that works with the wire cut and is sealed end to end.\n"
        "Try `esik demo`; begin for real with `esik init`, then `esik serve`.",
        epilog="settings (environment variables):\n" + settings_table(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for module in COMMANDS:
        about: str = module.ABOUT
        one = commands.add_parser(
            module.NAME,
            help=about.partition("\n")[0],
            description=about,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(one)
        one.set_defaults(run=module.run)
    return whole


def main(argv: Sequence[str] | None = None) -> None:
    """Entry point of `esik`."""
    arguments = parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except PROBLEMS as problem:
        tell(problem)
        code = 2
    except BrokenPipeError:  # whoever read along has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KeyboardInterrupt:
        print(file=sys.stderr)
        code = 130
    sys.exit(code)
