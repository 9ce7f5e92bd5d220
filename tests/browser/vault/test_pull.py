"""Two tablets of a site: each knows whom the other registered, without either's names leaving the site's key."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

World = dict[str, Any]


@dataclass
class Site:
    """Tablets T-1 and T-2 before one store; the world goes from one to the other."""

    first: Page
    second: Page

    def share(self, giver: Page, taker: Page) -> None:
        """The store as the one left it, for the other."""
        taker.evaluate("world => harness.store.meet(world)", giver.evaluate("harness.world()"))

    def sealed_by_first(self, name: str, **row: object) -> str:
        """Registers somebody on T-1 and sends; the submission."""
        self.share(self.second, self.first)
        made: str = self.first.evaluate("([n, row]) => harness.sealNew(n, row).then(s => s.submission)", [name, row])
        self.first.evaluate("harness.round()")
        self.share(self.first, self.second)
        return made

    def names(self) -> list[str]:
        """Whom T-2 knows, newest first, after a round."""
        assert self.second.evaluate("harness.round()") == "done"
        return self.known()

    def known(self) -> list[str]:
        found: list[str] = self.second.evaluate("harness.session().people().then(all => all.map(one => one.name))")
        return found


@pytest.fixture
def site(page: Page, go: Callable[[Page], Page]) -> Iterator[Site]:
    """Both enrolled and unlocked; no desk has confirmed them."""
    assert page.context.browser is not None
    other = page.context.browser.new_page()
    world = go(page).evaluate("harness.found(2)")
    for one in (page, other):
        go(one).evaluate("world => harness.enrolled(world)", world)
        one.evaluate("harness.unlock().then(() => null)")
        world = one.evaluate("harness.world()")
    site = Site(page, other)
    site.share(other, page)
    yield site
    other.close()


@pytest.fixture
def confirmed(site: Site) -> Site:
    """A desk gave both the key of the site's people."""
    site.second.evaluate("harness.store.confirm()")
    site.share(site.second, site.first)
    return site


def test_a_child_registered_on_one_tablet_is_found_on_the_other(confirmed: Site) -> None:
    confirmed.sealed_by_first("Aigul", queue=1)
    assert confirmed.names() == ["Aigul"]
    (row,) = confirmed.second.evaluate("harness.session().people()")
    assert (row["from"], row["device"], row["queue"]) == ("site", "T-01-1", 1)
    assert row["closed"]["registration"]["device"] == "T-01-1"
    assert row["closed"]["registration"]["state"] is None
    assert confirmed.second.evaluate("harness.session().person('7KQ4-M2XD-9P')")["name"] == "Aigul"


def test_on_the_disk_of_the_other_tablet_the_name_is_sealed(confirmed: Site) -> None:
    confirmed.sealed_by_first("Aigul")
    confirmed.names()
    text = "Array.from(page, byte => String.fromCharCode(byte)).join('')"
    pages = confirmed.second.evaluate(f"harness.raw('people').then(all => all.map(page => {text}))")
    assert len(pages) == 1
    assert "Aigul" not in pages[0]


def test_a_tablet_that_no_desk_confirmed_knows_its_own_and_catches_up_later(site: Site) -> None:
    site.sealed_by_first("Aigul")
    assert site.names() == []
    assert site.second.evaluate("harness.need().status().then(all => all.confirmed)") is False
    site.second.evaluate("harness.store.confirm()")
    assert site.names() == ["Aigul"]
    assert site.second.evaluate("harness.need().status().then(all => all.confirmed)") is True


def test_its_own_rows_are_not_doubled(confirmed: Site) -> None:
    confirmed.second.evaluate("harness.sealNew('Timur', {card: ''})")
    assert confirmed.names() == ["Timur"]
    assert confirmed.names() == ["Timur"]
    (row,) = confirmed.second.evaluate("harness.session().people()")
    assert row["from"] == "here"


def test_what_was_read_once_is_not_fetched_again(confirmed: Site) -> None:
    confirmed.sealed_by_first("Aigul")
    confirmed.names()
    fetched = confirmed.second.evaluate("harness.store.fetched")
    assert confirmed.names() == ["Aigul"]
    assert confirmed.second.evaluate("harness.store.fetched") == fetched


def test_an_entry_that_does_not_open_is_counted_once_and_hides_nobody(confirmed: Site) -> None:
    broken = confirmed.sealed_by_first("Aigul", card="A")
    confirmed.sealed_by_first("Timur", card="B")
    confirmed.second.evaluate("of => harness.store.spoil(of, 'people@arrival')", broken)
    assert confirmed.names() == ["Timur"]
    assert confirmed.names() == ["Timur"]
    assert confirmed.second.evaluate("harness.need().status()")["skipped"] == {"hash_differs": 1}


def test_after_a_line_that_breaks_again_and_again_everybody_is_here_once(confirmed: Site) -> None:
    for number in range(7):
        confirmed.sealed_by_first(f"Child {number}", card=f"C{number}")
    for after in range(1, 9):
        confirmed.second.evaluate("n => { harness.store.fetched = 0; harness.store.mood.breaksAfter = n }", after // 2)
        confirmed.second.evaluate("harness.round()")
    confirmed.second.evaluate("harness.store.mood.breaksAfter = null")
    assert sorted(confirmed.names()) == [f"Child {number}" for number in range(7)]


@pytest.mark.parametrize(
    ("code", "status"), [("store_busy", 503), ("internal", 500), ("no_session", 401), ("over_limit", 429)]
)
def test_a_centre_that_is_busy_for_a_moment_costs_nobody_their_place_on_the_list(
    confirmed: Site, code: str, status: int
) -> None:
    assert confirmed.names() == []
    confirmed.sealed_by_first("Aigul", card="A")
    mood = {"code": code, "status": status}
    confirmed.second.evaluate("mood => { harness.store.mood.gives = mood }", mood)
    assert confirmed.second.evaluate("harness.round()") != "done"
    confirmed.second.evaluate("harness.store.mood.gives = null")
    assert confirmed.names() == ["Aigul"]
    assert confirmed.second.evaluate("harness.need().status()")["skipped"] == {}


def test_a_part_that_the_centre_does_not_give_holds_up_nobody(confirmed: Site) -> None:
    assert confirmed.names() == []
    confirmed.sealed_by_first("Aigul", card="A")
    confirmed.second.evaluate("harness.store.mood.gives = {code: 'not_allowed', status: 403}")
    assert confirmed.names() == []
    confirmed.second.evaluate("harness.store.mood.gives = null")
    confirmed.sealed_by_first("Timur", card="B")
    assert confirmed.names() == ["Timur"]


def test_whoever_was_sealed_on_a_directory_that_is_not_here_yet_is_not_passed_over(confirmed: Site) -> None:
    assert confirmed.names() == []
    before = confirmed.second.evaluate("harness.world().chain.length")
    confirmed.second.evaluate("harness.store.newEpoch().then(() => harness.store.confirm(2))")
    confirmed.share(confirmed.second, confirmed.first)
    confirmed.first.evaluate("harness.round()")
    confirmed.sealed_by_first("Aigul", card="A")
    # T-2 began its round before all that was listed.
    confirmed.second.evaluate("n => { harness.store.mood.shows = n }", before)
    assert confirmed.names() == []
    confirmed.second.evaluate("harness.store.mood.shows = null")
    assert confirmed.names() == ["Aigul"]
    assert confirmed.second.evaluate("harness.need().status()")["skipped"] == {}


def test_a_tablet_that_died_in_the_middle_goes_on_where_it_was(
    confirmed: Site, reopened: Callable[[Page, World], Page]
) -> None:
    for number in range(5):
        confirmed.sealed_by_first(f"Child {number}", card=f"C{number}")
    confirmed.second.evaluate("harness.store.mood.breaksAfter = harness.store.fetched + 4")
    confirmed.second.evaluate("harness.round()")
    some = len(confirmed.known())
    reopened(confirmed.second, confirmed.second.evaluate("harness.world()"))
    assert len(confirmed.known()) == some
    assert sorted(confirmed.names()) == [f"Child {number}" for number in range(5)]


def test_a_new_key_of_the_site_is_read_when_its_grant_comes(confirmed: Site) -> None:
    confirmed.sealed_by_first("Aigul", card="A")
    assert confirmed.names() == ["Aigul"]
    confirmed.second.evaluate("harness.store.newEpoch()")
    confirmed.share(confirmed.second, confirmed.first)
    confirmed.first.evaluate("harness.round()")
    confirmed.sealed_by_first("Timur", card="B")
    confirmed.sealed_by_first("Sara", card="C")
    assert confirmed.names() == ["Aigul"]
    assert confirmed.names() == ["Aigul"]
    confirmed.second.evaluate("harness.store.confirm(2)")
    assert sorted(confirmed.names()) == ["Aigul", "Sara", "Timur"]
    assert confirmed.second.evaluate("harness.need().status()")["skipped"] == {}


def test_who_asks_to_be_erased_leaves_every_tablet(confirmed: Site) -> None:
    gone = confirmed.sealed_by_first("Aigul", card="A")
    confirmed.sealed_by_first("Timur", card="B")
    assert sorted(confirmed.names()) == ["Aigul", "Timur"]
    confirmed.second.evaluate("of => harness.store.erase(of, 'people@arrival')", gone)
    assert confirmed.names() == ["Timur"]
    confirmed.second.evaluate("harness.session().lock()")
    confirmed.second.evaluate("harness.unlock(1).then(() => null)")
    assert confirmed.known() == ["Timur"]


def test_what_a_lost_tablet_wrote_before_it_was_lost_stays_and_the_rest_goes(confirmed: Site) -> None:
    for number in range(4):
        confirmed.sealed_by_first(f"Child {number}", card=f"C{number}")
    assert len(confirmed.names()) == 4
    confirmed.second.evaluate("harness.store.revoke('T-01-1', 2)")
    assert sorted(confirmed.names()) == ["Child 0", "Child 1"]


def test_a_tablet_that_comes_later_reads_a_lost_ones_work_up_to_the_cut(confirmed: Site) -> None:
    for number in range(4):
        confirmed.sealed_by_first(f"Child {number}", card=f"C{number}")
    confirmed.second.evaluate("harness.store.revoke('T-01-1', 3)")
    assert sorted(confirmed.names()) == ["Child 0", "Child 1", "Child 2"]


def test_locking_in_the_middle_of_a_round_leaves_a_whole_list(confirmed: Site) -> None:
    for number in range(6):
        confirmed.sealed_by_first(f"Child {number}", card=f"C{number}")
    round_and_lock = "Promise.all([harness.round(), harness.session().lock()]).then(both => both[0])"
    assert confirmed.second.evaluate(round_and_lock) in ("done", "locked")
    confirmed.second.evaluate("harness.unlock(1).then(() => null)")
    assert sorted(confirmed.names()) == [f"Child {number}" for number in range(6)]


def test_a_list_of_many_small_pieces_is_folded_into_few_and_loses_nobody(confirmed: Site) -> None:
    confirmed.second.evaluate("harness.crowd(450, 1)")
    confirmed.second.evaluate("harness.unlock(0).then(() => null)")
    confirmed.sealed_by_first("Aigul", card="A")
    assert len(confirmed.names()) == 451
    assert len(confirmed.second.evaluate("harness.raw('people')")) == 3
    confirmed.second.evaluate("harness.unlock(1).then(() => null)")
    assert len(confirmed.known()) == 451
