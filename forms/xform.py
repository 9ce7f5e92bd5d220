"""What the compiler takes from an XForm that pyxform wrote: paths, expressions, lists. Never its texts.

Rules: a missing translation comes out of pyxform as "-", so texts are read from the sheets; expressions and structure
come from here, where `${name}` has become a path. Only XForms that pyxform has just written are read.
"""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

import msgspec

XF: Final = "{http://www.w3.org/2002/xforms}"
JR: Final = "{http://openrosa.org/javarosa}"
BINDS: Final = {
    "relevant": "relevant",
    "required": "required",
    "readonly": "readonly",
    "constraint": "constraint",
    "calculate": "calculation",
}


class Field(msgspec.Struct):
    """One node of the form's instance. Expressions are XPath text."""

    ref: str
    repeat: bool = False
    default: str = ""
    list: str = ""
    filter: str = ""
    expressions: dict[str, str] = {}


class XForm(msgspec.Struct):
    """`root` is the name of the instance's root node, the first step of absolute paths."""

    root: str
    fields: dict[str, Field]
    refused: list[tuple[str, str]]


def read_xform(xml: str) -> XForm:
    """Fields by ref in document order; `refused` holds (ref, construct) of what the sheets do not show."""
    tree = ET.fromstring(xml)  # noqa: S314 - pyxform wrote these bytes a moment ago; no DTD, no entity
    model = next(tree.iter(f"{XF}model"))
    first = model.find(f"{XF}instance")
    if first is None:
        raise ValueError("no instance")
    root = first[0]
    form = XForm(_local(root), {}, [])
    _walk(root, "", form.fields)
    for bind in model.findall(f"{XF}bind"):
        field = form.fields.get(_ref(bind.get("nodeset", "")))
        if field is not None:
            field.expressions = {ours: text for theirs, ours in BINDS.items() if (text := bind.get(theirs))}
            if bind.get(f"{JR}preload") and not field.ref.startswith("meta"):
                form.refused.append((field.ref, f"the preload {bind.get(f'{JR}preload')}"))
    for action in tree.iter(f"{XF}setvalue"):
        form.refused.append((_ref(action.get("ref", "")), "a default that is computed"))
    _body(tree, form)
    return form


def _walk(element: ET.Element, above: str, fields: dict[str, Field]) -> None:
    for child in element:
        name = _local(child)
        ref = f"{above}.{name}" if above else name
        if ref == "meta":
            continue
        if ref not in fields:
            fields[ref] = Field(ref, default="" if len(child) else (child.text or "").strip())
            _walk(child, ref, fields)


def _body(tree: ET.Element, form: XForm) -> None:
    for element in tree.iter():
        kind = _local(element)
        field = form.fields.get(_ref(element.get("ref") or element.get("nodeset") or ""))
        if field is None:
            continue
        if kind == "repeat":
            field.repeat = True
            if element.get(f"{JR}count"):
                form.refused.append((field.ref, "repeat_count"))
        if kind in ("select", "select1"):
            items = element.find(f"{XF}itemset")
            nodeset = "" if items is None else items.get("nodeset", "")
            field.list, field.filter = _itemset(nodeset)


def _itemset(nodeset: str) -> tuple[str, str]:
    """`instance('sex')/root/item[x=1]` as ("sex", "x=1")."""
    prefix, between = "instance('", "')/root/item"
    if not nodeset.startswith(prefix) or between not in nodeset:
        return "", ""
    name, _, rest = nodeset.removeprefix(prefix).partition(between)
    return name, rest[1:-1] if rest.startswith("[") else ""


def _ref(path: str) -> str:
    """`/data/members/name` as `members.name`."""
    return ".".join(path.strip().split("/")[2:])


def _local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]
