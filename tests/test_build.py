"""The static build: the same bytes every time, names that hold hashes, and a worker that carries its release."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

NODE = Path(sys.executable).parent / "node"


def build(static: Path, out: Path) -> dict[str, Any]:
    subprocess.run([NODE, static / "build.mjs", "--out", out], check=True, capture_output=True)
    return json.loads((out / "manifest.json").read_text())


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "dist"
    build(root / "static", out)
    return out


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_builds_in_two_places_are_equal_byte_for_byte(root: Path, built: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "static"
    shutil.copytree(root / "static", elsewhere, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (elsewhere / "node_modules").symlink_to(root / "static" / "node_modules")
    build(elsewhere, tmp_path / "second")
    assert contents(tmp_path / "second") == contents(built)


def test_the_manifest_tells_the_truth(built: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text())
    files = contents(built)
    del files["manifest.json"]
    listed = {one["path"]: (one["sha256"], one["size"]) for one in manifest["assets"].values()}
    assert listed == {path: (hashlib.sha256(data).hexdigest(), len(data)) for path, data in files.items()}
    assert {"tablet/main.js", "desk/main.js", "vault/worker.js", "sw.js"} <= manifest["assets"].keys()
    for one in manifest["assets"].values():
        assert {*one["imports"], *one["lazy"]} <= listed.keys()


def test_no_source_map_and_no_path_of_the_builder_is_shipped(root: Path, built: Path) -> None:
    for path, data in contents(built).items():
        assert not path.endswith(".map")
        assert b"sourceMappingURL" not in data, path
        assert str(root).encode() not in data, path


def test_the_service_worker_carries_release_and_shell(built: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text())
    worker = (built / "sw.js").read_text()
    assert manifest["release"] in worker
    shell = {*manifest["precache"]}
    assert all(f"/{path}" in worker for path in shell)
    assert manifest["assets"]["tablet/main.js"]["path"] in shell
    assert manifest["assets"]["vault/worker.js"]["path"] in shell
    assert manifest["assets"]["desk/main.js"]["path"] not in shell


def test_a_changed_source_is_another_release(root: Path, built: Path, tmp_path: Path) -> None:
    changed = tmp_path / "static"
    shutil.copytree(root / "static", changed, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (changed / "node_modules").symlink_to(root / "static" / "node_modules")
    worker = changed / "src" / "sw.ts"
    worker.write_text(worker.read_text() + '\nself.addEventListener("offline", () => undefined);\n')
    before = json.loads((built / "manifest.json").read_text())["release"]
    assert build(changed, tmp_path / "dist")["release"] != before
