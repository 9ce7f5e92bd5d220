"""GET /sync/hello: anybody may ask; nothing in it is believed until the directory says so."""

import httpx

from sync.ids import sha256
from tests.programme import Programme
from tests.tablet import get


def test_it_works(client: httpx.Client, programme: Programme) -> None:
    hello = get(client, "/sync/hello")
    assert hello["v"] == 1
    assert hello["programme"] == programme.pid
    assert sha256(hello["store"]) in programme.directory.stores
    assert hello["limits"] == {"body": 4 * 2**20, "part": 2**20, "daily": 2 * 2**30}
    head = programme.directory.head
    assert head is not None
    assert hello["head"] == {"seq": head.seq, "hash": head.hash}


def test_it_answers_in_messagepack(client: httpx.Client) -> None:
    assert client.get("/sync/hello").headers["content-type"] == "application/vnd.msgpack"
