"""The harness page of the vault, a programme to enrol in, and tablets on it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright

from tests.browser import chromium as machine
from tests.browser.bundling import bundle, serve_folder
from tests.browser.serving import Serving

HARNESS = 'import "./tests/static/vault/page-harness.ts";'
WORKER = 'import "./static/src/vault/worker.ts";'
PAGE = '<!doctype html><meta charset="utf-8"><title>vault</title><script type="module" src="/vault.js"></script>'

World = dict[str, Any]


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    """The whole browser: what fills up, is torn or is thrown away here is its own storage."""
    browser = playwright.chromium.launch(executable_path=chromium_path, args=list(machine.ARGS))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def harness_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The harness page as files."""
    folder: Path = tmp_path_factory.mktemp("vault")
    bundle(HARNESS, folder / "vault.js", '--define:ESIK_ASSETS={"vault/worker.js":"/worker.js"}')
    bundle(WORKER, folder / "worker.js")
    for name in ("index.html", "vault.html"):
        (folder / name).write_text(PAGE, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def vault_page(harness_folder: Path) -> Iterator[Serving]:
    """A server of the harness page."""
    serving = serve_folder(harness_folder, harness_folder / "log")
    yield serving
    serving.stop()


@pytest.fixture
def go(vault_page: Serving) -> Callable[[Page], Page]:
    """Brings a page to the harness."""

    def bring(page: Page) -> Page:
        page.goto(vault_page.url)
        page.wait_for_function("window.harness !== undefined")
        return page

    return bring


@pytest.fixture(scope="session")
def world(vault_page: Serving, browser: Browser) -> World:
    """A programme just founded, with an invitation nobody has used. Never changed: pages get copies."""
    page = browser.new_page()
    page.goto(vault_page.url)
    page.wait_for_function("window.harness !== undefined")
    founded: World = page.evaluate("harness.found()")
    page.close()
    return founded


@pytest.fixture
def enrolled(go: Callable[[Page], Page], world: World) -> Callable[[Page], Page]:
    """Enrols a page's profile and lets Aigerim unlock it."""

    def enrol(page: Page) -> Page:
        go(page).evaluate("world => harness.enrolled(world)", world)
        page.evaluate("harness.unlock().then(() => null)")
        return page

    return enrol


@pytest.fixture
def reopened(go: Callable[[Page], Page]) -> Callable[[Page, World], Page]:
    """The page again before a store in that state, as after a start of the browser; unlocked by Aigerim."""

    def reopen(page: Page, world: World) -> Page:
        go(page).evaluate("world => harness.open(world)", world)
        page.evaluate("harness.unlock().then(() => null)")
        return page

    return reopen
