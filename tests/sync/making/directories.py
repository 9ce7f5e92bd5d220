# ruff: noqa: E501 - a scenario a line
"""Vectors of the directory: who signs what, one view, revocation and what it leaves standing."""

from collections.abc import Callable, Iterator, Mapping

import msgspec

from sync.directory import Directory
from sync.directory.bodies import Bucket as FormBucket
from sync.directory.bodies import Cut, Erase, Form, Invitation, RevokeKey, Site, Staff
from sync.directory.write import Draft, device_body, directory_entry
from sync.entry import Signed, entry_hash, write_entry
from sync.grant import GRANT_SIZE
from sync.ids import ZERO_HASH, b64, directory_log, sha256
from sync.keys import ReadingKey, SigningKey
from sync.problems import Problem
from tests.sync.making.chains import empty_submission
from tests.sync.making.handmade import flipped
from tests.sync.making.plain_bytes import Made
from tests.sync.making.scene import AT, DAY, FORM, Scene, signed_json

Body = msgspec.Struct | Mapping[str, object]
LATER = AT + DAY


def made(scene: Scene) -> Iterator[Made]:
    yield "directory", "the whole directory is read", {
        "given": {"directory": 0, "append": [signed_json(one) for one in scene.chain], "at": None},
        "expect": facts(scene.directory()),
    }  # fmt: skip
    yield from _refused(scene)
    yield from _beginnings(scene)
    yield from _accepted(scene)


def facts(directory: Directory) -> dict[str, object]:
    """What a directory lists, to compare by."""
    assert directory.head is not None
    return {
        "seq": directory.seq,
        "hash": b64(directory.head.hash),
        "administrators": [b64(one.staff) for one in directory.administrators],
        "staff": [b64(one) for one in directory.staff],
        "devices": [b64(one) for one in directory.devices],
        "stores": [b64(one) for one in directory.stores],
        "sites": list(directory.sites),
        "audiences": {name: [b64(one.key_id) for one in epochs] for name, epochs in directory.audiences.items()},
        "grants": [b64(one) for one in directory.grants],
        "forms": [b64(one) for one in directory.forms],
        "revoked": [b64(one) for one in sorted(directory.revoked)],
        "erased": [b64(one) for one in directory.erased],
        "void": [b64(one) for one in sorted(directory.void)],
    }


def _given(signed: list[Signed], at: int | None = LATER) -> dict[str, object]:
    return {"directory": None, "append": [signed_json(one) for one in signed], "at": at}


def _refused(scene: Scene) -> Iterator[Made]:
    """One entry on the whole chain, and why not."""
    whole = scene.directory()
    sign, read, staff = scene.signing, scene.reading, scene.staff
    fresh_sign, fresh_read = SigningKey.generate().public, ReadingKey.generate().public
    site = Site("shymkent", "Shymkent", "centre")
    person = Staff(bytes(16), "Nurlan", None, None, fresh_read, "arrival", [])
    grant_entry = next(iter(whole.grants))

    def device(key: str, name: str, **changes: object) -> Body:
        body = device_body(scene.pid, name=name, site="arrival", signing=sign["stranger"], reading=read["stranger"], invitation=sign[key].key_id)  # fmt: skip
        return msgspec.structs.replace(body, **changes)

    def grant(audience: str, epoch: int, reader: ReadingKey, size: int = GRANT_SIZE) -> Body:
        return {"audience": audience, "epoch": epoch, "reader": reader.key_id, "object": sha256(b"o"), "size": size}

    def administrator(name: str) -> Body:
        return {"staff": bytes(16), "name": name, "signing": fresh_sign, "reading": fresh_read, "work": None, "site": "arrival", "stations": []}  # fmt: skip

    def key(audience: str, epoch: int, public: bytes = fresh_read, steward: bytes = staff["aliya"]) -> Body:
        return {"audience": audience, "epoch": epoch, "key": public, "steward": steward}

    def form(number: int = 2, version: bytes = sha256(b"2"), audience: str = "people", bucket: int = 4096) -> Body:
        return Form("registration", number, version, [FormBucket(audience, bucket)], [])

    def aliya_as_staff() -> Body:
        return Staff(staff["aliya"], "Aliya", fresh_sign, fresh_read, None, "arrival", [])

    cases: list[tuple[str, str, str, str, Body]] = [
        ("a reviewer who adds a site", "wrong_signer", "gulnara", "site", site),
        ("a tablet that adds a site", "wrong_signer", "tablet-1", "site", site),
        ("the root who adds a site", "wrong_signer", "root", "site", site),
        ("the centre that adds a site", "wrong_signer", "centre", "site", site),
        ("an invitation that adds a site", "wrong_signer", "invitation-two", "site", site),
        ("a stranger who adds a site", "unknown_device", "stranger", "site", site),
        ("an administrator who makes an administrator", "wrong_signer", "aliya", "administrator", administrator("Nurlan")),
        ("an administrator who lists an administrator as staff", "wrong_signer", "aliya", "staff", aliya_as_staff()),
        ("an administrator who revokes an administrator", "wrong_signer", "aliya", "revoke", RevokeKey(sign["aliya"].key_id, "", [])),
        ("an administrator who says which branch to follow", "wrong_signer", "aliya", "follow", {"seq": 1, "hash": entry_hash(scene.chain[0].bytes)}),
        ("an administrator who enrols a tablet", "wrong_signer", "aliya", "device", device("invitation-two", "x")),
        ("a second programme entry", "wrong_programme", "root", "programme", {"name": "Two", "root": sign["root"].public, "recovery": read["recovery"].public}),
        ("a reviewer who says something of an unknown kind", "wrong_signer", "gulnara", "later_kind", {}),
        ("staff at a site that is not there", "not_listed", "aliya", "staff", msgspec.structs.replace(person, site="nowhere")),
        ("staff without any key", "malformed", "aliya", "staff", msgspec.structs.replace(person, work=None)),
        ("staff with half a desk", "malformed", "aliya", "staff", msgspec.structs.replace(person, signing=fresh_sign)),
        ("staff with a tablet's key", "already_listed", "aliya", "staff", msgspec.structs.replace(person, work=read["tablet-1"].public)),
        ("staff with an audience's key", "already_listed", "aliya", "staff", msgspec.structs.replace(person, work=read["family"].public)),
        ("staff with one key twice", "already_listed", "aliya", "staff", msgspec.structs.replace(person, signing=fresh_sign, reading=fresh_read)),
        ("staff with a compressed signing key", "malformed", "aliya", "staff", msgspec.structs.replace(person, signing=b"\2" + bytes(64), reading=read["stranger"].public)),
        ("staff without a name", "malformed", "aliya", "staff", msgspec.structs.replace(person, name="")),
        ("a site whose name has a space", "malformed", "aliya", "site", {"site": "the hall", "name": "x", "role": "arrival"}),
        ("a site with a line break at its end", "malformed", "aliya", "site", {"site": "hall\n", "name": "x", "role": "arrival"}),
        ("a store with a tablet's key", "already_listed", "aliya", "store", {"key": sign["tablet-1"].public, "role": "centre", "name": "x"}),
        ("a store of a role that cannot be", "malformed", "aliya", "store", {"key": fresh_sign, "role": "mirror", "name": "x"}),
        ("an epoch with a hole", "out_of_order", "aliya", "audience", key("family", 4)),
        ("an epoch once more", "out_of_order", "aliya", "audience", key("family", 2)),
        ("a first epoch that is not one", "out_of_order", "aliya", "audience", key("medical", 2)),
        ("an epoch with an old epoch's key", "already_listed", "aliya", "audience", key("family", 3, read["family"].public)),
        ("an epoch with a reader's key", "already_listed", "aliya", "audience", key("family", 3, read["gulnara"].public)),
        ("an epoch whose steward nobody knows", "not_listed", "aliya", "audience", key("family", 3, steward=bytes(16))),
        ("people of a site that is not there", "not_listed", "aliya", "audience", key("people@nowhere", 1)),
        ("people of no site", "malformed", "aliya", "audience", key("people", 1)),
        ("another audience held by site", "malformed", "aliya", "audience", key("family@arrival", 1)),
        ("a grant of an epoch that is not there", "not_listed", "aliya", "grant", grant("family", 3, read["ardak"])),
        ("a grant of an audience that is not there", "not_listed", "aliya", "grant", grant("medical", 1, read["ardak"])),
        ("a grant to nobody", "not_listed", "aliya", "grant", grant("family", 2, read["stranger"])),
        ("a grant of family to a tablet", "wrong_reader", "aliya", "grant", grant("family", 2, read["tablet-1"])),
        ("a grant to a work key", "wrong_reader", "aliya", "grant", grant("people@arrival", 1, read["marat-work"])),
        ("a grant that is there already", "already_listed", "aliya", "grant", grant("family", 2, read["gulnara"])),
        ("a grant of another size", "malformed", "aliya", "grant", grant("family", 2, read["ardak"], GRANT_SIZE - 1)),
        ("an invitation with a listed key", "already_listed", "aliya", "invitation", Invitation(sign["centre"].public, "arrival", LATER, 1, "x")),
        ("an invitation for nobody", "malformed", "aliya", "invitation", {"key": fresh_sign, "site": "arrival", "end": LATER, "count": 0, "name": "x"}),
        ("an invitation to a site that is not there", "not_listed", "aliya", "invitation", Invitation(fresh_sign, "nowhere", LATER, 1, "x")),
        ("a tablet with a used invitation", "invitation_used", "invitation", "device", device("invitation", "T-03")),
        ("a tablet with an expired invitation", "invitation_expired", "invitation-past", "device", device("invitation-past", "T-03")),
        ("a tablet that names another's invitation", "wrong_signer", "invitation-two", "device", device("invitation", "T-03")),
        ("a tablet at another site than invited to", "wrong_signer", "invitation-two", "device", device("invitation-two", "T-03", site="almaty")),
        ("a tablet without proof of its key", "bad_signature", "invitation-two", "device", device("invitation-two", "T-03", proof=bytes(64))),
        ("a tablet whose proof is for another reading key", "bad_signature", "invitation-two", "device", device("invitation-two", "T-03", reading=fresh_read)),
        ("a tablet that enrols twice", "already_listed", "invitation-two", "device", device_body(scene.pid, name="again", site="arrival", signing=sign["tablet-2"], reading=read["tablet-2"], invitation=sign["invitation-two"].key_id)),
        ("a form version that is there already", "already_listed", "aliya", "form", form(version=FORM)),
        ("a form number with a hole", "out_of_order", "aliya", "form", form(number=3)),
        ("a form whose bucket cannot be", "malformed", "aliya", "form", form(bucket=5000)),
        ("a form for people of one site", "malformed", "aliya", "form", form(audience="people@arrival")),
        ("a form without audiences", "malformed", "aliya", "form", {"form": "x", "number": 1, "version": sha256(b"x"), "audiences": [], "files": []}),
        ("a revoke of nobody", "not_listed", "aliya", "revoke", RevokeKey(sha256(b"?"), "", [])),
        ("a revoke of the root", "not_listed", "aliya", "revoke", RevokeKey(sign["root"].key_id, "", [])),
        ("a revoke with a cut in another's log", "malformed", "aliya", "revoke", RevokeKey(sign["tablet-1"].key_id, "", [Cut(scene.log("tablet-2").id, 1, sha256(b"1"))])),
        ("a revoke with two cuts in one log", "malformed", "aliya", "revoke", RevokeKey(sign["tablet-1"].key_id, "", [Cut(scene.log("tablet-1").id, n, sha256(b"1")) for n in (1, 2)])),
        ("an administrator who revokes the recovery key", "not_listed", "aliya", "revoke", RevokeKey(read["recovery"].key_id, "", [])),
        ("a root who revokes the recovery key", "wrong_signer", "root", "revoke", RevokeKey(read["recovery"].key_id, "", [])),
        ("a setting without its value", "malformed", "aliya", "setting", {"name": "days"}),
        ("a revoke of key and grant at once", "malformed", "aliya", "revoke", {"key": sign["tablet-1"].key_id, "grant": grant_entry, "reason": "", "cut": []}),
        ("a revoke of nothing", "malformed", "aliya", "revoke", {"reason": ""}),
        ("a revoke of a grant that is not there", "not_listed", "aliya", "revoke", {"grant": sha256(b"?"), "reason": ""}),
        ("an erasure asked for by nobody", "not_listed", "aliya", "erase", Erase([sha256(b"1")], "error", bytes(16))),
        ("an erasure of nothing", "malformed", "aliya", "erase", {"objects": [], "ground": "error", "asked_by": staff["gulnara"]}),
        ("an erasure on a ground that cannot be", "malformed", "aliya", "erase", {"objects": [sha256(b"1")], "ground": "tidiness", "asked_by": staff["gulnara"]}),
        ("a setting whose value is a list", "malformed", "aliya", "setting", {"name": "x", "value": []}),
        ("a root who follows another branch", "split_directory", "root", "follow", {"seq": 2, "hash": sha256(b"2")}),
        ("a root who cuts at a place that is not in the chain", "split_directory", "root", "revoke", RevokeKey(sign["aliya"].key_id, "", [Cut(directory_log(scene.pid), 3, sha256(b"3"))])),
    ]  # fmt: skip
    for about, problem, signer, kind, body in cases:
        signed = directory_entry(whole, sign[signer], kind, body, at=LATER)
        _must_fail(scene, [signed], problem, about)
        yield "directory", f"{about} is refused", {"given": _given([signed]), "problem": problem}
    yield from _misplaced(scene, whole, site)


def _must_fail(scene: Scene, signed: list[Signed], problem: str, about: str) -> None:
    directory = scene.directory()
    try:
        for one in signed:
            directory.append(one, at=LATER)
    except Problem as found:
        if found.code == problem:
            return
        raise AssertionError(about) from found
    raise AssertionError(f"{about} was not refused")


def _misplaced(scene: Scene, whole: Directory, site: Body) -> Iterator[Made]:
    good = directory_entry(whole, scene.signing["aliya"], "site", site, at=LATER)
    before = directory_entry(scene.directory(len(scene.chain) - 1), scene.signing["aliya"], "site", site, at=LATER)
    ahead = directory_entry(after(whole, [good]), scene.signing["aliya"], "confirm", {}, at=LATER)
    other = write_entry(
        flipped(scene.pid, 0), scene.signing["aliya"], log=directory_log(flipped(scene.pid, 0)), seq=whole.seq + 1,
        prev=whole.hash_at(whole.seq) or ZERO_HASH, kind="site", time=AT, offset=None, directory=None, body=site,
    )  # fmt: skip
    for about, problem, signed in [
        ("an entry with a bad signature", "bad_signature", Signed(good.bytes, flipped(good.signature, 9))),
        ("an entry on an older head", "directory_moved", before),
        ("an entry with a hole before it", "directory_moved", ahead),
        ("an entry of another programme", "wrong_programme", other),
        ("a tablet's entry in the directory", "wrong_programme",
            scene.log("tablet-1").write("submission", empty_submission(), directory=scene.head(), at=AT)),
    ]:  # fmt: skip
        _must_fail(scene, [signed], problem, about)
        yield "directory", f"{about} is refused", {"given": _given([signed]), "problem": problem}
    yield "directory", "an entry that is there already changes nothing", {
        "given": _given([scene.chain[-1], scene.chain[0]]), "expect": facts(whole)}  # fmt: skip


def after(directory: Directory, signed: list[Signed]) -> Directory:
    """The directory once these were appended; the one given stays as it is."""
    other = directory.copy()
    for one in signed:
        other.append(one, at=LATER)
    return other


def _beginnings(scene: Scene) -> Iterator[Made]:
    empty, stranger = Directory(scene.pid), scene.signing["stranger"]
    recovery = scene.reading["recovery"].public
    for about, key, kind, body in [
        ("a programme of another root", stranger, "programme", {"name": "x", "root": stranger.public, "recovery": recovery}),
        ("a programme signed by another than its root", stranger, "programme", {"name": "x", "root": scene.signing["root"].public, "recovery": recovery}),
        ("a chain that begins with something else", scene.signing["root"], "confirm", {"root": scene.signing["root"].public, "name": "x", "recovery": recovery}),
    ]:  # fmt: skip
        signed = directory_entry(empty, key, kind, body, at=AT)
        yield "directory", f"{about} is refused", {
            "given": {"directory": 0, "append": [signed_json(signed)], "at": None}, "problem": "wrong_programme"}  # fmt: skip
    keys = {"people@arrival": ReadingKey.generate()}
    draft = Draft(scene.directory(), scene.signing["aliya"], at=LATER)
    draft.write(
        "audience",
        {"audience": "medical", "epoch": 1, "key": keys["people@arrival"].public, "steward": scene.staff["aliya"]},
    )
    body = {
        "audience": "medical",
        "epoch": 1,
        "reader": scene.reading["gulnara"].key_id,
        "object": sha256(b"o"),
        "size": GRANT_SIZE,
    }
    early = directory_entry(draft.directory, scene.signing["aliya"], "grant", body, at=LATER)
    _must_fail(scene, [*draft.entries, early], "out_of_order", "early")
    yield "directory", "a grant before recovery's is refused", {
        "given": _given([*draft.entries, early]), "problem": "out_of_order"}  # fmt: skip


def _accepted(scene: Scene) -> Iterator[Made]:
    """Several entries in a row, and what stands then."""
    sign, staff, own = scene.signing, scene.staff, directory_log(scene.pid)
    log = scene.log("tablet-1").id

    def drafted(write: Callable[[Draft], object], key: str = "aliya") -> Draft:
        draft = scene.draft(key)
        write(draft)
        return draft

    def second_administrator(draft: Draft) -> tuple[SigningKey, bytes]:
        key, reading, person = SigningKey.generate(), ReadingKey.generate(), b"nurlan".ljust(16, b".")
        body = {"staff": person, "name": "Nurlan", "signing": key.public, "reading": reading.public, "work": None, "site": "arrival", "stations": []}  # fmt: skip
        draft.write("administrator", body, sign["root"])
        return key, person

    def revoked(draft: Draft) -> None:
        draft.write("revoke", RevokeKey(sign["tablet-1"].key_id, "lost", [Cut(log, 2, sha256(b"2"))]))
        draft.write("revoke", RevokeKey(sign["tablet-1"].key_id, "lost", [Cut(log, 5, sha256(b"5"))]))

    def withdrawn(draft: Draft) -> None:
        grant = next(
            one for one in draft.directory.held_by(scene.reading["gulnara"].key_id) if one.body.audience == "family"
        )
        draft.write("revoke", {"grant": grant.hash, "reason": "left"})
        key = ReadingKey.generate()
        draft.epoch("family", key, steward=staff["aliya"], readers=[scene.reading["ardak"].public])

    def erased(draft: Draft) -> None:
        draft.write("erase", Erase([sha256(b"1"), sha256(b"2")], "withdrawal", staff["gulnara"]))

    def voided(draft: Draft) -> None:
        cut = draft.directory.head
        assert cut is not None
        draft.write("site", Site("trap", "A trap", "centre"))
        draft.write("staff", Staff(bytes(16), "Ghost", None, None, ReadingKey.generate().public, "trap", []))
        second_administrator(draft)
        draft.write("revoke", RevokeKey(sign["aliya"].key_id, "stolen", [Cut(own, cut.seq, cut.hash)]), sign["root"])

    def unknown_fields(draft: Draft) -> None:
        hash_ = draft.write("revoke", {"grant": next(iter(draft.directory.grants)), "reason": "left", "cut": "later"})
        elsewhere = {"log": own, "seq": 1, "hash": sha256(b"elsewhere")}
        draft.write("follow", {"seq": draft.directory.seq, "hash": hash_, "cut": [elsewhere]}, sign["root"])

    def unknown(draft: Draft) -> None:
        draft.write("later_kind", {"words": "kept, not applied"})

    for about, write in {
        "a tablet is revoked and its cut moves forward": revoked,
        "a grant is withdrawn and a new epoch made": withdrawn,
        "the only administrator erases what was asked by another": erased,
        "the root makes void what a bad administrator signed after the cut": voided,
        "an unknown kind by an administrator is kept": unknown,
        "a field of a revoked key means nothing where a grant is withdrawn or a branch followed": unknown_fields,
    }.items():
        draft = drafted(write)
        yield "directory", about, {"given": _given(draft.entries), "expect": facts(draft.directory)}
    yield from _in_a_row(scene, second_administrator)


def _in_a_row(scene: Scene, second_administrator: Callable[[Draft], tuple[SigningKey, bytes]]) -> Iterator[Made]:
    """The last of several entries is refused."""
    sign, staff, log = scene.signing, scene.staff, scene.log("tablet-1").id
    cases: list[tuple[str, str, Draft, SigningKey, str, Body]] = []
    draft = scene.draft()
    draft.write("revoke", RevokeKey(sign["tablet-1"].key_id, "lost", [Cut(log, 5, sha256(b"5"))]))
    cases.append(("a cut that moves back", "out_of_order", draft, sign["aliya"], "revoke", RevokeKey(sign["tablet-1"].key_id, "lost", [Cut(log, 4, sha256(b"4"))])))  # fmt: skip
    cases.append(("a cut that is taken away", "out_of_order", draft, sign["aliya"], "revoke", RevokeKey(sign["tablet-1"].key_id, "lost", [])))  # fmt: skip
    cases.append(("a grant to a revoked tablet", "revoked", draft, sign["aliya"], "grant", {"audience": "people@arrival", "epoch": 1, "reader": scene.reading["tablet-1"].key_id, "object": sha256(b"o"), "size": GRANT_SIZE}))  # fmt: skip
    draft = scene.draft()
    second_administrator(draft)
    cases.append(("an administrator who erases what they asked for themselves", "second_person", draft, sign["aliya"], "erase", Erase([sha256(b"1")], "error", staff["aliya"])))  # fmt: skip
    draft = scene.draft()
    key, _ = second_administrator(draft)
    draft.write("revoke", RevokeKey(key.key_id, "left", []), sign["root"])
    cases.append(("a revoked administrator who adds a site", "revoked", draft, key, "site", Site("x", "x", "centre")))
    draft = scene.draft()
    draft.write("revoke", RevokeKey(sign["invitation-two"].key_id, "lost paper", []))
    body = device_body(scene.pid, name="x", site="arrival", signing=sign["stranger"], reading=scene.reading["stranger"], invitation=sign["invitation-two"].key_id)  # fmt: skip
    cases.append(("a tablet with a revoked invitation", "revoked", draft, sign["invitation-two"], "device", body))
    for about, problem, before, signer, kind, said in cases:
        last = directory_entry(before.directory, signer, kind, said, at=LATER)
        _must_fail(scene, [*before.entries, last], problem, about)
        yield "directory", f"{about} is refused", {"given": _given([*before.entries, last]), "problem": problem}
