"""Sessions (PROTOCOL 8, `POST /sync/session`): whoever holds a listed key signs a challenge for a token of 15 minutes.

Rules: the signature is over the key id of the store that is meant, so a hostile store cannot pass a challenge on and
use the answer here; a challenge serves once, within 60 seconds; the token is kept as a hash; a revoked key has no
session, also not one begun before.
"""

from collections import OrderedDict
from typing import Final

from server.answers import AnyRequest
from server.problems import Problem
from server.store import Store
from sync.clock import now_ms
from sync.directory import Directory
from sync.directory.state import Signer, SignerKind
from sync.ids import b64, sha256, unb64
from sync.keys import verify
from sync.problems import Problem as SyncProblem
from sync.randomness import random_bytes

TAG_SESSION: Final = "esik/1/session"
CHALLENGE_MS: Final = 60 * 1000
SESSION_MS: Final = 15 * 60 * 1000
OUTSTANDING: Final = 10_000

Kinds = frozenset[SignerKind]
DESKS: Final[Kinds] = frozenset({"staff", "administrator"})
FEED: Final[Kinds] = frozenset({"staff", "administrator", "store", "device"})
ADMINISTRATORS: Final[Kinds] = frozenset({"administrator"})
TABLETS: Final[Kinds] = frozenset({"device", "invitation"})
EVERYBODY: Final[Kinds] = frozenset({"staff", "administrator", "device", "store", "invitation"})


class Challenges:
    """Challenges that were given out and not answered yet. In memory: a restart asks people to try again."""

    def __init__(self) -> None:
        self._given: OrderedDict[bytes, tuple[bytes, int]] = OrderedDict()

    def give(self, key: bytes, at: int) -> bytes:
        """A new challenge for whoever says they hold `key`; whether anybody does is not told here."""
        challenge = random_bytes(32)
        self._given[challenge] = (key, at)
        if len(self._given) > OUTSTANDING:
            self._given.popitem(last=False)
        return challenge

    def take(self, key: bytes, challenge: bytes, at: int) -> None:
        """Use one up. Raises `unknown_challenge`."""
        given = self._given.pop(challenge, None)
        if given is None or given[0] != key or not 0 <= at - given[1] <= CHALLENGE_MS:
            raise Problem("unknown_challenge")


def check_signature(directory: Directory, store_key: bytes, key: bytes, challenge: bytes, signature: bytes) -> Signer:
    """Who signed. Raises `unknown_device`, `revoked`, `bad_signature`."""
    signer = directory.signer(key)
    if signer is None or signer.kind not in EVERYBODY:
        raise SyncProblem("unknown_device")
    if not verify(signer.public, TAG_SESSION, directory.pid, store_key + challenge, signature):
        raise SyncProblem("bad_signature")
    check_standing(directory, key, now_ms())
    return signer


def check_standing(directory: Directory, key: bytes, at: int) -> Signer:
    """The holder of a key that may have a session now. Raises `revoked`, `invitation_expired`, `no_session`."""
    signer = directory.signer(key)
    if signer is None:
        raise Problem("no_session")
    if not directory.stands(key) or not _is_newest(directory, signer):
        raise SyncProblem("revoked")
    invitation = directory.invitations.get(key)
    if invitation is not None and invitation.end < at:
        raise SyncProblem("invitation_expired", end=invitation.end)
    return signer


def _is_newest(directory: Directory, signer: Signer) -> bool:
    # Keys are replaced when the old ones may be known; those stay listed for what they signed, not for what they ask.
    person = directory.staff.get(signer.owner)
    return person is None or person.signing == signer.public


async def open_session(store: Store, key: bytes, at: int) -> tuple[str, int]:
    """A new token and when it ends. Whoever calls has checked the signature."""
    token = random_bytes(32)
    until = at + SESSION_MS
    await store.open_session(sha256(token), key, until, at)
    return b64(token), until


async def session_of(request: AnyRequest, store: Store, directory: Directory, kinds: Kinds) -> tuple[bytes, Signer]:
    """The key id and holder behind the request's token. Raises `no_session`, `not_allowed`, `revoked`."""
    scheme, _, text = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Problem("no_session")
    try:
        token = unb64(text.strip())
    except SyncProblem as error:
        raise Problem("no_session") from error
    session, now = await store.session(sha256(token)), now_ms()
    if session is None or not now < session.until <= now + SESSION_MS:
        raise Problem("no_session")
    signer = check_standing(directory, session.key, now)
    if signer.kind not in kinds:
        raise Problem("not_allowed")
    return session.key, signer


def address_of(request: AnyRequest, trust_proxy: bool) -> str:
    """The client's address; behind a proxy that is trusted, the last one it added."""
    forwarded = request.headers.get("x-forwarded-for", "") if trust_proxy else ""
    if forwarded:
        return forwarded.rpartition(",")[2].strip()
    return request.client.host if request.client else ""
