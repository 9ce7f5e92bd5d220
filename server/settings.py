"""Every setting, in one table.

Rules: a setting is an environment variable `ESIK_<NAME>`; nothing else configures the server; a value that cannot be
used is `setting_wrong` at the start, never a surprise later. Help and docs print this table.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from server.problems import Problem

MIB: Final = 1024 * 1024
LOG_LEVELS: Final = ("debug", "info", "warning", "error")
SQLITE: Final = "sqlite:///"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a server is started with. Sizes in bytes."""

    folder: Path
    host: str
    port: int
    public_url: str
    database_url: str
    body_limit: int
    daily_limit: int
    revoked_limit: int
    trust_proxy: bool
    log_level: str

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return Path(self.database_url.removeprefix(SQLITE)) if self.database_url else self.folder / "esik.db"

    @property
    def address(self) -> str:
        """Where people reach this server, without a slash at the end: `public_url`, else host and port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"


class Setting(msgspec.Struct, frozen=True):
    """One row of the table: `default` as it would be written, `meaning` a sentence."""

    name: str
    type: str
    default: str
    meaning: str
    read: Callable[[str], Any]

    @property
    def variable(self) -> str:
        """The environment variable's name."""
        return f"ESIK_{self.name.upper()}"


def _size(text: str) -> int:
    """Bytes, or a number with KiB, MiB or GiB."""
    for unit, factor in (("KiB", 1024), ("MiB", MIB), ("GiB", 1024 * MIB)):
        if text.endswith(unit):
            return _whole(text.removesuffix(unit).strip()) * factor
    return _whole(text)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise ValueError(text)
    return int(text)


def _port(text: str) -> int:
    port = _whole(text)
    if port > 65535:
        raise ValueError(text)
    return port


def _level(text: str) -> str:
    if text not in LOG_LEVELS:
        raise ValueError(text)
    return text


def _switch(text: str) -> bool:
    return {"yes": True, "no": False}[text]


def _address(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise ValueError(text)
    return text.rstrip("/")


def _database(text: str) -> str:
    if text and not (text.startswith(SQLITE) and len(text) > len(SQLITE)):
        raise Problem("database_unsupported", value=text.split(":", 1)[0], expected=f"{SQLITE}FILE")
    return text


def _host(text: str) -> str:
    if not text or text != text.strip():
        raise ValueError(text)
    return text


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting("folder", "folder", "esik-data", "Where the database, the store's key and the forms lie.", Path),
    Setting("host", "address", "127.0.0.1", "The address to listen on.", _host),
    Setting("port", "number", "8420", "The port to listen on.", _port),
    Setting("public_url", "URL", "", "The address in invitation links; host and port when empty.", _address),
    Setting("database_url", "URL", "", "sqlite:///FILE; esik.db in the folder when empty.", _database),
    Setting("body_limit", "size", "4MiB", "The largest bundle taken over HTTP.", _size),
    Setting("daily_limit", "size", "2GiB", "What one key may send in 24 hours.", _size),
    Setting("revoked_limit", "size", "64MiB", "What a revoked key may still send, in all.", _size),
    Setting("trust_proxy", "yes or no", "no", "Take a client's address from X-Forwarded-For.", _switch),
    Setting("log_level", "word", "info", "debug, info, warning or error; never a body at any level.", _level),
)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from environment variables. Raises `setting_wrong`, `database_unsupported`."""
    known = {setting.variable for setting in SETTINGS}
    for variable in environment:
        if variable.startswith("ESIK_") and variable not in known and variable != "ESIK_NO_SKIPS":
            raise Problem("setting_wrong", setting=variable, reason="there is no such setting")
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        text = environment.get(setting.variable, setting.default)
        try:
            values[setting.name] = setting.read(text)
        except (ValueError, KeyError) as error:
            raise Problem("setting_wrong", setting=setting.variable, value=text, expected=setting.type) from error
    return Settings(**values)


def settings_table() -> str:
    """The table as plain text, one setting a line, for help."""
    rows = [(s.variable, s.type, s.default or "-", s.meaning) for s in SETTINGS]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        "  ".join([*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), row[3]]) for row in rows
    )
