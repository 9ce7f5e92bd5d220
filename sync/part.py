"""Parts (PROTOCOL 3): one sealed piece of a submission, for one audience, exactly one recipient.

    part = u16 header length ‖ header JSON ‖ wrapped(1,168) ‖ ciphertext

A content key seals exactly once, which is why the nonce may be zero; a retry makes a new one. `commit` is checked
before decrypting: without it one ciphertext can be made to open two ways.
"""

import re
from binascii import a2b_base64

import msgspec

from sync.ids import NUL, b64, sha256
from sync.keys import NONCE, TAG, WRAPPED, ReadingKey, aead_open, aead_seal, hpke_seal, key_id
from sync.plain import decode_json
from sync.problems import Problem
from sync.randomness import Random, random_bytes

KIB = 1_024
BUCKETS = (4 * KIB, 8 * KIB, 16 * KIB, 32 * KIB, 64 * KIB)
LIMIT = 1_024 * KIB
_NAME = r"[a-z]+(?:@[a-z0-9]+(?:-[a-z0-9]+)*)?"
AUDIENCE = rf"^{_NAME}\Z"
_HEADER = re.compile(
    # the last symbol of each id has bits to spare, which are zero: else there were two spellings of the same bytes
    rb'\{"v":1,"log":"([\w-]{53}[AQgw])","item":"([\w-]{21}[AQgw])","form":(?:null|"([\w-]{42}[AEIMQUYcgkosw048])"),'
    rb'"audience":"(' + _NAME.encode() + rb')","key":"([\w-]{42}[AEIMQUYcgkosw048])",'
    rb'"commit":"([\w-]{42}[AEIMQUYcgkosw048])"\}'
)
_TO_BASE64 = bytes.maketrans(b"-_", b"+/")
_ZERO_NONCE = bytes(NONCE)


class PartHeader(msgspec.Struct, frozen=True):
    """A part's header, in raw bytes; `form` is nil in parts that belong to no form."""

    log: bytes
    item: bytes
    form: bytes | None
    audience: str
    key: bytes
    commit: bytes


def padme(n: int) -> int:
    """The next length that tells at most O(log log n) bits of n (Padmé, PETS 2019); `n` and the result in bytes."""
    if n < 2:
        return n
    exponent = n.bit_length() - 1
    kept = exponent.bit_length()
    mask = (1 << (exponent - kept)) - 1 if exponent > kept else 0
    return (n + mask) & ~mask


def bucket_for(length: int, least: int = BUCKETS[0]) -> int:
    """The padded length of `length` bytes of JSON and their 4 of length prefix, where the form's bucket is `least`."""
    whole = length + 4
    return next((bucket for bucket in BUCKETS if bucket >= max(whole, least)), padme(whole))


def is_bucket(padded: int) -> bool:
    """Whether a padded plaintext may have this length."""
    return padded in BUCKETS or (padded > BUCKETS[-1] and padme(padded) == padded)


def header_bytes(header: PartHeader) -> bytes:
    """The one form of a header: these keys in this order, no spaces. Nothing in it needs an escape."""
    form = "null" if header.form is None else f'"{b64(header.form)}"'
    return (
        f'{{"v":1,"log":"{b64(header.log)}","item":"{b64(header.item)}","form":{form},'
        f'"audience":"{header.audience}","key":"{b64(header.key)}","commit":"{b64(header.commit)}"}}'
    ).encode()


def part_context(pid: bytes, header: bytes) -> bytes:
    """HPKE's info and AES-GCM's AAD of the part with these header bytes."""
    return b"esik/1/part" + NUL + pid + header


def commitment(content_key: bytes) -> bytes:
    """What a header's `commit` must be."""
    return sha256(b"esik/1/commit" + NUL + content_key)


def seal_part(
    pid: bytes,
    *,
    log: bytes,
    item: bytes,
    form: bytes | None,
    audience: str,
    key: bytes,
    plaintext: bytes,
    bucket: int | None,
    random: Random = random_bytes,
) -> bytes:
    """A part. `key` is the audience's public key of the current epoch, `plaintext` its JSON, `bucket` the form
    version's for that audience (None: the smallest that fits). Raises `too_large`."""
    content_key = random(32)
    header = header_bytes(PartHeader(log, item, form, audience, key_id(key), commitment(content_key)))
    context = part_context(pid, header)
    padded = pad(plaintext, bucket_for(len(plaintext), bucket or BUCKETS[0]))
    wrapped = hpke_seal(key, context, content_key)
    part = len(header).to_bytes(2, "big") + header + wrapped + aead_seal(content_key, _ZERO_NONCE, padded, context)
    if len(part) > LIMIT:
        raise Problem("too_large", limit=LIMIT, size=len(part))
    return part


def pad(plaintext: bytes, bucket: int) -> bytes:
    """u32 length ‖ plaintext ‖ zeros, `bucket` bytes in all."""
    return (len(plaintext).to_bytes(4, "big") + plaintext).ljust(bucket, b"\0")


def unpad(padded: bytes) -> bytes:
    """What `pad` padded. Raises `bad_padding`, also for padding that could carry something."""
    end = 4 + int.from_bytes(padded[:4], "big")
    if not is_bucket(len(padded)) or end > len(padded) or padded.count(0, end) != len(padded) - end:
        raise Problem("bad_padding")
    return padded[4:end]


def read_header(part: bytes) -> tuple[PartHeader, bytes]:
    """The header and its bytes. Raises `bad_part`."""
    length = int.from_bytes(part[:2], "big")
    data = part[2 : 2 + length]
    found = _HEADER.fullmatch(data)
    if found is None or len(data) != length:
        raise Problem("bad_part", reason="header is not the one form")
    log, item, form, audience, key, commit = found.groups()
    header = PartHeader(
        log=_decoded(log),
        item=_decoded(item),
        form=None if form is None else _decoded(form),
        audience=audience.decode(),
        key=_decoded(key),
        commit=_decoded(commit),
    )
    return header, data


def _decoded(text: bytes) -> bytes:
    """The bytes of base64url that `_HEADER` has matched."""
    return a2b_base64(text.translate(_TO_BASE64) + b"=" * (-len(text) % 4))


def check_framing(part: bytes) -> PartHeader:
    """The header of a part whose framing and size are right, without any key. Raises `bad_part`."""
    header, data = read_header(part)
    padded = len(part) - 2 - len(data) - WRAPPED - TAG
    if len(part) > LIMIT or not is_bucket(padded):
        raise Problem("bad_part", reason="size")
    return header


def open_part(pid: bytes, part: bytes, reading_key: ReadingKey) -> dict[str, object]:
    """Steps 7 and 8 of Opening. Raises `bad_part`, `not_for_you`, `bad_key`, `bad_commit`, `bad_ciphertext`,
    `bad_padding` or `malformed`. Says nothing of who wrote it: that is `sync.opening`."""
    return decode_json(unpad(decrypt_part(pid, part, reading_key)))


def decrypt_part(pid: bytes, part: bytes, reading_key: ReadingKey) -> bytes:
    """Step 7 of Opening: the padded plaintext."""
    header = check_framing(part)
    if header.key != reading_key.key_id:
        raise Problem("not_for_you", audience=header.audience)
    start = 2 + int.from_bytes(part[:2], "big")
    context = part_context(pid, part[2:start])
    content_key = reading_key.open(context, part[start : start + WRAPPED])
    if commitment(content_key) != header.commit:
        raise Problem("bad_commit")
    return aead_open(content_key, _ZERO_NONCE, part[start + WRAPPED :], context)
