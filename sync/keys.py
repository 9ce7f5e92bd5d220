"""Every primitive, and the only importer of `cryptography` (PROTOCOL 1.5, 1.6, 2). One suite, no negotiation.

HPKE base mode with X-Wing, HKDF-SHA256, AES-256-GCM; ECDSA P-256 with SHA-256; Argon2id. The library's HPKE takes no
AAD, so context goes into `info`; its hybrid key has no serialiser, so a private X-Wing key is its 32-byte seed.
"""

import hashlib
import unicodedata
from functools import lru_cache
from typing import Self

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric import ec, mlkem, utils, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from sync.ids import NUL, sha256
from sync.problems import Problem
from sync.randomness import Random, random_bytes

SIGNING_PUBLIC = 65
READING_PUBLIC = 1_216
SEED = 32
ENC = 1_120
TAG = 16
NONCE = 12
WRAPPED = ENC + 32 + TAG
"""Length of a 32-byte key under `hpke_seal`: 1,168."""

_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_ECDSA = ec.ECDSA(hashes.SHA256())
_MLKEM_PUBLIC = READING_PUBLIC - 32


def key_id(public: bytes) -> bytes:
    """H(public key bytes), 32 bytes."""
    return sha256(public)


def signed_bytes(tag: str, pid: bytes, data: bytes) -> bytes:
    """What a signature is over: a tag, so that none serves two ends, and the programme, so that none travels."""
    return tag.encode() + NUL + pid + data


class SigningKey:
    """A P-256 key that signs. `public` is the 65-byte uncompressed point."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self._key = key
        self.public = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.key_id = key_id(self.public)

    @classmethod
    def generate(cls) -> Self:
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def from_pkcs8(cls, data: bytes) -> Self:
        """Raises `bad_key` for anything but an unencrypted P-256 key."""
        try:
            key = load_der_private_key(data, None)
        except (ValueError, TypeError) as cause:
            raise Problem("bad_key", reason="not PKCS #8") from cause
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise Problem("bad_key", reason="not P-256")
        return cls(key)

    def pkcs8(self) -> bytes:
        return self._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    @classmethod
    def from_scalar(cls, scalar: bytes) -> Self:
        """The key with this private number, 32 bytes, as recovery sheets hold it. Raises `bad_key`."""
        try:
            return cls(ec.derive_private_key(int.from_bytes(scalar, "big"), ec.SECP256R1()))
        except ValueError as cause:
            raise Problem("bad_key", reason="not P-256") from cause

    def scalar(self) -> bytes:
        return self._key.private_numbers().private_value.to_bytes(32, "big")

    def sign(self, tag: str, pid: bytes, data: bytes) -> bytes:
        """Raw r‖s, 64 bytes."""
        r, s = utils.decode_dss_signature(self._key.sign(signed_bytes(tag, pid, data), _ECDSA))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


@lru_cache(maxsize=4_096)
def _verifier(public: bytes) -> ec.EllipticCurvePublicKey | None:
    if len(public) != SIGNING_PUBLIC or public[0] != 4:
        return None  # one form: a compressed point is not a listed key
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    except ValueError:
        return None


def is_signing_public(public: bytes) -> bool:
    """Whether these are the bytes of a P-256 point that is on the curve."""
    return _verifier(public) is not None


def verify(public: bytes, tag: str, pid: bytes, data: bytes, signature: bytes) -> bool:
    """Whether `signature` (raw r‖s) is by `public`. Never raises: a key that is no key verifies nothing."""
    key = _verifier(public)
    if key is None or len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        key.verify(utils.encode_dss_signature(r, s), signed_bytes(tag, pid, data), _ECDSA)
    except InvalidSignature:
        return False
    return True


class ReadingKey:
    """An X-Wing key that opens: people's, tablets' and audiences' alike. `public` is 1,216 bytes, `seed` 32."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED:
            raise Problem("bad_key", reason="seed")
        self.seed = seed
        expanded = hashlib.shake_256(seed).digest(96)
        post_quantum = mlkem.MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
        classical = x25519.X25519PrivateKey.from_private_bytes(expanded[64:])
        self._key = hpke.MLKEM768X25519PrivateKey(post_quantum, classical)
        self.public = post_quantum.public_key().public_bytes_raw() + classical.public_key().public_bytes_raw()
        self.key_id = key_id(self.public)

    @classmethod
    def generate(cls, random: Random = random_bytes) -> Self:
        return cls(random(SEED))

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        return cls(seed)

    def open(self, info: bytes, sealed: bytes) -> bytes:
        """What `hpke_seal` sealed to this key under the same `info`. Raises `bad_key`."""
        try:
            return _SUITE.decrypt(sealed, self._key, info)
        except (InvalidTag, ValueError) as cause:
            raise Problem("bad_key") from cause


@lru_cache(maxsize=256)
def _sealer(public: bytes) -> hpke.MLKEM768X25519PublicKey:
    if len(public) != READING_PUBLIC:
        raise Problem("bad_key", reason="not X-Wing")
    try:
        return hpke.MLKEM768X25519PublicKey(
            mlkem.MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC]),
            x25519.X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:]),
        )
    except ValueError as cause:
        raise Problem("bad_key", reason="not X-Wing") from cause


def hpke_seal(public: bytes, info: bytes, plaintext: bytes) -> bytes:
    """enc(1120) ‖ ct, openable by the holder of `public` alone. Raises `bad_key` if that is no X-Wing key."""
    return _SUITE.encrypt(plaintext, _sealer(public), info)


def aead_seal(key: bytes, nonce: bytes, data: bytes, aad: bytes) -> bytes:
    """AES-256-GCM: ct ‖ tag(16)."""
    return AESGCM(key).encrypt(nonce, data, aad)


def aead_open(key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
    """Raises `bad_ciphertext`."""
    try:
        return AESGCM(key).decrypt(nonce, sealed, aad)
    except (InvalidTag, ValueError) as cause:
        raise Problem("bad_ciphertext") from cause


def argon2id(passphrase: str, salt: bytes, memory: int, passes: int, lanes: int) -> bytes:
    """64 bytes from a passphrase (NFKC, UTF-8); `memory` in KiB. The caller has checked the cost (PROTOCOL 2.3)."""
    secret = unicodedata.normalize("NFKC", passphrase).encode()
    return Argon2id(salt=salt, length=64, iterations=passes, lanes=lanes, memory_cost=memory).derive(secret)
