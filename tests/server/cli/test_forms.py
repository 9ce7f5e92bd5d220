"""`esik forms`: an author at a terminal checks, repairs, compiles and tries a form, and is never shown a stack."""

import json
from pathlib import Path
from typing import Any

import pytest

from forms.compile import compile_form
from forms.model import decode
from forms.source import from_yaml
from server.cli import main
from tests.forms.sources import workbook

HEAD = [["form_id", "form_title", "number", "subject", "audience"], ["small", "Small", 3, "person", "medical"]]
FINE = [
    ["type", "name", "label::en", "label::kk", "relevant", "constraint", "required", "calculation"],
    ["integer", "age", "Age", "Жасы", None, ". < 120", "yes", None],
    ["text", "school", "School", "Мектебі", "${age} < 18", None, None, None],
    ["calculate", "months", None, None, None, None, None, "${age} * 12"],
]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "fine.xlsx").write_bytes(workbook(survey=FINE, settings=HEAD))
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """(exit code, standard output, standard error)."""
    with pytest.raises(SystemExit) as ended:
        main(["forms", *words])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_a_form_that_could_be_published_ends_well(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = run(capsys, "check", "fine.xlsx")
    assert code == 0
    assert "2 questions, in en, kk" in said
    assert sorted(path.name for path in place.iterdir()) == ["fine.xlsx"]


def test_what_stops_a_form_is_named_by_sheet_row_and_column(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [*FINE, ["video", "v", "V", "V"], ["note", "n", "N ${agee}", "N"]]
    (place / "wrong.xlsx").write_bytes(workbook(survey=rows))
    code, said, _ = run(capsys, "check", "wrong.xlsx")
    assert code == 1
    assert "survey  row 6  C label::en  There is no question called agee. Did you mean ${age}, row 2?" in said
    assert "survey  row 5  A type       the type 'video' is not supported." in said
    code, said, _ = run(capsys, "check", "wrong.xlsx", "--json")
    report: dict[str, Any] = json.loads(said)
    assert code == 1
    assert not report["ok"]
    assert {(line["sheet"], tuple(line["rows"]), line["column"]) for line in report["lines"]} >= {
        ("survey", (6,), "label::en"), ("survey", (5,), "type"),
    }  # fmt: skip


def test_repairs_are_listed_and_written_beside_the_form(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["type", "name", "label"], ["begin group", "meta", "M"], ["text", "a", "A"], ["end group", None, None]]
    (place / "brought.xlsx").write_bytes(workbook(survey=rows))
    code, said, _ = run(capsys, "check", "brought.xlsx")
    assert code == 1
    assert "Offered repairs (--repair)" in said
    code, said, _ = run(capsys, "check", "brought.xlsx", "--repair", "--audience", "family", "--subject", "household")
    assert code == 0
    assert "survey, row 2, name: meta → meta_1" in said
    written = (place / "brought-repaired.yaml").read_text("utf-8")
    assert compile_form(from_yaml(written)).form.question("meta_1.a").audience == "family"
    code, _, told = run(capsys, "check", "brought.xlsx", "--repair", "--audience", "family", "--subject", "household")
    assert code == 2
    assert "file_there" in told


def test_a_form_is_compiled_into_a_folder_with_its_source(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = run(capsys, "compile", "fine.xlsx", "-o", "out")
    assert code == 0
    form = decode((place / "out" / "compiled.json").read_bytes())
    assert (form.key, form.number) == ("small", 3)
    assert said.startswith("small 3, version ")
    assert (place / "out" / "source.xlsx").read_bytes() == (place / "fine.xlsx").read_bytes()
    assert "<h:html" in (place / "out" / "form.xml").read_text("utf-8")
    assert json.loads((place / "out" / "report.json").read_text("utf-8"))["ok"]
    assert run(capsys, "compile", "fine.xlsx", "-o", "out")[0] == 2


def test_a_form_that_is_stopped_leaves_no_folder(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "wrong.xlsx").write_bytes(workbook())
    code, _, told = run(capsys, "compile", "wrong.xlsx", "-o", "out")
    assert (code, (place / "out").exists()) == (1, False)
    assert "subject is missing" in told


def test_data_beside_a_form_is_read_from_its_own_folders_only(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def brings(file: str) -> int:
        rows = [["type", "name", "label"], [f"select_one_from_file {file}", "t", "Town"]]
        (place / "towns.xlsx").write_bytes(workbook(survey=rows, settings=HEAD))
        return run(capsys, "check", "towns.xlsx")[0]

    assert brings("towns.csv") == 1
    (place / "towns-media").mkdir()
    (place / "towns-media" / "towns.csv").write_text("name,label\na,Almaty\n")
    assert brings("towns.csv") == 0
    (place.parent / "outside.csv").write_text("name,label\na,Almaty\n")
    assert brings("../outside.csv") == 1


def evaluated(
    place: Path, capsys: pytest.CaptureFixture[str], answers: object, form: str = "fine.xlsx"
) -> tuple[int, dict[str, Any]]:
    (place / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    code, said, _ = run(capsys, "evaluate", form, "--answers", "answers.json", "--json")
    return code, json.loads(said) if said else {}


def test_what_a_form_makes_of_answers_is_printed(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = evaluated(place, capsys, {"answers": {"age": 9, "school": "5"}})
    assert code == 0
    assert told["values"] == {"age": "9", "school": "5", "months": "108"}
    assert told["scores"] == {"months": "108"}
    assert told["required"] == {"age": True, "school": False}
    assert told["relevant"]["school"]
    code, told = evaluated(place, capsys, {"values": {"age": "130", "school": "5"}})
    assert code == 1
    assert told["invalid"] == {"age": "answer_constraint"}
    assert not told["relevant"]["school"]
    assert told["sealed"]["answers"].get("school") is None
    assert evaluated(place, capsys, {"answers": {}})[1]["missing"]["required"] == ["age"]


def test_a_compiled_form_and_flags_can_be_tried_too(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flags = [["name", "condition", "level", "hours", "audience", "at", "action"],
             ["old", "${age} > 100", "P2", 24, "medical", "age", "Ask again"]]  # fmt: skip
    (place / "flags.xlsx").write_bytes(workbook(survey=FINE, settings=HEAD, flags=flags))
    run(capsys, "compile", "flags.xlsx", "-o", "out")
    code, told = evaluated(place, capsys, {"answers": {"age": 101}}, "out/compiled.json")
    assert code == 0
    assert [(one["name"], one["level"], one["audience"]) for one in told["flags"]] == [("old", "P2", "medical")]
    _, said, _ = run(capsys, "evaluate", "flags.xlsx", "--answers", "answers.json")
    assert "Flags\n  old  P2  medical" in said


@pytest.mark.parametrize(
    "answers",
    [
        [], {}, {"answers": {"nobody": 1}}, {"values": {"nobody": "1"}}, {"values": 1},
        {"answers": {}, "ways": {"age": "maybe"}}, {"answers": {}, "ways": {"age": "unknown"}}, {"answers": {}, "x": 1},
        {"answers": {"age": 10**400}},
    ],
)  # fmt: skip
def test_answers_of_another_form_are_a_problem_in_words(
    place: Path, capsys: pytest.CaptureFixture[str], answers: object
) -> None:
    (place / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    code, _, told = run(capsys, "evaluate", "fine.xlsx", "--answers", "answers.json")
    assert code == 2
    assert "answers_unreadable" in told


def test_a_compiled_form_that_was_changed_by_hand_is_told_in_words(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "compile", "fine.xlsx", "-o", "out")
    (place / "answers.json").write_text('{"answers": {}}', encoding="utf-8")
    whole = json.loads((place / "out" / "compiled.json").read_text("utf-8"))
    for change in ({"order": [["nobody", "relevant"]]}, {"affects": {"age": [99]}}, {"default_language": "xx"}):
        (place / "changed.json").write_text(json.dumps(whole | change), encoding="utf-8")
        code, _, told = run(capsys, "evaluate", "changed.json", "--answers", "answers.json")
        assert (code, "Traceback" in told) in ((2, False), (1, False)), change
    code, _, told = run(capsys, "evaluate", "fine.xlsx", "--answers", "answers.json", "--today", "2026-02-30")
    assert code == 2
    assert "2026-02-30 is no day" in told
    assert run(capsys, "evaluate", "fine.xlsx", "--answers", "answers.json", "--now", "noon")[0] == 2


def test_files_that_are_not_there_or_are_no_forms_are_told_in_words(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "check", "nothing.xlsx")[0] == 2
    for name, data in {
        "a.xlsx": b"",
        "b.xls": b"x",
        "c.csv": b"\xff",
        "d.md": b"",
        "e.yaml": b"[",
        "f.doc": b"x",
    }.items():
        (place / name).write_bytes(data)
        code, said, told = run(capsys, "check", name)
        assert (code, told) == (1, "")
        assert said.startswith(f"{name}: 1 error.")
    (place / "g.json").write_bytes(b"{}")
    (place / "answers.json").write_text("{}")
    assert run(capsys, "evaluate", "g.json", "--answers", "answers.json")[0] == 2
