"""Statements that a push brings (PROTOCOL 5): heads of tablets, and receipts of other stores that a tablet carries on.

Rules: one is kept if no other of the same signer about the same log is as high and as late; so the order of arrival
does not matter, an old head replayed changes nothing, and a log has a handful of them at most.
"""

from collections.abc import Iterable

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


def take_statements(facts: Facts, change: Change, fresh: Iterable[Statement]) -> None:
    """Add to `change` those that say something new, and drop those that they outdo."""
    standing = dict(facts.statements)
    for one in fresh:
        same = [other for other in standing.values() if _about(other) == _about(one)]
        if any(other.log_seq >= one.log_seq and other.time >= one.time for other in same):
            continue
        for other in same:
            if other.log_seq <= one.log_seq and other.time <= one.time:
                del standing[other.hash]
        standing[one.hash] = one
    change.statements = [one for hash_, one in standing.items() if hash_ not in facts.statements]
    change.outdone = [hash_ for hash_ in facts.statements if hash_ not in standing]


def _about(one: Statement) -> tuple[str, bytes, bytes]:
    return one.kind, one.signer, one.log
