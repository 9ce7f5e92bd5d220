"""Opening (PROTOCOL 7): eight steps, and the first that fails is named. A part without its entry is nobody's answers.

Steps 1 and 2 are of the entry, 3 to 8 of each part.
"""

from collections.abc import Mapping

import msgspec

from sync.directory import Directory
from sync.entry import (
    Entry,
    PartRef,
    Signed,
    check_signature,
    decision_of,
    entry_hash,
    parts_of,
    read_entry,
    submission_of,
)
from sync.ids import sha256
from sync.keys import ReadingKey
from sync.log import Chain
from sync.part import PartHeader, check_framing, decrypt_part, unpad
from sync.plain import decode_json
from sync.problems import Problem

STEPS = (
    "the entry's signature and log",
    "an enrolled key, not beyond a cut",
    "the bytes hash to the id in the manifest",
    "header, entry and manifest agree",
    "exactly the form version's audiences",
    "the key is an epoch of the audience",
    "unwrapped, committed, decrypted",
    "padding and JSON",
)


class Step(msgspec.Struct, frozen=True):
    """The step (1 to 8) at which opening stopped, and the problem's code."""

    number: int
    problem: str


class OpenedPart(msgspec.Struct, frozen=True):
    """A part that an entry names: its payload, or the step that failed. `id` is nil for what the manifest lacks."""

    audience: str
    id: bytes | None
    payload: dict[str, object] | None
    failed: Step | None


class OpenedEntry(msgspec.Struct, frozen=True):
    """An entry and its parts. When `failed` (step 1 or 2) is set nothing of it may be shown as somebody's answers."""

    hash: bytes
    entry: Entry | None
    failed: Step | None
    parts: list[OpenedPart]


def open_submission(
    directory: Directory,
    signed: Signed,
    parts: Mapping[bytes, bytes],
    keys: Mapping[bytes, ReadingKey],
    chain: Chain | None = None,
) -> OpenedEntry:
    """Opens what an entry names. `parts` by object id, as a store gave them under that id; `keys` are the audience keys
    held, by key id; `chain` for entries of a revoked key before their cut. Never raises for what a stranger wrote."""
    hash_ = entry_hash(signed.bytes)
    step = 1
    entry = None
    try:
        entry = read_entry(signed.bytes)
        step = 2 if directory.key_of_log(entry.log) is None else 1
        check_writer(directory, entry, signed)
        step = 2
        check_standing(directory, entry, hash_, chain)
        refs = parts_of(entry)
    except Problem as problem:
        return OpenedEntry(hash_, entry, Step(step, problem.code), [])
    return OpenedEntry(hash_, entry, None, [_open(directory, entry, one, parts, keys) for one in refs])


def check_writer(directory: Directory, entry: Entry, signed: Signed) -> None:
    """Step 1: signed by the key that the log id names. A log of an unlisted key fails step 2 (`unknown_device`)."""
    public = directory.key_of_log(entry.log)
    if public is None:
        raise Problem("unknown_device")
    check_signature(directory.pid, public, signed)


def check_standing(directory: Directory, entry: Entry, hash_: bytes, chain: Chain | None) -> None:
    """Step 2: the key is enrolled and the entry not beyond a cut."""
    if directory.standing(entry.log, entry.seq, hash_, chain) == "revoked":
        raise Problem("revoked")


def check_hash(part: bytes | None, ref: PartRef) -> bytes:
    """Step 3. A part that is not here is `missing_objects`."""
    if part is None:
        raise Problem("missing_objects")
    if sha256(part) != ref.id or len(part) != ref.size:
        raise Problem("hash_differs")
    return part


def check_binding(entry: Entry, ref: PartRef, part: bytes) -> PartHeader:
    """Step 4: the part is of this log, item, form and audience, and not of another that somebody moved it from."""
    header = check_framing(part)
    item, form = item_and_form(entry)
    if (header.log, header.item, header.form) != (entry.log, item, form):
        raise Problem("bad_binding")
    if (header.audience, header.key) != (ref.audience, ref.key):
        raise Problem("bad_binding", reason="manifest")
    return header


def check_audiences(directory: Directory, entry: Entry) -> None:
    """Step 5: a submission has exactly the form version's audiences, once each. A missing part would tell; a second one
    for an audience could say something else."""
    _, version = item_and_form(entry)
    if version is None:
        return
    form = directory.forms.get(version)
    writer = directory.writer(entry.log)
    if form is None or writer is None:
        raise Problem("wrong_audiences", reason="form")
    wanted = [f"people@{writer.site}" if one.audience == "people" else one.audience for one in form.audiences]
    if sorted(one.audience for one in parts_of(entry)) != sorted(wanted):
        raise Problem("wrong_audiences")


def check_epoch(directory: Directory, ref: PartRef) -> None:
    """Step 6."""
    if ref.key not in directory.audience_keys(ref.audience):
        raise Problem("wrong_epoch")


def item_and_form(entry: Entry) -> tuple[bytes | None, bytes | None]:
    """What the headers of the entry's parts must name."""
    if entry.kind == "submission":
        body = submission_of(entry)
        return body.submission, body.form
    if entry.kind == "decision":
        return decision_of(entry).item, None
    item = entry.body.get("item")
    return (item if isinstance(item, bytes) else None), None


def _open(
    directory: Directory,
    entry: Entry,
    ref: PartRef,
    parts: Mapping[bytes, bytes],
    keys: Mapping[bytes, ReadingKey],
) -> OpenedPart:
    step = 3
    try:
        part = check_hash(parts.get(ref.id), ref)
        step = 4
        check_binding(entry, ref, part)
        step = 5
        check_audiences(directory, entry)
        step = 6
        check_epoch(directory, ref)
        step = 7
        key = keys.get(ref.key)
        if key is None:
            raise Problem("not_for_you")
        padded = decrypt_part(directory.pid, part, key)
        step = 8
        payload = decode_json(unpad(padded))
    except Problem as problem:
        return OpenedPart(ref.audience, ref.id, None, Step(step, problem.code))
    return OpenedPart(ref.audience, ref.id, payload, None)
