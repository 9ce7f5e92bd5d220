"""Settings: one table, read once, wrong ones named."""

from pathlib import Path

import pytest

from server.problems import Problem
from server.settings import SETTINGS, read_settings, settings_table
from tests.conftest import ROOT


def test_without_any_there_are_defaults() -> None:
    settings = read_settings({})
    assert (settings.host, settings.port, settings.folder) == ("127.0.0.1", 8420, Path("esik-data"))
    assert settings.body_limit == 4 * 2**20
    assert settings.daily_limit == 2 * 2**30
    assert settings.database == Path("esik-data/esik.db")
    assert settings.address == "http://127.0.0.1:8420"


def test_each_is_read_from_its_variable() -> None:
    settings = read_settings(
        {
            "ESIK_FOLDER": "/srv/esik",
            "ESIK_HOST": "::1",
            "ESIK_PORT": "80",
            "ESIK_DATABASE_URL": "sqlite:////var/esik/a.db",
            "ESIK_REVOKED_LIMIT": "512 KiB",
            "ESIK_TRUST_PROXY": "yes",
            "PATH": "/bin",
        }
    )
    assert settings.database == Path("/var/esik/a.db")
    assert settings.address == "http://[::1]:80"
    assert settings.revoked_limit == 512 * 1024
    assert settings.trust_proxy
    assert read_settings({"ESIK_PUBLIC_URL": "https://esik.example/"}).address == "https://esik.example"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ESIK_PORT", "many"),
        ("ESIK_PORT", "65536"),
        ("ESIK_PORT", "-1"),
        ("ESIK_BODY_LIMIT", "4 MB"),
        ("ESIK_LOG_LEVEL", "loud"),
        ("ESIK_TRUST_PROXY", "1"),
        ("ESIK_PUBLIC_URL", "esik.example"),
        ("ESIK_HOST", ""),
        ("ESIK_PROT", "80"),
    ],
)
def test_a_wrong_one_is_named(variable: str, value: str) -> None:
    with pytest.raises(Problem) as problem:
        read_settings({variable: value})
    assert (problem.value.code, problem.value.detail["setting"]) == ("setting_wrong", variable)


def test_another_database_is_refused_by_name_and_no_password_is_shown() -> None:
    with pytest.raises(Problem) as problem:
        read_settings({"ESIK_DATABASE_URL": "postgresql://me:secret@there/esik"})
    assert problem.value.code == "database_unsupported"
    assert "secret" not in str(problem.value)


def test_the_table_has_a_line_for_each() -> None:
    lines = settings_table().splitlines()
    assert [line.split()[0] for line in lines] == [setting.variable for setting in SETTINGS]
    assert all(setting.meaning in line for setting, line in zip(SETTINGS, lines, strict=True))
    assert all(setting.meaning.endswith(".") for setting in SETTINGS)


def test_the_docs_have_the_same_table() -> None:
    text = (ROOT / "server" / "SETTINGS.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `ESIK_")]
    assert rows == [
        f"| `{one.variable}` | {one.type} | {f'`{one.default}`' if one.default else ''} | {one.meaning} |"
        for one in SETTINGS
    ]
