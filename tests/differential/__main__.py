"""The long run: every form there is, several seeds, and ten thousand made forms. `make differential`.

Prints a line a form, then counts; ends with 1 when anything differs that is not explained, or when an explanation has
nothing left to explain. `--forms REGEX` and `--seeds`, `--steps`, `--made` cut it down.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.differential.agreement import against_reference, evaluators_differ, explanations, told
from tests.differential.driver import Driver, driver
from tests.differential.stages import CORPUS, EXAMPLES, OWN, ROOT, Stage, sheets, stage
from tests.forms.playing import Tablet, tablet

MADE = ("tests/differential/test_made_forms.py", "tests/forms/test_both_evaluators.py")


class Report:
    """What was found so far."""

    def __init__(self) -> None:
        self.forms: Counter[str] = Counter()
        self.compared: Counter[str] = Counter()
        self.explained: Counter[str] = Counter()
        self.steps = 0
        self.wrong = 0

    def add(self, path: Path, engine: Driver, evaluator: Tablet, seeds: list[int], steps: int) -> None:
        found = stage(path)
        if not isinstance(found, Stage):
            self.forms["does not compile"] += 1
            print(f"{path.name}: does not compile: {', '.join(found)}")
            return
        outcome = against_reference(found, engine, seeds, steps)
        self.compared.update(outcome.count)
        self.explained.update(outcome.explained)
        self.steps += sum(len(play.steps) for play in outcome.plays)
        apart = [told(failure) for failure in outcome.failures]
        apart += [other for play in outcome.plays if (other := evaluators_differ(found, evaluator, play.steps))]
        alone = "" if outcome.status == "played" else f", not taken by the reference: {outcome.reason}"
        self.forms[("differ" if apart else "agree") + (" between ours alone" if alone else "")] += 1
        self.wrong += len(apart)
        print(f"{path.name}: {sum(outcome.count.values())} comparisons{alone}", *apart, sep="\n  ", flush=True)

    def close(self) -> list[str]:
        """Prints the counts; the explanations that explain nothing any more."""
        dead = [one.id for one in explanations() if not self.explained[one.id]]
        print(f"\nforms: {dict(self.forms)}\nsteps: {self.steps}, comparisons: {self.compared.total()}")
        print("".join(f"  {facet}: {count}\n" for facet, count in self.compared.most_common()), end="")
        print("explained:\n" + "".join(f"  {id_}: {count}\n" for id_, count in self.explained.most_common()), end="")
        print(f"explain nothing any more: {', '.join(dead) or 'none'}")
        return dead


def main() -> int:
    asked = argparse.ArgumentParser(prog="tests.differential", description=__doc__)
    asked.add_argument("--forms", default="", help="regular expression on file names")
    asked.add_argument("--seeds", type=int, default=5)
    asked.add_argument("--steps", type=int, default=120)
    asked.add_argument("--made", type=int, default=10_000, help="how many made forms; 0 for none")
    given = asked.parse_args()
    report = Report()
    paths = [path for folder in (OWN, EXAMPLES, CORPUS) for path in sheets(folder) if re.search(given.forms, path.name)]
    with driver() as engine, tablet() as evaluator:
        for path in paths:
            report.add(path, engine, evaluator, list(range(1, given.seeds + 1)), given.steps)
    dead = report.close()
    fine = not report.wrong and (not dead or bool(given.forms))
    if given.made:
        environment = os.environ | {"ESIK_EXAMPLES": str(given.made)}
        made = subprocess.run([sys.executable, "-m", "pytest", *MADE], cwd=ROOT, env=environment, check=False)
        fine = fine and made.returncode == 0
    return 0 if fine else 1


if __name__ == "__main__":
    raise SystemExit(main())
