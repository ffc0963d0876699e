"""Directions of sentences with what all have in common taken out, and what the question has: what is left tells apart.

Directions of a sentence model crowd together: any two sentences about computers are near each other. Their mean and the
few directions in which they vary most say what kind of text it is, hardly what it says (Mu and Viswanath, 2018,
"All-but-the-top"). Both are of the sentences of the bank; ``common_directions.json`` holds them.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

import numpy as np

from interviewlab.scoring.reading import Floats, unit

_TINY = np.float32(1e-9)


def uncommon(directions: Floats) -> Floats:
    """Rows of shape (sentences, dimension) at length one, less what sentences have in common.

    Of another dimension than the model's (a scripted embedder) they stay as they are.
    """
    mean, axes = _common()
    if directions.shape[1] != len(mean):
        return directions
    left = (directions - mean).astype(np.float32)
    return _at_one((left - (left @ axes.T) @ axes).astype(np.float32))


def apart_from(directions: Floats, asked: Floats | None) -> Floats:
    """The same rows with the direction ``asked`` taken out too; None where nothing was asked."""
    if asked is None:
        return directions
    return _at_one((directions - np.outer(directions @ asked, asked)).astype(np.float32))


def middle(directions: Floats) -> Floats:
    """The direction in the middle of some."""
    return unit(directions.mean(axis=0))


def common_of(directions: Floats, count: int) -> dict[str, list[list[float]]]:
    """What ``common_directions.json`` holds, of many sentences: their mean and the ``count`` main axes."""
    mean = directions.mean(axis=0)
    axes = np.linalg.svd(directions - mean, full_matrices=False)[2][:count]
    axes = axes * np.where(
        axes[:, :1] < 0, -1.0, 1.0
    )  # an axis has no sign of its own: the same data give the same bytes
    return {"mean": np.round(mean[None], 5).tolist(), "axes": np.round(axes, 5).tolist()}


def _at_one(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), _TINY), np.float32)


@cache
def _common() -> tuple[Floats, Floats]:
    data = json.loads(files("interviewlab.scoring").joinpath("common_directions.json").read_text(encoding="utf-8"))
    return np.array(data["mean"][0], np.float32), np.array(data["axes"], np.float32)
