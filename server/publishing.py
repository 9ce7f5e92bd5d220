"""From a file to a version that can be published: what is kept of it, and what the directory has to say to it.

Rules: the bytes of a version are whole in the folder before its `form` entry is written, so that a crash between leaves
bytes that nobody names, never a form that nobody has; the version commits to what the form was made from, byte for
byte; who signs is somebody else (server/cli/forms_publish.py, the desk).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from forms.compile import Compiled, compile_form
from forms.content import check_content, needs_second
from forms.model import CompiledForm, decode, digest, encode
from forms.problems import Finding
from forms.problems import Problem as FormProblem
from forms.repair import Repair
from forms.source import Source
from forms.written import to_yaml
from server.folder import Folder
from sync.directory.bodies import Bucket, File, Form
from sync.directory.view import View
from sync.ids import b64, sha256, unb64
from sync.keys import key_id
from sync.problems import Problem

COMPILED: Final = "compiled.json"
XFORM: Final = "form.xml"
REPAIRED: Final = "repaired.yaml"
SOURCE: Final = "source/"
"""Before the names of the files that a form was made from."""
MOST_FILES: Final = 200
KEY: Final = re.compile(r"[a-z][a-z0-9_-]{0,63}")
"""What the directory takes as a form's key."""


class Ready(msgspec.Struct, frozen=True):
    """A version with everything that is kept of it. `files`: by the names that the directory lists."""

    form: CompiledForm
    version: str
    files: dict[str, bytes]
    findings: list[Finding]

    @property
    def second(self) -> list[Finding]:
        """What a second administrator has to answer for too."""
        return needs_second(self.findings)

    def body(self, reason: str | None = None) -> Form:
        """What the directory says of it."""
        return Form(
            self.form.key, self.form.number, unb64(self.version),
            [Bucket(one.audience, one.bucket) for one in self.form.audiences],
            [File(name, sha256(data), len(data)) for name, data in sorted(self.files.items())],
            reason,
        )  # fmt: skip

    def keep(self, folder: Folder) -> None:
        """Its bytes into the folder; doing it again changes nothing. Raises OSError."""
        for name, data in self.files.items():
            if name != COMPILED:
                folder.put_file(data)
        folder.put_form(self.files[COMPILED])


def make_ready(
    compiled: Compiled, given: Mapping[str, bytes], source: Source | None = None, repaired: Sequence[Repair] = ()
) -> Ready:
    """A version of a compiled form that commits to `given`: the file and all beside it, as given, by name. `source` is
    kept too when it was `repaired`."""
    if len(given) > MOST_FILES:
        raise FormProblem([Finding("form_value", {"value": str(len(given)), "allowed": f"at most {MOST_FILES} files"})])
    form = msgspec.structs.replace(compiled.form, source={name: digest(data) for name, data in sorted(given.items())})
    data = encode(form)
    files = {COMPILED: data, XFORM: compiled.xform.encode(), **{f"{SOURCE}{name}": one for name, one in given.items()}}
    if source is not None and repaired:
        files[REPAIRED] = to_yaml(source).encode()
    return Ready(form, digest(data), files, compiled.warnings)


def library_form(text: bytes, name: str) -> Ready:
    """A form that comes with Esik, under the library's rules. Raises forms' Problem."""
    from forms.sources import read

    return make_ready(compile_form(read(text, name), library=True), {name: text})


def next_number(directory: View, key: str) -> int:
    """The number that the form's next version has to have: they have no holes."""
    return max((one.number for one in directory.forms.values() if one.form == key), default=0) + 1


def check_directory(directory: View, form: CompiledForm, version: str) -> list[Finding]:
    """What of the directory keeps this version from being published."""
    listed = directory.forms.get(unb64(version))
    if listed is not None:
        return [Finding("form_published", {"name": form.key, "number": str(listed.number)})]
    findings: list[Finding] = []
    if not KEY.fullmatch(form.key):
        values = {"value": form.key, "allowed": "small letters, digits, _ and -, a letter first"}
        findings.append(Finding("form_value", values, "settings", 0, "form_id", repair="head"))
    following = next_number(directory, form.key)
    if form.number != following:
        values = {"number": str(form.number), "name": form.key, "next": str(following)}
        findings.append(Finding("form_number", values, "settings", 0, "number"))
    for audience in form.audiences:
        findings += [Finding("form_unheld", {"audience": one}) for one in _unheld(directory, audience.audience)]
    return findings


def _unheld(directory: View, audience: str) -> list[str]:
    """Epochs are made per site for `people`: every site that has begun has to have somebody. A site
    without an epoch has no tablets that seal."""
    begun = [f"people@{site}" for site in directory.sites if directory.audiences.get(f"people@{site}")]
    names = begun or [audience] if audience == "people" else [audience]
    return [name for name in names if not _is_held(directory, name)]


def _is_held(directory: View, audience: str) -> bool:
    """Whether somebody other than recovery opens what is sealed to it now."""
    epochs = directory.audiences.get(audience, [])
    return any(
        grant.body.audience == audience
        and grant.body.epoch == len(epochs)
        and grant.body.reader != key_id(directory.recovery)
        and directory.stands(grant.body.reader)
        for grant in directory.grants.values()
    )


def check_kept(folder: Folder, body: Form) -> None:
    """What a centre asks of a `form` entry before it stands. Raises `missing_objects`, `malformed`, `wrong_audiences`,
    `second_person`."""
    data = folder.form_bytes(body.version) or folder.file(b64(body.version))
    if data is None or any(_lacks(folder, one) for one in body.files if one.hash != body.version):
        raise Problem("missing_objects")
    try:
        form = decode(data)
    except FormProblem as problem:
        raise Problem("malformed", reason="form") from problem
    if (body.form, body.number) != (form.key, form.number):
        raise Problem("malformed", reason="key or number of the form")
    if [(one.audience, one.bucket) for one in body.audiences] != [(one.audience, one.bucket) for one in form.audiences]:
        raise Problem("wrong_audiences")
    if any(folder.file(one.digest) is None for one in form.files.values()):
        raise Problem("missing_objects")
    if body.reason is None and needs_second(check_content(form, {})):
        raise Problem("second_person")
    try:
        folder.put_form(data)
    except OSError as error:
        raise Problem("missing_objects") from error


def _lacks(folder: Folder, file: File) -> bool:
    data = folder.file(b64(file.hash))
    return data is None or len(data) != file.size
