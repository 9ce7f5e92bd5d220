"""A tablet and a reviewer with nothing but the TypeScript protocol, against a store that runs."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.keys import SigningKey
from sync.link import write_fragment
from tests.browser.serving import Serving
from tests.browser.typescript_sync import InNode, TypeScript
from tests.programme import AUDIENCES, Programme, found_programme

SERVE = (
    "import asyncio, sys; from pathlib import Path; from server.serving import serve_here;"
    "from tests.programme import settings_for;"
    "asyncio.run(serve_here(settings_for(Path(sys.argv[2]), port=sys.argv[1])))"
)
PAYLOADS = {name.partition("@")[0]: {"card": "7KQ4-M2XD-9P", "for": name} for name in AUDIENCES}


@pytest.fixture
def programme(tmp_path: Path) -> Programme:
    return found_programme(tmp_path / "data")


@pytest.fixture
def store(programme: Programme, tmp_path: Path) -> Iterator[Serving]:
    folder = programme.settings.folder
    serving = Serving(lambda port: [sys.executable, "-c", SERVE, str(port), folder], tmp_path / "store.log")
    yield serving
    serving.kill()


@pytest.fixture
def node() -> Iterator[TypeScript]:
    process = InNode()
    yield TypeScript(process)
    process.close()


def test_a_sealed_answer_goes_all_the_way_to_a_reviewers_eyes(
    programme: Programme, store: Serving, node: TypeScript
) -> None:
    signing, reading = programme.people["Saule"].desk()
    told = node(
        "story", origin=f"http://127.0.0.1:{store.port}", fragment=programme.fragment(), payloads=PAYLOADS,
        signing=signing.pkcs8(), reading=reading.seed,
    )  # fmt: skip
    assert told == {
        "role": "centre", "contiguous": 1, "state": "held", "again": "held", "missing": 0, "headOnCentre": 1,
        "opened": {
            "people@arrival": PAYLOADS["people"], "coordination": PAYLOADS["coordination"],
            "family": PAYLOADS["family"], "protection": "missing_objects",
        },
        "refused": {"protection": "not_allowed"},
        "statements": 1,
    }  # fmt: skip


def test_a_tablet_with_an_invitation_nobody_gave_learns_nothing(
    programme: Programme, store: Serving, node: TypeScript
) -> None:
    signing, reading = programme.people["Saule"].desk()
    assert programme.directory.head is not None
    fragment = write_fragment(programme.pid, programme.directory.head, SigningKey.generate())
    problem = node.problem(
        "story", origin=f"http://127.0.0.1:{store.port}", fragment=fragment, payloads=PAYLOADS,
        signing=signing.pkcs8(), reading=reading.seed,
    )  # fmt: skip
    assert problem == "unknown_device"


def test_a_store_that_is_gone_is_no_network(programme: Programme, store: Serving, node: TypeScript) -> None:
    store.kill()
    signing, reading = programme.people["Saule"].desk()
    problem = node.problem(
        "story", origin=f"http://127.0.0.1:{store.port}", fragment=programme.fragment(), payloads=PAYLOADS,
        signing=signing.pkcs8(), reading=reading.seed,
    )  # fmt: skip
    assert problem == "no_network"
