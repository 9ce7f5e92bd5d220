"""What browsers load: programs, files of the build, forms and their pages; each with how long it may be kept."""

import re
from pathlib import Path

import httpx
import pytest

from forms.compile import compile_form
from forms.source import from_yaml
from server.assets import Assets
from server.folder import Folder
from server.problems import Problem
from sync.ids import b64, sha256
from tests.conftest import ROOT
from tests.programme import FORM, Programme


@pytest.mark.parametrize("program", ["tablet", "desk"])
def test_a_program_starts(client: httpx.Client, program: str) -> None:
    page = client.get(f"/{program}/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-cache"
    assert '<html lang="en">' in page.text
    assert f'<meta name="esik-release" content="{Assets.load().release}">' in page.text
    script = re.search(r'<script type="module" src="([^"]+)">', page.text)
    assert script is not None
    assert client.get(script[1]).headers["content-type"].startswith("text/javascript")


def test_every_address_in_a_page_is_served(client: httpx.Client) -> None:
    for page in ("/", "/tablet/", "/desk/"):
        for address in re.findall(r'(?:href|src)="([^"]+)"', client.get(page).text):
            assert client.get(address).status_code == 200, address


def test_no_page_has_script_or_style_of_its_own(client: httpx.Client) -> None:
    for page in ("/", "/tablet/", "/desk/"):
        text = client.get(page).text
        assert not re.search(r"<style|style=|\son[a-z]+=|<script(?![^>]*\ssrc=)", text)


def test_a_program_without_its_last_slash_is_sent_on(client: httpx.Client) -> None:
    for program in ("tablet", "desk"):
        answer = client.get(f"/{program}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (302, f"/{program}/")


def test_an_invitation_leads_to_the_tablet(client: httpx.Client) -> None:
    answer = client.get("/enrol", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, "/tablet/")


def test_the_service_worker_is_always_asked_for_again(client: httpx.Client) -> None:
    worker = client.get("/tablet/sw.js")
    assert worker.headers["service-worker-allowed"] == "/tablet/"
    assert worker.headers["cache-control"] == "no-cache"
    assert Assets.load().release in worker.text


def test_the_tablet_can_be_installed(client: httpx.Client) -> None:
    manifest = client.get("/tablet/manifest.webmanifest")
    assert manifest.headers["content-type"] == "application/manifest+json"
    about = manifest.json()
    assert (about["name"], about["start_url"], about["scope"]) == ("Esik", "/tablet/", "/tablet/")
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in about["icons"]}
    for icon in about["icons"]:
        assert client.get(icon["src"]).headers["content-type"] == icon["type"]


def test_files_of_the_build_are_kept_for_ever(client: httpx.Client) -> None:
    address = Assets.load().url("tablet/main.js")
    plain = client.get(address, headers={"accept-encoding": "identity"})
    packed = client.get(address, headers={"accept-encoding": "gzip"})
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.content == packed.content
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize("name", ["none.js", "..%2fmanifest.json", "%2e%2e/manifest.json", "", "manifest.json"])
def test_nothing_but_the_build_is_served(client: httpx.Client, name: str) -> None:
    answer = client.get(f"/assets/{name}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_file_that_is_not_what_the_manifest_says_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "a.js").write_bytes(b"changed")
    (tmp_path / "manifest.json").write_text(
        '{"release":"r","assets":{"a.js":{"path":"assets/a.js","sha256":"00","size":1,"imports":[],"lazy":[]}}}'
    )
    with pytest.raises(Problem, match="assets_missing"):
        Assets.load(tmp_path)


def test_without_a_build_the_rest_still_works(tmp_path: Path) -> None:
    assets = Assets("none", {}, {}, {})
    with pytest.raises(Problem, match="assets_missing"):
        assets.url("tablet/main.js")


def test_a_compiled_form_is_served_under_its_hash(client: httpx.Client) -> None:
    answer = client.get(f"/forms/{b64(sha256(FORM))}.json")
    assert answer.content == FORM
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("name", ["x.json", "../store.key", f"{b64(bytes(32))}.json", f"{b64(bytes(32))}.source"])
def test_no_other_file_of_the_folder_is_served(client: httpx.Client, name: str) -> None:
    assert client.get(f"/forms/{name}").status_code == 404


def test_a_form_file_that_was_changed_on_disk_is_not_served(client: httpx.Client, programme: Programme) -> None:
    version = b64(sha256(FORM))
    (programme.settings.folder / "forms" / f"{version}.json").write_bytes(FORM + b" ")
    assert client.get(f"/forms/{version}.json").status_code == 404


def test_a_form_is_a_page_in_each_of_its_languages(client: httpx.Client, programme: Programme) -> None:
    source = ROOT / "forms" / "library" / "registration.yaml"
    compiled = compile_form(from_yaml(source.read_text("utf-8"), source.name), library=True)
    version = b64(Folder(programme.settings.folder).put_form(compiled.data))
    release = Assets.load().release
    for language in ("en", "kk"):
        page = client.get(f"/tablet/pages/{release}/{version}/{language}.html")
        assert page.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert f'lang="{language}"' in page.text
    for missing in (f"other/{version}/en.html", f"{release}/{version}/xx.html", f"{release}/{b64(bytes(32))}/en.html"):
        assert client.get(f"/tablet/pages/{missing}").status_code == 404
