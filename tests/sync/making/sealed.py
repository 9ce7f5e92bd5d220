# ruff: noqa: E501 - a scenario a line
"""Vectors of parts, chunks, grants and slots: what must open, and what must not, each with its own reason."""

from collections.abc import Iterator
from typing import Any

from sync.chunk import seal_chunk
from sync.grant import grant_context, seal_grant
from sync.ids import b64
from sync.keys import ReadingKey, aead_seal, hpke_seal
from sync.part import KIB, bucket_for, header_bytes, pad, padme, read_header
from sync.slot import LANES, MEMORY_KIB, PASSES, Opened, Slot, derive_halves, seal_slot, slot_context
from sync.wire import decode_map, encode
from tests.sync.making.handmade import PartMaker, flipped, header_for
from tests.sync.making.plain_bytes import Made
from tests.sync.making.scene import FORM, Scene

ITEM = bytes(range(16))
PASSPHRASE = "amber kettle distant orchard quiet lantern"


def made(scene: Scene) -> Iterator[Made]:
    yield from _parts(scene)
    yield from _sizes()
    yield from _chunks(scene)
    yield from _grants(scene)
    yield from _slots(scene)


def _parts(scene: Scene) -> Iterator[Made]:
    pid, key, other = scene.pid, scene.reading["family"], scene.reading["protection"]
    log = scene.log("tablet-1").id
    maker = PartMaker(pid, header_for(log, ITEM, FORM, "family", key.public), key.public)
    part = maker.make()

    def given(data: bytes, seed: ReadingKey = key, programme: bytes = pid) -> dict[str, object]:
        return {"programme": b64(programme), "seed": b64(seed.seed), "part": b64(data)}

    header, data = read_header(part)
    yield "part", "a part opens to whom it is sealed", {
        "given": given(part),
        "expect": {
            "header": {
                "log": b64(log), "item": b64(ITEM), "form": b64(FORM), "audience": "family", "key": b64(key.key_id),
                "commit": b64(header.commit),
            },
            "payload": {"pulse": 72},
        },
    }  # fmt: skip
    formless = PartMaker(pid, header_for(log, ITEM, None, "people@arrival", key.public), key.public).make()
    yield "part", "a part of no form opens", {
        "given": given(formless), "expect": {"header": {"form": None, "audience": "people@arrival"}, "payload": {"pulse": 72}},
    }  # fmt: skip
    end = 2 + len(data)
    bad: dict[str, tuple[str, dict[str, object]]] = {
        "a part for protection does not open with the family key": ("not_for_you", given(
            maker.but(header=header_for(log, ITEM, FORM, "family", other.public), to=other.public))),
        "a part whose header names another audience does not open": ("bad_key", given(part.replace(b'"family"', b'"famixy"'))),
        "a part whose header names another item does not open": (
            "bad_key", given(part[:2] + data.replace(b64(ITEM).encode(), b64(ITEM[::-1]).encode()) + part[end:])),
        "a part of another programme does not open": ("bad_key", given(part, programme=sha_like(pid))),
        "a flipped bit in the wrapped key": ("bad_key", given(flipped(part, end + 3))),
        "a flipped bit at the end of the wrapped key": ("bad_key", given(flipped(part, end + 1167))),
        "a flipped bit in the ciphertext": ("bad_ciphertext", given(flipped(part, end + 1168))),
        "a flipped bit in the tag": ("bad_ciphertext", given(flipped(part, -1))),
        "a content key that is not the committed one": ("bad_commit", given(maker.but(commit_to=b"other" * 8))),
        "padding that is not zero": ("bad_padding", given(maker.but(padded=flipped(pad(b"{}", 4096), -1)))),
        "padding that is not zero right after the JSON": ("bad_padding", given(maker.but(padded=flipped(pad(b"{}", 4096), 6)))),
        "a length beyond the bucket": ("bad_padding", given(maker.but(padded=b"\0\0\x10\0" + bytes(4092)))),
        "a plaintext with a duplicate key": ("malformed", given(maker.but(padded=pad(b'{"a":1,"a":2}', 4096)))),
        "a plaintext that is a list": ("malformed", given(maker.but(padded=pad(b"[1]", 4096)))),
        "an empty plaintext": ("malformed", given(maker.but(padded=bytes(4096)))),
        "a size that is no bucket": ("bad_part", given(maker.but(padded=pad(b"{}", 4097)))),
        "a size above sixty-four KiB that is not Padmé's": ("bad_part", given(maker.but(padded=pad(b"{}", 70_001)))),
        "a cut part": ("bad_part", given(part[:-1])),
        "a part cut in its header": ("bad_part", given(part[:40])),
        "no part at all": ("bad_part", given(b"")),
        "a header length beyond the part": ("bad_part", given(b"\xff\xff" + part[2:])),
    }  # fmt: skip
    log64 = b64(log).encode()
    headers: dict[str, bytes] = {
        "a header with a space": data.replace(b'"v":1', b'"v": 1'),
        "a header with its keys in another order": b'{"log":"' + log64 + b'","v":1' + data[len(b'{"v":1,"log":"' + log64 + b'"') :],
        "a header with one key more": data[:-1] + b',"more":1}',
        "a header with a duplicate key": data[:-1] + b',"v":1}',
        "a header with a key less": data.replace(b'"form":"' + b64(FORM).encode() + b'",', b""),
        "a header of version 2": data.replace(b'"v":1', b'"v":2'),
        "a header whose version is 1.0": data.replace(b'"v":1', b'"v":1.0'),
        "a header with an escape where none is needed": data.replace(b'"family"', b'"\\u0066amily"'),
        "a header whose audience has a capital": data.replace(b'"family"', b'"Family"'),
        "a header whose audience has a line break": data.replace(b'"family"', b'"family\\n"'),
        "a header whose item is too short": data.replace(b64(ITEM).encode(), b64(ITEM[:15]).encode()),
        "a header with a second spelling of its item": data.replace(b64(ITEM).encode(), b64(ITEM).encode()[:-1] + b"x"),
        "a header that is a list": b"[]",
        "a header that is empty": b"",
    }  # fmt: skip
    for about, raw in headers.items():
        bad[about] = ("bad_part", given(maker.but(header_data=raw) if raw else b"\0\0" + part[end:]))
    for about, (problem, value) in bad.items():
        yield "part", about, {"given": value, "problem": problem}
    assert header_bytes(header) == data


def sha_like(pid: bytes) -> bytes:
    return flipped(pid, 0)


def _sizes() -> Iterator[Made]:
    lengths = [0, 1, 2, 3, 8, 9, 100, 4096, 65_536, 65_537, 70_000, 100_000, 131_072, 131_073, 999_999, 1_000_000]
    yield "sizes", "Padmé rounds up by at most an eighth and tells little", {
        "given": {"lengths": lengths}, "expect": {"padded": [padme(one) for one in lengths]},
    }  # fmt: skip
    for least in (4, 16):
        lengths = [0, 1, 4_091, 4_092, 4_093, 8_188, 8_189, 16_380, 16_381, 65_532, 65_533, 100_000]
        yield "sizes", f"a JSON takes its form's bucket of {least} KiB, else the next that fits", {
            "given": {"least": least * KIB, "lengths": lengths},
            "expect": {"padded": [bucket_for(one, least * KIB) for one in lengths]},
        }  # fmt: skip


def _chunks(scene: Scene) -> Iterator[Made]:
    pid = scene.pid
    first, first_key = seal_chunk(pid, ITEM, 0, 2, b"picture " * 20)
    last, last_key = seal_chunk(pid, ITEM, 1, 2, b"end of it" * 19)

    def given(chunk: bytes, key: bytes, index: int, item: bytes = ITEM, count: int = 2) -> dict[str, object]:
        return {
            "programme": b64(pid),
            "item": b64(item),
            "index": index,
            "count": count,
            "key": b64(key),
            "chunk": b64(chunk),
        }

    yield "chunk", "a chunk opens in its place", {
        "given": given(first, first_key, 0), "expect": {"plaintext": b64(b"picture " * 20)}}  # fmt: skip
    yield "chunk", "the last chunk is padded by Padmé", {
        "given": given(last, last_key, 1), "expect": {"plaintext": b64((b"end of it" * 19).ljust(padme(171), b"\0"))}}  # fmt: skip
    for about, value in {
        "a chunk moved to another place": given(first, first_key, 1),
        "a chunk of another item": given(first, first_key, 0, item=ITEM[::-1]),
        "a chunk told to be one of three": given(first, first_key, 0, count=3),
        "a chunk with another's key": given(first, last_key, 0),
        "a cut chunk": given(first[:-1], first_key, 0),
        "an empty chunk": given(b"", first_key, 0),
    }.items():
        yield "chunk", f"{about} does not open", {"given": value, "problem": "bad_ciphertext"}


def _grants(scene: Scene) -> Iterator[Made]:
    pid, family, reader, stranger = (
        scene.pid,
        scene.reading["family"],
        scene.reading["gulnara"],
        scene.reading["stranger"],
    )
    sealed = seal_grant(pid, "family", 1, family, reader.public)

    def given(
        data: bytes, audience: str = "family", epoch: int = 1, key: bytes = family.key_id, to: ReadingKey = reader
    ) -> dict[str, object]:
        return {"programme": b64(pid), "audience": audience, "epoch": epoch, "audience_key": b64(key), "seed": b64(to.seed), "object": b64(data)}  # fmt: skip

    yield "grant", "a grant opens to its reader", {"given": given(sealed), "expect": {"seed": b64(family.seed)}}
    swapped = _swapped(scene)
    for about, problem, value in [
        ("a grant of another epoch", "bad_key", given(sealed, epoch=2)),
        ("a grant of another audience", "bad_key", given(sealed, audience="protection")),
        ("a grant to another reader", "bad_key", given(sealed, to=stranger)),
        ("a grant for another listed key", "bad_key", given(sealed, key=stranger.key_id)),
        ("a cut grant", "bad_key", given(sealed[:-1])),
        ("a grant whose seed yields another key than the listed one", "swapped_key", given(swapped)),
    ]:
        yield "grant", f"{about} is refused", {"given": value, "problem": problem}


def _swapped(scene: Scene) -> bytes:
    family, reader = scene.reading["family"], scene.reading["gulnara"]
    context = grant_context(scene.pid, "family", 1, family.key_id, reader.key_id)
    return hpke_seal(reader.public, context, scene.reading["stranger"].seed)


def _slots(scene: Scene) -> Iterator[Made]:
    pid, staff = scene.pid, scene.staff["gulnara"]
    keys = Opened(scene.signing["gulnara"], scene.reading["gulnara"], None)
    auth, wrap = derive_halves(pid, staff, "desk", PASSPHRASE)
    desk = seal_slot(pid, staff, "desk", keys, wrap)
    marat = scene.staff["marat"]
    work = Opened(None, None, scene.reading["marat-work"])
    _, work_wrap = derive_halves(pid, marat, "tablet", "four quiet plain words")
    tablet = seal_slot(pid, marat, "tablet", work, work_wrap)

    def given(slot: bytes, person: bytes = staff, kind: str = "desk", **more: object) -> dict[str, object]:
        return {"programme": b64(pid), "staff": b64(person), "kind": kind, "slot": b64(slot), **more}

    yield "slot", "a desk slot opens with its passphrase", {
        "given": given(desk, passphrase=PASSPHRASE),
        "expect": {
            "auth": b64(auth), "keys": [b64(scene.signing["gulnara"].key_id), b64(scene.reading["gulnara"].key_id)],
            "reading": b64(scene.reading["gulnara"].seed),
        },
    }  # fmt: skip
    yield "slot", "a tablet slot opens with its own passphrase", {
        "given": given(tablet, marat, "tablet", passphrase="four quiet plain words"),
        "expect": {"keys": [b64(scene.reading["marat-work"].key_id)], "work": b64(scene.reading["marat-work"].seed)},
    }  # fmt: skip
    yield "slot", "a passphrase is the same in every Unicode form", {
        "given": given(tablet, marat, "tablet", passphrase="four quiet plain ｗｏｒｄｓ"),
        "expect": {"keys": [b64(scene.reading["marat-work"].key_id)], "work": b64(scene.reading["marat-work"].seed)},
    }  # fmt: skip
    yield "slot", "a wrong passphrase opens nothing", {
        "given": given(desk, passphrase=PASSPHRASE + "s"), "problem": "wrong_passphrase"}  # fmt: skip
    base = Slot(1, staff, "desk", MEMORY_KIB, PASSES, LANES, bytes(12), b"", keys.key_ids())

    def slot(secrets: object, ids: list[bytes] | None = None, **cost: int) -> bytes:
        ids = keys.key_ids() if ids is None else ids
        sealed = aead_seal(wrap, base.nonce, encode(secrets), slot_context(pid, staff, "desk", ids))
        return encode({"v": 1, "staff": staff, "kind": "desk", "memory": cost.get("memory", MEMORY_KIB), "passes": cost.get("passes", PASSES), "lanes": cost.get("lanes", LANES), "nonce": base.nonce, "sealed": sealed, "keys": ids})  # fmt: skip

    signing, reading = scene.signing["gulnara"], scene.reading["gulnara"]
    secrets: dict[str, object] = {"programme": pid, "signing": signing.pkcs8(), "reading": reading.seed}
    wrapped: dict[str, Any] = {"wrap": b64(wrap)}
    mismatches = {
        "a slot with another programme inside": slot({**secrets, "programme": flipped(pid, 0)}),
        "a slot whose keys are not those it names": slot({**secrets, "reading": scene.reading["stranger"].seed}),
        "a slot that names one key of two": slot(secrets, [signing.key_id]),
    }
    for about, data in mismatches.items():
        yield "slot", f"{about} is refused", {"given": given(data, **wrapped), "problem": "slot_mismatch"}
    yield "slot", "another person's slot is refused", {
        "given": given(desk, scene.staff["ardak"], **wrapped), "problem": "slot_mismatch"}  # fmt: skip
    yield "slot", "a desk slot for a tablet is refused", {
        "given": given(desk, kind="tablet", **wrapped), "problem": "slot_mismatch"}  # fmt: skip
    costs: dict[str, dict[str, Any]] = {
        "too little memory": {"memory": MEMORY_KIB - 1}, "too few passes": {"passes": 2}, "two lanes": {"lanes": 2},
        "memory that would stop a tablet": {"memory": 2**30}, "passes without end": {"passes": 1_000_000},
    }  # fmt: skip
    for about, cost in costs.items():
        yield "slot", f"a slot with {about} is refused before any work", {
            "given": given(slot(secrets, **cost), passphrase=PASSPHRASE), "problem": "weak_slot"}  # fmt: skip
    yield "slot", "a slot whose key names were changed does not open", {
        "given": given(encode({**_fields(slot(secrets)), "keys": [reading.key_id, signing.key_id]}), **wrapped),
        "problem": "wrong_passphrase"}  # fmt: skip


def _fields(data: bytes) -> dict[str, object]:
    return decode_map(data)
