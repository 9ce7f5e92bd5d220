"""A form is published from the command line: signed, whole, with or without a running server, or not at all."""

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import openpyxl
import pytest

from server.cli import main
from server.cli.signing import Signing
from server.folder import Folder
from server.founding import NewSlot
from server.store.sqlite_look import look_at
from sync.bundle import Bundle
from sync.directory import Directory
from sync.directory.bodies import Form
from sync.founding import Person
from sync.ids import b64
from sync.slot import derive_halves, seal_slot
from tests.programme import Programme, found_apart, found_programme
from tests.running import served

FORM = """
settings: {form_id: needs, number: %d, title: {en: Needs}, subject: person, audience: family, default_language: en}
survey:
  - {type: integer, name: coats, label: {en: 'How many coats?'}}
%s
"""
FACE = "  - {type: image, name: wound, label: {en: The wound}}"
GULNAR, DANA = "gulnar passphrase", "dana passphrase"


def slot_of(programme: Programme, person: Person, words: str) -> NewSlot:
    auth, wrap = derive_halves(programme.pid, person.staff, "desk", words)
    return NewSlot(person.staff, "desk", auth, seal_slot(programme.pid, person.staff, "desk", person.desk_slot(), wrap))


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """Gulnar and Dana administer, and have desks; Saule has a desk."""
    programme = found_programme(tmp_path_factory.mktemp("publishing") / "data", slots=True)
    dana = Person.new("Dana", "arrival", desk=True, tablet=False)
    draft = programme.goes_on()
    draft.write("administrator", dana.administrator_body(), programme.founded.root)
    slots = [slot_of(programme, programme.people["Gulnar"], GULNAR), slot_of(programme, dana, DANA)]
    found_apart(programme.settings, programme.pid, Bundle(directory=draft.entries), slots)
    return programme


@pytest.fixture
def programme(founded: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programme:
    made = founded.copied(tmp_path / "data")
    monkeypatch.setenv("ESIK_FOLDER", str(made.settings.folder))
    return made


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "needs.yaml"
    path.write_text(FORM % (1, ""), "utf-8")
    return path


def run(monkeypatch: pytest.MonkeyPatch, said: str, *words: str | Path) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(said))
    with pytest.raises(SystemExit) as ended:
        main(["forms", *map(str, words)])
    return int(ended.value.code or 0)


def publish(monkeypatch: pytest.MonkeyPatch, path: Path, *more: str, said: str = GULNAR) -> int:
    return run(monkeypatch, said, "publish", path, "--by", "Gulnar", "--passphrases", *more)


def listed(programme: Programme) -> list[Form]:
    looked = look_at(programme.settings.database)
    return [one for one in Directory.read(looked.programme, looked.chain).forms.values() if one.form == "needs"]


def test_a_form_is_published_while_no_server_runs(
    programme: Programme, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert publish(monkeypatch, sheet) == 0
    (form,) = listed(programme)
    folder = Folder(programme.settings.folder)
    assert folder.form_bytes(form.version) is not None
    assert [one.name for one in form.files] == ["compiled.json", "form.xml", "source/needs.yaml"]


def test_a_form_is_published_through_the_server_that_runs(
    programme: Programme, sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(programme, tmp_path) as serving:
        monkeypatch.setenv("ESIK_PORT", str(serving.port))
        assert publish(monkeypatch, sheet) == 0
        (form,) = listed(programme)
        response = httpx.get(f"http://127.0.0.1:{serving.port}/forms/{b64(form.version)}.json")
        assert response.status_code == 200
    assert [one.number for one in listed(programme)] == [1]


def test_a_server_that_does_not_answer_is_told_and_nothing_stands(
    programme: Programme,
    sheet: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with served(programme, tmp_path):
        monkeypatch.setenv("ESIK_PORT", "1")
        assert publish(monkeypatch, sheet) == 2
    assert "no_answer" in capsys.readouterr().err
    assert listed(programme) == []


@pytest.mark.parametrize(
    ("by", "said", "code"),
    [("Gulnar", "wrong", "wrong_passphrase"), ("Nobody", GULNAR, "wrong_passphrase"),
     ("Saule", "saule passphrase", "wrong_signer"), ("", GULNAR, "answer_missing")],
)  # fmt: skip
def test_who_may_not_sign_publishes_nothing(
    programme: Programme, sheet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    by: str, said: str, code: str,
) -> None:  # fmt: skip
    assert run(monkeypatch, said, "publish", sheet, "--by", by, "--passphrases") == 2
    assert code in capsys.readouterr().err
    assert listed(programme) == []
    assert not list(Folder(programme.settings.folder).files.glob("*"))


def test_what_stops_a_form_is_told_and_nothing_is_published(
    programme: Programme, sheet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for text, words in (
        (FORM % (2, ""), "not the next number"),
        ((FORM % (1, "")).replace("family", "medical"), "Nobody holds the audience medical"),
        ((FORM % (1, "")).replace("integer", "geotrace"), "geotrace"),
    ):
        sheet.write_text(text, "utf-8")
        assert publish(monkeypatch, sheet) == 1
        said = capsys.readouterr().err
        assert words in said
        assert "Nothing was published." in said
    assert listed(programme) == []


def test_the_next_number_is_taken_when_it_is_asked_for(
    programme: Programme, sheet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish(monkeypatch, sheet) == 0
    assert publish(monkeypatch, sheet) == 1
    assert "published already" in capsys.readouterr().err
    sheet.write_text(FORM % (1, "  - {type: integer, name: hats, label: {en: Hats}}"), "utf-8")
    assert publish(monkeypatch, sheet, "--number", "2") == 0
    assert [one.number for one in listed(programme)] == [1, 2]


class PowerCutError(BaseException):
    """The machine is gone."""


def test_a_power_cut_before_the_entry_leaves_bytes_that_nobody_names(
    programme: Programme, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def cut(*_: object) -> None:
        raise PowerCutError

    with monkeypatch.context() as patch:
        patch.setattr(Signing, "append", cut)
        patch.setattr("sys.stdin", io.StringIO(GULNAR))
        with pytest.raises(PowerCutError):
            main(["forms", "publish", str(sheet), "--by", "Gulnar", "--passphrases"])
    assert listed(programme) == []
    assert list(Folder(programme.settings.folder).files.glob("*"))
    assert publish(monkeypatch, sheet) == 0
    assert len(listed(programme)) == 1


def test_a_face_is_asked_for_by_two_administrators_or_not_at_all(
    programme: Programme, sheet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet.write_text(FORM % (1, FACE), "utf-8")
    reason = ("--reason", "The surgeon needs to see the wound.")
    assert publish(monkeypatch, sheet) == 2
    assert "reason_missing" in capsys.readouterr().err
    assert publish(monkeypatch, sheet, *reason, "--second", "Gulnar", said=f"{GULNAR}\n{GULNAR}") == 2
    assert "second_person" in capsys.readouterr().err
    assert listed(programme) == []
    assert publish(monkeypatch, sheet, *reason, "--second", "Dana", said=f"{GULNAR}\n{DANA}") == 0
    assert [one.reason for one in listed(programme)] == [reason[1]]


def test_a_version_gives_back_its_sheets_byte_for_byte(
    programme: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "towns.xlsx"
    workbook = openpyxl.Workbook()
    survey, settings = workbook.active, workbook.create_sheet("settings")
    assert survey is not None
    survey.title = "survey"
    for row in (("type", "name", "label"), ("select_one_from_file towns.csv", "town", "Which town?")):
        survey.append(row)
    for row in (("form_id", "form_title", "version", "default_language"), ("needs", "Needs", "1", "en")):
        settings.append(row)
    workbook.save(path)
    (tmp_path / "towns.csv").write_bytes(b"name,label\nalmaty,Almaty\nshymkent,Shymkent\n")
    told = ("--audience", "family", "--subject", "person", "--number", "1", "--language", "en", "--repair")
    assert publish(monkeypatch, path, *told) == 0
    (form,) = listed(programme)
    out = tmp_path / "out"
    assert run(monkeypatch, "", "source", "needs/1", "-o", out) == 0
    for name in ("towns.xlsx", "towns.csv"):
        assert (out / name).read_bytes() == (tmp_path / name).read_bytes()
    assert (out / "form.xml").read_bytes().startswith(b"<?xml")
    assert (out / "repaired.yaml").is_file()
    assert run(monkeypatch, "", "source", b64(form.version)[:9], "-o", tmp_path / "again") == 0
    assert run(monkeypatch, "", "source", "needs/2", "-o", tmp_path / "none") == 2
    assert not (tmp_path / "none").exists()


def test_a_kill_at_any_step_leaves_a_whole_form_or_none(
    programme: Programme, sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server dies as soon as the entry is durable, before it answers: the form stands, and is here whole."""
    with served(programme, tmp_path, dies_at=1) as serving:
        monkeypatch.setenv("ESIK_PORT", str(serving.port))
        assert publish(monkeypatch, sheet) == 2
    (form,) = listed(programme)
    folder = Folder(programme.settings.folder)
    assert folder.form_bytes(form.version) is not None
    assert all(folder.file(b64(one.hash)) for one in form.files if one.hash != form.version)
    assert publish(monkeypatch, sheet) == 1


def test_a_command_that_is_killed_while_it_writes_leaves_nothing_that_is_named(
    programme: Programme, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-c", KILLED, "forms", "publish", str(sheet), "--by", "Gulnar", "--passphrases"]
    for writes in (1, 2, 2):  # what was written stays, and is not written again
        ended = subprocess.run(command, input=GULNAR.encode(), env={**os.environ, "WRITES": str(writes)}, check=False)
        assert ended.returncode == -signal.SIGKILL
        assert listed(programme) == []
    assert publish(monkeypatch, sheet) == 0
    assert len(listed(programme)) == 1


KILLED = """
import os, signal, server.folder
from pathlib import Path
honest, left = server.folder.write_private, [int(os.environ.pop("WRITES"))]
def write(path, data):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    honest(path, data)
server.folder.write_private = write
from server.cli import main
main()
"""
