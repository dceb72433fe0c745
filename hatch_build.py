"""A release's wheel holds the built web app, so that nobody who installs it needs Node.js."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MUST = "HIPWISE_APP"
"""Set to `must` where a wheel without the app is of no use: the build then fails instead."""


class AppHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the app and puts it into the wheel; not for an editable install, which finds it in `web/dist`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, and name the folder that goes into the wheel as `hipwise/app`."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        import web_build

        reason = web_build.why_not() or ("npm or vite failed; their words stand above" if web_build.build() else "")
        if not reason:
            build_data["force_include"][str(Path(self.root) / "web" / "dist")] = "hipwise/app"
            return
        if os.environ.get(MUST) == "must":
            raise SystemExit(f"The web app is not built: {reason}.")
        self.app.display_warning(f"The wheel will not hold the web app: {reason}. The command line works without it.")
