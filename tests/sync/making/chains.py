# ruff: noqa: E501 - a scenario a line
"""Vectors of entries, logs, statements and bundles."""

from collections.abc import Iterator

import msgspec

from sync.bundle import Bundle, Statement
from sync.entry import Signed, Submission, entry_hash, named_objects, read_entry
from sync.ids import ZERO_HASH, b64, sha256, unb64
from sync.keys import SigningKey
from sync.link import write_fragment
from sync.statement import Drafts, Epoch, HeadStatement, Receipt, write_head, write_receipt
from sync.wire import decode_map, encode
from tests.sync.making.handmade import flipped, signed_fields
from tests.sync.making.plain_bytes import Made, tagged
from tests.sync.making.scene import AT, FORM, Scene, signed_json

ITEM = bytes(range(16))


def empty_submission() -> Submission:
    """A submission that names nothing, for chains where parts do not matter."""
    return Submission(ITEM, FORM, [], None, [], [])


def made(scene: Scene) -> Iterator[Made]:
    yield from _entries(scene)
    yield from _logs(scene)
    yield from _statements(scene)
    yield from _bundles(scene)
    yield from _links(scene)


def _entries(scene: Scene) -> Iterator[Made]:
    pid, key, head = scene.pid, scene.signing["tablet-1"], scene.head()
    log = scene.log("tablet-1")
    ref = {"id": sha256(b"part"), "audience": "family", "key": scene.reading["family"].key_id, "size": 5561}
    photo = {"id": sha256(b"photo"), "size": 1000}
    body: dict[str, object] = {
        "submission": ITEM, "form": FORM, "supersedes": [], "continues": None, "parts": [ref], "attachments": [photo],
    }  # fmt: skip
    fields: dict[str, object] = {
        "v": 1, "log": log.id, "seq": 1, "prev": ZERO_HASH, "kind": "submission", "time": AT, "offset": -120,
        "directory": {"seq": head.seq, "hash": head.hash}, "body": body,
    }  # fmt: skip
    good: dict[str, dict[str, object]] = {
        "a submission is read": fields,
        "an entry of an unknown kind is read and names its objects": {**fields, "kind": "later_kind", "body": {"parts": [ref], "words": "x"}},
        "unknown fields are kept in the bytes and ignored in meaning": {**fields, "more": 1, "body": {**body, "more": 2}},
        "a time before 1970 is only a claim": {**fields, "time": -1, "offset": None},
        "a log that continues another": {**fields, "body": {**body, "after": {"log": flipped(log.id, -1), "seq": 9, "hash": sha256(b"9")}}},
        "a note without parts": {**fields, "kind": "note", "body": {}},
    }  # fmt: skip
    for about, one in good.items():
        yield "entry", about, _entry(pid, key, signed_fields(pid, key, one))
    shortened = {name: value for name, value in fields.items() if name != "offset"}
    bad: dict[str, dict[str, object]] = {
        "version 2": {**fields, "v": 2},
        "a missing field": shortened,
        "number zero": {**fields, "seq": 0},
        "a first entry with something before it": {**fields, "prev": sha256(b"x")},
        "a second entry with nothing before it": {**fields, "seq": 2},
        "a log id that is too short": {**fields, "log": log.id[:39]},
        "a kind with a capital": {**fields, "kind": "Submission"},
        "a kind that is empty": {**fields, "kind": ""},
        "a tablet's entry without a view of the directory": {**fields, "directory": None},
        "a view of the directory at number zero": {**fields, "directory": {"seq": 0, "hash": ZERO_HASH}},
        "a body that is a list": {**fields, "body": []},
        "a submission without its form": {**fields, "body": {k: v for k, v in body.items() if k != "form"}},
        "a submission whose form is text": {**fields, "body": {**body, "form": b64(FORM)}},
        "a part without size": {**fields, "body": {**body, "parts": [{k: v for k, v in ref.items() if k != "size"}]}},
        "a part of no bytes": {**fields, "body": {**body, "parts": [{**ref, "size": 0}]}},
        "a part for an audience that cannot be": {**fields, "body": {**body, "parts": [{**ref, "audience": "Family"}]}},
        "an object named twice": {**fields, "body": {**body, "parts": [ref, ref]}},
        "an unknown kind with parts that are none": {**fields, "kind": "later_kind", "body": {"parts": [1]}},
        "a second entry that continues another log": {
            **fields, "seq": 2, "prev": sha256(b"1"), "body": {**body, "after": {"log": log.id, "seq": 9, "hash": sha256(b"9")}}},
        "a decision of a state that cannot be": {
            **fields, "kind": "decision", "body": {"of": sha256(b"1"), "state": "maybe", "item": ITEM, "parts": [], "attachments": []}},
    }  # fmt: skip
    for about, one in bad.items():
        signed = signed_fields(pid, key, one)
        yield "entry", f"{about} is malformed", {**_given(pid, key, signed), "problem": "malformed"}
    signed = signed_fields(pid, key, fields)
    stranger = scene.signing["stranger"]
    for about, value in {
        "a flipped bit in the entry": _given(pid, key, replaced(signed, flipped(signed.bytes, signed.bytes.index(head.hash)))),
        "a flipped bit in the signature": _given(pid, key, Signed(signed.bytes, flipped(signed.signature, 5))),
        "an entry signed by a stranger": _given(pid, key, signed_fields(pid, stranger, fields)),
        "an entry of another programme": _given(flipped(pid, 0), key, signed),
        "a signature of zeros": _given(pid, key, Signed(signed.bytes, bytes(64))),
        "a signature under another tag": _given(pid, key, Signed(signed.bytes, key.sign("esik/1/head", pid, signed.bytes))),
        "a key that is no point on the curve": {"given": {**_given(pid, key, signed)["given"], "public": b64(b"\4" + b"\1" * 64)}},
    }.items():  # fmt: skip
        yield "entry", f"{about} is a bad signature", {**value, "problem": "bad_signature"}
    yield "entry", "an entry's bytes are written one way", {
        "given": {"fields": tagged(fields)}, "expect": {"bytes": b64(encode(fields)), "hash": b64(entry_hash(encode(fields)))},
    }  # fmt: skip


def replaced(signed: Signed, data: bytes) -> Signed:
    return Signed(data, signed.signature)


def _given(pid: bytes, key: SigningKey, signed: Signed) -> dict[str, dict[str, object]]:
    return {"given": {"programme": b64(pid), "public": b64(key.public), **signed_json(signed)}}


def _entry(pid: bytes, key: SigningKey, signed: Signed) -> dict[str, object]:
    entry = read_entry(signed.bytes)
    objects = [{"id": b64(one.id), "size": one.size, "part": one.part is not None} for one in named_objects(entry)]
    return {
        **_given(pid, key, signed),
        "expect": {"hash": b64(entry_hash(signed.bytes)), "seq": entry.seq, "kind": entry.kind, "time": entry.time, "objects": objects},
    }  # fmt: skip


def _logs(scene: Scene) -> Iterator[Made]:
    head = scene.head()
    log = scene.log("tablet-1")
    chain = [log.write("submission", empty_submission(), directory=head, at=AT + n) for n in range(4)]
    other = scene.log("tablet-1", b"another.")
    foreign = [other.write("submission", empty_submission(), directory=head, at=AT + n) for n in range(2)]
    twin = scene.log("tablet-1")
    twins = [twin.write("note", {}, directory=head, at=AT + n) for n in range(2)]
    data = [one.bytes for one in chain]
    yield "log", "four entries make a chain", {
        "given": {"entries": [b64(one) for one in data]}, "expect": {"hash": b64(entry_hash(data[-1]))}}  # fmt: skip
    for about, seq, entries in [
        ("a hole", 3, [data[0], data[1], data[3]]),
        ("a chain that begins at two", 1, data[1:]),
        ("two entries changed about", 2, [data[0], data[2], data[1]]),
        ("an entry of another log", 2, [data[0], foreign[1].bytes]),
        ("an entry of a fork", 2, [data[0], twins[1].bytes]),
        ("one entry twice", 2, [data[0], data[0]]),
    ]:
        yield "log", f"{about} breaks the chain", {
            "given": {"entries": [b64(one) for one in entries]}, "problem": "broken_chain", "seq": seq}  # fmt: skip


def _statements(scene: Scene) -> Iterator[Made]:
    pid, head = scene.pid, scene.head()
    centre, tablet = scene.signing["centre"], scene.signing["tablet-1"]
    log = scene.log("tablet-1").id
    receipt = Receipt(1, centre.key_id, log, 4, sha256(b"entry 4"), 4, AT, head)
    stated = HeadStatement(1, log, 4, sha256(b"entry 4"), AT, head, "0123456789abcdef", [Epoch("family", 2)], True, [Drafts(FORM, 2)])  # fmt: skip

    def given(kind: str, public: bytes, signed: Signed, programme: bytes = pid) -> dict[str, object]:
        return {"kind": kind, "programme": b64(programme), "public": b64(public), **signed_json(signed)}

    good = write_receipt(pid, centre, receipt)
    yield "statement", "a receipt by the centre", {
        "given": given("receipt", centre.public, good),
        "expect": {"value": tagged(decode_map(good.bytes))}}  # fmt: skip
    said = write_head(pid, tablet, stated)
    yield "statement", "a tablet's head", {
        "given": given("head", tablet.public, said), "expect": {"value": tagged(decode_map(said.bytes))}}  # fmt: skip
    nothing = write_head(pid, tablet, HeadStatement(1, log, 0, ZERO_HASH, AT, head, "", [], False, []))
    yield "statement", "the head of a tablet that has written nothing", {
        "given": given("head", tablet.public, nothing), "expect": {"value": tagged(decode_map(nothing.bytes))}}  # fmt: skip
    for about, problem, value in [
        ("a receipt by a relay under the centre's name", "bad_signature", given("receipt", centre.public, write_receipt(pid, scene.signing["relay"], receipt))),
        ("a changed receipt", "bad_signature", given("receipt", centre.public, replaced(good, flipped(good.bytes, -2)))),
        ("a receipt of another programme", "bad_signature", given("receipt", centre.public, good, flipped(pid, 0))),
        ("a head's signature on a receipt", "bad_signature", given("receipt", centre.public, Signed(good.bytes, centre.sign("esik/1/head", pid, good.bytes)))),
        ("a receipt for more than its chain", "malformed", given("receipt", centre.public, write_receipt(pid, centre, msgspec.structs.replace(receipt, contiguous=5)))),
        ("a receipt read as a head", "malformed", given("head", centre.public, good)),
        ("a head by another tablet", "bad_signature", given("head", tablet.public, write_head(pid, scene.signing["tablet-2"], stated))),
    ]:  # fmt: skip
        yield "statement", f"{about} is refused", {"given": value, "problem": problem}


def _bundles(scene: Scene) -> Iterator[Made]:
    head, log = scene.head(), scene.log("tablet-1")
    entry = log.write("submission", empty_submission(), directory=head, at=AT)
    receipt = write_receipt(scene.pid, scene.signing["centre"], Receipt(1, scene.signing["centre"].key_id, log.id, 1, log.prev, 1, AT, head))  # fmt: skip
    bundle = Bundle(
        directory=scene.chain[:2], entries=[entry], statements=[Statement("receipt", receipt.bytes, receipt.signature)],
        parts=[b"part"], chunks=[b"one", b"two"],
    )  # fmt: skip
    data = encode(bundle)
    fields = decode_map(data)

    def given(value: bytes) -> dict[str, object]:
        return {"given": {"b64": b64(value)}}

    counts = {"directory": 2, "entries": 1, "statements": 1, "parts": 1, "chunks": 2}
    yield "bundle", "a bundle is read", {**given(data), "expect": counts}
    yield "bundle", "an empty bundle is read", {**given(encode(Bundle())), "expect": dict.fromkeys(counts, 0)}
    yield (
        "bundle",
        "a bundle with a field of a later version is read",
        {**given(encode({**fields, "more": []})), "expect": counts},
    )
    entry_fields = {"bytes": entry.bytes, "signature": entry.signature}
    for about, value in {
        "a cut bundle": data[:-1],
        "a bundle with something behind it": data + b"\0",
        "a bundle of version 2": encode({**fields, "v": 2}),
        "a bundle without parts": encode({name: one for name, one in fields.items() if name != "parts"}),
        "a bundle whose signature is too short": encode({**fields, "entries": [{**entry_fields, "signature": bytes(63)}]}),
        "a bundle whose entries are bytes": encode({**fields, "entries": [entry.bytes]}),
        "a bundle with an unknown statement": encode({**fields, "statements": [{"kind": "vow", **entry_fields}]}),
        "a bundle whose part is text": encode({**fields, "parts": ["part"]}),
        "a list for a bundle": b"\x90",
        "nothing for a bundle": b"",
    }.items():  # fmt: skip
        yield "bundle", f"{about} is malformed", {**given(value), "problem": "malformed"}


def _links(scene: Scene) -> Iterator[Made]:
    head, key = scene.head(), scene.signing["invitation-two"]
    fragment = write_fragment(scene.pid, head, key)
    fields = decode_map(unb64(fragment))
    expect = {"programme": b64(scene.pid), "seq": head.seq, "hash": b64(head.hash), "invitation": b64(key.pkcs8())}
    yield "link", "an invitation link pins programme and head", {"given": {"fragment": fragment}, "expect": expect}
    yield "link", "a link is read with its hash sign", {"given": {"fragment": "#" + fragment}, "expect": expect}
    for about, bad in {
        "an empty link": "",
        "a link with a character too few": fragment[:-1],
        "a link with padding": fragment + "=",
        "a link with a space in it": fragment[:9] + " " + fragment[9:],
        "a link of version 2": b64(encode({**fields, "v": 2})),
        "a link without a head": b64(encode({name: one for name, one in fields.items() if name != "head"})),
        "a link whose programme is too short": b64(encode({**fields, "programme": scene.pid[:31]})),
    }.items():
        yield "link", f"{about} is malformed", {"given": {"fragment": bad}, "problem": "malformed"}
