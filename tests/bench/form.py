"""A form of the medical screening's size in Chromium, with its page: from an answer to the screen, and its heap.

Every question that shows is answered through its own field, as a hand would. The time runs from the event to the first
frame behind it, so up to one frame of waiting is in it; the limit is the design's.
"""

from collections.abc import Iterator

from playwright.sync_api import Page

from forms.compile import Compiled, compile_form
from forms.source import from_yaml
from tests.bench.browsing import SHOWN, Answered, Machine, answer_all, machine
from tests.bench.figures import Figure
from tests.browser.bundling import ROOT, serve_folder
from tests.browser.form_ground import put

FORM = ROOT / "forms/library/medical.yaml"
AREA = "Medical screening, page and engine"
SOON, SMALL = 50.0, 20.0
# As the tablet does it: what rests is written down as a draft, and kept nowhere.
SCRIPT = (
    """
import { openForm } from "./static/src/form/index.ts";
import { bindPage, fetchPage } from "./static/src/tablet/binder.ts";
const fetched = [fetch("form.json").then((answer) => answer.json()), fetchPage("en.html")];
const [form, page] = await Promise.all(fetched);
const engine = openForm(form, { today: "2026-03-01", now: "2026-03-01T14:06:00.000+05:00", known: {} });
engine.setLanguage("en");
const onSettled = () => JSON.stringify(engine.draft());
const bound = bindPage(document.querySelector("#host"), page, engine, { onSettled });
bound.show(bound.open()[0]);
Object.assign(window, { engine, bound: () => bound });
"""
    + SHOWN
)


def figures() -> list[Figure]:
    """Seven figures; none where there is no Chromium."""
    with machine("the form's figures") as found:
        if found is None:
            return []
        made = compile_form(from_yaml(FORM.read_text("utf-8"), FORM.name), library=True)
        return [*told(AREA, measured(found, made))]


def measured(found: Machine, made: Compiled) -> dict[int, Answered]:
    """A form on its page in a clean Chromium: throttle → what was measured."""
    folder = found.folder / "own"
    folder.mkdir()
    put(folder, made, script=SCRIPT)
    return on_pages(found, folder.name)


def on_pages(found: Machine, name: str) -> dict[int, Answered]:
    """What lies in the folder of this name, opened and answered at each throttle, in a page of its own."""
    serving = serve_folder(found.folder / name, found.folder / f"{name}.log")
    browser = found.launch()
    try:
        return {
            rate: _on(browser.new_page(viewport={"width": 800, "height": 1280}), serving.url, rate) for rate in (1, 6)
        }
    finally:
        browser.close()
        serving.kill()


def _on(page: Page, url: str, rate: int) -> Answered:
    try:
        return answer_all(page, url, rate)
    finally:
        page.close()


def told(area: str, found: dict[int, Answered], open_soon: float | None = None) -> Iterator[Figure]:
    """The figures of a form, beside the design's limits at 6×."""
    for throttle, one in found.items():
        at, slow = f"{throttle}×", throttle > 1
        aim = f"at most {open_soon / 1000:.1f} s" if slow and open_soon else ""
        yield Figure(
            area,
            f"navigation to form, {at}",
            one.opened,
            "ms",
            "",
            aim,
            one.opened <= open_soon if aim and open_soon else None,
        )
        yield Figure(area, f"answer to screen, median, {at}", one.median, "ms", f"{len(one.times)} answers")
        aim, met = (f"at most {SOON:.0f} ms", one.p95 <= SOON) if slow else ("", None)
        yield Figure(
            area, f"answer to screen, 95th of 100, {at}", one.p95, "ms", f"slowest {one.times[-1]:.0f} ms", aim, met
        )
    heap = max(one.heap for one in found.values())
    yield Figure(area, "heap after all answers", heap, "MB", "", f"at most {SMALL:.0f} MB", heap <= SMALL)
