"""Bundles and answers (PROTOCOL 8.1, 8.2): the request body and the courier file are the same bytes."""

from typing import Literal, TypeVar

import msgspec

from sync.entry import Head, Signature, Signed
from sync.ids import Id
from sync.problems import Problem
from sync.wire import decode_map, encode, shape

T = TypeVar("T", bound=msgspec.Struct)

State = Literal["held", "waiting", "refused"]
Remark = Literal["revoked", "fork", "gap"]


class Statement(msgspec.Struct, frozen=True):
    """A receipt or head with its kind."""

    kind: Literal["head", "receipt"]
    bytes: bytes
    signature: Signature


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """Things on the move. `chunks` holds every named object that is no part: attachments' chunks and grant objects."""

    v: Literal[1] = 1
    directory: list[Signed] = msgspec.field(default_factory=list[Signed])
    entries: list[Signed] = msgspec.field(default_factory=list[Signed])
    statements: list[Statement] = msgspec.field(default_factory=list[Statement])
    parts: list[bytes] = msgspec.field(default_factory=list[bytes])
    chunks: list[bytes] = msgspec.field(default_factory=list[bytes])


class DirectoryAnswer(msgspec.Struct, frozen=True):
    """`problem` is nil when the entry is in the chain now."""

    hash: Id
    problem: str | None


class EntryAnswer(msgspec.Struct, frozen=True):
    """`missing` are ids still wanted; a refused entry may come again."""

    hash: Id
    state: State
    remark: Remark | None
    problem: str | None
    missing: list[Id]


class StatementAnswer(msgspec.Struct, frozen=True):
    problem: str | None


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a store says to a bundle; lists in the bundle's order. `newer` only after `directory_moved`, and only to
    whoever showed that they know the directory already: it is also a list of staff."""

    v: Literal[1] = 1
    head: Head | None
    directory: list[DirectoryAnswer]
    entries: list[EntryAnswer]
    receipts: list[Signed]
    statements: list[StatementAnswer]
    newer: list[Signed] | None = None


def write_bundle(bundle: Bundle) -> bytes:
    """Raises `malformed`."""
    return encode(bundle)


def read_bundle(data: bytes) -> Bundle:
    """The bundle in `data`; what is in it is judged piece by piece. Raises `malformed`."""
    return _whole(data, Bundle)


def read_answer(data: bytes) -> Answer:
    """A store's answer. Raises `malformed`."""
    return _whole(data, Answer)


def _whole(data: bytes, type_: type[T]) -> T:
    fields = decode_map(data)
    # The defaults are for writers: a reader who filled in what is not there would take a cut thing for a whole one.
    if any(name not in fields for name in type_.__struct_fields__ if name != "newer"):
        raise Problem("malformed", reason="a field is missing")
    return shape(fields, type_)
