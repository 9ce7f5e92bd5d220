"""A tablet that worked with the first release goes on with this one: nobody and nothing is missing."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

Open = Callable[[Page], Page]
World = dict[str, Any]


def test_a_tablet_of_the_first_release_keeps_people_drafts_and_outbox(
    page: Page, enrolled: Open, reopened: Callable[[Page, World], Page]
) -> None:
    enrolled(page).evaluate("harness.sealNew('Aigul', {card: 'A'})")
    page.evaluate("harness.sealNew('Timur', {card: ''})")
    page.evaluate("harness.sealNew('Aigul Seit', {card: 'A'})")
    draft = page.evaluate("harness.draft()")
    page.evaluate("id => harness.session().saveDraft(id, harness.state({n: 7}))", draft)
    world = page.evaluate("harness.world()")
    page.evaluate("harness.downgrade()")
    version = "indexedDB.databases().then(all => all.find(one => one.name === 'esik').version)"
    assert page.evaluate(version) == 1
    reopened(page, world)
    assert page.evaluate(version) == 3
    assert {one["name"] for one in page.evaluate("harness.session().people()")} == {"Aigul Seit", "Timur"}
    assert page.evaluate("harness.session().person('A')")["name"] == "Aigul Seit"
    assert page.evaluate("id => harness.session().openDraft(id)", draft)["state"]["answers"] == {"n": 7}
    assert [one["name"] for one in page.evaluate("harness.session().outbox()")] == ["Aigul Seit", "Timur", "Aigul"]
    assert page.evaluate("harness.session().marks()") == []
    assert page.evaluate("harness.sealNew('Sara', {card: 'B'})")["seq"] == 4
    page.evaluate("harness.store.confirm()")
    assert page.evaluate("harness.round()") == "done"
    assert len(page.evaluate("harness.session().people()")) == 3


def test_rows_of_the_first_release_are_folded_into_pages_and_erased_like_others(
    page: Page, enrolled: Open, reopened: Callable[[Page, World], Page]
) -> None:
    gone = enrolled(page).evaluate("harness.sealNew('Aigul', {card: 'A'}).then(sealed => sealed.submission)")
    for number in range(30):
        page.evaluate("n => harness.sealNew(`Child ${n}`, {card: `C${n}`}).then(() => null)", number)
    page.evaluate("harness.store.confirm()")
    assert page.evaluate("harness.round()") == "done"
    assert len(page.evaluate("harness.raw('people')")) == 1
    world = page.evaluate("harness.world()")
    page.evaluate("harness.downgrade()")
    reopened(page, world)
    assert len(page.evaluate("harness.raw('people')")) == 31
    assert len(page.evaluate("harness.session().people()")) == 31
    page.evaluate("of => harness.store.erase(of, 'people@arrival')", gone)
    assert page.evaluate("harness.round()") == "done"
    assert len(page.evaluate("harness.raw('people')")) == 1
    assert len(page.evaluate("harness.session().people()")) == 30
    assert page.evaluate("harness.session().person('A')") is None
