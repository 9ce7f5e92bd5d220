"""The forms that the suite plays: small sheets written for it, pyxform's examples, and the corpus where there is one.

Rules: what only a person can say of a form is told alike for all, and what can be repaired is; nothing else of it is
touched. A form that does not compile is told with its codes and not played.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import msgspec

from forms.compile import Compiled, compile_form
from forms.problems import Problem
from forms.repair import Told, repair
from forms.sources import read
from server.cli.forms_reading import Beside

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent.parent
OWN: Final = HERE / "sheets"
EXAMPLES: Final = ROOT / "tests" / "forms" / "pyxform"
CORPUS: Final = Path(os.environ.get("ESIK_CORPUS", ROOT.parent / "shared" / "corpus" / "xlsforms"))
SHEETS: Final = (".md", ".xlsx", ".xls")
BESIDE: Final = (".csv", ".xml", ".geojson")
TOLD: Final = Told(audience="medical", subject="person")


class Stage(msgspec.Struct, frozen=True):
    """One form, ready to be played. `files`: what lies beside it, by name."""

    name: str
    compiled: Compiled
    files: dict[str, Path]


def sheets(folder: Path) -> list[Path]:
    """Files that hold a form; none where the folder is not there."""
    return sorted(path for path in folder.glob("*") if path.suffix in SHEETS and path.stem != "README")


def stage(path: Path) -> Stage | list[str]:
    """The form of a file, or the codes of what is in its way."""
    files = {beside.name: beside for beside in path.parent.iterdir() if beside.suffix in BESIDE}
    try:
        source, _ = repair(read(path), TOLD)
        compiled = compile_form(source, files=Beside(path))
    except Problem as problem:
        return sorted({finding.code for finding in problem.findings if not finding.warning})
    return Stage(path.name, compiled, files)
