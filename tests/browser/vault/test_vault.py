"""The vault in Chromium: enrolling, unlocking, drafts."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

Open = Callable[[Page], Page]
World = dict[str, Any]


def test_a_new_tablet_enrols_and_an_intake_worker_unlocks_it(page: Page, enrolled: Open) -> None:
    status = enrolled(page).evaluate("harness.need().status()")
    assert status["state"] == "enrolled"
    assert status["problem"] is None
    assert status["device"]["name"] == "T-01"
    assert status["device"]["siteName"] == "Arrival hall"
    assert len(status["device"]["digits"].replace(" ", "")) == 25
    assert [(one["name"], one["ready"]) for one in status["staff"]] == [("Aigerim", True), ("Daniyar", True)]
    assert status["unlocked"]


def test_a_link_that_was_cut_short_is_refused_and_leaves_nothing(page: Page, go: Open, world: World) -> None:
    go(page).evaluate("world => harness.open(world)", world)
    cut = world["link"][: len(world["link"]) // 2]
    assert page.evaluate("link => harness.outcome(harness.need().enrol(link))", cut) == "malformed"
    assert page.evaluate("harness.raw('device')") == []


def test_a_second_tablet_cannot_use_a_used_invitation(page: Page, enrolled: Open, go: Open) -> None:
    after = enrolled(page).evaluate("harness.world()")
    assert page.context.browser is not None
    other = page.context.browser.new_page()
    go(other).evaluate("world => harness.open(world)", after)
    assert other.evaluate("harness.outcome(harness.need().enrol(harness.world().link))") == "invitation_used"
    assert other.evaluate("harness.need().status()")["state"] == "new"
    other.close()


def test_an_expired_invitation_is_refused(page: Page, go: Open) -> None:
    go(page).evaluate("harness.found(1, -1000).then(world => harness.open(world))")
    assert page.evaluate("harness.outcome(harness.need().enrol(harness.world().link))") == "invitation_expired"


def test_an_enrolment_whose_answer_was_lost_goes_on_with_the_same_keys(page: Page, go: Open, world: World) -> None:
    go(page).evaluate("world => harness.open(world)", world)
    page.evaluate("harness.store.mood.mute = true")
    assert page.evaluate("harness.outcome(harness.need().enrol(harness.world().link))") == "no_network"
    after = page.evaluate("harness.world()")
    go(page).evaluate("world => harness.open(world)", after)
    assert page.evaluate("harness.need().status()")["state"] == "new"
    page.evaluate("harness.need().enrol(harness.world().link)")
    assert page.evaluate("harness.store.pushes") == 0
    assert len(page.evaluate("harness.world()")["chain"]) == len(world["chain"]) + 1
    page.evaluate("harness.unlock().then(() => null)")
    assert page.evaluate("harness.sealNew()")["seq"] == 1


def test_a_tablet_is_enrolled_once(page: Page, enrolled: Open) -> None:
    enrolled(page)
    assert page.evaluate("harness.outcome(harness.need().enrol(harness.world().link))") == "already_enrolled"


def test_a_stranger_with_a_wrong_passphrase_opens_nothing(page: Page, go: Open, world: World) -> None:
    go(page).evaluate("world => harness.enrolled(world)", world)
    stranger = "staff => harness.outcome(harness.need().unlock(staff, 'aigerim lamp river stones'))"
    assert page.evaluate(stranger, world["staff"][0]["id"]) == "wrong_passphrase"
    assert page.evaluate("harness.need().session()") is None


def test_where_argon2id_cannot_run_the_passphrase_is_not_called_wrong(page: Page, go: Open, world: World) -> None:
    go(page).evaluate("world => harness.enrolled(world)", world)
    page.route("**/worker.js", lambda route: route.abort())
    assert page.evaluate("harness.outcome(harness.unlock())") == "no_worker"
    page.unroute("**/worker.js")
    page.evaluate("harness.unlock().then(() => null)")
    assert page.evaluate("harness.session().staff.name") == "Aigerim"


def test_a_colleague_does_not_open_another_ones_draft(page: Page, enrolled: Open) -> None:
    draft = enrolled(page).evaluate("harness.draft()")
    page.evaluate("id => harness.session().saveDraft(id, harness.state({first_need: 'shoes'}))", draft)
    page.evaluate("harness.unlock(1).then(() => null)")
    assert page.evaluate("harness.session().drafts()") == []
    assert page.evaluate("id => harness.outcome(harness.session().openDraft(id))", draft) == "not_your_draft"
    assert page.evaluate("id => harness.outcome(harness.session().discardDraft(id))", draft) == "not_your_draft"
    drafts = {one["name"]: one["drafts"] for one in page.evaluate("harness.need().status()")["staff"]}
    assert drafts == {"Aigerim": 1, "Daniyar": 0}


def test_a_draft_is_as_it_was_left_after_a_lock_and_a_reload(
    page: Page, enrolled: Open, reopened: Callable[[Page, World], Page]
) -> None:
    draft = enrolled(page).evaluate("harness.draft()")
    page.evaluate("id => harness.session().saveDraft(id, harness.state({name: 'Әсел', members: [1, 2]}))", draft)
    page.evaluate("harness.session().lock()")
    reopened(page, page.evaluate("harness.world()"))
    opened = page.evaluate("id => harness.session().openDraft(id)", draft)
    assert opened["state"]["answers"] == {"name": "Әсел", "members": [1, 2]}
    assert opened["language"] == "kk"


def test_of_saves_in_a_hurry_the_last_state_wins(page: Page, enrolled: Open) -> None:
    draft = enrolled(page).evaluate("harness.draft()")
    times = page.evaluate(
        """id => {
          const save = (_, n) => harness.session().saveDraft(id, harness.state({n}));
          return Promise.all(Array.from({length: 60}, save));
        }""",
        draft,
    )
    assert times == sorted(times)
    assert page.evaluate("id => harness.session().openDraft(id)", draft)["state"]["answers"] == {"n": 59}


def test_a_save_under_way_ends_before_the_keys_are_dropped(page: Page, enrolled: Open) -> None:
    draft = enrolled(page).evaluate("harness.draft()")
    kept = page.evaluate(
        """async id => {
          const session = harness.session();
          const saves = [1, 2, 3].map(n => harness.outcome(session.saveDraft(id, harness.state({n}))));
          await session.lock();
          return [await Promise.all(saves), await harness.outcome(session.drafts())];
        }""",
        draft,
    )
    assert all(isinstance(time, int) for time in kept[0])
    assert kept[1] == "locked"


def test_a_late_save_does_not_bring_a_sealed_draft_back(page: Page, enrolled: Open) -> None:
    draft = enrolled(page).evaluate("harness.draft()")
    page.evaluate("id => harness.seal(id)", draft)
    late = page.evaluate("id => harness.outcome(harness.session().saveDraft(id, harness.state({n: 1})))", draft)
    assert late == "unknown_draft"
    assert page.evaluate("harness.raw('drafts')") == []


def test_a_discarded_draft_is_gone(page: Page, enrolled: Open) -> None:
    draft = enrolled(page).evaluate("harness.draft()")
    page.evaluate("id => harness.session().discardDraft(id)", draft)
    assert page.evaluate("harness.session().drafts()") == []
    assert page.evaluate("id => harness.outcome(harness.session().openDraft(id))", draft) == "unknown_draft"


def test_sealing_without_one_audience_is_refused_and_the_draft_stays(page: Page, enrolled: Open) -> None:
    draft = enrolled(page).evaluate("harness.draft()")
    refused = page.evaluate(
        """id => harness.outcome(harness.session().seal(id, [{audience: 'people', bucket: 4096, json: {}}],
          {title: {}, card: null, name: null, people: []}))""",
        draft,
    )
    assert refused == "wrong_audiences"
    assert len(page.evaluate("harness.session().drafts()")) == 1
    assert page.evaluate("harness.session().outbox()") == []


def test_the_people_list_and_the_outbox_tell_who_was_sealed(page: Page, enrolled: Open) -> None:
    enrolled(page).evaluate("harness.sealNew('Sailaubek')")
    page.evaluate("harness.sealNew('Sailaubek Omarov')")
    assert [one["name"] for one in page.evaluate("harness.session().people()")] == ["Sailaubek Omarov"]
    outbox = page.evaluate("harness.session().outbox()")
    assert [(row["seq"], row["name"], row["state"]) for row in outbox] == [
        (2, "Sailaubek Omarov", "tablet"),
        (1, "Sailaubek", "tablet"),
    ]


def test_a_lock_leaves_no_key_in_what_the_screens_still_hold(page: Page, enrolled: Open) -> None:
    """Chromium's own count of living key objects: a session that a screen forgot to let go must hold none."""
    enrolled(page).evaluate("harness.draft()")
    page.evaluate("window.forgotten = harness.session(); null")
    assert "secret AES-GCM" in living_keys(page)
    page.evaluate("window.forgotten.lock()")
    assert living_keys(page) == []


def living_keys(page: Page) -> list[str]:
    """Keys that open or sign and that something still refers to, after a collection."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("HeapProfiler.collectGarbage")
    prototype = devtools.send("Runtime.evaluate", {"expression": "CryptoKey.prototype"})["result"]["objectId"]
    objects = devtools.send("Runtime.queryObjects", {"prototypeObjectId": prototype})["objects"]["objectId"]
    kinds = "function () { return this.map(key => `${key.type} ${key.algorithm.name}`) }"
    asked = {"objectId": objects, "functionDeclaration": kinds, "returnByValue": True}
    found: list[str] = devtools.send("Runtime.callFunctionOn", asked)["result"]["value"]
    devtools.detach()
    # hpke keeps one HMAC key of thirty-two zeros, the empty salt: it opens nothing
    return [one for one in found if not one.startswith("public") and one != "secret HMAC"]
