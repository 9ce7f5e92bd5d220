"""The standalone script of the docs opens a part with nothing but `cryptography` and the key."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sync.ids import b64
from tests.sync.making.handmade import flipped
from tests.sync.making.openings import payload, sealed_submission
from tests.sync.making.scene import Scene, scene

SCRIPT = Path(__file__).resolve().parents[2] / "sync" / "examples" / "open_a_part.py"
MOST_LINES = 60


@pytest.fixture(scope="module")
def the() -> Scene:
    return scene()


def run(folder: Path, the: Scene, part: bytes, *entry: str, key: str = "family-2") -> subprocess.CompletedProcess[str]:
    (folder / "part.bin").write_bytes(part)
    words = [b64(the.pid), b64(the.reading[key].seed), str(folder / "part.bin"), *entry]
    return subprocess.run([sys.executable, "-I", SCRIPT, *words], capture_output=True, text=True, timeout=60)


def test_it_opens_a_part_and_says_which_steps_it_checked(the: Scene, tmp_path: Path) -> None:
    sealed = sealed_submission(the)
    (tmp_path / "entry.bin").write_bytes(sealed.entry.bytes)
    proof = (str(tmp_path / "entry.bin"), b64(sealed.entry.signature), b64(the.signing["tablet-1"].public))
    ran = run(tmp_path, the, sealed.parts[2], *proof)
    assert json.loads(ran.stdout) == {"audience": "family", "payload": payload("family")}, ran.stderr
    steps = [line.split(":")[0] for line in ran.stderr.splitlines() if line.endswith(": checked")]
    assert steps == ["step 1", "step 3", "step 4", "step 7", "step 8"]
    assert "proven by the entry" in ran.stderr


def test_a_part_without_its_entry_is_unproven(the: Scene, tmp_path: Path) -> None:
    ran = run(tmp_path, the, sealed_submission(the).parts[2])
    assert json.loads(ran.stdout)["audience"] == "family"
    assert "unproven" in ran.stderr


def test_another_submission_s_part_fails_at_step_3(the: Scene, tmp_path: Path) -> None:
    sealed, other = sealed_submission(the), sealed_submission(the)
    (tmp_path / "entry.bin").write_bytes(sealed.entry.bytes)
    proof = (str(tmp_path / "entry.bin"), b64(sealed.entry.signature), b64(the.signing["tablet-1"].public))
    ran = run(tmp_path, the, other.parts[2], *proof)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "step 3: the entry names the hash of these bytes: FAILS" in ran.stderr


@pytest.mark.parametrize("key", ["protection", "family"])
def test_another_key_opens_nothing(the: Scene, tmp_path: Path, key: str) -> None:
    ran = run(tmp_path, the, sealed_submission(the).parts[2], key=key)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "InvalidTag" in ran.stderr


def test_a_flipped_bit_opens_nothing(the: Scene, tmp_path: Path) -> None:
    ran = run(tmp_path, the, flipped(sealed_submission(the).parts[2], -1))
    assert (ran.returncode, ran.stdout) == (1, "")


def test_it_is_short_and_needs_nothing_else() -> None:
    text = SCRIPT.read_text()
    assert text.count("\n") <= MOST_LINES
    imported = {line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= {*sys.stdlib_module_names, "cryptography"}
