"""Seals and opens a second in Python: a part of 8 KiB, one audience, X-Wing, with the key already in memory."""

from sync.keys import ReadingKey
from sync.part import open_part, seal_part
from sync.plain import encode_json
from sync.randomness import random_bytes
from tests.bench.figures import Figure, rate

BUCKET = 8 * 1024


def figures() -> list[Figure]:
    """Two figures."""
    pid, log, item, form = random_bytes(32), random_bytes(40), random_bytes(16), random_bytes(32)
    key = ReadingKey.generate()
    plaintext = encode_json({"v": 1, "answers": {"words": "x" * 6_000}})

    def seal() -> bytes:
        return seal_part(
            pid, log=log, item=item, form=form, audience="medical", key=key.public, plaintext=plaintext, bucket=BUCKET
        )

    part = seal()
    return [
        Figure("Parts of 8 KiB, Python", "sealed", rate(seal), "a second", "one thread, native X-Wing"),
        Figure("Parts of 8 KiB, Python", "opened", rate(lambda: open_part(pid, part, key)), "a second"),
    ]
