"""What a submission tells beside its answers: urgent things first, the room, refusals, pieces of one talk."""

import msgspec
from playwright.sync_api import Page, expect

from sync.clock import now_ms
from sync.entry import read_entry
from sync.ids import b64
from tests.browser.desk_ground import Ground, signed_in
from tests.browser.test_desk_pages import whole

HOUR = 3_600_000


def test_an_open_p1_stands_first_and_says_that_nobody_has_taken_over(page: Page, alone: Ground) -> None:
    tablet = alone.tablet()
    flag: dict[str, object] = {"name": "breathing", "level": "P1", "due": now_ms() + HOUR // 2}
    urgent = alone.register(
        tablet,
        "Urgent Sample",
        told={
            "family": {"flags": [{**flag, "taken_over": {"by": None, "carer_unsafe": True}}]},
            "coordination": {"urgency": {"level": "P1", "due": flag["due"]}},
        },
    )
    alone.deliver(tablet, urgent, alone.register(tablet, "Newer Sample"))
    signed_in(page, alone)
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Urgent Sample")
    expect(rows.first).to_contain_text("P1")
    expect(rows.first).to_contain_text("nobody yet")
    page.get_by_role("link", name="Urgent Sample").click()
    family = page.locator('[data-part="family"]')
    expect(family.locator('[data-flag="breathing"]')).to_contain_text("the carer was not told: unsafe")
    expect(family.locator('[data-flag="breathing"]')).to_contain_text("nobody has taken over yet")
    whole(page)
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("[data-decision]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(rows.first).to_contain_text("Newer Sample")


def test_a_talk_sealed_in_part_leads_to_the_piece_that_goes_on_with_it(page: Page, alone: Ground) -> None:
    tablet = alone.tablet()
    sitting = {"language": "kk", "interpreter": "relative", "near": ["children"], "overheard": True, "asked": 1}
    room: dict[str, object] = {
        "sitting": sitting, "outcome": "part", "stopped": "tired", "handed": [{"id": "x", "name": "Dana Test-Intake"}],
        "parked": ["kin"],
    }  # fmt: skip
    first = alone.register(tablet, "Leyla Sample", told={"": room})
    submission = msgspec.convert(read_entry(first.entry.bytes).body, dict)["submission"]
    rest = alone.register(tablet, "Rest Sample", continues=submission, told={"": {"continues": b64(submission)}})
    alone.deliver(tablet, first, rest)
    signed_in(page, alone)
    page.get_by_role("link", name="Leyla Sample").click()
    main = page.locator("main")
    for words in (
        "Sealed in part",
        "Reason: tired",
        "a relative interpreted",
        "children near",
        "others could hear or see",
        "Dana Test-Intake",
        "1 sensitive block was not opened",
        "1 later piece goes on with this one",
    ):
        expect(main).to_contain_text(words)
    whole(page)
    main.locator(".notice a").click()
    expect(main).to_contain_text("Rest Sample")
    page.get_by_role("link", name="Open the earlier piece").click()
    expect(main).to_contain_text("Leyla Sample")


def test_a_refusal_is_told_without_a_reason(page: Page, alone: Ground) -> None:
    tablet = alone.tablet()
    alone.deliver(
        tablet,
        alone.register(tablet, "Leyla Sample", told={"": {"outcome": "not_wanted", "again_on": "2026-12-01"}}),
    )
    signed_in(page, alone)
    page.get_by_role("link", name="Leyla Sample").click()
    expect(page.locator("main")).to_contain_text("Not wanted now")
    expect(page.locator("main")).to_contain_text("To be offered again on 2026-12-01")
