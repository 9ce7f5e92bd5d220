"""The WHO's verbal autopsy of 2016 on its page in Chromium, beside ODK's own engine on the same XForm in the same run.

About 480 questions and 550 expressions. Where the folder of brought forms is not on this machine, a made form of 500
questions stands in, and the area's name says so. The peer is @getodk/xforms-engine (of ODK Web Forms), bound to the
plainest DOM that shows the form; both pages are opened and answered by the same hand.
"""

from collections.abc import Iterator

from forms.compile import Compiled, compile_form
from forms.source import from_yaml
from tests.bench.browsing import SHOWN, Answered, Machine, machine
from tests.bench.figures import Figure
from tests.bench.form import measured, on_pages, told
from tests.browser.bundling import bundle
from tests.browser.form_ground import INDEX
from tests.differential.stages import CORPUS, Stage, stage

NAME = "web-forms__packages_common_src_fixtures_preview-service_xlsforms_whova_form.xlsx"
OPEN_SOON = 1_000.0
# The peer's parser is WebAssembly, which that policy refuses.
POLICY = """<meta http-equiv="Content-Security-Policy" content="default-src 'self'">"""
SECTIONS, QUESTIONS = 20, 25


def figures() -> list[Figure]:
    """Twenty figures; none where there is no Chromium."""
    with machine("the large form's figures") as found:
        if found is None:
            return []
        area, made = form()
        own, peer = measured(found, made), _peer(found, made)
        return [*told(area, own, OPEN_SOON), *_beside(f"{area}, @getodk/xforms-engine", own, peer)]


def form() -> tuple[str, Compiled]:
    """What is measured, and what it is called."""
    path = CORPUS / NAME
    if not path.is_file():
        return "A made form of 500 questions", compile_form(from_yaml(made_up(), "made.yaml"))
    found = stage(path)
    if not isinstance(found, Stage):
        raise SystemExit(f"the WHO's form does not compile: {', '.join(found)}")
    return "WHO verbal autopsy 2016", found.compiled


def made_up() -> str:
    """A form as surveys are: gates, what follows from them, counts and sums over what was said."""
    lines = [
        "settings: {form_id: large, number: 1, title: {en: Large}, subject: person, audience: medical}",
        "choices:",
        *(f"  - {{list_name: yn, name: '{name}', label: {{en: {name}}}}}" for name in ("yes", "no", "dk")),
        "survey:",
    ]
    for section in range(SECTIONS):
        gate = f"s{section}_q0"
        lines.append(f"  - {{type: begin_group, name: s{section}, label: {{en: Section {section}}}}}")
        for at in range(QUESTIONS - 1):
            name = f"s{section}_q{at}"
            if at % 5 == 4:
                lines.append(
                    f'  - {{type: integer, name: {name}, label: {{en: "How many?"}}, constraint: ". >= 0 and . < 100",'
                    f" relevant: \"${{{gate}}} != 'dk'\"}}"
                )
            else:
                relevant = "" if at < 2 else f", relevant: \"${{{gate}}} != 'dk' and ${{s{section}_q1}} != 'dk'\""
                lines.append(f'  - {{type: select_one yn, name: {name}, label: {{en: "Was it so, {at}?"}}{relevant}}}')
        counted = " + ".join(f"if(${{s{section}_q{at}}} = 'yes', 1, 0)" for at in range(4))
        lines.append(f'  - {{type: calculate, name: s{section}_sum, calculation: "{counted}"}}')
        lines.append("  - {type: end_group}")
    return "\n".join(lines) + "\n"


def _peer(found: Machine, made: Compiled) -> dict[int, Answered]:
    folder = found.folder / "peer"
    folder.mkdir()
    (folder / "form.xml").write_text(made.xform, encoding="utf-8")
    (folder / "page.css").write_text("[hidden] { display: none }", encoding="utf-8")
    (folder / "index.html").write_text(INDEX.replace(POLICY, ""), encoding="utf-8")
    bundle(f'import "./tests/static/bench/peer.ts";\n{SHOWN}', folder / "main.js")
    return on_pages(found, folder.name)


def _beside(area: str, own: dict[int, Answered], peer: dict[int, Answered]) -> Iterator[Figure]:
    """The peer's figures, each with how many times ours it is."""
    for throttle, one in peer.items():
        ours, at = own[throttle], f"{throttle}×"
        pairs = (
            ("navigation to form", one.opened, ours.opened),
            ("answer to screen, median", one.median, ours.median),
            ("answer to screen, 95th of 100", one.p95, ours.p95),
        )
        for name, theirs, mine in pairs:
            times = f"{theirs / mine:.1f} times ours; {len(one.times)} answers"
            yield Figure(area, f"{name}, {at}", theirs, "ms", times)
    heap, mine = (max(one.heap for one in each.values()) for each in (peer, own))
    yield Figure(area, "heap after all answers", heap, "MB", f"{heap / mine:.1f} times ours")
