"""The order in which a form's expressions are evaluated, worked out once when it is published.

Rules: what an expression reads (answers, the relevance of what it reads and of all around it, how many instances there
are) comes before it; what nothing ties stands in the form's own order; equal forms give equal bytes. Circles are
refused by name. What is worked out at a moment (`first`, `set`) may read what it fills: that is the value before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from forms.model import ONCE

Aspect = tuple[str, str]
"""(ref, aspect), as ("members.age", "calculation")."""
MAKES: Final = ("first", "set", "calculation")
"""Aspects that give a question its value."""


class CircleError(ValueError):
    """`refs` depend on each other."""

    def __init__(self, refs: list[str]) -> None:
        super().__init__(", ".join(refs))
        self.refs = refs


def evaluation_order(reads: Mapping[Aspect, frozenset[str]]) -> list[Aspect]:
    """All aspects, dependencies first. `reads` in the form's order. Raises CircleError."""
    done: dict[Aspect, None] = {}
    for first in reads:
        _visit(first, reads, done)
    return list(done)


def _visit(first: Aspect, reads: Mapping[Aspect, frozenset[str]], done: dict[Aspect, None]) -> None:
    """Depth first without recursion: a form may hold a chain of thousands."""
    open_: dict[Aspect, list[Aspect]] = {}
    if first in done:
        return
    open_[first] = _before(first, reads)
    while open_:
        aspect, waiting = next(reversed(open_.items()))
        if not waiting:
            del open_[aspect]
            done[aspect] = None
            continue
        dependency = waiting.pop()
        if dependency in open_:
            chain = list(open_)
            raise CircleError(list(dict.fromkeys(ref for ref, _ in chain[chain.index(dependency) :])))
        if dependency not in done:
            open_[dependency] = _before(dependency, reads)


def _before(aspect: Aspect, reads: Mapping[Aspect, frozenset[str]]) -> list[Aspect]:
    ref, what = aspect
    own = what in ONCE
    found = {(read, made) for read in reads[aspect] for made in MAKES if not (own and read == ref)}
    for read in reads[aspect]:
        found |= {(above, tied) for above in around(read) for tied in ("relevant", "count")}
    if what == "calculation":
        found |= {(above, "relevant") for above in around(ref)} | {(ref, made) for made in ONCE}
    if what == "set":
        found.add((ref, "first"))
    if what == "relevant" and ref not in reads[aspect]:
        found.discard(aspect)  # a group that reads below itself is taken as relevant while it does
    found |= {(above, "count") for above in around(ref) if (above, what) != (ref, "count")}
    return sorted((dependency for dependency in found if dependency in reads), reverse=True)


def around(ref: str) -> list[str]:
    """The ref and every group and repeat around it, outermost first."""
    names = ref.split(".")
    return [".".join(names[: count + 1]) for count in range(len(names))]


def affected(order: list[Aspect], wakes: Mapping[Aspect, frozenset[str]]) -> dict[str, list[int]]:
    """Ref → places in the order that are looked at again when it changes, rising."""
    found: dict[str, list[int]] = {}
    for place, aspect in enumerate(order):
        for ref in sorted(wakes.get(aspect, frozenset())):
            found.setdefault(ref, []).append(place)
    return dict(sorted(found.items()))


def near(
    order: list[Aspect], affects: Mapping[str, list[int]], scopes: Mapping[Aspect, Mapping[str, str]]
) -> dict[str, list[str]]:
    """Ref → beside each place of `affects`, the repeat of which the same instance is meant; "": any instance. Refs of
    which every change concerns all are left out."""
    found = {ref: [scopes.get(order[place], {}).get(ref, "") for place in places] for ref, places in affects.items()}
    return {ref: said for ref, said in found.items() if any(said)}
