"""`make day`: twenty tablets, two hundred people, one day; at the end the desk must name exactly what is missing."""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from sync.randomness import random_bytes
from tests.browser import chromium
from tests.browser.bundling import ROOT
from tests.day.desk import ask_again, owed, sign_in
from tests.day.ground import Ground
from tests.day.machines import FLAGS, Machine, build
from tests.day.story import STATIONS, Day


def main() -> int:
    """0 when the desk says what is true."""
    parser = argparse.ArgumentParser(prog="make day", description=__doc__)
    parser.add_argument("--tablets", type=int, default=20)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--deaths", type=int, default=2)
    parser.add_argument("--seed", type=int, default=int.from_bytes(random_bytes(4)))
    asked = parser.parse_args()
    return 0 if simulate(asked.tablets, asked.people, asked.deaths, asked.seed) else 1


def simulate(tablets: int, people: int, deaths: int, seed: int) -> bool:
    """Whether the desk named exactly what is missing and whom to ask again."""
    path = chromium.find()
    if path is None:
        raise SystemExit("no Chromium on this machine")
    began = time.monotonic()

    def tell(words: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {words}", file=sys.stderr, flush=True)

    tell(f"seed {seed}: {tablets} tablets, {people} people, {deaths} of the tablets will die for good")
    with tempfile.TemporaryDirectory(prefix="esik-day-") as place, sync_playwright() as playwright:
        ground = Ground(Path(place), ROOT)
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
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


sys.exit(main())
