"""The compiled form: what tablets and desks read, and what the version is the digest of.

Rules: JSON; nothing in it is parsed as an expression again; `order` lists every evaluation, dependencies first;
`affects` says which of them must be looked at when a question changes. `static/src/form/types.ts` is the same shape.
A text is one string, or a list of strings and expressions. Refs without indexes (`members.name`) name questions.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any, Final, Literal, TypeAlias

import msgspec

from forms.problems import refuse

Text: TypeAlias = dict[str, Any]
"""Language → text or list of texts and expressions."""
Way: TypeAlias = Literal["unknown", "declined"]
Level: TypeAlias = Literal["P1", "P2", "P3", "P4"]
WAYS: Final[tuple[Way, Way]] = ("unknown", "declined")
KINDS: Final = (
    "group", "repeat", "note", "calculate", "text", "hidden", "integer", "decimal", "range", "date", "time", "datetime",
    "select_one", "select_multiple", "rank", "acknowledge", "barcode", "geopoint", "image", "audio", "file",
)  # fmt: skip
CHOOSING: Final = ("select_one", "select_multiple", "rank")
ATTACHED: Final = ("image", "audio", "file")
"""Kinds whose value is the name of an attachment."""
CARDS: Final = ("card", "family_card", "replaces", "twin_of")
"""Roles that hold a card's code."""
ROLES: Final = (*CARDS, "name", "sex", "birth_date", "birth_date_precision")
FACTS: Final = ("sex", "birth_date", "birth_date_precision")
KNOWN: Final = ("person.sex", "person.birth_date", "person.birth_date_precision", "person.name")
"""What a tablet may know of somebody before a form is opened; `from` asks it only when it is unknown."""
IDENTIFYING: Final = ("people", "coordination")
AUDIENCES: Final = ("people", "coordination", "medical", "psychiatric", "education", "family", "protection")
LEVELS: Final[tuple[Level, Level, Level, Level]] = ("P1", "P2", "P3", "P4")
PRIVATE: Final = ("psychiatric", "protection")
"""Audiences whose questions are counted by nobody, and whose flags show no panel and no level elsewhere."""
BUCKETS: Final = (4096, 8192, 16384, 32768, 65536)
EXPRESSIONS: Final = ("relevant", "calculation", "required", "readonly", "constraint", "filter", "count")
ONCE: Final = ("first", "set")
"""Expressions that are worked out at a moment (when a form or instance is new, when a trigger's value changes)."""
MEDIA: Final = ("image", "audio", "big-image")
TEXTS: Final = ("label", "hint", "guidance_hint", "constraint_message", "required_message")


class Question(msgspec.Struct, frozen=True, omit_defaults=True, rename={"from_": "from", "self_": "self"}):
    """A question, note, calculation, group or repeat. Expressions are trees of forms/expressions.py.

    `from_`: what fills it when known. `sensitive`: a group that waits when others can hear. `self_`: a group that may
    be given to the person. `range`: start, end, step. `count`: how many instances a repeat has. `first`: what a new
    form or a new instance begins with. `triggers`: refs; when the value of one changes, `set` is worked out anew (none:
    blank). `preload`: what of device, person or clock fills it. `media`: names of files beside the label. `pixels`: the
    long side that a picture is scaled to. `accept`: which files may be chosen, as an HTML input takes it. `chance`: its
    calculation leans on chance, which is taken once, and again only when what it reads changes."""

    ref: str
    kind: str
    audience: str
    label: Text | None = None
    hint: Text | None = None
    guidance_hint: Text | None = None
    constraint_message: Text | None = None
    required_message: Text | None = None
    purpose: Text | None = None
    action: Text | None = None
    unit: Text | None = None
    list: str | None = None
    filter: Any = None
    relevant: Any = None
    required: Any = None
    readonly: Any = None
    constraint: Any = None
    calculation: Any = None
    default: str | None = None
    appearance: tuple[str, ...] = ()
    role: str | None = None
    ways: tuple[Way, ...] = ()
    code: str | None = None
    least: int = 0
    from_: str | None = None
    sensitive: bool = False
    self_: bool = False
    range: dict[str, float] | None = None
    count: Any = None
    first: Any = None
    triggers: tuple[str, ...] = ()
    set: Any = None
    preload: str | None = None
    media: dict[str, Text] = {}
    chance: bool = False
    pixels: int | None = None
    accept: str | None = None
    discloses: tuple[str, ...] = ()
    """Audiences whose answers it, or what stands in it, may read: `disclosure` is what the person is told of that."""
    disclosure: Text | None = None

    @property
    def name(self) -> str:
        return self.ref.rpartition(".")[2]

    @property
    def parent(self) -> str:
        """Ref of the group or repeat around it, "" at the top."""
        return self.ref.rpartition(".")[0]

    @property
    def asks(self) -> bool:
        """Whether a person answers it (or could, were it relevant). A select that is a `label` only heads others."""
        silent = self.kind in ("group", "repeat", "note", "calculate", "hidden") or "label" in self.appearance
        return not silent and self.calculation is None


class Choice(msgspec.Struct, frozen=True, omit_defaults=True):
    name: str
    label: Text
    columns: dict[str, str] = {}
    media: dict[str, Text] = {}


class Table(msgspec.Struct, frozen=True):
    """A data file beside the form, read by `pulldata()` and `instance()`: cells are text, every row is as long as
    `columns`."""

    columns: list[str]
    rows: list[list[str]]


class File(msgspec.Struct, frozen=True):
    """A picture or sound that the form shows. `digest`: base64url(SHA-256(bytes)); `size` in bytes."""

    digest: str
    size: int
    type: str


class Flag(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something to act on: what to do (`action`) and by when. `hours` None: at the next visit. `at`: ref of the
    question, note or group that it stands under."""

    name: str
    condition: Any
    level: Level
    hours: int | None
    audience: str
    at: str
    action: Text
    why: Text | None = None


class Plan(msgspec.Struct, frozen=True):
    """Days after the first look from which on, and by which, a form is due, and the ages in years, both included."""

    not_before: int
    due: int
    ages: tuple[int | None, int | None]


class AudienceBucket(msgspec.Struct, frozen=True):
    """The size in bytes that every part of this form for this audience is padded to."""

    audience: str
    bucket: int


class CompiledForm(msgspec.Struct, frozen=True, omit_defaults=True):
    """`near`: beside each place of `affects`, the repeat of which the same instance is meant ("": any). `borrowed`:
    language → what has no words in it (`<ref>:<slot>`, `<list>/<choice>`) → the language whose words stand there."""

    esik: Literal[1]
    key: str
    number: int
    title: Text
    short_title: Text
    subject: Literal["household", "person"]
    station: str | None
    languages: list[str]
    default_language: str
    translation_status: dict[str, str]
    audiences: list[AudienceBucket]
    questions: list[Question]
    lists: dict[str, list[Choice]]
    order: list[tuple[str, str]]
    affects: dict[str, list[int]]
    xform: str
    near: dict[str, list[str]] = {}
    plan: Plan | None = None
    continues: bool = False
    flags: list[Flag] = []
    tables: dict[str, Table] = {}
    files: dict[str, File] = {}
    borrowed: dict[str, dict[str, str]] = {}
    """Language → texts that were never translated into it (`<ref>:<slot>`, `<list>/<choice>`) → whose they are."""
    source: dict[str, str] = {}
    """What the form was made from, as given: file name → digest. Set when it is published."""

    def question(self, ref: str) -> Question:
        """Raises KeyError."""
        for question in self.questions:
            if question.ref == ref:
                return question
        raise KeyError(ref)

    def children(self, ref: str) -> list[Question]:
        return [question for question in self.questions if question.parent == ref]


def sections(form: CompiledForm) -> list[str]:
    """Refs of the top-level groups and repeats in page order; "" first when loose questions stand before them. Loose
    questions belong to the section before."""
    found: list[str] = []
    for question in form.children(""):
        if question.kind in ("group", "repeat"):
            found.append(question.ref)
        elif not found and seen(question):
            found.append("")
    return found


def seen(question: Question) -> bool:
    """Whether a page shows anything of it."""
    shown = question.label is not None or question.kind in ("group", "repeat", "note")
    return shown and question.kind not in ("calculate", "hidden")


def encode(form: CompiledForm) -> bytes:
    """The bytes that are published; equal forms give equal bytes."""
    return msgspec.json.encode(form)


def decode(data: bytes) -> CompiledForm:
    """A compiled form from its bytes. Raises Problem(form_malformed)."""
    try:
        return msgspec.json.decode(data, type=CompiledForm)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise refuse("form_malformed") from None


def digest(data: bytes) -> str:
    """base64url(SHA-256(bytes)), without padding: a form's version."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
