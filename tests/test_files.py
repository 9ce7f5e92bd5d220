"""Files stay small, say what they are for, and carry nothing of the place they were written at."""

import ast
import re

import pytest

from tests import sources

CODE = (".py", ".ts", ".mjs", ".css", ".sql", ".html", ".j2", ".sh")
MOST_LINES = 400

# Written in pieces, or this file would name them itself.
FOREIGN = re.compile(
    "|".join(
        [
            "/wor" + "k/",
            "/tm" + "p/",
            "/opt" + "/",
            r"registry\.np" + "mjs",
            r"pythonhost" + "ed",
            r"pypi\.or" + "g/simple",
        ]
    )
)
BINARY = (".png", ".ico", ".woff2", ".xlsx", ".xls", ".bin", ".jpg", ".webp", ".pdf", ".db")


@pytest.mark.parametrize("path", [path for path in sources.files() if path.endswith(CODE)])
def test_a_file_of_code_can_be_read_in_one_sitting(path: str) -> None:
    assert sources.text(path).count("\n") <= MOST_LINES


@pytest.mark.parametrize("path", [path for path in sources.files() if not path.endswith(BINARY)])
def test_a_file_names_no_place_of_its_makers(path: str) -> None:
    found = FOREIGN.search(sources.text(path))
    assert found is None, f"{path}: {found}"


@pytest.mark.parametrize(
    "path", [*sources.python_files(), *(p for p in sources.files() if p.startswith("tests/") and p.endswith(".py"))]
)
def test_a_python_module_opens_with_its_purpose(path: str) -> None:
    assert ast.get_docstring(ast.parse(sources.text(path)))


@pytest.mark.parametrize("path", sources.typescript_files())
def test_a_typescript_module_opens_with_its_purpose(path: str) -> None:
    assert sources.text(path).startswith(("/**", "//"))


def test_locks_are_whole() -> None:
    python = sources.text("requirements.lock")
    for one in re.split(r"\n(?=\S)", python.strip()):
        assert "--hash=sha256:" in one, one.splitlines()[0]
    assert '"resolved"' not in sources.text("static/package-lock.json")
