"""Any sheet in: .xlsx, .xlsm, .xls, .csv, .md and YAML become the same `Source`.

Rules: what the bytes are decides, the file's name only where bytes cannot tell. All that can be wrong with a file is
a Problem; nothing that is read is run. A file is read whole and small: at most ten megabytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from forms.problems import refuse
from forms.source import Source, from_yaml
from forms.sources.csvs import decode, read_csv
from forms.sources.grid import MOST_BYTES, Grid, Sheet, check_size
from forms.sources.markdown import read_markdown
from forms.sources.normal import normal
from forms.sources.xls import MAGIC, read_xls
from forms.sources.xlsx import read_xlsx

ARCHIVE: Final = b"PK\x03\x04"
ENDINGS: Final = (".yaml", ".yml", ".xlsx", ".xlsm", ".xls", ".csv", ".md")
_BESIDE: Final = ("survey", "choices", "settings", "external_choices")


def read(file: Path | bytes, name: str = "") -> Source:
    """A form from a file, or from its bytes and its name. Raises Problem, never OSError's kin for what stands in it.

    A folder, or a `survey.csv` with others beside it, is one form of a sheet a file."""
    if isinstance(file, Path):
        if file.is_dir() or file.name.lower() == "survey.csv":
            return _folder(file if file.is_dir() else file.parent, name or file.name)
        name = name or file.name
        if file.stat().st_size > MOST_BYTES:
            check_size(file.read_bytes()[: MOST_BYTES + 1])
        file = file.read_bytes()
    check_size(file)
    ending = Path(name).suffix.lower()
    if file.startswith(ARCHIVE):
        return normal(read_xlsx(file), name)
    if file.startswith(MAGIC) or ending == ".xls":
        return normal(read_xls(file), name)
    if ending == ".csv":
        return normal(read_csv(file, name), name)
    if ending == ".md":
        return normal(read_markdown(file), name)
    if ending in (".yaml", ".yml"):
        return from_yaml(decode(file), name)
    if ending in (".xlsx", ".xlsm"):
        raise refuse("form_unreadable", detail="it is called a workbook and is none")
    raise refuse("form_unreadable", detail=f"its name should end in one of {', '.join(ENDINGS)}")


def read_among(files: Mapping[str, bytes], name: str) -> Source:
    """A form from files that were brought together: `survey.csv` with the sheets beside it, else `name` alone. Raises
    Problem."""
    if name.lower() != "survey.csv":
        return read(files[name], name)
    by_stem = {one.lower().removesuffix(".csv"): data for one, data in files.items() if one.lower().endswith(".csv")}
    return _sheets({sheet: by_stem[sheet] for sheet in _BESIDE if sheet in by_stem}, name)


def _folder(folder: Path, name: str) -> Source:
    found = {sheet: path for sheet in _BESIDE if (path := folder / f"{sheet}.csv").is_file()}
    if "survey" not in found:
        raise refuse("form_missing", what="survey.csv")
    return _sheets({sheet: path.read_bytes() for sheet, path in found.items()}, name)


def _sheets(files: Mapping[str, bytes], name: str) -> Source:
    for data in files.values():
        check_size(data)
    if len(files) == 1:  # all sheets may stand in it
        return normal(read_csv(files["survey"], "survey.csv"), name)
    grids = [(sheet, read_csv(data, f"{sheet}.csv")) for sheet, data in files.items()]
    return normal(Grid([Sheet(sheet, grid.sheets[0].rows) for sheet, grid in grids], []), name)
