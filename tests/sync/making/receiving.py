# ruff: noqa: E501 - a scenario a line
"""Vectors of receiving: what a store does with each entry of a push, given what it holds."""

from collections.abc import Iterator
from typing import Any

import msgspec

from sync.directory.bodies import Cut, Erase, RevokeKey
from sync.entry import PartRef, Signed, Submission, entry_hash, submission_of
from sync.entry import read_entry as read
from sync.ids import b64, sha256
from sync.seal import Sealed
from tests.sync.making.handmade import PartMaker, flipped, header_for
from tests.sync.making.openings import ITEM, sealed_as, sealed_submission
from tests.sync.making.plain_bytes import Made
from tests.sync.making.scene import AT, FORM, Scene, signed_json


def made(scene: Scene) -> Iterator[Made]:
    sealed = sealed_submission(scene)
    ids = [one.id for one in submission_of(read(sealed.entry.bytes)).parts]
    full = {"entries": [sealed.entry], "objects": sealed.parts}
    yield _case(scene, "a submission with all its parts is held", full, [("held", None, None, [])])
    yield _case(scene, "a submission whose parts come later waits", {"entries": [sealed.entry], "objects": sealed.parts[:1]}, [("waiting", None, "missing_objects", ids[1:])])  # fmt: skip
    yield _case(scene, "a waiting submission is held when the last part is here", full, [("held", None, None, [])], held={"entries": [sealed.entry], "objects": sealed.parts[1:]})  # fmt: skip
    yield _case(scene, "the same push again changes nothing", full, [("held", None, None, [])], held=full)
    yield _case(scene, "the same bytes with another valid signature are the same entry", {"entries": [_signed_again(scene, sealed.entry)], "objects": []}, [("held", None, None, [])], held=full)  # fmt: skip
    yield from _refused(scene, sealed)
    yield from _chains(scene)
    yield from _revoked_and_erased(scene, sealed, ids)


Push = dict[str, list[Signed] | list[bytes]]
Outcome = tuple[str, str | None, str | None, list[bytes]]


def _case(
    scene: Scene, about: str, push: Push, outcomes: list[Outcome], held: Push | None = None,
    append: list[Signed] | None = None, **more: object,
) -> Made:  # fmt: skip
    expect = [
        {"state": state, "remark": remark, "problem": problem, "missing": [b64(one) for one in missing]}
        for state, remark, problem, missing in outcomes
    ]
    given = {
        "directory": None, "append": [signed_json(one) for one in append or []], "at": AT,
        "held": _json(held or {"entries": [], "objects": []}), "push": _json(push), **more,
    }  # fmt: skip
    return "receive", about, {"given": given, "expect": {"entries": expect}}


def _json(push: Push) -> dict[str, object]:
    entries = [signed_json(one) for one in push["entries"] if isinstance(one, Signed)]
    return {"entries": entries, "objects": [b64(one) for one in push["objects"] if isinstance(one, bytes)]}


def _signed_again(scene: Scene, signed: Signed) -> Signed:
    return Signed(signed.bytes, scene.signing["tablet-1"].sign("esik/1/entry", scene.pid, signed.bytes))


def _refused(scene: Scene, sealed: Sealed) -> Iterator[Made]:
    entry, parts = sealed.entry, sealed.parts
    log, public = scene.log("tablet-1").id, scene.reading["family-2"].public
    maker = PartMaker(scene.pid, header_for(log, ITEM, FORM, "family", public), public)

    def naming(part: bytes, **changes: object) -> Signed:
        ref = msgspec.structs.replace(PartRef(sha256(part), "family", sha256(public), len(part)), **changes)
        body = Submission(ITEM, FORM, [], None, [ref], [])
        return scene.log("tablet-1").write("submission", body, directory=scene.head(), at=AT)

    good = maker.make()
    stranger = PartMaker(scene.pid, header_for(log, ITEM, FORM, "family", scene.reading["stranger"].public), scene.reading["stranger"].public).make()  # fmt: skip
    for about, problem, signed, objects in [
        ("an entry that cannot be read", "malformed", Signed(entry.bytes[:-1], entry.signature), parts),
        ("a stranger's entry", "unknown_device", sealed_as(scene, "stranger"), []),
        ("a store's entry", "unknown_device", sealed_as(scene, "centre"), []),
        ("an invitation's entry", "unknown_device", sealed_as(scene, "invitation-two"), []),
        ("an entry with a bad signature", "bad_signature", Signed(entry.bytes, flipped(entry.signature, 1)), parts),
        ("a part that is badly framed", "bad_part", naming(good[:-1]), [good[:-1]]),
        ("a part of another size than named", "bad_part", naming(good, size=len(good) + 1), [good]),
        ("a part sealed to an unlisted key", "bad_part", naming(stranger, key=scene.reading["stranger"].key_id), [stranger]),
        ("a part that is not here under an unlisted key", "bad_part", naming(stranger, key=scene.reading["stranger"].key_id), []),
        ("a part named under another audience's key", "bad_part", naming(good, audience="protection"), [good]),
        ("a part whose header names another key than its entry", "bad_part", naming(good, key=scene.reading["family"].key_id), [good]),
    ]:  # fmt: skip
        push: Push = {"entries": [signed], "objects": objects}
        yield _case(scene, f"{about} is refused", push, [("refused", None, problem, [])])
    yield _case(scene, "one bad entry does not keep the next from being held", {"entries": [sealed_as(scene, "stranger"), entry], "objects": parts}, [("refused", None, "unknown_device", []), ("held", None, None, [])])  # fmt: skip
    limit: dict[str, Any] = {"limits": {"daily": 1000, "revoked": 1000}}
    yield _case(scene, "more than a day's bytes are over the limit", {"entries": [entry], "objects": parts}, [("refused", None, "over_limit", [])], **limit)  # fmt: skip
    yield _case(scene, "what is here already is not over the limit", {"entries": [entry], "objects": []}, [("held", None, None, [])], held={"entries": [entry], "objects": parts}, **limit)  # fmt: skip


def _chains(scene: Scene) -> Iterator[Made]:
    head, log = scene.head(), scene.log("tablet-1")
    one, two, three = (log.write("note", {}, directory=head, at=AT + n) for n in range(3))
    twin = scene.log("tablet-1").write("note", {}, directory=head, at=AT + 99)
    held: Outcome = ("held", None, None, [])
    fork: Outcome = ("held", "fork", None, [])
    gap: Outcome = ("held", "gap", None, [])
    broken: Outcome = ("waiting", None, "broken_chain", [])
    none: list[bytes] = []

    def push(*entries: Signed) -> Push:
        return {"entries": list(entries), "objects": none}

    yield _case(scene, "a chain in one push is held", push(one, two, three), [held, held, held])
    yield _case(scene, "an entry whose predecessor is not here is held with a gap", push(one, three), [held, gap])
    yield _case(scene, "entries in the wrong order are held", push(two, one), [gap, held])
    yield _case(scene, "a gap closes when what is missing comes", push(two), [held], held=push(one, three))
    yield _case(scene, "two entries with one number are a fork", push(one, twin), [held, fork])
    yield _case(scene, "a fork with what is held", push(twin), [fork], held=push(one, two))
    skipped = scene.log("tablet-1")
    skipped.seq, skipped.prev = 4, entry_hash(one.bytes)
    yield _case(scene, "an entry that leaves numbers out breaks the chain", push(one, skipped.write("note", {}, directory=head, at=AT)), [held, broken])  # fmt: skip
    other = scene.log("tablet-1", b"another.")
    other.seq, other.prev = 1, entry_hash(one.bytes)
    yield _case(scene, "an entry on another log's chain is broken", push(one, other.write("note", {}, directory=head, at=AT)), [held, broken])  # fmt: skip


def _revoked_and_erased(scene: Scene, sealed: Sealed, ids: list[bytes]) -> Iterator[Made]:
    log = scene.log("tablet-1")
    head = scene.head()
    one, two, three = (log.write("note", {}, directory=head, at=AT + n) for n in range(3))
    draft = scene.draft()
    draft.write("revoke", RevokeKey(scene.signing["tablet-1"].key_id, "lost", [Cut(log.id, 2, entry_hash(two.bytes))]))
    kept: Outcome = ("held", "revoked", None, [])
    held: Outcome = ("held", None, None, [])
    push: Push = {"entries": [two, one, three], "objects": []}
    yield _case(scene, "a revoked tablet's entries up to the cut stand, the rest is kept apart", push, [("held", "gap", None, []), held, kept], append=draft.entries)  # fmt: skip
    yield _case(scene, "a revoked tablet has little room", {"entries": [three], "objects": []}, [("refused", None, "over_limit", [])], append=draft.entries, limits={"daily": 10**9, "revoked": 100})  # fmt: skip
    draft = scene.draft()
    draft.write("erase", Erase([ids[0], ids[3]], "withdrawal", scene.staff["gulnara"]))
    yield _case(scene, "erased objects count as held", {"entries": [sealed.entry], "objects": sealed.parts[1:3]}, [held], append=draft.entries)  # fmt: skip
    yield _case(scene, "an erased object that comes again is not wanted", {"entries": [sealed.entry], "objects": sealed.parts}, [held], append=draft.entries, stored=[b64(one) for one in ids[1:3]])  # fmt: skip
