# ruff: noqa: E501 - a scenario a line
"""Vectors of attachments: what a part lists, and what opens of it."""

from collections.abc import Iterator
from typing import Any

from sync.attachments import SealedAttachment, listing, seal_attachment
from sync.chunk import seal_chunk
from sync.ids import b64, sha256
from tests.sync.making.handmade import flipped
from tests.sync.making.plain_bytes import Made
from tests.sync.making.scene import Scene

ITEM = bytes(range(16))
NAME = "00112233445566ff.jpg"
OTHER = "ffeeddccbbaa9988.webm"
PICTURE = b"a picture of a card " * 37


def made(scene: Scene) -> Iterator[Made]:
    picture = seal_attachment(scene.pid, ITEM, NAME, "image/jpeg", PICTURE)
    sound = seal_attachment(scene.pid, ITEM, OTHER, "audio/webm", b"a voice " * 90)
    both = _given(scene, [picture, sound])
    opens: dict[str, Any] = {"type": "image/jpeg", "plaintext": b64(PICTURE)}
    yield "attachment", "an attachment opens to whoever holds its part", {"given": both, "expect": opens}
    yield "attachment", "each of two attachments opens under its own name", {
        "given": {**both, "name": OTHER}, "expect": {"type": "audio/webm", "plaintext": b64(b"a voice " * 90)},
    }  # fmt: skip
    tiny = seal_attachment(scene.pid, ITEM, NAME, "application/pdf", b"%")
    yield "attachment", "a file of one byte opens", {
        "given": _given(scene, [tiny]), "expect": {"type": "application/pdf", "plaintext": b64(b"%")},
    }  # fmt: skip
    floats = {
        **both,
        "attachments": [{**both["attachments"][0], "length": float(len(PICTURE))}, *both["attachments"][1:]],
    }
    yield "attachment", "a length is a number however it is written", {"given": floats, "expect": opens}
    for about, problem, given in (*_chunks(scene, picture, sound), *_listings(both)):
        yield "attachment", about, {"given": given, "problem": problem}


def _given(scene: Scene, sealed: list[SealedAttachment]) -> dict[str, Any]:
    chunks = [chunk for one in sealed for chunk in one.chunks]
    return {
        "programme": b64(scene.pid),
        "item": b64(ITEM),
        "attachments": listing([one.listed for one in sealed]),
        "manifest": {b64(sha256(one)): len(one) for one in chunks},
        "objects": {b64(sha256(one)): b64(one) for one in chunks},
        "name": NAME,
    }


def _chunks(
    scene: Scene, picture: SealedAttachment, sound: SealedAttachment
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    given = _given(scene, [picture, sound])
    id_ = b64(picture.listed.chunks[0].id)
    yield "a chunk that the entry does not name is not taken", "bad_binding", {
        **given, "manifest": {name: size for name, size in given["manifest"].items() if name != id_}}  # fmt: skip
    yield "a chunk of another size than the entry says is refused", "hash_differs", {
        **given, "manifest": {**given["manifest"], id_: 17}}  # fmt: skip
    spoiled = flipped(picture.chunks[0], 3)
    yield "a chunk whose bytes were changed is refused", "hash_differs", {
        **given, "objects": {**given["objects"], id_: b64(spoiled)}}  # fmt: skip
    yield "an attachment of another submission does not open", "bad_ciphertext", {**given, "item": b64(ITEM[::-1])}
    swapped = [{**one, "name": other["name"]} for one, other in zip(given["attachments"], reversed(given["attachments"]), strict=True)]  # fmt: skip
    keys = [{**one, "chunks": [{**one["chunks"][0], "key": b64(bytes(32))}]} for one in swapped]
    yield "a chunk with another's key does not open", "bad_ciphertext", {**given, "attachments": keys}
    for about, length in {"shorter": len(PICTURE) - 1, "longer": len(PICTURE) + 400}.items():
        changed = [{**given["attachments"][0], "length": length}]
        yield f"an attachment that is told to be {about} than it is is refused", "bad_padding", {
            **given, "attachments": changed}  # fmt: skip
    chunk, key = seal_chunk(scene.pid, ITEM, 0, 1, b"x" * 700 + bytes(20) + b"y")
    listed = {
        "name": NAME,
        "type": "image/jpeg",
        "length": 700,
        "chunks": [{"id": b64(sha256(chunk)), "key": b64(key)}],
    }
    yield "padding that carries something is refused", "bad_padding", {
        **given, "attachments": [listed], "manifest": {b64(sha256(chunk)): len(chunk)}, "objects": {b64(sha256(chunk)): b64(chunk)}}  # fmt: skip


def _listings(given: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    one = given["attachments"][0]
    [ref] = one["chunks"]
    bad: dict[str, Any] = {
        "a list that is none": {},
        "a list that is null": None,
        "an item that is none": ["00112233445566ff.jpg"],
        "a name with a path": [{**one, "name": "../../00112233.jpg"}],
        "a name with a capital": [{**one, "name": "00112233445566FF.jpg"}],
        "a name with a line break": [{**one, "name": NAME + "\n"}],
        "a name without an ending": [{**one, "name": "00112233445566ff"}],
        "two of one name": [one, one],
        "a type with words": [{**one, "type": "image/jpeg; name=her"}],
        "a type that is empty": [{**one, "type": ""}],
        "a length of nothing": [{**one, "length": 0}],
        "a length below nothing": [{**one, "length": -1}],
        "a length that is no whole number": [{**one, "length": 3.5}],
        "a length that is true": [{**one, "length": True}],
        "a length beyond what an attachment may have": [{**one, "length": 2**40}],
        "a length that wants two chunks": [{**one, "length": 960 * 1024 + 1}],
        "no chunk": [{**one, "chunks": []}],
        "a chunk too many": [{**one, "chunks": [ref, ref]}],
        "a chunk without a key": [{**one, "chunks": [{"id": ref["id"]}]}],
        "a chunk with a short id": [{**one, "chunks": [{**ref, "id": ref["id"][:-2]}]}],
        "a chunk with a key in another alphabet": [{**one, "chunks": [{**ref, "key": "+" + ref["key"][1:]}]}],
        "a field that is missing": [{key: value for key, value in one.items() if key != "type"}],
    }
    for about, attachments in bad.items():
        yield f"{about} is refused in the list of attachments", "malformed", {**given, "attachments": attachments}
