"""What the commands of `esik forms` share: a form from a file with its data beside it, repairs that were asked for."""

import argparse
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from forms.compile import Compiled, compile_form
from forms.model import AUDIENCES, IDENTIFYING
from forms.problems import Finding
from forms.problems import Problem as FormProblem
from forms.repair import Repair, Told, repair
from forms.source import Source
from forms.sources import MOST_BYTES, read
from server.problems import Problem

SHEETS: Final = ("survey", "choices", "settings", "external_choices")
READERS: Final = [audience for audience in AUDIENCES if audience not in IDENTIFYING]


class Looked(msgspec.Struct):
    """What came of a file: the form as far as it was understood, and everything that was found."""

    findings: list[Finding]
    source: Source | None = None
    compiled: Compiled | None = None
    repaired: list[Repair] = []
    beside: dict[str, bytes] = {}


class Beside(Mapping[str, bytes]):
    """Data, pictures and sounds of a form: files in its folder or in `<name>-media`, by plain name only."""

    def __init__(self, form: Path) -> None:
        self.read: dict[str, bytes] = {}
        """What was asked for, as it was then."""
        self.folders = [form.with_name(f"{form.stem}-media"), form if form.is_dir() else form.parent]

    def __getitem__(self, name: str) -> bytes:
        path = self._path(name)
        if path is None:
            raise KeyError(name)
        self.read[name] = path.read_bytes()
        return self.read[name]

    def _path(self, name: str) -> Path | None:
        if not name or name != Path(name).name or name.startswith("."):
            return None
        found = (folder / name for folder in self.folders)
        return next((path for path in found if path.is_file() and path.stat().st_size <= MOST_BYTES), None)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._path(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter({path.name for folder in self.folders if folder.is_dir() for path in folder.iterdir()})

    def __len__(self) -> int:
        return sum(1 for _ in self)


def add_options(parser: argparse.ArgumentParser) -> None:
    """FILE, --repair and what only a person can say of a form."""
    parser.add_argument("file", type=Path, metavar="FILE", help=".yaml, .xlsx, .xls, .csv, .md, or a folder of .csv")
    parser.add_argument("--repair", action="store_true", help="apply the offered repairs and list them")
    parser.add_argument("--audience", choices=READERS, default="", help="who may read, where the form does not say")
    parser.add_argument("--subject", choices=["person", "household"], default="", help="whom the form is about")
    parser.add_argument("--number", default="", metavar="N", help="the form's running number")
    parser.add_argument("--key", default="", metavar="KEY", help="the form's name for machines")
    parser.add_argument("--language", default="", metavar="CODE", help="language of the columns that do not say theirs")
    parser.add_argument("--library", action="store_true", help="hold the rules of Esik's own forms too")


def look(arguments: argparse.Namespace) -> Looked:
    """Read, repair where that was asked, compile. Raises `file_unreadable` for a file that is not there."""
    path: Path = arguments.file
    found = Looked([])
    told = Told(arguments.audience, arguments.subject, arguments.number, arguments.key, arguments.language)
    try:
        found.source = read(path)
        if arguments.repair or told != Told():
            codes = None if arguments.repair else {"head", "audience", "subject", "language"}
            found.source, found.repaired = repair(found.source, told, codes)
        beside = Beside(path)
        found.compiled = compile_form(found.source, library=arguments.library, files=beside)
        found.beside = beside.read
        found.findings = found.compiled.warnings
    except FormProblem as problem:
        found.findings = problem.findings
    except OSError as error:
        raise Problem("file_unreadable", file=str(path), reason=error.strerror or "") from error
    return found


def given(path: Path, found: Looked) -> dict[str, bytes]:
    """Everything that the form was made from, by name: the file, or the folder's sheets, and what lies beside it."""
    sheets = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if path.name.lower() == "survey.csv":
        sheets = [one for one in sorted(path.parent.glob("*.csv")) if one.stem in SHEETS or one == path]
    try:
        return {**found.beside, **{one.name: one.read_bytes() for one in sheets}}
    except OSError as error:
        raise Problem("file_unreadable", file=str(path), reason=error.strerror or "") from error


def add_folder(parser: argparse.ArgumentParser) -> None:
    """-o: the folder that everything is written into."""
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="a folder that is not there yet"
    )


def new_folder(path: Path) -> Path:
    """A folder that was not there before. Raises `file_there`, `file_unwritable`."""
    with _told(path):
        path.mkdir(parents=True)
    return path


def write(path: Path, data: bytes) -> None:
    """A file that was not there before. Raises `file_there`, `file_unwritable`."""
    with _told(path), path.open("xb") as file:
        file.write(data)


@contextmanager
def _told(path: Path) -> Generator[None]:
    try:
        yield
    except FileExistsError:
        raise Problem("file_there", file=str(path)) from None
    except OSError as error:
        raise Problem("file_unwritable", file=str(path), reason=error.strerror or "") from error
