# ruff: noqa: E501 - a scenario a line
"""The programme that vectors happen in: an arrival point, its people, two tablets, a centre and a relay.

Keys are random, so the scene is made once and kept as sync/vectors/arrival.json; later vectors are made from that file.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync.directory import Directory
from sync.directory.bodies import Bucket as FormBucket
from sync.directory.bodies import File as FormFile
from sync.directory.bodies import Form, Invitation, Setting, Site, Store
from sync.directory.write import Draft, device_body
from sync.entry import Head, Signed
from sync.founding import Person, found
from sync.ids import b64, sha256, unb64
from sync.keys import ReadingKey, SigningKey
from sync.log import Log

VECTORS = Path(__file__).resolve().parents[3] / "sync" / "vectors"
FILE = VECTORS / "arrival.json"
AT = 1_760_000_000_000
DAY = 86_400_000
FORM = sha256(b"registration 1")
AUDIENCES = ("people", "coordination", "family", "protection")


def signed_json(signed: Signed) -> dict[str, str]:
    return {"bytes": b64(signed.bytes), "signature": b64(signed.signature)}


def signed_of(value: dict[str, str]) -> Signed:
    return Signed(unb64(value["bytes"]), unb64(value["signature"]))


@dataclass(frozen=True)
class Scene:
    """Everybody's private keys by name, staff ids, the whole directory and its grant objects."""

    signing: dict[str, SigningKey]
    reading: dict[str, ReadingKey]
    staff: dict[str, bytes]
    chain: list[Signed]
    objects: list[bytes]

    @property
    def pid(self) -> bytes:
        return self.signing["root"].key_id

    def directory(self, length: int | None = None) -> Directory:
        """The directory's first `length` entries, or all."""
        return Directory.read(self.pid, self.chain[:length])

    def draft(self, key: str = "aliya") -> Draft:
        """Goes on from the whole directory, signed by whoever has that name."""
        return Draft(self.directory(), self.signing[key], at=AT + DAY)

    def head(self) -> Head:
        head = self.directory().head
        assert head is not None
        return head

    def log(self, name: str, tail: bytes = bytes(7) + b"\1") -> Log:
        """A log of that signer, always the same one."""
        key = self.signing[name]
        return Log(self.pid, key, key.key_id + tail)


def scene() -> Scene:
    """The kept scene, made when there is none."""
    if not FILE.exists():
        FILE.write_text(json.dumps(_json(_make()), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return _read(json.loads(FILE.read_text(encoding="utf-8")))


def _make() -> Scene:
    aliya = Person.new("Aliya", "arrival", desk=True, tablet=True)
    gulnara = Person.new("Gulnara", "arrival", desk=True, tablet=False)
    ardak = Person.new("Ardak", "arrival", desk=True, tablet=False)
    marat = Person.new("Marat", "arrival", desk=False, tablet=True, stations=("registration",))
    founded = found("Arrival 2026", aliya, at=AT)
    draft = founded.draft
    draft.write("site", Site("arrival", "Arrival hall", "arrival"))
    draft.write("site", Site("almaty", "Almaty centre", "centre"))
    for person in (gulnara, ardak, marat):
        draft.write("staff", person.body())
    signing = {
        name: SigningKey.generate()
        for name in (
            "centre",
            "relay",
            "invitation",
            "invitation-two",
            "invitation-past",
            "tablet-1",
            "tablet-2",
            "stranger",
        )
    }
    reading = {name: ReadingKey.generate() for name in ("tablet-1", "tablet-2", "stranger")}
    draft.write("store", Store(signing["centre"].public, "centre", "Centre"))
    draft.write("store", Store(signing["relay"].public, "relay", "Relay"))
    desks = {person.name: person.desk()[1].public for person in (aliya, gulnara, ardak)}
    held = {
        "people@arrival": ["Aliya", "Gulnara"], "coordination": ["Aliya", "Gulnara"], "family": ["Gulnara"],
        "protection": ["Ardak"],
    }  # fmt: skip
    for audience, names in held.items():
        reading[audience] = ReadingKey.generate()
        draft.epoch(audience, reading[audience], steward=aliya.staff, readers=[desks[name] for name in names])
    buckets = [FormBucket(audience, 4096) for audience in AUDIENCES]
    draft.write("form", Form("registration", 1, FORM, buckets, [FormFile("registration.json", FORM, 9000)]))
    for name, end, count in (("invitation", 30, 1), ("invitation-two", 30, 2), ("invitation-past", 0, 1)):
        draft.write("invitation", Invitation(signing[name].public, "arrival", AT + end * DAY, count, name))
    for tablet, by in (("tablet-1", "invitation"), ("tablet-2", "invitation-two")):
        body = device_body(
            founded.pid, name=tablet, site="arrival", signing=signing[tablet], reading=reading[tablet],
            invitation=signing[by].key_id,
        )  # fmt: skip
        draft.write("device", body, signing[by])
    draft.grant("people@arrival", 1, reading["people@arrival"], reading["tablet-1"].public)
    reading["family-2"] = ReadingKey.generate()
    draft.epoch("family", reading["family-2"], steward=gulnara.staff, readers=[desks["Gulnara"]])
    draft.write("setting", Setting("keep_days", 30))
    draft.write("confirm", {})
    signing["root"], reading["recovery"] = founded.root, founded.recovery
    people = {person.name.lower(): person for person in (aliya, gulnara, ardak, marat)}
    for name, person in people.items():
        if person.signing and person.reading:
            signing[name], reading[name] = person.signing, person.reading
        if person.work:
            reading[f"{name}-work"] = person.work
    staff = {name: person.staff for name, person in people.items()}
    return Scene(signing, reading, staff, draft.entries, list(draft.objects.values()))


def _json(made: Scene) -> dict[str, Any]:
    return {
        "about": "The programme that other vectors happen in: private keys by name, staff ids, the directory from its "
        "first entry on, the grant objects. `at` is the time its entries say.",
        "programme": b64(made.pid),
        "at": AT,
        "signing": {name: {"pkcs8": b64(key.pkcs8()), "public": b64(key.public), "id": b64(key.key_id)} for name, key in made.signing.items()},
        "reading": {name: {"seed": b64(key.seed), "public": b64(key.public), "id": b64(key.key_id)} for name, key in made.reading.items()},
        "staff": {name: b64(one) for name, one in made.staff.items()},
        "form": b64(FORM),
        "directory": [signed_json(one) for one in made.chain],
        "objects": [b64(one) for one in made.objects],
    }  # fmt: skip


def _read(kept: dict[str, Any]) -> Scene:
    return Scene(
        {name: SigningKey.from_pkcs8(unb64(one["pkcs8"])) for name, one in kept["signing"].items()},
        {name: ReadingKey.from_seed(unb64(one["seed"])) for name, one in kept["reading"].items()},
        {name: unb64(one) for name, one in kept["staff"].items()},
        [signed_of(one) for one in kept["directory"]],
        [unb64(one) for one in kept["objects"]],
    )
