"""Entries (PROTOCOL 4): signed, numbered records. Bytes are kept and passed on as received; the hash leaves out the
signature, because ECDSA signatures are malleable and the same bytes are the same entry.

Clear bodies hold only hashes, states, ids and sizes: cards, reasons and words are inside parts.
"""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from sync.ids import ZERO_HASH, Id, LogId, MadeId, Seq, directory_log, sha256
from sync.keys import SigningKey, verify
from sync.part import AUDIENCE
from sync.problems import Problem
from sync.wire import decode, encode, shape

TAG_ENTRY: Final = "esik/1/entry"
VERSION: Final = 1

Kind = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,31}\\Z")]
Audience = Annotated[str, Meta(pattern=AUDIENCE, max_length=80)]


Signature = Annotated[bytes, Meta(min_length=64, max_length=64)]


class Signed(msgspec.Struct, frozen=True):
    """Bytes and a signature over them: what travels of every entry and statement."""

    bytes: bytes
    signature: Signature


class Head(msgspec.Struct, frozen=True):
    """A place in the directory's chain: the number and hash of an entry."""

    seq: Seq
    hash: Id


class _Fields(msgspec.Struct, frozen=True):
    """An entry as it lies on the wire."""

    v: Literal[1]
    log: LogId
    seq: Seq
    prev: Id
    kind: Kind
    time: int
    offset: int | None
    directory: Head | None
    body: dict[str, object]
    by: Id | UnsetType = UNSET


class PartRef(msgspec.Struct, frozen=True):
    """A part as its entry names it: object id, audience, key id of the epoch, size in bytes."""

    id: Id
    audience: Audience
    key: Id
    size: Seq


class AttachmentRef(msgspec.Struct, frozen=True):
    """A chunk as its entry names it."""

    id: Id
    size: Seq


class After(msgspec.Struct, frozen=True):
    """The log that a log's first entry continues, on the same device."""

    log: LogId
    seq: Seq
    hash: Id


class Carrying(msgspec.Struct, frozen=True):
    """What any body may carry, also of a kind not known yet."""

    parts: list[PartRef] = msgspec.field(default_factory=list[PartRef])
    attachments: list[AttachmentRef] = msgspec.field(default_factory=list[AttachmentRef])
    after: After | None = None


class Submission(msgspec.Struct, frozen=True):
    """The answers to one form about one person at one time. `form` is the version, `continues` a submission id."""

    submission: MadeId
    form: Id
    supersedes: list[Id]
    continues: MadeId | None
    parts: list[PartRef]
    attachments: list[AttachmentRef]
    after: After | UnsetType | None = UNSET


class Decision(msgspec.Struct, frozen=True):
    """A reviewer's word on the entry `of`; the reason and the question are in the parts."""

    of: Id
    state: Literal["accepted", "returned"]
    item: MadeId
    parts: list[PartRef]
    attachments: list[AttachmentRef]
    after: After | UnsetType | None = UNSET


class Entry(_Fields, frozen=True, kw_only=True):
    """What an entry's bytes say. `time` and `offset`: milliseconds, both only claims; `by` is in the directory only.
    `carries` is the body once it was checked, so that it is checked once."""

    carries: "Submission | Decision | Carrying"

    @property
    def writer(self) -> bytes:
        """The key id that the log id names; meaningless in the directory."""
        return self.log[:32]


class Named(msgspec.Struct, frozen=True):
    """An object that an entry names; `part` is nil for chunks and grant objects."""

    id: bytes
    size: int
    part: PartRef | None


_BODIES: dict[str, type[Submission | Decision]] = {"submission": Submission, "decision": Decision}


def entry_hash(data: bytes) -> bytes:
    """H(entry bytes), without the signature."""
    return sha256(data)


def write_entry(
    pid: bytes,
    key: SigningKey,
    *,
    log: bytes,
    seq: int,
    prev: bytes,
    kind: str,
    time: int,
    offset: int | None,
    directory: Head | None,
    body: msgspec.Struct | Mapping[str, object],
) -> Signed:
    """A signed entry. In the directory's own log `directory` is None and `by` is `key`'s id. Raises `malformed`."""
    fields: dict[str, object] = {
        "v": VERSION, "log": log, "seq": seq, "prev": prev, "kind": kind, "time": time, "offset": offset,
        "directory": directory, "body": body,
    }  # fmt: skip
    if log == directory_log(pid):
        fields["by"] = key.key_id
    data = encode(fields)
    read_entry(data)
    return Signed(data, key.sign(TAG_ENTRY, pid, data))


def read_entry(data: bytes) -> Entry:
    """The entry in `data`, its shape checked and nothing else. Raises `malformed`."""
    fields = decode(data, _Fields)
    if (fields.seq == 1) != (fields.prev == ZERO_HASH):
        raise Problem("malformed", reason="prev")
    if (fields.directory is None) != (fields.by is not UNSET):
        raise Problem("malformed", reason="directory")
    kind = _BODIES.get(fields.kind, Carrying) if fields.by is UNSET else Carrying
    carries = shape(fields.body, kind)
    if carries.after and fields.seq != 1:
        raise Problem("malformed", reason="after")
    ids = [one.id for one in (*carries.parts, *carries.attachments)]
    if len(set(ids)) != len(ids):
        raise Problem("malformed", reason="an object named twice")
    return Entry(
        fields.v, fields.log, fields.seq, fields.prev, fields.kind, fields.time, fields.offset, fields.directory,
        fields.body, fields.by, carries=carries,
    )  # fmt: skip


def submission_of(entry: Entry) -> Submission:
    """The body of a `submission`. Raises `malformed` for another kind."""
    return entry.carries if isinstance(entry.carries, Submission) else shape(entry.body, Submission)


def decision_of(entry: Entry) -> Decision:
    """The body of a `decision`. Raises `malformed` for another kind."""
    return entry.carries if isinstance(entry.carries, Decision) else shape(entry.body, Decision)


def parts_of(entry: Entry) -> list[PartRef]:
    """The parts that the entry names, whatever its kind."""
    return entry.carries.parts


def named_objects(entry: Entry) -> list[Named]:
    """Every object that the entry names: parts, chunks, and in the directory the object of a `grant`."""
    if entry.by is not UNSET:
        if entry.kind != "grant":
            return []
        grant = shape(entry.body, _GrantObject)
        return [Named(grant.object, grant.size, None)]
    return [Named(one.id, one.size, one) for one in entry.carries.parts] + [
        Named(one.id, one.size, None) for one in entry.carries.attachments
    ]


def check_signature(pid: bytes, public: bytes, signed: Signed) -> None:
    """Raises `bad_signature`."""
    if not verify(public, TAG_ENTRY, pid, signed.bytes, signed.signature):
        raise Problem("bad_signature")


class _GrantObject(msgspec.Struct, frozen=True):
    object: Id
    size: Seq
