"""A small programme for tests: one arrival site, an administrator, two reviewers, an intake worker, one form.

Gulnar administers and holds coordination; Saule holds coordination, family and the site's people; Marat holds
protection; Aigerim has no desk and unlocks tablets.
"""

import asyncio
import dataclasses
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import msgspec

from server.folder import Folder
from server.founding import NewSlot, found_store
from server.settings import Settings, read_settings
from sync.bundle import Bundle
from sync.clock import now_ms
from sync.directory import Directory
from sync.directory.bodies import Bucket, Form, Invitation, Site
from sync.directory.bodies import Store as StoreBody
from sync.directory.write import Draft
from sync.founding import Founded, Person, found
from sync.keys import ReadingKey, SigningKey
from sync.link import write_fragment
from sync.slot import SlotKind, derive_halves, seal_slot

SITE = "arrival"
AUDIENCES = {f"people@{SITE}": 4096, "coordination": 4096, "family": 4096, "protection": 4096}
FORM = b'{"form":"for tests of the server"}'
HOUR = 3_600_000


@dataclass
class Programme:
    """A programme that was just founded in a folder. `draft` goes on where its directory ends."""

    settings: Settings
    founded: Founded
    people: dict[str, Person]
    audiences: dict[str, ReadingKey]
    invitation: SigningKey
    version: bytes
    draft: Draft

    @property
    def pid(self) -> bytes:
        return self.founded.pid

    @property
    def directory(self) -> Directory:
        return self.draft.directory

    def fragment(self) -> str:
        """What stands behind the `#` of the invitation's link."""
        assert self.directory.head is not None
        return write_fragment(self.pid, self.directory.head, self.invitation)

    def copied(self, folder: Path) -> "Programme":
        """The same programme in another folder."""
        shutil.copytree(self.settings.folder, folder)
        copy = dataclasses.replace(self, settings=settings_for(folder))
        copy.goes_on()
        return copy

    def goes_on(self, directory: Directory | None = None) -> Draft:
        """A draft on top of what was founded, or of a directory as somebody saw it since."""
        self.draft = Draft(directory or self.directory, self.people["Gulnar"].desk()[0], at=now_ms())
        return self.draft

    def invite(self, count: int = 1, end: int | None = None) -> SigningKey:
        """Another invitation in the present draft."""
        key = SigningKey.generate()
        self.draft.write("invitation", Invitation(key.public, SITE, end or now_ms() + 24 * HOUR, count, "Tablet"))
        return key


def settings_for(folder: Path, **others: str) -> Settings:
    """Settings of a store in `folder`."""
    return read_settings({"ESIK_FOLDER": str(folder), **{f"ESIK_{name.upper()}": one for name, one in others.items()}})


def found_programme(folder: Path, *, slots: bool = False, **others: str) -> Programme:
    """A programme in `folder`. With `slots`, Saule has a desk slot and Aigerim a tablet slot, under their own names."""
    settings = settings_for(folder, **others)
    kept = Folder(settings.folder)
    kept.create()
    people = {
        "Gulnar": Person.new("Gulnar", SITE, desk=True, tablet=False),
        "Saule": Person.new("Saule", SITE, desk=True, tablet=False),
        "Marat": Person.new("Marat", SITE, desk=True, tablet=False),
        "Aigerim": Person.new("Aigerim", SITE, desk=False, tablet=True),
    }
    founded = found_with_site(people["Gulnar"])
    draft = founded.draft
    draft.write("store", StoreBody(kept.store_key().public, "centre", "Centre"))
    for name in ("Saule", "Marat", "Aigerim"):
        draft.write("staff", people[name].body())
    holders = {"protection": ["Marat"], "coordination": ["Gulnar", "Saule"]}
    audiences = {name: ReadingKey.generate() for name in AUDIENCES}
    for name, key in audiences.items():
        readers = [people[one].desk()[1].public for one in holders.get(name, ["Saule"])]
        draft.epoch(name, key, steward=people["Gulnar"].staff, readers=readers)
    version = kept.put_form(FORM)
    buckets = [Bucket(name.partition("@")[0], size) for name, size in AUDIENCES.items()]
    draft.write("form", Form("registration", 1, version, buckets, []))
    programme = Programme(settings, founded, people, audiences, SigningKey.generate(), version, draft)
    programme.invitation = programme.invite(count=50)
    made = make_slots(programme) if slots else []
    found_apart(settings, founded.pid, draft.bundle(), made)
    return programme


def found_apart(settings: Settings, pid: bytes, bundle: Bundle, slots: Sequence[NewSlot] = ()) -> None:
    """Found a store in a thread of its own: playwright keeps an event loop running in the tests' thread."""
    with ThreadPoolExecutor(1) as other:
        other.submit(lambda: asyncio.run(found_store(settings, pid, bundle, slots))).result()


def found_with_site(administrator: Person) -> Founded:
    """The first entries, and the site that everybody is at."""
    founded = found("Test programme", administrator, at=now_ms())
    if SITE not in founded.draft.directory.sites:
        founded.draft.write("site", Site(SITE, "Arrival", "arrival"))
    return founded


def make_slots(programme: Programme) -> list[NewSlot]:
    """Passphrases are `saule passphrase` and `aigerim passphrase`."""
    saule, aigerim = programme.people["Saule"], programme.people["Aigerim"]
    wanted: list[tuple[Person, SlotKind]] = [(saule, "desk"), (aigerim, "tablet")]
    made: list[NewSlot] = []
    for person, kind in wanted:
        auth, wrap = derive_halves(programme.pid, person.staff, kind, f"{person.name.lower()} passphrase")
        keys = person.desk_slot() if kind == "desk" else person.tablet_slot()
        made.append(NewSlot(person.staff, kind, auth, seal_slot(programme.pid, person.staff, kind, keys, wrap)))
    return made


def merged(*bundles: Bundle) -> Bundle:
    """Several bundles as one."""
    fields = ("directory", "entries", "statements", "parts", "chunks")
    return msgspec.structs.replace(
        Bundle(), **{name: [one for bundle in bundles for one in getattr(bundle, name)] for name in fields}
    )
