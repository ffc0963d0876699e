"""Render every layout with the people of its part: ``python render.py [PART]`` writes ``pdf/LAYOUT-PERSON.pdf``.

Needs Python 3.12 or newer and ``pip install "rendercv[full]==2.8"`` in an environment of its own. A theme is rendered
with all people of its part, an option of a design with two of them in turn.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

HERE = Path(__file__).parent
OF_AN_OPTION = 2
"""People in an option's layout."""


def cases(part: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Layout, person and design of each CV of a part."""
    plan = YAML(typ="safe").load(HERE / "layouts.yaml")
    people = [*plan["people"]["both"], *plan["people"][part]]
    themes, names = plan["themes"], plan["parts"][part]
    for theme in (*themes["shared"], *(name for name in names if name in themes["others"])):
        yield from ((theme, person, {"theme": theme}) for person in people)
    turns = itertools.cycle(people)
    for option in (*(pair[side] for pair in plan["options"] for side in "ab"), *plan["more"]):
        if option["name"] in names:
            yield from ((option["name"], next(turns), option["design"]) for _ in range(OF_AN_OPTION))


def render(layout: str, person: str, design: dict[str, Any]) -> None:
    """One CV, by RenderCV's own command."""
    source = YAML(typ="safe").load(HERE / "people" / f"{person}.yaml")
    source.pop("truth")
    target = HERE / "pdf" / f"{layout}-{person}.pdf"
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cv.yaml"
        YAML().dump(source | {"design": design, "settings": {"current_date": "2026-11-01"}}, path)
        command = ["rendercv", "render", str(path), "--pdf-path", str(target), "-nomd", "-nohtml", "-nopng"]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    for part in sys.argv[1:] or ("tune", "report"):
        for case in cases(part):
            render(*case)
