"""What directory entries say (PROTOCOL 6.1): a struct a kind, field for field as the table there."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from sync.entry import Audience
from sync.ids import Id, LogId, MadeId, Seq
from sync.keys import READING_PUBLIC, SIGNING_PUBLIC

Slug = Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*\\Z", max_length=40)]
Station = Annotated[str, Meta(pattern="^[a-z0-9]+([-_][a-z0-9]+)*\\Z", max_length=40)]
"""As forms name them: `first_look`."""
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Text = Annotated[str, Meta(max_length=2_000)]
Words = Annotated[str, Meta(min_length=1, max_length=2_000)]
FormKey = Annotated[str, Meta(pattern="^[a-z][a-z0-9_-]*\\Z", max_length=64)]
SigningPublic = Annotated[bytes, Meta(min_length=SIGNING_PUBLIC, max_length=SIGNING_PUBLIC)]
ReadingPublic = Annotated[bytes, Meta(min_length=READING_PUBLIC, max_length=READING_PUBLIC)]


class Programme(msgspec.Struct, frozen=True):
    name: Name
    root: SigningPublic
    recovery: ReadingPublic


class Administrator(msgspec.Struct, frozen=True):
    """A person who signs the directory. `name` is a work name."""

    staff: MadeId
    name: Name
    signing: SigningPublic
    reading: ReadingPublic
    work: ReadingPublic | None
    site: Slug
    stations: list[Station]


class Staff(msgspec.Struct, frozen=True):
    """A person who unlocks tablets (`work`), or has a desk (`signing`, `reading`), or both."""

    staff: MadeId
    name: Name
    signing: SigningPublic | None
    reading: ReadingPublic | None
    work: ReadingPublic | None
    site: Slug
    stations: list[Station]


class Store(msgspec.Struct, frozen=True):
    key: SigningPublic
    role: Literal["centre", "relay"]
    name: Name


class Site(msgspec.Struct, frozen=True):
    site: Slug
    name: Name
    role: Literal["arrival", "centre"]


class Service(msgspec.Struct, frozen=True):
    site: Slug
    name: Name
    contact: Text
    what: Text


class AudienceEpoch(msgspec.Struct, frozen=True):
    audience: Audience
    epoch: Seq
    key: ReadingPublic
    steward: MadeId


class Grant(msgspec.Struct, frozen=True):
    """`reader` is the key id of a reading key, `object` the id of the grant object."""

    audience: Audience
    epoch: Seq
    reader: Id
    object: Id
    size: Seq


class Invitation(msgspec.Struct, frozen=True):
    """`end` in milliseconds since 1970, `count` devices."""

    key: SigningPublic
    site: Slug
    end: int
    count: Annotated[int, Meta(ge=1, le=100)]
    name: Name


class Device(msgspec.Struct, frozen=True):
    """`invitation` is a key id; `proof` shows that whoever enrols holds the signing key."""

    name: Name
    site: Slug
    signing: SigningPublic
    reading: ReadingPublic
    invitation: Id
    proof: Annotated[bytes, Meta(min_length=64, max_length=64)]


class Bucket(msgspec.Struct, frozen=True):
    audience: Audience
    bucket: Seq


class File(msgspec.Struct, frozen=True):
    name: Name
    hash: Id
    size: Seq


class Form(msgspec.Struct, frozen=True, omit_defaults=True):
    """A published version: `form` is its key, `number` counts from 1, `version` the hash of the compiled form.

    `reason`: why it may ask what forms may not ask, as another administrator signed it before (`Reason`)."""

    form: FormKey
    number: Seq
    version: Id
    audiences: Annotated[list[Bucket], Meta(min_length=1)]
    files: list[File]
    reason: Words | None = None


class Reason(msgspec.Struct, frozen=True):
    """An administrator's word that this version may be published although it asks what forms may not ask."""

    form: FormKey
    number: Seq
    version: Id
    reason: Words


class Setting(msgspec.Struct, frozen=True):
    name: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]*\\Z", max_length=64)]
    value: str | int | bool | None


class Cut(msgspec.Struct, frozen=True):
    """The last entry of a log that counts."""

    log: LogId
    seq: Seq
    hash: Id


class RevokeKey(msgspec.Struct, frozen=True):
    """`key` is any listed key id of a person, device, store or invitation; all their keys fall with it."""

    key: Id
    reason: Text
    cut: list[Cut]


class RevokeGrant(msgspec.Struct, frozen=True):
    """`grant` is the hash of the grant's entry."""

    grant: Id
    reason: Text


class Erase(msgspec.Struct, frozen=True):
    objects: Annotated[list[Id], Meta(min_length=1)]
    ground: Literal["withdrawal", "retention", "error"]
    asked_by: MadeId


class Confirm(msgspec.Struct, frozen=True):
    pass


class Follow(msgspec.Struct, frozen=True):
    """The branch of a split directory to go on from."""

    seq: Seq
    hash: Id


class Release(msgspec.Struct, frozen=True):
    release: Name
