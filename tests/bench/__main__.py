"""`make bench`: every figure, as a table and as bench.json beside this file."""

import argparse
import os
import platform
import sqlite3
from pathlib import Path

import msgspec

from tests.bench import form, ingest, people, sealing, survey, tablet
from tests.bench.figures import table

OUT = Path(__file__).with_name("bench.json")
AREAS = {
    "sealing": sealing.figures,
    "ingest": ingest.figures,
    "tablet": tablet.figures,
    "form": form.figures,
    "people": people.figures,
    "survey": survey.figures,
}


def main() -> None:
    """Run the areas named on the command line, or all."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("areas", nargs="*", choices=[[], *AREAS], help="which areas (all)")
    wanted: list[str] = parser.parse_args().areas or list(AREAS)
    found = [figure for area in wanted for figure in AREAS[area]()]
    print(table(found))
    if wanted == list(AREAS):
        machine = {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            "system": platform.system(),
        }
        OUT.write_bytes(msgspec.json.format(msgspec.json.encode({"machine": machine, "figures": found}), indent=1))
        print(f"\nwritten: {OUT.name}")


main()
