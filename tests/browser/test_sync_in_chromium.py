"""Every vector of the protocol once more in Chromium, with the browser's own X-Wing and with the JavaScript one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.bundling import bundle, serve_folder
from tests.browser.typescript_sync import PAGE_SOURCE
from tests.vectors import vectors

VECTORS = Path(__file__).resolve().parent.parent.parent / "sync" / "vectors"
STORE_TOPICS = {"receive"}
"""Only a store has use for them: their twins are in Python alone."""
TOPICS = sorted(one.name for one in VECTORS.iterdir() if one.is_dir() and one.name not in STORE_TOPICS)
HTML = '<!doctype html><html lang="en"><title>Sync</title><script type="module" src="/page.js"></script>'


@pytest.fixture(scope="module", params=["", "javascript"], ids=["own", "javascript"])
def protocol(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("sync-vectors")
    (folder / "index.html").write_text(HTML)
    bundle(PAGE_SOURCE, folder / "page.js")
    serving = serve_folder(folder, folder / "pages.log")
    context = browser.new_context()
    page = context.new_page()
    page.goto(serving.url)
    page.wait_for_function("'complaint' in globalThis")
    if request.param:
        page.evaluate("answer({ do: 'force the JavaScript KEM' })")
        assert page.evaluate("answer({ do: 'kem' })") == {"is": "javascript"}
    page.evaluate("(arrival) => { globalThis.arrival = arrival }", json.loads((VECTORS / "arrival.json").read_text()))
    yield page
    context.close()
    serving.kill()


@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_reads_every_vector_as_python_does(protocol: Page, topic: str) -> None:
    complaints = {sentence: complaint(protocol, topic, vector) for sentence, vector in vectors("sync", topic)}
    assert {sentence: what for sentence, what in complaints.items() if what is not None} == {}


def test_a_vector_that_does_not_hold_is_seen(protocol: Page) -> None:
    good = next(vector for _, vector in vectors("sync", "part") if "problem" not in vector)
    bad = next(vector for _, vector in vectors("sync", "part") if "problem" in vector)
    assert complaint(protocol, "part", good) is None
    assert complaint(protocol, "part", {**good, "expect": {"payload": {"pulse": 73}}}) is not None
    assert complaint(protocol, "part", {**good, "problem": "bad_key"}) is not None
    assert complaint(protocol, "part", {**bad, "problem": "unproven"}) is not None


def complaint(page: Page, topic: str, vector: dict[str, Any]) -> str | None:
    return page.evaluate("([topic, vector]) => complaint(topic, vector, arrival)", [topic, vector])
