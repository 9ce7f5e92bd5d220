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
from sync.directory.bodies import Site
from sync.founding import Person
from sync.ids import b64
from sync.keys import ReadingKey, SigningKey

SITE: Final = Site("arrival", "Arrival point A", "arrival")


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
    administrator = Person.new("Saule Test-Admin", SITE.site, desk=True, tablet=False)
    reviewer = Person.new("Marat Test-Reviewer", SITE.site, desk=True, tablet=False)
    protection = Person.new("Aliya Test-Protection", SITE.site, desk=True, tablet=False)
    intake = Person.new("Dana Test-Intake", SITE.site, desk=False, tablet=True, stations=("registration",))
    medic = Person.new("Erlan Test-Medic", SITE.site, desk=False, tablet=True, stations=("medical",))
    team = Team(
        administrator,
        [(reviewer, "reviewer"), (protection, "protection officer"), (intake, "intake"), (medic, "medic")],
        {
            "coordination": [administrator, reviewer],
            f"people@{SITE.site}": [reviewer],
            "family": [reviewer],
            "protection": [protection],
        },
    )
    made = await set_up(settings, "Demo programme", SITE, team)
    demo = _keys(made, administrator)
    save_keys(keys, demo)
    for audience, key in made.audiences.items():
        lines = {"programme": b64(made.founded.pid), "seed": b64(key.seed)}
        write_private(keys.with_name(f"{audience}.key"), msgspec.json.encode(lines))
    return demo


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
