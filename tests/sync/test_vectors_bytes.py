"""The doors read one form only; names are the same in both languages."""

from typing import Any

from sync.ids import b64, device_digits, digits25, directory_log, person_digits, sha256, unb64
from sync.keys import ReadingKey, key_id
from sync.plain import decode_json
from sync.problems import Problem
from sync.slot import slot_salt
from sync.wire import decode_map, encode
from tests.sync.making.plain_bytes import tagged
from tests.sync.reading import Vector, each, outcome


@each("wire")
def test_the_wire_has_one_form(vector: Vector) -> None:
    data = bytes.fromhex(vector["given"]["hex"])
    try:
        value = decode_map(data)
    except Problem as problem:
        outcome(vector, problem)
    else:
        assert tagged(value) == vector["expect"]["value"]
        assert encode(value) == data


@each("json")
def test_a_plaintext_reads_one_way(vector: Vector) -> None:
    try:
        value = decode_json(unb64(vector["given"]["b64"]))
    except Problem as problem:
        outcome(vector, problem)
    else:
        assert value == vector["expect"]["value"]


@each("names")
def test_things_have_the_same_names(vector: Vector) -> None:
    given = vector["given"]
    try:
        found = _name(given)
    except Problem as problem:
        outcome(vector, problem)
    else:
        assert found == vector["expect"]


def _name(given: dict[str, Any]) -> dict[str, Any]:
    match sorted(given):
        case ["keys"]:
            return {"ids": [b64(key_id(unb64(one))) for one in given["keys"]]}
        case ["seed"]:
            return {"public": b64(ReadingKey.from_seed(unb64(given["seed"])).public)}
        case ["programme"]:
            return {"log": b64(directory_log(unb64(given["programme"])))}
        case ["hex"]:
            return {"digits": [digits25(bytes.fromhex(one)) for one in given["hex"]]}
        case ["b64"]:
            return {"hex": unb64(given["b64"]).hex()}
        case ["kinds", "programme", "staff"]:
            pid, staff = unb64(given["programme"]), unb64(given["staff"])
            return {"salts": [b64(slot_salt(pid, staff, kind)) for kind in given["kinds"]]}
        case ["programme", "reading", "signing", "staff"]:
            return {"digits": person_digits(*(unb64(given[k]) for k in ("programme", "staff", "signing", "reading")))}
        case _:
            return {"digits": device_digits(*(unb64(given[k]) for k in ("programme", "signing", "reading")))}


def test_an_id_is_the_hash_of_the_bytes() -> None:
    assert sha256(b"abc").hex().startswith("ba7816bf")
