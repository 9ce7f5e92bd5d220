"""Forms that tests play with: the library's, and small ones that hold every construct."""

from functools import cache
from pathlib import Path

from forms.compile import compile_form
from forms.model import CompiledForm
from forms.source import from_yaml

ROOT = Path(__file__).resolve().parent.parent.parent
LIBRARY = ROOT / "forms" / "library"
VECTORS = ROOT / "forms" / "vectors" / "forms"
FORMS = ["family", "clinic", "homes", "visit", "counted", "reckoning", "inward"]

FILES = {path.name: path.read_bytes() for path in VECTORS.glob("*.csv")}
"""Data files beside the forms."""


def source(name: str) -> str:
    for folder in (LIBRARY, VECTORS):
        if (folder / f"{name}.yaml").is_file():
            return (folder / f"{name}.yaml").read_text(encoding="utf-8")
    raise LookupError(name)


@cache
def compiled(name: str) -> CompiledForm:
    return compile_form(from_yaml(source(name), f"{name}.yaml"), files=FILES).form


def bytes_of(name: str) -> bytes:
    return compile_form(from_yaml(source(name), f"{name}.yaml"), files=FILES).data


if __name__ == "__main__":  # the compiled twins that the tablet's tests read: python -m tests.forms.samples
    for each in FORMS:
        (VECTORS / f"{each}.json").write_bytes(bytes_of(each) + b"\n")
