"""Chromium for every browser test; without one they are skipped, which the gate turns into failures."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser import camera
from tests.browser import chromium as machine
from tests.browser.desk_ground import alone, ground

__all__ = ["alone", "ground"]


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The machine's Chromium."""
    path = machine.find()
    if path is None:
        pytest.skip("no Chromium on this machine: install chromium to run browser tests")
    return path


@pytest.fixture(scope="session")
def light_path(chromium_path: str) -> str:
    """The machine's Chromium without windows, where it has one."""
    return machine.find_light() or chromium_path


@pytest.fixture(scope="session")
def playwright(chromium_path: str) -> Iterator[Playwright]:
    """One playwright for all."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright, light_path: str) -> Iterator[Browser]:
    """One clean Chromium shared by tests that need no profile of their own."""
    browser = playwright.chromium.launch(executable_path=light_path, args=list(machine.ARGS))
    yield browser
    browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile in memory."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page in a fresh profile. An error nobody caught in it fails the test at its end only if the test looks."""
    return context.new_page()


@pytest.fixture
def tablet(playwright: Playwright, chromium_path: str, tmp_path: Path) -> Iterator[Callable[..., machine.Tablet]]:
    """Make a Chromium on a profile folder: `tablet("aigerim")`, more command line after it. Killed at the end."""
    made: list[machine.Tablet] = []

    def make(name: str = "tablet", *args: str) -> machine.Tablet:
        made.append(machine.Tablet(playwright, chromium_path, tmp_path / name, *args))
        return made[-1]

    yield make
    for one in made:
        one.kill()
        if one.threw_storage_away():
            _thrown_away.append(one.profile.name)


@pytest.fixture
def seeing(
    playwright: Playwright, chromium_path: str, browser: Browser, tmp_path: Path
) -> Iterator[Callable[..., Browser]]:
    """Make a Chromium whose camera sees these things one after the other, over and over; one without, of none."""
    made: list[Browser] = []

    def make(*things: str) -> Browser:
        film = camera.film(browser, tmp_path / "film.mjpeg", things) if things else None
        made.append(camera.start(playwright, chromium_path, film))
        return made[-1]

    yield make
    for one in made:
        one.close()


_thrown_away: list[str] = []
AGAIN = 2


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """A test that failed because Chromium threw a whole profile's storage away is begun again, and says so. Only that:
    what the vault loses while the storage is there fails as ever (`Tablet.threw_storage_away`)."""
    if not isinstance(item, pytest.Function) or "tablet" not in item.fixturenames:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports: list[pytest.TestReport] = []
    for left in range(AGAIN, -1, -1):
        _thrown_away.clear()
        item._initrequest()  # pyright: ignore[reportAttributeAccessIssue] - fresh fixtures, as reruns need them
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
        if not (left and _thrown_away and any(report.failed for report in reports)):
            break
        print(f"\nChromium threw the storage of {', '.join(_thrown_away)} away; begun again: {item.nodeid}")
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True
