"""The directory: who signs what, one view for all, what a revocation leaves standing."""

from sync.directory import Directory
from sync.entry import Head, entry_hash
from sync.ids import unb64
from sync.log import Entries
from sync.problems import Problem
from tests.sync.making.directories import facts
from tests.sync.reading import Vector, directory, each, given_directory, outcome, signed


@each("directory")
def test_every_entry_is_checked(vector: Vector) -> None:
    given = vector["given"]
    the = directory(given["directory"])
    *before, last = [signed(one) for one in given["append"]]
    for one in before:
        the.append(one, at=given["at"])
    was = facts(the) if the.head else None
    try:
        the.append(last, at=given["at"])
    except Problem as problem:
        outcome(vector, problem)
        assert (facts(the) if the.head else None) == was, "a refused entry changed something"
    else:
        assert facts(the) == vector["expect"]


@each("directory-view")
def test_two_views_are_one_or_an_alarm(vector: Vector) -> None:
    given = vector["given"]
    try:
        found = directory(given["directory"]).check_view(Head(given["seq"], unb64(given["hash"])))
    except Problem as problem:
        outcome(vector, problem)
    else:
        assert found == vector["expect"]


@each("directory-compare")
def test_a_store_that_shows_another_past_is_caught(vector: Vector) -> None:
    given = vector["given"]

    def chain(name: str) -> Directory:
        the = directory(given["directory"])
        the.extend([signed(one) for one in given[name]])
        return the

    try:
        chain("seen").compare(chain("shown"))
    except Problem as problem:
        outcome(vector, problem)
    else:
        outcome(vector, None)


@each("directory-standing")
def test_what_a_revoked_tablet_made_before_its_cut_stands(vector: Vector) -> None:
    given = vector["given"]
    chain = Entries()
    for one in given["held"]:
        chain.add(unb64(one))
    data = unb64(given["entry"])
    entry = Entries().add(data)
    found = given_directory(given).standing(entry.log, entry.seq, entry_hash(data), chain)
    assert found == vector["expect"]


@each("directory-slot")
def test_a_slot_holds_listed_keys_alone(vector: Vector) -> None:
    given = vector["given"]
    try:
        directory(given["directory"]).check_slot(
            unb64(given["staff"]), given["kind"], [unb64(x) for x in given["keys"]]
        )
    except Problem as problem:
        outcome(vector, problem)
    else:
        outcome(vector, None)
