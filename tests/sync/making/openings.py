# ruff: noqa: E501 - a scenario a line
"""Vectors of Opening: one honest submission, and every step failing for its own reason."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from sync.attachments import SealedAttachment
from sync.directory.bodies import Cut, RevokeKey
from sync.entry import PartRef, Signed, Submission, entry_hash, submission_of
from sync.entry import read_entry as read
from sync.ids import b64, sha256
from sync.keys import ReadingKey
from sync.part import pad
from sync.seal import Sealed, seal_decision, seal_submission
from tests.sync.making.handmade import PartMaker, flipped, header_for
from tests.sync.making.plain_bytes import Made
from tests.sync.making.scene import AT, AUDIENCES, FORM, Scene, signed_json

ITEM = bytes(range(16))
HELD = ("people@arrival", "coordination", "family", "family-2")


def payload(audience: str) -> dict[str, object]:
    """What one audience reads."""
    return {"v": 1, "audience": audience, "answers": {"words": f"есік for {audience}"}}


def sealed_submission(
    scene: Scene,
    item: bytes = ITEM,
    name: str = "tablet-1",
    attachments: Mapping[str, Sequence[SealedAttachment]] | None = None,
) -> Sealed:
    """An honest submission by that tablet."""
    return seal_submission(
        scene.directory(), scene.log(name), version=FORM, submission=item,
        payloads={audience: payload(audience) for audience in AUDIENCES}, at=AT,
        attachments=attachments,
    )  # fmt: skip


def resigned(
    scene: Scene, sealed: Sealed, change: Callable[[Submission], Submission], name: str = "tablet-1"
) -> Signed:
    """The entry with another body, signed by the tablet itself."""
    body = change(submission_of(read(sealed.entry.bytes)))
    return scene.log(name).write("submission", body, directory=scene.head(), at=AT)


def made(scene: Scene) -> Iterator[Made]:
    sealed = sealed_submission(scene)
    yield "opening", "a reviewer opens what she holds, and protection stays sealed", {
        "given": _given(scene, sealed.entry, sealed.parts),
        "expect": {
            "hash": b64(entry_hash(sealed.entry.bytes)),
            "parts": [
                {"audience": "people@arrival", "payload": payload("people")},
                {"audience": "coordination", "payload": payload("coordination")},
                {"audience": "family", "payload": payload("family")},
                {"audience": "protection", "step": 7, "problem": "not_for_you"},
            ],
        },
    }  # fmt: skip
    yield from _decision(scene, sealed)
    yield from _entry_steps(scene, sealed)
    yield from _part_steps(scene, sealed)


def _given(scene: Scene, entry: Signed, parts: list[bytes], **more: object) -> dict[str, object]:
    """`parts` come under the ids that the entry names, in its order: what a store says they are."""
    seeds = [b64(scene.reading[name].seed) for name in HELD]
    return {"directory": None, "append": [], "entry": signed_json(entry), "parts": [b64(one) for one in parts], "seeds": seeds, "held": [], **more}  # fmt: skip


def _fails(scene: Scene, step: int, problem: str, entry: Signed, parts: list[bytes], audience: str | None, **more: object) -> dict[str, object]:  # fmt: skip
    return {"given": _given(scene, entry, parts, **more), "problem": problem, "step": step, "audience": audience}


def _decision(scene: Scene, sealed: Sealed) -> Iterator[Made]:
    decision = seal_decision(
        scene.directory(), scene.log("gulnara"), of=entry_hash(sealed.entry.bytes), state="returned",
        payloads={"people@arrival": {"question": "Which name?"}, "coordination": {"reason": "unclear"}}, at=AT,
    )  # fmt: skip
    yield "opening", "a reviewer's decision opens without a form", {
        "given": _given(scene, decision.entry, decision.parts),
        "expect": {
            "hash": b64(entry_hash(decision.entry.bytes)),
            "parts": [
                {"audience": "people@arrival", "payload": {"question": "Which name?"}},
                {"audience": "coordination", "payload": {"reason": "unclear"}},
            ],
        },
    }  # fmt: skip


def _entry_steps(scene: Scene, sealed: Sealed) -> Iterator[Made]:
    entry, parts = sealed.entry, sealed.parts
    stranger = sealed_as(scene, "stranger")
    draft = scene.draft()
    draft.write("revoke", RevokeKey(scene.signing["tablet-1"].key_id, "lost", []))
    nothing = [signed_json(one) for one in draft.entries]
    draft = scene.draft()
    draft.write("revoke", RevokeKey(scene.signing["tablet-1"].key_id, "lost", [Cut(scene.log("tablet-1").id, 1, entry_hash(entry.bytes))]))  # fmt: skip
    upto = [signed_json(one) for one in draft.entries]
    for about, step, problem, signed, more in [
        ("a flipped bit in the entry", 1, "bad_signature", Signed(flipped(entry.bytes, entry.bytes.index(scene.head().hash)), entry.signature), {}),
        ("another tablet's signature", 1, "bad_signature", Signed(entry.bytes, scene.signing["tablet-2"].sign("esik/1/entry", scene.pid, entry.bytes)), {}),
        ("an entry that cannot be read", 1, "malformed", Signed(entry.bytes[:-1], entry.signature), {}),
        ("a stranger's entry", 2, "unknown_device", stranger, {}),
        ("an entry by a revoked tablet", 2, "revoked", entry, {"append": nothing}),
    ]:  # fmt: skip
        yield (
            "opening",
            f"step {step}: {about} is shown as nobody's",
            _fails(scene, step, problem, signed, parts, None, **more),
        )
    yield "opening", "an entry up to the cut of a revoked tablet opens", {
        "given": _given(scene, entry, parts, append=upto),
        "expect": {"hash": b64(entry_hash(entry.bytes)), "parts": [
            *({"audience": one, "payload": payload(one.partition("@")[0])} for one in HELD[:3]),
            {"audience": "protection", "step": 7, "problem": "not_for_you"},
        ]},
    }  # fmt: skip


def sealed_as(scene: Scene, name: str) -> Signed:
    """A submission in the log of somebody whom the directory does not list."""
    body = Submission(ITEM, FORM, [], None, [], [])
    return scene.log(name).write("submission", body, directory=scene.head(), at=AT)


def _part_steps(scene: Scene, sealed: Sealed) -> Iterator[Made]:
    entry, parts = sealed.entry, sealed.parts
    people, coordination, family, protection = parts
    other, again = sealed_submission(scene, ITEM[::-1]), sealed_submission(scene).parts[1]
    log, public = scene.log("tablet-1").id, scene.reading["family-2"].public
    header = header_for(log, ITEM, FORM, "family", public)
    maker = PartMaker(scene.pid, header, public)

    def naming(part: bytes, at: int = 2, audience: str | None = None, key: bytes | None = None) -> Signed:
        """The entry, naming `part` in place of the one at `at`, signed by the tablet itself."""

        def change(body: Submission) -> Submission:
            old = body.parts[at]
            ref = PartRef(sha256(part), audience or old.audience, key or old.key, len(part))
            return msgspec.structs.replace(body, parts=[*body.parts[:at], ref, *body.parts[at + 1 :]])

        return resigned(scene, sealed, change)

    def family_case(step: int, problem: str, part: bytes, **ref: bytes | str) -> dict[str, object]:
        return _fails(scene, step, problem, naming(part, **ref), [people, coordination, part, protection], "family")  # type: ignore[arg-type]

    stranger = ReadingKey.generate().public
    first = scene.reading["family"].public
    swapped = PartMaker(scene.pid, header_for(log, ITEM, FORM, "family", stranger), stranger).make()
    cases: dict[str, dict[str, object]] = {
        "step 3: a store that gives other bytes": _fails(scene, 3, "hash_differs", entry, [people, coordination, flipped(family, -1), protection], "family"),
        "step 3: a store that gives another part of the same entry": _fails(scene, 3, "hash_differs", entry, [people, coordination, coordination, protection], "family"),
        "step 4: a part of another submission under its own name": family_case(4, "bad_binding", other.parts[2]),
        "step 4: a part of another tablet": family_case(4, "bad_binding", sealed_submission(scene, ITEM, "tablet-2").parts[2]),
        "step 4: a part of another form": family_case(4, "bad_binding", maker.but(header=header_for(log, ITEM, sha256(b"other form"), "family", public))),
        "step 4: a part of no form in a submission": family_case(4, "bad_binding", maker.but(header=header_for(log, ITEM, None, "family", public))),
        "step 4: a part for another audience than the manifest says": _fails(scene, 4, "bad_binding", naming(again, key=scene.reading["coordination"].key_id), [people, coordination, again, protection], "family"),
        "step 4: a part under another key than the manifest says": family_case(4, "bad_binding", maker.make(), key=scene.reading["family"].key_id),
        "step 4: a part that is badly framed": family_case(4, "bad_part", maker.make()[:-1]),
        "step 6: a part sealed to a key that is no epoch": family_case(6, "wrong_epoch", swapped, key=sha256(stranger)),
        "step 7: a wrapped key that does not open": family_case(7, "bad_key", flipped(maker.make(), 2 + len(b"x") + 1200)),
        "step 7: a content key that is not the committed one": family_case(7, "bad_commit", maker.but(commit_to=b"other" * 8)),
        "step 7: a flipped ciphertext": family_case(7, "bad_ciphertext", flipped(maker.make(), -20)),
        "step 8: padding that is not zero": family_case(8, "bad_padding", maker.but(padded=flipped(pad(b"{}", 4096), -1))),
        "step 8: a JSON with a duplicate key": family_case(8, "malformed", maker.but(padded=pad(b'{"a":1,"a":2}', 4096))),
    }  # fmt: skip
    for about, vector in cases.items():
        yield "opening", about, vector
    old = maker.but(header=header_for(log, ITEM, FORM, "family", first), to=first)
    yield "opening", "a part sealed to an older epoch opens", {
        "given": _given(scene, naming(old, key=sha256(first)), [people, coordination, old, protection]),
        "expect": {"parts": [
            {"audience": "people@arrival", "payload": payload("people")},
            {"audience": "coordination", "payload": payload("coordination")},
            {"audience": "family", "payload": {"pulse": 72}},
            {"audience": "protection", "step": 7, "problem": "not_for_you"},
        ]},
    }  # fmt: skip
    yield from _audience_steps(scene, sealed, maker)


def _audience_steps(scene: Scene, sealed: Sealed, maker: PartMaker) -> Iterator[Made]:
    people, coordination, family, _ = sealed.parts

    def less(body: Submission) -> Submission:
        return msgspec.structs.replace(body, parts=body.parts[:3])

    def other_form(body: Submission) -> Submission:
        return msgspec.structs.replace(body, form=sha256(b"nobody published"))

    yield "opening", "step 5: a submission that leaves an audience out", _fails(
        scene, 5, "wrong_audiences", resigned(scene, sealed, less), [people, coordination, family], "family")  # fmt: skip
    second = maker.make()
    twin = resigned(scene, sealed, lambda body: msgspec.structs.replace(body, parts=[*body.parts, PartRef(sha256(second), "family", maker.header.key, len(second))]))  # fmt: skip
    yield "opening", "step 5: a submission with two parts for one audience", _fails(
        scene, 5, "wrong_audiences", twin, [*sealed.parts, second], "coordination")  # fmt: skip
    key = scene.reading["family-2"].public
    header = header_for(maker.header.log, ITEM, sha256(b"nobody published"), "family", key)
    part = PartMaker(scene.pid, header, key).make()
    unlisted = resigned(scene, sealed, lambda body: msgspec.structs.replace(other_form(body), parts=[PartRef(sha256(part), "family", header.key, len(part))]))  # fmt: skip
    yield "opening", "step 5: a submission of a form that nobody published", _fails(
        scene, 5, "wrong_audiences", unlisted, [part], "family")  # fmt: skip
