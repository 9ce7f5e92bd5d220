"""The ground the browser tests stand on: Chromium, a killed tablet, the project's own modules in a page."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.bundling import bundle, serve_folder
from tests.browser.chromium import Tablet
from tests.browser.serving import Serving
from tests.vectors import vectors

PAGE = '<!doctype html><html lang="en"><title>Test</title><script type="module" src="/page.js"></script>'
SOURCE = """
import { b64, sha256 } from "./static/src/sync/ids.ts";
Object.assign(globalThis, {
  idOf: async (hex: string) =>
    b64(await sha256(Uint8Array.from(hex.match(/../g) ?? [], (two) => Number.parseInt(two, 16)))),
});
"""
KEEP = """(word) => new Promise((done, failed) => {
  const open = indexedDB.open("kept", 1);
  open.onupgradeneeded = () => open.result.createObjectStore("words");
  open.onerror = () => failed(open.error);
  open.onsuccess = () => {
    const kept = open.result.transaction("words", "readwrite", { durability: "strict" });
    kept.objectStore("words").put(word, 1);
    kept.oncomplete = () => done(true);
    kept.onabort = () => failed(kept.error);
  };
})"""
FIND = """() => new Promise((done, failed) => {
  const open = indexedDB.open("kept", 1);
  open.onerror = () => failed(open.error);
  open.onsuccess = () => {
    const words = open.result.transaction("words").objectStore("words").get(1);
    words.onsuccess = () => done(words.result);
  };
})"""


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Serving]:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "index.html").write_text(PAGE)
    bundle(SOURCE, folder / "page.js")
    serving = serve_folder(folder, tmp_path / "pages.log")
    yield serving
    serving.kill()


@pytest.mark.parametrize(("sentence", "vector"), vectors("sync", "ids"))
def test_a_page_names_the_same_bytes_as_python_does(
    page: Page, pages: Serving, sentence: str, vector: dict[str, Any]
) -> None:
    page.goto(pages.url)
    page.wait_for_function("'idOf' in globalThis")
    named = [page.evaluate("(hex) => idOf(hex)", one) for one in vector["given"]["hex"]]
    assert named == vector["expect"]["id"], sentence


def test_what_an_intake_worker_saved_outlives_a_dead_battery(pages: Serving, tablet: Callable[..., Tablet]) -> None:
    aigerim = tablet("aigerim")
    aigerim.page.goto(pages.url)
    assert aigerim.page.evaluate(KEEP, "Сәлем") is True
    aigerim.kill()
    aigerim.start().goto(pages.url)
    assert aigerim.page.evaluate(FIND) == "Сәлем"
    aigerim.close()
    aigerim.start().goto(pages.url)
    assert aigerim.page.evaluate(FIND) == "Сәлем"


def test_a_server_that_was_killed_comes_back_at_the_same_address(page: Page, pages: Serving) -> None:
    pages.kill()
    with pytest.raises(Exception, match="ERR_CONNECTION_REFUSED"):
        page.goto(pages.url)
    pages.start()
    answer = page.goto(pages.url)
    assert answer is not None
    assert answer.status == 200
