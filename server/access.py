"""Who may be given which object. Everything given out is ciphertext; this only keeps it from being collected.

a part        to holders of a grant of its audience, of any epoch
a chunk       to whoever may have a part of the same entry
a grant       to its own reader
"""

from server.store.rows import HeldObject
from sync.directory import Directory


def may_have(directory: Directory, key: bytes, id_: bytes, held: HeldObject) -> bool:
    """Whether the holder of the signing key `key` may have the object `id_`."""
    if any(directory.may_fetch(key, audience) for audience in held.audiences):
        return True
    own = directory.reading_keys(key)
    return any(grant.body.object == id_ and grant.body.reader in own for grant in directory.grants.values())
