"""Durable ingest: entries with a part of 8 KiB each, in batches, as a share of raw `sqlite3` taking the same bytes.

Ours: the bundle's bytes as they came from the wire → strict decoding, hash of every part, device signature of every
entry, framing, one decision and one transaction in the store (WAL, synchronous=FULL), a signed receipt after COMMIT.
In process: no HTTP. Peer: the same entry and part bytes into one two-column table, one transaction a batch, the same
journal and synchronous settings, the same disk. Both take turns, so that a slow minute of the disk meets both.
"""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from server.assets import Assets
from server.folder import Folder
from server.founding import found_store
from server.running import Server, open_server
from server.settings import Settings, read_settings
from sync.bundle import Bundle, write_bundle
from sync.clock import now_ms
from sync.directory.bodies import Bucket, Form, Invitation, Site, Store
from sync.directory.write import device_body
from sync.founding import Person, found
from sync.ids import made_id, sha256
from sync.keys import ReadingKey, SigningKey
from sync.log import Log
from sync.randomness import random_bytes
from sync.seal import seal_submission
from tests.bench.figures import Figure

BUCKET = 8 * 1024
ROUNDS = {1: 150, 10: 40, 100: 8}
AIM = 0.35
NO_ASSETS = Assets("bench", {}, {}, {})

Rows = list[tuple[bytes, bytes]]
Seal = Callable[[int], tuple[bytes, Rows]]
"""Seals a batch of so many: the bundle's bytes, and the same entries and parts as (hash, bytes)."""


def figures() -> list[Figure]:
    """Six figures."""
    with tempfile.TemporaryDirectory(prefix="esik-bench-") as folder:
        return asyncio.run(_figures(Path(folder)))


async def _figures(folder: Path) -> list[Figure]:
    settings = read_settings({"ESIK_FOLDER": str(folder / "centre")})
    seal = await _programme(settings)
    found_figures: list[Figure] = []
    async with open_server(settings, assets=NO_ASSETS) as server:
        server.intake.verifier.start(wait=60)  # as `esik serve` does at its start
        with closing(_peer(folder / "raw.db")) as peer:
            for size, rounds in ROUNDS.items():
                ours, raw = await _race(server, peer, seal, size, rounds)
                share = raw / ours
                area = "Durable ingest, 8 KiB a part"
                note = f"raw sqlite3 of the same bytes: {size * rounds / raw:,.0f} a second"
                found_figures.append(Figure(area, f"batches of {size}", size * rounds / ours, "entries a second", note))
                aim, met = (f"at least {AIM:.0%} of raw", share >= AIM) if size == 100 else ("", None)
                found_figures.append(Figure(area, f"batches of {size}, share of raw", share * 100, "%", "", aim, met))
    return found_figures


async def _race(server: Server, peer: sqlite3.Connection, seal: Seal, size: int, rounds: int) -> tuple[float, float]:
    """Seconds that ours and the peer took for `rounds` batches of `size`."""
    ours = raw = 0.0
    for turn in range(rounds + 2):
        body, rows = seal(size)
        begin = time.perf_counter()
        answer = await server.intake.bundle(body)
        middle = time.perf_counter()
        peer.execute("BEGIN IMMEDIATE")
        peer.executemany("INSERT INTO things VALUES (?, ?)", rows)
        peer.execute("COMMIT")
        end = time.perf_counter()
        assert answer.receipts
        assert all(one.state == "held" for one in answer.entries)
        if turn >= 2:  # the first two warm both up
            ours, raw = ours + middle - begin, raw + end - middle
    return ours, raw


def _peer(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE things (id BLOB PRIMARY KEY, bytes BLOB)")
    return db


async def _programme(settings: Settings) -> Seal:
    """A store with one tablet, and what seals batches for it."""
    folder = Folder(settings.folder)
    folder.create()
    at = now_ms()
    administrator = Person.new("Bench", "arrival", desk=True, tablet=False)
    founded = found("Bench", administrator, at=at)
    draft = founded.draft
    draft.write("store", Store(folder.store_key().public, "centre", "Centre"))
    draft.write("site", Site("arrival", "Arrival", "arrival"))
    draft.epoch("medical", ReadingKey.generate(), steward=administrator.staff, readers=[])
    version = sha256(b"bench")
    draft.write("form", Form("bench", 1, version, [Bucket("medical", BUCKET)], []))
    invitation, device, reading = SigningKey.generate(), SigningKey.generate(), ReadingKey.generate()
    draft.write("invitation", Invitation(invitation.public, "arrival", at + 86_400_000, 1, "Bench tablet"))
    body = device_body(
        founded.pid, name="Bench tablet", site="arrival", signing=device, reading=reading, invitation=invitation.key_id
    )
    draft.write("device", body, invitation)
    await found_store(settings, founded.pid, draft.bundle())
    log = Log.new(founded.pid, device)

    def seal(size: int) -> tuple[bytes, Rows]:
        sealed = [
            seal_submission(
                draft.directory, log, version=version, submission=made_id(),
                payloads={"medical": {"v": 1, "answers": random_bytes(3_000).hex()}}, at=now_ms(),
            )
            for _ in range(size)
        ]  # fmt: skip
        bundle = Bundle(entries=[one.entry for one in sealed], parts=[part for one in sealed for part in one.parts])
        rows = [(sha256(one.entry.bytes), one.entry.bytes + one.entry.signature) for one in sealed]
        rows += [(sha256(part), part) for one in sealed for part in one.parts]
        return write_bundle(bundle), rows

    return seal
