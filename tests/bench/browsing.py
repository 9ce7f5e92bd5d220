"""Chromium for a benchmark, and how a form's page is opened and answered there: the same hand for every engine.

A page under measure says on the console when the form was on the screen (`opened`, ms since navigation). Its
`bound()` has `open()` (sections that hold something, as indexes) and `show(index)`; questions are `.q` in
`form > section`.
"""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from playwright.sync_api import TimeoutError as LateError

from tests.browser import chromium

PATIENCE = 120_000
FRAME = """
const frame = () => new Promise((done) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = done;
  port2.postMessage(0);
}));
"""
"""Waits until a frame was drawn: the time of whoever awaits it has up to one frame of waiting in it."""

SHOWN = FRAME + "await frame();\nconsole.log(`opened ${performance.now()}`);\n"
"""The end of such a page's script."""

ANSWER = (
    "async () => {"
    + FRAME
    + """
  const times = [];
  const timed = async (act, field) => {
    // Whoever answers has the question before them and the field in hand.
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
    for (let rest = 0; rest < 3; rest++) await frame();
    const begin = performance.now();
    act();
    await frame();
    times.push(performance.now() - begin);
  };
  const type = (field, text) => {
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
      // Mostly the first, which opens what hangs on it.
      const chosen = choices[seen.size % 4 === 3 ? choices.length - 1 : 0];
      const fields = [...question.querySelectorAll("input[type=text], textarea")];
      if (chosen) await timed(() => chosen.click(), chosen);
      else if (question.dataset.kind === "date" || fields.length === 3) {
        const parts = fields.length === 3 ? ["1", "3", "2020"] : ["2020-03-01"];
        for (const [at, text] of parts.entries()) await timed(() => type(fields[at], text), fields[at]);
      } else if (fields[0]) await timed(() => type(fields[0], "37"), fields[0]);
    }
  }
  return times;
}
"""
)


class Machine(NamedTuple):
    """Where a benchmark runs: Playwright, the machine's Chromium, a folder of its own."""

    playwright: Playwright
    path: str
    folder: Path

    def launch(self) -> Browser:
        """A clean Chromium."""
        return self.playwright.chromium.launch(executable_path=self.path, args=list(chromium.ARGS))


class Answered(NamedTuple):
    """What was measured on one page: times in ms, the answers' sorted; heap in MB."""

    opened: float
    times: list[float]
    heap: float

    @property
    def median(self) -> float:
        return self.times[len(self.times) // 2]

    @property
    def p95(self) -> float:
        return self.times[int(len(self.times) * 0.95)]


@contextmanager
def machine(what: str) -> Generator[Machine | None]:
    """None, and a line that says so, where there is no Chromium."""
    path = chromium.find()
    if path is None:
        print(f"no Chromium on this machine: {what} are left out")
        yield None
        return
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(prefix="esik-bench-") as place:
        yield Machine(playwright, path, Path(place))


def answer_all(page: Page, url: str, throttle: int) -> Answered:
    """Open the form at `url` and answer every question that shows through its own field, as a hand would.

    Throttling is Chromium's own (CDP)."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
    try:
        # Told, not waited for: Playwright's way of waiting searches the page meanwhile.
        with page.expect_console_message(lambda one: one.text.startswith("opened "), timeout=PATIENCE) as told:
            page.goto(url)
    except LateError as error:
        raise AssertionError(f"the form never stood on the screen: {wrong}") from error
    opened = float(told.value.text.split()[1])
    times: list[float] = sorted(page.evaluate(ANSWER))
    assert len(times) > 1, "nothing could be answered"
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    devtools.send("HeapProfiler.collectGarbage")
    used: dict[str, Any] = devtools.send("Runtime.getHeapUsage")
    devtools.detach()
    return Answered(opened, times, used["usedSize"] / 1e6)
