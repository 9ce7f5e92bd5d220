"""What every dialect of the store does. One day PostgreSQL runs these too."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from server.problems import Problem
from server.store import Store
from server.store.rows import Change, Facts, LogFact, Named, NewEntry, Receipt, Settled, Statement, Wanted
from server.store.sqlite import SqliteStore
from sync.problems import Problem as SyncProblem

LOG = b"L" * 40


@pytest.fixture(params=["sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Store]:
    """An empty store of each kind."""
    assert request.param == "sqlite"
    opened = await SqliteStore.open(tmp_path / "esik.db", create=True)
    yield opened
    await opened.close()


def entry(number: int, place: str = "work", *names: Named, log: bytes = LOG, **more: object) -> NewEntry:
    values: dict[str, object] = {
        "place": place, "log": log, "log_seq": number, "hash": bytes([number]) * 32, "prev": bytes([number - 1]) * 32,
        "kind": "note", "remark": None, "linked": True, "received": 1000 + number, "bytes": b"entry %d" % number,
        "signature": b"s" * 64, "names": names,
    }  # fmt: skip
    return NewEntry(**{**values, **more})  # type: ignore[arg-type]


async def write(store: Store, change: Change, wanted: Wanted = Wanted()) -> Change:  # noqa: B008 - frozen
    return await store.change(wanted, lambda facts: change)


def part(number: int, audience: str | None = "medical") -> Named:
    return Named(bytes([100 + number]) * 32, 3, audience)


async def test_an_entry_comes_out_as_it_went_in(store: Store) -> None:
    await write(store, Change(entries=[entry(1)]))
    page = await store.feed(0, 10)
    assert [(one.seq, one.bytes, one.signature, one.received) for one in page.entries] == [
        (1, b"entry 1", b"s" * 64, 1001)
    ]
    assert (page.cursor, page.more, store.cursor) == (1, False, 1)


async def test_what_a_decision_raises_is_raised_and_nothing_is_written(store: Store) -> None:
    def refuse(_: Facts) -> Change:
        raise SyncProblem("unnamed_object")

    with pytest.raises(SyncProblem, match="unnamed_object"):
        await store.change(Wanted(), refuse)
    assert (await store.feed(0, 10)).entries == []


async def test_one_that_fails_takes_no_other_with_it(store: Store) -> None:
    def refuse(_: Facts) -> Change:
        raise SyncProblem("over_limit")

    done = await asyncio.gather(
        *(write(store, Change(entries=[entry(n)])) for n in (1, 2)),
        store.change(Wanted(), refuse),
        *(write(store, Change(entries=[entry(n)])) for n in (3, 4)),
        return_exceptions=True,
    )
    assert [isinstance(one, SyncProblem) for one in done] == [False, False, True, False, False]
    assert len((await store.feed(0, 10)).entries) == 4


async def test_numbers_of_the_feed_have_no_hole_and_no_late_comer(store: Store) -> None:
    seen: list[int] = []

    async def read() -> None:
        while len(seen) < 60:
            page = await store.feed(seen[-1] if seen else 0, 7)
            seen.extend(one.seq for one in page.entries)
            if not page.entries:
                await store.moved(seen[-1] if seen else 0, 1)

    async def send() -> None:
        for number in range(1, 61):
            await write(store, Change(entries=[entry(number)]))

    await asyncio.gather(read(), send())
    assert seen == list(range(1, 61))


async def test_entries_and_statements_share_the_feed(store: Store) -> None:
    head = Statement("head", b"h" * 32, b"k" * 32, LOG, 1, 5, b"head", b"s" * 64, 9)
    await write(store, Change(entries=[entry(1)], statements=[head]))
    await write(store, Change(entries=[entry(2)]))
    page = await store.feed(0, 10)
    assert [one.seq for one in page.entries] == [1, 3]
    assert [one.seq for one in page.statements] == [2]
    first = await store.feed(0, 1)
    assert (first.cursor, first.more) == (1, True)
    assert [one.seq for one in (await store.feed(1, 1)).statements] == [2]


async def test_the_feed_of_an_audience_passes_over_what_is_for_others(store: Store) -> None:
    head = Statement("head", b"h" * 32, b"k" * 32, LOG, 1, 5, b"head", b"s" * 64, 9)
    for number in (1, 2, 3, 4):
        audience = "people@arrival" if number in (2, 3) else "medical"
        named = (part(number, audience), part(50 + number, "family"))
        await write(store, Change(entries=[entry(number, "work", *named)]))
    await write(store, Change(statements=[head]))
    page = await store.feed_of("people@arrival", 0, 10)
    assert ([one.seq for one in page.entries], page.statements) == ([2, 3], [])
    assert (page.cursor, page.more) == (5, False)
    first = await store.feed_of("people@arrival", 0, 1)
    assert ([one.seq for one in first.entries], first.cursor, first.more) == ([2], 2, True)
    assert (await store.feed_of("people@arriva", 0, 10)).entries == []


async def test_a_statement_that_is_outdone_is_gone(store: Store) -> None:
    old = Statement("head", b"h" * 32, b"k" * 32, LOG, 1, 5, b"old", b"s" * 64, 9)
    new = Statement("head", b"i" * 32, b"k" * 32, LOG, 2, 6, b"new", b"s" * 64, 9)
    await write(store, Change(statements=[old]))
    await write(store, Change(statements=[new], outdone=[old.hash]))
    assert [one.bytes for one in await store.heads()] == [b"new"]


async def test_a_waiting_entry_is_found_by_what_it_waits_for(store: Store) -> None:
    await write(store, Change(entries=[entry(1, "waiting", part(1), part(2), linked=False)]))
    assert (await store.feed(0, 10)).entries == []
    found: list[Facts] = []

    def look(facts: Facts) -> Change:
        found.append(facts)
        return Change(objects={part(1).id: b"one"})

    await store.change(Wanted(objects=(part(1).id,)), look)
    (fact,) = found[0].entries.values()
    assert (fact.place, fact.missing, fact.bytes) == ("waiting", {part(1).id, part(2).id}, b"entry 1")
    await store.change(
        Wanted(objects=(part(2).id,)),
        lambda facts: Change(
            objects={part(2).id: b"two"},
            settled=[Settled(one.entry, "gap", True) for one in facts.entries.values()],
            at=7,
        ),
    )
    (now,) = (await store.feed(0, 10)).entries
    assert (now.bytes, now.remark, now.received) == (b"entry 1", "gap", 7)


async def test_an_object_is_for_the_audience_of_its_part(store: Store) -> None:
    await write(
        store,
        Change(entries=[entry(1, "work", part(1), part(2, "family"), part(3, None))], objects={part(1).id: b"one"}),
    )
    held = await store.held(part(1).id)
    assert held is not None
    assert (held.bytes, held.audiences) == (b"one", {"medical"})
    assert await store.held(part(2).id) is None
    assert await store.held(b"x" * 32) is None


async def test_a_chunk_is_for_whoever_reads_a_part_beside_it(store: Store) -> None:
    await write(
        store,
        Change(entries=[entry(1, "work", part(1), part(2, "family"), part(3, None))], objects={part(3).id: b"pic"}),
    )
    held = await store.held(part(3).id)
    assert held is not None
    assert held.audiences == {"medical", "family"}


async def test_what_is_erased_is_not_given_and_counts_as_held(store: Store) -> None:
    await write(store, Change(entries=[entry(1, "work", part(1))], objects={part(1).id: b"one"}))
    await write(store, Change(erased=[part(1).id, part(9).id], at=50))
    with pytest.raises(SyncProblem, match="erased"):
        await store.held(part(1).id)
    with pytest.raises(SyncProblem, match="erased"):
        await store.held(part(9).id)
    assert await store.missing([part(1).id, part(9).id]) == []
    assert (await store.sweep(50), await store.sweep(51), await store.sweep(51)) == (0, 2, 0)


async def test_what_is_here_and_what_is_not(store: Store) -> None:
    waiting = entry(2, "waiting", part(2), linked=False)
    await write(store, Change(entries=[entry(1, "work", part(1)), waiting], objects={part(1).id: b"one"}))
    asked = [entry(1).hash, waiting.hash, part(1).id, part(2).id, b"?" * 32]
    assert await store.missing(asked) == [waiting.hash, part(2).id, b"?" * 32]
    assert await store.missing([]) == []


async def test_logs_and_receipts(store: Store) -> None:
    fact = LogFact(LOG, 2, b"2" * 32, 1, 1, False, 5)
    given = [Receipt(LOG, n, bytes([n]) * 32, n, b"receipt %d" % n, b"s" * 64) for n in (1, 2)]
    await write(store, Change(logs={LOG: fact}, receipts=given))
    assert await store.logs([LOG, b"M" * 40]) == [fact]
    assert await store.receipts(LOG, 1, 10) == [given[1]]
    assert await store.receipts(LOG, 0, 1) == [given[0]]


async def test_the_facts_are_those_asked_for(store: Store) -> None:
    fact = LogFact(LOG, 3, b"3" * 32, 1, 1, False, 5)
    entries = [entry(1), entry(3, linked=False)]
    await write(store, Change(entries=entries, logs={LOG: fact}, spent={(b"k" * 32, 4): 10}))
    await write(store, Change(spent={(b"k" * 32, 4): 5, (b"k" * 32, -1): 1}))
    found: list[Facts] = []

    def look(facts: Facts) -> Change:
        found.append(facts)
        return Change()

    await store.change(
        Wanted(hashes=(entry(1).hash,), places=((LOG, 1), (LOG, 2)), logs=(LOG,), keys=(b"k" * 32,)), look
    )
    (facts,) = found
    assert set(facts.entries) == {entry(1).hash, entry(3).hash}, "all that is held above a gap comes with its log"
    assert facts.places == {(LOG, 1): [entry(1).hash], (LOG, 2): []}
    assert facts.logs == {LOG: fact}
    assert facts.spent == {(b"k" * 32, 4): 15, (b"k" * 32, -1): 1}


async def test_the_directory_has_the_numbers_of_its_log(store: Store) -> None:
    await write(store, Change(entries=[entry(1, "directory"), entry(2, "directory")]))
    assert await store.directory(1, 10) == [(b"entry 2", b"s" * 64)]
    assert (await store.feed(0, 10)).entries == []


async def test_slots_sessions_and_what_was_served(store: Store) -> None:
    await store.put_slot(b"s" * 16, "desk", b"a" * 32, b"slot")
    await store.put_slot(b"s" * 16, "desk", b"b" * 32, b"newer")
    assert await store.slot(b"s" * 16, "desk") == (b"b" * 32, b"newer")
    assert await store.slot(b"s" * 16, "tablet") is None
    await store.open_session(b"t" * 32, b"k" * 32, until=10, at=0)
    session = await store.session(b"t" * 32)
    assert session is not None
    assert (session.key, session.until) == (b"k" * 32, 10)
    await store.open_session(b"u" * 32, b"k" * 32, until=30, at=20)
    assert await store.session(b"t" * 32) is None
    await store.note_served(b"o" * 32, b"k" * 32, 5)


async def test_waiting_ends_when_something_comes_or_the_time_is_over(store: Store) -> None:
    assert not await store.moved(0, 0)
    waiting = asyncio.create_task(store.moved(0, 30))
    await asyncio.sleep(0)
    await write(store, Change(entries=[entry(1)]))
    assert await waiting


async def test_nobody_waits_for_a_server_that_stops(store: Store) -> None:
    waiting = asyncio.create_task(store.moved(0, 60))
    await asyncio.sleep(0)
    store.release()
    assert not await waiting
    assert not await store.moved(0, 60)


async def test_a_store_belongs_to_one_programme(store: Store) -> None:
    assert store.programme is None
    await store.found(b"p" * 32)
    await store.found(b"p" * 32)
    assert store.programme == b"p" * 32
    with pytest.raises(ValueError, match="another programme"):
        await store.found(b"q" * 32)


async def test_too_much_at_once_is_said_and_not_queued_for_ever(store: Store) -> None:
    done = await asyncio.gather(*(write(store, Change()) for _ in range(2000)), return_exceptions=True)
    refused = [one for one in done if isinstance(one, Problem)]
    assert {one.code for one in refused} <= {"store_busy"}
    assert len(done) - len(refused) >= 500
    await write(store, Change(entries=[entry(1)]))
