"""A tablet of the project's own server, for the tests of this folder.

A file's centre is begun as its `BEGINS` says; a bare one, with only a registration, where it says nothing.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.desk_ground import Ground, begin
from tests.browser.tablet_hands import enrol, invitation, unlock


@pytest.fixture(scope="module")
def ground(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """One centre for all of a file."""
    begins: Callable[[Path], Ground] = getattr(request.module, "BEGINS", begin)
    made = begins(tmp_path_factory.mktemp("centre"))
    yield made
    made.end()


@pytest.fixture
def profile(browser: Browser, ground: Ground) -> Iterator[Callable[[], BrowserContext]]:
    """Make a profile that is enrolled; its first page stands at *Ready*."""
    made: list[BrowserContext] = []

    def make() -> BrowserContext:
        made.append(browser.new_context(locale="en-US", viewport={"width": 800, "height": 1280}))
        enrol(made[-1].new_page(), invitation(ground))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def worker(profile: Callable[[], BrowserContext]) -> BrowserContext:
    """A profile that is enrolled."""
    return profile()


@pytest.fixture
def page(worker: BrowserContext) -> Page:
    """Aigerim has unlocked it."""
    page = worker.pages[0]
    unlock(page)
    return page
