"""The import graph points one way, in Python and in TypeScript."""

import posixpath
from fnmatch import fnmatch

import pytest

from tests import sources

MAY_IMPORT = {"server": {"server", "forms", "sync"}, "forms": {"forms"}, "sync": {"sync"}}
SERVERS_OWN = {"litestar", "aiosqlite", "jinja2", "sqlite3", "uvicorn", "asyncpg"}

TS_MAY_IMPORT = {
    "form": {"form"},
    "sync": {"sync"},
    "ui": {"ui"},
    "vault": {"vault", "sync"},
    "tablet": {"tablet", "form", "vault", "sync", "ui"},
    "desk": {"desk", "form", "vault", "sync", "ui"},
    "sw.ts": set[str](),
}
NO_PACKAGES = {"form", "sw.ts"}


def refused_python(path: str, names: set[str]) -> set[str]:
    """What a Python file at `path` imports and may not."""
    package = path.split("/", maxsplit=1)[0]
    tops = {name.split(".")[0] for name in names}
    ours = tops & {*sources.PACKAGES, "tests"}
    servers_own = set[str]() if package == "server" else tops & SERVERS_OWN
    return (ours - MAY_IMPORT[package]) | servers_own


def refused_typescript(path: str, specifiers: set[str]) -> set[str]:
    """What a TypeScript file at `path` imports and may not."""
    layer = path.removeprefix("static/src/").split("/")[0]
    refused: set[str] = set()
    for one in specifiers:
        if not one.startswith("."):
            refused |= {one} if layer in NO_PACKAGES else set()
            continue
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), one))
        inside = target.removeprefix("static/src/")
        if target.startswith("static/messages/") and layer in {"ui", "tablet", "desk"}:
            continue
        if inside == target or inside.split("/")[0] not in TS_MAY_IMPORT[layer]:
            refused.add(one)
    return refused


@pytest.mark.parametrize("path", sources.python_files())
def test_a_python_file_imports_only_what_lies_below_it(path: str) -> None:
    assert refused_python(path, sources.imported(path)) == set()


@pytest.mark.parametrize("path", [path for path in sources.typescript_files() if not fnmatch(path, "*.d.ts")])
def test_a_typescript_file_imports_only_what_lies_below_it(path: str) -> None:
    assert refused_typescript(path, sources.specifiers(sources.text(path))) == set()


def test_there_is_something_to_look_at() -> None:
    assert {path.split("/")[0] for path in sources.python_files()} == set(sources.PACKAGES)
    assert sources.typescript_files()


@pytest.mark.parametrize(
    ("path", "source", "refused"),
    [
        ("forms/model.py", "import server.app", {"server"}),
        ("forms/model.py", "from sync import ids", {"sync"}),
        ("forms/export/xlsx.py", "from ...sync import ids", {"sync"}),
        ("sync/entry.py", "def late():\n    from litestar import get", {"litestar"}),
        ("sync/entry.py", "from sync.ids import id_of", set[str]()),
        ("server/app.py", "import forms.model, sync.entry, litestar", set[str]()),
        ("server/app.py", "from tests import sources", {"tests"}),
    ],
)
def test_a_wrong_python_import_is_seen(path: str, source: str, refused: set[str]) -> None:
    assert refused_python(path, sources.names_imported(source, path)) == refused


@pytest.mark.parametrize(
    ("path", "source", "refused"),
    [
        ("static/src/form/engine.ts", 'import { seal } from "../sync/seal.ts";', {"../sync/seal.ts"}),
        ("static/src/form/engine.ts", 'import { html } from "lit";', {"lit"}),
        ("static/src/sync/deep/part.ts", 'const late = await import("../../ui/qr.ts");', {"../../ui/qr.ts"}),
        ("static/src/desk/main.ts", 'import "../tablet/main.ts";', {"../tablet/main.ts"}),
        ("static/src/tablet/main.ts", 'export * from "../form/index.ts"; import {\n a } from "idb";', set[str]()),
        ("static/src/vault/vault.ts", '// import "../ui/x.ts"', set[str]()),
    ],
)
def test_a_wrong_typescript_import_is_seen(path: str, source: str, refused: set[str]) -> None:
    assert refused_typescript(path, sources.specifiers(source)) == refused
