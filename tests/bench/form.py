"""A form of the medical screening's size in Chromium, with its page: from an answer to the screen, and its heap.

Every question that shows is answered through its own field, as a hand would. The time runs from the event to the first
frame behind it, so up to one frame of waiting is in it; the limit is the design's. Throttling is Chromium's own (CDP).
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.bench.figures import Figure
from tests.browser import chromium
from tests.browser.bundling import ROOT, serve_folder
from tests.browser.form_ground import harness

FORM = ROOT / "forms/library/medical.yaml"
AREA = "Medical screening, page and engine"
SOON, SMALL = 50.0, 20.0

ANSWER = """
async () => {
  const times = [];
  const frame = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(0);
  }));
  const timed = async (act) => {
    await frame();
    const begin = performance.now();
    act();
    await frame();
    times.push(performance.now() - begin);
  };
  const type = (field, text) => {
    field.focus();
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };
  const seen = new Set();
  const next = (section) => [...section.querySelectorAll(".q")].find((one) => !seen.has(one) && one.checkVisibility());
  for (let place = 0; place < bound().open().length; place++) {
    bound().show(bound().open()[place]);
    const section = document.querySelector("form > section:not([hidden])");
    for (let question = next(section); question; question = next(section)) {
      seen.add(question);
      const choices = [...question.querySelectorAll("input[type=radio], input[type=checkbox]")];
      const chosen = choices[seen.size % Math.max(choices.length, 1)];
      const fields = [...question.querySelectorAll("input[type=text], textarea")];
      if (chosen) await timed(() => chosen.click());
      else if (fields.length === 3) {
        for (const [at, text] of ["1", "3", "2020"].entries()) await timed(() => type(fields[at], text));
      } else if (fields[0]) await timed(() => type(fields[0], "37"));
    }
  }
  return times;
}
"""


def figures() -> list[Figure]:
    """Seven figures; none where there is no Chromium."""
    path = chromium.find()
    if path is None:
        print("no Chromium on this machine: the form's figures are left out")
        return []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(prefix="esik-bench-") as place:
        folder = Path(place) / "site"
        folder.mkdir()
        harness(folder, FORM.read_text("utf-8"), library=True)
        serving = serve_folder(folder, Path(place) / "log")
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGS))
        try:
            return [*_figures(browser.new_page(viewport={"width": 800, "height": 1280}), serving.url)]
        finally:
            browser.close()
            serving.kill()


def _figures(page: Page, url: str) -> Iterator[Figure]:
    devtools = page.context.new_cdp_session(page)
    for throttle in (1, 6):
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
        page.goto(url)
        page.wait_for_selector("form > section:not([hidden])")
        opened: float = page.evaluate("performance.now()")
        times: list[float] = sorted(page.evaluate(ANSWER))
        p95 = times[int(len(times) * 0.95)]
        at = f"{throttle}×"
        yield Figure(AREA, f"navigation to page, {at}", opened, "ms")
        yield Figure(AREA, f"answer to screen, median, {at}", times[len(times) // 2], "ms", f"{len(times)} answers")
        aim, met = ("", None) if throttle == 1 else (f"at most {SOON:.0f} ms", p95 <= SOON)
        yield Figure(AREA, f"answer to screen, 95th of 100, {at}", p95, "ms", f"slowest {times[-1]:.0f} ms", aim, met)
    devtools.send("HeapProfiler.collectGarbage")
    used: dict[str, Any] = devtools.send("Runtime.getHeapUsage")
    heap = used["usedSize"] / 1e6
    yield Figure(AREA, "heap after all answers", heap, "MB", "", f"at most {SMALL:.0f} MB", heap <= SMALL)
