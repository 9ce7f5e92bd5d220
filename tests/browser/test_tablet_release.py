"""A new release comes to a tablet: whole or not at all, only when asked, never over a draft, and with the wire cut."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from forms.compile import compile_form
from forms.model import decode
from forms.source import from_yaml
from server.folder import Folder
from sync.directory.bodies import Bucket, Form
from sync.ids import b64, sha256
from tests.browser.bundling import ROOT
from tests.browser.chromium import Tablet
from tests.browser.desk_ground import LIBRARY, Ground, begin
from tests.browser.serving import Serving
from tests.browser.tablet_hands import (
    enrol,
    invitation,
    new_family,
    open_tablet,
    person,
    saved,
    seal,
    to_seal,
    unlock,
)

Make = Callable[..., Tablet]
NEWER = "fedcba9876543210"
FULL = """() => {
  Cache.prototype.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
}"""
RUN = """
import sys, uvicorn
from pathlib import Path
import server.assets
server.assets.PLACES = (Path(sys.argv[3]),)
from server.app import create_app
from tests.programme import settings_for
app = create_app(settings_for(Path(sys.argv[1])))
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="warning", timeout_graceful_shutdown=1)
"""


class Releases:
    """A centre whose build can be replaced by a newer one."""

    def __init__(self, folder: Path) -> None:
        self.dist = folder / "dist"
        shutil.copytree(ROOT / "static/dist", self.dist)
        self.ground: Ground = begin(folder)
        self.ground.serving.stop()
        settings = self.ground.programme.settings
        self.ground.serving = Serving(
            lambda port: [sys.executable, "-c", RUN, settings.folder, str(port), self.dist], folder / "log", cwd=ROOT
        )

    @property
    def release(self) -> str:
        return str(json.loads((self.dist / "manifest.json").read_text())["release"])

    def publish(self, *, torn: bool = False) -> None:
        """The same build under another release; `torn`: its worker wants a file that is not there."""
        self.ground.serving.stop()
        manifest = json.loads((self.dist / "manifest.json").read_text())
        worker = (self.dist / "sw.js").read_text().replace(manifest["release"], NEWER)
        if torn:
            worker = worker.replace("/assets/", "/assets/gone-", 1)
        (self.dist / "sw.js").write_text(worker)
        manifest["release"] = NEWER
        manifest["assets"]["sw.js"]["sha256"] = sha256(worker.encode()).hex()
        (self.dist / "manifest.json").write_text(json.dumps(manifest))
        self.ground.serving.start()


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Releases]:
    """A centre of this test's own."""
    centre = Releases(tmp_path)
    yield centre
    centre.ground.end()


def look_for_release(page: Page) -> None:
    """What the tablet does every hour."""
    page.evaluate("navigator.serviceWorker.getRegistration('/tablet/').then((one) => one.update().catch(() => 0))")


def cached(page: Page) -> dict[str, list[str]]:
    """Every address in every cache."""
    found: dict[str, list[str]] = page.evaluate(
        """async () => {
          const found = {};
          for (const name of await caches.keys())
            found[name] = (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
          return found;
        }"""
    )
    return found


def test_a_newer_release_waits_over_a_draft_and_then_works_with_the_wire_cut(tablet: Make, centre: Releases) -> None:
    page = tablet("aigerim", "--lang=en-US").page
    older = centre.release
    enrol(page, invitation(centre.ground))
    unlock(page)
    new_family(page)
    person(page, "Gulnar Sample")
    saved(page)
    centre.publish()
    look_for_release(page)
    page.wait_for_function(f"caches.has('shell-{NEWER}')")
    page.wait_for_function(
        f"caches.open('forms').then((one) => one.keys()).then((all) => all.some((one) => one.url.includes('{NEWER}')))"
    )
    # In mid-form nothing moves.
    expect(page.locator(".release")).to_contain_text(older)
    expect(page.locator('[id="members[1].name"]')).to_have_value("Gulnar Sample")
    page.get_by_role("button", name="Close, keep the draft").click()
    expect(page.locator(".notice", has_text="A newer Esik")).to_be_visible()
    centre.ground.serving.stop()
    page.get_by_role("button", name="Use it now").click()
    expect(page.locator(".release")).to_contain_text(NEWER)
    unlock(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator('[id="members[1].name"]')).to_have_value("Gulnar Sample")
    caches = cached(page)
    assert f"shell-{older}" not in caches
    assert not [path for paths in caches.values() for path in paths if path.startswith(("/sync", "/slots", "/health"))]


def publish_again(centre: Releases) -> bytes:
    """A second version of the registration, under another title; its version."""
    text = (LIBRARY / "registration.yaml").read_text().replace("en: Registration,", "en: Registration of today,", 1)
    text = text.replace("number: 1", "number: 3", 1)
    data = compile_form(from_yaml(text, "registration.yaml")).data
    programme = centre.ground.programme
    version = Folder(programme.settings.folder).put_form(data)
    buckets = [Bucket(one.audience, one.bucket) for one in decode(data).audiences]
    draft = programme.goes_on(centre.ground.tablet("T-98").directory)
    draft.write("form", Form("registration", 3, version, buckets, []))
    centre.ground.append(draft.bundle())
    return version


def sealed_versions(page: Page) -> list[str]:
    """Form versions of what was sealed here, oldest first."""
    found: list[str] = page.evaluate(
        """() => new Promise((done) => {
          indexedDB.open("esik").onsuccess = ({ target: { result: db } }) => {
            db.transaction("entries").objectStore("entries").getAll().onsuccess = ({ target }) => {
              db.close();
              done(target.result.map((one) => one.version));
            };
          };
        })"""
    )
    return found


def send(page: Page) -> None:
    """From home, and back."""
    page.locator(".sync button").click()
    page.get_by_role("button", name="Send now").click()
    expect(page.locator(".notice")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Home").click()
    expect(page.locator(".sync button")).to_be_visible()


def test_an_old_draft_opens_and_seals_in_its_own_form_version_which_then_goes(tablet: Make, centre: Releases) -> None:
    page = tablet("aigerim", "--lang=en-US").page
    enrol(page, invitation(centre.ground))
    unlock(page)
    new_family(page)
    person(page, "Gulnar Sample")
    saved(page)
    page.get_by_role("button", name="Close, keep the draft").click()
    newer = publish_again(centre)
    send(page)
    centre.publish()
    look_for_release(page)
    expect(page.locator(".notice", has_text="A newer Esik")).to_be_visible(timeout=30_000)
    pages = [path for path in cached(page)["forms"] if f"/{NEWER}/" in path]
    for version in (centre.ground.version, newer):
        assert [one for one in pages if b64(version) in one], "a version that is in use has no page of the new release"
    centre.ground.serving.stop()
    page.get_by_role("button", name="Use it now").click()
    expect(page.locator(".release")).to_contain_text(NEWER)
    unlock(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator('[id="members[1].name"]')).to_have_value("Gulnar Sample")
    expect(page.locator(".top")).not_to_contain_text("Registration of today")
    to_seal(page)
    seal(page)
    assert sealed_versions(page) == [b64(centre.ground.version)]
    page.wait_for_function(
        "(old) => caches.open('forms').then((one) => one.keys())"
        ".then((all) => !all.some((one) => one.url.includes(old)))",
        arg=b64(centre.ground.version),
    )
    assert [path for path in cached(page)["forms"] if b64(newer) in path], "the newer version went with the old one"
    new_family(page)
    expect(page.locator(".top")).to_contain_text("Registration of today")


def test_a_full_cache_offers_no_update_and_the_old_release_goes_on(tablet: Make, centre: Releases) -> None:
    page = tablet("aigerim", "--lang=en-US").page
    older = centre.release
    enrol(page, invitation(centre.ground))
    unlock(page)
    page.evaluate(
        "() => { Cache.prototype.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError')); }"
    )
    centre.publish()
    look_for_release(page)
    page.wait_for_function("navigator.serviceWorker.getRegistration('/tablet/').then((one) => one.waiting !== null)")
    send(page)
    expect(page.locator(".notice", has_text="A newer Esik")).to_have_count(0)
    expect(page.locator(".release")).to_contain_text(older)
    new_family(page)
    page.reload()
    expect(page.locator(".release")).to_contain_text(older)


def test_a_torn_release_is_never_taken(tablet: Make, centre: Releases) -> None:
    page = tablet("aigerim", "--lang=en-US").page
    older = centre.release
    enrol(page, invitation(centre.ground))
    centre.publish(torn=True)
    look_for_release(page)
    page.wait_for_function("navigator.serviceWorker.getRegistration('/tablet/').then((one) => one.installing === null)")
    assert f"shell-{NEWER}" not in cached(page)
    centre.ground.serving.stop()
    open_tablet(page, centre.ground.serving.url)
    expect(page.locator(".release")).to_contain_text(older)
    unlock(page)
    new_family(page)
