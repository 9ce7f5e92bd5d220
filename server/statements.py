"""Statements that a push brings (PROTOCOL 5): heads of tablets, and receipts of other stores that a tablet carries on.

Rules: of one signer about one log the highest and the latest are kept; so the order of arrival does not matter, an old
head replayed changes nothing, and a log has two of them at most. What is kept counts against its signer's limits.
"""

from collections.abc import Callable, Iterable

from server.store.rows import Change, Facts, Statement
from sync.bundle import Statement as Brought
from sync.directory import Directory
from sync.entry import Signed
from sync.ids import sha256
from sync.problems import Problem
from sync.statement import head_writer, read_head, read_receipt, receipt_store


def read_statement(brought: Brought, directory: Directory, at: int) -> Statement:
    """A statement whose signature is right. Raises `malformed`, `unknown_device`, `unlisted_store`, `bad_signature`."""
    signed = Signed(brought.bytes, brought.signature)
    if brought.kind == "receipt":
        store = receipt_store(signed)
        receipt = read_receipt(directory.pid, directory.store_key(store), signed)
        return _row(brought, store, receipt.log, receipt.seq, receipt.time, at)
    writer = head_writer(signed)
    signer = directory.signer(writer)
    if signer is None or signer.kind != "device":
        raise Problem("unknown_device")
    head = read_head(directory.pid, signer.public, signed)
    return _row(brought, writer, head.log, head.seq, head.time, at)


def _row(brought: Brought, signer: bytes, log: bytes, seq: int, time: int, at: int) -> Statement:
    hash_ = sha256(brought.bytes)
    return Statement(brought.kind, hash_, signer, log, seq, time, brought.bytes, brought.signature, at)


def take_statements(
    facts: Facts, change: Change, brought: Iterable[Statement | Problem], charge: Callable[[bytes, int], None]
) -> list[Statement | Problem]:
    """Add to `change` those that say something new, and drop those that they outdo. What was brought, or why it was not
    taken. `charge` is told who brings how many bytes; it raises what refuses them."""
    standing: dict[tuple[str, bytes, bytes], list[Statement]] = {}
    for one in facts.statements.values():
        standing.setdefault(_about(one), []).append(one)
    taken: list[Statement | Problem] = []
    for one in brought:
        try:
            if isinstance(one, Statement):
                _take(standing.setdefault(_about(one), []), one, charge)
            taken.append(one)
        except Problem as problem:
            taken.append(problem)
    left = {one.hash: one for some in standing.values() for one in some}
    change.statements = [one for hash_, one in left.items() if hash_ not in facts.statements]
    change.outdone = [hash_ for hash_ in facts.statements if hash_ not in left]
    return taken


def _take(same: list[Statement], one: Statement, charge: Callable[[bytes, int], None]) -> None:
    if any(other.log_seq >= one.log_seq and other.time >= one.time for other in same):
        return
    both = [*same, one]
    # Two at most: a writer who lowers the number as time goes on would otherwise be kept for ever, each word of it.
    ends = (max(both, key=lambda s: (s.log_seq, s.time)), max(both, key=lambda s: (s.time, s.log_seq)))
    if one in ends:
        charge(one.signer, len(one.bytes) + len(one.signature))
        same[:] = [other for other in both if other in ends]


def _about(one: Statement) -> tuple[str, bytes, bytes]:
    return one.kind, one.signer, one.log
