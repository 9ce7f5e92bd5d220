"""Writes the vectors that are missing; `--again TOPIC…` makes those topics anew."""

import json
import re
import sys
import unicodedata
from typing import Any

from tests.sync.making import (
    attached,
    chains,
    directories,
    directory_views,
    openings,
    plain_bytes,
    receiving,
    sealed,
    short_heads,
)
from tests.sync.making.scene import VECTORS, scene


def file_name(about: str) -> str:
    """A sentence as a file name."""
    plain = unicodedata.normalize("NFKD", about.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") + ".json"


def main(again: list[str]) -> None:
    """Makes them all and keeps what is there already."""
    the = scene()
    written = 0
    for made in (plain_bytes, sealed, attached, chains, directories, directory_views, openings, receiving, short_heads):
        for topic, about, vector in made.made(the):
            path = VECTORS / topic / file_name(about)
            path.parent.mkdir(exist_ok=True)
            if topic in again or not path.exists():
                whole: dict[str, Any] = {"about": about[0].upper() + about[1:] + ".", **vector}
                path.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
                written += 1
    print(f"{written} written")


if __name__ == "__main__":
    main(sys.argv[2:] if sys.argv[1:2] == ["--again"] else [])
