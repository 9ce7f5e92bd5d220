"""Grants (PROTOCOL 2.4): an audience's seed of one epoch, sealed to one reader."""

from sync.ids import NUL
from sync.keys import WRAPPED, ReadingKey, hpke_seal, key_id
from sync.problems import Problem

GRANT_SIZE = WRAPPED
"""A grant object is always 1,168 bytes."""


def grant_context(pid: bytes, audience: str, epoch: int, audience_key: bytes, reader: bytes) -> bytes:
    """HPKE's info; `audience_key` and `reader` are key ids."""
    return b"esik/1/grant" + NUL + pid + audience.encode() + NUL + epoch.to_bytes(4, "big") + audience_key + reader


def seal_grant(pid: bytes, audience: str, epoch: int, key: ReadingKey, reader: bytes) -> bytes:
    """The object that gives `key` (the audience's, of `epoch`) to the holder of the public key `reader`."""
    return hpke_seal(reader, grant_context(pid, audience, epoch, key.key_id, key_id(reader)), key.seed)


def open_grant(
    pid: bytes, audience: str, epoch: int, audience_key: bytes, reader: ReadingKey, sealed: bytes
) -> ReadingKey:
    """The audience's key. `audience_key` is the key id in the directory's `audience` entry. Raises `bad_key` when it
    was sealed to another reader, audience or epoch, `swapped_key` when the seed is not of the listed key: a reader who
    took it would take another's word for what the audience is."""
    seed = reader.open(grant_context(pid, audience, epoch, audience_key, reader.key_id), sealed)
    if len(seed) != 32:
        raise Problem("bad_key", reason="seed")
    key = ReadingKey(seed)
    if key.key_id != audience_key:
        raise Problem("swapped_key", audience=audience, epoch=epoch)
    return key
