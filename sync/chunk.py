"""Chunks of attachments (PROTOCOL 3.5): no header, an own random key each, listed in the part beside the chunk's id."""

from sync.ids import NUL
from sync.keys import NONCE, aead_open, aead_seal
from sync.part import padme
from sync.problems import Problem
from sync.randomness import Random, random_bytes

LIMIT = 960 * 1_024
"""Bytes of plaintext in a chunk."""


def chunk_context(pid: bytes, item: bytes, index: int, count: int) -> bytes:
    """AAD of chunk `index` (from 0) of `count`: a chunk moved to another place or item does not open."""
    return b"esik/1/chunk" + NUL + pid + item + index.to_bytes(4, "big") + count.to_bytes(4, "big")


def seal_chunk(
    pid: bytes, item: bytes, index: int, count: int, plaintext: bytes, random: Random = random_bytes
) -> tuple[bytes, bytes]:
    """The chunk and its key. The last one is padded; the true length is in the part. Raises `too_large`."""
    if len(plaintext) > LIMIT:
        raise Problem("too_large", limit=LIMIT, size=len(plaintext))
    if index == count - 1:
        plaintext = plaintext.ljust(min(padme(len(plaintext)), LIMIT), b"\0")
    key = random(32)
    return aead_seal(key, bytes(NONCE), plaintext, chunk_context(pid, item, index, count)), key


def open_chunk(pid: bytes, item: bytes, index: int, count: int, chunk: bytes, key: bytes) -> bytes:
    """The plaintext, still padded if it is the last. Raises `bad_ciphertext`."""
    return aead_open(key, bytes(NONCE), chunk, chunk_context(pid, item, index, count))
