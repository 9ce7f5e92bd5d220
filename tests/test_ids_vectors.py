"""The smallest vector: both languages name the same bytes alike (tests/static/ids-vectors.test.ts is its twin)."""

from typing import Any

import pytest

from sync.ids import b64, sha256
from tests.vectors import vectors


@pytest.mark.parametrize(("sentence", "vector"), vectors("sync", "ids"))
def test_an_id_is_the_same_in_both_languages(sentence: str, vector: dict[str, Any]) -> None:
    assert [b64(sha256(bytes.fromhex(one))) for one in vector["given"]["hex"]] == vector["expect"]["id"], sentence
