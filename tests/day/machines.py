"""The tablets of a simulated day: a browser context each, with the wire, crashes and the end of one in our hands."""

import contextlib
import os
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, Route

from tests.browser import chromium
from tests.browser.bundling import bundle
from tests.day.ground import Ground, Worker

FLAGS = (*chromium.ARGS, "--disable-features=SpareRendererForSitePerProcess")
"""Without spare processes, whatever process is new when a page was opened is that page's."""
PAGE = '<!doctype html><meta charset="utf-8"><title>day</title><script type="module" src="/day/day.js"></script>'
HARNESS = 'import "./tests/static/day/day-harness.ts";'
WORKER = 'import "./static/src/vault/worker.ts";'


def build(folder: Path) -> dict[str, bytes]:
    """The page of a tablet, as files by path."""
    bundle(HARNESS, folder / "day.js", '--define:ESIK_ASSETS={"vault/worker.js":"/day/worker.js"}')
    bundle(WORKER, folder / "worker.js")
    return {
        "/day/": PAGE.encode(),
        "/day/day.js": (folder / "day.js").read_bytes(),
        "/day/worker.js": (folder / "worker.js").read_bytes(),
    }


@dataclass
class Sealed:
    """What a tablet said it sealed: its number, the form, whose, and how."""

    seq: int
    form: str
    cards: tuple[str, ...]
    outcome: str
    submission: str


@dataclass
class Machine:
    """One tablet and what is known of it from outside: never more than it said."""

    name: str
    browser: Browser
    ground: Ground
    files: dict[str, bytes]
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)
    worker: Worker | None = None
    sealed: list[Sealed] = field(default_factory=list[Sealed])
    drafts: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    """Draft id → the visit it was stopped in."""
    delivered: int = 0
    """Number up to which a push was answered without a problem."""
    online: bool = True
    dead: bool = False
    _processes: set[int] = field(default_factory=set[int])
    _crashed: bool = False

    def __post_init__(self) -> None:
        self.context = self.browser.new_context()
        self.context.route(f"{self.ground.url}/**", self._answer)
        self.page = self._load()

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(self.ground.url).split("#")[0]
        if path in self.files:
            kind = "text/html" if path.endswith("/") else "text/javascript"
            route.fulfill(body=self.files[path], content_type=kind)
        elif path.startswith("/forms/") or self.online:  # forms: as the service worker's cache has them
            route.continue_()
        else:
            route.abort("internetdisconnected")

    def _renderers(self) -> set[int]:
        told = self.browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
        return {int(one["id"]) for one in told if one["type"] == "renderer"}

    def _load(self) -> Page:
        before = self._renderers()
        page = self.context.new_page()
        page.goto(f"{self.ground.url}/day/")
        page.wait_for_function("window.day !== undefined")
        self._processes = self._renderers() - before
        self._crashed = False
        page.on("crash", self._note_crash)
        page.evaluate("day.open()")
        return page

    def _note_crash(self, page: Page) -> None:
        self._crashed = self._crashed or page is self.page

    def enrol(self, fragment: str) -> None:
        """With the wire."""
        self.page.evaluate("link => day.enrol(link)", fragment)

    def unlock(self, worker: Worker) -> None:
        """Whoever has it now."""
        self.page.evaluate("([id, words]) => day.unlock(id, words)", [worker.staff, worker.passphrase])
        self.worker = worker

    def crash(self) -> None:
        """SIGKILL to the page's process in the middle of the day; the same person starts the tablet again."""
        for pid in self._processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(Error):
            self.page.evaluate("1")  # waits until Chromium has noticed
        assert self._crashed, "the page lived on"
        self.page.close()
        self.page = self._load()
        assert self.worker is not None
        self.unlock(self.worker)

    def die(self) -> None:
        """For good: nothing on it will be seen again."""
        self.dead = True
        self.context.close()

    def seal(self, visit: dict[str, Any], how: str = "seal") -> Sealed | None:
        """Fill and seal; `how`: seal, sealPart, goOn. None when there was nothing to go on with."""
        told = self.page.evaluate(f"visit => day.{how}(visit)", visit)
        return None if told is None else self._note(visit, told, "part" if how == "sealPart" else "done")

    def stop(self, visit: dict[str, Any]) -> str:
        """A draft that nobody finished yet."""
        draft: str = self.page.evaluate("visit => day.stop(visit)", visit)
        self.drafts[draft] = visit
        return draft

    def hand_over(self, draft: str, to: Worker) -> None:
        """The draft is theirs now; they unlock this tablet and finish it."""
        self.page.evaluate("([id, to]) => day.handOver(id, to)", [draft, to.staff])
        self.unlock(to)

    def finish(self, draft: str) -> Sealed:
        """By whoever has the tablet unlocked."""
        visit = self.drafts.pop(draft)
        return self._note(visit, self.page.evaluate("([id, visit]) => day.finish(id, visit)", [draft, visit]), "done")

    def _note(self, visit: dict[str, Any], told: dict[str, Any], outcome: str) -> Sealed:
        cards = tuple(visit.get("cards") or [visit["card"]])
        made = Sealed(told["seq"], visit["form"], cards, outcome, told["submission"])
        self.sealed.append(made)
        return made

    def push(self) -> int | str:
        """How many went out, or the problem's code."""
        sent: int | str = self.page.evaluate("day.push()")
        if not isinstance(sent, str):
            self.delivered = max([self.delivered, *(one.seq for one in self.sealed)])
        return sent

    def code(self) -> str:
        """The short code of the end of the shift."""
        return str(self.page.evaluate("day.head().then(head => head.code)"))

    def drafts_here(self) -> set[str]:
        """Ids of the drafts of whoever has it unlocked."""
        return set(self.page.evaluate("day.drafts()"))

    def cards_here(self) -> set[str]:
        """The people list's cards."""
        return set(self.page.evaluate("day.cards()"))
