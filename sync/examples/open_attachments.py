"""Opens what is attached to a part, with nothing but `cryptography` and the opened part (sync/PROTOCOL.md, 3.5).

    python open_a_part.py PROGRAMME SEED part.bin … > opened.json
    python open_attachments.py PROGRAMME ITEM opened.json entry.bin OUT chunk…

PROGRAMME and ITEM (the submission's id) are base64url; chunk… are the objects as a store gave them, under any name,
each named by the entry. Pictures, sounds and files are written into the folder OUT under the names that the part lists.
"""

import base64
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 960 * 1024


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def open_one(programme: bytes, item: bytes, listed: dict[str, Any], entry: bytes, objects: dict[bytes, bytes]) -> bytes:
    count = len(listed["chunks"])
    data = b""
    for index, ref in enumerate(listed["chunks"]):
        if unb64(ref["id"]) not in entry:
            raise SystemExit(f"{listed['name']}: the entry does not name chunk {index}")
        place = index.to_bytes(4, "big") + count.to_bytes(4, "big")
        context = b"esik/1/chunk\0" + programme + item + place
        # raises KeyError for a chunk that is not here, InvalidTag for one that was changed or moved
        data += AESGCM(unb64(ref["key"])).decrypt(bytes(12), objects[unb64(ref["id"])], context)
    if count != -(-listed["length"] // CHUNK) or len(data) < listed["length"] or any(data[listed["length"] :]):
        raise SystemExit(f"{listed['name']}: the length is not what the part says")
    return data[: listed["length"]]


def main(programme: bytes, item: bytes, opened: Path, entry: bytes, out: Path, chunks: list[Path]) -> None:
    payload = json.loads(opened.read_text(encoding="utf-8"))["payload"]
    objects = {hashlib.sha256(data).digest(): data for data in (path.read_bytes() for path in chunks)}
    out.mkdir(exist_ok=True)
    for listed in payload.get("attachments", []):
        if not re.fullmatch(r"[0-9a-f]{16}\.[a-z0-9]{1,5}", listed["name"]):
            raise SystemExit("a name that is none")
        (out / listed["name"]).write_bytes(open_one(programme, item, listed, entry, objects))
        print(listed["name"], listed["type"], listed["length"])


if __name__ == "__main__":
    pid, item_text, opened_file, entry_file, folder, *chunk_files = sys.argv[1:]
    files = [Path(one) for one in chunk_files]
    main(unb64(pid), unb64(item_text), Path(opened_file), Path(entry_file).read_bytes(), Path(folder), files)
