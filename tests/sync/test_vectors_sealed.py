"""Parts, chunks, grants and slots: what opens, and what fails for which reason."""

from sync.attachments import open_attachment, read_attachments
from sync.chunk import open_chunk
from sync.grant import open_grant
from sync.ids import b64, unb64
from sync.keys import ReadingKey
from sync.part import bucket_for, open_part, padme, read_header
from sync.problems import Problem
from sync.slot import derive_halves, open_slot, read_slot
from tests.sync.reading import Vector, each, outcome


@each("part")
def test_a_part_opens_to_its_audience_alone(vector: Vector) -> None:
    given = vector["given"]
    part = unb64(given["part"])
    try:
        payload = open_part(unb64(given["programme"]), part, ReadingKey.from_seed(unb64(given["seed"])))
    except Problem as problem:
        outcome(vector, problem)
        return
    assert payload == vector["expect"]["payload"]
    header = read_header(part)[0]
    for name, value in vector["expect"]["header"].items():
        found = getattr(header, name)
        assert (b64(found) if isinstance(found, bytes) else found) == value


@each("sizes")
def test_sizes_tell_little(vector: Vector) -> None:
    given = vector["given"]
    size = (lambda n: bucket_for(n, given["least"])) if "least" in given else padme
    assert [size(one) for one in given["lengths"]] == vector["expect"]["padded"]


@each("chunk")
def test_a_chunk_opens_in_its_place_alone(vector: Vector) -> None:
    given = vector["given"]
    pid, item, key, chunk = (unb64(given[name]) for name in ("programme", "item", "key", "chunk"))
    try:
        plaintext = open_chunk(pid, item, given["index"], given["count"], chunk, key)
    except Problem as problem:
        outcome(vector, problem)
    else:
        assert b64(plaintext) == vector["expect"]["plaintext"]


@each("attachment")
def test_an_attachment_opens_to_whoever_holds_its_part(vector: Vector) -> None:
    given = vector["given"]
    pid, item = unb64(given["programme"]), unb64(given["item"])
    manifest = {unb64(name): size for name, size in given["manifest"].items()}
    objects = {unb64(name): unb64(data) for name, data in given["objects"].items()}
    try:
        listed = next(one for one in read_attachments(given) if one.name == given["name"])
        data = open_attachment(pid, item, listed, manifest, objects)
    except Problem as problem:
        outcome(vector, problem)
    else:
        assert {"type": listed.type, "plaintext": b64(data)} == vector.get("expect")


@each("grant")
def test_a_grant_opens_to_its_reader_alone(vector: Vector) -> None:
    given = vector["given"]
    pid, listed, sealed = (unb64(given[name]) for name in ("programme", "audience_key", "object"))
    reader = ReadingKey.from_seed(unb64(given["seed"]))
    try:
        key = open_grant(pid, given["audience"], given["epoch"], listed, reader, sealed)
    except Problem as problem:
        outcome(vector, problem)
    else:
        assert b64(key.seed) == vector["expect"]["seed"]


@each("slot")
def test_a_slot_opens_with_its_passphrase_alone(vector: Vector) -> None:
    given = vector["given"]
    pid, staff = unb64(given["programme"]), unb64(given["staff"])
    slot = read_slot(unb64(given["slot"]))
    try:
        if "passphrase" in given:
            auth, wrap = derive_halves(pid, staff, given["kind"], given["passphrase"], slot)
        else:
            auth, wrap = b"", unb64(given["wrap"])
        keys = open_slot(pid, staff, given["kind"], slot, wrap)
    except Problem as problem:
        outcome(vector, problem)
        return
    expect = vector["expect"]
    assert [b64(one) for one in keys.key_ids()] == expect["keys"]
    assert "auth" not in expect or b64(auth) == expect["auth"]
    opened = {"reading": keys.reading, "work": keys.work}
    assert {name: b64(key.seed) for name, key in opened.items() if key} == {
        name: expect[name] for name in opened if name in expect
    }
