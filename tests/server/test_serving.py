"""A server as a process: what it logs, how it stops, and that its disk shows nothing but ciphertext (I10)."""

import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT
from tests.programme import Programme
from tests.running import served
from tests.tablet import Tablet, get, sign_in

CANARY = "zanzibar-quince-teapot"


@pytest.fixture
def after_a_day(programme: Programme, tmp_path: Path) -> Path:
    """The folder, with the log, of a server that was filled, read and stopped."""
    with served(programme, tmp_path) as serving, httpx.Client(base_url=f"http://127.0.0.1:{serving.port}") as client:
        tablet = Tablet(client, programme.fragment()).enrol()
        tablet.seal(CANARY)
        tablet.push()
        desk = sign_in(client, tablet.directory, programme.people["Saule"].desk()[0])
        assert len(get(client, "/sync/changes?after=0&wait=1", desk)["entries"]) == 1
        client.post("/slots/find", json={"name": CANARY})
        client.get(f"/nowhere?q={CANARY}")
    return tmp_path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_word_that_was_sealed_is_nowhere_on_the_disk(after_a_day: Path, encoding: str) -> None:
    """In no file of the folder and the log; not searched: memory, swap, the file system's own."""
    files = [one for one in after_a_day.rglob("*") if one.is_file()]
    assert {"esik.db", "server.log", "store.key"} <= {one.name for one in files}
    for one in files:
        assert CANARY.encode(encoding) not in one.read_bytes(), one.name


def test_a_word_that_was_not_sealed_would_be_found(after_a_day: Path) -> None:
    """That the search above can find something: a form is not secret, and is there."""
    assert any(b"for tests of the server" in one.read_bytes() for one in after_a_day.rglob("*") if one.is_file())


def test_it_stops_when_told_though_a_desk_is_waiting(programme: Programme, tmp_path: Path) -> None:
    with served(programme, tmp_path) as serving, httpx.Client(base_url=f"http://127.0.0.1:{serving.port}") as client:
        desk = sign_in(client, programme.directory, programme.people["Saule"].desk()[0])
        ended: list[str] = []

        def wait() -> None:
            try:
                client.get("/sync/changes?after=0&wait=25", headers=desk, timeout=60)
            except httpx.TransportError:
                ended.append("cut")
            else:
                ended.append("answered")

        waiting = threading.Thread(target=wait)
        waiting.start()
        serving.stop()
        waiting.join(timeout=60)
        assert ended == ["answered"]


def test_what_keeps_it_from_starting_is_said_without_a_stack(tmp_path: Path) -> None:
    code = (
        "from server.serving import serve\nfrom server.settings import read_settings\n"
        "from server.problems import Problem\n"
        "try: serve(read_settings({'ESIK_FOLDER': 'nothing'}))\n"
        "except Problem as problem: print(problem.code)"
    )
    command, environment = [sys.executable, "-c", code], {"PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
    assert (said.stdout, said.stderr) == ("not_founded\n", "")
