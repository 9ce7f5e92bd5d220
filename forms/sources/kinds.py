"""What a row of the survey is: every way that XLSForm has to say a type, as the one that Esik reads.

Rules: the aliases are pyxform's own tables; a type that nobody knows stays as it is and is refused where types are
checked.
"""

from __future__ import annotations

import re
from typing import Final

from pyxform import aliases, constants

_BEGIN: Final = re.compile(r"(begin|end)[\s_]+(group|repeat|looped\s+group|lgroup)", re.IGNORECASE)
_OTHER: Final = re.compile(r"\s+(or specify other|or_other|or other)$")
_SELECTS: Final = sorted(aliases.select, key=len, reverse=True)
_CHOOSES: Final = {
    constants.SELECT_ONE: "select_one",
    constants.SELECT_ALL_THAT_APPLY: "select_multiple",
    constants.SELECT_ONE_EXTERNAL: "select_one_external",
    constants.RANK: "rank",
}
ALIASES: Final = {
    "text": "text", "string": "text", "q string": "text", "add text prompt": "text",
    "int": "integer", "q int": "integer", "add integer prompt": "integer",
    "decimal": "decimal", "q decimal": "decimal", "add decimal prompt": "decimal",
    "q date": "date", "add date prompt": "date",
    "dateTime": "datetime", "date time": "datetime", "q dateTime": "datetime", "q date time": "datetime",
    "add date time prompt": "datetime", "add dateTime prompt": "datetime",
    "q note": "note", "add note prompt": "note", "q calculate": "calculate", "add calculate prompt": "calculate",
    "trigger": "acknowledge", "q acknowledge": "acknowledge", "add acknowledge prompt": "acknowledge",
    "q barcode": "barcode", "add barcode prompt": "barcode",
    "gps": "geopoint", "location": "geopoint", "q location": "geopoint", "q geopoint": "geopoint",
    "add location prompt": "geopoint",
    "photo": "image", "q picture": "image", "q image": "image", "add image prompt": "image",
    "add photo prompt": "image", "q audio": "audio", "add audio prompt": "audio",
    "q video": "video", "add video prompt": "video", "add file prompt": "file",
    "start time": "start", "get start time": "start", "end time": "end", "get end time": "end", "get today": "today",
    "imei": "deviceid", "device id": "deviceid", "get device id": "deviceid", "uri:deviceid": "deviceid",
    "uri:username": "username", "uri:email": "email", "uri:phonenumber": "phonenumber", "uri:simserial": "simserial",
    "uri:subscriberid": "subscriberid", "get phone number": "phonenumber", "sim id": "simserial",
    "get sim id": "simserial", "subscriber id": "subscriberid", "get subscriber id": "subscriberid",
    "q geotrace": "geotrace", "q geoshape": "geoshape",
}  # fmt: skip
RULED: Final = {
    "percentage": ("integer", "0 <= . and . <= 100"),
    "number of days in last month": ("integer", "0 <= . and . <= 31"),
    "number of days in last six months": ("integer", "0 <= . and . <= 183"),
    "number of days in last year": ("integer", "0 <= . and . <= 365"),
    "phone number": ("text", r"regex(., '^\d*$')"),
}
"""Types that pyxform knows with a rule of their own, used where the row has none."""


def plain(written: str) -> tuple[str, bool]:
    """(type as Esik writes it, whether `other` can be told in words)."""
    words = " ".join(written.split())
    around = _BEGIN.fullmatch(words)
    if around is not None:
        what = "group" if around[2].lower() == "group" else "repeat"
        return f"{around[1].lower()}_{what}", False
    other = _OTHER.search(words)
    words = words[: other.start()] if other else words
    for alias in _SELECTS:
        if words.startswith(f"{alias} "):
            kind = _CHOOSES[aliases.select[alias]]
            kind += "_from_file" if alias in aliases.select_from_file else ""
            return f"{kind} {words[len(alias) + 1 :]}", other is not None
    return ALIASES.get(words) or ALIASES.get(words.lower()) or words, other is not None
