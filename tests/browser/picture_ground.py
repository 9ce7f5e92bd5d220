"""A programme whose registration asks for a picture, a signature, a sound and a file, for browser tests."""

from functools import cache
from pathlib import Path

from forms.compile import compile_form
from forms.model import decode
from forms.source import from_yaml
from server.folder import Folder
from sync.directory.bodies import Bucket, Form
from tests.browser.desk_ground import LIBRARY, Founded, Ground, kept_folder, run_copy, slot_of
from tests.programme import SITE, found_apart, found_programme

_MORE = """  - { type: image, name: paper, audience: family, label: { en: Picture of the paper, kk: Қағаздың суреті } }
  - { type: image, name: sign, audience: family, appearance: signature, label: { en: Her signature, kk: Қолы } }
  - { type: audio, name: voice, audience: family, label: { en: Her words, kk: Сөзі } }
  - { type: file, name: letter, audience: family, label: { en: The letter, kk: Хат } }

"""
_BEFORE = "  - type: text\n    name: first_need\n"


def begin_pictures(folder: Path) -> Ground:
    """A programme in `folder`, its server running."""
    return run_copy(_founded(), folder)


@cache
def _founded() -> Founded:
    programme = found_programme(kept_folder() / "data", slots=True)
    text = (LIBRARY / "registration.yaml").read_text("utf-8")
    assert _BEFORE in text
    data = compile_form(from_yaml(text.replace(_BEFORE, _MORE + _BEFORE), "registration.yaml")).data
    version = Folder(programme.settings.folder).put_form(data)
    form = decode(data)
    buckets = [Bucket(one.audience, one.bucket) for one in form.audiences]
    programme.draft.write("form", Form("registration", 2, version, buckets, []))
    people = f"people@{SITE}"
    programme.draft.grant(people, 1, programme.audiences[people], programme.people["Gulnar"].desk()[1].public)
    slots = [slot_of(programme, name) for name in ("Marat", "Gulnar")]
    found_apart(programme.settings, programme.pid, programme.draft.bundle(), slots)
    return Founded(programme, form, version)
