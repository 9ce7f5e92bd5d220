"""What happens on the day: families in random order, visits that are stopped, handed over, sealed in part, crashes.

Everything is drawn from one seed. The truth about the day is kept here, from what the tablets acknowledged; the desk
is asked afterwards and must say the same.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from forms.card import make_card
from tests.day.ground import Ground
from tests.day.machines import Machine

STATIONS = {"first_look": "first_look", "registration": "registration", "medical": "medical"}
"""Form → the station that it closes."""
HOW = {"seal": 70, "part": 9, "stop": 8, "hand_over": 7, "away": 6}
"""How a medical screening goes, in hundredths; `away`: nobody ever sat down with her."""

Tell = Callable[[str], None]


@dataclass
class Family:
    """Cards of people who came together."""

    cards: list[str]


@dataclass
class Day:
    """One day. `closed`: (card, station) → the tablets and numbers that closed it."""

    ground: Ground
    machines: list[Machine]
    random: random.Random
    tell: Tell
    families: list[Family] = field(default_factory=list[Family])
    crashes: int = 0
    handed: int = 0
    parts: list[str] = field(default_factory=list[str])
    """Cards whose medical was sealed in part and not gone on with yet."""
    codes: dict[str, str] = field(default_factory=dict[str, str])
    """Tablet → the end-of-shift code that it showed."""

    @property
    def alive(self) -> list[Machine]:
        return [one for one in self.machines if not one.dead]

    def cards(self) -> list[str]:
        """All that were given out."""
        return [card for family in self.families for card in family.cards]

    def arrive(self, people: int) -> None:
        """Families of one to seven, until everybody has a card."""
        left = people
        while left > 0:
            size = min(left, self.random.choice((1, 1, 2, 2, 3, 3, 4, 5, 6, 7)))
            codes = [make_card(self.random.randbytes(5)) for _ in range(size)]
            self.families.append(Family(codes))
            left -= size

    def live(self, deaths: int) -> None:
        """The whole day; `deaths` tablets die for good in its second half."""
        visits = list(self._visits())
        self.tell(f"{len(self.cards())} people in {len(self.families)} families, {len(visits)} visits")
        dying = dict(
            zip(
                sorted(self.random.sample(range(len(visits) // 2, len(visits)), deaths)),
                self.random.sample(self.machines, deaths),
                strict=True,
            )
        )
        for number, (form, cards) in enumerate(visits):
            if number in dying:
                self._lose(dying[number], told=not self.codes)
            self._visit(form, cards)
            self._mishap()
            if number % 50 == 49:
                self.tell(f"{number + 1} of {len(visits)} visits, {self.crashes} crashes")

    def _visits(self) -> Iterator[tuple[str, list[str]]]:
        """First looks, then the family's registration, then medicals: families side by side, each in its own order."""
        lines: list[list[tuple[str, list[str]]]] = []
        for family in self.families:
            looks = [("first_look", [card]) for card in family.cards]
            medicals = [("medical", [card]) for card in family.cards]
            lines.append([*looks, ("registration", family.cards), *self.random.sample(medicals, len(medicals))])
        while lines:
            line = self.random.choice(lines)
            yield line.pop(0)
            if not line:
                lines.remove(line)

    def _visit(self, form: str, cards: list[str]) -> None:
        machine = self.random.choice(self.alive)
        visit = {
            "form": form,
            "card": None if form == "registration" else cards[0],
            "cards": cards if form == "registration" else [],
            "seed": self.random.randrange(1 << 30),
            "most": None,
        }
        how = self.random.choices(list(HOW), list(HOW.values()))[0] if form == "medical" else "seal"
        some = visit | {"most": self.random.randrange(1, 15)}
        if how == "seal":
            machine.seal(visit)
        elif how == "part":
            machine.seal(some, "sealPart")
            self.parts.append(cards[0])
        elif how == "stop":
            machine.stop(some)
        elif how == "hand_over":
            draft = machine.stop(some)
            others = [one for one in self.ground.workers if one != machine.worker]
            machine.hand_over(draft, self.random.choice(others))
            machine.finish(draft)
            self.handed += 1

    def _mishap(self) -> None:
        """Now and then a crash, a moment of network, or another person at the tablet."""
        machine = self.random.choice(self.alive)
        chance = self.random.random()
        if chance < 0.06:
            before = machine.drafts_here()
            machine.crash()
            assert machine.drafts_here() == before, f"{machine.name} lost a draft in a crash"
            self.crashes += 1
        elif chance < 0.16:
            machine.online = True
            machine.push()
            machine.online = False
        elif chance < 0.19:
            machine.unlock(self.random.choice(self.ground.workers))

    def _lose(self, machine: Machine, *, told: bool) -> None:
        """For good. The first one to go had just shown its end-of-shift code."""
        if told:
            self.codes[machine.name] = machine.code()
        self.tell(f"{machine.name} dies with {len(machine.sealed) - machine.delivered} undelivered submissions")
        machine.die()

    def evening(self) -> None:
        """Whoever is left comes to the network; what was sealed in part is gone on with wherever it is known."""
        for machine in self.alive:
            machine.online = True
        for _ in range(2):  # the second round takes what the others brought in the first
            for machine in self.alive:
                answer = machine.push()
                assert not isinstance(answer, str), f"{machine.name}: {answer}"
        for card in self.parts[: len(self.parts) // 2]:
            machine = self.random.choice(self.alive)
            seed = self.random.randrange(1 << 30)
            machine.seal({"form": "medical", "card": card, "cards": [], "seed": seed, "most": None}, "goOn")
        for machine in self.alive:
            assert not isinstance(machine.push(), str)

    def missing_numbers(self) -> dict[str, list[int]]:
        """Tablet → numbers that the centre can know it lacks: what a dead tablet had shown in its code."""
        found: dict[str, list[int]] = {}
        for machine in self.machines:
            if machine.dead and machine.name in self.codes:
                lacking = [one.seq for one in machine.sealed if one.seq > machine.delivered]
                if lacking:
                    found[machine.name] = lacking
        return found

    def to_ask_again(self) -> set[tuple[str, str]]:
        """(card, station): not closed by anything that is at the centre."""
        closed = {
            (card, STATIONS[one.form])
            for machine in self.machines
            for one in machine.sealed
            if one.outcome == "done" and (not machine.dead or one.seq <= machine.delivered)
            for card in one.cards
        }
        return {(card, station) for card in self.cards() for station in STATIONS.values()} - closed
