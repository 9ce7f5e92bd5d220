"""`make taps`: how many taps and screens a family of five takes, and how long each later sitting is, by a stated model.

The taps are counted in the real tablet page, in Chromium, while a family of five passes first look and registration; a
card is scanned in life and typed here, so its typing is not counted. The sittings are counted in the reference
evaluator: which questions show to somebody, times what such a question takes when it is read aloud, answered, measured.

The model, in seconds. Nobody has measured it in the field yet.
"""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from playwright.sync_api import Page, expect, sync_playwright

from forms.card import make_card
from forms.evaluate import Engine
from forms.model import CompiledForm
from sync.randomness import random_bytes
from tests.browser import chromium
from tests.browser.demo import Demo
from tests.browser.tablet_hands import enrol, unlock
from tests.forms.playing import NOW, TODAY
from tests.forms.samples import compiled

TAP, KEY, SCAN, SCREEN, LOOK, ASK = 1.0, 0.3, 2.5, 1.0, 5.0, 2.0
"""A tap; a typed sign; holding a card into the frame; finding one's way on a new screen; a look from head to foot; one
question said and answered, in a registration."""
SECONDS = {
    "select_one": 6, "select_multiple": 12, "integer": 30, "decimal": 40, "text": 20, "date": 10, "acknowledge": 6,
}  # fmt: skip
"""A question of a sitting, read aloud and answered; a number is measured."""
FAMILY = (("Гүлнар", "30"), ("Айгүл", "4"), ("Timur", "11"), ("Ерлан", "7"), ("مريم", "1"))
AIM_FAMILY, AIM_SITTING = 180.0, 20.0
COUNT = """
globalThis.counted = { taps: 0, keys: 0, screens: 0 };
let heading = "";
addEventListener("pointerdown", () => { counted.taps += 1; }, true);
addEventListener("input", (typed) => {
  if (typed.target.type === "text" && !/card/.test(typed.target.id)) counted.keys += typed.target.value.length;
}, true);
setInterval(() => {
  const seen = [...document.querySelectorAll("h1")].find((one) => one.checkVisibility())?.textContent ?? "";
  if (seen !== heading) { heading = seen; counted.screens += 1; }
}, 30);
"""


def main() -> int:
    """0 when both aims are met."""
    met = [_family(), *(_sitting(age) for age in ("newborn", "small", "child"))]
    return 0 if all(met) else 1


def _family() -> bool:
    path = chromium.find()
    if path is None:
        raise SystemExit("no Chromium on this machine")
    with tempfile.TemporaryDirectory(prefix="esik-taps-") as place, sync_playwright() as playwright:
        demo = Demo(Path(place))
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGS))
        try:
            page = browser.new_context(locale="en-US", viewport={"width": 800, "height": 1280}).new_page()
            enrol(page, demo.told["tablet"])
            unlock(page, "Dana Test-Intake", demo.passphrase("Dana"))
            page.evaluate(COUNT)
            cards = [make_card(random_bytes(5)) for _ in FAMILY]
            for card in cards:
                _first_look(page, card)
            looks = _counted(page)
            _registration(page, cards)
            register = _counted(page) - looks
        finally:
            browser.close()
            demo.kill()
    seconds = (
        _hands(looks) + len(cards) * (SCAN + LOOK) + _hands(register) + len(cards) * (SCAN + 2 * ASK)
    )  # a name and an age are asked of each
    print("A family of five, by hand on the real screens")
    print(f"  first looks     {looks['taps']:3} taps, {looks['keys']:3} signs typed, {looks['screens']:3} screens")
    print(
        f"  registration    {register['taps']:3} taps, {register['keys']:3} signs typed, {register['screens']} screens"
    )
    met = seconds <= AIM_FAMILY
    print(f"  by the model    {seconds:.0f} s   {'met' if met else 'NOT MET'}: at most {AIM_FAMILY:.0f} s")
    return met


def _hands(counted: Counter[str]) -> float:
    return counted["taps"] * TAP + counted["keys"] * KEY + counted["screens"] * SCREEN


def _counted(page: Page) -> Counter[str]:
    return Counter(page.evaluate("counted"))


def _first_look(page: Page, card: str) -> None:
    page.locator(".scan").click()
    page.locator("#card-code").fill(card)
    page.locator("#card-code").press("Enter")  # the camera needs no tap
    page.get_by_role("button", name="First look").click()
    page.locator('[data-ref="signs"] .opt', has_text="None of these").click()
    page.locator('[data-ref="look"] .opt', has_text="Green").click()
    page.get_by_role("button", name="Check and seal").click()
    page.get_by_role("button", name="Seal").click()
    expect(page.locator(".scan")).to_be_visible()


def _registration(page: Page, cards: list[str]) -> None:
    page.locator(".new-family").click()
    for number, ((name, age), card) in enumerate(zip(FAMILY, cards, strict=True), 1):
        at = f"members[{number}]"
        if number > 1:
            page.get_by_role("button", name="Add a person").click()
        page.locator(f'[id="{at}.card"]').click()  # *Scan*, beside it
        page.locator(f'[id="{at}.card"]').fill(card)
        page.locator(f'[id="{at}.name"]').click()
        page.locator(f'[id="{at}.name"]').fill(name)
        page.locator(f'[data-ref="{at}.sex"] .opt').first.click()
        page.locator(f'[data-ref="{at}.birth_date_precision"] .opt', has_text="Only the age").click()
        page.locator(f'[id="{at}.age_years"]').click()
        page.locator(f'[id="{at}.age_years"]').fill(age)
    while page.get_by_role("button", name="Next").count():
        before = page.locator(".form-page h1:visible").inner_text()
        page.get_by_role("button", name="Next").click()
        expect(page.locator(".form-page h1:visible")).not_to_have_text(before)
    page.get_by_role("button", name="Check and seal").click()
    page.get_by_role("button", name="Seal").click()
    expect(page.locator(".notice").first).to_contain_text("Sealed")


def _sitting(age: str) -> bool:
    """The longest of many random medical screenings of a child: every answer is one that opens what it can open."""
    form = compiled("medical")
    longest = max((_minutes(form, age, seed) for seed in range(60)), key=lambda one: one[0])
    minutes, questions = longest
    met = minutes <= AIM_SITTING
    print(
        f"Medical screening, {age:8} longest of 60 talks: {questions} questions, {minutes:.1f} min   "
        f"{'met' if met else 'NOT MET'}: at most {AIM_SITTING:.0f} min"
    )
    return met


def _minutes(form: CompiledForm, age: str, seed: int) -> tuple[float, int]:
    engine = Engine(form, today=TODAY, now=NOW, language="en")
    engine.set("who.sex", "female")
    engine.way("who.birth_date", "unknown")
    engine.set("who.about_age", age)
    chance, asked = Random(seed), set[str]()
    for _ in range(6):  # answers open questions, which are answered in the next round
        for ref, kind, names in list(_open(engine)):
            if ref in asked or ref.startswith("who."):
                continue
            asked.add(ref)
            if names:
                engine.set(ref, [chance.choice(names)] if kind == "select_multiple" else chance.choice(names))
    seconds = sum(SECONDS.get(form.question(ref.split("[")[0]).kind, 10) for ref in asked)
    return seconds / 60, len(asked)


def _open(engine: Engine) -> Iterator[tuple[str, str, list[str]]]:
    relevant = engine.all().relevant
    for question in engine.form.questions:
        if question.asks and relevant.get(question.ref, True) and _shown(question.ref, relevant):
            names = [one.name for one in engine.form.lists.get(question.list or "", [])]
            yield question.ref, question.kind, names


def _shown(ref: str, relevant: dict[str, bool]) -> bool:
    pieces = ref.split(".")
    return all(relevant.get(".".join(pieces[:end]), True) for end in range(1, len(pieces)))


if __name__ == "__main__":
    print(json.dumps({"model": {"tap": TAP, "sign": KEY, "scan": SCAN, "screen": SCREEN, "look": LOOK, "ask": ASK}}))
    sys.exit(main())
