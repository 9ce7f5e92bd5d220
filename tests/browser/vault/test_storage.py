"""The browser's storage: full, thrown away, wanted by two windows."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

Open = Callable[[Page], Page]
Reopen = Callable[[Page, dict[str, Any]], Page]


def quota(page: Page, origin: str, size: int | None) -> None:
    """What the origin may hold, in bytes; None lifts the limit."""
    session = page.context.new_cdp_session(page)
    wanted = {"origin": origin} | ({} if size is None else {"quotaSize": size})
    session.send("Storage.overrideQuotaForOrigin", wanted)


def origin_of(page: Page) -> str:
    return str(page.evaluate("location.origin"))


def test_a_full_disk_is_told_and_what_was_saved_stays(page: Page, go: Open, enrolled: Open, reopened: Reopen) -> None:
    # Before the first write: Chromium remembers for a while how much room there was.
    quota(go(page), origin_of(page), 1_500_000)
    draft = enrolled(page).evaluate("harness.draft()")
    page.evaluate("id => harness.session().saveDraft(id, harness.state({n: 1}))", draft)
    heavy = "id => harness.outcome(harness.session().saveDraft(id, harness.state({n: 2, w: 'x'.repeat(4e6)})))"
    assert page.evaluate(heavy, draft) == "storage_full"
    assert page.evaluate("id => harness.outcome(harness.seal(id, 'x'.repeat(6e5)))", draft) == "storage_full"
    assert page.evaluate("id => harness.session().openDraft(id)", draft)["state"]["answers"] == {"n": 1}
    assert page.evaluate("harness.session().outbox()") == []
    assert page.evaluate("harness.raw('parts')") == []
    quota(page, origin_of(page), None)
    reopened(page, page.evaluate("harness.world()"))
    assert page.evaluate("id => harness.session().openDraft(id)", draft)["state"]["answers"] == {"n": 1}
    assert isinstance(page.evaluate(heavy, draft), int)
    assert page.evaluate("id => harness.seal(id)", draft)["seq"] == 1


def test_a_tablet_whose_storage_was_thrown_away_says_so(page: Page, enrolled: Open, go: Open) -> None:
    world = enrolled(page).evaluate("harness.world()")
    draft = page.evaluate("harness.draft()")
    page.evaluate("window.before = harness.session()")
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": origin_of(page), "storageTypes": "indexeddb"})
    refused = page.evaluate("id => harness.outcome(window.before.saveDraft(id, harness.state({})))", draft)
    assert refused in ("storage_gone", "storage_failed")
    page.wait_for_function("harness.outcome(harness.need().status()).then(it => it === 'storage_gone')")
    go(page).evaluate("world => harness.open(world)", world)
    status = page.evaluate("harness.need().status()")
    assert (status["state"], status["problem"]) == ("new", "storage_gone")


def test_a_tablet_that_never_was_enrolled_is_simply_new(page: Page, go: Open, world: dict[str, Any]) -> None:
    go(page).evaluate("world => harness.open(world)", world)
    status = page.evaluate("harness.need().status()")
    assert (status["state"], status["problem"], status["device"]) == ("new", None, None)


def test_a_second_window_is_told_and_may_take_over(page: Page, enrolled: Open, go: Open) -> None:
    world = enrolled(page).evaluate("harness.world()")
    draft = page.evaluate("harness.draft()")
    page.evaluate("id => harness.session().saveDraft(id, harness.state({n: 1}))", draft)
    second = go(page.context.new_page())
    assert second.evaluate("world => harness.outcome(harness.open(world))", world) == "open_elsewhere"
    assert page.evaluate("harness.taken") == 0

    second.evaluate("world => harness.open(world, true)", world)
    page.wait_for_function("harness.taken === 1")
    assert page.evaluate("harness.need().session()") is None
    assert page.evaluate("harness.outcome(harness.need().status())") == "open_elsewhere"
    assert page.evaluate("harness.outcome(harness.need().push())") == "open_elsewhere"
    second.evaluate("harness.unlock().then(() => null)")
    assert second.evaluate("id => harness.session().openDraft(id)", draft)["state"]["answers"] == {"n": 1}
    assert second.evaluate("id => harness.seal(id)", draft)["seq"] == 1
    third = go(page.context.new_page())
    assert third.evaluate("world => harness.outcome(harness.open(world))", world) == "open_elsewhere"


def test_a_closed_vault_may_be_opened_by_another_window(page: Page, enrolled: Open, go: Open) -> None:
    world = enrolled(page).evaluate("harness.world()")
    page.evaluate("harness.need().close()")
    second = go(page.context.new_page())
    second.evaluate("world => harness.open(world)", world)
    assert second.evaluate("harness.need().status()")["state"] == "enrolled"


def test_storage_is_reported_and_asked_for(page: Page, enrolled: Open) -> None:
    enrolled(page).evaluate("StorageManager.prototype.persist = async () => true")
    assert page.evaluate("harness.need().requestPersistence()") is True
    report = page.evaluate("harness.need().storage()")
    assert report["persistent"] is False
    assert report["used"] > 0
    assert report["free"] > 0


def test_a_draft_whose_bytes_were_changed_is_named_and_hides_no_other(page: Page, enrolled: Open) -> None:
    first = enrolled(page).evaluate("harness.draft()")
    second = page.evaluate("harness.draft()")
    for one in (first, second):
        page.evaluate("id => harness.session().saveDraft(id, harness.state({id}))", one)
    page.evaluate("([a, b]) => harness.swapDrafts(a, b)", [first, second])
    rows = page.evaluate("harness.session().drafts()")
    assert {(row["id"], row["problem"]) for row in rows} == {(first, "broken_record"), (second, None)}
    assert page.evaluate("id => harness.outcome(harness.session().openDraft(id))", first) == "broken_record"
