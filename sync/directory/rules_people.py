"""Rules for entries about people, places and machines. Each checks everything first and changes the state last."""

from sync.directory.bodies import Administrator, Device, Invitation, Programme, Service, Site, Staff, Store
from sync.directory.state import Context, Reader, Signer, State
from sync.ids import sha256
from sync.keys import key_id, verify
from sync.problems import Problem

TAG_DEVICE = "esik/1/device"


def programme(state: State, context: Context, body: Programme) -> None:
    _signing(body.root)
    state.programme = body
    state.signers[state.pid] = Signer("root", body.root, state.pid, None)
    recovery = key_id(body.recovery)
    state.readers[recovery] = Reader("recovery", body.recovery, recovery, None)


def administrator(state: State, context: Context, body: Administrator) -> None:
    # Not the site: the first administrator stands before any site does.
    _person(state, body)


def staff(state: State, context: Context, body: Staff) -> None:
    # An administrator who could re-list another as plain staff would replace that person's keys without the root.
    if isinstance(state.people.get(body.staff), Administrator):
        raise Problem("wrong_signer", reason="an administrator's record")
    _site(state, body.site)
    _person(state, body)


def store(state: State, context: Context, body: Store) -> None:
    _signing(body.key)
    key = key_id(body.key)
    if key not in state.stores:
        _new_key(state, key)
    elif key in state.revoked:
        raise Problem("revoked")
    state.stores[key] = body
    state.signers[key] = Signer("store", body.key, key, None)


def site(state: State, context: Context, body: Site) -> None:
    state.sites[body.site] = body


def service(state: State, context: Context, body: Service) -> None:
    _site(state, body.site)
    state.services.append(body)


def invitation(state: State, context: Context, body: Invitation) -> None:
    _site(state, body.site)
    _signing(body.key)
    key = key_id(body.key)
    _new_key(state, key)
    state.invitations[key] = body
    state.used[key] = 0
    state.signers[key] = Signer("invitation", body.key, key, body.site)


def device(state: State, context: Context, body: Device) -> None:
    by = context.by
    listed = state.invitations.get(by)
    if listed is None or body.invitation != by:
        raise Problem("wrong_signer")
    _signing(body.signing)
    signing, reading = key_id(body.signing), key_id(body.reading)
    # First of all, so that a tablet that repeats itself after a lost answer learns that it is in.
    for key in (signing, reading):
        _new_key(state, key)
    if body.site != listed.site:
        raise Problem("wrong_signer", reason="another site's invitation")
    if max(context.entry.time, context.at or 0) > listed.end:
        raise Problem("invitation_expired", end=listed.end)
    if state.used[by] >= listed.count:
        raise Problem("invitation_used", count=listed.count)
    if not verify(body.signing, TAG_DEVICE, state.pid, device_proof(body.signing, body.reading, by), body.proof):
        raise Problem("bad_signature", reason="proof")
    state.used[by] += 1
    state.devices[signing] = body
    state.signers[signing] = Signer("device", body.signing, signing, body.site)
    state.readers[reading] = Reader("device", body.reading, signing, body.site)


def device_proof(signing: bytes, reading: bytes, invitation_key: bytes) -> bytes:
    """What a new device signs with its own key: H(signing ‖ reading ‖ invitation key id), the first two public keys."""
    return sha256(signing + reading + invitation_key)


def _person(state: State, body: Staff | Administrator) -> None:
    signers = [] if body.signing is None else [body.signing]
    readers = [key for key in (body.reading, body.work) if key is not None]
    if (body.signing is None) != (body.reading is None) or not signers + readers:
        raise Problem("malformed", reason="a desk has both keys; a person has at least one")
    ids = [key_id(key) for key in signers + readers]
    if len(set(ids)) != len(ids):
        raise Problem("already_listed")
    for key in signers:
        _signing(key)
    for one in ids:
        holder = state.signers.get(one) or state.readers.get(one)
        if holder is None or holder.owner != body.staff:
            _new_key(state, one)
        elif one in state.revoked:
            raise Problem("revoked")
    kind = "administrator" if isinstance(body, Administrator) else "staff"
    state.people[body.staff] = body
    for key in signers:
        state.signers[key_id(key)] = Signer(kind, key, body.staff, body.site)
    if body.reading is not None:
        state.readers[key_id(body.reading)] = Reader("staff", body.reading, body.staff, body.site)
    if body.work is not None:
        state.readers[key_id(body.work)] = Reader("work", body.work, body.staff, body.site)


def _new_key(state: State, key: bytes) -> None:
    audiences = (one.key_id for epochs in state.audiences.values() for one in epochs)
    if key in state.signers or key in state.readers or key in audiences:
        raise Problem("already_listed")


def _site(state: State, slug: str) -> None:
    if slug not in state.sites:
        raise Problem("not_listed", site=slug)


def _signing(public: bytes) -> None:
    # Only the form: libraries differ over what else they refuse, and a chain must read the same for all. A key that is
    # no point on the curve verifies nothing, which harms nobody but its holder.
    if public[0] != 4:
        raise Problem("malformed", reason="not an uncompressed point")
