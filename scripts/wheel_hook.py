"""When a wheel is built, LiveKit's browser client is put into it, from npm; without npm the page uses its CDN."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LiveKitClient(BuildHookInterface):  # type: ignore[type-arg]  # of a build backend, not installed to run
    """Runs ``scripts/livekit-client.sh`` before the files are gathered."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Nothing fails without it. An editable install is left alone."""
        script = Path(self.root) / "scripts" / "livekit-client.sh"
        if version != "editable" and script.is_file():
            subprocess.run([str(script)], check=False)
