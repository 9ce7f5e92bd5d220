"""What becomes of every public XLSForm that is at hand: as it is, repaired, or refused, and why.

    python -m tests.forms.corpus    writes forms/CORPUS.md

Rules: the forms lie outside this project, in the folder that ESIK_CORPUS names or in ../shared/corpus/xlsforms, with an
INDEX.tsv; nothing of them is copied but their names. The two things that only a person can say (who reads the answers,
whom the form is about) are told to each.
"""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from pathlib import Path

import msgspec

from forms.compile import compile_form
from forms.problems import Finding, Problem
from forms.repair import Told, repair
from forms.source import Source
from forms.sources import read
from server.cli.forms_reading import Beside

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = Path(os.environ.get("ESIK_CORPUS") or ROOT.parent / "shared" / "corpus" / "xlsforms")
TABLE = ROOT / "forms" / "CORPUS.md"
TOLD = Told(audience="medical", subject="person")
ASKED = {"head", "audience", "subject"}
"""What every form that was made elsewhere needs; no repair of what its author wrote."""
HEAD = """# Public XLSForms, and what Esik makes of them

Written by `python -m tests.forms.corpus`; a test compares it where the forms are at hand. *As is*: compiles once who
reads the answers and whom the form is about are told; a data file that is not at hand is taken as an empty one.
*Repaired*: with offered repairs (`esik forms check FILE --repair`). *Refused*: with everything that stops it, by name.
*Real*: in use somewhere, not an example or a test.

"""


class Fate(msgspec.Struct, frozen=True):
    """What became of one form. `why`: repairs, or what stops it."""

    file: str
    real: bool
    verdict: str
    questions: int
    why: list[str]


class Invented(Beside):
    """Data files that are not at hand, with every column that the form speaks of and no row."""

    def __init__(self, path: Path, source: Source) -> None:
        super().__init__(path)
        written = " ".join(text for row in source.sheets["survey"] for text in row.cells.values())
        self.header = ",".join(dict.fromkeys(["name", "label", *re.findall(r"'(\w+)'", written)]))
        self.made: list[str] = []

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or str(name).endswith(".csv")

    def __getitem__(self, name: str) -> bytes:
        if super().__contains__(name) or not name.endswith(".csv"):
            return super().__getitem__(name)
        self.made += [] if name in self.made else [name]
        return f"{self.header}\n".encode()


def index() -> list[dict[str, str]]:
    with (FOLDER / "INDEX.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def fate(file: str, real: bool, folder: Path = FOLDER) -> Fate:
    """Reads, repairs, compiles. What is raised besides a Problem is a fault of ours and comes through."""
    path = folder / file
    try:
        source, done = repair(read(path), TOLD)
        files = Invented(path, source)
        form = compile_form(source, files=files).form
    except Problem as problem:
        return Fate(file, real, "refused", 0, reasons(problem.findings))
    repairs = [f"with {file} beside it" for file in files.made]
    repairs += [code for code in dict.fromkeys(one.code for one in done) if code not in ASKED]
    asked = sum(question.asks for question in form.questions)
    return Fate(file, real, "repaired" if len(repairs) > len(files.made) else "as is", asked, repairs)


def reasons(findings: list[Finding]) -> list[str]:
    """Each once, most frequent first."""
    counted = Counter(_reason(one) for one in findings if not one.warning)
    return [f"{why} ×{n}" if n > 1 else why for why, n in counted.most_common()]


def _reason(finding: Finding) -> str:
    if finding.code == "form_unsupported":
        return finding.values["construct"]
    if "instance('contact-summary')" in finding.values.get("expression", ""):
        return "CHT's own instance contact-summary"
    if finding.code == "form_expression":
        return finding.values["detail"].partition(". ")[0]
    return finding.words.partition(". ")[0]


def table(fates: list[Fate]) -> str:
    counted = Counter((one.real, one.verdict) for one in fates)
    lines = ["| | as is | repaired | refused | all |", "|---|---:|---:|---:|---:|"]
    for real, name in ((True, "real"), (False, "examples and tests")):
        numbers = [counted[real, verdict] for verdict in ("as is", "repaired", "refused")]
        lines.append(f"| {name} | {' | '.join(map(str, numbers))} | {sum(numbers)} |")
    lines += ["", "| form | real | verdict | questions | repairs, or what stops it |", "|---|---|---|---:|---|"]
    for one in fates:
        why = "; ".join(one.why[:4]) + (f"; {len(one.why) - 4} more" if len(one.why) > 4 else "")
        cells = (one.file, "yes" if one.real else "", one.verdict, str(one.questions or ""), why)
        lines.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
    return HEAD + "\n".join(lines) + "\n"


def all_fates() -> list[Fate]:
    return [fate(row["file"], row["real"] == "True") for row in index()]


if __name__ == "__main__":
    TABLE.write_text(table(all_fates()), encoding="utf-8")
