"""An administrator brings a form: it is looked at, nothing is kept; what is published is here whole, or not at all."""

import base64
from typing import Any

import httpx
import msgspec
import pytest

from forms.compile import compile_form
from forms.source import from_yaml
from server.folder import Folder
from server.publishing import Ready, make_ready
from sync.directory.bodies import Reason
from sync.directory.write import Draft
from sync.founding import Person
from sync.ids import b64, sha256, unb64
from tests.programme import Programme
from tests.tablet import push, sign_in

FORM = """
settings: {form_id: needs, number: %d, title: {en: Needs, kk: Қажет}, subject: person, audience: family,
           default_language: en}
survey:
  - {type: integer, name: coats, label: {en: 'How many coats?', kk: 'Неше пальто керек?'}}
%s
"""


def bearer(client: httpx.Client, programme: Programme, name: str = "Gulnar") -> dict[str, str]:
    return sign_in(client, programme.directory, programme.people[name].desk()[0])


def look(client: httpx.Client, programme: Programme, text: str | bytes, **more: object) -> httpx.Response:
    data = text.encode() if isinstance(text, str) else text
    body = {"name": "needs.yaml", "files": {"needs.yaml": base64.b64encode(data).decode()}, **more}
    return client.post("/forms/check", json=body, headers=bearer(client, programme))


def ready(number: int = 1, more: str = "") -> Ready:
    text = FORM % (number, more)
    return make_ready(compile_form(from_yaml(text, "needs.yaml")), {"needs.yaml": text.encode()})


def send(client: httpx.Client, programme: Programme, one: Ready) -> None:
    for data in one.files.values():
        response = client.put(f"/forms/files/{b64(sha256(data))}", content=data, headers=bearer(client, programme))
        assert response.status_code in (200, 201)


def published(client: httpx.Client, draft: Draft) -> list[str | None]:
    return [one.problem for one in push(client, draft.bundle()).directory]


def kept(programme: Programme) -> set[str]:
    return {one.name for one in Folder(programme.settings.folder).forms.rglob("*")}


def test_a_form_is_looked_at_and_nothing_of_it_is_kept(client: httpx.Client, programme: Programme) -> None:
    before = kept(programme)
    response = look(client, programme, FORM % (1, ""))
    answer: dict[str, Any] = response.json()
    assert response.status_code == 200
    assert (answer["key"], answer["number"], answer["following"], answer["second"]) == ("needs", 1, 1, [])
    compiled = unb64(answer["files"]["compiled.json"])
    assert b64(sha256(compiled)) == answer["version"]
    assert unb64(answer["files"]["source/needs.yaml"]) == (FORM % (1, "")).encode()
    assert sorted(answer["pages"]) == ["en", "kk"]
    assert "Неше пальто керек?" in answer["pages"]["kk"]
    assert kept(programme) == before


def test_what_stops_a_form_comes_back_by_row_and_column(client: httpx.Client, programme: Programme) -> None:
    wrong = FORM % (1, "  - {type: integer, name: b, label: {en: B}, relevant: '${nobody} = 1'}")
    response = look(client, programme, wrong)
    assert response.status_code == 422
    lines = [(one["code"], one["rows"], one["column"]) for one in response.json()["report"]["lines"]]
    assert ("form_unknown_name", [6], "relevant") in lines
    assert (response.json()["version"], response.json()["files"]) == ("", {})


def test_a_number_with_a_hole_is_told_and_is_no_version(client: httpx.Client, programme: Programme) -> None:
    answer = look(client, programme, FORM % (3, "")).json()
    assert answer["following"] == 1
    assert "form_number" in [one["code"] for one in answer["report"]["lines"]]
    assert answer["version"] == ""
    answer = look(client, programme, FORM % (3, ""), told={"number": "1"}).json()
    assert answer["version"] != ""
    assert "repaired.yaml" in answer["files"]


def test_a_key_that_the_directory_does_not_take_is_told_and_repaired(
    client: httpx.Client, programme: Programme
) -> None:
    text = (FORM % (1, "")).replace("form_id: needs", "form_id: Needs_2026")
    answer = look(client, programme, text).json()
    assert [one["repair"] for one in answer["report"]["lines"] if one["column"] == "form_id"] == ["head"]
    assert answer["version"] == ""
    answer = look(client, programme, text, repairs=["head"]).json()
    assert (answer["key"], answer["version"] != "") == ("needs_2026", True)


def test_an_audience_that_nobody_holds_is_told(client: httpx.Client, programme: Programme) -> None:
    answer = look(client, programme, (FORM % (1, "")).replace("audience: family", "audience: medical")).json()
    assert [one["words"] for one in answer["report"]["lines"] if one["code"] == "form_unheld"] == [
        "Nobody holds the audience medical: what is sealed to it could not be read"
    ]


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"PK\x03\x04broken", b"settings: 1", b"{" * 5000, b"survey: [" + b"[" * 5000]
)
def test_no_file_is_a_fault(client: httpx.Client, programme: Programme, data: bytes) -> None:
    response = look(client, programme, data)
    assert response.status_code == 422
    assert response.json()["report"]["lines"]


def test_a_form_of_a_sheet_a_file_is_brought_whole(client: httpx.Client, programme: Programme) -> None:
    sheets = {
        "survey.csv": "type,name,label::en\nselect_one yn,warm,Warm enough?\n",
        "choices.csv": "list_name,name,label::en\nyn,yes,Yes\nyn,no,No\n",
        "settings.csv": "form_id,form_title,version\nneeds,Needs,1\n",
    }
    files = {name: base64.b64encode(text.encode()).decode() for name, text in sheets.items()}
    told = {"audience": "family", "subject": "person", "number": "1", "key": "needs", "language": "en"}
    body = {"name": "survey.csv", "files": files, "told": told}
    answer = client.post("/forms/check", json=body, headers=bearer(client, programme)).json()
    assert answer["version"] != "", answer["report"]
    assert "Yes" in answer["pages"]["en"]


def test_names_that_lead_elsewhere_are_refused(client: httpx.Client, programme: Programme) -> None:
    body = {"name": "../needs.yaml", "files": {"../needs.yaml": base64.b64encode(b"x").decode()}}
    assert client.post("/forms/check", json=body, headers=bearer(client, programme)).status_code == 422


def test_a_form_beyond_the_limit_is_refused(client: httpx.Client, programme: Programme) -> None:
    response = look(client, programme, b"x" * 12_000_000)
    assert (response.status_code, response.json()["code"]) == (413, "body_too_large")


def test_only_administrators_bring_forms(client: httpx.Client, programme: Programme) -> None:
    for name, code, status in ((None, "no_session", 401), ("Saule", "not_allowed", 403)):
        headers = bearer(client, programme, name) if name else {}
        for response in (
            client.post("/forms/check", json={"name": "a", "files": {}}, headers=headers),
            client.put(f"/forms/files/{b64(sha256(b'x'))}", content=b"x", headers=headers),
            client.get("/forms/library", headers=headers),
        ):
            assert (response.status_code, response.json()["code"]) == (status, code)


def test_a_form_of_the_library_is_brought_by_its_name(client: httpx.Client, programme: Programme) -> None:
    headers = bearer(client, programme)
    assert "card.yaml" in [one["name"] for one in client.get("/forms/library", headers=headers).json()]
    answer = client.post("/forms/check", json={"name": "card.yaml", "library": True}, headers=headers).json()
    assert answer["key"] == "card"
    assert client.post("/forms/check", json={"name": "x", "library": True}, headers=headers).status_code == 422


def test_a_file_is_kept_under_what_it_hashes_to_and_nothing_else(client: httpx.Client, programme: Programme) -> None:
    headers = bearer(client, programme)
    digest = b64(sha256(b"coats.csv"))
    assert client.put(f"/forms/files/{digest}", content=b"other", headers=headers).json()["code"] == "hash_differs"
    assert client.put(f"/forms/files/{digest}", content=b"coats.csv", headers=headers).status_code == 201
    assert client.put(f"/forms/files/{digest}", content=b"coats.csv", headers=headers).status_code == 200
    response = client.get(f"/forms/files/{digest}")
    assert (response.content, response.headers["content-disposition"]) == (b"coats.csv", "attachment")
    assert client.get(f"/forms/files/{b64(sha256(b'nothing'))}").status_code == 404
    assert client.get("/forms/files/..%2f..%2fstore.key").status_code == 404


def test_a_picture_is_a_picture_and_a_page_is_a_download(client: httpx.Client, programme: Programme) -> None:
    headers = bearer(client, programme)
    for data, type_ in ((b"\x89PNG\r\n\x1a\nxx", "image/png"), (b"<html><script>", "application/octet-stream")):
        digest = b64(sha256(data))
        client.put(f"/forms/files/{digest}", content=data, headers=headers)
        assert client.get(f"/forms/files/{digest}").headers["content-type"] == type_


def test_a_form_whose_bytes_are_not_here_is_not_published(client: httpx.Client, programme: Programme) -> None:
    one = ready()
    draft = programme.goes_on()
    draft.write("form", one.body())
    assert published(client, draft) == ["missing_objects"]
    send(client, programme, one)
    assert published(client, draft) == [None]
    assert client.get(f"/forms/{one.version}.json").content == one.files["compiled.json"]


def test_a_published_form_is_printed_in_each_language(client: httpx.Client, programme: Programme) -> None:
    one = ready()
    one.keep(Folder(programme.settings.folder))
    assert "Неше пальто керек?" in client.get(f"/desk/paper/{one.version}/kk.html").text
    for path in (f"{one.version}/ru.html", f"{one.version}/kk", f"{b64(bytes(32))}/kk.html"):
        assert client.get(f"/desk/paper/{path}").status_code == 404


def test_a_form_that_lacks_one_of_its_files_is_not_published(client: httpx.Client, programme: Programme) -> None:
    one = ready()
    send(client, programme, msgspec.structs.replace(one, files={"compiled.json": one.files["compiled.json"]}))
    draft = programme.goes_on()
    draft.write("form", one.body())
    assert published(client, draft) == ["missing_objects"]


def test_an_entry_that_says_other_things_than_its_form_is_refused(client: httpx.Client, programme: Programme) -> None:
    one, before = ready(), programme.directory
    send(client, programme, one)
    for change, code in ({"form": "other"}, "malformed"), ({"audiences": one.body().audiences[:1]}, "wrong_audiences"):
        draft = programme.goes_on(before)
        draft.write("form", msgspec.structs.replace(one.body(), **change))
        assert published(client, draft) == [code]


def test_two_who_publish_the_same_number_do_not_both_stand(client: httpx.Client, programme: Programme) -> None:
    before = programme.directory
    one, other = ready(), ready(1, "  - {type: integer, name: hats, label: {en: Hats, kk: Бөрік}}")
    for each in (one, other):
        send(client, programme, each)
    first, second = programme.goes_on(before), programme.goes_on(before)
    first.write("form", one.body())
    second.write("form", other.body())
    assert published(client, first) == [None]
    assert published(client, second) == ["directory_moved"]


FACE = "  - {type: image, name: wound, label: {en: The wound, kk: Жара}}"
WHY = "The surgeon needs to see the wound."


def test_what_two_have_to_answer_for_is_not_published_by_one(client: httpx.Client, programme: Programme) -> None:
    one = ready(1, FACE)
    send(client, programme, one)
    draft = programme.goes_on()
    draft.write("form", one.body())
    assert published(client, draft) == ["second_person"]


def test_one_who_is_made_administrator_in_the_same_push_does_not_publish_it_either(
    client: httpx.Client, programme: Programme
) -> None:
    one = ready(1, FACE)
    send(client, programme, one)
    other = Person.new("Dana", "arrival", desk=True, tablet=False)
    draft = programme.goes_on()
    draft.write("administrator", other.administrator_body(), programme.founded.root)
    draft.write("form", one.body(), other.desk()[0])
    assert published(client, draft) == ["second_person"] * 2


def test_a_form_whose_pictures_are_not_here_is_not_published(client: httpx.Client, programme: Programme) -> None:
    shown = FORM.replace("type: integer,", "type: integer, image: {en: coat.png, kk: coat.png},") % (1, "")
    picture = b"\x89PNG\r\n\x1a\nxx"
    compiled = compile_form(from_yaml(shown, "needs.yaml"), files={"coat.png": picture})
    assert compiled.form.files
    before = programme.directory
    one = make_ready(compiled, {"needs.yaml": shown.encode()})
    send(client, programme, one)
    draft = programme.goes_on(before)
    draft.write("form", one.body())
    assert published(client, draft) == ["missing_objects"]
    whole = make_ready(compiled, {"needs.yaml": shown.encode(), "coat.png": picture})
    send(client, programme, whole)
    draft = programme.goes_on(before)
    draft.write("form", whole.body())
    assert published(client, draft) == [None]


def test_two_administrators_and_a_reason_publish_it(client: httpx.Client, programme: Programme) -> None:
    answer = look(client, programme, FORM % (1, FACE)).json()
    assert answer["second"] == ["face"]
    one = ready(1, FACE)
    assert answer["version"] == one.version
    send(client, programme, one)
    other = Person.new("Dana", "arrival", desk=True, tablet=False)
    draft = programme.goes_on()
    draft.write("administrator", other.administrator_body(), programme.founded.root)
    draft.write("reason", Reason(one.form.key, 1, unb64(one.version), WHY), other.desk()[0])
    draft.write("form", one.body(WHY))
    assert published(client, draft) == [None, None, None]
