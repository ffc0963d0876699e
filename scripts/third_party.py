"""Write THIRD_PARTY.md: Python packages of this environment, model files and the browser's client, with licences."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from interviewlab import weights

ROOT = Path(__file__).parents[1]
HEAD = """# What this is built from

Made by `make third-party` from the environment, the catalogue of model files and `scripts/livekit-client.sh`; not
edited by hand. Of all this only the LiveKit client and the names of cities are inside the wheel; the rest is fetched
from where it is published.
UNKNOWN: the metadata of the package names no licence.
"""


def main() -> None:
    """The page, whole."""
    parts = [
        HEAD,
        "## Model files\n",
        *_models(),
        "\n## In the browser\n",
        _client(),
        "\n## Names of cities\n",
        "interviewlab/resume/cities.txt, selected from GeoNames (https://www.geonames.org), CC BY 4.0.",
        "\n## Python packages\n",
        *_packages(),
    ]
    (ROOT / "THIRD_PARTY.md").write_text("\n".join(parts) + "\n", encoding="utf-8")


def _models() -> list[str]:
    rows = [
        f"| {file.upstream} | {file.filename} | {file.licence} |"
        for files in weights.list_models(weights.MODELS + weights.EXTRAS).values()
        for file in files
    ]
    return ["| from | file | licence |", "|---|---|---|", *sorted(set(rows))]


def _client() -> str:
    found = re.search(
        r"^version=(\S+)$", (ROOT / "scripts/livekit-client.sh").read_text(encoding="utf-8"), re.MULTILINE
    )
    if found is None:
        raise SystemExit("scripts/livekit-client.sh names no version.")
    return f"livekit-client {found[1]}, Apache-2.0, beside the page's own scripts with its licence."


def _packages() -> list[str]:
    command = [str(Path(sys.executable).parent / "pip-licenses"), "--from=mixed", "--format=json"]
    rows = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    lines = [
        f"| {row['Name']} | {row['Version']} | {_one_line(row['License'])} |"
        for row in rows
        if row["Name"] != "interviewlab"
    ]
    return ["| package | version | licence |", "|---|---|---|", *sorted(lines, key=str.lower)]


def _one_line(licence: str) -> str:
    first = licence.strip().split("\n")[0]
    return first if len(first) <= 80 else first[:77] + "..."


if __name__ == "__main__":
    main()
