"""Handing a talk over, colleagues who are added on the spot, and notes that stay on the tablet."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

Open = Callable[[Page], Page]
World = dict[str, Any]
OUTCOME = "harness.outcome(harness.session().{})"
GIVE = "([draft, to]) => harness.outcome(harness.session().handOver(draft, to).then(() => 'given'))"


def staff(page: Page, at: int) -> str:
    found: str = page.evaluate("at => harness.world().staff[at].id", at)
    return found


def begun(page: Page, answers: object) -> str:
    """A draft with these answers."""
    draft: str = page.evaluate("harness.draft()")
    page.evaluate("([id, answers]) => harness.session().saveDraft(id, harness.state(answers))", [draft, answers])
    return draft


def refused(page: Page, call: str, draft: str) -> object:
    return page.evaluate(f"id => harness.outcome(harness.session().{call})", draft)


def test_a_talk_that_is_handed_over_goes_on_with_both_names(page: Page, enrolled: Open) -> None:
    draft = begun(enrolled(page), {"cough": "yes"})
    assert page.evaluate(GIVE, [draft, staff(page, 1)]) == "given"
    assert page.evaluate("harness.session().drafts()") == []
    for call in ("openDraft(id)", "saveDraft(id, harness.state({}))", "discardDraft(id)"):
        assert refused(page, call, draft) == "not_your_draft"
    assert page.evaluate("id => harness.outcome(harness.seal(id))", draft) == "not_your_draft"
    page.evaluate("harness.unlock(1).then(() => null)")
    (row,) = page.evaluate("harness.session().drafts()")
    assert [hand["name"] for hand in row["hands"]] == ["Aigerim"]
    assert page.evaluate("id => harness.session().openDraft(id)", draft)["state"]["answers"] == {"cough": "yes"}
    assert page.evaluate("id => harness.seal(id)", draft)["seq"] == 1


def test_a_talk_goes_from_hand_to_hand_and_back(page: Page, enrolled: Open) -> None:
    draft = begun(enrolled(page), {"n": 1})
    page.evaluate(GIVE, [draft, staff(page, 1)])
    page.evaluate("harness.unlock(1).then(() => null)")
    page.evaluate("id => harness.session().saveDraft(id, harness.state({n: 2}))", draft)
    page.evaluate(GIVE, [draft, staff(page, 0)])
    page.evaluate("harness.unlock(0).then(() => null)")
    (row,) = page.evaluate("harness.session().drafts()")
    assert [hand["name"] for hand in row["hands"]] == ["Aigerim", "Daniyar"]
    assert page.evaluate("id => harness.session().openDraft(id)", draft)["state"]["answers"] == {"n": 2}


def test_what_was_typed_just_before_handing_over_goes_along(page: Page, enrolled: Open) -> None:
    draft = begun(enrolled(page), {"n": 0})
    given = page.evaluate(
        """async ([id, to]) => {
          const session = harness.session();
          const saves = [1, 2, 3].map(n => harness.outcome(session.saveDraft(id, harness.state({n}))));
          await session.handOver(id, to);
          const late = await harness.outcome(session.saveDraft(id, harness.state({n: 99})));
          return [await Promise.all(saves), late];
        }""",
        [draft, staff(page, 1)],
    )
    assert all(isinstance(time, int) for time in given[0])
    assert given[1] == "not_your_draft"
    page.evaluate("harness.unlock(1).then(() => null)")
    assert page.evaluate("id => harness.session().openDraft(id)", draft)["state"]["answers"] == {"n": 3}


def test_on_the_disk_no_ones_name_stands_beside_a_handed_over_talk(page: Page, enrolled: Open) -> None:
    draft = begun(enrolled(page), {"n": 0})
    page.evaluate(GIVE, [draft, staff(page, 1)])
    (row,) = page.evaluate("harness.raw('drafts')")
    assert row["author"] == staff(page, 1)
    text = "harness.raw('drafts').then(all => String.fromCharCode(...all[0].hands))"
    assert "Aigerim" not in page.evaluate(text)


def test_a_talk_is_handed_to_nobody_who_cannot_unlock(page: Page, enrolled: Open) -> None:
    draft = begun(enrolled(page), {"n": 0})
    assert page.evaluate(GIVE, [draft, "AAAAAAAAAAAAAAAAAAAAAA"]) == "unknown_colleague"
    assert page.evaluate(GIVE, [draft, staff(page, 0)]) == "given"
    assert [row["id"] for row in page.evaluate("harness.session().drafts()")] == [draft]


def add(page: Page, name: str = "Botagoz") -> dict[str, str]:
    made: dict[str, str] = page.evaluate("name => harness.session().addColleague(name, ['registration'])", name)
    return made


def unlock(page: Page, who: dict[str, str]) -> object:
    call = "who => harness.outcome(harness.need().unlock(who.id, who.passphrase).then(one => one.staff.name))"
    return page.evaluate(call, who)


def test_a_colleague_added_on_the_spot_works_without_the_wire(page: Page, enrolled: Open) -> None:
    enrolled(page).evaluate("harness.store.mood.down = true")
    botagoz = add(page)
    assert len(botagoz["passphrase"].split()) == 4
    listed = {one["name"]: one for one in page.evaluate("harness.need().status()")["staff"]}
    assert (listed["Botagoz"]["added"], listed["Botagoz"]["ready"], listed["Aigerim"]["added"]) == (True, True, False)
    assert unlock(page, {**botagoz, "passphrase": "four wrong words here"}) == "wrong_passphrase"
    assert unlock(page, botagoz) == "Botagoz"
    draft = begun(page, {"n": 1})
    assert page.evaluate("id => harness.seal(id)", draft)["seq"] == 1
    assert [one["name"] for one in page.evaluate("harness.session().people()")] == ["Sailaubek"]


def test_a_talk_may_be_handed_to_a_colleague_added_on_the_spot(page: Page, enrolled: Open) -> None:
    draft = begun(enrolled(page), {"n": 5})
    botagoz = add(page)
    assert page.evaluate(GIVE, [draft, botagoz["id"]]) == "given"
    assert unlock(page, botagoz) == "Botagoz"
    assert page.evaluate("id => harness.session().openDraft(id)", draft)["state"]["answers"] == {"n": 5}


def test_an_added_colleague_is_gone_after_a_day_but_never_before_their_talks(page: Page, enrolled: Open) -> None:
    enrolled(page)
    idle, busy = add(page, "Botagoz"), add(page, "Zarina")
    draft = begun(page, {"n": 1})
    page.evaluate(GIVE, [draft, busy["id"]])
    page.evaluate("Date.now = (now => () => now() + 25 * 36e5)(Date.now)")
    names = {one["name"] for one in page.evaluate("harness.need().colleagues()")}
    assert names == {"Aigerim", "Daniyar", "Zarina"}
    assert unlock(page, idle) == "not_ready_here"
    assert page.evaluate("harness.unlock().then(() => harness.round())") == "done"
    assert [row["name"] for row in page.evaluate("harness.raw('colleagues')")] == ["Zarina"]
    assert unlock(page, busy) == "Zarina"


def test_nobody_stays_beyond_a_day_by_adding_another(page: Page, enrolled: Open) -> None:
    enrolled(page)
    botagoz = add(page, "Botagoz")
    draft = begun(page, {"n": 1})
    page.evaluate(GIVE, [draft, botagoz["id"]])
    page.evaluate("Date.now = (now => () => now() + 23 * 36e5)(Date.now)")
    assert unlock(page, botagoz) == "Botagoz"
    zarina = add(page, "Zarina")
    assert unlock(page, zarina) == "Zarina"
    page.evaluate("Date.now = (now => () => now() + 2 * 36e5)(Date.now)")
    assert unlock(page, zarina) == "not_ready_here"
    assert unlock(page, botagoz) == "Botagoz"


def test_a_round_with_the_centre_takes_nobody_away_who_was_added_today(page: Page, enrolled: Open) -> None:
    enrolled(page)
    botagoz = add(page)
    assert page.evaluate("harness.round()") == "done"
    assert unlock(page, botagoz) == "Botagoz"


def test_a_colleague_without_a_name_is_not_added(page: Page, enrolled: Open) -> None:
    enrolled(page)
    assert page.evaluate("harness.outcome(harness.session().addColleague('  ', []))") == "no_name"
    assert page.evaluate("harness.raw('colleagues')") == []


def test_notes_about_a_card_stay_on_the_tablet_and_under_its_key(page: Page, enrolled: Open) -> None:
    enrolled(page)
    note = "{card: '7KQ4-M2XD-9P', station: 'medical', kind: 'not_now', reason: 'asleep'}"
    mark = page.evaluate(f"harness.session().mark({note})")
    assert mark["by"]["name"] == "Aigerim"
    assert "asleep" not in page.evaluate("harness.raw('marks').then(all => String.fromCharCode(...all[0]))")
    page.evaluate("harness.unlock(1).then(() => null)")
    assert [one["reason"] for one in page.evaluate("harness.session().marks()")] == ["asleep"]
    page.evaluate("id => harness.session().unmark(id)", mark["id"])
    assert page.evaluate("harness.session().marks()") == []
