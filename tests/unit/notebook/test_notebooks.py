"""Notebooks read like essays: they keep few outputs, import what they use, and define nothing."""

from __future__ import annotations

import ast
import json
from collections import defaultdict
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[3] / "notebooks").glob("*.ipynb"))


STABLE = "stable"
"""Tag of cells whose outputs are kept, and compared when the notebooks run; ``make outputs`` renews them. All others
show what a model, a clock or a widget gave, and are only run."""
MOST_KEPT = 6000
"""Characters of one cell's outputs."""
LONGEST_SHARED = 100
"""Characters of a statement that two notebooks may share: opening an example is no machinery."""


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def parse(source: str) -> ast.Module:
    """A cell may await at its top level."""
    return compile(source, "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_valid_and_keeps_small_outputs_of_words_where_they_are_stable(path: Path) -> None:
    nbformat.validate(read(path))
    for cell in code_cells(path):
        is_kept = STABLE in cell.metadata.get("tags", ())
        assert (bool(cell.outputs), cell.execution_count is not None) == (is_kept, is_kept), cell.source
        assert len(json.dumps(cell.outputs)) <= MOST_KEPT, cell.source
        assert {kind.split("/")[0] for output in cell.outputs for kind in output.get("data", {})} <= {"text"}
    assert "widgets" not in read(path).metadata


def test_some_outputs_are_compared() -> None:
    assert sum(bool(cell.outputs) for path in NOTEBOOKS for cell in code_cells(path)) >= 5


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_defines_no_function_and_no_class(path: Path) -> None:
    made = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    nodes = [node for cell in code_cells(path) for node in ast.walk(parse(cell.source))]
    assert [node.name for node in nodes if isinstance(node, made)] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_tells_more_than_it_computes(path: Path) -> None:
    kinds = [cell.cell_type for cell in read(path).cells]
    assert kinds[0] == "markdown"
    assert kinds.count("markdown") >= kinds.count("code") / 2


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_splits_no_file_at_ends_of_lines_that_a_text_may_hold(path: Path) -> None:
    assert not [cell.source for cell in code_cells(path) if ".splitlines()" in cell.source]


@pytest.mark.parametrize("count", [1, 7, 20, 68])
def test_a_prompt_is_tuned_on_sets_of_any_size(count: int) -> None:
    cells = code_cells(next(path for path in NOTEBOOKS if path.stem.startswith("04")))
    statements = [each for cell in cells for each in parse(cell.source).body]
    choosing = next(each for each in statements if ast.unparse(each).startswith("some = "))
    names = {"recorded": list(range(count)), "size": lambda whole, fast: whole}
    exec(ast.unparse(choosing), names)
    assert len(names["some"]) == min(count, 20)  # type: ignore[arg-type]


def test_nothing_is_made_in_a_notebook_that_a_second_notebook_makes_too() -> None:
    """A lambda with a name is a function; a long statement in two notebooks belongs in the package."""
    places: dict[str, set[str]] = defaultdict(set)
    for path in NOTEBOOKS:
        trees = [parse(cell.source) for cell in code_cells(path)]
        statements = [each for tree in trees for each in tree.body if not isinstance(each, ast.Import | ast.ImportFrom)]
        named = [each for each in statements if isinstance(each, ast.Assign) and isinstance(each.value, ast.Lambda)]
        assert named == [], path.name
        for text in map(ast.unparse, statements):
            if len(text) > LONGEST_SHARED:
                places[text].add(path.name)
    assert {text: names for text, names in places.items() if len(names) > 1} == {}
