"""Sealing: one payload per audience of a form version becomes the parts and the signed entry of a submission."""

from collections.abc import Mapping, Sequence

import msgspec

from sync.attachments import SealedAttachment, listing
from sync.directory import Directory
from sync.entry import AttachmentRef, PartRef, Signed
from sync.entry import Decision as DecisionBody
from sync.entry import Submission as SubmissionBody
from sync.ids import made_id, sha256
from sync.log import Log
from sync.part import seal_part
from sync.plain import encode_json
from sync.problems import Problem
from sync.randomness import Random, random_bytes


class Sealed(msgspec.Struct, frozen=True):
    """A signed entry and what it names: parts, and chunks of attachments in the manifest's order."""

    entry: Signed
    parts: list[bytes]
    chunks: list[bytes] = []


def audience_at(audience: str, site: str | None) -> str:
    """What a form's `people` stands for at a site; other audiences are themselves."""
    return f"people@{site}" if audience == "people" and site else audience


def seal_submission(
    directory: Directory,
    log: Log,
    *,
    version: bytes,
    submission: bytes,
    payloads: Mapping[str, dict[str, object]],
    at: int,
    offset: int | None = None,
    supersedes: list[bytes] | None = None,
    continues: bytes | None = None,
    attachments: Mapping[str, Sequence[SealedAttachment]] | None = None,
    random: Random = random_bytes,
) -> Sealed:
    """Seals `payloads` (by the form's audience names: `people`, `medical`…) for the current epochs, writes the entry.
    `attachments` by audience: each is listed in that audience's payload alone. Raises `wrong_audiences` when they are
    not exactly the form version's, `not_listed`, `too_large`, `malformed`."""
    form = directory.forms.get(version)
    if form is None:
        raise Problem("not_listed", reason="form")
    if sorted(payloads) != sorted(one.audience for one in form.audiences):
        raise Problem("wrong_audiences")
    attached = attachments or {}
    if not attached.keys() <= payloads.keys():
        raise Problem("wrong_audiences")
    writer = directory.writer(log.id)
    parts = {
        audience_at(one.audience, writer.site if writer else None): (
            with_attachments(payloads[one.audience], attached.get(one.audience, ())),
            one.bucket,
        )
        for one in form.audiences
    }
    sealed, refs = _seal(directory, log, submission, version, parts, random)
    chunks = sorted((data for some in attached.values() for one in some for data in one.chunks), key=sha256)
    manifest = sorted_by_id([AttachmentRef(sha256(one), len(one)) for one in chunks])
    body = SubmissionBody(submission, version, supersedes or [], continues, refs, manifest)
    return Sealed(_write(directory, log, "submission", body, at, offset), sealed, chunks)


def with_attachments(payload: dict[str, object], attached: Sequence[SealedAttachment]) -> dict[str, object]:
    """The payload as it is sealed: with the list of its attachments, if it has any."""
    return {**payload, "attachments": listing([one.listed for one in attached])} if attached else payload


def seal_decision(
    directory: Directory,
    log: Log,
    *,
    of: bytes,
    state: str,
    payloads: Mapping[str, dict[str, object]],
    at: int,
    random: Random = random_bytes,
) -> Sealed:
    """A reviewer's decision on the entry `of`; `payloads` by whole audience name (`people@arrival`, `coordination`)."""
    if state not in ("accepted", "returned"):
        raise Problem("malformed", reason="state")
    item = made_id(random)
    parts: dict[str, tuple[dict[str, object], int | None]] = {name: (one, None) for name, one in payloads.items()}
    sealed, refs = _seal(directory, log, item, None, parts, random)
    body = DecisionBody(of, state, item, refs, [])
    return Sealed(_write(directory, log, "decision", body, at, None), sealed, [])


def sorted_by_id(attachments: list[AttachmentRef]) -> list[AttachmentRef]:
    """As a manifest lists them, so that the order tells nothing."""
    return sorted(attachments, key=lambda one: one.id)


def _seal(
    directory: Directory,
    log: Log,
    item: bytes,
    form: bytes | None,
    payloads: Mapping[str, tuple[dict[str, object], int | None]],
    random: Random,
) -> tuple[list[bytes], list[PartRef]]:
    sealed: list[bytes] = []
    refs: list[PartRef] = []
    for audience, (payload, bucket) in payloads.items():
        epoch = directory.current(audience)
        part = seal_part(
            directory.pid, log=log.id, item=item, form=form, audience=audience, key=epoch.body.key,
            plaintext=encode_json(payload), bucket=bucket, random=random,
        )  # fmt: skip
        sealed.append(part)
        refs.append(PartRef(sha256(part), audience, epoch.key_id, len(part)))
    return sealed, refs


def _write(
    directory: Directory, log: Log, kind: str, body: SubmissionBody | DecisionBody, at: int, offset: int | None
) -> Signed:
    head = directory.head
    if head is None:
        raise Problem("wrong_programme", reason="empty")
    return log.write(kind, body, directory=head, at=at, offset=offset)
