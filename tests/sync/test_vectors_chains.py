"""Entries, logs, statements and bundles: read as received, and refused for one reason."""

from typing import Any

import pytest

from sync.bundle import read_bundle
from sync.entry import check_signature, entry_hash, named_objects, read_entry
from sync.ids import b64, unb64
from sync.link import read_fragment
from sync.log import check_chain
from sync.problems import Problem
from sync.statement import read_head, read_receipt
from sync.wire import decode_map, encode
from tests.sync.making.plain_bytes import tagged
from tests.sync.reading import Vector, each, outcome, signed


def untagged(value: Any) -> Any:
    """The value that `tagged` told as JSON."""
    if isinstance(value, dict) and list(value) == ["hex"]:
        return bytes.fromhex(value["hex"])
    if isinstance(value, dict):
        return {key: untagged(one) for key, one in value.items()}
    return [untagged(one) for one in value] if isinstance(value, list) else value


@each("entry")
def test_an_entry_is_its_bytes(vector: Vector) -> None:
    given = vector["given"]
    if "fields" in given:
        data = encode(untagged(given["fields"]))
        assert {"bytes": b64(data), "hash": b64(entry_hash(data))} == vector["expect"]
        return
    try:
        entry = read_entry(signed(given).bytes)
        check_signature(unb64(given["programme"]), unb64(given["public"]), signed(given))
    except Problem as problem:
        outcome(vector, problem)
        return
    assert vector["expect"] == {
        "hash": b64(entry_hash(signed(given).bytes)),
        "seq": entry.seq,
        "kind": entry.kind,
        "time": entry.time,
        "objects": [{"id": b64(x.id), "size": x.size, "part": x.part is not None} for x in named_objects(entry)],
    }


@each("log")
def test_a_log_has_no_holes(vector: Vector) -> None:
    entries = [unb64(one) for one in vector["given"]["entries"]]
    if "problem" not in vector:
        check_chain(entries)
        assert b64(entry_hash(entries[-1])) == vector["expect"]["hash"]
        return
    with pytest.raises(Problem) as found:
        check_chain(entries)
    assert (found.value.code, found.value.detail["seq"]) == (vector["problem"], vector["seq"])


@each("statement")
def test_a_statement_counts_by_its_key(vector: Vector) -> None:
    given = vector["given"]
    read = read_receipt if given["kind"] == "receipt" else read_head
    try:
        read(unb64(given["programme"]), unb64(given["public"]), signed(given))
    except Problem as problem:
        outcome(vector, problem)
    else:
        assert tagged(decode_map(signed(given).bytes)) == vector["expect"]["value"]


@each("bundle")
def test_a_bundle_is_read_whole_or_not(vector: Vector) -> None:
    try:
        bundle = read_bundle(unb64(vector["given"]["b64"]))
    except Problem as problem:
        outcome(vector, problem)
    else:
        assert {name: len(getattr(bundle, name)) for name in vector["expect"]} == vector["expect"]


@each("link")
def test_an_invitation_link_is_read_whole_or_not(vector: Vector) -> None:
    try:
        link = read_fragment(vector["given"]["fragment"])
    except Problem as problem:
        outcome(vector, problem)
        return
    found = {"programme": link.programme, "hash": link.head.hash, "invitation": link.invitation}
    assert {"seq": link.head.seq, **{name: b64(one) for name, one in found.items()}} == vector["expect"]
