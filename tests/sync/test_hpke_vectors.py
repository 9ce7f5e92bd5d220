"""Published vectors (RFC 9180, hpke-pq) for the suite in use, from the package cryptography_vectors.

None of them is of our three together, so: X-Wing with HKDF-SHA256 as published; HKDF-SHA256 with AES-256-GCM as
published, under other KEMs; and our very suite, with the published X-Wing shared secret and the key schedule of
RFC 9180 section 5.1 written out here.
"""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import cryptography_vectors
import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.keys import ReadingKey, hpke_seal
from sync.problems import Problem

FOLDER = Path(cryptography_vectors.__file__).parent / "HPKE"
X25519, P256, X_WING = 0x20, 0x10, 0x647A
AES_256_GCM, CHACHA = 2, 3


def published(file: str, *, aead: int, kems: tuple[int, ...]) -> list[dict[str, Any]]:
    """Base mode, HKDF-SHA256, that AEAD, those KEMs."""
    every = json.loads((FOLDER / file).read_text())
    found = [
        one for one in every
        if (one["mode"], one["kdf_id"], one["aead_id"]) == (0, 1, aead) and one["kem_id"] in kems
    ]  # fmt: skip
    assert found, "the vectors moved"
    return found


def private_key(kem: int, data: bytes) -> Any:
    if kem == X25519:
        return x25519.X25519PrivateKey.from_private_bytes(data)
    return ec.derive_private_key(int.from_bytes(data, "big"), ec.SECP256R1())


@pytest.mark.parametrize("vector", published("hpke-pq-test-vectors.json", aead=CHACHA, kems=(X_WING,)))
def test_x_wing_opens_what_was_published(vector: dict[str, Any]) -> None:
    key = ReadingKey.from_seed(bytes.fromhex(vector["skRm"]))
    assert key.public.hex() == vector["pkRm"]
    suite = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
    first = vector["encryptions"][0]
    opened = openssl.hpke._decrypt_with_aad(  # the public call takes no AAD
        suite,
        bytes.fromhex(vector["enc"] + first["ct"]),
        key._key,
        bytes.fromhex(vector["info"]),
        bytes.fromhex(first["aad"]),
    )
    assert opened.hex() == first["pt"]


@pytest.mark.parametrize("vector", published("test-vectors.json", aead=AES_256_GCM, kems=(X25519, P256)))
def test_the_key_schedule_and_aes_open_what_was_published(vector: dict[str, Any]) -> None:
    kem = {X25519: hpke.KEM.X25519, P256: hpke.KEM.P256}[vector["kem_id"]]
    suite = hpke.Suite(kem, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
    first = vector["encryptions"][0]
    opened = openssl.hpke._decrypt_with_aad(
        suite,
        bytes.fromhex(vector["enc"] + first["ct"]),
        private_key(vector["kem_id"], bytes.fromhex(vector["skRm"])),
        bytes.fromhex(vector["info"]),
        bytes.fromhex(first["aad"]),
    )
    assert opened.hex() == first["pt"]


def labeled_extract(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")


def labeled_expand(suite: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    info = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(prk, info + b"\1", hashlib.sha256)[:length]


def key_and_nonce(kem: int, aead: int, shared: bytes, info: bytes) -> tuple[bytes, bytes]:
    """RFC 9180, 5.1, base mode, HKDF-SHA256."""
    suite = b"HPKE" + b"".join(one.to_bytes(2, "big") for one in (kem, 1, aead))
    context = b"\0" + labeled_extract(suite, b"", b"psk_id_hash", b"") + labeled_extract(suite, b"", b"info_hash", info)
    secret = labeled_extract(suite, shared, b"secret", b"")
    return labeled_expand(suite, secret, b"key", context, 32), labeled_expand(suite, secret, b"base_nonce", context, 12)


@pytest.mark.parametrize("vector", published("hpke-pq-test-vectors.json", aead=CHACHA, kems=(X_WING,)))
def test_our_very_suite_opens_under_the_published_shared_secret(vector: dict[str, Any]) -> None:
    shared, info = bytes.fromhex(vector["shared_secret"]), bytes.fromhex(vector["info"])
    published_key = key_and_nonce(X_WING, CHACHA, shared, info)
    assert [one.hex() for one in published_key] == [vector["key"], vector["base_nonce"]]
    key, nonce = key_and_nonce(X_WING, AES_256_GCM, shared, info)
    sealed = bytes.fromhex(vector["enc"]) + AESGCM(key).encrypt(nonce, b"a content key", b"")
    reader = ReadingKey.from_seed(bytes.fromhex(vector["skRm"]))
    assert reader.open(info, sealed) == b"a content key"
    with pytest.raises(Problem, match="bad_key"):
        reader.open(info + b"x", sealed)


def test_what_we_seal_we_open() -> None:
    key = ReadingKey.generate()
    assert key.open(b"info", hpke_seal(key.public, b"info", b"x" * 32)) == b"x" * 32
