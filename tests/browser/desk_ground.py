"""A programme for the desk's browser tests: the server of the project, the registration form, tablets in Python.

Saule holds coordination, family and the site's people; Marat holds protection; Gulnar administers and holds
coordination and the site's people. All have desks. Answers go through the reference evaluator, so what a tablet would
seal is what is sealed here.
"""

import atexit
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import httpx
import msgspec
import pytest
from playwright.sync_api import Page, expect

from forms.card import make_card
from forms.compile import compile_form
from forms.evaluate import Engine
from forms.model import CompiledForm, decode
from forms.source import from_yaml
from forms.split import SplitContext, split
from server.folder import Folder
from server.founding import NewSlot
from sync.bundle import Bundle
from sync.clock import now_ms
from sync.directory.bodies import Bucket, Form
from sync.ids import b64, made_id
from sync.randomness import random_bytes
from sync.seal import Sealed, seal_submission
from sync.slot import derive_halves, seal_slot
from tests.browser.serving import Serving
from tests.programme import SITE, Programme, found_apart, found_programme
from tests.tablet import Tablet, push

NAME = "Aigul Unmistakable"
NEED = "Zimnie palto Unmistakable"
LIBRARY = Path(__file__).resolve().parent.parent.parent / "forms" / "library"
# Argon2id on a busy machine takes its time; nothing here is measured.
expect.set_options(timeout=30_000)
RUN = """
import sys, uvicorn
from pathlib import Path
from server.app import create_app
from tests.programme import settings_for
app = create_app(settings_for(Path(sys.argv[1])))
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="warning", timeout_graceful_shutdown=1)
"""


@dataclass
class Ground:
    """A running centre. `serving` can be stopped, killed and started again."""

    programme: Programme
    serving: Serving
    form: CompiledForm
    version: bytes
    clients: list[httpx.Client] = field(default_factory=list[httpx.Client])
    cards: list[str] = field(default_factory=list[str])
    """Of everybody registered here, in order."""

    @property
    def desk(self) -> str:
        return f"{self.serving.url}/desk/"

    def client(self) -> httpx.Client:
        """Closed at the end."""
        self.clients.append(httpx.Client(base_url=f"http://127.0.0.1:{self.serving.port}", timeout=20))
        return self.clients[-1]

    def end(self) -> None:
        for client in self.clients:
            client.close()
        self.serving.kill()

    def tablet(self, name: str = "T-01") -> Tablet:
        """An enrolled tablet."""
        return Tablet(self.client(), self.programme.fragment(), name).enrol()

    def register(
        self,
        tablet: Tablet,
        *names: str,
        need: str = "Winter coats",
        told: dict[str, dict[str, object]] | None = None,
        continues: bytes | None = None,
    ) -> Sealed:
        """One family, sealed on this tablet and not pushed yet. `told` goes into parts beside the answers: by audience,
        under "" into every part."""
        submission = made_id()
        engine = self.answered(names, need)
        context = SplitContext(
            b64(submission), b64(self.version), b64(made_id()), None, {"id": b64(made_id()), "name": "Nurlan Test"},
            now_ms(),
        )  # fmt: skip
        payloads = {one["audience"]: one for one in split(engine, context)}
        for audience, payload in payloads.items():
            payload.update({**(told or {}).get("", {}), **(told or {}).get(audience, {})})
        sealed = seal_submission(
            tablet.directory, tablet.log, version=self.version, submission=submission, payloads=payloads, at=now_ms(),
            continues=continues,
        )  # fmt: skip
        tablet.sealed.append(sealed)
        return sealed

    def answered(self, names: tuple[str, ...], need: str) -> Engine:
        """The form as an intake worker would have filled it."""
        engine = Engine(self.form, today="2026-03-01", now="2026-03-01T14:06:00.000+05:00", language="kk")
        for number, name in enumerate(names, 1):
            if number > 1:
                engine.add_repeat("members")
            at = f"members[{number}]"
            self.cards.append(make_card(random_bytes(5)))
            engine.set(f"{at}.card", self.cards[-1])
            engine.set(f"{at}.name", name)
            engine.set(f"{at}.sex", "female")
            engine.set(f"{at}.birth_date_precision", "day")
            engine.set(f"{at}.born_on", "2015-03-01")
            if number == 1:
                engine.set(f"{at}.kin.relation", "parent")
            else:
                engine.way(f"{at}.kin.relation", "declined")
        engine.set("needs.first_need", need)
        return engine

    def deliver(self, tablet: Tablet, *sealed: Sealed, stated: int | None = None) -> None:
        """Push these submissions and a head that says `stated`, or the truth."""
        bundle = msgspec.structs.replace(tablet.bundle(list(sealed)), statements=[tablet.head(stated)])
        push(tablet.client, bundle)

    def append(self, bundle: Bundle) -> None:
        """Directory entries of an administrator, pushed."""
        answer = push(self.client(), bundle)
        assert [one.problem for one in answer.directory] == [None] * len(answer.directory)


def passphrase(name: str) -> str:
    """As tests.programme makes them."""
    return f"{name.lower()} passphrase"


def begin(folder: Path) -> Ground:
    """A programme in `folder`, its server running."""
    return run_copy(_founded(), folder)


@dataclass(frozen=True)
class Founded:
    """A programme that no server runs: every centre is a copy of it, for founding one costs four Argon2id."""

    programme: Programme
    form: CompiledForm
    version: bytes


def run_copy(founded: Founded, folder: Path) -> Ground:
    """A copy in `folder`, its server running."""
    programme = founded.programme.copied(folder / "data")
    return Ground(programme, served(programme, folder), founded.form, founded.version)


def kept_folder() -> Path:
    """For what is made once; it goes with this process."""
    folder = Path(mkdtemp(prefix="esik-tests-"))
    atexit.register(shutil.rmtree, folder)
    return folder


def served(programme: Programme, folder: Path) -> Serving:
    """Its server, running; the log stands in `folder`."""
    return Serving(
        lambda port: [sys.executable, "-c", RUN, programme.settings.folder, str(port)],
        folder / "server.log",
        cwd=LIBRARY.parent.parent,
    )


@cache
def _founded() -> Founded:
    programme = found_programme(kept_folder() / "data", slots=True)
    data = compile_form(from_yaml((LIBRARY / "registration.yaml").read_text(), "registration.yaml")).data
    version = Folder(programme.settings.folder).put_form(data)
    buckets = [Bucket(one.audience, one.bucket) for one in decode(data).audiences]
    programme.draft.write("form", Form("registration", 2, version, buckets, []))
    people = f"people@{SITE}"
    programme.draft.grant(people, 1, programme.audiences[people], programme.people["Gulnar"].desk()[1].public)
    slots = [slot_of(programme, name) for name in ("Marat", "Gulnar")]
    found_apart(programme.settings, programme.pid, programme.draft.bundle(), slots)
    return Founded(programme, decode(data), version)


def slot_of(programme: Programme, name: str) -> NewSlot:
    """A desk slot."""
    person = programme.people[name]
    auth, wrap = derive_halves(programme.pid, person.staff, "desk", passphrase(name))
    return NewSlot(person.staff, "desk", auth, seal_slot(programme.pid, person.staff, "desk", person.desk_slot(), wrap))


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """One centre for all tests that only read, with one tablet that delivered one family."""
    made = begin(tmp_path_factory.mktemp("desk"))
    tablet = made.tablet("T-01")
    made.deliver(tablet, made.register(tablet, NAME, "Timur Sample", need=NEED))
    yield made
    made.end()


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Ground]:
    """A centre of a test's own, to be stopped and started."""
    made = begin(tmp_path)
    yield made
    made.end()


def unlock(page: Page, ground: Ground, name: str = "Saule", words: str | None = None) -> None:
    page.goto(ground.desk)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Passphrase", exact=True).fill(passphrase(name) if words is None else words)
    page.keyboard.press("Enter")


def signed_in(page: Page, ground: Ground, name: str = "Saule") -> Page:
    unlock(page, ground, name)
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
    return page


def row(page: Page, name: str) -> str:
    """The row's address, once its name was opened."""
    link = page.get_by_role("link", name=name)
    expect(link).to_be_visible()
    return link.get_attribute("href") or ""
