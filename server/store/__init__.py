"""What a store keeps, as one small protocol; SQL lives in this package and nowhere else.

Rules: a call that changes something returns only after COMMIT; many such calls share one commit; a call that raises
has changed nothing. Reading never waits for writing. One conformance suite (tests/server/store) holds every dialect.
"""

from typing import Protocol

from server.store.rows import (
    Change,
    Confirm,
    Decide,
    FeedPage,
    HeldObject,
    LogFact,
    Receipt,
    Session,
    Statement,
    Wanted,
)

__all__ = ["Store"]


class Store(Protocol):
    """A set of entries and objects that only grows, and the little a server needs beside it."""

    programme: bytes | None
    """The programme's id, None until `found`."""
    cursor: int
    """The newest number of the feed. A long-poll compares it and asks nothing of the database."""

    async def close(self) -> None:
        """Finish what was begun and let go of the files."""
        ...

    async def found(self, programme: bytes) -> None:
        """Make this the store of `programme`. Raises ValueError if it is another's."""
        ...

    async def change(self, wanted: Wanted, decide: Decide, confirm: Confirm | None = None) -> Change:
        """Read the facts, decide, write, confirm, commit. What `decide` or `confirm` raises is raised, and nothing is
        written.

        Raises `store_full`, `store_busy`.
        """
        ...

    async def moved(self, after: int, wait: float) -> bool:
        """Whether the feed is beyond `after`, waiting up to `wait` seconds for it."""
        ...

    def release(self) -> None:
        """Let nobody wait in `moved` any more: the server stops."""
        ...

    async def directory(self, after: int, limit: int) -> list[tuple[bytes, bytes]]:
        """(bytes, signature) of the directory's entries with a number above `after`, in order."""
        ...

    async def logs(self, logs: list[bytes]) -> list[LogFact]:
        """The heads of those logs that have a held entry."""
        ...

    async def missing(self, ids: list[bytes]) -> list[bytes]:
        """Those ids that are neither a held entry nor a held object. Erased objects count as held."""
        ...

    async def held(self, id_: bytes) -> HeldObject | None:
        """A held object. None if unknown. Raises `erased`."""
        ...

    async def receipts(self, log: bytes, after: int, limit: int) -> list[Receipt]:
        """Receipts given in this log for numbers above `after`, in order."""
        ...

    async def feed(self, after: int, limit: int) -> FeedPage:
        """Held entries and statements with a feed number above `after`."""
        ...

    async def feed_of(self, audience: str, after: int, limit: int) -> FeedPage:
        """Of that, the entries that carry a part for this audience. No statements; the cursor passes the others."""
        ...

    async def heads(self) -> list[Statement]:
        """Every head statement that stands."""
        ...

    async def put_slot(self, staff: bytes, kind: str, auth: bytes, slot: bytes) -> None:
        """Keep a slot in place of the one before. `auth` is the hash of the half that signs in."""
        ...

    async def slot(self, staff: bytes, kind: str) -> tuple[bytes, bytes] | None:
        """(auth, slot) of that person, if there is one."""
        ...

    async def open_session(self, token: bytes, key: bytes, until: int, at: int) -> None:
        """Remember the hash of a token, and forget all that ended before `at`."""
        ...

    async def session(self, token: bytes) -> Session | None:
        """Whose the token with this hash is."""
        ...

    async def note_served(self, object_: bytes, key: bytes, at: int) -> None:
        """Log which key was given which object."""
        ...

    async def sweep(self, before: int) -> int:
        """Delete the bytes of objects erased before then; how many."""
        ...
