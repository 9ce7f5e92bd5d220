"""What the compiler takes from an XForm that pyxform wrote: paths, expressions, lists. Never its texts.

Rules: a missing translation comes out of pyxform as "-", so texts are read from the sheets; expressions and structure
come from here, where `${name}` has become a path. Only XForms that pyxform has just written are read.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

import msgspec

XF: Final = "{http://www.w3.org/2002/xforms}"
JR: Final = "{http://openrosa.org/javarosa}"
ORX: Final = "{http://openrosa.org/xforms}"
BINDS: Final = {
    "relevant": "relevant",
    "required": "required",
    "readonly": "readonly",
    "constraint": "constraint",
    "calculate": "calculation",
}
FIRST: Final = ("odk-instance-first-load", "odk-new-repeat")
CHANGED: Final = "xforms-value-changed"
SELECTS: Final = ("select", "select1", "rank")
_ITEMSET: Final = re.compile(r"instance\('([^']*)'\)/root/item(?:\[(.*)\])?", re.DOTALL)
_SHUFFLED: Final = re.compile(r"randomize\((.*?)(?:,([^,\]]*))?\)", re.DOTALL)


class Field(msgspec.Struct):
    """One node of the form's instance. Expressions are XPath text.

    `value`, `label`: columns of the list that hold name and label of a choice. `shuffled`: None, "" or the seed's
    expression. `first`: what it begins with. `triggers`: refs whose change sets it to `set`. `control`: whether the
    body shows it."""

    ref: str
    repeat: bool = False
    default: str = ""
    list: str = ""
    filter: str = ""
    value: str = "name"
    label: str = "label"
    shuffled: str | None = None
    expressions: dict[str, str] = {}
    first: str = ""
    triggers: list[str] = []
    set: str = ""
    preload: str = ""
    range: dict[str, str] = {}
    pixels: str = ""
    accept: str = ""
    appearance: str = ""
    control: bool = False


class XForm(msgspec.Struct):
    """`root` is the name of the instance's root node, the first step of absolute paths. `refused`: (ref, construct) of
    what the sheets do not show. `lists`: names of the choices by list. `outside`: instance → where its data comes
    from, as `jr://file-csv/towns.csv`."""

    root: str
    fields: dict[str, Field]
    refused: list[tuple[str, str]]
    lists: dict[str, list[str]]
    outside: dict[str, str]


def read_xform(xml: str) -> XForm:
    """Fields by ref in document order."""
    tree = ET.fromstring(xml)  # noqa: S314 - pyxform wrote these bytes a moment ago; no DTD, no entity
    model = next(tree.iter(f"{XF}model"))
    instances = model.findall(f"{XF}instance")
    root = instances[0][0]
    form = XForm(_local(root), {}, [], {}, {})
    _walk(root, "", form.fields)
    for instance in instances[1:]:
        _instance(instance, form)
    for bind in model.findall(f"{XF}bind"):
        field = form.fields.get(_ref(bind.get("nodeset", "")))
        if field is not None:
            field.expressions = {ours: text for theirs, ours in BINDS.items() if (text := bind.get(theirs))}
            field.preload = bind.get(f"{JR}preloadParams", "") if bind.get(f"{JR}preload") else ""
            field.pixels = bind.get(f"{ORX}max-pixels", "")
    for element in tree.iter():
        _body(element, form)
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


def _instance(instance: ET.Element, form: XForm) -> None:
    name, source = instance.get("id", ""), instance.get("src", "")
    if source:
        form.outside[name] = source
    else:
        form.lists[name] = [item.findtext(f"{XF}name") or "" for item in instance.iter(f"{XF}item")]


def _body(element: ET.Element, form: XForm) -> None:
    kind = _local(element)
    field = form.fields.get(_ref(element.get("ref") or element.get("nodeset") or ""))
    if field is None or kind == "bind":
        return
    if kind == "setvalue":
        if any(event in FIRST for event in element.get("event", "").split()):
            field.first = element.get("value", "") or "''"
        return
    if kind in ("setgeopoint", "recordaudio"):
        form.refused.append((field.ref, "a place or sound that is taken unseen"))
        return
    for action in element:
        if _local(action) == "setvalue" and CHANGED in action.get("event", "").split():
            _triggered(form, field, action)
    field.control = True
    field.appearance = element.get("appearance", "") or field.appearance
    if kind == "repeat":
        field.repeat = True
        count = element.get(f"{JR}count")
        field.expressions |= {"count": count} if count else {}
    elif kind == "range":
        field.range = {end: element.get(end, "") for end in ("start", "end", "step")}
    elif kind == "upload":
        field.accept = element.get("accept", "")
    elif kind in SELECTS:
        _itemset(element, field, form)


def _triggered(form: XForm, trigger: Field, action: ET.Element) -> None:
    target = form.fields.get(_ref(action.get("ref", "")))
    if target is not None:
        target.triggers = [*target.triggers, trigger.ref]
        target.set = action.get("value", "")


def _itemset(element: ET.Element, field: Field, form: XForm) -> None:
    items = element.find(f"{XF}itemset")
    if items is None:
        return
    nodeset = items.get("nodeset", "")
    if shuffled := _SHUFFLED.fullmatch(nodeset):
        nodeset, seed = shuffled.groups()
        field.shuffled = (seed or "").strip()
    found = _ITEMSET.fullmatch(nodeset.strip())
    if found is None:
        form.refused.append((field.ref, "a choice among the answers of a repeat"))
        return
    field.list, field.filter = found.group(1), found.group(2) or ""
    value, label = items.find(f"{XF}value"), items.find(f"{XF}label")
    field.value = "name" if value is None else value.get("ref", "name")
    shown = "label" if label is None else label.get("ref", "label")
    field.label = "label" if "(" in shown else shown


def _ref(path: str) -> str:
    """`/data/members/name` as `members.name`."""
    return ".".join(path.strip().split("/")[2:])


def _local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]
