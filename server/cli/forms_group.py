"""`esik forms`: what is done with forms before and after they are published; one file a command."""

import argparse
from types import ModuleType
from typing import Final

from server.cli import forms_check, forms_compile, forms_evaluate, forms_publish, forms_source

NAME: Final = "forms"
ABOUT: Final = """Check, compile and try forms: YAML, .xlsx, .xls, .csv or Markdown with XLSForm's columns.

Begin with `esik forms check FILE`: it changes nothing and names everything that stops a form, with its row."""
COMMANDS: tuple[ModuleType, ...] = (forms_check, forms_compile, forms_evaluate, forms_publish, forms_source)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The commands below it."""
    below = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for module in COMMANDS:
        about: str = module.ABOUT
        one = below.add_parser(
            module.NAME, help=about.partition("\n")[0], description=about,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        module.add_arguments(one)
        one.set_defaults(work=module.run)


def run(arguments: argparse.Namespace) -> int:
    """The command that was named."""
    code: int = arguments.work(arguments)
    return code
