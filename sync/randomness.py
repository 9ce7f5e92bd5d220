"""Randomness's only door. What needs it takes `random: Random = random_bytes`, so that tests can repeat a run."""

import os
from collections.abc import Callable

Random = Callable[[int], bytes]


def random_bytes(n: int) -> bytes:
    """`n` bytes from the system's generator."""
    return os.urandom(n)
