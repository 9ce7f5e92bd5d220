"""What the protocol promises to people (PROTOCOL 10; DESIGN "Role separation")."""

import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.directory.bodies import Erase
from sync.entry import PartRef, Signed, entry_hash, parts_of, submission_of
from sync.entry import read_entry as read
from sync.grant import open_grant
from sync.ids import b64, device_digits, person_digits, sha256
from sync.keys import ReadingKey, SigningKey
from sync.link import read_fragment, write_link
from sync.log import Log
from sync.opening import OpenedEntry, open_submission
from sync.part import open_part, read_header
from sync.problems import Problem
from sync.receive import examine
from sync.seal import Sealed, seal_decision, seal_submission
from tests.sync.making.openings import payload, resigned, sealed_submission
from tests.sync.making.scene import AT, AUDIENCES, FORM, Scene, scene
from tests.sync.test_vectors_opening import Held

ITEM = bytes(range(16))


@pytest.fixture(scope="module")
def the() -> Scene:
    return scene()


@pytest.fixture(scope="module")
def sealed(the: Scene) -> Sealed:
    return sealed_submission(the)


def held_by(the: Scene, person: str) -> dict[bytes, ReadingKey]:
    """The audience keys that a person opens out of the grants in the directory, with nothing but their own key."""
    directory, reader = the.directory(), the.reading[person]
    objects = {grant.body.object: grant for grant in directory.held_by(reader.key_id)}
    keys: dict[bytes, ReadingKey] = {}
    for id_, data in the_objects(the).items():
        if grant := objects.get(id_):
            audience, epoch = grant.body.audience, grant.body.epoch
            listed = directory.audiences[audience][epoch - 1].key_id
            key = open_grant(the.pid, audience, epoch, listed, reader, data)
            keys[key.key_id] = key
    return keys


def the_objects(the: Scene) -> dict[bytes, bytes]:
    return {sha256(one): one for one in the.objects}


def parts_by_id(one: Sealed) -> dict[bytes, bytes]:
    return dict(zip([ref.id for ref in submission_of(read(one.entry.bytes)).parts], one.parts, strict=True))


def opened_by(the: Scene, one: Sealed, person: str) -> OpenedEntry:
    return open_submission(the.directory(), one.entry, parts_by_id(one), held_by(the, person))


def audiences_open(opened: OpenedEntry) -> set[str]:
    return {part.audience for part in opened.parts if part.payload is not None}


@pytest.mark.parametrize(
    ("person", "audiences"),
    [
        ("aliya", {"people@arrival", "coordination"}),
        ("gulnara", {"people@arrival", "coordination", "family"}),
        ("ardak", {"protection"}),
        ("tablet-1", {"people@arrival"}),
        ("tablet-2", set[str]()),
        ("marat-work", set[str]()),
        ("stranger", set[str]()),
        ("recovery", {"people@arrival", "coordination", "family", "protection"}),
    ],
)
def test_everybody_opens_what_they_were_granted_and_nothing_else(
    the: Scene, sealed: Sealed, person: str, audiences: set[str]
) -> None:
    assert audiences_open(opened_by(the, sealed, person)) == audiences


def test_a_reader_without_the_audience_tries_every_key_on_every_part(the: Scene, sealed: Sealed) -> None:
    protection = sealed.parts[3]
    assert read_header(protection)[0].audience == "protection"
    for person in ("aliya", "gulnara", "tablet-1", "stranger"):
        for key in [*held_by(the, person).values(), the.reading[person]]:
            with pytest.raises(Problem, match="not_for_you"):
                open_part(the.pid, protection, key)


def test_the_tablet_that_sealed_a_submission_cannot_read_its_answers(the: Scene, sealed: Sealed) -> None:
    assert audiences_open(opened_by(the, sealed, "tablet-1")) == {"people@arrival"}


def test_parts_swapped_between_two_submissions_are_told_apart(the: Scene, sealed: Sealed) -> None:
    other = sealed_submission(the, ITEM[::-1])
    keys, directory = held_by(the, "gulnara"), the.directory()
    mine, theirs = parts_by_id(sealed), parts_by_id(other)
    swapped = dict(zip(mine, theirs.values(), strict=True))
    opened = open_submission(directory, sealed.entry, swapped, keys)
    assert {(part.failed.number, part.failed.problem) for part in opened.parts if part.failed} == {(3, "hash_differs")}
    assert audiences_open(opened) == set()


def test_an_older_version_s_part_does_not_pass_for_the_newer_one_s(the: Scene, sealed: Sealed) -> None:
    """Neither a store that serves it in the newer one's place gets through, nor a manifest that names it."""
    older = entry_hash(sealed.entry.bytes)
    payloads = {audience: payload(audience) for audience in AUDIENCES}
    newer = seal_submission(
        the.directory(), the.log("tablet-1"), version=FORM, submission=ITEM[::-1], payloads=payloads, at=AT,
        supersedes=[older],
    )  # fmt: skip
    served = dict(zip(parts_by_id(newer), sealed.parts, strict=True))
    opened = open_submission(the.directory(), newer.entry, served, held_by(the, "gulnara"))
    assert {(part.failed.number, part.failed.problem) for part in opened.parts if part.failed} == {(3, "hash_differs")}
    refs = parts_of(read(sealed.entry.bytes))
    named = resigned(the, newer, lambda body: msgspec.structs.replace(body, parts=refs))
    opened = open_submission(the.directory(), named, parts_by_id(sealed), held_by(the, "gulnara"))
    assert {(part.failed.number, part.failed.problem) for part in opened.parts if part.failed} == {(4, "bad_binding")}
    assert audiences_open(opened) == set()


def test_an_entry_without_its_parts_shows_nothing(the: Scene, sealed: Sealed) -> None:
    opened = open_submission(the.directory(), sealed.entry, {}, held_by(the, "gulnara"))
    assert {part.failed.problem for part in opened.parts if part.failed} == {"missing_objects"}


@given(which=st.integers(0, 3), at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_part_with_any_bit_flipped_opens_to_nobody(which: int, at: int, bit: int) -> None:
    the = scene_once()
    part = sealed_once().parts[which]
    at %= len(part)
    broken = part[:at] + bytes([part[at] ^ (1 << bit)]) + part[at + 1 :]
    for key in the.reading.values():
        with pytest.raises(Problem):
            open_part(the.pid, broken, key)


@given(which=st.integers(0, 3), cut=st.integers(1, 10_000))
def test_a_truncated_part_opens_to_nobody(which: int, cut: int) -> None:
    part = sealed_once().parts[which]
    for key in scene_once().reading.values():
        with pytest.raises(Problem, match="bad_part"):
            open_part(scene_once().pid, part[: -(cut % len(part)) or None][: len(part) - 1], key)


@given(st.dictionaries(st.sampled_from(AUDIENCES), st.text("абв, xyz", max_size=300), max_size=4))
def test_two_submissions_of_one_form_have_parts_of_equal_size(words: dict[str, str]) -> None:
    the = scene_once()
    payloads: dict[str, dict[str, object]] = {name: {"words": words.get(name, "")} for name in AUDIENCES}
    one = seal_submission(the.directory(), the.log("tablet-1"), version=FORM, submission=ITEM, payloads=payloads, at=AT)
    assert [len(part) for part in one.parts] == [len(part) for part in sealed_once().parts]


def test_a_submission_that_leaves_an_audience_out_is_not_sealed(the: Scene) -> None:
    payloads: dict[str, dict[str, object]] = {name: {} for name in AUDIENCES[:3]}
    with pytest.raises(Problem, match="wrong_audiences"):
        seal_submission(the.directory(), the.log("tablet-1"), version=FORM, submission=ITEM, payloads=payloads, at=AT)


def test_sealing_again_makes_another_key_and_the_same_answers(the: Scene) -> None:
    one, two = sealed_submission(the), sealed_submission(the)
    assert all(a != b for a, b in zip(one.parts, two.parts, strict=True))
    assert {read_header(part)[0].commit for part in one.parts}.isdisjoint(
        read_header(part)[0].commit for part in two.parts
    )


def test_the_same_bytes_with_another_valid_signature_are_the_same_entry(the: Scene, sealed: Sealed) -> None:
    again = Signed(sealed.entry.bytes, the.signing["tablet-1"].sign("esik/1/entry", the.pid, sealed.entry.bytes))
    assert again.signature != sealed.entry.signature
    one, two = (opened_by(the, Sealed(entry, sealed.parts), "gulnara") for entry in (sealed.entry, again))
    assert one.hash == two.hash
    assert audiences_open(two) == audiences_open(one)


def test_a_reviewer_asks_back_and_the_tablet_reads_the_question_alone(the: Scene, sealed: Sealed) -> None:
    question = seal_decision(
        the.directory(), the.log("gulnara"), of=entry_hash(sealed.entry.bytes), state="returned",
        payloads={"people@arrival": {"question": "Which name?"}, "coordination": {"reason": "two names"}}, at=AT,
    )  # fmt: skip
    refs = [ref.id for ref in read_parts(question)]
    opened = open_submission(
        the.directory(), question.entry, dict(zip(refs, question.parts, strict=True)), held_by(the, "tablet-1")
    )
    assert [part.payload for part in opened.parts] == [{"question": "Which name?"}, None]


def read_parts(one: Sealed) -> list[PartRef]:
    return parts_of(read(one.entry.bytes))


def test_order_of_arrival_never_changes_what_is_held(the: Scene) -> None:
    directory, head = the.directory(), the.head()
    log = the.log("tablet-1")
    entries = [log.write("note", {}, directory=head, at=AT + n) for n in range(4)]
    for order in itertools.permutations(entries):
        known = Held()
        for one in order:
            decision = examine(one, directory, known, {}, at=AT)
            assert decision.state == "held"
            assert decision.remark in (None, "gap"), "an honest log in any order is no fork"
            known.keep(one, decision, {})
        assert {place.seq for place in known.places.values()} == {1, 2, 3, 4}


def test_a_copied_tablet_that_writes_is_a_fork_whoever_comes_first(the: Scene) -> None:
    directory, head = the.directory(), the.head()
    one, two = (the.log("tablet-1").write("note", {"n": n}, directory=head, at=AT + n) for n in (1, 2))
    for first, second in ((one, two), (two, one)):
        known = Held()
        known.keep(first, examine(first, directory, known, {}, at=AT), {})
        assert examine(second, directory, known, {}, at=AT).remark == "fork"


def test_an_erased_part_never_returns_and_its_entry_stays_whole(the: Scene, sealed: Sealed) -> None:
    draft = the.draft()
    ids = list(parts_by_id(sealed))
    draft.write("erase", Erase([ids[2]], "withdrawal", the.staff["gulnara"]))
    known = Held(draft.directory.erased)
    objects = parts_by_id(sealed)
    decision = examine(sealed.entry, draft.directory, known, objects, at=AT)
    known.keep(sealed.entry, decision, objects)
    assert (decision.state, decision.missing) == ("held", [])
    assert ids[2] not in known.objects


def test_a_grant_for_a_stranger_s_key_is_not_written(the: Scene) -> None:
    draft = the.draft()
    with pytest.raises(Problem, match="swapped_key"):
        draft.grant("family", 2, the.reading["stranger"], the.reading["ardak"].public)


def test_a_stranger_writes_in_nobody_s_log(the: Scene) -> None:
    key = SigningKey.generate()
    signed = Log(the.pid, key, the.log("tablet-1").id).write("note", {}, directory=the.head(), at=AT)
    decision = examine(signed, the.directory(), Held(), {}, at=AT)
    assert (decision.state, decision.problem) == ("refused", "bad_signature")


def test_two_people_never_read_the_same_digits_aloud(the: Scene) -> None:
    one = person_digits(the.pid, the.staff["gulnara"], the.signing["gulnara"].key_id, the.reading["gulnara"].key_id)
    two = person_digits(the.pid, the.staff["gulnara"], the.signing["gulnara"].key_id, the.reading["stranger"].key_id)
    tablet = device_digits(the.pid, the.signing["tablet-1"].key_id, the.reading["tablet-1"].key_id)
    assert len({one, two, tablet}) == 3
    assert all(len(one.replace(" ", "")) == 25 and one.replace(" ", "").isdigit() for one in (one, two, tablet))


def test_an_invitation_link_says_everything_behind_the_hash(the: Scene) -> None:
    link = write_link("https://esik.example", the.pid, the.head(), the.signing["invitation-two"])
    address, _, fragment = link.partition("#")
    assert address == "https://esik.example/enrol"
    read_back = read_fragment(fragment)
    assert (read_back.programme, read_back.head) == (the.pid, the.head())
    assert SigningKey.from_pkcs8(read_back.invitation).key_id == the.signing["invitation-two"].key_id
    assert b64(the.pid) not in address


_kept: list[tuple[Scene, Sealed]] = []


def scene_once() -> Scene:
    """The scene for property tests, whose examples share it."""
    if not _kept:
        made = scene()
        _kept.append((made, sealed_submission(made)))
    return _kept[0][0]


def sealed_once() -> Sealed:
    scene_once()
    return _kept[0][1]
