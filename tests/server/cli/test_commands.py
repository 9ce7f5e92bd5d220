"""The command line, as a stranger meets it: help, setting up, looking, the demo."""

import asyncio
import contextlib
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from server.cli import COMMANDS, main
from server.cli.demo_people import load_keys
from server.cli.setting_up import library
from server.running import read_directory
from server.settings import SETTINGS
from server.store.sqlite import SqliteStore
from sync.directory import Directory
from sync.keys import ReadingKey, SigningKey
from sync.link import read_fragment
from sync.slot import derive_halves, open_slot, read_slot, stored_auth
from sync.words import from_sheets

ANSWERS = ["--programme", "Arrival", "--site", "Hall", "--administrator", "Aliya", "--reviewers", "Gulnara", "--staff", "Marat, Dana", "--tablets", "2"]  # fmt: skip  # noqa: E501


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """(exit code, standard output, standard error) of a command in this process."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that settings name, with nothing in it."""
    for name in list(os.environ):
        if name.startswith("ESIK_") and name != "ESIK_NO_SKIPS":
            monkeypatch.delenv(name)
    monkeypatch.setenv("ESIK_FOLDER", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder that `init` made, and what it printed; slow, so made once."""
    folder = tmp_path_factory.mktemp("made") / "data"
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(said):
        patch.setenv("ESIK_FOLDER", str(folder))
        with pytest.raises(SystemExit) as ended:
            main(["init", *ANSWERS])
    assert ended.value.code == 0
    return folder, said.getvalue()


@pytest.fixture
def made(folder: Path, once: tuple[Path, str]) -> str:
    """What `init` printed; the folder is a copy of what it made."""
    shutil.copytree(once[0], folder)
    return once[1]


def directory_of(folder: Path) -> Directory:
    async def read() -> Directory:
        store = await SqliteStore.open(folder / "esik.db")
        try:
            return await read_directory(store)
        finally:
            await store.close()

    return asyncio.run(read())


def test_help_names_every_command_and_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    for module in COMMANDS:
        assert f"    {module.NAME}" in out
    for setting in SETTINGS:
        assert setting.variable in out


@pytest.mark.parametrize("module", COMMANDS, ids=lambda module: str(module.NAME))
def test_every_command_explains_itself(module: Any, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, module.NAME, "--help")
    assert code == 0
    assert module.ABOUT.splitlines()[0] in out


def test_a_programme_is_set_up_from_six_answers(folder: Path, made: str) -> None:
    directory = directory_of(folder)
    assert directory.name == "Arrival"
    assert {person.name for person in directory.staff.values()} == {"Aliya", "Gulnara", "Marat", "Dana"}
    assert {"coordination", "medical", "protection", "people@hall"} <= set(directory.audiences)
    assert [form.form for form in directory.forms.values()] == [one.form.key for one in library()]
    links = [line.split("#")[1] for line in made.splitlines() if "/enrol#" in line]
    assert len(links) == 2
    for fragment in links:
        link = read_fragment(fragment)
        assert link.programme == directory.pid
        assert SigningKey.from_pkcs8(link.invitation).key_id in directory.invitations
        directory.check_view(link.head)


def test_two_sheets_of_three_give_root_and_recovery_back(folder: Path, made: str) -> None:
    directory = directory_of(folder)
    sheets = sheets_of(made, "ROOT")
    assert SigningKey.from_scalar(from_sheets([sheets[0], sheets[2]])).key_id == directory.pid
    recovery = sheets_of(made, "RECOVERY")
    assert ReadingKey.from_seed(from_sheets(recovery[1:])).public == directory.recovery


def sheets_of(out: str, key: str) -> list[str]:
    """The words of each sheet of that key, as printed."""
    sheets: list[str] = []
    for part in out.split(f"{key} sheet ")[1:]:
        rows = part.split("\n\n")[0].splitlines()[1:4]
        words = " ".join(rows).split()
        sheets.append(" ".join(word for word in words if not word.isdigit()))
    return sheets


def test_a_passphrase_as_printed_opens_its_slot(folder: Path, made: str) -> None:
    directory = directory_of(folder)
    line = next(line for line in made.splitlines() if line.strip().startswith("Marat"))
    words = line.split("tablet  ")[-1].strip()
    marat = next(one for one in directory.staff.values() if one.name == "Marat")

    async def slot() -> tuple[bytes, bytes]:
        store = await SqliteStore.open(folder / "esik.db")
        try:
            found = await store.slot(marat.staff, "tablet")
            assert found is not None
            return found
        finally:
            await store.close()

    kept, data = asyncio.run(slot())
    read = read_slot(data)
    auth, wrap = derive_halves(directory.pid, marat.staff, "tablet", words, read)
    assert stored_auth(auth) == kept
    directory.check_slot(marat.staff, "tablet", open_slot(directory.pid, marat.staff, "tablet", read, wrap).key_ids())


def test_nothing_secret_that_init_prints_lies_in_the_folder(folder: Path, made: str) -> None:
    root = SigningKey.from_scalar(from_sheets(sheets_of(made, "ROOT")[:2]))
    recovery = from_sheets(sheets_of(made, "RECOVERY")[:2])
    links = [read_fragment(line.split("#")[1]).invitation for line in made.splitlines() if "/enrol#" in line]
    secrets = [root.scalar(), root.pkcs8(), recovery, *links]
    passphrases = [line.split("tablet  ")[-1].strip().encode() for line in made.splitlines() if "tablet staff" in line]
    assert passphrases
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [one for one in [*secrets, *passphrases] if one in data], path


@pytest.mark.usefixtures("made")
def test_a_second_init_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    was = directory_of(folder).head
    code, out, said = run(capsys, "init", *ANSWERS)
    assert (code, out) == (2, "")
    assert "(already_founded" in said
    assert directory_of(folder).head == was


def test_init_says_what_it_was_not_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--programme", "x"], [*ANSWERS[:-1], "none"], [*ANSWERS, "--staff", " , "]):
        code, _, said = run(capsys, "init", *words)
        assert code == 2
        assert "(answer_missing" in said
    assert not (folder / "esik.db").exists()


@pytest.mark.usefixtures("made")
def test_doctor_finds_a_fresh_store_well(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "doctor")
    assert code == 0, out
    assert "WRONG" not in out
    assert "listed as centre" in out


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda folder: (folder / "esik.db").write_bytes(b"not a database " * 999), "database"),
        (lambda folder: (folder / "store.key").write_bytes(SigningKey.generate().pkcs8()), "store key"),
        (lambda folder: [one.unlink() for one in (folder / "forms").glob("*.json")], "form"),
        (lambda folder: (folder / "esik.db").unlink(), "database"),
    ],
    ids=["damaged database", "another store's key", "a form gone", "no database"],
)
def test_doctor_says_what_is_wrong(harm: Any, says: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    harm(folder)
    code, out, _ = run(capsys, "doctor")
    assert code == 1
    assert any(line.split()[0] == "WRONG" and says in line for line in out.splitlines()), out


@pytest.mark.usefixtures("folder")
def test_serving_an_empty_folder_is_a_problem_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, said = run(capsys, "serve")
    assert code == 2
    assert "(not_founded" in said
    assert "Traceback" not in said


@contextlib.contextmanager
def demo(folder: Path, port: int) -> Generator[dict[str, Any]]:
    """A demo on that port, and the one line it prints."""
    command = [Path(sys.executable).parent / "esik", "demo", "--port", str(port), "--folder", str(folder), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        assert running.stdout is not None
        try:
            yield json.loads(running.stdout.readline())
        finally:
            running.send_signal(signal.SIGINT)
            rest = running.stdout.read()
            running.wait(timeout=30)
            assert rest == "", "one line, and no more"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_demo_says_in_one_line_where_everything_is_and_goes_on_with_its_folder(tmp_path: Path) -> None:
    folder, port = tmp_path / "demo", free_port()
    with demo(folder, port) as first:
        assert set(first) == {"url", "tablet", "desk", "staff", "folder"}
        assert {one["role"] for one in first["staff"]} == {
            "administrator",
            "reviewer",
            "clinician",
            "protection officer",
            "intake",
            "medic",
            "teacher",
        }
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=10) as answer:
            assert answer.status == 200
        keys = load_keys(folder / "keys" / "demo.json")
        assert keys is not None
        for path in (folder / "centre").rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                held = [keys.root, keys.recovery, keys.administrator, *keys.audiences.values()]
                assert not [one for one in held if one in data], path
    with demo(folder, port) as second:
        assert second == first


def test_the_demo_leaves_somebody_s_real_programme_alone(
    once: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(once[0], tmp_path / "real" / "centre")
    code, out, said = run(capsys, "demo", "--folder", str(tmp_path / "real"), "--port", str(free_port()))
    assert (code, out) == (2, "")
    assert "(already_founded" in said
    assert not (tmp_path / "real" / "keys").exists()
