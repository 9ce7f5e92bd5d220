"""`make day`: twenty tablets, two hundred people, one day; at the end the desk must name exactly what is missing.

make day DAY="--tablets 5 --people 40 --seed 11"
"""

import argparse
import sys

from playwright.sync_api import sync_playwright

from sync.randomness import random_bytes
from tests.browser import chromium
from tests.day.simulation import simulate


def main() -> int:
    """0 when the desk says what is true."""
    parser = argparse.ArgumentParser(prog="make day", description=__doc__)
    parser.add_argument("--tablets", type=int, default=20)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--deaths", type=int, default=2)
    parser.add_argument("--seed", type=int, default=int.from_bytes(random_bytes(4)))
    asked = parser.parse_args()
    path = chromium.find()
    if path is None:
        raise SystemExit("no Chromium on this machine")
    with sync_playwright() as playwright:
        true = simulate(playwright, path, **vars(asked))
    return 0 if true else 1


sys.exit(main())
