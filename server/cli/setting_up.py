"""Setting a programme up on this machine: what `init` does for real and `demo` with made-up people.

The first administrator is steward of every audience, with its first epoch; recovery reads every grant. Whoever else is
to read is given grants here. Nothing stands until the store has taken the whole bundle.
"""

from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Final

import msgspec

from server.folder import Folder
from server.founding import NewSlot, found_store
from server.publishing import Ready, library_form
from server.settings import Settings
from sync.clock import now_ms
from sync.directory.bodies import Invitation, Service, Site, Store
from sync.directory.write import Draft
from sync.founding import Founded, Person, found
from sync.keys import ReadingKey, SigningKey
from sync.slot import Opened, SlotKind, derive_halves, seal_slot
from sync.words import passphrase

AUDIENCES: Final = ("coordination", "medical", "psychiatric", "education", "family", "protection")
INVITED_FOR: Final = 14 * 86_400_000
"""How long an invitation admits a tablet, in milliseconds."""


class Secret(msgspec.Struct, frozen=True):
    """A passphrase that was made for somebody, to be told once. `kind` says of which slot."""

    name: str
    role: str
    kind: SlotKind
    passphrase: str


class Team(msgspec.Struct, frozen=True):
    """Who works here: (person, their part in words). `readers` names whose desk holds an audience, by its name."""

    administrator: Person
    others: Sequence[tuple[Person, str]]
    readers: Mapping[str, Sequence[Person]]
    services: Sequence[Service] = ()
    """The duty list that sites begin with."""


class Programme(msgspec.Struct, frozen=True):
    """A programme that was set up: what must leave this machine (`founded`), and what each person is told."""

    founded: Founded
    audiences: Mapping[str, ReadingKey]
    secrets: list[Secret]


def library() -> list[Ready]:
    """The forms that come with Esik, compiled. Raises what compiling raises."""
    folder = resources.files("forms") / "library"
    found_files = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    return [library_form(one.read_bytes(), one.name) for one in found_files]


async def set_up(settings: Settings, name: str, site: Site, team: Team) -> Programme:
    """Found the programme and its store. Raises what `server.founding.found_store` raises."""
    folder = Folder(settings.folder)
    folder.create()
    founded = found(name, team.administrator, at=now_ms())
    draft = founded.draft
    draft.write("store", Store(folder.store_key().public, "centre", site.name))
    draft.write("site", site)
    for person, _ in team.others:
        draft.write("staff", person.body())
    for service in team.services:
        draft.write("service", service)
    audiences = {audience: ReadingKey.generate() for audience in (f"people@{site.site}", *AUDIENCES)}
    for audience, key in audiences.items():
        readers = [person.desk()[1].public for person in team.readers.get(audience, ())]
        draft.epoch(audience, key, steward=team.administrator.staff, readers=readers)
    for ready in library():
        ready.keep(folder)
        draft.write("form", ready.body())
    secrets, slots = make_slots(founded.pid, [(team.administrator, "administrator"), *team.others])
    await found_store(settings, founded.pid, draft.bundle(), slots)
    return Programme(founded, audiences, secrets)


def make_slots(pid: bytes, people: Sequence[tuple[Person, str]]) -> tuple[list[Secret], list[NewSlot]]:
    """A passphrase and slot for every key that a person has."""
    secrets: list[Secret] = []
    slots: list[NewSlot] = []
    for person, role in people:
        kinds: list[tuple[SlotKind, Opened]] = []
        if person.signing is not None:
            kinds.append(("desk", person.desk_slot()))
        if person.work is not None:
            kinds.append(("tablet", person.tablet_slot()))
        for kind, keys in kinds:
            words = passphrase(kind)
            auth, wrap = derive_halves(pid, person.staff, kind, words)
            slots.append(NewSlot(person.staff, kind, auth, seal_slot(pid, person.staff, kind, keys, wrap)))
            secrets.append(Secret(person.name, role, kind, words))
    return secrets, slots


def invite(draft: Draft, site: str, name: str) -> SigningKey:
    """An invitation for one tablet, in the draft; its private half goes into the link and nowhere else."""
    key = SigningKey.generate()
    draft.write("invitation", Invitation(key.public, site, draft.at + INVITED_FOR, 1, name))
    return key
