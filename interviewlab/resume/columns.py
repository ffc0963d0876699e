"""Where a page has two columns of text, told apart from right-aligned dates by the headings on both sides."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from interviewlab.resume.headings import section_of

LABEL_GAP = 15.0
"""Points between a label in the margin and the text it labels at most; a column keeps more from the other."""
Box = tuple[str, float, float, float]
"""Text, left and right edge, top."""


def find_split(boxes: Sequence[Box], words: Sequence[Box] = ()) -> float | None:
    """The x between two columns, or None. Both columns must hold a known heading, neither above the other.

    ``boxes`` are what stands together; where columns stand close that may reach across, so ``words`` decide, if given.
    """
    headings = sorted(
        (box for box in boxes if section_of(box[0]) and not _is_label(box, boxes)), key=lambda box: box[1]
    )
    for left, right in itertools.pairwise(headings):
        split = right[1] - 2.0
        if left[2] < split and _is_free(words or boxes, headings, split):
            return split
    return None


def _is_label(box: Box, boxes: Sequence[Box]) -> bool:
    """Whether text of the same row begins right beside it."""
    return any(abs(other[3] - box[3]) < 3 and 0 < other[1] - box[2] < LABEL_GAP for other in boxes)


def _is_free(boxes: Sequence[Box], headings: Sequence[Box], split: float) -> bool:
    """No heading lies across the split, and below the first heading hardly any text does."""
    if any(box[1] < split < box[2] for box in headings):
        return False
    top = min(box[3] for box in headings)
    below = [box for box in boxes if box[3] >= top - 1]
    crossing = sum(box[1] < split < box[2] for box in below)
    return crossing <= 0.05 * len(below)
