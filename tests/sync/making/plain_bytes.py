# ruff: noqa: E501 - a scenario a line
"""Vectors of the two doors, wire and json, and of ids."""

from collections.abc import Iterator
from typing import Any

import msgspec

from sync.ids import b64, device_digits, digits25, directory_log, person_digits, sha256
from sync.keys import key_id
from sync.slot import slot_salt
from tests.sync.making.scene import Scene

Made = tuple[str, str, dict[str, Any]]


def nested(depth: int) -> object:
    """Maps and lists, `depth` containers in all."""
    value: object = 1
    for level in range(depth, 0, -1):
        value = {"a": value} if level % 2 else [value]
    return value


GOOD_WIRE: dict[str, object] = {
    "an empty map": {},
    "every kind of value": {"n": None, "t": True, "f": False, "s": "есік", "b": b"\x00\xff", "l": [], "m": {}},
    "integers at every boundary of length": {
        "list": [0, 127, 128, 255, 256, 65535, 65536, 2**32 - 1, 2**32, 2**53 - 1, -1, -32, -33, -128, -129, -32768, -32769, -(2**31), -(2**31) - 1, -(2**53) + 1]
    },
    "texts and bytes at every boundary of length": {"t": ["a" * n for n in (0, 31, 32, 255, 256)], "b": [bytes(n) for n in (0, 255, 256)]},
    "lists at every boundary of length": {"a": [0] * 15, "b": [0] * 16},
    "a map of sixteen": {f"k{n}": n for n in range(16)},
    "keys in the writer's order": {"z": 1, "a": 2},
    "eight containers deep": nested(8),
}  # fmt: skip

BAD_WIRE: dict[str, str] = {
    "nothing": "",
    "a duplicate key": "82a16101a16102",
    "a trailing byte": "8000",
    "a cut map": "81a161",
    "a timestamp extension": "81a161d6ff00000000",
    "an unknown extension": "81a161d40100",
    "a float": "81a161cb3ff8000000000000",
    "a whole number as a float": "81a161ca3f800000",
    "an integer that is not safe": "81a161cf0020000000000000",
    "a negative integer that is not safe": "81a161d3ffe0000000000000",
    "the largest unsigned integer": "81a161cfffffffffffffffff",
    "a long-form integer": "81a161cc01",
    "a signed form of a positive integer": "81a161d07f",
    "a long-form text": "81a161d90161",
    "a long-form key": "81d9016101",
    "a long-form map": "de0001a16101",
    "a long-form list": "81a161dc0000",
    "a long-form byte string": "81a161c5000100",
    "bad UTF-8": "81a161a1ff",
    "a lone surrogate as three bytes": "81a161a3eda080",
    "an overlong slash": "81a161a2c0af",
    "a number as key": "810101",
    "bytes as key": "81c4016101",
    "a key with a capital": "81a14101",
    "a key that begins with a digit": "81a13101",
    "an empty key": "81a001",
    "a key with a line break at its end": "81a2610a01",
    "the prototype's name as key": "81a95f5f70726f746f5f5f01",
    "the byte that is never used": "81a161c1",
    "a list for a map": "90",
    "an integer for a map": "01",
    "a length that the data does not have": "81a161dd7fffffff",
    "a thousand lists deep": "81a161" + "91" * 1000 + "01",
    "twenty thousand lists deep": "81a161" + "91" * 20_000 + "01",
    "nine containers deep": msgspec.msgpack.encode(nested(9)).hex(),
}


def tagged(value: object) -> object:
    """JSON that keeps bytes apart from text."""
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    if isinstance(value, list):
        return [tagged(one) for one in value]
    if isinstance(value, dict):
        return {key: tagged(one) for key, one in value.items()}
    return value


GOOD_JSON: dict[str, str] = {
    "an empty object": "{}",
    "spaces are allowed in a plaintext": ' { "a" : [ 1 , 2.5 , -3e2 , true , null ] }\n',
    "escapes and plain letters are the same text": '{"a":"\\u0435\\u0441\\u0456\\u043a есік","b":"\\ud83d\\ude00 😀"}',
    "the same key at two levels": '{"a":{"a":1},"b":[{"a":1},{"a":2}]}',
    "a colon and quotes inside a text": '{"a":"\\"a\\":1,","b":"x:y"}',
    "an empty key": '{"":1}',
    "thirty-two containers deep": '{"a":' * 32 + "1" + "}" * 32,
}

BAD_JSON: dict[str, bytes] = {
    "nothing": b"",
    "not JSON": b"{a:1}",
    "a duplicate key": b'{"a":1,"a":2}',
    "a duplicate key deep down": b'{"a":[{"b":1,"b":1}]}',
    "a duplicate key in two spellings": b'{"a":1,"\\u0061":2}',
    "a byte order mark": b'\xef\xbb\xbf{"a":1}',
    "UTF-16": '{"a":1}'.encode("utf-16-le"),
    "bad UTF-8": b'{"a":"\xff"}',
    "an escaped lone surrogate": b'{"a":"\\ud800"}',
    "a lone surrogate in a key": b'{"\\udc00":1}',
    "a number beyond a double": b'{"a":1e999}',
    "an integer beyond a double": b'{"a":1' + b"0" * 400 + b"}",
    "not a number": b'{"a":NaN}',
    "infinity": b'{"a":-Infinity}',
    "a leading zero": b'{"a":01}',
    "something after the end": b'{"a":1} {}',
    "a control character": b'{"a":"\x01"}',
    "a list": b"[]",
    "a number alone": b"1",
    "thirty-three containers deep": b'{"a":' * 33 + b"1" + b"}" * 33,
    "twenty thousand lists deep": b'{"a":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
}


def made(scene: Scene) -> Iterator[Made]:
    for about, value in GOOD_WIRE.items():
        data = msgspec.msgpack.encode(value)
        yield "wire", about, {"given": {"hex": data.hex()}, "expect": {"value": tagged(value)}}
    for about, hexed in BAD_WIRE.items():
        yield "wire", f"{about} is malformed", {"given": {"hex": hexed}, "problem": "malformed"}
    for about, text in GOOD_JSON.items():
        value = msgspec.json.decode(text.encode())
        yield "json", about, {"given": {"b64": b64(text.encode())}, "expect": {"value": value}}
    for about, data in BAD_JSON.items():
        yield "json", f"{about} is malformed", {"given": {"b64": b64(data)}, "problem": "malformed"}
    yield from _names(scene)


def _names(scene: Scene) -> Iterator[Made]:
    pid, staff = scene.pid, scene.staff["gulnara"]
    signing, reading = scene.signing["gulnara"], scene.reading["gulnara"]
    yield "names", "a key id is the hash of the public key", {
        "given": {"keys": [b64(signing.public), b64(reading.public)]},
        "expect": {"ids": [b64(key_id(signing.public)), b64(key_id(reading.public))]},
    }  # fmt: skip
    yield "names", "a private X-Wing key is its seed", {
        "given": {"seed": b64(reading.seed)}, "expect": {"public": b64(reading.public)},
    }  # fmt: skip
    yield "names", "the directory's log is the programme id and eight zeros", {
        "given": {"programme": b64(pid)}, "expect": {"log": b64(directory_log(pid))},
    }  # fmt: skip
    texts = ["", "a", "есік", "leading zeros 36"]
    yield "names", "twenty-five digits are the first eighty bits modulo ten to the twenty-fifth", {
        "given": {"hex": [one.encode().hex() for one in texts]},
        "expect": {"digits": [digits25(one.encode()) for one in texts]},
    }  # fmt: skip
    yield "names", "two people compare a person", {
        "given": {"programme": b64(pid), "staff": b64(staff), "signing": b64(signing.key_id), "reading": b64(reading.key_id)},
        "expect": {"digits": person_digits(pid, staff, signing.key_id, reading.key_id)},
    }  # fmt: skip
    yield "names", "two people compare a tablet", {
        "given": {"programme": b64(pid), "signing": b64(signing.key_id), "reading": b64(reading.key_id)},
        "expect": {"digits": device_digits(pid, signing.key_id, reading.key_id)},
    }  # fmt: skip
    yield "names", "a slot's salt is bound to programme, person and kind", {
        "given": {"programme": b64(pid), "staff": b64(staff), "kinds": ["desk", "tablet"]},
        "expect": {"salts": [b64(slot_salt(pid, staff, "desk")), b64(slot_salt(pid, staff, "tablet"))]},
    }  # fmt: skip
    for about, text in {
        "base64url with padding": "AA==", "plain base64": "+/+/", "a second spelling of one byte": "AB",
        "a length that no bytes have": "A", "a space": "AA AA",
    }.items():  # fmt: skip
        yield "names", f"{about} is malformed", {"given": {"b64": text}, "problem": "malformed"}
    yield "names", "base64url without padding", {
        "given": {"b64": b64(sha256(b""))}, "expect": {"hex": sha256(b"").hex()},
    }  # fmt: skip
