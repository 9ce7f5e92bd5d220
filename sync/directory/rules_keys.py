"""Rules for entries about audiences, forms and what ends: grants, revocations, erasures. Checks first, changes last."""

from sync.directory.bodies import (
    AudienceEpoch,
    Confirm,
    Erase,
    Follow,
    Form,
    Grant,
    Reason,
    Release,
    RevokeGrant,
    RevokeKey,
    Setting,
)
from sync.directory.state import Context, ListedAudience, ListedGrant, Reader, Revocation, State
from sync.entry import Head
from sync.grant import GRANT_SIZE
from sync.ids import directory_log
from sync.keys import key_id
from sync.part import BUCKETS
from sync.problems import Problem


def audience(state: State, context: Context, body: AudienceEpoch) -> None:
    name, _, site = body.audience.partition("@")
    if (name == "people") != bool(site):
        raise Problem("malformed", reason="people, and only people, is held by site")
    if site and site not in state.sites:
        raise Problem("not_listed", site=site)
    if body.steward not in state.people:
        raise Problem("not_listed", reason="steward")
    epochs = state.audiences.get(body.audience, [])
    if body.epoch != len(epochs) + 1:
        raise Problem("out_of_order", epoch=body.epoch)
    key = key_id(body.key)
    every = (one.key_id for others in state.audiences.values() for one in others)
    if key in state.readers or key in every:
        raise Problem("already_listed")
    state.audiences[body.audience] = [*epochs, ListedAudience(body, key)]


def grant(state: State, context: Context, body: Grant) -> None:
    epochs = state.audiences.get(body.audience, [])
    if body.epoch > len(epochs):
        raise Problem("not_listed", audience=body.audience, epoch=body.epoch)
    reader = state.readers.get(body.reader)
    if reader is None:
        raise Problem("not_listed", reason="reader")
    if body.reader in state.revoked:
        raise Problem("revoked")
    if not may_read(reader, body.audience):
        raise Problem("wrong_reader", reason=reader.kind)
    if body.size != GRANT_SIZE:
        raise Problem("malformed", reason="size")
    same = [one for one in state.grants.values() if (one.body.audience, one.body.epoch) == (body.audience, body.epoch)]
    if any(one.body.reader == body.reader and one.hash not in state.withdrawn for one in same):
        raise Problem("already_listed")
    # What only one person can open is lost with that person.
    if reader.kind != "recovery" and not any(state.readers[one.body.reader].kind == "recovery" for one in same):
        raise Problem("out_of_order", reason="recovery first")
    state.grants[context.hash] = ListedGrant(body, context.hash, context.entry.seq)


def may_read(reader: Reader, audience_name: str) -> bool:
    """A tablet opens its own site's people list and nothing else; a work key opens no audience at all."""
    if reader.kind == "device":
        return audience_name == f"people@{reader.site}"
    return reader.kind in ("recovery", "staff")


def form(state: State, context: Context, body: Form) -> None:
    if body.version in state.forms:
        raise Problem("already_listed")
    newest = max((one.number for one in state.forms.values() if one.form == body.form), default=0)
    if body.number != newest + 1:
        raise Problem("out_of_order", number=body.number)
    names = [one.audience for one in body.audiences]
    if len(set(names)) != len(names) or any("@" in name for name in names):
        raise Problem("malformed", reason="audiences")
    if any(one.bucket not in BUCKETS for one in body.audiences):
        raise Problem("malformed", reason="bucket")
    if body.reason is not None and not _given_by_another(state, context, body):
        raise Problem("second_person")
    state.forms[body.version] = body


def _given_by_another(state: State, context: Context, body: Form) -> bool:
    """Whether another administrator who signs now gave this very reason. One person with two keys is one person."""
    mine = state.signers[context.by].owner
    return any(
        one.reason == body.reason and state.is_administrator(by) and state.signers[by].owner != mine
        for by, one in state.reasons.get(body.version, {}).items()
    )


def reason(state: State, context: Context, body: Reason) -> None:
    if body.version in state.forms:
        raise Problem("already_listed")
    # a container of its own: a copy of the state must not see what is written here
    state.reasons[body.version] = {**state.reasons.get(body.version, {}), context.by: body}


def setting(state: State, context: Context, body: Setting) -> None:
    state.settings[body.name] = body.value


def revoke_key(state: State, context: Context, body: RevokeKey) -> None:
    keys = state.keys_of(body.key)
    # Without recovery, which is first to read every epoch, nobody could ever make one again.
    if not keys or state.pid in keys or any(_is_recovery(state, key) for key in keys):
        raise Problem("not_listed", reason="key")
    own_log = directory_log(state.pid)
    cuts = {one.log: Head(one.seq, one.hash) for one in body.cut}
    if len(cuts) != len(body.cut) or not all(log == own_log or log[:32] in keys for log in cuts):
        raise Problem("malformed", reason="cut")
    before = state.revoked.get(body.key)
    if before is not None and any(log not in cuts or cuts[log].seq < old.seq for log, old in before.cuts.items()):
        raise Problem("out_of_order", reason="a cut moves forward only")
    revocation = Revocation(context.entry.seq, body.reason, cuts)
    for key in keys:
        state.revoked[key] = revocation


def _is_recovery(state: State, key: bytes) -> bool:
    reader = state.readers.get(key)
    return reader is not None and reader.kind == "recovery"


def revoke_grant(state: State, context: Context, body: RevokeGrant) -> None:
    if body.grant not in state.grants:
        raise Problem("not_listed", reason="grant")
    state.withdrawn.add(body.grant)


def erase(state: State, context: Context, body: Erase) -> None:
    if body.asked_by not in state.people:
        raise Problem("not_listed", reason="asked_by")
    if len(state.administrators()) > 1 and state.signers[context.by].owner == body.asked_by:
        raise Problem("second_person")
    for one in body.objects:
        state.erased.setdefault(one, context.entry.time)


def confirm(state: State, context: Context, body: Confirm) -> None:
    """Says only that somebody with a key was there (6.4)."""


def follow(state: State, context: Context, body: Follow) -> None:
    """Says which branch to go on from; `Directory` has checked that it is this one."""


def release(state: State, context: Context, body: Release) -> None:
    state.release = body.release
