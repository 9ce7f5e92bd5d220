# ruff: noqa: E501 - a scenario a line
"""Vectors of the directory: views that meet, chains that are compared, what stands after a revocation, slots."""

from collections.abc import Iterator, Mapping

import msgspec

from sync.directory.bodies import Cut, RevokeKey, Site
from sync.directory.write import directory_entry
from sync.entry import Head, Signed, entry_hash
from sync.ids import b64, sha256
from tests.sync.making.directories import LATER, after
from tests.sync.making.plain_bytes import Made
from tests.sync.making.scene import AT, Scene, signed_json

Body = msgspec.Struct | Mapping[str, object]


def made(scene: Scene) -> Iterator[Made]:
    yield from _views(scene)
    yield from _comparisons(scene)
    yield from _standing(scene)
    yield from _slots(scene)


def _views(scene: Scene) -> Iterator[Made]:
    whole = scene.directory()
    for about, head, expect in [
        ("the head is seen", whole.head, {"expect": "seen"}),
        ("an older place is seen", Head(3, whole.hash_at(3) or b""), {"expect": "seen"}),
        ("a place beyond mine is ahead", Head(whole.seq + 5, sha256(b"x")), {"expect": "ahead"}),
        ("another hash at a number of mine is a split", Head(3, sha256(b"x")), {"problem": "split_directory"}),
    ]:
        assert head is not None
        yield "directory-view", about, {"given": {"directory": None, "seq": head.seq, "hash": b64(head.hash)}, **expect}


def _comparisons(scene: Scene) -> Iterator[Made]:
    """What a store shows, against what was seen; both go on from the first `directory` entries."""
    short, sites = len(scene.chain) - 2, [Site(name, name, "centre") for name in ("one", "two")]
    base = scene.directory(short)
    one, two = (directory_entry(base, scene.signing["aliya"], "site", site, at=LATER) for site in sites)
    branch = after(base, [two])
    follow = directory_entry(branch, scene.signing["root"], "follow", {"seq": branch.seq, "hash": entry_hash(two.bytes)}, at=LATER)  # fmt: skip
    false = directory_entry(branch, scene.signing["root"], "follow", {"seq": 1, "hash": branch.hash_at(1)}, at=LATER)
    cases: list[tuple[str, list[Signed], list[Signed], str | None]] = [
        ("the same chain", [one], [one], None),
        ("a longer chain", [], [one], None),
        ("a shorter chain", [one], [], "shortened_directory"),
        ("another chain of the same length", [one], [two], "split_directory"),
        ("another chain that is longer", [one], [two, false], "split_directory"),
        ("another chain that the root says to follow", [one], [two, follow], None),
    ]
    for about, seen, shown, problem in cases:
        given = {"directory": short, "seen": [signed_json(x) for x in seen], "shown": [signed_json(x) for x in shown]}
        yield "directory-compare", about, {"given": given, **({"problem": problem} if problem else {"expect": None})}


def _standing(scene: Scene) -> Iterator[Made]:
    log = scene.log("tablet-1")
    head = scene.head()
    chain = [log.write("note", {}, directory=head, at=AT + n).bytes for n in range(4)]
    hashes = [entry_hash(one) for one in chain]
    twin = scene.log("tablet-1").write("note", {}, directory=head, at=AT + 99).bytes
    draft = scene.draft()
    draft.write("revoke", RevokeKey(scene.signing["tablet-1"].key_id, "lost", [Cut(log.id, 3, hashes[2])]))
    more = [signed_json(one) for one in draft.entries]
    another = scene.log("tablet-1", b"another.").write("note", {}, directory=head, at=AT).bytes
    for about, signed, held, expect in [
        ("an entry that is the cut stands", chain[2], [], None),
        ("an entry on the chain up to the cut stands", chain[0], chain, None),
        ("an entry before the cut whose chain is not here is kept apart", chain[0], [chain[2]], "revoked"),
        ("an entry after the cut is kept apart", chain[3], chain, "revoked"),
        ("an entry of a fork before the cut is kept apart", twin, [*chain, twin], "revoked"),
        ("an entry of a log that the cut does not name is kept apart", another, [another], "revoked"),
    ]:
        given = {"directory": None, "append": more, "entry": b64(signed), "held": [b64(one) for one in held]}
        yield "directory-standing", about, {"given": given, "expect": expect}
    given = {"directory": None, "append": [], "entry": b64(chain[3]), "held": []}
    yield "directory-standing", "an entry of a tablet that was not revoked stands", {"given": given, "expect": None}


def _slots(scene: Scene) -> Iterator[Made]:
    sign, read, staff = scene.signing, scene.reading, scene.staff
    desk = [sign["gulnara"].key_id, read["gulnara"].key_id]
    for about, person, kind, keys, problem in [
        ("a desk slot with the listed keys", "gulnara", "desk", desk, None),
        ("a tablet slot with the listed key", "marat", "tablet", [read["marat-work"].key_id], None),
        ("a desk slot with a stranger's reading key", "gulnara", "desk", [desk[0], read["stranger"].key_id], "slot_mismatch"),
        ("a desk slot with another person's keys", "ardak", "desk", desk, "slot_mismatch"),
        ("a desk slot with its keys changed about", "gulnara", "desk", desk[::-1], "slot_mismatch"),
        ("a tablet slot of somebody without tablets", "gulnara", "tablet", [], "slot_mismatch"),
    ]:  # fmt: skip
        given = {"directory": None, "staff": b64(staff[person]), "kind": kind, "keys": [b64(one) for one in keys]}
        yield "directory-slot", about, {"given": given, **({"problem": problem} if problem else {"expect": None})}
