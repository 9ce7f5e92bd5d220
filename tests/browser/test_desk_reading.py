"""The desk in Chromium: what a reviewer reads, what is sealed to others, what is not here yet."""

from playwright.sync_api import Page, Route, expect

from tests.browser.desk_ground import NAME, NEED, Ground, row, signed_in


def test_a_reviewer_reads_the_same_answers_that_were_sealed(page: Page, ground: Ground) -> None:
    signed_in(page, ground)
    page.get_by_role("link", name=NAME).click()
    family = page.locator('[data-part="family"]')
    expect(family.locator('[data-answer="needs.first_need"]')).to_have_text(NEED)
    expect(family).to_contain_text("8 of 8 checks passed")
    coordination = page.locator('[data-part="coordination"]')
    expect(coordination.locator('[data-answer="members[1].name"]')).to_have_text(NAME)
    expect(coordination.locator('[data-answer="members[2].name"]')).to_have_text("Timur Sample")
    expect(coordination.locator('[data-answer="members[1].birth_date"]')).to_have_text("1 March 2015")
    expect(coordination).to_contain_text("Girl or woman")
    expect(page.locator(".head")).to_contain_text("by Nurlan Test")
    expect(page.locator(".head")).to_contain_text("Safe")


def test_what_is_sealed_to_protection_shows_as_sealed_and_nothing_more(page: Page, ground: Ground) -> None:
    signed_in(page, ground)
    page.get_by_role("link", name=NAME).click()
    sealed = page.locator('[data-part="protection"]')
    expect(sealed).to_contain_text("Sealed to protection")
    expect(page.locator("main")).not_to_contain_text("Mother")
    expect(page.locator("main")).not_to_contain_text("Prefers not to answer")


def test_a_protection_officer_opens_that_part_and_never_sees_a_name(page: Page, ground: Ground) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    signed_in(page, ground, "Marat")
    page.locator("a[data-row]").first.click()
    part = page.locator('[data-part="protection"]')
    expect(part).to_contain_text("Mother")
    expect(part.locator('[data-answer="members[2].kin.relation"]')).to_have_text("Prefers not to answer")
    expect(page.locator("main")).to_contain_text("Sealed to coordination")
    expect(page.locator("body")).not_to_contain_text("Unmistakable")
    # One grant and one part: what is sealed to others is not even fetched.
    assert len([url for url in asked if "/sync/objects/" in url]) <= 1 + page.locator("tbody tr").count() + 1


def test_missing_numbers_are_named_until_they_arrive(page: Page, alone: Ground) -> None:
    tablet = alone.tablet("T-07")
    first, second, third = (alone.register(tablet, f"Family {n}") for n in (1, 2, 3))
    alone.deliver(tablet, first)
    signed_in(page, alone)
    expect(page.locator(".truth")).to_contain_text("Tablet T-07 owes #2–#3")
    page.get_by_role("link", name="Fleet").click()
    expect(page.locator("main")).to_contain_text("Not here yet: 2 numbers from tablet T-07")
    alone.deliver(tablet, third)
    expect(page.locator(".truth")).to_contain_text("owes #2")
    alone.deliver(tablet, second)
    expect(page.locator(".truth")).to_contain_text("1 tablet · complete")


def test_a_second_delivery_of_the_same_changes_nothing(page: Page, alone: Ground) -> None:
    tablet = alone.tablet()
    sealed = alone.register(tablet, "Leyla Sample")
    alone.deliver(tablet, sealed)
    signed_in(page, alone)
    row(page, "Leyla Sample")
    alone.deliver(tablet, sealed)
    alone.deliver(tablet, alone.register(tablet, "Sara Sample"))
    row(page, "Sara Sample")
    expect(page.locator("a[data-row]")).to_have_count(2)


def test_a_part_that_was_changed_on_the_way_is_a_problem_and_never_an_answer(page: Page, ground: Ground) -> None:
    def change(route: Route) -> None:
        answer = route.fetch()
        body = bytearray(answer.body())
        if len(body) > 2000:  # a part, not a grant
            body[-20] ^= 1
        route.fulfill(response=answer, body=bytes(body))

    page.route("**/sync/objects/*", change)
    signed_in(page, ground)
    expect(page.locator("tbody tr").first).to_contain_text("Not proven")
    page.locator("a[data-row]").first.click()
    expect(page.locator('[data-part="family"]')).to_contain_text("hash_differs")
    expect(page.locator('[data-part="family"]')).to_contain_text("Check 3 of 8 failed")
    expect(page.locator("main")).not_to_contain_text(NEED)
    expect(page.get_by_role("button", name="Accept")).to_have_count(0)
