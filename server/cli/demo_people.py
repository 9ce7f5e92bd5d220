"""The demo's made-up programme: who is in it, who may read what, and the keys that the demo plays the desk with.

The keys lie in `keys/demo.json` beside the server's data, never in it. A real programme keeps none of them together.
"""

import contextlib
from pathlib import Path
from typing import Final

import msgspec

from server.cli.setting_up import Programme, Secret, Team, set_up
from server.folder import write_private
from server.settings import Settings
from sync.directory.bodies import Service, Site
from sync.founding import Person
from sync.ids import b64
from sync.keys import ReadingKey, SigningKey

SITE: Final = Site("arrival", "Arrival point A", "arrival")

DUTY: Final = (
    Service(SITE.site, "Dr Test-Oncall", "000-01", "Doctor on call, radio 3: any danger sign"),
    Service(SITE.site, "Aliya Test-Protection", "000-02", "A child alone, or somebody is not safe"),
    Service(SITE.site, "Test-Ambulance", "000-03", "Ambulance at gate B"),
)
"""Whom the tablets of the site name, with made-up numbers."""


class DemoKeys(msgspec.Struct):
    """What the demo must remember: keys as PKCS #8 and seeds, base64 in the file."""

    programme: bytes
    root: bytes
    recovery: bytes
    administrator: bytes
    audiences: dict[str, bytes]
    secrets: list[Secret]
    invitation: bytes | None = None
    """The latest invitation, PKCS #8."""


async def found_demo(settings: Settings, keys: Path) -> DemoKeys:
    """A new programme of made-up people in the settings' folder, and its keys in the file `keys`."""
    administrator = _desk("Saule Test-Admin")
    reviewer = _desk("Marat Test-Reviewer")
    clinician = _desk("Bota Test-Clinician")
    protection = _desk("Aliya Test-Protection")
    tablets = [
        (_tablet("Dana Test-Intake", "first_look", "registration"), "intake"),
        (_tablet("Nurlan Test-Intake", "first_look", "registration"), "intake"),
        (_tablet("Erlan Test-Medic", "first_look", "medical"), "medic"),
        (_tablet("Gulnara Test-Medic", "first_look", "medical"), "medic"),
        (_tablet("Dina Test-Teacher", "education"), "teacher"),
    ]
    team = Team(
        administrator,
        [(reviewer, "reviewer"), (clinician, "clinician"), (protection, "protection officer"), *tablets],
        {
            "coordination": [administrator, reviewer, clinician],
            # the administrator's too: who confirms a tablet by its digits hands this key on
            f"people@{SITE.site}": [administrator, reviewer, clinician],
            "medical": [clinician],
            "family": [reviewer],
            "protection": [protection],
        },
        DUTY,
    )
    made = await set_up(settings, "Demo programme", SITE, team)
    demo = _keys(made, administrator)
    save_keys(keys, demo)
    for audience, key in made.audiences.items():
        lines = {"programme": b64(made.founded.pid), "seed": b64(key.seed)}
        write_private(keys.with_name(f"{audience}.key"), msgspec.json.encode(lines))
    return demo


def _desk(name: str) -> Person:
    return Person.new(name, SITE.site, desk=True, tablet=False)


def _tablet(name: str, *stations: str) -> Person:
    return Person.new(name, SITE.site, desk=False, tablet=True, stations=stations)


def _keys(made: Programme, administrator: Person) -> DemoKeys:
    return DemoKeys(
        programme=made.founded.pid,
        root=made.founded.root.pkcs8(),
        recovery=made.founded.recovery.seed,
        administrator=administrator.desk()[0].pkcs8(),
        audiences={name: key.seed for name, key in made.audiences.items()},
        secrets=made.secrets,
    )


def load_keys(path: Path) -> DemoKeys | None:
    """The keys of an earlier run; None if there was none."""
    with contextlib.suppress(FileNotFoundError):
        return msgspec.json.decode(path.read_bytes(), type=DemoKeys)
    return None


def save_keys(path: Path, keys: DemoKeys) -> None:
    """For the owner's eyes only; whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_private(path, msgspec.json.format(msgspec.json.encode(keys), indent=1))


def administrator_key(keys: DemoKeys) -> SigningKey:
    """Who signs for the demo's desk."""
    return SigningKey.from_pkcs8(keys.administrator)


def people_key(keys: DemoKeys) -> ReadingKey:
    """The seed of `people@arrival`, as the reviewer holds it."""
    return ReadingKey.from_seed(keys.audiences[f"people@{SITE.site}"])
