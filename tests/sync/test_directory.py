"""A directory that anybody may hand on: whatever is done to it on the way is noticed, and nothing is half applied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.directory import Directory
from sync.directory.bodies import Site
from sync.directory.write import Draft, device_body, directory_entry
from sync.entry import Head, Signed, entry_hash
from sync.founding import Person, found
from sync.grant import open_grant
from sync.ids import sha256
from sync.keys import ReadingKey
from sync.problems import Problem
from sync.receive import examine
from tests.sync.making.directories import facts
from tests.sync.making.scene import AT, DAY, Scene, scene
from tests.sync.test_vectors_opening import Held

_kept: list[tuple[Scene, Directory]] = []


def kept() -> tuple[Scene, Directory]:
    if not _kept:
        _kept.append((scene(), scene().directory()))
    return _kept[0]


@given(which=st.integers(0, 10_000), at=st.integers(0, 100_000), bit=st.integers(0, 7), signature=st.booleans())
def test_a_directory_changed_on_the_way_is_refused_where_it_was_changed(
    which: int, at: int, bit: int, signature: bool
) -> None:
    the, whole = kept()
    which %= len(the.chain)
    good = the.chain[which]
    data = good.signature if signature else good.bytes
    at %= len(data)
    bad = data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]
    changed = Signed(good.bytes, bad) if signature else Signed(bad, good.signature)
    before = Directory.read(the.pid, the.chain[:which])
    was = facts(before) if which else None
    with pytest.raises(Problem):
        before.append(changed)
    assert (facts(before) if which else None) == was
    assert facts(whole)["seq"] == len(the.chain)


@given(st.data())
def test_entries_left_out_or_changed_about_are_noticed(data: st.DataObject) -> None:
    the, _ = kept()
    order = data.draw(st.permutations(range(len(the.chain))))
    length = data.draw(st.integers(1, len(the.chain)))
    picked = [the.chain[n] for n in order[:length]]
    if order[:length] == list(range(length)):
        assert Directory.read(the.pid, picked).seq == length
    else:
        with pytest.raises(Problem):
            Directory.read(the.pid, picked)


def test_reading_on_overlaps_and_stops_at_a_split() -> None:
    the, whole = kept()
    directory = the.directory(5)
    directory.extend(the.chain[2:9])
    directory.extend(the.chain)
    assert directory.head == whole.head
    other = the.directory(5)
    other.append(directory_entry(other, the.signing["aliya"], "site", Site("x", "x", "centre"), at=AT))
    with pytest.raises(Problem, match="split_directory"):
        other.extend(the.chain)


def test_a_copy_goes_its_own_way() -> None:
    the, whole = kept()
    was = facts(whole)
    draft = Draft(whole, the.signing["aliya"], at=AT + DAY)
    draft.epoch("medical", ReadingKey.generate(), steward=the.staff["aliya"], readers=[])
    draft.write("confirm", {})
    assert facts(whole) == was
    assert draft.directory.seq == whole.seq + 3


def test_an_administrator_who_was_too_slow_writes_again() -> None:
    the, whole = kept()
    store = whole.copy()
    first, second = (Draft(whole, the.signing["aliya"], at=AT + DAY) for _ in range(2))
    first.write("site", Site("one", "One", "centre"))
    second.write("site", Site("two", "Two", "centre"))
    store.append(first.entries[0], at=AT)
    with pytest.raises(Problem, match="directory_moved"):
        store.append(second.entries[0], at=AT)
    again = Draft(store, the.signing["aliya"], at=AT + DAY)
    again.write("site", Site("two", "Two", "centre"))
    store.append(again.entries[0], at=AT)
    assert {"one", "two"} <= set(store.sites)


def test_an_expired_invitation_is_judged_by_the_store_s_clock_too() -> None:
    the, whole = kept()
    body = device_body(
        the.pid, name="late", site="arrival", signing=the.signing["stranger"], reading=the.reading["stranger"],
        invitation=the.signing["invitation-two"].key_id,
    )  # fmt: skip
    signed = directory_entry(whole, the.signing["invitation-two"], "device", body, at=AT)
    with pytest.raises(Problem, match="invitation_expired"):
        whole.copy().append(signed, at=AT + 31 * DAY)
    assert whole.copy().append(signed, at=AT + 29 * DAY).kind == "device"


def test_who_saw_another_directory_raises_an_alarm_and_is_still_heard() -> None:
    the, whole = kept()
    head = the.head()
    signed = the.log("tablet-1").write("note", {}, directory=Head(head.seq, sha256(b"another past")), at=AT)
    decision = examine(signed, whole, Held(), {}, at=AT)
    assert (decision.state, decision.alarm) == ("held", "split_directory")
    ahead = the.log("tablet-1").write("note", {}, directory=Head(head.seq + 9, sha256(b"later")), at=AT)
    assert examine(ahead, whole, Held(), {}, at=AT).alarm is None


def test_a_new_programme_is_read_by_everybody_and_recovery_opens_all_of_it() -> None:
    aliya = Person.new("Aliya", "arrival", desk=True, tablet=False)
    founded = found("Test", aliya, at=AT)
    founded.draft.write("site", Site("arrival", "Arrival", "arrival"))
    key = ReadingKey.generate()
    founded.draft.epoch("family", key, steward=aliya.staff, readers=[aliya.desk()[1].public])
    bundle = founded.draft.bundle()
    directory = Directory.read(founded.pid, bundle.directory)
    objects = {sha256(one): one for one in bundle.chunks}
    for reader in (founded.recovery, aliya.desk()[1]):
        (grant,) = directory.held_by(reader.key_id)
        listed = directory.current("family").key_id
        opened = open_grant(founded.pid, "family", 1, listed, reader, objects[grant.body.object])
        assert opened.seed == key.seed
    assert [entry_hash(one.bytes) for one in bundle.directory][-1] == (directory.head or Head(1, b"")).hash


def test_a_person_without_a_desk_has_no_desk_slot() -> None:
    marat = Person.new("Marat", "arrival", desk=False, tablet=True)
    assert marat.tablet_slot().key_ids() == [key.key_id for key in (marat.work,) if key]
    for asked in (marat.desk_slot, marat.administrator_body):
        with pytest.raises(LookupError):
            asked()
