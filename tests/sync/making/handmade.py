"""Parts and entries as an attacker would make them: every field free, the cryptography still right."""

from dataclasses import dataclass, field, replace

from sync.entry import TAG_ENTRY, Signed
from sync.ids import sha256
from sync.keys import SigningKey, aead_seal, hpke_seal, key_id
from sync.part import PartHeader, commitment, header_bytes, pad, part_context
from sync.wire import encode


@dataclass(frozen=True)
class PartMaker:
    """A part under `header` for the public key `to`; what is None is made as honest people make it."""

    pid: bytes
    header: PartHeader
    to: bytes
    padded: bytes = field(default_factory=lambda: pad(b'{"pulse":72}', 4096))
    content_key: bytes = b"k" * 32
    commit_to: bytes | None = None
    header_data: bytes | None = None

    def make(self) -> bytes:
        commit = commitment(self.commit_to or self.content_key)
        header = self.header_data or header_bytes(
            PartHeader(
                self.header.log, self.header.item, self.header.form, self.header.audience, self.header.key, commit
            )
        )
        context = part_context(self.pid, header)
        wrapped = hpke_seal(self.to, context, self.content_key)
        sealed = aead_seal(self.content_key, bytes(12), self.padded, context)
        return len(header).to_bytes(2, "big") + header + wrapped + sealed

    def but(self, **changes: object) -> bytes:
        """The part with those fields changed."""
        return replace(self, **changes).make()  # type: ignore[arg-type]


def header_for(log: bytes, item: bytes, form: bytes | None, audience: str, public: bytes) -> PartHeader:
    """A header whose commitment is filled in when the part is made."""
    return PartHeader(log, item, form, audience, key_id(public), bytes(32))


def signed_fields(pid: bytes, key: SigningKey, fields: dict[str, object]) -> Signed:
    """Whatever fields, signed as an entry."""
    data = encode(fields)
    return Signed(data, key.sign(TAG_ENTRY, pid, data))


def flipped(data: bytes, at: int) -> bytes:
    """`data` with one bit other."""
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def object_id(data: bytes) -> bytes:
    return sha256(data)
