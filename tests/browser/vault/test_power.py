"""The battery dies in the middle of anything: `kill -9` on the browser and all its processes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.chromium import Tablet

Open = Callable[[Page], Page]
Reopen = Callable[[Page, dict[str, Any]], Page]
ROUNDS = 4
CANARY = "Qyzylqum-Tyrnaq"


def listen(page: Page) -> list[tuple[str, str]]:
    """What the page says that the vault has acknowledged, in order."""
    said: list[tuple[str, str]] = []

    def hear(message: Any) -> None:
        kind, _, what = str(message.text).partition(" ")
        said.append((kind, what))

    page.on("console", hear)
    return said


def until(page: Page, said: list[tuple[str, str]], count: int) -> None:
    """Wait until so much was acknowledged since the browser's start."""
    for _ in range(3000):
        if len(said) >= count:
            return
        page.wait_for_timeout(10)
    raise AssertionError(f"only {len(said)} acknowledged")


def test_every_acknowledged_save_is_there_and_no_draft_is_broken(
    tablet: Callable[..., Tablet], enrolled: Open, reopened: Reopen
) -> None:
    mine = tablet()
    draft = enrolled(mine.page).evaluate("harness.draft()")
    world = mine.page.evaluate("harness.world()")
    for round_ in range(ROUNDS):
        said = listen(mine.page)
        mine.page.evaluate("([id, weight]) => void harness.saveForever(id, weight)", [draft, 2000 * 4**round_])
        until(mine.page, said, 5 + 7 * round_)
        mine.kill()
        reopened(mine.start(), world)
        rows = mine.page.evaluate("harness.session().drafts()")
        assert [(row["id"], row["problem"]) for row in rows] == [(draft, None)]
        answers = mine.page.evaluate("id => harness.session().openDraft(id)", draft)["state"]["answers"]
        assert answers["number"] >= int(said[-1][1])
        assert answers["number"] == answers["again"]
        assert len(answers["weight"]) == 2000 * 4**round_


def test_a_seal_is_whole_or_it_is_not(tablet: Callable[..., Tablet], enrolled: Open, reopened: Reopen) -> None:
    mine = tablet()
    world = enrolled(mine.page).evaluate("harness.world()")
    saved: set[str] = set()
    sealed: dict[str, int] = {}
    outbox: dict[str, int] = {}
    for round_ in range(ROUNDS):
        said = listen(mine.page)
        mine.page.evaluate("void harness.sealForever()")
        until(mine.page, said, 3 + 4 * round_)
        mine.kill()
        saved |= {what for kind, what in said if kind == "saved"}
        sealed |= {what.split()[0]: int(what.split()[1]) for kind, what in said if kind == "sealed"}
        reopened(mine.start(), world)
        drafts = {row["id"] for row in mine.page.evaluate("harness.session().drafts()")}
        outbox = {row["submission"]: row["seq"] for row in mine.page.evaluate("harness.session().outbox()")}
        assert saved <= drafts | outbox.keys()
        assert not drafts & outbox.keys()
        assert sealed.items() <= outbox.items()
        assert sorted(outbox.values()) == list(range(1, len(outbox) + 1))
        assert mine.page.evaluate("harness.holes()") == []
        assert mine.page.evaluate("harness.raw('people')").__len__() == len(outbox)
    # And all of it is deliverable: the store checks every signature, the vault every receipt.
    mine.page.evaluate("harness.need().push()")
    counts = mine.page.evaluate("harness.need().status()")["counts"]
    assert counts == {"tablet": 0, "carried": 0, "safe": len(outbox)}


def test_a_thief_finds_no_word_of_a_family_on_the_disk(tablet: Callable[..., Tablet], enrolled: Open) -> None:
    mine = tablet()
    draft = enrolled(mine.page).evaluate("harness.draft()")
    # The words are made in the page, so that what drives the browser does not write them.
    mine.page.evaluate(
        """async id => {
          const word = ['Qyzylqum', 'Tyrnaq'].join('-');
          await harness.session().saveDraft(id, {...harness.state({word}), name: word, card: word});
          await harness.sealNew(word);
          await harness.need().push();
        }""",
        draft,
    )
    mine.kill()
    assert found(mine.profile) == []
    mine.start()
    mine.close()
    assert found(mine.profile) == []


def found(profile: Path) -> list[str]:
    """Files of the profile that hold the canary in UTF-8 or UTF-16."""
    words = [CANARY.encode("utf-8"), CANARY.encode("utf-16-le"), CANARY.encode("utf-16-be")]
    files = [one for one in profile.rglob("*") if one.is_file() and not one.is_symlink()]
    assert any("IndexedDB" in str(one) for one in files)
    return [str(one) for one in files if any(word in one.read_bytes() for word in words)]
