"""Who may be given which object. Everything given out is ciphertext; this only keeps it from being collected.

a part        to holders of a grant of its audience, of any epoch: the one in its own header, whatever an entry says
a chunk       to whoever may have a part of the same entry
a grant       to its own reader
the feed      whole to desks and stores; to a tablet that a desk confirmed, the entries that name people of its site
"""

from server.problems import Problem as ServerProblem
from server.store.rows import HeldObject
from sync.directory import Directory
from sync.part import check_framing
from sync.problems import Problem


def may_have(directory: Directory, key: bytes, id_: bytes, held: HeldObject) -> bool:
    """Whether the holder of the signing key `key` may have the object `id_`."""
    if any(directory.may_fetch(key, audience) for audience in _audiences(held)):
        return True
    own = directory.reading_keys(key)
    return any(grant.body.object == id_ and grant.body.reader in own for grant in directory.grants.values())


def people_of(directory: Directory, key: bytes) -> str | None:
    """The audience whose entries a device is shown; None for whoever is shown all. Raises `not_allowed` for a device
    that holds no key of its site's people: it could open nothing, and how much is sealed is not for it."""
    device = directory.devices.get(key)
    if device is None:
        return None
    audience = f"people@{device.site}"
    if not directory.may_fetch(key, audience):
        raise ServerProblem("not_allowed")
    return audience


def _audiences(held: HeldObject) -> frozenset[str]:
    # An entry may name what it never brought: whoever writes one could call another's part their own, or a chunk.
    try:
        return held.audiences & {check_framing(held.bytes).audience}
    except Problem:
        return held.audiences
