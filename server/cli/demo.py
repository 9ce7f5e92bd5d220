"""`esik demo`: a small programme with made-up people, served on this machine, with the desk played by the demo."""

import argparse
import asyncio
import io
import json
import sys
from pathlib import Path
from typing import Final

import segno

from server.cli.demo_people import (
    SITE,
    DemoKeys,
    administrator_key,
    found_demo,
    load_keys,
    people_key,
    save_keys,
)
from server.cli.setting_up import invite
from server.cli.telling import columns
from server.founding import is_founded
from server.problems import Problem
from server.running import Server
from server.serving import serve
from server.settings import Settings, read_settings
from sync.clock import now_ms
from sync.directory.write import Draft
from sync.keys import SigningKey, key_id
from sync.link import write_link
from sync.problems import Problem as SyncProblem

NAME: Final = "demo"
ABOUT: Final = """Serve a small programme with made-up people on this machine, to try everything.

The first run makes the folder; later runs go on with it. Beside the server's data (centre/) the folder holds the
demo's keys (keys/): with them the demo plays the desk and confirms each new tablet; with --by-hand it leaves that to
whoever compares the digits at the desk. Never use it for real people."""
FOLDER: Final = Path("esik-demo")
PORT: Final = 8420
LOOK_EVERY: Final = 0.3
"""Seconds between looks for new tablets."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--port, --folder, --by-hand, --json."""
    parser.add_argument("--port", type=int, default=PORT, help=f"port to listen on ({PORT})")
    parser.add_argument("--folder", type=Path, default=FOLDER, help=f"where to keep it all ({FOLDER})")
    parser.add_argument("--by-hand", action="store_true", help="leave confirming new tablets to the desk")
    parser.add_argument("--json", action="store_true", help="print one line of JSON: links, names, passphrases")


def run(arguments: argparse.Namespace) -> int:
    """Found the demo if it is new, and serve it."""
    folder: Path = arguments.folder.resolve()
    settings = read_settings(
        {
            "ESIK_FOLDER": str(folder / "centre"),
            "ESIK_PORT": str(arguments.port),
            "ESIK_PUBLIC_URL": f"http://localhost:{arguments.port}",  # browsers hold localhost for a secure origin
            "ESIK_LOG_LEVEL": "warning" if not arguments.json else "info",
        }
    )
    keys_file = folder / "keys" / "demo.json"
    try:
        keys = load_keys(keys_file)
        if keys is None and asyncio.run(is_founded(settings)):  # a programme without its keys: somebody's real one
            raise Problem("already_founded", folder=str(folder))
        keys = keys or asyncio.run(found_demo(settings, keys_file))
    except OSError as error:
        raise Problem("folder_unusable", folder=str(folder), reason=error.strerror or "") from error
    desk = DemoDesk(settings, keys, keys_file, as_json=arguments.json, by_hand=arguments.by_hand)
    serve(settings, ready=desk.listening.set, alongside=desk.work)
    return 0


class DemoDesk:
    """The desk's part in the demo: an invitation that still admits a tablet, and the people's key for new tablets."""

    def __init__(self, settings: Settings, keys: DemoKeys, keys_file: Path, *, as_json: bool, by_hand: bool) -> None:
        self._settings = settings
        self._keys = keys
        self._keys_file = keys_file
        self._as_json = as_json
        self._by_hand = by_hand
        self.listening = asyncio.Event()
        """Set when the port is open: whoever reads the links may follow them at once."""

    async def work(self, server: Server) -> None:
        """Tell where everything is, then confirm tablets as they enrol, if nobody does it by hand."""
        link = await self._invitation(server)
        await self.listening.wait()
        print(self._json(link) if self._as_json else self._words(link), flush=True)
        while not self._by_hand:
            try:
                await self._confirm(server)
            except SyncProblem as problem:
                print(f"the demo's desk could not confirm a tablet: {problem.code}", file=sys.stderr)
            await asyncio.sleep(LOOK_EVERY)

    async def _invitation(self, server: Server) -> str:
        directory, at = server.directory, now_ms()
        key = SigningKey.from_pkcs8(self._keys.invitation) if self._keys.invitation else None
        used = {device.invitation for device in directory.devices.values()}
        listed = directory.invitations.get(key.key_id) if key else None
        if key is None or listed is None or key.key_id in used or listed.end < at:
            draft = Draft(directory, administrator_key(self._keys), at=at)
            key = invite(draft, SITE.site, f"T-{len(directory.devices) + 1:02}")
            self._keys.invitation = key.pkcs8()
            save_keys(self._keys_file, self._keys)
            await _append(server, draft)
        head = server.directory.head
        assert head is not None  # noqa: S101 - a founded programme has entries
        return write_link(self._settings.address, server.directory.pid, head, key)

    async def _confirm(self, server: Server) -> None:
        """What a person at a desk does after comparing digits: seal `people@<site>` to the tablet."""
        directory = server.directory
        audience = f"people@{SITE.site}"
        current = directory.current(audience)
        has = {grant.body.reader for grant in directory.grants.values() if grant.body.audience == audience}
        draft = Draft(directory, administrator_key(self._keys), at=now_ms())
        for device in directory.devices.values():
            if key_id(device.reading) not in has and directory.stands(key_id(device.signing)):
                draft.grant(audience, current.body.epoch, people_key(self._keys), device.reading)
        if draft.entries:
            await _append(server, draft)

    def _json(self, link: str) -> str:
        return json.dumps(
            {
                "url": self._settings.address,
                "tablet": link,
                "desk": f"{self._settings.address}/desk/",
                "staff": [
                    {"name": one.name, "role": one.role, "kind": one.kind, "passphrase": one.passphrase}
                    for one in self._keys.secrets
                ],
                "folder": str(self._settings.folder.parent),
            },
            ensure_ascii=False,
        )

    def _words(self, link: str) -> str:
        people = [(one.name, one.role, one.kind, one.passphrase) for one in self._keys.secrets]
        return "\n".join(
            (
                "",
                f"Esik, the demo: {self._settings.address}   (Ctrl-C stops it; everybody here is made up)",
                "",
                "1. A tablet: open this once, in a window that will be the tablet",
                f"   {link}",
                *qr(link),
                "   On an Android tablet with a cable, first:",
                f"   adb reverse tcp:{self._settings.port} tcp:{self._settings.port}",
                "",
                f"2. The desk: {self._settings.address}/desk/",
                *self._confirming(),
                "",
                "3. Who is who, and what each types",
                columns(people, "   "),
                "",
                f"All of it is kept in {self._settings.folder.parent}; delete that folder to begin anew.",
                "",
            )
        )

    def _confirming(self) -> tuple[str, ...]:
        if not self._by_hand:
            return ()
        return ("   The administrator compares each new tablet's digits on the page Fleet.",)


def qr(link: str) -> list[str]:
    """The link as a QR code for a tablet's camera, where somebody can see it."""
    if not sys.stdout.isatty():
        return []
    out = io.StringIO()
    segno.make(link, error="l").terminal(out, compact=True)
    return ["", *out.getvalue().splitlines(), ""]


async def _append(server: Server, draft: Draft) -> None:
    answers = await server.intake.append(draft.bundle())
    failed = next((one.problem for one in answers if one.problem), None)
    if failed is not None:
        raise SyncProblem(failed)
