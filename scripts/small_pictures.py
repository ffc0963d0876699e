"""Make the few pictures that the documentation shows small: FOLDER_OF_PNG FOLDER_OF_WEBP."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

SHOWN = {
    "prepare": "prepare-1280-light",
    "interview": "exercise-submitted-1280-dark",
    "feedback": "feedback-800-light",
    "progress": "progress-1280-light",
}
WIDTH, HEIGHT = 900, 720


def shrink(source: Path, target: Path) -> None:
    """The upper part of a picture, ``WIDTH`` wide and at most ``HEIGHT`` high."""
    with Image.open(source) as whole:
        wide = whole.convert("RGB").resize((WIDTH, round(whole.height * WIDTH / whole.width)), Image.Resampling.LANCZOS)
    wide.crop((0, 0, WIDTH, min(HEIGHT, wide.height))).save(target, "WEBP", quality=80, method=6)


if __name__ == "__main__":
    pictures, small = map(Path, sys.argv[1:3])
    small.mkdir(parents=True, exist_ok=True)
    for name, shot in SHOWN.items():
        shrink(pictures / f"{shot}.png", small / f"{name}.webp")
