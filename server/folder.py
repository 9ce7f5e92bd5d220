"""The data folder: what a store needs beside its database.

    esik.db             the database (see server/store)
    store.key           the store's signing key, PKCS #8, for its receipts
    names.secret        32 random bytes: the staff ids that unknown names are answered with
    forms/<version>.json    published forms as compiled, <version> = base64url of the SHA-256 of the bytes
    forms/files/<digest>    everything else of a form, by its digest: source as given, XForm, data, pictures, sounds

Rules: files with keys are readable by their owner only; a file is whole or not there; nothing is written over.
"""

import contextlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from server.problems import Problem
from sync.ids import b64, sha256
from sync.keys import SigningKey
from sync.problems import Problem as SyncProblem
from sync.randomness import random_bytes

VERSION: Final = re.compile(r"[A-Za-z0-9_-]{43}")


class Folder:
    """One store's folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.forms = path / "forms"
        self.files = self.forms / "files"

    def create(self) -> None:
        """Make the folder, for its owner only. Raises `folder_unusable`."""
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.files.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise Problem("folder_unusable", folder=str(self.path), reason=error.strerror or "") from error

    def store_key(self) -> SigningKey:
        """The store's key, made at its first use. Raises `folder_unusable`."""
        data = self._read_or_make("store.key", lambda: SigningKey.generate().pkcs8())
        try:
            return SigningKey.from_pkcs8(data)
        except SyncProblem as error:
            raise Problem("folder_unusable", folder=str(self.path), reason="store.key is damaged") from error

    def names_secret(self) -> bytes:
        """32 bytes that nobody outside knows. Raises `folder_unusable`."""
        secret = self._read_or_make("names.secret", lambda: random_bytes(32))
        if len(secret) != 32:
            raise Problem("folder_unusable", folder=str(self.path), reason="names.secret is damaged")
        return secret

    def put_file(self, data: bytes) -> str:
        """Keep a file of a form; its digest, base64url of the SHA-256. Raises OSError."""
        self.files.mkdir(exist_ok=True, mode=0o700)
        digest = b64(sha256(data))
        self._put(self.files / digest, data)
        return digest

    def file(self, digest: str) -> bytes | None:
        """A file of a form by its digest, checked against it; None if it is not here whole."""
        return self._checked(self.files / digest, digest)

    def put_form(self, compiled: bytes) -> bytes:
        """Keep a compiled form; its version, the SHA-256 of the bytes. Raises OSError."""
        version = sha256(compiled)
        self._put(self.forms / f"{b64(version)}.json", compiled)
        return version

    def form(self, version: str) -> bytes | None:
        """The compiled bytes of a version in base64url, checked against it; None if there are none."""
        return self._checked(self.forms / f"{version}.json", version)

    def form_bytes(self, version: bytes) -> bytes | None:
        """As `form`, by the version's 32 bytes."""
        return self.form(b64(version))

    def _read_or_make(self, name: str, make: Callable[[], bytes]) -> bytes:
        path = self.path / name
        try:
            if not path.exists():
                self._put(path, make())
            return path.read_bytes()
        except OSError as error:
            raise Problem("folder_unusable", folder=str(self.path), reason=f"{name}: {error.strerror}") from error

    def _checked(self, path: Path, digest: str) -> bytes | None:
        if VERSION.fullmatch(digest) is None:
            return None
        try:
            data = path.read_bytes()
        except OSError:
            return None
        return data if b64(sha256(data)) == digest else None

    def _put(self, path: Path, data: bytes) -> None:
        """What is there stays."""
        if not path.exists():
            write_private(path, data)


def write_private(path: Path, data: bytes) -> None:
    """Write a file whole, for its owner only: a crash leaves it as it was. Raises OSError."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(file, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # a folder cannot be synced everywhere
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
