"""Names of things (PROTOCOL 1.3, 1.4, 2.2): hashes, made ids, log ids, digits for the eye. Raw bytes; b64 at edges."""

import base64
import binascii
import hashlib
import re
from typing import Annotated

from msgspec import Meta

from sync.problems import Problem
from sync.randomness import Random, random_bytes

Id = Annotated[bytes, Meta(min_length=32, max_length=32)]
"""An object id, key id or entry hash."""
MadeId = Annotated[bytes, Meta(min_length=16, max_length=16)]
LogId = Annotated[bytes, Meta(min_length=40, max_length=40)]
Count = Annotated[int, Meta(ge=0)]
Seq = Annotated[int, Meta(ge=1)]

NUL = b"\0"
ZERO_HASH = bytes(32)
_DIRECTORY_TAIL = bytes(8)
_ALPHABET = re.compile(r"[A-Za-z0-9_-]*")


def b64(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """The bytes of `b64`. Raises `malformed`, also for a second spelling of the same bytes."""
    if not _ALPHABET.fullmatch(text):  # the library skips what it does not know
        raise Problem("malformed", reason="base64url")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as cause:
        raise Problem("malformed", reason="base64url") from cause
    if b64(data) != text:
        raise Problem("malformed", reason="base64url")
    return data


def sha256(data: bytes) -> bytes:
    """H of PROTOCOL 1.3; of stored bytes it is the object id."""
    return hashlib.sha256(data).digest()


def made_id(random: Random = random_bytes) -> bytes:
    """16 random bytes: the id of a submission, household or staff member."""
    return random(16)


def new_log_id(signing_key_id: bytes, random: Random = random_bytes) -> bytes:
    """The id of a new log of this key: nobody else can write in it, and one person at two laptops has two."""
    return signing_key_id + random(8)


def directory_log(pid: bytes) -> bytes:
    """The log id of the programme's directory."""
    return pid + _DIRECTORY_TAIL


def digits25(data: bytes) -> str:
    """The first 80 bits of H(data) as 25 digits in groups of five, to be read aloud and compared (PROTOCOL 2.2)."""
    number = int.from_bytes(sha256(data)[:10], "big") % 10**25
    digits = f"{number:025d}"
    return " ".join(digits[i : i + 5] for i in range(0, 25, 5))


def person_digits(pid: bytes, staff: bytes, signing: bytes, reading: bytes) -> str:
    """What two people compare when a person is added; `signing` and `reading` are key ids."""
    return digits25(b"esik/1/person" + NUL + pid + staff + signing + reading)


def device_digits(pid: bytes, signing: bytes, reading: bytes) -> str:
    """What a desk and a tablet compare before the tablet is given its site's list."""
    return digits25(b"esik/1/device" + NUL + pid + signing + reading)
