"""The project's own files, as the tests about the project itself see them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("server", "forms", "sync")
_ELSEWHERE = {".git", ".venv", ".venv-lock", "node_modules", "dist", "__pycache__", ".hypothesis", ".ruff_cache"}


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in _ELSEWHERE:
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


@cache
def files() -> tuple[str, ...]:
    """Every file that belongs to the project, as a path from its top."""
    return tuple(path.relative_to(ROOT).as_posix() for path in _walk(ROOT))


def python_files() -> list[str]:
    """Python of the three packages, without tests."""
    return [path for path in files() if path.endswith(".py") and path.split("/")[0] in PACKAGES]


def typescript_files() -> list[str]:
    """TypeScript of tablet, desk and what they stand on, without tests."""
    return [path for path in files() if path.startswith("static/src/") and path.endswith(".ts")]


def text(path: str) -> str:
    """A file's text."""
    return (ROOT / path).read_text(encoding="utf-8")


def imported(path: str) -> set[str]:
    """Dotted names that a Python file imports: `from a import b` gives both `a` and `a.b`."""
    return names_imported(text(path), path)


def names_imported(source: str, path: str) -> set[str]:
    """The same for source text; relative imports are resolved against `path`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = path.split("/")[: -node.level] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            found.add(module)
            found.update(f"{module}.{alias.name}" for alias in node.names)
    return found


_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`\w])//[^\n]*", re.DOTALL)
_SPECIFIER = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""")


def without_comments(source: str) -> str:
    """TypeScript without its comments; good enough for a search for words, not a parser."""
    return _COMMENT.sub("", source)


def specifiers(source: str) -> set[str]:
    """What TypeScript source imports, as written."""
    return set(_SPECIFIER.findall(without_comments(source)))
