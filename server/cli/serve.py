"""`esik serve`: the centre, until it is told to stop."""

import argparse
import os
import sys
from typing import Final

from server.serving import serve
from server.settings import read_settings

NAME: Final = "serve"
ABOUT: Final = """Serve the programme in the data folder until told to stop (Ctrl-C).

Where it lies and where to listen are settings: ESIK_FOLDER, ESIK_HOST, ESIK_PORT (see `esik --help`).
Browsers keep keys and work offline only on https:// or localhost: put a proxy with a certificate before it, and name
the address that tablets use in ESIK_PUBLIC_URL."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: a server is configured by settings alone."""
    del parser


def run(arguments: argparse.Namespace) -> int:
    """Serve. Raises what keeps a server from starting."""
    del arguments
    settings = read_settings(os.environ)
    serve(settings, lambda: print(f"Esik is at {settings.address} (Ctrl-C stops it)", file=sys.stderr, flush=True))
    return 0
