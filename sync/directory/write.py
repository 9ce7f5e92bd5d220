"""Writing directory entries: on top of a head, signed by whoever may, with the objects that they name."""

from collections.abc import Mapping

import msgspec

from sync.bundle import Bundle
from sync.directory.bodies import AudienceEpoch, Device, Grant
from sync.directory.chain import Directory
from sync.directory.rules_people import TAG_DEVICE, device_proof
from sync.entry import Signed, entry_hash, write_entry
from sync.grant import GRANT_SIZE, seal_grant
from sync.ids import ZERO_HASH, directory_log, sha256
from sync.keys import ReadingKey, SigningKey, key_id
from sync.problems import Problem


def directory_entry(
    directory: Directory, key: SigningKey, kind: str, body: msgspec.Struct | Mapping[str, object], *, at: int
) -> Signed:
    """The next entry of the chain, signed by `key`; `append` judges it."""
    head = directory.head
    return write_entry(
        directory.pid, key, log=directory_log(directory.pid), seq=directory.seq + 1,
        prev=head.hash if head else ZERO_HASH, kind=kind, time=at, offset=None, directory=None, body=body,
    )  # fmt: skip


class Draft:
    """Several entries in a row on top of a directory, tried on a copy: nothing stands until a store has appended it.

    After `directory_moved` make a new Draft on the new head and write again. `at` is the writer's clock, ms."""

    def __init__(self, directory: Directory, key: SigningKey, *, at: int) -> None:
        self.directory = directory.copy()
        self.key = key
        self.at = at
        self.entries: list[Signed] = []
        self.objects: dict[bytes, bytes] = {}

    def write(self, kind: str, body: msgspec.Struct | Mapping[str, object], key: SigningKey | None = None) -> bytes:
        """Writes and checks one more, by `key` or the draft's own; its hash. Raises what a store would raise."""
        signed = directory_entry(self.directory, key or self.key, kind, body, at=self.at)
        self.directory.append(signed, at=self.at)
        self.entries.append(signed)
        return entry_hash(signed.bytes)

    def grant(self, audience: str, epoch: int, key: ReadingKey, reader: bytes) -> bytes:
        """Gives the audience's `key` of that epoch to the holder of the public key `reader`; the entry's hash. Raises
        `swapped_key` when `key` is not the listed one."""
        if self.directory.audience_keys(audience).get(key.key_id) != epoch:
            raise Problem("swapped_key", audience=audience, epoch=epoch)
        sealed = seal_grant(self.directory.pid, audience, epoch, key, reader)
        self.objects[sha256(sealed)] = sealed
        return self.write("grant", Grant(audience, epoch, key_id(reader), sha256(sealed), GRANT_SIZE))

    def epoch(self, audience: str, key: ReadingKey, *, steward: bytes, readers: list[bytes]) -> int:
        """A new epoch with its grants, recovery's first; its number. `steward` is a staff id, `readers` public keys."""
        epoch = len(self.directory.audiences.get(audience, [])) + 1
        self.write("audience", AudienceEpoch(audience, epoch, key.public, steward))
        for reader in [self.directory.recovery, *readers]:
            self.grant(audience, epoch, key, reader)
        return epoch

    def bundle(self) -> Bundle:
        """What to push."""
        return Bundle(directory=self.entries, chunks=list(self.objects.values()))


def device_body(
    pid: bytes, *, name: str, site: str, signing: SigningKey, reading: ReadingKey, invitation: bytes
) -> Device:
    """The body of a `device` with its proof; `invitation` is the invitation's key id."""
    proof = signing.sign(TAG_DEVICE, pid, device_proof(signing.public, reading.public, invitation))
    return Device(name, site, signing.public, reading.public, invitation, proof)
