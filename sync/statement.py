"""Statements (PROTOCOL 5): signed, without a number. A store's receipt, a tablet's head."""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from sync.entry import Audience, Head, Signed
from sync.ids import Count, Id, LogId, Seq
from sync.keys import SigningKey, verify
from sync.problems import Problem
from sync.wire import decode, encode

TAG_RECEIPT: Final = "esik/1/receipt"
TAG_HEAD: Final = "esik/1/head"

Text = Annotated[str, Meta(max_length=200)]


class Receipt(msgspec.Struct, frozen=True):
    """A store's word that it holds the entry `hash` and all its objects durably. `store` is its key id; `contiguous`
    the highest number up to which it holds all of the chain that ends in `hash`."""

    v: Literal[1]
    store: Id
    log: LogId
    seq: Seq
    hash: Id
    contiguous: Count
    time: int
    directory: Head


class Epoch(msgspec.Struct, frozen=True):
    """The newest epoch of an audience that a tablet seals to."""

    audience: Audience
    epoch: Seq


class Drafts(msgspec.Struct, frozen=True):
    """How many drafts of a form version wait on a tablet."""

    form: Id
    count: Seq


class HeadStatement(msgspec.Struct, frozen=True):
    """A tablet's word on its log: the newest entry, what it seals to, how ready it is. `seq` 0 and zeros before any."""

    v: Literal[1]
    log: LogId
    seq: Count
    hash: Id
    time: int
    directory: Head
    release: Text
    epochs: list[Epoch]
    ready: bool
    drafts: list[Drafts]


def write_receipt(pid: bytes, key: SigningKey, receipt: Receipt) -> Signed:
    """Signed with the store key."""
    data = encode(receipt)
    return Signed(data, key.sign(TAG_RECEIPT, pid, data))


def write_head(pid: bytes, key: SigningKey, head: HeadStatement) -> Signed:
    """Signed with the device key."""
    data = encode(head)
    return Signed(data, key.sign(TAG_HEAD, pid, data))


def read_receipt(pid: bytes, public: bytes, signed: Signed) -> Receipt:
    """The receipt, if `public` (a store's listed key) signed it. Raises `malformed` or `bad_signature`."""
    receipt = decode(signed.bytes, Receipt)
    if receipt.contiguous > receipt.seq:
        raise Problem("malformed", reason="contiguous")
    if not verify(public, TAG_RECEIPT, pid, signed.bytes, signed.signature):
        raise Problem("bad_signature")
    return receipt


def read_head(pid: bytes, public: bytes, signed: Signed) -> HeadStatement:
    """The head statement, if `public` (the key of its log) signed it. Raises `malformed` or `bad_signature`."""
    head = decode(signed.bytes, HeadStatement)
    if not verify(public, TAG_HEAD, pid, signed.bytes, signed.signature):
        raise Problem("bad_signature")
    return head


def receipt_store(signed: Signed) -> bytes:
    """The key id of the store that says it signed, to look its key up; unproven until `read_receipt`."""
    return decode(signed.bytes, Receipt).store


def head_writer(signed: Signed) -> bytes:
    """The key id of the device that says it signed; unproven until `read_head`."""
    return decode(signed.bytes, HeadStatement).log[:32]
