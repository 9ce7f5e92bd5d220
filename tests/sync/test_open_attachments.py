"""The standalone scripts of the docs open a part and what is attached to it, with nothing but `cryptography`."""

import subprocess
import sys
from pathlib import Path

import pytest

from sync.attachments import seal_attachment
from sync.ids import b64
from sync.seal import Sealed
from tests.sync.making.handmade import flipped
from tests.sync.making.openings import ITEM, sealed_submission
from tests.sync.making.scene import Scene, scene

EXAMPLES = Path(__file__).resolve().parents[2] / "sync" / "examples"
NAME = "00112233445566ff.jpg"
PICTURE = b"what the camera saw " * 60_000


@pytest.fixture(scope="module")
def the() -> Scene:
    return scene()


@pytest.fixture(scope="module")
def sealed(the: Scene) -> Sealed:
    """A submission with a picture of two chunks for the family."""
    return sealed_submission(the, attachments={"family": [seal_attachment(the.pid, ITEM, NAME, "image/jpeg", PICTURE)]})


def run(script: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", EXAMPLES / script, *words], capture_output=True, text=True, timeout=60, check=False
    )


def open_all(
    folder: Path, the: Scene, entry: bytes, part: bytes, chunks: list[bytes]
) -> subprocess.CompletedProcess[str]:
    """Both scripts, one after the other."""
    (folder / "part.bin").write_bytes(part)
    (folder / "entry.bin").write_bytes(entry)
    opened = run("open_a_part.py", b64(the.pid), b64(the.reading["family-2"].seed), str(folder / "part.bin"))
    (folder / "opened.json").write_text(opened.stdout, encoding="utf-8")
    paths = [folder / f"chunk-{at}" for at in range(len(chunks))]
    for path, chunk in zip(paths, chunks, strict=True):
        path.write_bytes(chunk)
    files = [str(folder / one) for one in ("opened.json", "entry.bin", "out")]
    return run("open_attachments.py", b64(the.pid), b64(ITEM), *files, *map(str, paths))


def test_a_picture_comes_out_as_it_was(the: Scene, sealed: Sealed, tmp_path: Path) -> None:
    ran = open_all(tmp_path, the, sealed.entry.bytes, sealed.parts[2], sealed.chunks)
    assert ran.stdout.split() == [NAME, "image/jpeg", str(len(PICTURE))], ran.stderr
    assert (tmp_path / "out" / NAME).read_bytes() == PICTURE


def test_chunks_that_another_entry_names_are_not_taken(the: Scene, sealed: Sealed, tmp_path: Path) -> None:
    other = sealed_submission(the).entry
    ran = open_all(tmp_path, the, other.bytes, sealed.parts[2], sealed.chunks)
    assert ran.returncode == 1
    assert "the entry does not name chunk 0" in ran.stderr


def test_a_changed_chunk_opens_nothing(the: Scene, sealed: Sealed, tmp_path: Path) -> None:
    chunks = [flipped(sealed.chunks[0], 9), sealed.chunks[1]]
    ran = open_all(tmp_path, the, sealed.entry.bytes, sealed.parts[2], chunks)
    assert ran.returncode == 1
    assert not list((tmp_path / "out").glob("*"))
