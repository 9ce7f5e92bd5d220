"""The only MessagePack door (PROTOCOL 1.1). One form only: what is decoded must encode to the same bytes, so a
duplicate key, a long form, bad UTF-8 or a trailing byte cannot pass. Every failure, deep recursion too, is `malformed`.

msgspec alone would not do: it drops unknown fields, lets the last duplicate key win and knows a timestamp extension.
"""

import re
from typing import TypeVar, cast

import msgspec

from sync.problems import Problem

T = TypeVar("T")

DEPTH = 8
SAFE = 2**53 - 1
_KEY = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_known_keys: set[str] = set()
_KNOWN_KEYS_LIMIT = 1_000  # a stranger's keys must not fill memory
_decoder = msgspec.msgpack.Decoder()
_encoder = msgspec.msgpack.Encoder()


def encode(value: object) -> bytes:
    """MessagePack of a struct or plain value: shortest forms, keys in the order written. Raises `malformed` for what
    the wire does not carry, so that nobody writes what nobody reads."""
    try:
        data = _encoder.encode(value)
    except (TypeError, ValueError, OverflowError, RecursionError) as cause:
        raise Problem("malformed", reason="not for the wire") from cause
    decode_any(data)
    return data


def decode_any(data: bytes) -> object:
    """The plain value in `data`. Raises `malformed`."""
    try:
        value: object = _decoder.decode(data)
        _check(value, 1)
        again = _encoder.encode(value)
    except (msgspec.MsgspecError, ValueError, RecursionError) as cause:
        raise Problem("malformed", reason="not MessagePack") from cause
    if again != data:
        raise Problem("malformed", reason="not the one form")
    return value


def decode_map(data: bytes) -> dict[str, object]:
    """As `decode_any`, where nothing but a map will do."""
    value = decode_any(data)
    if not isinstance(value, dict):
        raise Problem("malformed", reason="not a map")
    return cast("dict[str, object]", value)


def decode(data: bytes, type_: type[T]) -> T:
    """`data` as the struct `type_`; unknown fields are ignored in meaning. Raises `malformed`."""
    return shape(decode_map(data), type_)


def shape(value: object, type_: type[T]) -> T:
    """An already decoded value as `type_`. Raises `malformed`."""
    try:
        # bytes is declared built in, or a text would pass for bytes as base64.
        return msgspec.convert(value, type_, builtin_types=(bytes,))
    except (msgspec.ValidationError, RecursionError) as cause:
        raise Problem("malformed", reason=str(cause)) from cause


def _check(value: object, depth: int) -> None:
    kind = type(value)
    if kind is bytes or kind is str or value is None or kind is bool:
        return
    if kind is int:
        if not -SAFE <= cast("int", value) <= SAFE:
            raise Problem("malformed", reason="integer")
    elif depth > DEPTH:
        raise Problem("malformed", reason="depth")
    elif kind is dict:
        for key, one in cast("dict[object, object]", value).items():
            if key not in _known_keys:
                _check_key(key)
            _check(one, depth + 1)
    elif kind is list:
        for one in cast("list[object]", value):
            _check(one, depth + 1)
    else:
        raise Problem("malformed", reason="type")


def _check_key(key: object) -> None:
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise Problem("malformed", reason="key")
    if len(_known_keys) < _KNOWN_KEYS_LIMIT:
        _known_keys.add(key)
