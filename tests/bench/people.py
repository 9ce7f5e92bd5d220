"""Two thousand people on one tablet, in Chromium: how long home takes behind the key, and *Find* behind each letter.

The people come the way they come on the day: another tablet of the site sealed them, the centre carried them over.
Throttling is Chromium's own (CDP) and reaches the page, not the worker that derives the key.
"""

from collections.abc import Iterator

import httpx
from playwright.sync_api import Page, expect

from forms.card import make_card
from sync.clock import now_ms
from sync.ids import made_id
from sync.randomness import random_bytes
from sync.seal import Sealed, seal_submission
from tests.bench.browsing import FRAME, machine
from tests.bench.figures import Figure
from tests.bench.tablet import WATCH
from tests.browser.bundling import ROOT
from tests.browser.chromium import Tablet as Held
from tests.day.ground import Ground
from tests.tablet import Tablet, push

PEOPLE, FAMILY, BATCH = 2_000, 5, 20
NAMES = ("Айгүл", "Timur", "فاطمة", "Жанар", "Botagoz", "يوسف", "Сәуле", "Yerzhan", "Хадиша", "Gulnar")
AREA = f"{PEOPLE:,} people on one tablet"
HOME_SOON, FIND_SOON = 1_000.0, 50.0
LETTERS = "жанар 17"
PATIENCE = 240_000

TYPE = (
    "async (letters) => {"
    + FRAME
    + """
  const field = document.getElementById("find-text");
  const times = [];
  for (let end = 1; end <= letters.length; end++) {
    await frame();
    const begin = performance.now();
    field.value = letters.slice(0, end);
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await frame();
    times.push(performance.now() - begin);
  }
  return times;
}
"""
)


def figures() -> list[Figure]:
    """Six figures; none where there is no Chromium."""
    with machine("the figures about many people") as found:
        if found is None:
            return []
        ground = Ground(found.folder, ROOT)
        held = Held(found.playwright, found.path, found.folder / "profile", "--lang=en-US")
        try:
            other, own = ground.invitations(["T-01", "T-02"])
            _met(ground, other)
            return [*_figures(held, ground, own)]
        finally:
            held.kill()
            ground.close()


def _met(ground: Ground, fragment: str) -> None:
    """Another tablet registers everybody, family by family, and delivers."""
    with httpx.Client(base_url=f"http://127.0.0.1:{ground.serving.port}", timeout=60) as client:
        tablet = Tablet(client, fragment, "T-01").enrol()
        version, form = next((one, form) for one, form in tablet.directory.forms.items() if form.form == "registration")
        sealed: list[Sealed] = []
        for family in range(PEOPLE // FAMILY):
            cards = [make_card(random_bytes(5)) for _ in range(FAMILY)]
            rows = [
                {
                    "card": card, "family_card": cards[0], "name": f"{NAMES[(family + at) % len(NAMES)]} {family}-{at}",
                    "sex": "female" if at % 2 else "male", "birth_date": f"{1950 + (family * 7 + at * 13) % 75}-03-01",
                    "birth_date_precision": "day", "stations": ["registration"],
                }
                for at, card in enumerate(cards)
            ]  # fmt: skip
            payloads: dict[str, dict[str, object]] = {one.audience: {"v": 1} for one in form.audiences}
            payloads["people"] = {"v": 1, "people": rows}
            made = seal_submission(
                tablet.directory, tablet.log, version=version, submission=made_id(), payloads=payloads, at=now_ms()
            )
            sealed.append(made)
            if len(sealed) == BATCH:
                push(client, tablet.bundle(sealed))
                sealed.clear()


def _figures(held: Held, ground: Ground, fragment: str) -> Iterator[Figure]:
    page = held.page
    page.goto(f"{ground.url}/enrol#{fragment}")
    expect(page.locator("main")).to_contain_text("All of Esik is on this tablet", timeout=PATIENCE)
    ground.confirm_all()
    page.get_by_role("button", name="Work anyway").click()
    _unlock(page, ground)
    expect(page.get_by_role("button", name=f"All {PEOPLE:,}")).to_be_visible(timeout=PATIENCE)
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    ground.serving.stop()
    for throttle in (1, 6):
        held.close()
        page = held.start()
        page.add_init_script(WATCH)
        held.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": throttle})
        page.goto(f"{ground.url}/tablet/")
        _unlock(page, ground)
        expect(page.get_by_role("button", name=f"All {PEOPLE:,}")).to_be_visible(timeout=PATIENCE)
        home: float = page.evaluate("seen.home - seen.key")
        at = f"{throttle}×"
        aim, met = ("", None) if throttle == 1 else (f"at most {HOME_SOON / 1000:.0f} s", home <= HOME_SOON)
        yield Figure(AREA, f"key to home, {at}", home, "ms", "", aim, met)
        page.get_by_role("button", name="Find", exact=True).click()
        expect(page.get_by_role("status").filter(has_text="people fit")).to_be_visible(timeout=PATIENCE)
        times: list[float] = page.evaluate(TYPE, LETTERS)
        slowest = max(times)
        aim, met = ("", None) if throttle == 1 else (f"at most {FIND_SOON:.0f} ms", slowest <= FIND_SOON)
        note = f"up to one frame of waiting in it; {len(times)} letters"
        yield Figure(AREA, f"a letter in Find to the screen, slowest, {at}", slowest, "ms", note, aim, met)
        yield Figure(AREA, f"a letter in Find to the screen, median, {at}", sorted(times)[len(times) // 2], "ms")


def _unlock(page: Page, ground: Ground) -> None:
    worker = ground.workers[0]
    page.get_by_text(worker.name, exact=True).click(timeout=PATIENCE)
    page.locator("#passphrase").fill(worker.passphrase)
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator(".scan")).to_be_visible(timeout=PATIENCE)
