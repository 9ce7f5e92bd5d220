"""Opens a part with nothing but `cryptography` and the audience's seed (sync/PROTOCOL.md, section 7).

    python open_a_part.py PROGRAMME SEED part.bin [entry.bin SIGNATURE PUBLIC]

All but files is base64url; PUBLIC is the writer's 65-byte key. With an entry its signature is checked and that it names
this very part; without one the part is nobody's answers. Steps 2, 5 and 6 need the directory.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path

from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric import ec, mlkem, utils, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def check(step: int, about: str, holds: bool) -> None:
    print(f"step {step}: {about}: {'checked' if holds else 'FAILS'}", file=sys.stderr)
    if not holds:
        sys.exit(1)


def main(programme: bytes, seed: bytes, part: bytes, entry: bytes = b"", signature: str = "", public: str = "") -> None:
    start = 2 + int.from_bytes(part[:2], "big")
    header = json.loads(part[2:start])
    if entry:
        point, (r, s) = unb64(public), (int.from_bytes(unb64(signature)[at : at + 32], "big") for at in (0, 32))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        signed = b"esik/1/entry\0" + programme + entry
        key.verify(utils.encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))  # raises InvalidSignature
        check(1, "signature and log", unb64(header["log"])[:32] == hashlib.sha256(point).digest())
        check(3, "the entry names the hash of these bytes", hashlib.sha256(part).digest() in entry)
        check(4, "the entry has this log and item", all(unb64(header[one]) in entry for one in ("log", "item")))
    expanded = hashlib.shake_256(seed).digest(96)
    private = hpke.MLKEM768X25519PrivateKey(
        mlkem.MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
        x25519.X25519PrivateKey.from_private_bytes(expanded[64:]),
    )
    suite = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
    context = b"esik/1/part\0" + programme + part[2:start]
    content_key = suite.decrypt(part[start : start + 1168], private, context)  # raises InvalidTag
    check(7, "commit", hashlib.sha256(b"esik/1/commit\0" + content_key).digest() == unb64(header["commit"]))
    padded = AESGCM(content_key).decrypt(bytes(12), part[start + 1168 :], context)  # raises InvalidTag
    end = 4 + int.from_bytes(padded[:4], "big")
    check(8, "padding", end <= len(padded) and not any(padded[end:]))
    print(json.dumps({"audience": header["audience"], "payload": json.loads(padded[4:end])}, ensure_ascii=False))
    print("proven by the entry" if entry else "unproven: nobody's answers without the entry", file=sys.stderr)


if __name__ == "__main__":
    pid, seed_text, part_file, *proof = sys.argv[1:]
    with_entry = (Path(proof[0]).read_bytes(), proof[1], proof[2]) if proof else (b"", "", "")
    main(unb64(pid), unb64(seed_text), Path(part_file).read_bytes(), *with_entry)
