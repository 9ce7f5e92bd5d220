"""A tablet in Python: enrols, seals and pushes over any httpx client, with nothing but `sync`."""

from collections.abc import Mapping
from typing import Any

import httpx
import msgspec

from sync.attachments import seal_attachment
from sync.bundle import Answer, Bundle, Statement, read_bundle, write_bundle
from sync.clock import now_ms
from sync.directory import Directory
from sync.directory.write import device_body, directory_entry
from sync.entry import Head, Signed
from sync.ids import b64, made_id
from sync.keys import ReadingKey, SigningKey, verify
from sync.link import read_fragment
from sync.log import Log
from sync.problems import Problem
from sync.seal import Sealed, seal_submission
from sync.statement import HeadStatement, read_receipt, write_head
from sync.wire import decode, decode_map, encode, shape

WIRE = {"content-type": "application/vnd.msgpack"}


class Refused(Exception):  # noqa: N818 - what it is
    """A problem over HTTP."""

    def __init__(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.body: dict[str, Any] = response.json()
        self.code: str = self.body["code"]
        super().__init__(f"{self.status} {self.code}")


def checked(response: httpx.Response) -> bytes:
    """The body of an answer that is no problem."""
    if response.status_code >= 400:
        assert response.headers["content-type"] == "application/problem+json"
        raise Refused(response)
    return response.content


def ask(client: httpx.Client, path: str, value: object) -> dict[str, Any]:
    """POST a value, as MessagePack."""
    return decode_map(checked(client.post(path, content=encode(value), headers=WIRE)))


def push(client: httpx.Client, bundle: Bundle) -> Answer:
    """Push a bundle."""
    return decode(checked(client.post("/sync/bundle", content=write_bundle(bundle), headers=WIRE)), Answer)


def sign_in(client: httpx.Client, directory: Directory, key: SigningKey, store: bytes | None = None) -> dict[str, str]:
    """Headers of a session. `store`: the listed key id of the store that is meant, else the directory's first."""
    challenge = ask(client, "/sync/session", {"v": 1, "key": key.key_id})["challenge"]
    meant = store or next(iter(directory.stores))
    signature = key.sign("esik/1/session", directory.pid, meant + challenge)
    asked = {"v": 1, "key": key.key_id, "challenge": challenge, "signature": signature}
    return {"authorization": f"Bearer {ask(client, '/sync/session', asked)['token']}"}


def get(client: httpx.Client, path: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    """GET a MessagePack answer."""
    return decode_map(checked(client.get(path, headers=headers)))


def read_all(client: httpx.Client, headers: dict[str, str], after: int = 0) -> list[Signed]:
    """The directory's entries."""
    return [shape(one, Signed) for one in get(client, f"/sync/directory?after={after}", headers)["entries"]]


class Tablet:
    """One device. `pending` is sealed and without a receipt; `safe` holds the hashes that a centre's receipt covers."""

    def __init__(self, client: httpx.Client, fragment: str, name: str = "T-01") -> None:
        self.client = client
        self.link = read_fragment(fragment)
        self.name = name
        self.signing = SigningKey.generate()
        self.reading = ReadingKey.generate()
        self.directory = Directory(self.link.programme)
        self.log = Log.new(self.link.programme, self.signing)
        self.sealed: list[Sealed] = []
        self.safe_to = 0

    @property
    def log_name(self) -> str:
        """The log's id as it stands in an address."""
        return b64(self.log.id)

    def enrol(self) -> "Tablet":
        """Check the directory from the pinned programme on, and add this device to it."""
        invitation = SigningKey.from_pkcs8(self.link.invitation)
        hello = get(self.client, "/sync/hello")
        headers = self._invited(invitation, hello["store"])
        self.directory.extend(read_all(self.client, headers))
        assert self.directory.hash_at(self.link.head.seq) == self.link.head.hash
        site = self.directory.invitations[invitation.key_id].site
        body = device_body(
            self.directory.pid, name=self.name, site=site, signing=self.signing, reading=self.reading,
            invitation=invitation.key_id,
        )  # fmt: skip
        entry = directory_entry(self.directory, invitation, "device", body, at=now_ms())
        answer = push(self.client, Bundle(directory=[entry]))
        if answer.directory[0].problem is not None:
            raise Problem(answer.directory[0].problem)
        self.directory.append(entry)
        return self

    def _invited(self, invitation: SigningKey, store: bytes) -> dict[str, str]:
        from sync.keys import key_id

        return sign_in(self.client, self.directory, invitation, key_id(store))

    def seal(
        self, words: str = "kettle", *, pictures: Mapping[str, bytes] | None = None, **payloads: dict[str, object]
    ) -> Sealed:
        """A submission of the first form, with `words` in each of its parts and a picture for these audiences."""
        form = next(iter(self.directory.forms.values()))
        made = {one.audience: payloads.get(one.audience, {"words": words}) for one in form.audiences}
        item, pid = made_id(), self.directory.pid
        attached = {
            audience: [seal_attachment(pid, item, f"{at:016x}.jpg", "image/jpeg", data)]
            for at, (audience, data) in enumerate((pictures or {}).items())
        }
        sealed = seal_submission(
            self.directory, self.log, version=form.version, submission=item, payloads=made, attachments=attached,
            at=now_ms(),
        )  # fmt: skip
        self.sealed.append(sealed)
        return sealed

    def bundle(self, sealed: list[Sealed] | None = None) -> Bundle:
        """What it would push: these submissions, else all."""
        some = self.sealed if sealed is None else sealed
        return Bundle(entries=[one.entry for one in some], parts=[part for one in some for part in one.parts])

    def head(self, seq: int | None = None, time: int | None = None) -> Statement:
        """Its head statement."""
        at = self.directory.head
        assert at is not None
        head = HeadStatement(
            1, self.log.id, self.log.seq if seq is None else seq, self.log.prev, time or now_ms(), at, "test", [],
            True, [],
        )  # fmt: skip
        signed = write_head(self.directory.pid, self.signing, head)
        return Statement("head", signed.bytes, signed.signature)

    def push(self, sealed: list[Sealed] | None = None) -> Answer:
        """Push, and believe receipts of a listed centre only."""
        answer = push(self.client, msgspec.structs.replace(self.bundle(sealed), statements=[self.head()]))
        for signed in answer.receipts:
            self.take_receipt(signed)
        return answer

    def take_receipt(self, signed: Signed) -> None:
        """Verify a receipt against the directory's centres."""
        for key, store in self.directory.stores.items():
            if store.role == "centre" and verify(
                store.key, "esik/1/receipt", self.directory.pid, signed.bytes, signed.signature
            ):
                receipt = read_receipt(self.directory.pid, self.directory.store_key(key, "centre"), signed)
                if receipt.log == self.log.id and receipt.contiguous == receipt.seq:
                    self.safe_to = max(self.safe_to, receipt.seq)

    def sign_in(self) -> dict[str, str]:
        """Headers of a session of this device."""
        return sign_in(self.client, self.directory, self.signing)

    def have(self, ids: list[bytes] | None = None) -> dict[str, Any]:
        """What the store says it holds of this log, and which of `ids` it lacks."""
        return ask(self.client, "/sync/have", {"v": 1, "logs": [self.log.id], "ids": ids or []})


def copied(bundle: Bundle) -> Bundle:
    """The same bundle after its trip through bytes."""
    return read_bundle(write_bundle(bundle))


__all__ = ["Head", "Refused", "Tablet", "ask", "b64", "copied", "get", "push", "read_all", "sign_in"]
