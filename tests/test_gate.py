"""The gate itself: where nothing may be skipped, a skipped test is a failed one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SKIPS = {
    "a test that skips itself": 'import pytest\n\n\ndef test_one() -> None:\n    pytest.skip("no Chromium")\n',
    "a file that skips itself": 'import pytest\n\npytest.skip("no Chromium", allow_module_level=True)\n',
    "a marked test": 'import pytest\n\n\n@pytest.mark.skip(reason="no Chromium")\ndef test_one() -> None:\n    ...\n',
    "a fixture that skips": (
        'import pytest\n\n\n@pytest.fixture\ndef one() -> None:\n    pytest.skip("no Chromium")\n\n\n'
        "def test_one(one: None) -> None:\n    ...\n"
    ),
}


@pytest.mark.parametrize(("gate", "code"), [("1", 1), ("", 0)])
def test_a_skip_is_a_failure_only_at_the_gate(root: Path, tmp_path: Path, gate: str, code: int) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    for number, source in enumerate(SKIPS.values()):
        (tmp_path / f"test_skipping_{number}.py").write_text(source)
    (tmp_path / "test_fine.py").write_text("def test_fine() -> None: ...\n")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", "--continue-on-collection-errors", tmp_path],
        cwd=tmp_path,
        env={**os.environ, "ESIK_NO_SKIPS": gate, "PYTHONPATH": str(root), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == code, run.stdout
    summary = run.stdout.strip().splitlines()[-1]
    assert ("skipped" in summary) is (not gate), summary
    assert "1 passed" in summary
    if gate:
        assert all(f"test_skipping_{number}.py" in run.stdout for number in range(len(SKIPS)))
