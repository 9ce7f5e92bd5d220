"""The programme of a simulated day: library forms, an arrival point, staff who share all tablets, one desk."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx

from server.cli.setting_up import Programme, Team, set_up
from sync.clock import now_ms
from sync.directory import Directory
from sync.directory.bodies import Invitation, Site
from sync.directory.write import Draft
from sync.founding import Person
from sync.ids import b64
from sync.keys import SigningKey, key_id
from sync.link import write_fragment
from tests.browser.desk_ground import RUN
from tests.browser.serving import Serving
from tests.programme import settings_for
from tests.tablet import push, read_all, sign_in

SITE = Site("arrival", "Arrival point A", "arrival")
PEOPLE_AUDIENCE = f"people@{SITE.site}"
INTAKE = ("Aigerim", "Bolat", "Dana", "Erlan", "Gulnar", "Marat")


@dataclass(frozen=True)
class Worker:
    """Who unlocks tablets."""

    name: str
    staff: str
    passphrase: str


class Ground:
    """A running centre with everything that a day needs."""

    def __init__(self, folder: Path, root: Path) -> None:
        self._administrator = Person.new("Saule Test-Admin", SITE.site, desk=True, tablet=False)
        self._reviewer = Person.new("Aliya Test-Reviewer", SITE.site, desk=True, tablet=False)
        workers = [Person.new(f"{name} Test-Staff", SITE.site, desk=False, tablet=True) for name in INTAKE]
        readers = ("coordination", PEOPLE_AUDIENCE, "medical", "family")
        team = Team(
            self._administrator,
            [(self._reviewer, "reviewer"), *((one, "intake") for one in workers)],
            {audience: [self._reviewer] for audience in readers},
        )
        self._settings = settings_for(folder / "centre")
        with ThreadPoolExecutor(1) as other:  # playwright keeps an event loop running in this thread
            self.programme: Programme = other.submit(
                lambda: asyncio.run(set_up(self._settings, "Simulated day", SITE, team))
            ).result()
        words = {one.name: one.passphrase for one in self.programme.secrets}
        self.workers = [Worker(one.name, b64(one.staff), words[one.name]) for one in workers]
        self.reviewer = (self._reviewer.name, words[self._reviewer.name])
        command = [sys.executable, "-c", RUN, str(self._settings.folder)]
        self.serving = Serving(lambda port: [*command, str(port)], folder / "server.log", cwd=root)
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self.serving.port}", timeout=60)

    @property
    def url(self) -> str:
        return self.serving.url

    def close(self) -> None:
        """Ends the server."""
        self.client.close()
        self.serving.kill()

    def invitations(self, names: list[str]) -> list[str]:
        """One link's fragment a tablet, in the order of `names`."""
        draft, keys = self._draft(), [SigningKey.generate() for _ in names]
        for name, key in zip(names, keys, strict=True):
            draft.write("invitation", Invitation(key.public, SITE.site, draft.at + 86_400_000, 1, name))
        head = self._append(draft).head
        assert head is not None
        return [write_fragment(draft.directory.pid, head, key) for key in keys]

    def confirm_all(self) -> int:
        """What a desk does after comparing digits, for every tablet that enrolled; how many."""
        draft = self._draft()
        devices = list(draft.directory.devices.values())
        key = self.programme.audiences[PEOPLE_AUDIENCE]
        epoch = draft.directory.current(PEOPLE_AUDIENCE).body.epoch
        has = {one.body.reader for one in draft.directory.grants.values() if one.body.audience == PEOPLE_AUDIENCE}
        fresh = [one for one in devices if key_id(one.reading) not in has]
        for device in fresh:
            draft.grant(PEOPLE_AUDIENCE, epoch, key, device.reading)
        self._append(draft)
        return len(fresh)

    def _draft(self) -> Draft:
        signing = self._administrator.desk()[0]
        known = self.programme.founded.draft.directory
        entries = read_all(self.client, sign_in(self.client, known, signing))
        return Draft(Directory.read(known.pid, entries), signing, at=now_ms())

    def _append(self, draft: Draft) -> Directory:
        answer = push(self.client, draft.bundle())
        assert [one.problem for one in answer.directory] == [None] * len(answer.directory)
        return draft.directory
