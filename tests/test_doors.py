"""Cryptography, SQL, randomness and the clock each stand behind one door. Lint says so; this says exactly where."""

import ast
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests import sources

# Dotted name -> the files that may use it.
PYTHON_DOORS: dict[str, tuple[str, ...]] = {
    "cryptography": ("sync/keys.py", "sync/examples/*"),  # the example stands alone on purpose
    "shamir_mnemonic": ("sync/words.py",),
    "sqlite3": ("server/store/*",),
    "aiosqlite": ("server/store/*",),
    "random": ("sync/randomness.py",),
    "secrets": ("sync/randomness.py",),
    "uuid": ("sync/randomness.py",),
    "os.urandom": ("sync/randomness.py",),
    "time.time": ("sync/clock.py",),
    "time.time_ns": ("sync/clock.py",),
    "datetime.datetime.now": ("sync/clock.py",),
    "datetime.datetime.utcnow": ("sync/clock.py",),
    "datetime.datetime.today": ("sync/clock.py",),
    "datetime.date.today": ("sync/clock.py",),
}

# Pattern in TypeScript without comments -> the files that may match.
_KEYS = ("static/src/sync/keys.ts", "static/src/sync/kem*.ts", "static/src/vault/worker.ts")
TYPESCRIPT_DOORS: dict[str, tuple[str, ...]] = {
    r"\bcrypto\s*(\.|\[|\?)": (*_KEYS, "static/src/sync/randomness.ts"),
    r"\bgetRandomValues\b|\brandomUUID\b": ("static/src/sync/randomness.ts",),
    r"\bMath\s*\.\s*random\b": (),
    r"\bDate\s*\.\s*now\b|\bnew\s+Date\s*\(\s*\)|\bnew\s+Date\b(?!\s*\()|(?<!new )(?<!\w)Date\s*\(\s*\)": (
        "static/src/sync/clock.ts",
    ),
    r"\binnerHTML\b|\bouterHTML\b|\binsertAdjacentHTML\b|\bunsafeHTML\b|\beval\s*\(|\bnew\s+Function\b": (),
}


def through_python_doors(path: str, source: str) -> set[str]:
    """Doors that a Python file goes through without leave."""
    tree = ast.parse(source)
    used = sources.names_imported(source, path)
    aliases = {
        alias.asname or alias.name: f"{module}{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in [f"{node.module}." if isinstance(node, ast.ImportFrom) and node.module else ""]
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            head, *rest = ast.unparse(node).split(".")
            if head in aliases:  # else a variable of that name
                used.add(".".join([aliases[head], *rest]))
    return {
        door
        for door, allowed in PYTHON_DOORS.items()
        if any(name == door or name.startswith(f"{door}.") for name in used)
        and not any(fnmatch(path, one) for one in allowed)
    }


def through_typescript_doors(path: str, source: str) -> set[str]:
    """Doors that a TypeScript file goes through without leave."""
    code = sources.without_comments(source)
    return {
        door
        for door, allowed in TYPESCRIPT_DOORS.items()
        if re.search(door, code) and not any(fnmatch(path, one) for one in allowed)
    }


@pytest.mark.parametrize("path", sources.python_files())
def test_a_python_file_goes_through_no_door_but_its_own(path: str) -> None:
    assert through_python_doors(path, sources.text(path)) == set()


@pytest.mark.parametrize("path", sources.typescript_files())
def test_a_typescript_file_goes_through_no_door_but_its_own(path: str) -> None:
    assert through_typescript_doors(path, sources.text(path)) == set()


@pytest.mark.parametrize(
    ("source", "door"),
    [
        ("from cryptography.hazmat.primitives import hashes", "cryptography"),
        ("import os\nos.urandom(8)", "os.urandom"),
        ("from os import urandom as u", "os.urandom"),
        ("import time as clock\nclock.time()", "time.time"),
        ("import datetime\ndatetime.datetime.now()", "datetime.datetime.now"),
        ("from datetime import datetime as moment\nmoment.now()", "datetime.datetime.now"),
        ("from datetime import date\ndate.today()", "datetime.date.today"),
        ("def late():\n    import sqlite3", "sqlite3"),
        ("from secrets import token_bytes", "secrets"),
    ],
)
def test_python_that_forces_a_door_is_seen(source: str, door: str) -> None:
    assert door in through_python_doors("server/routes/sync.py", source)


@pytest.mark.parametrize(
    ("source", "forced"),
    [
        ("await crypto.subtle.digest('SHA-256', bytes)", 1),
        ("globalThis.crypto['getRandomValues'](bytes)", 2),
        ("Math.random()", 1),
        ("const now = Date.now();", 1),
        ("const now = new Date();", 1),
        ("const then = new Date(now); // not new Date()", 0),
        ("element.innerHTML = words;", 1),
    ],
)
def test_typescript_that_forces_a_door_is_seen(source: str, forced: int) -> None:
    assert len(through_typescript_doors("static/src/tablet/home.ts", source)) == forced


@pytest.mark.parametrize("name", ["cryptography", "sqlite3", "random", "secrets", "uuid"])
def test_ruff_refuses_a_module_outside_its_door(name: str, root: Path) -> None:
    ruff = [Path(sys.executable).parent / "ruff", "check", "--no-cache", "--select", "TID251", "--stdin-filename"]
    for path, code in [("server/routes/sync.py", 1), ("sync/keys.py", 0)]:
        run = subprocess.run(
            [*ruff, path, "-"], input=f"import {name}\n", text=True, cwd=root, capture_output=True, check=False
        )
        assert run.returncode == code, run.stdout + run.stderr


def test_biome_refuses_packages_and_layers_outside_their_doors(root: Path, tmp_path: Path) -> None:
    shutil.copy(root / "static" / "biome.json", tmp_path)
    both = 'import { b } from "hpke";\nimport { a } from "../ui/x.ts";\n\nexport { a, b };\n'
    expected = {"form/bad": 2, "sync/bad": 2, "sync/keys": 1, "sync/kem": 1, "vault/worker": 1, "tablet/fine": 1}
    for name in expected:
        path = tmp_path / "src" / f"{name}.ts"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(both)
    biome = root / "static/node_modules/@biomejs/biome/bin/biome"
    node = Path(sys.executable).parent / "node"
    run = subprocess.run(
        [node, biome, "lint", "--only=style/noRestrictedImports", "--reporter=github", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stderr
    assert {name: run.stdout.count(f"/src/{name}.ts,line=") for name in expected} == expected
