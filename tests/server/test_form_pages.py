"""Form pages: one valid document per language, in which an author's words are words and nothing else."""

import re
from html.parser import HTMLParser

import pytest

from forms.compile import compile_form
from forms.source import from_yaml
from server.pages import render_page, sections
from server.words import messages
from tests.forms.samples import FORMS, compiled

HEAD = (
    "settings: {form_id: small, number: 1, title: {en: Small, ar: صغير}, subject: person, audience: medical}\nsurvey:\n"
)
VOID = ("meta", "link", "input", "br")


class Reader(HTMLParser):
    """Notes what a browser would have to repair or to run."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.used: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag not in (*VOID, "path", "circle", "rect"):
            self.open.append(tag)
        self.wrong += [f"{tag} {name}" for name in names if name == "style" or name.startswith("on")]
        self.wrong += [tag] if tag in ("script", "style") else []
        self.ids += [names["id"] or ""] if "id" in names else []
        self.used += (names.get("for") or "").split() + (names.get("aria-describedby") or "").split()

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("path", "circle", "rect") and (not self.open or self.open.pop() != tag):
            self.wrong.append(f"/{tag}")


@pytest.mark.parametrize("name", FORMS)
def test_a_page_is_whole_and_holds_nothing_that_runs(name: str) -> None:
    form = compiled(name)
    for language in form.languages:
        read = Reader()
        read.feed(render_page(form, language, style="/assets/form.css"))
        assert read.wrong == []
        assert read.open == []
        assert len(set(read.ids)) == len(read.ids)
        assert set(read.used) <= set(read.ids)


@pytest.mark.parametrize("name", FORMS)
def test_a_page_has_no_attributes_but_those_that_are_written_down(name: str) -> None:
    page = render_page(compiled(name), "en", style="/assets/form.css")
    assert set(re.findall(r"\s(data-[a-z-]+)", page)) <= {
        "data-ref", "data-kind", "data-text", "data-list", "data-ways", "data-flag-slot", "data-flag", "data-self",
        "data-sensitive", "data-capture", "data-pixels", "data-accept",
    }  # fmt: skip


def test_an_authors_words_stay_words() -> None:
    label, hint = "{en: '<script>alert(1)</script> & <b>', ar: أ}", "{en: '\"><img src=x>', ar: أ}"
    row = f"  - {{type: text, name: a, label: {label}, hint: {hint}}}\n"
    page = render_page(compile_form(from_yaml(HEAD + row)).form, "en", style='"><script>')
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in page


def test_direction_comes_from_the_language_and_english_helps_out() -> None:
    row = "  - {type: date, name: a, label: {en: A, ar: أ, fr: Ah}, ways: unknown}\n"
    form = compile_form(from_yaml(HEAD.replace("ar: صغير", "ar: صغير, fr: Petit") + row)).form
    arabic = render_page(form, "ar", style="x.css")
    assert '<html lang="ar" dir="rtl">' in arabic
    assert "غير معروف" in arabic
    assert '<html lang="en" dir="ltr">' in render_page(form, "en", style="x.css")
    french = render_page(form, "fr", style="x.css")
    assert '<span lang="en" dir="ltr">Unknown</span>' in french, "no French words here: English, and told as English"


@pytest.mark.parametrize("language", ["kk", "ru", "ar"])
def test_the_words_of_a_page_are_whole_in_every_language_of_the_families(language: str) -> None:
    english, other = messages("en", "page"), messages(language, "page")
    assert other.keys() == english.keys()
    for key, text in other.items():
        assert text.strip()
        assert set(re.findall(r"\{\w+\}", text)) <= set(re.findall(r"\{\w+\}", english[key])), key
    assert {f"time.month.{month}" for month in range(1, 13)} <= messages(language, "common").keys()


def test_a_text_that_was_never_translated_says_in_which_language_it_stands() -> None:
    rows = "  - {type: text, name: b, label: {en: B, ar: ب}}\n  - {type: select_one l, name: a, label: {en: Ask me}}\n"
    choices = "choices: [{list_name: l, name: x, label: {en: X, ar: س}}]\n"
    page = render_page(compile_form(from_yaml(HEAD + rows + choices)).form, "ar", style="x.css")
    assert '<span lang="en" dir="ltr">Ask me</span>' in page
    assert "<span>س</span>" in page


def test_a_language_that_the_form_does_not_speak_has_no_page() -> None:
    with pytest.raises(KeyError):
        render_page(compiled("family"), "fr", style="x.css")


def test_loose_questions_belong_to_the_section_before() -> None:
    found = sections(compiled("clinic"), "en")
    assert [(one.ref, one.title) for one in found] == [("", "Clinic"), ("body", "Body"), ("pregnancy", "Pregnancy")]
    assert [question.ref for question in found[1].questions][-2:] == ["region", "town"]


@pytest.mark.parametrize(
    ("level", "hours", "words"),
    [
        ("P1", "0", "Now"),
        ("P2", "1", "Within 1 hour"),
        ("P2", "24", "Within 24 hours"),
        ("P2", "48", "Within 48 hours"),
        ("P2", "72", "Within 3 days"),
        ("P3", "100", "Within 100 hours"),
        ("P3", "168", "Within 7 days"),
        ("P3", "336", "Within 2 weeks"),
        ("P4", "", "At the next visit"),
    ],
)
def test_a_deadline_is_said_as_people_say_it(level: str, hours: str, words: str) -> None:
    flag = f"{{name: f, condition: '. = 1', level: {level}, hours: '{hours}', audience: medical, at: a, action: Go}}"
    rows = f"  - {{type: integer, name: a, label: {{en: A}}}}\nflags:\n  - {flag}\n"
    page = render_page(compile_form(from_yaml(HEAD.replace(", ar: صغير", "") + rows)).form, "en", style="x.css")
    assert f"<span>{words}</span>" in page


@pytest.mark.parametrize("audience", ["psychiatric", "protection"])
def test_what_must_be_done_in_private_stands_on_no_page_and_on_no_paper(audience: str) -> None:
    flag = f"{{name: f, condition: '. = 1', level: P1, hours: 0, audience: {audience}, at: a, action: Call her}}"
    rows = f"  - {{type: integer, name: a, audience: {audience}, label: {{en: A}}}}\nflags:\n  - {flag}\n"
    form = compile_form(from_yaml(HEAD + rows)).form
    for paper in (False, True):
        assert "Call her" not in render_page(form, "en", style="x.css", paper=paper)
