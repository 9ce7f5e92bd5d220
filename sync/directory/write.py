"""Writing directory entries: on top of a head, signed by whoever may."""

import msgspec

from sync.directory.bodies import Device
from sync.directory.chain import Directory
from sync.directory.rules_people import TAG_DEVICE, device_proof
from sync.entry import Signed, entry_hash, write_entry
from sync.ids import ZERO_HASH, directory_log
from sync.keys import ReadingKey, SigningKey


def directory_entry(
    directory: Directory, key: SigningKey, kind: str, body: msgspec.Struct | dict[str, object], *, at: int
) -> Signed:
    """The next entry of the chain, signed by `key`; `append` judges it."""
    head = directory.head
    return write_entry(
        directory.pid, key, log=directory_log(directory.pid), seq=directory.seq + 1,
        prev=head.hash if head else ZERO_HASH, kind=kind, time=at, offset=None, directory=None, body=body,
    )  # fmt: skip


class Draft:
    """Several entries in a row on top of a directory, which is read on a copy: nothing is appended until a store does.

    After `directory_moved`, make a new Draft on the new head and write again."""

    def __init__(self, directory: Directory, key: SigningKey, *, at: int) -> None:
        self.directory = directory.copy()
        self.key = key
        self.at = at
        self.entries: list[Signed] = []

    def write(self, kind: str, body: msgspec.Struct | dict[str, object], key: SigningKey | None = None) -> bytes:
        """Writes and checks one more; its hash. Raises what a store would raise."""
        signed = directory_entry(self.directory, key or self.key, kind, body, at=self.at)
        self.directory.append(signed, at=self.at)
        self.entries.append(signed)
        return entry_hash(signed.bytes)


def device_body(
    pid: bytes, *, name: str, site: str, signing: SigningKey, reading: ReadingKey, invitation: bytes
) -> Device:
    """The body of a `device` with its proof; `invitation` is the invitation's key id."""
    proof = signing.sign(TAG_DEVICE, pid, device_proof(signing.public, reading.public, invitation))
    return Device(name, site, signing.public, reading.public, invitation, proof)
