"""`esik init`: a real programme, from six questions."""

import argparse
import asyncio
import os
import re
import sys
from typing import Final

from server.cli.setting_up import AUDIENCES, Programme, Team, invite, set_up
from server.cli.telling import columns
from server.founding import found_store, is_founded
from server.problems import Problem
from server.settings import Settings, read_settings
from sync.directory.bodies import Site
from sync.founding import Person
from sync.link import write_link
from sync.words import NEEDED, SHEETS, recovery_sheets

NAME: Final = "init"
ABOUT: Final = """Set up a programme in the data folder (ESIK_FOLDER) and print its recovery sheets.

Asks six questions; each can be answered on the command line instead. What it prints at the end is shown once and kept
nowhere on this machine: sheets to recover root and recovery key, passphrases, and an invitation for each tablet."""

QUESTIONS: Final = (
    ("programme", "Name of the programme", None),
    ("site", "Name of the arrival point", "Arrival point"),
    ("administrator", "Work name of the administrator", None),
    ("reviewers", "Work names of reviewers at the desk, with commas (may be empty)", ""),
    ("staff", "Work names of those who work with tablets, with commas", None),
    ("tablets", "How many tablets to invite", "1"),
)
MOST_TABLETS: Final = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One option a question."""
    for name, question, default in QUESTIONS:
        parser.add_argument(f"--{name}", help=question + (f" ({default})" if default else ""))


def run(arguments: argparse.Namespace) -> int:
    """Ask, set up, print. Raises `already_founded` where there is a programme already."""
    settings = read_settings(os.environ)
    if asyncio.run(is_founded(settings)):
        raise Problem("already_founded", folder=str(settings.folder))
    answers = {name: _answer(getattr(arguments, name), question, default) for name, question, default in QUESTIONS}
    print(asyncio.run(_init(settings, answers)), flush=True)
    return 0


def _answer(given: str | None, question: str, default: str | None) -> str:
    if given is not None:
        return given.strip()
    if not sys.stdin.isatty():
        if default is not None:
            return default
        raise Problem("answer_missing", question=question)
    while True:
        typed = input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default
        if typed is not None:
            return typed


async def _init(settings: Settings, answers: dict[str, str]) -> str:
    tablets = answers["tablets"]
    if not (tablets.isascii() and tablets.isdigit() and 0 < int(tablets) <= MOST_TABLETS):
        raise Problem("answer_missing", question=f"How many tablets (1 to {MOST_TABLETS})")
    slug = re.sub(r"[^a-z0-9]+", "-", answers["site"].lower()).strip("-")[:40].strip("-") or "arrival"
    site = Site(slug, answers["site"], "arrival")
    administrator = Person.new(answers["administrator"], slug, desk=True, tablet=False)
    reviewers = [Person.new(name, slug, desk=True, tablet=False) for name in _names(answers["reviewers"])]
    staff = [Person.new(name, slug, desk=False, tablet=True) for name in _names(answers["staff"])]
    if not staff or not answers["administrator"] or not answers["programme"]:
        raise Problem("answer_missing", question="the names")
    desks = [administrator, *reviewers]
    team = Team(
        administrator,
        [*((one, "reviewer") for one in reviewers), *((one, "tablet staff") for one in staff)],
        # Until the steward hands an audience over, somebody must be able to open what comes in.
        {"coordination": desks, f"people@{slug}": desks, **{name: [administrator] for name in AUDIENCES[1:]}},
    )
    made = await set_up(settings, answers["programme"], site, team)
    draft = made.founded.draft
    known = len(draft.entries)
    invitations = [invite(draft, slug, f"T-{number:02}") for number in range(1, int(tablets) + 1)]
    bundle = draft.bundle()
    await found_store(settings, made.founded.pid, type(bundle)(directory=bundle.directory[known:]))
    head = draft.directory.head
    assert head is not None  # noqa: S101 - it was just written
    links = [write_link(settings.address, made.founded.pid, head, one) for one in invitations]
    return _sheet(settings, answers["programme"], made, links)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _sheet(settings: Settings, name: str, made: Programme, links: list[str]) -> str:
    lines = [f"{name} is set up in {settings.folder}.", "", "Passphrases. Give each to its owner, and nobody else:"]
    lines.append(columns([(one.name, one.role, one.kind, one.passphrase) for one in made.secrets]))
    lines += ["", f"Invitations, one a tablet, for 14 days; they lead to {settings.address} (ESIK_PUBLIC_URL):"]
    lines += [f"  T-{number:02}  {link}" for number, link in enumerate(links, 1)]
    for key, what, secret in (
        ("ROOT", "appoints administrators", made.founded.root.scalar()),
        ("RECOVERY", "opens what everybody else has lost", made.founded.recovery.seed),
    ):
        lines += ["", f"{key} key ({what}): {SHEETS} sheets for {SHEETS} people; any {NEEDED} give it back."]
        for number, words in enumerate(recovery_sheets(secret), 1):
            listed = words.split()
            rows = [
                tuple(f"{at + 1:2} {word}" for at, word in enumerate(listed) if at // 11 == row) for row in range(3)
            ]
            lines += ["", f"  {key} sheet {number} of {SHEETS}", columns(rows, "    ")]
    lines += ["", "These words and passphrases are kept nowhere here. Write or print them now. Next: esik serve"]
    return "\n".join(lines)
