"""*Close the tablet* and the long press on the lock: what is left names nobody, and nothing that was sealed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import Tablet

Open = Callable[[Page], Page]
World = dict[str, Any]
NOTE = "{card: '7KQ4-M2XD-9P', station: 'medical', kind: 'not_now', reason: 'asleep'}"
CLOSE = "harness.outcome(harness.session().close().then(() => 'closed'))"
NAMES = "harness.session().people().then(all => all.map(one => one.name))"
CANARY = "Qyzylqum-Tyrnaq"


def used(page: Page) -> Page:
    """A tablet at the end of a day: two sealed, one of them delivered, a note, a colleague who was added."""
    page.evaluate("harness.sealNew('Aigul', {card: 'A'})")
    page.evaluate("harness.store.confirm()")
    page.evaluate("harness.round()")
    page.evaluate("harness.sealNew('Timur', {card: 'B'})")
    page.evaluate(f"harness.session().mark({NOTE})")
    page.evaluate("harness.session().addColleague('Botagoz', [])")
    return page


def test_a_closed_tablet_names_nobody(page: Page, enrolled: Open) -> None:
    used(enrolled(page))
    assert page.evaluate(CLOSE) == "closed"
    assert page.evaluate("harness.need().session()") is None
    for store in ("people", "marks", "colleagues", "drafts"):
        assert page.evaluate("store => harness.raw(store)", store) == [], store
    page.evaluate("harness.unlock().then(() => null)")
    assert page.evaluate(NAMES) == []
    outbox = page.evaluate("harness.session().outbox()")
    assert [(row["title"], row["name"], row["card"], row["state"]) for row in outbox] == [
        ({"en": "Registration"}, None, None, "tablet"),
        ({"en": "Registration"}, None, None, "safe"),
    ]


def test_what_was_sealed_before_closing_arrives_and_the_list_comes_back_from_the_centre(
    page: Page, enrolled: Open
) -> None:
    used(enrolled(page)).evaluate(CLOSE)
    assert page.evaluate("harness.round()") == "done"
    assert page.evaluate("harness.need().status()")["counts"] == {"tablet": 0, "carried": 0, "safe": 2}
    page.evaluate("harness.unlock().then(() => null)")
    assert page.evaluate(NAMES) == []
    assert page.evaluate("harness.round()") == "done"
    assert sorted(page.evaluate(NAMES)) == ["Aigul", "Timur"]
    assert {one["from"] for one in page.evaluate("harness.session().people()")} == {"here"}


def test_a_tablet_is_not_closed_over_an_open_talk(page: Page, enrolled: Open) -> None:
    used(enrolled(page)).evaluate("harness.draft()")
    assert page.evaluate(CLOSE) == "drafts_left"
    assert sorted(page.evaluate(NAMES)) == ["Aigul", "Timur"]
    assert page.evaluate("harness.session().staff.name") == "Aigerim"


def test_another_ones_talk_survives_closing(page: Page, enrolled: Open) -> None:
    enrolled(page)
    page.evaluate("harness.unlock(1).then(() => null)")
    draft = page.evaluate("harness.draft()")
    page.evaluate("id => harness.session().saveDraft(id, harness.state({n: 1}))", draft)
    page.evaluate("harness.unlock(0).then(() => null)")
    assert page.evaluate(CLOSE) == "closed"
    page.evaluate("harness.unlock(1).then(() => null)")
    assert page.evaluate("id => harness.session().openDraft(id)", draft)["state"]["answers"] == {"n": 1}


def test_a_round_that_is_under_way_brings_no_name_back(page: Page, enrolled: Open) -> None:
    used(enrolled(page))
    page.evaluate("harness.sealNew('Sara', {card: 'C'})")
    assert page.evaluate(f"Promise.all([harness.round(), {CLOSE}]).then(both => both[1])") == "closed"
    assert page.evaluate("harness.raw('people')") == []
    page.evaluate("harness.unlock().then(() => null)")
    assert page.evaluate(NAMES) == []


def test_a_long_press_on_the_lock_drops_keys_and_list_at_once(page: Page, enrolled: Open) -> None:
    used(enrolled(page)).evaluate("window.forgotten = harness.session(); null")
    page.evaluate("harness.need().wipe()")
    assert page.evaluate("harness.outcome(window.forgotten.people())") == "locked"
    assert page.evaluate("harness.raw('people')") == []
    assert page.evaluate("harness.raw('marks')") == []
    assert page.evaluate("harness.need().status()")["unlocked"] is False
    page.evaluate("harness.unlock().then(() => null)")
    assert page.evaluate(NAMES) == []
    assert len(page.evaluate("harness.session().outbox()")) == 2


@pytest.mark.parametrize("after", [0, 1, 2, 4, 8])
def test_a_note_under_way_does_not_outlive_a_long_press(page: Page, enrolled: Open, after: int) -> None:
    enrolled(page)
    noted = page.evaluate(
        f"""async after => {{
          const noted = harness.outcome(harness.session().mark({NOTE}).then(() => 'noted'));
          for (let turn = 0; turn < after; turn++) await Promise.resolve();
          await harness.need().wipe();
          return noted;
        }}""",
        after,
    )
    assert noted in ("noted", "locked")
    assert page.evaluate("harness.raw('marks')") == []


def test_an_erasure_under_way_does_not_bring_the_others_back_after_a_long_press(page: Page, enrolled: Open) -> None:
    enrolled(page)
    gone = page.evaluate("harness.sealNew('Aigul', {card: 'A'})")["submission"]
    page.evaluate("harness.crowd(20)")
    page.evaluate("harness.round()")
    page.evaluate("of => harness.store.erase(of, 'people@arrival')", gone)
    page.evaluate("harness.unlock().then(() => null)")
    wiped_while_it_seals = """async () => {
      const encrypt = crypto.subtle.encrypt;
      let wiped = null;
      crypto.subtle.encrypt = async function (...of) {
        const sealed = await encrypt.apply(this, of);
        wiped ??= harness.need().wipe();
        await new Promise(done => setTimeout(done, 200));
        return sealed;
      };
      await harness.round();
      await wiped;
      crypto.subtle.encrypt = encrypt;
      return wiped !== null;
    }"""
    assert page.evaluate(wiped_while_it_seals) is True
    assert page.evaluate("harness.raw('people')") == []


def test_a_long_press_needs_no_key_and_may_come_twice(page: Page, enrolled: Open) -> None:
    used(enrolled(page)).evaluate("harness.session().lock()")
    page.evaluate("harness.need().wipe()")
    page.evaluate("harness.need().wipe()")
    assert page.evaluate("harness.raw('people')") == []


@pytest.mark.parametrize("after", [0, 3, 10, 30])
def test_a_seal_under_way_is_whole_after_a_long_press(page: Page, enrolled: Open, after: int) -> None:
    enrolled(page)
    draft = page.evaluate("harness.draft()")
    sealed = page.evaluate(
        """async ([id, after]) => {
          const seal = harness.outcome(harness.seal(id, 'Sara').then(() => 'sealed'));
          await new Promise(done => setTimeout(done, after));
          await harness.need().wipe();
          return seal;
        }""",
        [draft, after],
    )
    drafts, entries = (len(page.evaluate("store => harness.raw(store)", store)) for store in ("drafts", "entries"))
    assert (sealed, drafts, entries) in (("sealed", 0, 1), ("locked", 1, 0))
    assert page.evaluate("harness.raw('people')") == []


def test_a_battery_that_dies_after_closing_brings_nobody_back(
    tablet: Callable[..., Tablet], enrolled: Open, reopened: Callable[[Page, World], Page]
) -> None:
    mine = tablet()
    enrolled(mine.page).evaluate("name => harness.sealNew(name).then(() => null)", CANARY)
    world = mine.page.evaluate("harness.world()")
    assert mine.page.evaluate(CLOSE) == "closed"
    mine.kill()
    reopened(mine.start(), world)
    assert mine.page.evaluate(NAMES) == []
    assert [row["name"] for row in mine.page.evaluate("harness.session().outbox()")] == [None]


def test_the_end_of_a_shift_says_how_far_this_tablet_wrote(page: Page, enrolled: Open) -> None:
    enrolled(page)
    assert page.evaluate("harness.session().head()")["seq"] == 0
    page.evaluate("harness.sealNew()")
    page.evaluate("harness.sealNew()")
    head = page.evaluate("harness.session().head()")
    assert head["seq"] == 2
    assert head["qr"].startswith("ESIK1 ")
    assert head["code"].startswith("2-")
    read = page.evaluate("([qr, code]) => harness.readHead(qr, code)", [head["qr"], head["code"]])
    assert read == {"seq": 2, "time": head["time"], "device": "T-01", "code": 2, "fits": True}
