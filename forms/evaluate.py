"""The reference evaluator: an open form whose answers change, and what follows from each change.

Rules: after a change only what reads it is looked at again, in the order worked out at publish time. Wrong, hidden and
replaced answers are kept. A way out is blank in every expression and satisfies `required`. Time and language are
inputs. `static/src/form/engine.ts` is the same; forms/vectors/engine runs in both.

Refs name instances: `members[2].name`. FORMAT.md says what refs, drafts and sealed answers look like.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, cast

import msgspec

from forms.answers import ANSWER, kept, sealed
from forms.interpret import Interpreter
from forms.lexical import check_value, lexical
from forms.model import CompiledForm, Level, Question, Way
from forms.run import Runner
from forms.tree import MOST_KEPT, Node, Tree


class Changes(msgspec.Struct):
    """By ref; texts by `<ref>:<slot>`, flags by name, in repeats by `<name>:<ref>` too. `invalid` holds
    answer codes or None; blank and required is `missing()`."""

    values: dict[str, str] = {}
    ways: dict[str, Way | None] = {}
    relevant: dict[str, bool] = {}
    required: dict[str, bool] = {}
    readonly: dict[str, bool] = {}
    invalid: dict[str, str | None] = {}
    choices: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    repeats: dict[str, int] = {}
    flags: dict[str, bool] = {}


class Raised(msgspec.Struct, frozen=True):
    """A flag whose condition holds. `hours` None: at the next visit."""

    name: str
    level: Level
    hours: int | None
    audience: str
    at: str


class Draft(msgspec.Struct):
    """All that was entered, hidden answers too; blank ones are left out."""

    values: dict[str, str]
    ways: dict[str, Way]
    repeats: dict[str, int]


class Missing(msgspec.Struct):
    """`required` and `invalid` block the seal; `not_asked` is counted."""

    required: list[str]
    invalid: list[str]
    not_asked: list[str]


class Engine:
    """One open form. Raises KeyError for a ref that is not there.

    `known`: of the person, by `from` ("person.sex"); it fills the questions of a form that is newly opened. `device`:
    what preloads ask for, by name. `random`: 0 ≤ x < 1."""

    def __init__(
        self, form: CompiledForm, *, today: str, now: str, language: str | None = None,
        known: Mapping[str, str] | None = None, device: Mapping[str, str] | None = None,
        random: Callable[[], float] = lambda: 0.5,
    ) -> None:  # fmt: skip
        self.form = form
        self.language = language or form.default_language
        self.today = today
        self.now = now
        self.random = random
        self.clock = {"start": now, "end": now, "today": today} | dict(device or {})
        self.known: dict[str, str] = {}
        self.tree = Tree(form)
        self.runner = Runner(form)
        self.reported = Changes()
        for node in self._preloaded():
            node.value = self.clock.get(_asked(node).preload or "", "")
        self.know(known or {})

    def set(self, ref: str, value: Any) -> None:
        """A value as typed: text, number, True, a list of choices, None for blank. It takes the place of a way out."""
        node = self._open(ref)
        self.runner.watch(node)
        node.value = lexical(_asked(node), value)
        node.way = None if node.value else node.way
        self._changed(node)

    def way(self, ref: str, way: Way | None) -> None:
        """A way out, or back in: what was entered before stands again."""
        node = self._open(ref)
        if way is not None and way not in _asked(node).ways:
            raise KeyError(f"{ref} has no way out {way}")
        self.runner.watch(node)
        node.way = way
        self._changed(node)

    def add_repeat(self, ref: str) -> str:
        """A repeat that is counted raises KeyError: its number is an answer elsewhere."""
        parent, repeat = self._by_hand(ref)
        node = self.tree.add(parent, repeat, added=True)
        self._instances_changed(_asked(node))
        return node.ref()

    def remove_repeat(self, ref: str, index: int) -> bool:
        """Instance from 1. False, and nothing done, when the repeat is at its least."""
        parent, repeat = self._by_hand(ref)
        instances = parent.below[repeat.name]
        if not 1 <= index <= len(instances):
            raise KeyError(f"{ref}[{index}]")
        if len(instances) <= repeat.least:
            return False
        del instances[index - 1]
        self._instances_changed(repeat)
        return True

    def _by_hand(self, ref: str) -> tuple[Node, Question]:
        parent, repeat = self.tree.repeat(ref)
        if repeat.count is not None:
            raise KeyError(f"{ref} is counted")
        return parent, repeat

    def know(self, known: Mapping[str, str]) -> None:
        """What is known of the person (another one, when the draft was begun for the wrong one): questions that still
        hold what was known before follow; what somebody answered stands."""
        follow = [node for node in self._fillable() if node.way is None and node.value == self._filled(node)]
        self.known = dict(known)
        for node in follow:
            node.value = self._filled(node)
        self._everything()

    def prefilled(self) -> list[str]:
        """Questions that hold what was known, and nobody corrected or passed over."""
        found = [node for node in self._fillable() if node.value and node.way is None]
        return [node.ref() for node in found if node.value == self._told(node)]

    def _fillable(self) -> list[Node]:
        return [self.tree.find(question.ref) for question in self.form.questions if question.from_ is not None]

    def _preloaded(self) -> list[Node]:
        found = [question.ref for question in self.form.questions if question.preload is not None]
        return [node for ref in found for node in self.tree.every(ref)]

    def _filled(self, node: Node) -> str:
        return self._told(node) or _asked(node).default or ""

    def _told(self, node: Node) -> str:
        """Blank when nothing is known, or something that this question could not hold."""
        question = _asked(node)
        value = lexical(question, self.known.get(question.from_ or "", ""))
        choices = [choice.name for choice in self.form.lists.get(question.list or "", [])]
        return value if value and check_value(question, value, choices) is None else ""

    def flags(self) -> list[Raised]:
        """Those raised now, most urgent first; equally urgent ones in the form's order."""
        raised = self.runner.raised
        found = [flag for flag in self.form.flags if raised[flag.name]]
        found.sort(key=lambda flag: (flag.level, math.inf if flag.hours is None else flag.hours))
        return [Raised(f.name, f.level, f.hours, f.audience, raised[f.name][0].ref()) for f in found]

    def set_language(self, language: str) -> None:
        if language not in self.form.languages:
            raise KeyError(language)
        self.language = language
        self._everything()

    def value(self, ref: str) -> str:
        return self._leaf(ref).value

    def text(self, ref: str, slot: str = "label") -> str:
        node = self.tree.find(ref)
        if slot in node.texts:
            return node.texts[slot]
        written = getattr(_asked(node), slot)
        return "" if written is None else cast("str", written[self.language])

    def _leaf(self, ref: str) -> Node:
        node = self.tree.find(ref)
        if _asked(node).kind in ("group", "repeat"):
            raise KeyError(ref)
        return node

    def _open(self, ref: str) -> Node:
        """A question that a person answers; what is calculated is not hers to change."""
        node = self._leaf(ref)
        if not _asked(node).asks:
            raise KeyError(ref)
        return node

    # What follows from a change

    def _interpreter(self) -> Interpreter:
        return Interpreter(self.tree, self.today, self.now, self.language, self.random)

    def _changed(self, node: Node) -> None:
        self.runner.changed(_asked(node))
        self.runner.run(self.tree, self._interpreter())

    def _instances_changed(self, repeat: Question) -> None:
        self.runner.instances_changed(repeat)
        self.runner.run(self.tree, self._interpreter())

    def _everything(self, *, quiet: bool = True) -> None:
        self.runner.everything()
        self.runner.run(self.tree, self._interpreter(), steady=True, quiet=quiet)

    # What a page shows

    def all(self) -> Changes:
        """Everything as it stands."""
        found = Changes({}, {}, {}, {}, {}, {}, {}, {}, {}, {})
        found.repeats = self.tree.counts()
        found.relevant = {ref: range_.shown() for ref, range_ in self.tree.repeats()}
        found.flags = self._flags()
        for node in self.tree.root.walk():
            if node.question is not None:
                self._describe(node.ref(), node, node.question, found)
        return found

    def _flags(self) -> dict[str, bool]:
        """By name; in a repeat by `<name>:<ref>` of each instance too."""
        found: dict[str, bool] = {}
        for name, raised in self.runner.raised.items():
            found[name] = bool(raised)
            places = {node.ref(): node in raised for node in self.tree.every(self.runner.flagged[name].at)}
            found |= {f"{name}:{ref}": there for ref, there in places.items() if "[" in ref}
        return found

    def _describe(self, ref: str, node: Node, question: Question, found: Changes) -> None:
        found.relevant[ref] = node.shown()
        found.texts |= {f"{ref}:{slot}": words for slot, words in node.texts.items()}
        if question.kind not in ("group", "repeat"):
            found.values[ref] = node.value if node.way is None else ""
        if question.kind in ANSWER:
            found.ways[ref] = node.way
            found.required[ref] = node.required and node.shown()
            found.readonly[ref] = node.readonly or question.calculation is not None
            found.invalid[ref] = self.invalid(node)
        if node.choices is not None:
            found.choices[ref] = node.choices

    def changes(self) -> Changes:
        """What is other than at the last call; the first gives everything."""
        now, before = self.all(), self.reported
        self.reported = now
        return Changes(**{
            facet: {key: new for key, new in getattr(now, facet).items() if key not in old or old[key] != new}
            for facet, old in ((name, getattr(before, name)) for name in Changes.__struct_fields__)
        })  # fmt: skip

    def invalid(self, node: Node) -> str | None:
        """The code of what is wrong with an answer that stands; None when nothing is."""
        question = _asked(node)
        if question.kind not in ANSWER or not node.string():
            return None
        wrong = check_value(question, node.value, self._standing(question, node))
        return wrong or (None if node.allowed else "answer_constraint")

    def _standing(self, question: Question, node: Node) -> set[str]:
        """Names of the choices that stand."""
        if node.choices is None:
            return {choice.name for choice in self.form.lists.get(question.list or "", [])}
        return {key.partition("\t")[0] for key in node.choices}

    # What is sealed and what is kept

    def finish(self, now: str) -> None:
        """The talk ends: what asks for its end is told. `now` as at opening."""
        for node in self._preloaded():
            if _asked(node).preload == "end" and node.value != now:
                self.runner.watch(node)
                node.value = now
                self._changed(node)

    def missing(self) -> Missing:
        found = Missing([], [], [])
        for node in self.tree.root.walk():
            question = node.question
            if question is None or question.kind not in ANSWER or not node.shown():
                continue
            if self.invalid(node):
                found.invalid.append(node.ref())
            elif not node.value and node.way is None and question.asks:
                (found.required if node.required else found.not_asked).append(node.ref())
        return found

    def answers_for_seal(self) -> tuple[dict[str, Any], dict[str, Way]]:
        """(answers, ways) of everything relevant."""
        ways: dict[str, Way] = {
            node.ref(): node.way for node in self.tree.root.walk() if node.way is not None and node.shown()
        }
        return sealed(self.tree.root, lambda _: True), ways

    def draft(self) -> Draft:
        return Draft(*kept(self.tree.root))

    def restore(self, draft: Draft) -> None:
        """Puts a draft in the place of everything; what begins a new form is not begun again.

        Raises KeyError, and changes nothing, for another form's draft."""
        tree = Tree(self.form)
        for ref, count in draft.repeats.items():
            parent, repeat = tree.repeat(ref)
            if count > MOST_KEPT:
                raise KeyError(f"{ref} with {count} instances")
            tree.resize(parent.ranges[repeat.name], max(count, 0))
            parent.spare.clear()
        for node in tree.root.walk():
            node.value = ""
        for ref, value in draft.values.items():
            tree.find(ref).value = value
        for ref, way in draft.ways.items():
            tree.find(ref).way = way
        tree.settle()
        self.tree = tree
        self._everything()


def _asked(node: Node) -> Question:
    if node.question is None:
        raise KeyError("the form itself is no question")
    return node.question
