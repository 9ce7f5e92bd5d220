"""What the command line says to people: problems in words, and lines that stand in columns."""

import sys
from collections.abc import Iterable

from server.problems import Problem as ServerProblem
from server.words import problem_words
from sync.problems import Problem as SyncProblem

AnyProblem = ServerProblem | SyncProblem
PROBLEMS = (ServerProblem, SyncProblem)


def tell(problem: AnyProblem) -> None:
    """A problem on the standard error: what happened, what it means, what to do, and its code."""
    words = problem_words(problem.code, problem.detail)
    print(words.what, file=sys.stderr)
    for line in (words.means, words.do):
        if line:
            print(f"  {line}", file=sys.stderr)
    values = ", ".join(f"{name} {value}" for name, value in problem.detail.items())
    print(f"  ({problem.code}{': ' + values if values else ''})", file=sys.stderr)


def columns(rows: Iterable[tuple[str, ...]], indent: str = "  ") -> str:
    """Rows of text in columns."""
    listed = list(rows)
    if not listed:
        return ""
    widths = [max(len(row[column]) for row in listed) for column in range(len(listed[0]))]
    return "\n".join(
        (indent + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip()
        for row in listed
    )
