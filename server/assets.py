"""The static build: what is served under /assets/, and its manifest.

Rules: read once at the start and served from memory; only what the manifest lists is served; names hold a hash, so
what was served once stays right for ever. In a checkout it lies in static/dist, in a wheel in server/dist.
"""

import gzip
import time
from pathlib import Path
from typing import Final

import msgspec

from server.problems import Problem
from sync.ids import sha256

HERE: Final = Path(__file__).parent
PLACES: Final = (HERE / "dist", HERE.parent / "static" / "dist")
TYPES: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}
ATTEMPTS: Final = 10
SMALL: Final = 1024
"""Below this, compressing saves nothing."""


class _Listed(msgspec.Struct, frozen=True):
    path: str
    sha256: str
    imports: list[str] = []


class _Manifest(msgspec.Struct, frozen=True):
    release: str
    assets: dict[str, _Listed]


class Asset(msgspec.Struct, frozen=True):
    """One file, ready to be sent; `packed` is its gzip form, or None where that does not help."""

    media_type: str
    plain: bytes
    packed: bytes | None


class Assets:
    """The build of one release."""

    def __init__(
        self, release: str, files: dict[str, Asset], names: dict[str, str], imports: dict[str, list[str]]
    ) -> None:
        self.release = release
        self._files = files
        self._names = names
        self._imports = imports

    @classmethod
    def load(cls, folder: Path | None = None) -> "Assets":
        """The build in `folder`, else where it lies. Without one, a release without files: only pages miss it."""
        found = folder or next((one for one in PLACES if (one / "manifest.json").is_file()), None)
        if found is None:
            return cls("none", {}, {}, {})
        for _ in range(ATTEMPTS):
            try:
                return cls._read(found)
            except OSError:  # a build takes the place of the old one just now
                time.sleep(0.2)
        raise Problem("assets_missing", file=str(found))

    @classmethod
    def _read(cls, found: Path) -> "Assets":
        manifest = msgspec.json.decode((found / "manifest.json").read_bytes(), type=_Manifest)
        files: dict[str, Asset] = {}
        for listed in manifest.assets.values():
            data = (found / listed.path).read_bytes()
            if sha256(data).hex() != listed.sha256:
                raise Problem("assets_missing", file=listed.path, reason="not what the manifest says; build again")
            files[listed.path] = _asset(listed.path, data)
        names = {name: listed.path for name, listed in manifest.assets.items()}
        return cls(manifest.release, files, names, {one.path: one.imports for one in manifest.assets.values()})

    def url(self, name: str) -> str:
        """The address of a logical name, `styles/base.css`. Raises `assets_missing`."""
        if name not in self._names:
            raise Problem("assets_missing", file=name)
        return f"/{self._names[name]}"

    def has(self, name: str) -> bool:
        """Whether the build has this logical name."""
        return name in self._names

    def named(self, name: str) -> Asset:
        """A file by its logical name. Raises `assets_missing`."""
        return self._files[self.url(name)[1:]]

    def file(self, path: str) -> Asset | None:
        """A file by its path in the build, `assets/tablet-ABCD.js`."""
        return self._files.get(path)

    def preloads(self, name: str) -> list[str]:
        """Addresses of all that a script loads before it runs."""
        seen: list[str] = []
        waiting = list(self._imports.get(self._names.get(name, ""), []))
        while waiting:
            one = waiting.pop(0)
            if one not in seen:
                seen.append(one)
                waiting.extend(self._imports.get(one, []))
        return [f"/{one}" for one in seen]

    def listed(self, start: str) -> list[str]:
        """Logical names that begin so, sorted."""
        return sorted(name for name in self._names if name.startswith(start))


def _asset(path: str, data: bytes) -> Asset:
    ending = Path(path).suffix
    packed: bytes | None = None
    if len(data) > SMALL and ending in {".js", ".css", ".json", ".svg", ".wasm"}:
        packed = gzip.compress(data, 9, mtime=0)
        if len(packed) > len(data) * 0.9:
            packed = None
    return Asset(TYPES.get(ending, "application/octet-stream"), data, packed)
