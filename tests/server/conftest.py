"""A store in this process, behind a test client: the whole application but the port."""

from collections.abc import Generator
from pathlib import Path

import httpx
import pytest
from litestar.testing import TestClient

from server.app import create_app
from tests.programme import Programme, found_programme
from tests.tablet import Tablet


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """A programme just founded, with slots; nobody serves this folder itself."""
    return found_programme(tmp_path_factory.mktemp("founded") / "data", slots=True)


@pytest.fixture
def programme(founded: Programme, tmp_path: Path) -> Programme:
    """That programme in a folder of the test's own."""
    return founded.copied(tmp_path / "data")


@pytest.fixture
def client(programme: Programme) -> Generator[httpx.Client]:
    """The application of that programme, running."""
    with TestClient(create_app(programme.settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def tablet(programme: Programme, client: httpx.Client) -> Tablet:
    """An enrolled tablet."""
    return Tablet(client, programme.fragment()).enrol()
