"""`esik open`: a bundle or a part, and nothing but the key."""

import json
from pathlib import Path
from typing import Any

import pytest

from server.cli import main
from sync.attachments import seal_attachment
from sync.bundle import Bundle, write_bundle
from sync.entry import Signed
from sync.ids import b64
from tests.sync.making.handmade import flipped
from tests.sync.making.openings import payload, sealed_submission
from tests.sync.making.scene import Scene, scene


@pytest.fixture(scope="module")
def the() -> Scene:
    return scene()


@pytest.fixture
def key(the: Scene, tmp_path: Path) -> Path:
    """The key of the family audience, as a file."""
    return key_file(tmp_path, the, "family-2")


def key_file(folder: Path, the: Scene, name: str) -> Path:
    path = folder / f"{name}.key"
    path.write_text(json.dumps({"programme": b64(the.pid), "seed": b64(the.reading[name].seed)}))
    return path


def run(
    capsys: pytest.CaptureFixture[str], path: Path, data: bytes, key: Path, *more: str
) -> tuple[int, list[dict[str, Any]], str]:
    """(exit code, lines, what the standard error says)."""
    path.write_bytes(data)
    with pytest.raises(SystemExit) as ended:
        main(["open", str(path), "--key", str(key), *more])
    said = capsys.readouterr()
    return int(ended.value.code or 0), [json.loads(line) for line in said.out.splitlines()], said.err


def test_a_bundle_with_its_directory_goes_through_all_eight_steps(
    the: Scene, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed = sealed_submission(the)
    bundle = write_bundle(Bundle(directory=the.chain, entries=[sealed.entry], parts=sealed.parts))
    code, lines, _ = run(capsys, tmp_path / "bundle", bundle, key)
    assert code == 0
    opened = {line["audience"]: line for line in lines}
    assert opened["family"]["payload"] == payload("family")
    assert opened["family"]["checked"] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert (opened["protection"]["failed"], opened["protection"]["problem"]) == (7, "not_for_you")
    assert "payload" not in opened["protection"]


def test_without_the_directory_it_says_which_steps_it_could_check(
    the: Scene, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed = sealed_submission(the)
    bundle = write_bundle(Bundle(entries=[sealed.entry], parts=sealed.parts))
    code, lines, _ = run(capsys, tmp_path / "bundle", bundle, key)
    family = next(line for line in lines if line["audience"] == "family")
    assert (code, family["checked"], family["payload"]) == (0, [3, 4, 7, 8], payload("family"))


def test_a_single_part_opens_and_is_checked_for_itself_only(
    the: Scene, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines, _ = run(capsys, tmp_path / "part", sealed_submission(the).parts[2], key)
    assert (code, lines[0]["checked"], lines[0]["payload"]) == (0, [7, 8], payload("family"))


def test_a_part_without_its_entry_is_unproven(
    the: Scene, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = write_bundle(Bundle(parts=sealed_submission(the).parts))
    code, lines, _ = run(capsys, tmp_path / "bundle", bundle, key)
    assert code == 1
    assert {line["problem"] for line in lines} == {"unproven"}


def test_another_key_opens_nothing_and_the_exit_code_says_so(
    the: Scene, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stranger = key_file(tmp_path, the, "stranger")
    sealed = sealed_submission(the)
    bundle = write_bundle(Bundle(directory=the.chain, entries=[sealed.entry], parts=sealed.parts))
    code, lines, _ = run(capsys, tmp_path / "bundle", bundle, stranger)
    assert code == 1
    assert {line["problem"] for line in lines} == {"not_for_you"}


def test_what_was_tampered_with_is_named_and_the_rest_still_opens(
    the: Scene, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = sealed_submission(the), sealed_submission(the, bytes(16))
    forged = Signed(bad.entry.bytes, flipped(bad.entry.signature, 7))
    unreadable = Signed(bad.entry.bytes[:-1], bad.entry.signature)
    bundle = Bundle(
        directory=the.chain, entries=[forged, unreadable, good.entry], parts=[b"no part at all", *good.parts]
    )
    code, lines, _ = run(capsys, tmp_path / "bundle", write_bundle(bundle), key)
    assert code == 0
    assert [(line["failed"], line["problem"]) for line in lines if line.get("failed") == 1] == [
        (1, "bad_signature"),
        (1, "malformed"),
    ]
    assert "bad_part" in {line.get("problem") for line in lines}
    assert any(line.get("payload") == payload("family") for line in lines)


def test_a_bundle_that_goes_on_from_a_known_directory_is_opened_without_it(
    the: Scene, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed = sealed_submission(the)
    bundle = write_bundle(Bundle(directory=the.chain[-2:], entries=[sealed.entry], parts=sealed.parts))
    code, lines, _ = run(capsys, tmp_path / "bundle", bundle, key)
    assert (code, next(line["checked"] for line in lines if line["audience"] == "family")) == (0, [3, 4, 7, 8])


@pytest.mark.parametrize("data", [b"", b"not a bundle", b"\x80"])
def test_a_file_that_is_neither_is_told_in_words(
    data: bytes, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines, said = run(capsys, tmp_path / "file", data, key)
    assert (code, lines) == (2, [])
    assert "(malformed" in said


def test_a_key_file_that_is_none_is_told_in_words(
    the: Scene, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "key").write_text("my passphrase")
    code, lines, said = run(capsys, tmp_path / "part", sealed_submission(the).parts[2], tmp_path / "key")
    assert (code, lines) == (2, [])
    assert "(key_unreadable" in said
    assert "my passphrase" not in said


PICTURE = b"what the camera saw " * 60_000


def with_picture(the: Scene, *, chunks: bool = True) -> bytes:
    """A bundle of one submission with a picture of two chunks for the family."""
    picture = seal_attachment(the.pid, bytes(range(16)), "00112233445566ff.jpg", "image/jpeg", PICTURE)
    sealed = sealed_submission(the, attachments={"family": [picture]})
    brought = sealed.chunks if chunks else sealed.chunks[:1]
    return write_bundle(Bundle(directory=the.chain, entries=[sealed.entry], parts=sealed.parts, chunks=brought))


def test_pictures_are_written_out_beside_the_answers(
    the: Scene, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = tmp_path / "files"
    for _ in range(2):
        code, lines, _ = run(capsys, tmp_path / "bundle", with_picture(the), key, "--files", str(files))
        assert code == 0
        family = next(line for line in lines if line["audience"] == "family")
        [told] = family["attachments"]
        assert (told["type"], told["length"]) == ("image/jpeg", len(PICTURE))
        assert Path(told["file"]).read_bytes() == PICTURE
        assert [path.name for path in files.iterdir()] == ["00112233445566ff.jpg"]
        assert [line["audience"] for line in lines if "attachments" in line] == ["family"]


def test_a_picture_that_is_not_whole_is_named_and_the_answers_still_open(
    the: Scene, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = tmp_path / "files"
    code, lines, _ = run(capsys, tmp_path / "bundle", with_picture(the, chunks=False), key, "--files", str(files))
    family = next(line for line in lines if line["audience"] == "family")
    assert (code, family["attachments"][0]["problem"]) == (0, "missing_objects")
    assert not files.exists()


def test_a_folder_that_cannot_be_written_is_told_in_words(
    the: Scene, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "files").write_text("no folder")
    code, _, said = run(capsys, tmp_path / "bundle", with_picture(the), key, "--files", str(tmp_path / "files"))
    assert code == 2
    assert "(file_unreadable" in said
