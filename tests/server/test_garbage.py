"""Garbage on every JSON address and every GET: schemathesis reads the OpenAPI and tries to break what it says."""

from collections.abc import Generator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from litestar.testing import TestClient

from server.app import create_app
from server.problems import CODES as SERVER_CODES
from server.settings import read_settings
from sync.problems import CODES as SYNC_CODES
from tests.programme import Programme

CODES = SERVER_CODES.keys() | SYNC_CODES.keys()
_schema: Any = schemathesis.openapi.from_dict(create_app(read_settings({})).openapi_schema.to_schema())


@pytest.fixture(scope="module")
def running(founded: Programme, tmp_path_factory: pytest.TempPathFactory) -> Generator[httpx.Client]:
    """One store for all of it."""
    programme = founded.copied(tmp_path_factory.mktemp("garbage") / "data")
    with TestClient(create_app(programme.settings), raise_server_exceptions=False) as client:
        yield client


@_schema.parametrize()
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_garbage_is_a_problem_and_never_a_fault(case: Any, running: httpx.Client) -> None:
    sent = case.as_transport_kwargs(base_url="http://testserver.local")
    sent["content"] = sent.pop("data", None)
    sent.pop("cookies", None)  # the server reads none
    try:
        response = running.request(**sent)
    except (httpx.InvalidURL, UnicodeEncodeError):
        return  # the client would not even send it
    assert response.status_code < 500, response.text
    if response.status_code >= 400 and sent["method"] != "HEAD":
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["code"] in CODES


def test_the_schema_is_served(running: httpx.Client) -> None:
    schema = running.get("/schema")
    assert schema.status_code == 200
    paths = schema.json()["paths"]
    assert {"/sync/bundle", "/sync/hello", "/slots/find", "/slots/open", "/health"} <= paths.keys()
