"""The machine's own Chromium, found once and started in two ways: shared and clean, or as somebody's tablet.

A `Tablet` is a Chromium of its own on a profile folder. It can be closed in good order or killed with all its
processes in the middle of anything, and started again on the same profile.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# QUIC, updates and sync would call the world; the sandbox needs a user that containers do not have.
ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--password-store=basic",
)
_PATIENCE = 60.0


def find() -> str | None:
    """Path of a Chromium, or None."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def find_light() -> str | None:
    """Path of the same Chromium built without windows, which takes a third less of the machine; else as `find`.

    For pages in a fresh profile. Cameras, and a tablet's own profile and its loss, want the whole browser."""
    return shutil.which("chromium-headless-shell") or find()


class Tablet:
    """One Chromium on one profile folder.

    `page` is its page. `kill()` is a dead battery: SIGKILL to the whole process group. `close()` is good order.
    """

    def __init__(self, playwright: Playwright, executable: str, profile: Path, *args: str) -> None:
        self.profile = profile
        self._playwright = playwright
        self._command = [executable, "--headless=new", "--remote-debugging-port=0", *ARGS, *args]
        self._process: subprocess.Popen[bytes] | None = None
        self._restarted: tuple[str, set[Path]] | None = None
        self.context: BrowserContext
        self.page: Page
        self.start()

    def start(self) -> Page:
        """Start on the profile; its page."""
        assert self._process is None, "already running"
        self.profile.mkdir(parents=True, exist_ok=True)
        kept = set((self.profile / "Default" / "IndexedDB").glob("*.leveldb"))
        if kept:
            self._restarted = time.strftime("%Y/%m/%d-%H:%M:%S"), kept  # as LevelDB writes it
        # A killed Chromium leaves these behind: the lock names a dead process, the port a dead listener.
        for name in ("DevToolsActivePort", "SingletonLock", "SingletonCookie", "SingletonSocket"):
            (self.profile / name).unlink(missing_ok=True)
        self._process = subprocess.Popen(
            [*self._command, f"--user-data-dir={self.profile}", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._browser = self._playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{self._port()}")
        self.context = self._browser.contexts[0]
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        return self.page

    def threw_storage_away(self) -> bool:
        """Whether Chromium itself, after its last start, made an origin's IndexedDB anew that was there before it.

        Seen after `kill -9` on profiles a few seconds old, about once in a hundred kills on a busy machine (Chromium
        156): the whole folder is gone, and LevelDB's own log says "Creating DB … since it was missing". No page can do
        that or prevent it; README's *Status and gaps* tells of it.
        """
        if self._restarted is None:
            return False
        since, kept = self._restarted
        logs = [folder / name for folder in kept for name in ("LOG", "LOG.old")]
        lines = [line for log in logs if log.is_file() for line in log.read_text(errors="replace").splitlines()]
        made = [line.split(" ")[0] for line in lines if "Creating DB" in line and "since it was missing" in line]
        return any(one >= since for one in made)

    def _port(self) -> int:
        assert self._process is not None
        active = self.profile / "DevToolsActivePort"
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if self._process.poll() is not None:
                break
            lines = active.read_text().splitlines() if active.exists() else []
            if len(lines) >= 2:
                return int(lines[0])
            time.sleep(0.02)
        self._end_group()
        raise RuntimeError("Chromium did not start")

    def kill(self) -> None:
        """Nothing is written any more, nothing is said goodbye to."""
        self._end_group()

    def close(self) -> None:
        """Close in good order, as the button does; waits until it is gone."""
        if self._process is None:
            return
        session = self._browser.new_browser_cdp_session()
        session.send("Browser.close")
        try:
            self._process.wait(timeout=_PATIENCE)
        finally:
            self._end_group()

    def _end_group(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):  # closed in good order
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=_PATIENCE)
