"""Chromium for every browser test; without one they are skipped, which the gate turns into failures."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

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
def playwright(chromium_path: str) -> Iterator[Playwright]:
    """One playwright for all."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    """One clean Chromium shared by tests that need no profile of their own."""
    browser = playwright.chromium.launch(executable_path=chromium_path, args=list(machine.ARGS))
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
