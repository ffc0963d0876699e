"""Notebooks read like essays: they are kept without outputs, import what they use, and define nothing."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[3] / "notebooks").glob("*.ipynb"))


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
def test_a_notebook_is_valid_and_kept_without_outputs(path: Path) -> None:
    nbformat.validate(read(path))
    assert [cell.outputs for cell in code_cells(path) if cell.outputs] == []
    assert {cell.execution_count for cell in code_cells(path)} == {None}


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
