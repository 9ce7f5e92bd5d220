"""What is attached to an opened part, written into a folder: pictures, signatures, sounds and files.

Only under the random names that the part lists; a file that is there already is never written over.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from server.problems import Problem
from sync.attachments import open_attachment, read_attachments
from sync.entry import Entry
from sync.ids import sha256
from sync.opening import item_and_form
from sync.problems import Problem as SyncProblem


class WrittenOut(msgspec.Struct, omit_defaults=True):
    """One attachment: where it lies now, or why it did not open. `length` in bytes."""

    name: str
    type: str
    length: int
    file: str = ""
    problem: str = ""


def write_out(
    pid: bytes, entry: Entry, payload: Mapping[str, object], chunks: Sequence[bytes], folder: Path
) -> list[WrittenOut]:
    """Writes what `payload` lists; `chunks` as the bundle brought them. Raises `file_unreadable` for a folder that
    cannot be written."""
    item, _ = item_and_form(entry)
    try:
        listed = read_attachments(payload)
    except SyncProblem as problem:
        return [WrittenOut("", "", 0, problem=problem.code)]
    manifest = {one.id: one.size for one in entry.carries.attachments}
    objects = {sha256(one): one for one in chunks}
    found: list[WrittenOut] = []
    for one in listed:
        told = WrittenOut(one.name, one.type, one.length)
        try:
            data = open_attachment(pid, item or b"", one, manifest, objects)
        except SyncProblem as problem:
            told.problem = problem.code
        else:
            told.file = str(_write(folder, one.name, data))
        found.append(told)
    return found


def _write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != data:
            with path.open("xb") as out:
                out.write(data)
    except OSError as error:
        raise Problem("file_unreadable", file=str(path), reason=error.strerror or "") from error
    return path
