"""Card codes: `7KQ4-M2XD-9P`, eight Crockford base32 symbols (40 random bits) and two check symbols.

Rules: the check value is the number modulo 1021, the largest prime that two symbols can hold: every single wrong symbol
and every swap of neighbours is found, also across the border. Reading folds case, O to 0, I and L to 1, and drops
spaces and dashes of any kind. `static/src/form/card.ts` is the same; vectors in forms/vectors/card.
"""

from __future__ import annotations

from typing import Final

SYMBOLS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK: Final = 1021
_FOLD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_DROPPED: Final = " \t\r\n\u00a0\u202f-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212_."


def make_card(bits: bytes) -> str:
    """The printed code of 40 bits (5 bytes; random ones come from the caller). Raises ValueError on another length."""
    if len(bits) != 5:
        raise ValueError("a card code has 40 bits")
    value = int.from_bytes(bits)
    return _print(_symbols(value, 8) + _symbols(value % CHECK, 2))


def read_card(typed: str) -> str | None:
    """The printed code of whatever was typed or scanned; None when it is not one or a symbol is wrong."""
    kept = "".join(symbol for symbol in typed if symbol not in _DROPPED)
    folded = "".join(chr(ord(c) - 32) if "a" <= c <= "z" else c for c in kept).translate(_FOLD)
    if len(folded) != 10 or any(symbol not in SYMBOLS for symbol in folded):
        return None
    value, check = _value(folded[:8]), _value(folded[8:])
    return _print(folded) if value % CHECK == check else None


def card_valid(typed: str) -> bool:
    return read_card(typed) is not None


def _value(symbols: str) -> int:
    value = 0
    for symbol in symbols:
        value = value * 32 + SYMBOLS.index(symbol)
    return value


def _symbols(value: int, count: int) -> str:
    return "".join(SYMBOLS[value >> 5 * place & 31] for place in reversed(range(count)))


def _print(symbols: str) -> str:
    return f"{symbols[:4]}-{symbols[4:8]}-{symbols[8:]}"
