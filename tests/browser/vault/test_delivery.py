"""Delivery: what is safe is safe, what is not is sent again, and a copied profile never uses a number twice."""

import shutil
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.browser.chromium import Tablet

Open = Callable[[Page], Page]
World = dict[str, Any]
Reopen = Callable[[Page, dict[str, Any]], Page]

PUSH = "harness.outcome(harness.need().push())"
COUNTS = "harness.need().status().then(status => status.counts)"


def counts(page: Page) -> tuple[int, int, int]:
    """On this tablet, carried, safe."""
    found = page.evaluate(COUNTS)
    return found["tablet"], found["carried"], found["safe"]


def alarms(page: Page) -> list[str]:
    return [one["code"] for one in page.evaluate("harness.need().status()")["alarms"]]


def states(page: Page) -> list[tuple[int, str, str | None]]:
    rows = page.evaluate("harness.session().outbox()")
    return sorted((row["seq"], row["state"], row["problem"]) for row in rows)


def test_what_the_centre_receipted_is_safe(page: Page, enrolled: Open) -> None:
    enrolled(page)
    for _ in range(3):
        page.evaluate("harness.sealNew()")
    assert counts(page) == (3, 0, 0)
    assert page.evaluate(PUSH)["sent"] == 3
    assert counts(page) == (0, 0, 3)
    assert page.evaluate(PUSH)["sent"] == 0
    assert len(page.evaluate("harness.world()")["entries"]) == 3
    assert page.evaluate("harness.need().status()")["lastContact"] > 0


def test_what_a_relay_receipted_is_carried_and_owed_to_the_centre(page: Page, enrolled: Open) -> None:
    enrolled(page).evaluate("harness.store.beRelay()")
    page.evaluate("harness.sealNew()")
    page.evaluate(PUSH)
    assert counts(page) == (0, 1, 0)
    page.evaluate("harness.store.beCentre()")
    page.evaluate(PUSH)
    assert counts(page) == (0, 0, 1)


def test_delivery_needs_no_key_once_it_is_signed(page: Page, enrolled: Open) -> None:
    enrolled(page).evaluate("harness.sealNew()")
    page.evaluate("harness.session().lock()")
    before = page.evaluate("harness.store.directorySessions")
    page.evaluate(PUSH)
    assert counts(page) == (0, 0, 1)
    assert page.evaluate("harness.store.directorySessions") == before
    assert page.evaluate("harness.world()")["heads"]


def test_a_receipt_by_an_unlisted_store_makes_nothing_safe(page: Page, enrolled: Open) -> None:
    enrolled(page).evaluate("harness.sealNew()")
    page.evaluate("harness.store.mood.impostor = true")
    page.evaluate(PUSH)
    assert counts(page) == (1, 0, 0)
    assert states(page) == [(1, "tablet", "unlisted_store")]
    page.evaluate("harness.store.mood.impostor = false")
    page.evaluate(PUSH)
    assert states(page) == [(1, "safe", None)]


def test_a_store_that_the_directory_does_not_list_is_sent_nothing(page: Page, enrolled: Open) -> None:
    enrolled(page).evaluate("harness.sealNew()")
    page.evaluate("harness.store.becomeStranger()")
    pushes = page.evaluate("harness.store.pushes")
    assert page.evaluate(PUSH) == "unlisted_store"
    assert page.evaluate("harness.store.pushes") == pushes
    assert counts(page) == (1, 0, 0)


def test_a_lost_answer_leaves_it_here_and_the_next_push_settles_it(page: Page, enrolled: Open) -> None:
    enrolled(page).evaluate("harness.sealNew()")
    page.evaluate("harness.store.mood.mute = true")
    assert page.evaluate(PUSH) == "no_network"
    assert counts(page) == (1, 0, 0)
    page.evaluate("harness.store.mood.mute = false")
    page.evaluate(PUSH)
    assert counts(page) == (0, 0, 1)
    assert len(page.evaluate("harness.world()")["entries"]) == 1


def test_with_the_wire_cut_nothing_is_lost(page: Page, enrolled: Open) -> None:
    enrolled(page).evaluate("harness.sealNew()")
    page.evaluate("harness.store.mood.down = true")
    assert page.evaluate(PUSH) == "no_network"
    assert page.evaluate("harness.sealNew()")["seq"] == 2
    assert counts(page) == (2, 0, 0)


def test_what_the_centre_no_longer_has_is_sent_again(page: Page, enrolled: Open, reopened: Reopen) -> None:
    enrolled(page)
    for _ in range(3):
        page.evaluate("harness.sealNew()")
    page.evaluate(PUSH)
    world = page.evaluate("harness.world()")
    lost = dict(list(world["entries"].items())[:1])
    reopened(page, world | {"entries": lost, "objects": {}})
    assert counts(page) == (0, 0, 3)
    assert page.evaluate(PUSH)["sent"] == 2
    assert counts(page) == (0, 0, 3)
    assert page.evaluate("harness.world()")["entries"].keys() == world["entries"].keys()


def test_parts_that_do_not_ride_in_the_bundle_follow_one_by_one(page: Page, enrolled: Open, world: World) -> None:
    enrolled(page).evaluate("harness.store.mood.noParts = true")
    page.evaluate("harness.sealNew()")
    page.evaluate(PUSH)
    assert counts(page) == (0, 0, 1)
    assert len(page.evaluate("harness.world()")["objects"]) == len(world["objects"]) + 3


def test_a_revoked_tablet_still_delivers_what_it_holds(page: Page, enrolled: Open) -> None:
    enrolled(page).evaluate("harness.sealNew()")
    page.evaluate("harness.store.mood.refuses = true")
    assert page.evaluate(PUSH) == "revoked"
    assert counts(page) == (0, 0, 1)


def test_the_centre_hears_of_a_tablet_that_has_sealed_nothing_yet(page: Page, enrolled: Open) -> None:
    enrolled(page).evaluate(PUSH)
    assert len(page.evaluate("harness.world()")["heads"]) == 1
    assert page.evaluate("harness.sealNew()")["seq"] == 1
    page.evaluate(PUSH)
    assert counts(page) == (0, 0, 1)
    assert [log["seqs"] for log in page.evaluate("harness.store.logs()")] == [[1]]


def test_a_shortened_directory_alarms_and_the_work_is_delivered(page: Page, enrolled: Open) -> None:
    enrolled(page).evaluate("harness.sealNew()")
    page.evaluate("harness.store.mood.shows = 5")
    page.evaluate(PUSH)
    assert alarms(page) == ["shortened_directory"]
    assert counts(page) == (0, 0, 1)


def test_a_colleague_who_was_added_can_unlock_after_the_next_contact(
    page: Page, enrolled: Open, reopened: Reopen
) -> None:
    enrolled(page).evaluate("harness.store.hire('Madina')")
    assert [one["name"] for one in page.evaluate("harness.need().status()")["staff"]] == ["Aigerim", "Daniyar"]
    page.evaluate(PUSH)
    staff = page.evaluate("harness.need().status()")["staff"]
    assert [(one["name"], one["ready"]) for one in staff] == [
        ("Aigerim", True),
        ("Daniyar", True),
        ("Madina", True),
    ]
    reopened(page, page.evaluate("harness.world()"))
    page.evaluate("harness.unlock(2).then(() => null)")
    assert page.evaluate("harness.session().staff.name") == "Madina"
    assert page.evaluate("harness.sealNew()")["seq"] == 1


def test_a_clock_that_is_years_off_stops_nothing_and_removes_nothing(page: Page, enrolled: Open) -> None:
    enrolled(page).evaluate("harness.sealNew()")
    page.evaluate(PUSH)
    page.evaluate("Date.now = (now => () => now() + 40 * 365 * 864e5)(Date.now)")
    page.evaluate("harness.store.hours = -40 * 365 * 24")
    assert page.evaluate("harness.sealNew()")["seq"] == 2
    page.evaluate(PUSH)
    assert counts(page) == (0, 0, 2)
    assert page.evaluate("harness.need().removeSafe(30)") == 0


def test_safe_work_is_removed_after_thirty_days_and_not_a_day_before(page: Page, enrolled: Open) -> None:
    enrolled(page).evaluate("harness.sealNew()")
    page.evaluate(PUSH)
    page.evaluate("window.days = 0; Date.now = (now => () => now() + window.days * 864e5)(Date.now)")
    page.evaluate("window.days = 29")
    page.evaluate(PUSH)
    assert page.evaluate("harness.need().removeSafe(1)") == 0
    page.evaluate("window.days = 31")
    page.evaluate(PUSH)
    assert page.evaluate("harness.need().removeSafe(1)") == 0, "the round removed it already"
    assert page.evaluate("harness.raw('parts')") == []
    assert counts(page) == (0, 0, 1)
    assert states(page) == [(1, "removed", None)]
    assert page.evaluate("harness.sealNew()")["seq"] == 2


def test_who_asks_to_be_erased_leaves_the_tablet_too(page: Page, enrolled: Open) -> None:
    enrolled(page)
    first, second = (page.evaluate(f"harness.sealNew('{name}')")["submission"] for name in ("Aigul", "Timur"))
    page.evaluate(PUSH)
    page.evaluate("of => harness.store.erase(of, 'family')", first)
    page.evaluate(PUSH)
    assert len(page.evaluate("harness.raw('parts')")) == 5
    assert len(page.evaluate("harness.raw('people')")) == 2, "who they are was not erased"
    page.evaluate("of => harness.store.erase(of, 'people@arrival')", first)
    page.evaluate(PUSH)
    assert len(page.evaluate("harness.raw('parts')")) == 4
    assert len(page.evaluate("harness.raw('people')")) == 1
    names = {one["submission"]: (one["name"], one["card"]) for one in page.evaluate("harness.session().outbox()")}
    assert names == {first: (None, None), second: ("Timur", "7KQ4-M2XD-9P")}


def test_a_store_that_lies_about_the_time_removes_nothing_early(page: Page, enrolled: Open) -> None:
    enrolled(page).evaluate("harness.sealNew()")
    page.evaluate(PUSH)
    page.evaluate("harness.store.hours = 40 * 365 * 24")
    page.evaluate(PUSH)
    assert page.evaluate("harness.need().removeSafe(30)") == 0


def test_a_relay_whose_clock_stands_still_ages_nothing(page: Page, enrolled: Open) -> None:
    enrolled(page).evaluate("harness.sealNew()")
    page.evaluate(PUSH)
    (before,) = page.evaluate("harness.session().outbox()")
    page.evaluate("harness.store.beRelay()")
    page.evaluate("harness.store.hours = -10 * 365 * 24")
    page.evaluate("harness.sealNew()")
    page.evaluate(PUSH)
    after = page.evaluate("harness.session().outbox()")
    assert [one["receiptAt"] for one in after if one["seq"] == 1] == [before["receiptAt"]]


def test_a_restored_profile_starts_a_new_log(tablet: Callable[..., Tablet], enrolled: Open, reopened: Reopen) -> None:
    mine = tablet()
    enrolled(mine.page).evaluate("harness.sealNew('first')")
    mine.page.evaluate(PUSH)
    world = mine.page.evaluate("harness.world()")
    mine.close()
    backup = mine.profile.with_name("backup")
    shutil.copytree(mine.profile, backup, symlinks=True)

    reopened(mine.start(), world).evaluate("harness.sealNew('second')")
    mine.page.evaluate(PUSH)
    world = mine.page.evaluate("harness.world()")
    mine.close()

    old = tablet("backup")
    reopened(old.page, world).evaluate(PUSH)
    assert old.page.evaluate("harness.sealNew('third')")["seq"] == 1
    old.page.evaluate(PUSH)
    assert alarms(old.page) == []
    assert counts(old.page) == (0, 0, 2)
    logs = old.page.evaluate("harness.store.logs()")
    first, second = sorted(logs, key=lambda log: log["after"] is not None)
    assert [first["seqs"], second["seqs"]] == [[1, 2], [1]]
    assert second["after"] == {"log": first["log"], "seq": 1}


def test_a_twin_that_sealed_with_the_wire_cut_is_named_and_goes_on_in_a_new_log(
    tablet: Callable[..., Tablet], enrolled: Open, reopened: Reopen
) -> None:
    mine = tablet()
    enrolled(mine.page).evaluate("harness.sealNew('first')")
    mine.page.evaluate(PUSH)
    world = mine.page.evaluate("harness.world()")
    mine.close()
    twin_profile = mine.profile.with_name("twin")
    shutil.copytree(mine.profile, twin_profile, symlinks=True)

    twin = tablet("twin")
    reopened(twin.page, world).evaluate("harness.sealNew('offline')")
    reopened(mine.start(), world).evaluate("harness.sealNew('here')")
    mine.page.evaluate(PUSH)
    world = mine.page.evaluate("harness.world()")

    reopened(twin.page, world).evaluate(PUSH)
    assert "fork" in alarms(twin.page)
    assert counts(twin.page) == (0, 0, 2)
    assert twin.page.evaluate("harness.sealNew('after')")["seq"] == 1
    assert len(twin.page.evaluate("harness.world()")["entries"]) == 3
