"""`esik cards`: sheets of cards for print, each a QR code and the same code to be typed.

Rules: a card says nothing but its code: no name, no emblem, no programme, so that whoever carries it is marked by
nothing. Codes come from the generator of random numbers, never twice in a run, and are written down nowhere but in
the two files that were asked for. Neither file stands half, and neither replaces one that is there: its cards may be
in somebody's hands.
"""

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import segno
from jinja2 import Template

from forms.card import make_card
from server.problems import Problem
from server.templating import templates
from sync.clock import now_ms
from sync.randomness import Random, random_bytes

NAME: Final = "cards"
ABOUT: Final = """Print cards: one HTML file, ten cards on an A4 sheet, with lines to cut along.

Open the file in a browser and print it at 100 %, without headers and footers. Every card has a code of its own, as
QR and in letters. --list writes the same codes one a line, for reconciliation at the desk."""
MOST: Final = 5_000
"""Cards in one run: five hundred sheets."""
ON_A_SHEET: Final = 10
_SIDE: Final = 21
"""Modules of the smallest QR code."""
_QUIET: Final = 4
"""Modules around a QR code, as its standard asks."""
_TOLD_AFTER: Final = 1_000
_TOLD_EVERY: Final = 500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--count, --out, --list."""
    parser.add_argument("--count", type=int, required=True, metavar="N", help=f"how many cards, 1 to {MOST}")
    parser.add_argument("--out", type=Path, default=Path("cards.html"), metavar="FILE", help="default: cards.html")
    parser.add_argument("--list", type=Path, default=None, metavar="FILE", help="write the codes here too, one a line")


def run(arguments: argparse.Namespace) -> int:
    """Make and write. Raises `count_out_of_range`, `file_there`, `file_unwritable`."""
    count: int = arguments.count
    out: Path = arguments.out
    listed: Path | None = arguments.list
    if not 1 <= count <= MOST:
        raise Problem("count_out_of_range", n=count, most=MOST)
    for path in (out, listed):
        if path is not None and path.exists():
            raise Problem("file_there", file=str(path))
    if listed is not None and listed.absolute() == out.absolute():
        raise Problem("file_there", file=str(listed))
    codes = make_codes(count)
    _write(out, sheets(codes, _teller(count)))
    if listed is not None:
        _write(listed, (f"{code}\n" for code in codes))
    print(f"{count} cards on {-(-count // ON_A_SHEET)} sheets: {out}")
    if listed is not None:
        print(f"Their codes: {listed}")
    return 0


def make_codes(count: int, random: Random = random_bytes) -> list[str]:
    """`count` printed codes, all different."""
    made: dict[str, None] = {}
    while len(made) < count:
        made[make_card(random(5))] = None
    return list(made)


def sheets(codes: list[str], tell: Callable[[int], None] = lambda _: None) -> Iterator[str]:
    """The document in pieces; `tell` hears after each sheet how many cards are drawn."""
    yield from _template().generate(sheets=_drawn(codes, tell), size=_SIDE + 2 * _QUIET)


def _drawn(codes: list[str], tell: Callable[[int], None]) -> Iterator[list[tuple[list[str], str]]]:
    done = 0
    for begin in range(0, len(codes), ON_A_SHEET):
        sheet = codes[begin : begin + ON_A_SHEET]
        yield [(code.split("-"), draw(code)) for code in sheet]
        done += len(sheet)
        tell(done)


def draw(code: str) -> str:
    """The dark modules of a code's QR as an SVG path. Error correction Q: a quarter of it may be dirt."""
    made = segno.make_qr(code, error="q", mode="alphanumeric", version=1, boost_error=False)
    rows = made.matrix_iter(border=_QUIET)
    return "".join(
        f"M{start} {y}h{end - start}v1h{start - end}z" for y, row in enumerate(rows) for start, end in _runs(row)
    )


def _runs(row: Iterable[int]) -> Iterator[tuple[int, int]]:
    start = None
    for x, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            yield start, x
            start = None


def _teller(count: int) -> Callable[[int], None]:
    """Says how far it is, once it takes longer than a second."""
    began = now_ms()

    def tell(done: int) -> None:
        if done % _TOLD_EVERY == 0 and done < count and now_ms() - began > _TOLD_AFTER:
            print(f"{done} of {count} cards", file=sys.stderr, flush=True)

    return tell


def _write(path: Path, pieces: Iterator[str]) -> None:
    """Whole or not at all. Raises `file_unwritable`."""
    fresh = path.with_name(f".{path.name}.part")
    try:
        with fresh.open("w", encoding="utf-8") as file:
            file.writelines(pieces)
        fresh.replace(path)
    except OSError as error:
        raise Problem("file_unwritable", file=str(path), reason=error.strerror or "") from error
    finally:
        with contextlib.suppress(OSError):  # told already, or not there any more
            fresh.unlink()


@cache
def _template() -> Template:
    return templates().get_template("cards.html.j2")
