"""The product as a newcomer starts it: `esik demo`, in a process of its own, with what it printed."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from tests.browser.serving import Serving

PATIENCE = 30.0
ROOT = Path(__file__).resolve().parent.parent.parent


class Demo:
    """A running demo. Its folder, log and record stay over a restart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "demo"
        self.record = folder / "bodies.bin"
        self.log = folder / "server.log"
        command = [sys.executable, "-m", "tests.browser.recorded_demo", self.record]
        self.serving = Serving(lambda port: [*command, str(port), self.folder], self.log, cwd=ROOT)
        self._starts = 1
        self.told = self._told()

    def _told(self) -> dict[str, Any]:
        """The line of JSON of the latest start, printed as soon as the port is open."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            told = [line for line in self.log.read_text("utf-8").splitlines() if line.startswith("{")]
            if len(told) == self._starts:
                return json.loads(told[-1])
            time.sleep(0.05)
        self.serving.kill()
        raise AssertionError("the demo printed no line of JSON")

    def passphrase(self, name: str) -> str:
        """Of the person whose work name begins so."""
        return next(one["passphrase"] for one in self.told["staff"] if one["name"].startswith(name))

    def logged(self) -> Path:
        """The log but for the line that tells the passphrases to whoever started it."""
        logged = self.log.with_suffix(".logged")
        lines = self.log.read_text("utf-8").splitlines()
        logged.write_text("\n".join(line for line in lines if not line.startswith("{")), "utf-8")
        return logged

    def stop(self) -> None:
        """The wire is cut."""
        self.serving.stop()

    def start(self) -> None:
        """The server is back, on the same port and folder."""
        self.serving.start()
        self._starts += 1
        self.told = self._told()

    def kill(self) -> None:
        """For the end of a test."""
        self.serving.kill()
