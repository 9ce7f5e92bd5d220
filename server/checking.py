"""All of a push that needs the directory and no store: hashes, signatures, framing. In a thread; changes nothing.

A helper verifies the signatures of a large push meanwhile, also while it is being written: `Proof` is asked before
COMMIT, and a push in which one is wrong is taken again without it.
"""

import threading
from collections.abc import Mapping

import msgspec

from server.statements import read_statement
from server.store.rows import Statement
from server.verifier import LARGE, Answering, Verifier
from sync.bundle import Bundle
from sync.directory import Directory
from sync.entry import TAG_ENTRY, Entry, Signed, check_signature
from sync.ids import sha256
from sync.problems import Problem
from sync.receive import Admitted, Decision, admit_proven, claimed, refusal


class _Claim(msgspec.Struct, frozen=True):
    """The entry at a place in the bundle, and the key that must have signed it."""

    place: int
    signed: Signed
    entry: Entry
    public: bytes


class Proof:
    """Whether signatures verify that a helper still works on. From any thread; must be asked once at least."""

    def __init__(self, directory: Directory, claims: list[_Claim], asked: Answering | None) -> None:
        self._directory = directory
        self._claims = claims
        self._asked = asked
        self._wrong: set[int] | None = None
        self._lock = threading.Lock()

    def wrong(self) -> set[int]:
        """The places of entries whose signature does not verify; waits for the helper, does its work if it fails."""
        with self._lock:
            if self._wrong is None:
                answers = self._asked.result() if self._asked is not None else None
                proven = answers or bytes(_verify(one, self._directory) for one in self._claims)
                self._wrong = {one.place for one, ok in zip(self._claims, proven, strict=True) if ok != 1}
            return self._wrong


class Checked(msgspec.Struct):
    """What a push brings, in the bundle's order; a refusal or Problem where something fails. `proof` may be open."""

    entries: list[tuple[Signed, Admitted | Decision]]
    statements: list[Statement | Problem]
    arriving: dict[bytes, bytes]
    proof: Proof

    def proven(self) -> "Checked":
        """The same, with what the proof refuses refused."""
        wrong = self.proof.wrong()
        entries = [
            (signed, refusal(signed, Problem("bad_signature")) if place in wrong else one)
            for place, (signed, one) in enumerate(self.entries)
        ]
        return msgspec.structs.replace(self, entries=entries)


def check(bundle: Bundle, directory: Directory, verifier: Verifier, at: int) -> Checked:
    """Check everything in a bundle but its directory entries. Never raises."""
    claims = [_claim(place, signed, directory) for place, signed in enumerate(bundle.entries)]
    readable = [one for one in claims if isinstance(one, _Claim)]
    asked = _ask(verifier, readable, directory) if len(readable) >= LARGE else None
    arriving = {sha256(one): one for one in (*bundle.parts, *bundle.chunks)}
    entries = [(signed, _admit(one, directory, arriving)) for signed, one in zip(bundle.entries, claims, strict=True)]
    checked = Checked(entries, _statements(bundle, directory, at), arriving, Proof(directory, readable, asked))
    return checked if asked is not None else checked.proven()


def _claim(place: int, signed: Signed, directory: Directory) -> _Claim | Decision:
    try:
        return _Claim(place, signed, *claimed(signed, directory))
    except Problem as problem:
        return refusal(signed, problem)


def _ask(verifier: Verifier, claims: list[_Claim], directory: Directory) -> Answering | None:
    return verifier.ask(
        [(one.public, TAG_ENTRY, directory.pid, one.signed.bytes, one.signed.signature) for one in claims]
    )


def _verify(claim: _Claim, directory: Directory) -> bool:
    try:
        check_signature(directory.pid, claim.public, claim.signed)
    except Problem:
        return False
    return True


def _admit(claim: _Claim | Decision, directory: Directory, arriving: Mapping[bytes, bytes]) -> Admitted | Decision:
    """As if the claim were proven: the proof has the last word."""
    if isinstance(claim, Decision):
        return claim
    try:
        return admit_proven(claim.signed, claim.entry, directory, arriving)
    except Problem as problem:
        return refusal(claim.signed, problem)


def _statements(bundle: Bundle, directory: Directory, at: int) -> list[Statement | Problem]:
    read: list[Statement | Problem] = []
    for one in bundle.statements:
        try:
            read.append(read_statement(one, directory, at))
        except Problem as problem:
            read.append(problem)
    return read
