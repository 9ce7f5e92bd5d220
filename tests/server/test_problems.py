"""Failures are a designed list: every code has words in every language, every failure on the wire is one of them."""

import re

import httpx
import pytest

import forms.problems
import server.problems
import sync.problems
from server.answers import problem_answer
from server.problems import Problem
from server.words import LANGUAGES, messages, problem_words, say

CODES = sorted({*sync.problems.CODES, *server.problems.CODES, *forms.problems.CODES})
PLACE = re.compile(r"\{\w+\}")
CYRILLIC = re.compile("[а-яәіңғүұқөһ]", re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_code_has_words(code: str, language: str) -> None:
    words = messages(language, "problem")
    for part in ("what", "means", "do"):
        text = words[f"problem.{code}.{part}"]
        assert text.endswith((".", "!", "?", "}")), text
        own = PLACE.sub("", text)
        assert bool(CYRILLIC.search(own)) == (language == "kk" and bool(own)), text


def test_no_code_means_two_things() -> None:
    assert not sync.problems.CODES.keys() & server.problems.CODES.keys()
    assert not sync.problems.CODES.keys() & forms.problems.CODES.keys()
    assert not server.problems.CODES.keys() & forms.problems.CODES.keys()


def test_languages_have_the_same_keys_and_places() -> None:
    english, kazakh = (messages(language, "problem") for language in LANGUAGES)
    assert english.keys() == kazakh.keys()
    for key in english:
        assert sorted(PLACE.findall(english[key])) == sorted(PLACE.findall(kazakh[key])), key


def test_a_code_that_is_not_in_the_catalogue_is_a_bug() -> None:
    with pytest.raises(LookupError):
        Problem("made_up")


def test_a_place_without_a_value_stays_as_it_is() -> None:
    assert say("Not {this}, {that}", {"that": 1}) == "Not {this}, 1"
    assert problem_words("setting_wrong", {"setting": "ESIK_PORT"}).means.endswith("ESIK_PORT.")


def test_a_problem_on_the_wire() -> None:
    answer = problem_answer(
        "over_limit", 429, {"limit": 5, "id": b"\xff\xfe", "code": "no", "more": [b"\0", {"a": None}]}
    )
    assert answer.media_type == "application/problem+json"
    assert answer.content == (
        b'{"code":"over_limit","status":429,"title":"This key has sent too much.",'
        b'"detail":"There is a limit for a day, and a small one for withdrawn keys.",'
        b'"limit":5,"id":"__4","more":["AA",{"a":null}]}'
    )


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/nowhere/at/all", 404, "not_found"),
        ("DELETE", "/sync/bundle", 405, "wrong_method"),
        ("POST", "/sync/bundle", 400, "malformed"),
        ("POST", "/sync/have", 400, "malformed"),
        ("POST", "/sync/session", 400, "malformed"),
        ("GET", "/sync/receipts", 400, "bad_request"),
        ("GET", "/sync/receipts?log=!", 400, "malformed"),
        ("PUT", "/sync/objects/x", 404, "not_found"),
    ],
)
def test_what_a_stranger_gets_wrong(client: httpx.Client, method: str, address: str, status: int, code: str) -> None:
    answer = client.request(method, address)
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
    assert body["title"]
    assert body["detail"]


def test_a_fault_of_ours_tells_nothing(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    name = "Ai" + "sha"

    def fails(*_: object) -> None:
        raise ValueError(name)

    client.app.state.server.store.logs = fails  # type: ignore[attr-defined]
    answer = client.post("/sync/have", content=b"\x83\xa1v\x01\xa4logs\x90\xa3ids\x90")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "Aisha" not in answer.text
    assert "Aisha" not in caplog.text
    assert answer.json()["fault"] in caplog.text
