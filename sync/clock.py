"""The clock's only door. Times are claims (PROTOCOL 4.1): nothing is refused for them but an invitation's end."""

import time


def now_ms() -> int:
    """Milliseconds since 1970, UTC, whole."""
    return time.time_ns() // 1_000_000
