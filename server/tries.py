"""Counting wrong tries, by account and by address, so that a passphrase of a few words cannot be guessed over the wire.

Rules: a try counts as failed until it succeeded, or many at once would all be looked at before one counts; the clock
may jump by years and locks nobody out for longer than the window; a restart forgets, which gives a guesser one window
more and nobody's account away.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from server.problems import Problem
from sync.clock import now_ms

WINDOW_MS: Final = 15 * 60 * 1000
PER_ACCOUNT: Final = 8
PER_ADDRESS: Final = 40
REMEMBERED: Final = 20_000


class Tries:
    """Failures of the last quarter of an hour."""

    def __init__(self, clock: Callable[[], int] = now_ms) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, list[int]] = OrderedDict()

    def check(self, account: str, address: str) -> None:
        """Raises `too_many_tries` with `retry_after` in seconds."""
        now = self._clock()
        for name, limit in _limits(account, address):
            times = [one for one in self._failures.get(name, []) if now - WINDOW_MS < one <= now]
            if len(times) >= limit:
                raise Problem("too_many_tries", retry_after=(times[-limit] + WINDOW_MS - now) // 1000 + 1)

    def failed(self, account: str, address: str) -> None:
        """Count one failure."""
        now = self._clock()
        for name, limit in _limits(account, address):
            times = self._failures.pop(name, [])
            self._failures[name] = [one for one in [*times, now] if now - WINDOW_MS < one <= now][-limit:]
        while len(self._failures) > REMEMBERED:
            self._failures.popitem(last=False)

    def succeeded(self, account: str, address: str) -> None:
        """What was counted as failed before it was looked at was none: forget the account's, and one of the address."""
        self._failures.pop(f"account {account}", None)
        if times := self._failures.get(f"address {address}"):
            times.pop()


def _limits(account: str, address: str) -> tuple[tuple[str, int], tuple[str, int]]:
    return (f"account {account}", PER_ACCOUNT), (f"address {address}", PER_ADDRESS)
