"""Sealed in one language and opened in the other, both ways, in Node and in Chromium, with either X-Wing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cryptography_vectors
import pytest

from sync.attachments import listing, open_attachment, read_attachments, seal_attachment
from sync.chunk import LIMIT, open_chunk, seal_chunk
from sync.directory import Directory
from sync.entry import Head, Signed, check_signature, entry_hash, read_entry, write_entry
from sync.grant import open_grant, seal_grant
from sync.ids import b64, made_id, sha256, unb64
from sync.keys import ReadingKey, SigningKey
from sync.link import read_fragment, write_fragment
from sync.opening import open_submission
from sync.part import open_part, seal_part
from sync.plain import encode_json
from sync.problems import CODES
from sync.randomness import random_bytes
from sync.seal import seal_submission
from sync.slot import Opened, open_slot, read_slot, seal_slot
from sync.statement import (
    Drafts,
    Epoch,
    HeadStatement,
    Receipt,
    read_head,
    read_receipt,
    write_head,
    write_receipt,
)
from tests.browser.bundling import bundle, serve_folder
from tests.browser.typescript_sync import PAGE_SOURCE, InNode, TypeScript, in_page
from tests.sync.making.scene import AT, FORM, Scene, scene

ANSWERS: dict[str, Any] = {"pulse": 72, "note": "Сәлем, «есік» 😀", "list": [1, 2.5, None, True]}
PID = random_bytes(32)
LOG = random_bytes(40)
ITEM = made_id()
HASH = random_bytes(32)


X_WING = 0x647A


def published() -> list[dict[str, Any]]:
    """RFC 9180's and hpke-pq's in base mode with HKDF-SHA256 that share X-Wing or AES-256-GCM with our suite."""
    folder = Path(cryptography_vectors.__file__).parent / "HPKE"
    found: list[dict[str, Any]] = []
    for name in ("test-vectors.json", "hpke-pq-test-vectors.json"):
        for one in json.loads((folder / name).read_text(encoding="utf-8")):
            shares = one["kem_id"] == X_WING or (one["kem_id"] in (0x10, 0x20) and one["aead_id"] == 2)
            if one["mode"] == 0 and one["kdf_id"] == 1 and one["aead_id"] in (2, 3) and shares:
                found.append({**one, "file": name.removesuffix(".json")})
    assert {one["kem_id"] for one in found} >= {X_WING, 0x20}
    return found


@pytest.fixture(scope="module")
def arrival() -> Scene:
    return scene()


@pytest.fixture(scope="module", params=["node", "node-javascript", "chromium", "chromium-javascript"])
def typescript(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TypeScript]:
    where, _, forced = str(request.param).partition("-")
    if where == "node":
        node = InNode()
        asked, close = TypeScript(node), node.close
    else:
        browser = request.getfixturevalue("browser")
        folder: Path = tmp_path_factory.mktemp("sync-pages")
        (folder / "index.html").write_text(
            '<!doctype html><html lang="en"><title>Sync</title><script type="module" src="/page.js"></script>'
        )
        bundle(PAGE_SOURCE, folder / "page.js")
        serving = serve_folder(folder, folder / "pages.log")
        context = browser.new_context()
        page = context.new_page()
        page.goto(serving.url)
        page.wait_for_function("'answer' in globalThis")
        asked = TypeScript(in_page(page))

        def close() -> None:
            context.close()
            serving.kill()

    if forced:
        asked("force the JavaScript KEM")
    yield asked
    close()


def test_the_x_wing_is_the_one_asked_for(typescript: TypeScript, request: pytest.FixtureRequest) -> None:
    kind = typescript("kem")
    if "javascript" in request.node.name:
        assert kind == "javascript"
    elif "node" in request.node.name:
        assert kind == "pieces"  # Node 24 has ML-KEM, SHA-3 and SHAKE apart
    else:  # a silent fall to JavaScript would cost every tablet 25 KB and most of its speed
        version = int(request.getfixturevalue("browser").version.partition(".")[0])
        assert kind == ("hybrid" if version >= 155 else "javascript")


def test_both_languages_have_the_same_problems(typescript: TypeScript) -> None:
    assert typescript("codes") == CODES


@pytest.mark.parametrize(
    "vector", published(), ids=lambda one: f"{one['file']}-kem{one['kem_id']}-aead{one['aead_id']}"
)
def test_published_vectors_of_the_suite_open(typescript: TypeScript, vector: dict[str, Any]) -> None:
    asked = {key: bytes.fromhex(vector[key]) for key in ("skRm", "enc", "info")}
    for one in vector["encryptions"][:1]:  # the first of a context; the protocol seals once to one
        given = {**asked, "ct": bytes.fromhex(one["ct"]), "aad": bytes.fromhex(one["aad"])}
        kem, aead = str(vector["kem_id"]), str(vector["aead_id"])
        assert typescript.bytes("published HPKE vector", **given, kem_id=kem, aead_id=aead).hex() == one["pt"]
    if vector["kem_id"] == X_WING:
        assert typescript.bytes("public of seed", seed=asked["skRm"]).hex() == vector["pkRm"]


def test_both_languages_make_the_same_public_key_of_a_seed(typescript: TypeScript) -> None:
    key = ReadingKey.generate()
    assert typescript.bytes("public of seed", seed=key.seed) == key.public


def test_a_part_sealed_in_python_is_opened(typescript: TypeScript) -> None:
    key = ReadingKey.generate()
    part = seal_part(
        PID, log=LOG, item=ITEM, form=HASH, audience="medical", key=key.public,
        plaintext=encode_json(ANSWERS), bucket=4096,
    )  # fmt: skip
    assert typescript("open part", pid=PID, part=part, seed=key.seed) == ANSWERS
    assert typescript.problem("open part", pid=PID, part=part, seed=random_bytes(32)) == "not_for_you"
    assert typescript.problem("open part", pid=HASH, part=part, seed=key.seed) == "bad_key"


def test_a_part_sealed_in_typescript_is_opened(typescript: TypeScript) -> None:
    key = ReadingKey.generate()
    part = typescript.bytes(
        "seal part", pid=PID, log=LOG, item=ITEM, form=HASH, audience="people@arrival", key=key.public, payload=ANSWERS
    )
    assert open_part(PID, part, key) == ANSWERS


def test_chunks_cross(typescript: TypeScript) -> None:
    chunk, key = seal_chunk(PID, ITEM, 1, 2, b"x" * 5000)
    opened = typescript.bytes("open chunk", pid=PID, item=ITEM, chunk=chunk, key=key)
    assert opened.rstrip(b"\0") == b"x" * 5000
    sealed = typescript("seal chunk", pid=PID, item=ITEM, plaintext=b"y" * 5000)
    there = unb64(sealed["bytes"])
    assert sha256(there) == unb64(sealed["id"])
    assert len(there) == len(chunk)
    assert open_chunk(PID, ITEM, 1, 2, there, unb64(sealed["key"])).rstrip(b"\0") == b"y" * 5000


def test_a_picture_of_two_chunks_crosses(typescript: TypeScript) -> None:
    name, data = "00112233445566ff.jpg", random_bytes(LIMIT) + b"the end of it"
    sealed = seal_attachment(PID, ITEM, name, "image/jpeg", data)
    payload, parts = {"attachments": listing([sealed.listed])}, [b64(one) for one in sealed.chunks]
    assert typescript.bytes("open attachment", pid=PID, item=ITEM, payload=payload, parts=parts) == data
    there = typescript("seal attachment", pid=PID, item=ITEM, name=name, type="image/jpeg", plaintext=data)
    objects = {sha256(unb64(one)): unb64(one) for one in there["chunks"]}
    manifest = {id_: len(one) for id_, one in objects.items()}
    assert sorted(manifest.values()) == sorted(map(len, sealed.chunks))
    [listed] = read_attachments(there["payload"])
    assert open_attachment(PID, ITEM, listed, manifest, objects) == data


def test_grants_cross(typescript: TypeScript) -> None:
    audience, reader = ReadingKey.generate(), ReadingKey.generate()
    given = seal_grant(PID, "family", 7, audience, reader.public)
    place = {"pid": PID, "audience": "family"}
    asked = {**place, "audience_key": audience.key_id, "object": given}
    assert typescript.bytes("open grant", **asked, seed=reader.seed) == audience.seed
    assert typescript.problem("open grant", **asked, seed=random_bytes(32)) == "bad_key"
    back = typescript.bytes("seal grant", **place, seed=audience.seed, reader=reader.public)
    assert open_grant(PID, "family", 7, audience.key_id, reader, back).seed == audience.seed


def test_slots_cross(typescript: TypeScript) -> None:
    signing, reading, work = SigningKey.generate(), ReadingKey.generate(), ReadingKey.generate()
    staff, wrap = made_id(), random_bytes(32)
    at = {"pid": PID, "staff": staff, "wrap": wrap}
    desk = seal_slot(PID, staff, "desk", Opened(signing, reading, None), wrap)
    assert typescript("open desk slot", **at, slot=desk) == {
        "signing": b64(signing.public),
        "reading": b64(reading.seed),
    }
    assert typescript.problem("open desk slot", **{**at, "wrap": HASH}, slot=desk) == "wrong_passphrase"
    assert typescript.problem("open desk slot", **{**at, "staff": made_id()}, slot=desk) == "slot_mismatch"
    tablet = seal_slot(PID, staff, "tablet", Opened(None, None, work), wrap)
    assert typescript.bytes("open tablet slot", **at, slot=tablet) == work.seed
    made = typescript.bytes("seal desk slot", **at, signing=signing.pkcs8(), reading=reading.seed)
    opened = open_slot(PID, staff, "desk", read_slot(made), wrap)
    assert opened.key_ids() == [signing.key_id, reading.key_id]
    made = typescript.bytes("seal tablet slot", **at, work=work.seed)
    assert open_slot(PID, staff, "tablet", read_slot(made), wrap).key_ids() == [work.key_id]


def test_entries_cross(typescript: TypeScript) -> None:
    key = SigningKey.generate()
    body: dict[str, object] = {"of": HASH, "words": "Сәлем", "many": [1, -1, 2**40, None, True]}
    mine = write_entry(
        PID, key, log=LOG, seq=2, prev=HASH, kind="note", time=1_700_000_000_000, offset=-7,
        directory=Head(3, HASH), body=body,
    )  # fmt: skip
    theirs = typescript("write entry", pid=PID, signing=key.pkcs8(), log=LOG, hash=HASH)
    assert unb64(theirs["bytes"]) == mine.bytes
    check_signature(PID, key.public, signed_of(theirs))
    asked = {"pid": PID, "bytes": mine.bytes, "signature": mine.signature}
    assert typescript("read entry", **asked, public=key.public)["body"]["words"] == "Сәлем"
    assert typescript.problem("read entry", **asked, public=SigningKey.generate().public) == "bad_signature"


def test_receipts_cross(typescript: TypeScript) -> None:
    key = SigningKey.generate()
    receipt = Receipt(1, key.key_id, LOG, 4, HASH, 3, 1_700_000_000_000, Head(9, HASH))
    theirs = signed_of(typescript("write receipt", pid=PID, signing=key.pkcs8(), log=LOG, hash=HASH))
    assert read_receipt(PID, key.public, theirs) == receipt
    mine = write_receipt(PID, key, receipt)
    assert mine.bytes == theirs.bytes
    asked = {"pid": PID, "bytes": mine.bytes, "signature": mine.signature}
    assert typescript("read receipt", **asked, public=key.public)["role"] == "centre"
    assert typescript.problem("read receipt", **asked, public=SigningKey.generate().public) == "bad_signature"


def test_head_statements_cross(typescript: TypeScript) -> None:
    key = SigningKey.generate()
    head = HeadStatement(
        1, LOG, 4, HASH, 1_700_000_000_000, Head(9, HASH), "0123456789abcdef", [Epoch("medical", 2)], True,
        [Drafts(HASH, 1)],
    )  # fmt: skip
    theirs = signed_of(typescript("write head", pid=PID, signing=key.pkcs8(), log=LOG, hash=HASH))
    assert read_head(PID, key.public, theirs) == head
    mine = write_head(PID, key, head)
    assert mine.bytes == theirs.bytes
    asked = {"pid": PID, "bytes": mine.bytes, "signature": mine.signature}
    assert typescript("read head", **asked, public=key.public)["drafts"] == [{"form": b64(HASH), "count": 1}]


def test_invitation_links_cross(typescript: TypeScript) -> None:
    key = SigningKey.generate()
    fragment = write_fragment(PID, Head(5, HASH), key)
    assert typescript("read link", fragment=fragment)["invitation"] == b64(key.pkcs8())
    assert read_fragment(typescript("write link", pid=PID, hash=HASH, invitation=key.pkcs8())).head == Head(5, HASH)


def test_a_submission_sealed_in_python_is_opened(typescript: TypeScript, arrival: Scene) -> None:
    directory = arrival.directory()
    payloads = payloads_of(directory)
    sealed = seal_submission(
        directory, arrival.log("tablet-1"), version=FORM, submission=ITEM, payloads=payloads, at=AT
    )
    asked = {
        "pid": arrival.pid, "chain": chain_of(arrival),
        "bytes": sealed.entry.bytes, "signature": sealed.entry.signature,
        "parts": sealed.parts, "seeds": [arrival.reading[name].seed for name in ("people@arrival", "family-2")],
    }  # fmt: skip
    opened = typescript("open submission", **asked)
    assert opened["failed"] is None
    assert opened["hash"] == b64(entry_hash(sealed.entry.bytes))
    seen = {part["audience"]: part["payload"] or part["failed"] for part in opened["parts"]}
    not_for_you = {"number": 7, "problem": "not_for_you"}
    assert seen == {
        "people@arrival": payloads["people"], "family": payloads["family"],
        "coordination": not_for_you, "protection": not_for_you,
    }  # fmt: skip


def test_a_submission_sealed_in_typescript_is_opened(typescript: TypeScript, arrival: Scene) -> None:
    directory = arrival.directory()
    payloads = payloads_of(directory)
    log = arrival.log("tablet-1")
    sealed = typescript(
        "seal submission", pid=arrival.pid, chain=chain_of(arrival), signing=arrival.signing["tablet-1"].pkcs8(),
        log=log.id, version=FORM, submission=ITEM, payloads=payloads,
    )  # fmt: skip
    parts = {unb64(part["id"]): unb64(part["bytes"]) for part in sealed["parts"]}
    keys = {arrival.reading[name].key_id: arrival.reading[name] for name in ("people@arrival", "coordination")}
    opened = open_submission(directory, signed_of(sealed["entry"]), parts, keys)
    assert opened.failed is None
    seen = {part.audience: part.payload for part in opened.parts}
    assert seen["people@arrival"] == payloads["people"]
    assert seen["coordination"] == payloads["coordination"]
    assert seen["protection"] is None
    assert read_entry(unb64(sealed["entry"]["bytes"])).seq == sealed["next"]["seq"] == 1


def signed_of(value: dict[str, str]) -> Signed:
    return Signed(unb64(value["bytes"]), unb64(value["signature"]))


def chain_of(arrival: Scene) -> list[dict[str, bytes]]:
    return [{"bytes": one.bytes, "signature": one.signature} for one in arrival.chain]


def payloads_of(directory: Directory) -> dict[str, dict[str, object]]:
    return {one.audience: {"card": "7KQ4-M2XD-9P", "for": one.audience} for one in directory.forms[FORM].audiences}
