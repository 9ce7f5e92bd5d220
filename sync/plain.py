"""The only JSON door of the protocol (PROTOCOL 1.2): the plaintext of parts. Every failure is `malformed`.

The two languages must read the same value from the same bytes, or a part could say one thing to one reader and another
to the next: no duplicate key, no byte order mark, no lone surrogate, nothing beyond a finite double, depth at most 32.
"""

import json
import math
from typing import NoReturn, cast

from sync.problems import Problem

DEPTH = 32


def encode_json(value: dict[str, object]) -> bytes:
    """UTF-8 JSON without spaces, as `JSON.stringify` writes it. Raises `malformed` for what nobody could read."""
    try:
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as cause:
        raise Problem("malformed", reason="not for JSON") from cause
    decode_json(data)
    return data


def decode_json(data: bytes) -> dict[str, object]:
    """The object in `data`. Raises `malformed`."""
    try:
        text = data.decode("utf-8")
        value: object = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
        _check(value, 1)
    except (ValueError, OverflowError, RecursionError) as cause:
        raise Problem("malformed", reason="not JSON") from cause
    if not isinstance(value, dict):
        raise Problem("malformed", reason="not an object")
    return cast("dict[str, object]", value)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    whole = dict(pairs)
    if len(whole) != len(pairs):
        raise Problem("malformed", reason="duplicate key")
    return whole


def _refuse(constant: str) -> NoReturn:
    raise Problem("malformed", reason=constant)


def _check(value: object, depth: int) -> None:
    if isinstance(value, str):
        value.encode("utf-8")  # a lone surrogate raises UnicodeEncodeError, a ValueError
    elif isinstance(value, int | float):
        if not math.isfinite(float(value)):
            raise Problem("malformed", reason="number")
    elif isinstance(value, dict | list):
        if depth > DEPTH:
            raise Problem("malformed", reason="depth")
        children = cast("dict[str, object] | list[object]", value)
        if isinstance(children, dict):
            for key in children:
                key.encode("utf-8")
        for one in children.values() if isinstance(children, dict) else children:
            _check(one, depth + 1)
