"""The end of a shift, to be carried by eye (PROTOCOL 5.3): a signed short head for a QR code, and a code to read out.

A verified short head says how far a log goes. A code says only what somebody typed: it may raise what is outstanding,
and settles nothing.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from sync.ids import Count, Id, LogId, sha256
from sync.keys import SigningKey, verify
from sync.problems import Problem
from sync.wire import decode, encode

PREFIX: Final = "ESIK1 "
TAG_SHORT: Final = "esik/1/short"
BASE45: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
"""RFC 9285, table 1: the alphanumeric mode of QR codes."""
SYMBOLS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS: Final = 4
FOLD: Final = str.maketrans("OIL", "011")
MOST: Final = 2**32 - 1
DROPPED: Final = re.compile(r"[ \t\r\n\u00ad\u200b\u2010-\u2015\u2212_.\-]")


class ShortHead(msgspec.Struct, frozen=True):
    """How far a log goes, and when that was said."""

    v: Literal[1]
    log: LogId
    seq: Count
    hash: Id
    time: int


class SignedShortHead(msgspec.Struct, frozen=True):
    """A short head as it was signed, with what it says; nothing is proven before `verify_short_head`."""

    head: ShortHead
    data: bytes
    signature: bytes


def write_short_head(pid: bytes, key: SigningKey, head: ShortHead) -> str:
    """The text of the QR code."""
    data = encode(head)
    return PREFIX + base45(key.sign(TAG_SHORT, pid, data) + data)


def read_short_head(text: str) -> SignedShortHead:
    """Raises `malformed` for anything but a short head in its one form."""
    typed = text.strip(" \t\r\n")
    if not typed.startswith(PREFIX):
        raise Problem("malformed", reason="no short head")
    whole = unbase45(typed[len(PREFIX) :])
    if len(whole) <= 64:
        raise Problem("malformed", reason="length")
    head = decode(whole[64:], ShortHead)
    if encode(head) != whole[64:]:
        raise Problem("malformed", reason="fields")
    return SignedShortHead(head, whole[64:], whole[:64])


def verify_short_head(pid: bytes, public: bytes, signed: SignedShortHead) -> ShortHead:
    """What it says, if `public` (the key of its log) signed it. Raises `bad_signature`."""
    if not verify(public, TAG_SHORT, pid, signed.data, signed.signature):
        raise Problem("bad_signature")
    return signed.head


def write_short_code(pid: bytes, log: bytes, seq: int) -> str:
    """`43-K9Q2`: the number, and four symbols that tie it to its log."""
    return f"{seq}-{_check_symbols(pid, log, seq)}"


def read_short_code(pid: bytes, text: str, logs: Sequence[bytes]) -> tuple[int, list[bytes]]:
    """The number that a typed code claims, and those of `logs` that it can be of: none when a symbol is wrong. Raises
    `malformed` for what is no code at all."""
    typed = DROPPED.sub("", unicodedata.normalize("NFKC", text).upper())
    number, symbols = typed[:-CHECKS], typed[-CHECKS:].translate(FOLD)
    fits = re.fullmatch(r"[0-9]{1,10}", number) and all(one in SYMBOLS for one in symbols)
    if not fits or int(number) > MOST:
        raise Problem("malformed", reason="no short code")
    seq = int(number)
    return seq, [log for log in logs if _check_symbols(pid, log, seq) == symbols]


def _check_symbols(pid: bytes, log: bytes, seq: int) -> str:
    """First 20 bits of H(`esik/1/code` ‖ 00 ‖ PID ‖ log ‖ u32 seq)."""
    digest = sha256(b"esik/1/code\0" + pid + log + seq.to_bytes(4, "big"))
    bits = int.from_bytes(digest[:3], "big") >> 4
    return "".join(SYMBOLS[bits >> shift & 31] for shift in (15, 10, 5, 0))


def base45(data: bytes) -> str:
    """RFC 9285."""
    text = ""
    for at in range(0, len(data), 2):
        pair = data[at : at + 2]
        value = int.from_bytes(pair, "big")
        text += BASE45[value % 45] + BASE45[value // 45 % 45]
        if len(pair) == 2:
            text += BASE45[value // 2025]
    return text


def unbase45(text: str) -> bytes:
    """Raises `malformed`."""
    digits = [BASE45.find(one) for one in text]
    if -1 in digits or len(digits) % 3 == 1:
        raise Problem("malformed", reason="base45")
    data = b""
    for at in range(0, len(digits), 3):
        some = digits[at : at + 3]
        value = sum(digit * 45**place for place, digit in enumerate(some))
        size = len(some) - 1
        if value >= 256**size:
            raise Problem("malformed", reason="base45")
        data += value.to_bytes(size, "big")
    return data
