"""Opening names the first step that fails; receiving decides in one order."""

from collections.abc import Collection, Mapping
from typing import Any

from sync.entry import Signed, entry_hash, parts_of, read_entry
from sync.ids import b64, sha256, unb64
from sync.log import Entries
from sync.opening import open_submission
from sync.problems import Problem
from sync.receive import Decision, Limits, Place, examine
from tests.sync.reading import Vector, each, given_directory, keys_of, signed


@each("opening")
def test_the_first_step_that_fails_is_named(vector: Vector) -> None:
    given = vector["given"]
    entry = signed(given["entry"])
    chain = Entries()
    for one in given["held"]:
        chain.add(unb64(one))
    parts = dict(zip(_ids(entry), [unb64(one) for one in given["parts"]], strict=False))
    opened = open_submission(given_directory(given), entry, parts, keys_of(given["seeds"]), chain)
    if "problem" not in vector:
        assert [_part(one) for one in opened.parts] == vector["expect"]["parts"]
        return
    failed = (
        opened.failed
        if vector["audience"] is None
        else next(one.failed for one in opened.parts if one.audience == vector["audience"])
    )
    assert failed is not None
    assert (failed.number, failed.problem) == (vector["step"], vector["problem"])
    assert vector["audience"] is not None or opened.parts == []


def _ids(entry: Signed) -> list[bytes]:
    """The ids that the entry names, in its order; a store's parts are told by them, whatever they are."""
    try:
        return [one.id for one in parts_of(read_entry(entry.bytes))]
    except Problem:
        return []


def _part(one: Any) -> dict[str, object]:
    if one.failed:
        return {"audience": one.audience, "step": one.failed.number, "problem": one.failed.problem}
    return {"audience": one.audience, "payload": one.payload}


class Held:
    """What a store knows, in memory: `Known` for tests."""

    def __init__(self, erased: Collection[bytes] = ()) -> None:
        self.erased = erased
        self.places: dict[bytes, Place] = {}
        self.objects: dict[bytes, int] = {}
        self.taken: dict[bytes, int] = {}
        self.entries = Entries()

    def keep(self, one: Signed, decision: Decision, objects: Mapping[bytes, bytes]) -> None:
        entry = decision.entry
        if entry is None:
            return
        self.entries.add(one.bytes)
        self.places[decision.hash] = Place(entry.log, entry.seq, decision.state == "held")
        for named in decision.objects:
            if named.id in objects and named.id not in self.erased:
                self.objects[named.id] = named.size

    def place_of(self, hash_: bytes) -> Place | None:
        return self.places.get(hash_)

    def hashes_at(self, log: bytes, seq: int) -> Collection[bytes]:
        return [one for one, place in self.places.items() if (place.log, place.seq) == (log, seq)]

    def object_size(self, id_: bytes) -> int | None:
        return self.objects.get(id_)

    def spent(self, key: bytes, since: int | None) -> int:
        return self.taken.get(key, 0)

    def hash_on_chain(self, tip: bytes, seq: int) -> bytes | None:
        return self.entries.hash_on_chain(tip, seq)


@each("receive")
def test_a_store_decides_in_one_order(vector: Vector) -> None:
    given = vector["given"]
    the = given_directory(given)
    known = Held(the.erased)
    held = {sha256(unb64(one)): unb64(one) for one in given["held"]["objects"]}
    for one in given["held"]["entries"]:
        entry = signed(one)
        known.keep(entry, examine(entry, the, known, held, at=given["at"]), held)
    known.objects |= {one: len(data) for one, data in held.items()}
    arriving = {sha256(unb64(one)): unb64(one) for one in given["push"]["objects"]}
    limits = Limits(**given["limits"]) if "limits" in given else Limits()
    found: list[dict[str, object]] = []
    for one in given["push"]["entries"]:
        entry = signed(one)
        decision = examine(entry, the, known, arriving, at=given["at"], limits=limits)
        known.keep(entry, decision, arriving)
        assert decision.hash == entry_hash(entry.bytes)
        found.append(
            {
                "state": decision.state,
                "remark": decision.remark,
                "problem": decision.problem,
                "missing": [b64(id_) for id_ in decision.missing],
            }
        )
    assert found == vector["expect"]["entries"]
    if "stored" in given:
        assert [b64(one) for one in known.objects] == given["stored"]
