"""Strict headers on everything: pages, data, problems, and addresses that do not exist."""

import httpx
import pytest

EVERYWHERE = [
    "/",
    "/tablet/",
    "/desk/",
    "/tablet/sw.js",
    "/health",
    "/sync/hello",
    "/sync/directory",
    "/nowhere",
    "/schema",
]


@pytest.mark.parametrize("address", EVERYWHERE)
def test_the_same_policy_everywhere(client: httpx.Client, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(one.split(" ", 1) for one in headers["content-security-policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self' 'wasm-unsafe-eval'",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "media-src": "'self' blob:",
        "manifest-src": "'self'",
        "form-action": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "payment=()" in headers["permissions-policy"]
    assert headers["cache-control"]


@pytest.mark.parametrize("address", EVERYWHERE)
def test_only_where_cards_are_scanned_may_a_camera_be_asked_for(client: httpx.Client, address: str) -> None:
    allowed = client.get(address).headers["permissions-policy"].split(", ")
    assert allowed[0] == ("camera=(self)" if address in ("/tablet/", "/desk/") else "camera=()")
    assert {one.partition("=")[2] for one in allowed[3:]} == {"()"}


@pytest.mark.parametrize("address", EVERYWHERE)
def test_only_where_answers_are_taken_may_a_microphone_or_the_place_be_asked_for(
    client: httpx.Client, address: str
) -> None:
    allowed = client.get(address).headers["permissions-policy"].split(", ")
    assert allowed[1] == ("microphone=(self)" if address == "/tablet/" else "microphone=()")
    assert allowed[2] == ("geolocation=(self)" if address == "/tablet/" else "geolocation=()")


def test_what_is_not_a_file_is_kept_nowhere(client: httpx.Client) -> None:
    for address in ("/sync/hello", "/health", "/nowhere"):
        assert client.get(address).headers["cache-control"] == "no-store"
