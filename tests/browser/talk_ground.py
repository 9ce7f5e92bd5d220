"""A programme with forms about a person, for browser tests: a first look, a visit, cards; two medics; whom to call.

Aigerim and Bota work at the first look and at the medical station, Timur registers. The visit is the form of
forms/vectors, due at once and at any age; its flag of P1 hangs on one answer.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from forms.compile import compile_form
from forms.model import decode
from forms.source import from_yaml
from server.folder import Folder
from server.founding import NewSlot
from sync.directory.bodies import Bucket, Form, Service
from sync.founding import Person
from sync.keys import ReadingKey
from sync.slot import derive_halves, seal_slot
from tests.browser.desk_ground import LIBRARY, Founded, Ground, kept_folder, passphrase, run_copy, slot_of
from tests.programme import SITE, Programme, found_apart, found_programme

MEDICS = ("first_look", "medical")
DUTY = ("Madina Test-Duty", "+7 700 000 00 01", "medic on duty")
VISIT = LIBRARY.parent / "vectors" / "forms" / "visit.yaml"
_CHANGED: Mapping[str, str] = {
    "number: 2": "number: 1",
    "plan_not_before: 1": "plan_not_before: 0",
    "plan_ages: 0-17\n": "\n",
    " and ${born} != ''": "",
}


def begin_talks(folder: Path) -> Ground:
    """A programme in `folder`, its server running."""
    return run_copy(_founded(), folder)


@cache
def _founded() -> Founded:
    programme = found_programme(kept_folder() / "data", slots=True)
    administrator = programme.people["Gulnar"]
    for name in ("medical", "psychiatric"):
        readers = [programme.people["Saule"].desk()[1].public]
        programme.draft.epoch(name, ReadingKey.generate(), steward=administrator.staff, readers=readers)
    published = {name: (LIBRARY / f"{name}.yaml").read_text("utf-8") for name in ("registration", "first-look", "card")}
    texts = {**published, "visit": _visit()}
    data = {name: _publish(programme, text, name) for name, text in texts.items()}
    programme.draft.write("service", Service(SITE, *DUTY))
    slots = [_join(programme, "Bota", MEDICS), _join(programme, "Timur", ("registration",))]
    found_apart(programme.settings, programme.pid, programme.draft.bundle(), [*slots, slot_of(programme, "Gulnar")])
    return Founded(programme, decode(data["visit"]), b"")


def _visit() -> str:
    text = VISIT.read_text("utf-8")
    for was, now in _CHANGED.items():
        assert was in text, was
        text = text.replace(was, now)
    return text


def _publish(programme: Programme, text: str, name: str) -> bytes:
    compiled = compile_form(from_yaml(text, f"{name}.yaml")).data
    form = decode(compiled)
    version = Folder(programme.settings.folder).put_form(compiled)
    buckets = [Bucket(one.audience, one.bucket) for one in form.audiences]
    # The founded programme holds a first registration already, of no questions.
    number = 2 if name == "registration" else 1
    programme.draft.write("form", Form(form.key, number, version, buckets, []))
    return compiled


def _join(programme: Programme, name: str, stations: tuple[str, ...]) -> NewSlot:
    person = Person.new(name, SITE, desk=False, tablet=True, stations=stations)
    programme.people[name] = person
    programme.draft.write("staff", person.body())
    auth, wrap = derive_halves(programme.pid, person.staff, "tablet", passphrase(name))
    sealed = seal_slot(programme.pid, person.staff, "tablet", person.tablet_slot(), wrap)
    return NewSlot(person.staff, "tablet", auth, sealed)
