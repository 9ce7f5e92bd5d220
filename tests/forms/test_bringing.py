"""What is written for authors is what the code does."""

import re

import pytest

from forms.columns import INSTEAD
from forms.repair import OFFERED
from forms.sheets import MOST_QUESTIONS
from forms.sources import ENDINGS
from forms.sources.grid import BLANK_RUN, MOST_BYTES, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from forms.sources.xlsx import MOST_UNPACKED
from tests.forms.samples import ROOT

WORDS = (ROOT / "forms" / "BRINGING.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`]+)`", WORDS))


def test_every_repair_and_every_kind_of_file_is_written_down() -> None:
    assert set(OFFERED) <= NAMED
    assert {ending for ending in ENDINGS if ending != ".yml"} <= NAMED


def test_the_limits_that_are_written_are_those_that_hold() -> None:
    whole = " ".join(WORDS.split())
    assert f"At most {MOST_BYTES >> 20} MB a file, {MOST_UNPACKED >> 20} MB unpacked" in whole
    assert f"{MOST_ROWS:,} rows and {MOST_COLUMNS} columns a sheet, {MOST_CELLS:,} cells" in whole
    assert f"{MOST_QUESTIONS:,} questions" in whole
    assert f"after {BLANK_RUN:,} blank rows" in WORDS


@pytest.mark.parametrize(
    "kind", ["video", "geotrace", "geoshape", "osm", "start-geopoint", "background-audio", "include"]
)
def test_what_is_refused_by_name_is_refused(kind: str) -> None:
    assert kind in NAMED
    assert INSTEAD[kind]
