"""The vault and a real centre: enrolled, cut off, killed, delivered, opened by a reviewer's key."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, Route

from sync.entry import Signed
from sync.ids import b64
from sync.opening import open_submission
from sync.wire import shape
from tests.browser.chromium import Tablet
from tests.browser.serving import Serving
from tests.programme import Programme, found_programme
from tests.tablet import checked, get, sign_in

PUSH = "harness.outcome(harness.need().push())"
COUNTS = "harness.need().status().then(status => status.counts)"
AIGERIM = "harness.need().status().then(({staff}) => harness.need().unlock(staff[0].id, 'aigerim passphrase'))"


@pytest.fixture
def programme(tmp_path: Path) -> Programme:
    """A programme whose intake worker Aigerim has a tablet slot."""
    # Playwright's sync API has a loop running in this thread.
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(found_programme, tmp_path / "data", slots=True).result()


@pytest.fixture
def centre(programme: Programme, tmp_path: Path) -> Iterator[Serving]:
    """Its store, on a port."""
    esik = Path(sys.executable).parent / "esik"
    serving = Serving(
        lambda port: ["env", f"ESIK_FOLDER={programme.settings.folder}", f"ESIK_PORT={port}", esik, "serve"],
        tmp_path / "centre.log",
    )
    yield serving
    serving.kill()


@pytest.fixture
def at_centre(centre: Serving, harness_folder: Path) -> Callable[[Page], Page]:
    """Brings a page to the harness under the centre's own address, also while the centre is down."""

    def bring(page: Page) -> Page:
        def answer(route: Route) -> None:
            name = route.request.url.rsplit("/", 1)[-1] or "index.html"
            kind = "text/html" if name.endswith("html") else "text/javascript"
            route.fulfill(body=(harness_folder / name).read_bytes(), content_type=kind)

        for name in ("vault.html", "vault.js", "worker.js"):
            page.context.route(f"{centre.url}/{name}", answer)
        page.goto(f"{centre.url}/vault.html")
        page.wait_for_function("window.harness !== undefined")
        page.evaluate("harness.openCentre()")
        return page

    return bring


def test_from_an_invitation_to_a_reviewers_eyes_with_the_wire_cut_between(
    tablet: Callable[..., Tablet], at_centre: Callable[[Page], Page], centre: Serving, programme: Programme
) -> None:
    mine = tablet()
    page = at_centre(mine.page)
    page.evaluate("link => harness.need().enrol(link)", programme.fragment())
    page.evaluate(f"{AIGERIM}.then(() => null)")
    assert page.evaluate("harness.sealNew('Sailaubek')")["seq"] == 1
    assert page.evaluate(PUSH)["counts"] == {"tablet": 0, "carried": 0, "safe": 1}

    centre.kill()
    assert page.evaluate("harness.sealNew('Erasyl')")["seq"] == 2
    assert page.evaluate(PUSH) == "no_network"
    mine.kill()
    page = at_centre(mine.start())
    page.evaluate(f"{AIGERIM}.then(() => null)")
    assert page.evaluate("harness.sealNew('Madi')")["seq"] == 3
    assert page.evaluate(COUNTS) == {"tablet": 2, "carried": 0, "safe": 1}

    centre.start()
    page.evaluate("harness.session().lock()")
    assert page.evaluate(PUSH)["counts"] == {"tablet": 0, "carried": 0, "safe": 3}
    again = page.evaluate(PUSH)
    assert (again["sent"], again["alarms"]) == (0, [])
    assert opened(centre, programme) == ["Sailaubek", "Erasyl", "Madi"]


def test_an_enrolled_tablet_knows_who_may_unlock_it(
    page: Page, at_centre: Callable[[Page], Page], centre: Serving, programme: Programme
) -> None:
    at_centre(page)
    assert page.evaluate("harness.outcome(harness.need().enrol('nonsense'))") == "malformed"
    page.evaluate("link => harness.need().enrol(link)", programme.fragment())
    status = page.evaluate("harness.need().status()")
    assert status["device"]["name"] == "Tablet-1"
    assert [(one["name"], one["ready"]) for one in status["staff"]] == [("Aigerim", True)]


def opened(centre: Serving, programme: Programme) -> list[str]:
    """Names that the holder of coordination reads in what the centre has, in the order of the log."""
    key = programme.audiences["coordination"]
    with httpx.Client(base_url=centre.url) as client:
        headers = sign_in(client, programme.directory, programme.people["Gulnar"].desk()[0])
        chain = get(client, "/sync/directory?after=0", headers)["entries"]
        directory = programme.directory
        directory.extend([shape(one, Signed) for one in chain])
        names: list[str] = []
        for row in get(client, "/sync/changes?after=0", headers)["entries"]:
            signed = Signed(row["bytes"], row["signature"])
            found = open_submission(directory, signed, Fetched(client, headers), {key.key_id: key})
            if found.entry is None or found.entry.kind != "submission":
                continue
            answers = [one.payload for one in found.parts if one.payload is not None]
            names += [str(one["name"]) for one in answers]
        return names


class Fetched(dict[bytes, bytes]):
    """Parts by id, asked of the centre when wanted; what it does not give is not there."""

    def __init__(self, client: httpx.Client, headers: dict[str, str]) -> None:
        super().__init__()
        self.client, self.headers = client, headers

    def get(self, key: bytes, default: bytes | None = None) -> bytes | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        response = self.client.get(f"/sync/objects/{b64(key)}", headers=self.headers)
        return default if response.status_code == 403 else checked(response)
