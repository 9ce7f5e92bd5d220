"""One simulated day from the first enrolment to the desk's evening, and whether the desk said what is true."""

import random
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Playwright

from tests.browser.bundling import ROOT
from tests.day.desk import ask_again, owed, sign_in
from tests.day.ground import Ground
from tests.day.machines import FLAGS, Machine, build
from tests.day.story import STATIONS, Day


def simulate(playwright: Playwright, chromium: str, *, tablets: int, people: int, deaths: int, seed: int) -> bool:
    """Whether the desk named exactly what is missing and whom to ask again."""
    began = time.monotonic()

    def tell(words: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {words}", file=sys.stderr, flush=True)

    tell(f"seed {seed}: {tablets} tablets, {people} people, {deaths} of the tablets will die for good")
    with tempfile.TemporaryDirectory(prefix="esik-day-") as place:
        ground = Ground(Path(place), ROOT)
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        try:
            files = build(Path(place))
            machines = [Machine(f"T-{number:02}", browser, ground, files) for number in range(1, tablets + 1)]
            day = Day(ground, machines, random.Random(seed), tell)
            _morning(day)
            day.arrive(people)
            day.live(deaths)
            day.evening()
            tell("evening: asking the desk")
            page = sign_in(browser, ground)
            return _compare(day, owed(page, day.codes), ask_again(page, day.cards(), list(STATIONS.values())))
        finally:
            browser.close()
            ground.close()


def _morning(day: Day) -> None:
    fragments = day.ground.invitations([one.name for one in day.machines])
    for machine, fragment in zip(day.machines, fragments, strict=True):
        machine.enrol(fragment)
    confirmed = day.ground.confirm_all()
    for machine in day.machines:
        machine.unlock(day.random.choice(day.ground.workers))
        machine.push()
        machine.online = False
    day.tell(f"{confirmed} tablets enrolled, confirmed and unlocked; the wire is cut")


def _compare(day: Day, said: dict[str, list[int]], asked: set[tuple[str, str]]) -> bool:
    truth, again = day.missing_numbers(), day.to_ask_again()
    sealed = sum(len(one.sealed) for one in day.machines)
    here = sum(one.delivered if one.dead else len(one.sealed) for one in day.machines)
    print(f"{sealed} submissions sealed, {here} at the centre, {day.crashes} crashes, {day.handed} drafts handed over")
    print(f"missing by number:   {said}   {'as it is' if said == truth else f'BUT IN TRUTH {truth}'}")
    wrong = asked ^ again
    print(
        f"to be asked again:   {len(asked)} of {len(again)} (card, station)",
        "  exactly" if not wrong else "  NOT EXACTLY",
    )
    for card, station in sorted(wrong):
        print(f"   {card} {station}: {'missing at the desk' if (card, station) in again else 'asked for in vain'}")
    lists = [one.cards_here() for one in day.alive]
    known = {
        card
        for one in day.machines
        for made in one.sealed
        if made.seq <= one.delivered or not one.dead
        for card in made.cards
    }
    whole = sum(1 for one in lists if one == known)
    print(f"people lists:        {whole} of {len(lists)} living tablets know all {len(known)} cards of the centre")
    return said == truth and not wrong and whole == len(lists)
