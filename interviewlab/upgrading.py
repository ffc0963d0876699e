"""Documents of earlier releases, brought to the present shape one version at a time.

A field that is added with a default needs no step. One that is renamed, split or taken away does: the schema's number
goes up, and the step from the old number stands in its table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from interviewlab.errors import BadInput, DataTooNew

Document = Mapping[str, Any]
Step = Callable[[Document], Document]

REPORT_STEPS: Mapping[int, Step] = {}
"""By the version that a step reads; each release of this table so far has been version 1."""


def bring_up(document: Document, present: int, steps: Mapping[int, Step], what: str) -> Document:
    """The document in version ``present``; without a number it is of version 1. Raises DataTooNew, BadInput."""
    version = document.get("schema", 1)
    if not isinstance(version, int) or version > present:
        raise DataTooNew(
            f"This {what} has schema {version}, and {present} is the newest known here.", "Upgrade InterviewLab."
        )
    if version < 1:
        raise BadInput(f"This {what} has schema {version}, and the first one is 1.", "Mend its field 'schema'.")
    for old in range(version, present):
        document = {**steps[old](document), "schema": old + 1}
    return document
