"""`esik open`: what a bundle or a single part says to the holder of one key, with no server and no directory at hand.

A bundle that carries the directory from its first entry is put through all eight steps of *Opening* (PROTOCOL 7).
Without it, and for a single part, steps 1, 2, 5 and 6 cannot be checked, and each line says so. With `--files`, what
is attached to a part that opened is written out too, each chunk checked against the entry.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from server.cli.attached import WrittenOut, write_out
from server.problems import Problem
from sync.bundle import Bundle, read_bundle
from sync.directory import Directory
from sync.entry import Entry, PartRef, Signed, entry_hash, parts_of, read_entry
from sync.ids import b64, sha256, unb64
from sync.keys import ReadingKey
from sync.opening import check_binding, check_hash, open_submission
from sync.part import check_framing, open_part
from sync.problems import Problem as SyncProblem

NAME: Final = "open"
ABOUT: Final = """Open a bundle, or a single part, with nothing but the key.

Prints one line of JSON for each part: its answers, or the step of Opening that stopped it. The key file is JSON:
{"programme": "<programme id>", "seed": "<32 bytes>"}, both base64url; the demo writes one an audience (keys/*.key).
With --files, pictures, sounds and files of the parts that open are written into that folder under their own names.
Exit code 0 when something opened, 1 when nothing did."""
WITHOUT_DIRECTORY: Final = [3, 4, 7, 8]
ALONE: Final = [7, 8]


class KeyFile(msgspec.Struct, frozen=True):
    """An audience's seed, and the programme whose parts it opens."""

    programme: str
    seed: str


class Line(msgspec.Struct, omit_defaults=True):
    """What is printed of one part. `checked` are the steps of Opening that passed."""

    part: str
    audience: str
    checked: list[int]
    entry: str = ""
    payload: dict[str, object] | None = None
    failed: int = 0
    problem: str = ""
    attachments: list[WrittenOut] = []


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """BUNDLE and --key."""
    parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="a bundle, or a single part")
    parser.add_argument("--key", type=Path, required=True, metavar="FILE", help="the audience's key")
    parser.add_argument("--files", type=Path, metavar="FOLDER", help="where to write pictures, sounds and files")


def run(arguments: argparse.Namespace) -> int:
    """Open and print. Raises `file_unreadable`, `malformed`."""
    pid, key = read_key(_read(arguments.key))
    lines = list(opened(_read(arguments.bundle), pid, key, arguments.files))
    for line in lines:
        print(json.dumps(msgspec.to_builtins(line), ensure_ascii=False))
    if not lines:
        print("There is no part in it.", file=sys.stderr)
    return 0 if any(line.payload is not None for line in lines) else 1


def read_key(data: bytes) -> tuple[bytes, ReadingKey]:
    """(programme id, key) of a key file. Raises `key_unreadable`."""
    try:
        kept = msgspec.json.decode(data, type=KeyFile)
        pid, seed = unb64(kept.programme), unb64(kept.seed)
        if len(pid) == 32:
            return pid, ReadingKey.from_seed(seed)
    except (msgspec.MsgspecError, SyncProblem, UnicodeDecodeError) as error:
        raise Problem("key_unreadable") from error
    raise Problem("key_unreadable")


def opened(data: bytes, pid: bytes, key: ReadingKey, files: Path | None = None) -> Iterator[Line]:
    """A line for every part in `data`; what is attached goes into `files`. Raises `malformed` when it is neither a
    bundle nor a part."""
    try:
        check_framing(data)
    except SyncProblem:
        bundle = read_bundle(data)
    else:
        yield _alone(data, pid, key)
        return
    directory = _directory(bundle, pid)
    parts = {sha256(part): part for part in bundle.parts}
    named: set[bytes] = set()
    for signed in bundle.entries:
        try:
            entry = read_entry(signed.bytes)
        except SyncProblem as problem:
            yield Line("", "", [], b64(entry_hash(signed.bytes)), failed=1, problem=problem.code)
            continue
        named.update(ref.id for ref in parts_of(entry))
        lines = _whole(directory, signed, parts, key) if directory else _bare(pid, signed, entry, parts, key)
        for line in lines:
            if files is not None and line.payload is not None:
                line.attachments = write_out(pid, entry, line.payload, bundle.chunks, files)
            yield line
    yield from (_unproven(id_, part) for id_, part in parts.items() if id_ not in named)


def _unproven(id_: bytes, part: bytes) -> Line:
    """A part without its entry is never somebody's answers."""
    try:
        return Line(b64(id_), check_framing(part).audience, [], problem="unproven")
    except SyncProblem as problem:
        return Line(b64(id_), "", [], failed=4, problem=problem.code)


def _whole(directory: Directory, signed: Signed, parts: dict[bytes, bytes], key: ReadingKey) -> Iterator[Line]:
    found = open_submission(directory, signed, parts, {key.key_id: key})
    hash_ = b64(found.hash)
    if found.failed is not None:
        steps = list(range(1, found.failed.number))
        yield Line("", "", steps, hash_, failed=found.failed.number, problem=found.failed.problem)
    for one in found.parts:
        failed = one.failed.number if one.failed else 0
        yield Line(
            b64(one.id or b""), one.audience, list(range(1, failed or 9)), hash_, one.payload, failed,
            one.failed.problem if one.failed else "",
        )  # fmt: skip


def _bare(pid: bytes, signed: Signed, entry: Entry, parts: dict[bytes, bytes], key: ReadingKey) -> Iterator[Line]:
    for ref in parts_of(entry):
        line = Line(b64(ref.id), ref.audience, [], b64(entry_hash(signed.bytes)))
        _steps(line, pid, entry, ref, parts.get(ref.id), key)
        yield line


def _steps(line: Line, pid: bytes, entry: Entry, ref: PartRef, part: bytes | None, key: ReadingKey) -> None:
    step = 3
    try:
        here = check_hash(part, ref)
        step = 4
        check_binding(entry, ref, here)
        step = 7
        line.payload = open_part(pid, here, key)
        line.checked = WITHOUT_DIRECTORY
    except SyncProblem as problem:
        step = 8 if problem.code in {"bad_padding", "malformed"} else step
        line.checked = [one for one in WITHOUT_DIRECTORY if one < step]
        line.failed, line.problem = step, problem.code


def _alone(part: bytes, pid: bytes, key: ReadingKey) -> Line:
    line = Line(b64(sha256(part)), check_framing(part).audience, [])
    try:
        line.payload = open_part(pid, part, key)
        line.checked = ALONE
    except SyncProblem as problem:
        late = problem.code in {"bad_padding", "malformed"}
        line.checked = ALONE[:1] if late else []
        line.failed, line.problem = (8 if late else 7), problem.code
    return line


def _directory(bundle: Bundle, pid: bytes) -> Directory | None:
    """The directory that the bundle carries from its beginning; None if it does not."""
    begins = bool(bundle.directory) and read_entry(bundle.directory[0].bytes).seq == 1
    return Directory.read(pid, bundle.directory) if begins else None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Problem("file_unreadable", file=str(path), reason=error.strerror or "") from error
