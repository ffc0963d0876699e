"""Runs the notebooks in their fast setting and keeps the outputs of cells tagged ``stable``, which the tests compare.

``make outputs`` after something changed what they show.
"""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
STABLE = "stable"
SECONDS_A_CELL = 600


def main() -> None:
    """Only notebooks with such cells are run."""
    os.environ["INTERVIEWLAB_NOTEBOOKS_FAST"] = "1"
    for path in sorted(FOLDER.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        if any(STABLE in cell.metadata.get("tags", ()) for cell in notebook.cells):
            renew(notebook)
            nbformat.write(notebook, path)
            print(path.name)  # noqa: T201 a script


def renew(notebook: nbformat.NotebookNode) -> None:
    """Run it all, and keep what may be kept."""
    where = {"metadata": {"path": str(FOLDER)}}
    NotebookClient(notebook, timeout=SECONDS_A_CELL, kernel_name="python3", resources=where).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        if STABLE not in cell.metadata.get("tags", ()):
            cell.outputs, cell.execution_count = [], None
    for made in ("language_info", "widgets"):
        notebook.metadata.pop(made, None)


if __name__ == "__main__":
    main()
