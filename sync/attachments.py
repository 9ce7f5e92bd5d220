"""Attachments (PROTOCOL 3.5): a picture, a signature, a sound or a file, in chunks that only one part can open.

A part's payload lists `attachments: [{name, type, length, chunks: [{id, key}]}]` for its own audience; the entry's
manifest has the chunks' ids and sizes alone, of all attachments together, sorted by id. Whoever holds the part opens
its attachments and no others.
"""

import re
from collections.abc import Mapping, Sequence

import msgspec

from sync.chunk import LIMIT, open_chunk, seal_chunk
from sync.ids import b64, sha256, unb64
from sync.part import padme
from sync.problems import Problem
from sync.randomness import Random, random_bytes

LARGEST = 64 * 1_024 * 1_024
"""Bytes of an attachment."""
MOST = 1_000
"""Attachments of a part: a stolen tablet must not keep a desk busy with a list."""
NAME = re.compile(r"[0-9a-f]{16}\.[a-z0-9]{1,5}")
TYPE = re.compile(r"[a-z]{1,20}/[a-z0-9][a-z0-9.+-]{0,99}")


class ChunkRef(msgspec.Struct, frozen=True):
    """A chunk as its part lists it: object id and key, 32 bytes each."""

    id: bytes
    key: bytes


class Attachment(msgspec.Struct, frozen=True):
    """An attachment as its part lists it. `name` is random and ends as its `type` does; `length` in bytes."""

    name: str
    type: str
    length: int
    chunks: list[ChunkRef]


class SealedAttachment(msgspec.Struct, frozen=True):
    """What the part lists, and the chunks in order."""

    listed: Attachment
    chunks: list[bytes]


def seal_attachment(
    pid: bytes, item: bytes, name: str, type_: str, data: bytes, random: Random = random_bytes
) -> SealedAttachment:
    """Seals `data` for the submission `item`. Raises `too_large`, `malformed` for a name or type out of form."""
    if len(data) > LARGEST:
        raise Problem("too_large", limit=LARGEST, size=len(data))
    if not data or not NAME.fullmatch(name) or not TYPE.fullmatch(type_):
        raise Problem("malformed", reason="attachment")
    count = _count(len(data))
    chunks: list[bytes] = []
    refs: list[ChunkRef] = []
    for index in range(count):
        chunk, key = seal_chunk(pid, item, index, count, data[index * LIMIT : (index + 1) * LIMIT], random)
        chunks.append(chunk)
        refs.append(ChunkRef(sha256(chunk), key))
    return SealedAttachment(Attachment(name, type_, len(data), refs), chunks)


def listing(attachments: Sequence[Attachment]) -> list[dict[str, object]]:
    """`attachments` of a payload: JSON, bytes in base64url."""
    return [
        {
            "name": one.name,
            "type": one.type,
            "length": one.length,
            "chunks": [{"id": b64(chunk.id), "key": b64(chunk.key)} for chunk in one.chunks],
        }
        for one in attachments
    ]


def read_attachments(payload: Mapping[str, object]) -> list[Attachment]:
    """What an opened payload lists; nothing when it lists nothing. Raises `malformed`."""
    try:
        listed = msgspec.convert(payload.get("attachments", []), list[_Listed])
        found = [_read(one) for one in listed]
    except msgspec.ValidationError as error:
        raise Problem("malformed", reason="attachments") from error
    if len(found) > MOST or len({one.name for one in found}) != len(found):
        raise Problem("malformed", reason="attachments")
    return found


def open_attachment(
    pid: bytes, item: bytes, attachment: Attachment, manifest: Mapping[bytes, int], objects: Mapping[bytes, bytes]
) -> bytes:
    """The bytes of `attachment`. `manifest`: sizes by id, as the entry names its attachments; `objects` by id. Raises
    `bad_binding` for a chunk that the entry does not name, `missing_objects`, `hash_differs`, `bad_ciphertext`,
    `bad_padding`."""
    count = len(attachment.chunks)
    data = b""
    for index, ref in enumerate(attachment.chunks):
        length = min(LIMIT, attachment.length - index * LIMIT)
        padded = _open(pid, item, index, count, ref, manifest, objects)
        whole = min(padme(length), LIMIT) if index == count - 1 else LIMIT
        if len(padded) != whole or padded.count(0, length) != whole - length:
            raise Problem("bad_padding")
        data += padded[:length]
    return data


def _open(
    pid: bytes,
    item: bytes,
    index: int,
    count: int,
    ref: ChunkRef,
    manifest: Mapping[bytes, int],
    objects: Mapping[bytes, bytes],
) -> bytes:
    size, chunk = manifest.get(ref.id), objects.get(ref.id)
    if size is None:
        raise Problem("bad_binding", reason="manifest")
    if chunk is None:
        raise Problem("missing_objects")
    if len(chunk) != size or sha256(chunk) != ref.id:
        raise Problem("hash_differs")
    return open_chunk(pid, item, index, count, chunk, ref.key)


class _Ref(msgspec.Struct):
    id: str
    key: str


class _Listed(msgspec.Struct):
    name: str
    type: str
    length: float  # JSON has one kind of number
    chunks: list[_Ref]


def _read(listed: _Listed) -> Attachment:
    refs = [ChunkRef(_thirty_two(one.id), _thirty_two(one.key)) for one in listed.chunks]
    length = int(listed.length) if listed.length.is_integer() else 0
    named = NAME.fullmatch(listed.name) and TYPE.fullmatch(listed.type)
    if not named or not 0 < length <= LARGEST or len(refs) != _count(length):
        raise Problem("malformed", reason="attachments")
    return Attachment(listed.name, listed.type, length, refs)


def _thirty_two(text: str) -> bytes:
    data = unb64(text)
    if len(data) != 32:
        raise Problem("malformed", reason="attachments")
    return data


def _count(length: int) -> int:
    return -(-length // LIMIT)
