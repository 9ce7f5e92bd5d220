"""What a benchmark gives back, how it is timed, and how it is shown.

A `Figure` stands beside a limit or a peer measured in the same run; a bare number of this machine says little.
"""

import time
from collections.abc import Callable

import msgspec


class Figure(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the table. `value` in `unit`; `aim` says in words what was wanted, `met` whether it was."""

    area: str
    name: str
    value: float
    unit: str
    note: str = ""
    aim: str = ""
    met: bool | None = None


def rate(work: Callable[[], object], seconds: float = 1.5, warm: int = 3) -> float:
    """How many times a second `work` can be done, one after the other."""
    for _ in range(warm):
        work()
    count, begin = 0, time.perf_counter()
    while (spent := time.perf_counter() - begin) < seconds:
        work()
        count += 1
    return count / spent


def table(figures: list[Figure]) -> str:
    """The figures as text in columns."""
    rows = [("", "", "", "", "")] + [
        (one.area, one.name, f"{one.value:,.2f}" if abs(one.value) < 100 else f"{one.value:,.0f}", one.unit, _aim(one))
        for one in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines: list[str] = []
    area = ""
    for row, figure in zip(rows[1:], figures, strict=True):
        if row[0] != area:
            area = row[0]
            lines += ["", area]
        line = f"  {row[1]:<{widths[1]}}  {row[2]:>{widths[2]}} {row[3]:<{widths[3]}}  {row[4]}".rstrip()
        lines.append(line)
        if figure.note:
            lines.append(f"  {'':<{widths[1]}}  {figure.note}")
    return "\n".join(lines)


def _aim(figure: Figure) -> str:
    return f"{'met' if figure.met else 'NOT MET'}: {figure.aim}" if figure.aim else ""
