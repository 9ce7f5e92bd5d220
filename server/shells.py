"""The pages around the two programs, and the chooser: small, the same for everybody, rendered once at the start.

Rules: no script or style but the build's; what they say without a script is said in both languages; the release stands
in `<meta name="esik-release">`, so that a page and its service worker can tell whether they belong together.
"""

from pathlib import Path
from typing import Final

import msgspec

from server.assets import Assets
from server.templating import templates

STYLES: Final = {
    "tablet": ("styles/tokens.css", "styles/base.css", "styles/form.css", "styles/tablet.css"),
    "desk": ("styles/tokens.css", "styles/base.css", "styles/desk.css"),
    "chooser": ("styles/tokens.css", "styles/base.css", "styles/chooser.css"),
}
"""In this order; those that the build does not have are left out."""
THEME: Final = {"theme_color": "#ffffff", "background_color": "#ffffff"}

_templates: Final = templates()


def shell(assets: Assets, program: str) -> str:
    """The page that starts `tablet` or `desk`. Raises `assets_missing`."""
    script = f"{program}/main.js"
    return _templates.get_template("shell.html").render(
        program=program,
        release=assets.release,
        script=assets.url(script),
        preloads=assets.preloads(script),
        styles=_styles(assets, program),
        icon=_icon(assets),
    )


def chooser(assets: Assets) -> str:
    """The page at `/`: tablet or desk."""
    return _templates.get_template("chooser.html").render(
        release=assets.release, styles=_styles(assets, "chooser"), icon=_icon(assets)
    )


def web_manifest(assets: Assets) -> bytes:
    """The tablet as an app that can be installed."""
    icons = [
        {
            "src": assets.url(name),
            "sizes": _sizes(name),
            "type": assets.named(name).media_type,
            "purpose": _purpose(name),
        }
        for name in assets.listed("icons/app")
    ]
    about = {
        "id": "/tablet/",
        "name": "Esik",
        "short_name": "Esik",
        "start_url": "/tablet/",
        "scope": "/tablet/",
        "display": "standalone",
        **THEME,
        "icons": icons,
    }
    return msgspec.json.encode(about)


def _styles(assets: Assets, page: str) -> list[str]:
    return [assets.url(name) for name in STYLES[page] if assets.has(name)]


def _icon(assets: Assets) -> str | None:
    return next((assets.url(name) for name in assets.listed("icons/") if name.endswith(".svg")), None)


def _sizes(name: str) -> str:
    """From the name, `icons/app-192.png`; a drawing fits any size."""
    size = Path(name).stem.rpartition("-")[2]
    return f"{size}x{size}" if size.isdigit() else "any"


def _purpose(name: str) -> str:
    return "maskable" if "maskable" in name else "any"
