"""Who signs what (PROTOCOL 6.1): the table, and the one way through it. A refused entry changes nothing."""

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from sync.directory import bodies, rules_keys, rules_people
from sync.directory.state import Context, State
from sync.keys import key_id
from sync.problems import Problem
from sync.wire import shape

By = Literal["root", "administrator", "invitation"]
Rule = Callable[[State, Context, Any], None]

RULES: dict[str, tuple[type[msgspec.Struct], By, Rule]] = {
    "programme": (bodies.Programme, "root", rules_people.programme),
    "administrator": (bodies.Administrator, "root", rules_people.administrator),
    "staff": (bodies.Staff, "administrator", rules_people.staff),
    "store": (bodies.Store, "administrator", rules_people.store),
    "site": (bodies.Site, "administrator", rules_people.site),
    "service": (bodies.Service, "administrator", rules_people.service),
    "audience": (bodies.AudienceEpoch, "administrator", rules_keys.audience),
    "grant": (bodies.Grant, "administrator", rules_keys.grant),
    "invitation": (bodies.Invitation, "administrator", rules_people.invitation),
    "device": (bodies.Device, "invitation", rules_people.device),
    "form": (bodies.Form, "administrator", rules_keys.form),
    "reason": (bodies.Reason, "administrator", rules_keys.reason),
    "setting": (bodies.Setting, "administrator", rules_keys.setting),
    "erase": (bodies.Erase, "administrator", rules_keys.erase),
    "confirm": (bodies.Confirm, "administrator", rules_keys.confirm),
    "follow": (bodies.Follow, "root", rules_keys.follow),
    "release": (bodies.Release, "administrator", rules_keys.release),
}
"""kind -> body, who signs, rule. `revoke` has two bodies and is below; an unknown kind is an administrator's."""


def judge(state: State, context: Context) -> None:
    """Applies an entry whose place, bytes and signature are right. Raises a `Problem` and changes nothing then."""
    entry = context.entry
    if (entry.seq == 1) != (entry.kind == "programme"):
        raise Problem("wrong_programme", reason="the chain begins with its programme, once")
    if entry.kind == "revoke":
        _revoke(state, context)
        return
    known = RULES.get(entry.kind)
    _signer(state, context.by, known[1] if known else "administrator")
    if known is not None:  # an unknown kind is kept, not applied
        body, _, rule = known
        rule(state, context, shape(entry.body, body))


def signer_public(state: State, context: Context) -> bytes:
    """The public key that must have signed. Raises `wrong_programme` at seq 1, `unknown_device` for an unlisted one."""
    if context.entry.seq == 1:
        root = shape(context.entry.body, bodies.Programme).root
        if not key_id(root) == context.by == state.pid:
            raise Problem("wrong_programme")
        return root
    signer = state.signers.get(context.by)
    if signer is None:
        raise Problem("unknown_device", reason="signer")
    return signer.public


def _signer(state: State, by: bytes, wanted: By) -> None:
    if wanted == "root":
        if by != state.pid:
            raise Problem("wrong_signer")
        return
    if by in state.revoked:
        raise Problem("revoked")
    if not (by in state.invitations if wanted == "invitation" else state.is_administrator(by)):
        raise Problem("wrong_signer")


def _revoke(state: State, context: Context) -> None:
    if ("key" in context.entry.body) == ("grant" in context.entry.body):
        raise Problem("malformed", reason="a revoke names a key or a grant")
    if "grant" in context.entry.body:
        _signer(state, context.by, "administrator")
        rules_keys.revoke_grant(state, context, shape(context.entry.body, bodies.RevokeGrant))
        return
    body = shape(context.entry.body, bodies.RevokeKey)
    holder = state.signers.get(body.key) or state.readers.get(body.key)
    roots = holder is not None and isinstance(state.people.get(holder.owner), bodies.Administrator)
    _signer(state, context.by, "root" if roots else "administrator")
    rules_keys.revoke_key(state, context, body)
