"""POST /sync/bundle: what a tablet pushes is held, receipted, and held once."""

import httpx

from sync.bundle import Bundle
from sync.entry import entry_hash
from sync.ids import sha256
from sync.statement import read_receipt
from tests.programme import Programme
from tests.tablet import Tablet, push


def test_it_works(tablet: Tablet) -> None:
    tablet.seal()
    answer = tablet.push()
    assert [one.state for one in answer.entries] == ["held"]
    assert answer.entries[0].remark is None
    assert tablet.safe_to == 1


def test_one_receipt_settles_a_whole_day_of_work(tablet: Tablet) -> None:
    for _ in range(5):
        tablet.seal()
    answer = tablet.push()
    assert len(answer.receipts) == 1
    assert tablet.safe_to == 5


def test_a_tablet_that_lost_the_answer_is_given_the_same_receipts(tablet: Tablet) -> None:
    for _ in range(3):
        tablet.seal()
    first, again = tablet.push(), tablet.push()
    assert [one.bytes for one in again.receipts] == [one.bytes for one in first.receipts]
    assert [one.state for one in again.entries] == ["held"] * 3


def test_a_receipt_names_the_store_that_the_directory_lists(tablet: Tablet) -> None:
    sealed = tablet.seal()
    (signed,) = tablet.push().receipts
    key = tablet.directory.store_key(next(iter(tablet.directory.stores)), "centre")
    receipt = read_receipt(tablet.directory.pid, key, signed)
    assert (receipt.log, receipt.seq, receipt.hash) == (tablet.log.id, 1, entry_hash(sealed.entry.bytes))
    assert receipt.contiguous == 1


def test_a_stranger_without_an_enrolled_key_is_refused(tablet: Tablet, programme: Programme) -> None:
    stranger = Tablet(tablet.client, programme.fragment())
    assert tablet.directory.head is not None
    note = stranger.log.write("note", {}, directory=tablet.directory.head, at=0)
    answer = push(tablet.client, Bundle(entries=[note]))
    assert (answer.entries[0].state, answer.entries[0].problem) == ("refused", "unknown_device")
    assert answer.receipts == []


def test_an_entry_that_somebody_changed_is_refused(tablet: Tablet) -> None:
    sealed = tablet.seal()
    bundle = tablet.bundle([sealed])
    forged = bytearray(sealed.entry.signature)
    forged[-1] ^= 1
    bundle.entries[0] = type(sealed.entry)(sealed.entry.bytes, bytes(forged))
    answer = push(tablet.client, bundle)
    assert answer.entries[0].problem == "bad_signature"
    assert tablet.push().entries[0].state == "held", "a bad signature must not mark the bytes as seen"


def test_parts_that_no_entry_names_are_not_kept(tablet: Tablet) -> None:
    sealed = tablet.seal()
    bundle = tablet.bundle([sealed])
    bundle.parts.append(b"left behind by nobody")
    push(tablet.client, bundle)
    assert tablet.have([sha256(b"left behind by nobody")])["missing"] == [sha256(b"left behind by nobody")]


def test_a_part_of_another_submission_is_a_bad_part(tablet: Tablet) -> None:
    sealed, other = tablet.seal(), tablet.seal("teapot")
    refs = tablet.bundle([sealed])
    refs.parts[:] = [other.parts[0][:-1] + b"\0", *sealed.parts[1:]]
    answer = push(tablet.client, refs)
    assert (answer.entries[0].state, answer.entries[0].problem) == ("waiting", "missing_objects")


def test_a_large_push_is_checked_by_both_cores_and_one_forgery_is_found(tablet: Tablet) -> None:
    for _ in range(40):
        tablet.seal("x")
    bundle = tablet.bundle()
    forged = bundle.entries[7]
    bundle.entries[7] = type(forged)(forged.bytes, bundle.entries[8].signature)
    for _ in range(3):  # the helper starts beside the first ones
        answer = push(tablet.client, bundle)
        assert [one.problem for one in answer.entries] == [None] * 7 + ["bad_signature"] + [None] * 32


def test_two_tablets_do_not_disturb_each_other(client: httpx.Client, programme: Programme) -> None:
    tablets = [Tablet(client, programme.fragment(), name).enrol() for name in ("T-01", "T-02")]
    for tablet in tablets:
        tablet.seal(tablet.name)
    both = tablets[0].bundle()
    both.entries.extend(tablets[1].bundle().entries)
    both.parts.extend(tablets[1].bundle().parts)
    answer = push(client, both)
    assert [one.state for one in answer.entries] == ["held", "held"]
    assert len(answer.receipts) == 2
