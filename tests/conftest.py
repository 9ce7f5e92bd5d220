"""What every test shares. With ESIK_NO_SKIPS=1 a skipped test is a failed one: a gate that may skip is no gate."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
NO_SKIPS = os.environ.get("ESIK_NO_SKIPS") == "1"

# Never a timed test: the machine may be busy. The same cases each run, so that red means changed code.
settings.register_profile("esik", deadline=None, derandomize=True, database=None)
settings.load_profile("esik")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run as the server does."""
    return "asyncio"


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's top folder."""
    return ROOT


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: playwright's sync API leaves a running event loop behind, which async tests cannot share."""
    items.sort(key=lambda item: "tests/browser/" in item.nodeid)


def _as_failure(report: pytest.TestReport | pytest.CollectReport) -> None:
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"ESIK_NO_SKIPS=1, and this was skipped: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one where nothing may be skipped."""
    report = yield
    _as_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file that skips itself."""
    report = yield
    _as_failure(report)
    return report
