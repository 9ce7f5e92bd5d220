"""A piece of the project's TypeScript, bundled for a page of a test, and a folder of such pages served."""

import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.browser.serving import Serving

ROOT = Path(__file__).resolve().parent.parent.parent


def bundle(source: str, out: Path, *options: str) -> None:
    """Bundle TypeScript `source`, which imports by paths from the project's top ("./static/src/…"), into `out`."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(_bundled(source, options))


@cache
def _bundled(source: str, options: tuple[str, ...]) -> bytes:
    node, esbuild = Path(sys.executable).parent / "node", ROOT / "static/node_modules/esbuild/bin/esbuild"
    run = subprocess.run(
        [node, esbuild, "--bundle", "--format=esm", "--target=chrome120", "--loader=ts", *options],
        input=source.encode(),
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


def serve_folder(folder: Path, log: Path) -> Serving:
    """Serve a folder as it is."""
    return Serving(
        lambda port: [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", folder], log
    )
