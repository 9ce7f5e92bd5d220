"""All of a push that needs the directory and no store: hashes, signatures, framing. In a thread; changes nothing."""

from collections.abc import Mapping
from typing import Final

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

HELPED: Final = 0.7
"""The share of the signatures that the helper verifies while this process does everything else."""


class Checked(msgspec.Struct):
    """What a push brings, in the bundle's order; a refusal or Problem where something fails."""

    entries: list[tuple[Signed, Admitted | Decision]]
    statements: list[Statement | Problem]
    arriving: dict[bytes, bytes]


class _Claim(msgspec.Struct):
    """An entry and the key that must have signed it; `proven` once somebody verified it."""

    signed: Signed
    entry: Entry
    public: bytes
    proven: bool | None = None


def check(bundle: Bundle, directory: Directory, verifier: Verifier, at: int) -> Checked:
    """Check everything in a bundle but its directory entries. Never raises."""
    claims = [_claim(signed, directory) for signed in bundle.entries]
    readable = [one for one in claims if isinstance(one, _Claim)]
    helped = readable[: int(len(readable) * HELPED)] if len(readable) >= LARGE else []
    asked = _ask(verifier, helped, directory)
    arriving = {sha256(one): one for one in (*bundle.parts, *bundle.chunks)}
    for one in readable[len(helped) :]:
        one.proven = _verify(one, directory)
    admitted = [_admit(one, directory, arriving) for one in claims]
    statements = _statements(bundle, directory, at)
    answers = asked.result() if asked is not None else None
    for at_, one in enumerate(helped):
        one.proven = answers[at_] == 1 if answers is not None else _verify(one, directory)
    entries = [
        (signed, refusal(signed, Problem("bad_signature")) if isinstance(claim, _Claim) and not claim.proven else one)
        for signed, claim, one in zip(bundle.entries, claims, admitted, strict=True)
    ]
    return Checked(entries, statements, arriving)


def _claim(signed: Signed, directory: Directory) -> _Claim | Decision:
    try:
        return _Claim(signed, *claimed(signed, directory))
    except Problem as problem:
        return refusal(signed, problem)


def _ask(verifier: Verifier, claims: list[_Claim], directory: Directory) -> Answering | None:
    if not claims:
        return None
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
    """As if it were proven: the helper is still at it, and what it cannot prove is refused in the end."""
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
