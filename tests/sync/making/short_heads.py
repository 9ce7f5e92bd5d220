"""Vectors of the end of a shift: the QR code's text, and the code that is read out."""

from collections.abc import Iterator

from sync.ids import ZERO_HASH, b64, sha256
from sync.short_head import ShortHead, base45, write_short_code, write_short_head
from sync.statement import HeadStatement, write_head
from sync.wire import encode
from tests.sync.making.handmade import flipped
from tests.sync.making.plain_bytes import Made
from tests.sync.making.scene import AT, Scene

PREFIX = "ESIK1 "


def made(scene: Scene) -> Iterator[Made]:
    yield from _heads(scene)
    yield from _codes(scene)


def _heads(scene: Scene) -> Iterator[Made]:
    pid, key, log = scene.pid, scene.signing["tablet-1"], scene.log("tablet-1").id

    def given(text: str) -> dict[str, object]:
        return {"programme": b64(pid), "public": b64(key.public), "text": text}

    def signed(data: bytes, tag: str = "esik/1/short") -> str:
        return PREFIX + base45(key.sign(tag, pid, data) + data)

    head = ShortHead(1, log, 43, sha256(b"43"), AT)
    text = write_short_head(pid, key, head)
    expect = {"log": b64(log), "seq": 43, "hash": b64(head.hash), "time": AT}
    yield "short-head", "the end of a shift is read", {"given": given(text), "expect": expect}
    yield "short-head", "spaces around it are no part of it", {"given": given(f" {text}\n"), "expect": expect}
    none = ShortHead(1, log, 0, ZERO_HASH, AT)
    before = {"log": b64(log), "seq": 0, "hash": b64(ZERO_HASH), "time": AT}
    yield (
        "short-head",
        "a tablet that sealed nothing",
        {"given": given(write_short_head(pid, key, none)), "expect": before},
    )
    fields = {"v": 1, "log": log, "seq": 43, "hash": head.hash, "time": AT}
    long = HeadStatement(1, log, 43, head.hash, AT, scene.head(), "1", [], True, [])
    long_head = write_head(pid, key, long)
    raw = key.sign("esik/1/short", pid, encode(fields)) + encode(fields)
    malformed: dict[str, str] = {
        "nothing": "",
        "a head without its beginning": text.removeprefix(PREFIX),
        "small letters": text.lower(),
        "a beginning of another version": text.replace("ESIK1", "ESIK2"),
        "a sign that base45 does not have": text[:40] + "é" + text[41:],
        "a triple beyond two bytes": PREFIX + ":::" + text[len(PREFIX) + 3 :],
        "a letter too few": text[:-1] if len(text[len(PREFIX) :]) % 3 == 2 else text[:-2],
        "a signature and nothing else": PREFIX + base45(raw[:64]),
        "version 2": signed(encode({**fields, "v": 2})),
        "a field too many": signed(encode({**fields, "more": 1})),
        "a missing field": signed(encode({k: v for k, v in fields.items() if k != "time"})),
        "fields in another order": signed(encode(dict(reversed(fields.items())))),
        "a log that is too short": signed(encode({**fields, "log": log[:39]})),
        "a number below zero": signed(encode({**fields, "seq": -1})),
        "a long head": PREFIX + base45(long_head.signature + long_head.bytes),
    }
    for about, one in malformed.items():
        yield "short-head", f"{about} is malformed", {"given": given(one), "problem": "malformed"}
    bad: dict[str, str] = {
        "a changed number": PREFIX + base45(raw[:64] + encode({**fields, "seq": 44})),
        "a flipped signature": PREFIX + base45(flipped(raw, 3)),
        "the tag of a long head": signed(encode(fields), "esik/1/head"),
        "another tablet's signature": write_short_head(pid, scene.signing["tablet-2"], head),
        "another programme's": write_short_head(sha256(b"another"), key, head),
    }
    for about, one in bad.items():
        yield "short-head", f"{about} is a bad signature", {"given": given(one), "problem": "bad_signature"}


def _codes(scene: Scene) -> Iterator[Made]:
    pid = scene.pid
    logs = [scene.log("tablet-1").id, scene.log("tablet-2").id]

    def given(text: str) -> dict[str, object]:
        return {"programme": b64(pid), "logs": [b64(one) for one in logs], "text": text}

    code = write_short_code(pid, logs[0], 43)
    mine = {"seq": 43, "logs": [b64(logs[0])], "code": code}
    yield "short-code", "a code names its tablet", {"given": given(code), "expect": mine}
    sloppy = " " + code.lower().replace("-", " \u2013 ").replace("0", "o").replace("1", "l") + " "
    yield "short-code", "small letters, dashes and letters like digits", {"given": given(sloppy), "expect": mine}
    other = write_short_code(pid, logs[1], 2**32 - 1)
    expect = {"seq": 2**32 - 1, "logs": [b64(logs[1])], "code": other}
    yield "short-code", "the largest number", {"given": given(other), "expect": expect}
    stranger = write_short_code(pid, flipped(logs[0], -1), 43)
    nobody = {"seq": 43, "logs": list[str]()}
    yield "short-code", "a code of a log that is not listed fits nobody", {"given": given(stranger), "expect": nobody}
    slip = {"seq": 44, "logs": list[str]()}
    yield "short-code", "a wrong number fits nobody", {"given": given(code.replace("43-", "44-")), "expect": slip}
    symbols = code.split("-")[1]
    malformed = {
        "nothing": "",
        "only symbols": symbols,
        "only a number": "43-",
        "a letter that no code has": "43-U9Q2",
        "a number beyond four bytes": f"{2**32}-{symbols}",
        "words": "forty three",
        "digits of another script": f"\u0664\u0663-{symbols}",
    }
    for about, text in malformed.items():
        yield "short-code", f"{about} is malformed", {"given": given(text), "problem": "malformed"}
