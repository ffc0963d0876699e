"""CVs that were written and typeset apart from the parser, in many tools and styles, against their truth.

The parser was tuned on one half; the figures are those of the others, as ``python -m evals.cvs fields --half report``
``second`` and ``third_report`` print them. The bars below are what is held.
"""

from __future__ import annotations

import pytest

from evals.cvs import FOLDER, Half, count_half, summarise_fields
from tests.parts import need

BARS: dict[Half, tuple[int, float, float]] = {"report": (14, 0.88, 0.9), "second": (8, 0.91, 0.98)}
BARS["third_report"] = (6, 0.84, 0.51)
"""How many CVs, F1 of the fields and of the skills; ``second`` was written by the hand that mended the parser,
``third_report`` by one who had never read it."""


@pytest.mark.parametrize("half", BARS)
def test_cvs_kept_apart_from_the_tuning_keep_their_f1(half: Half) -> None:
    need("data", (FOLDER / "split.json").exists(), "tests/data/cvs holds no CVs")
    cvs, fields, skills = BARS[half]
    found = summarise_fields(count_half(half))
    print(found)
    assert found["cvs"] == cvs
    assert found["fields_f1"] >= fields
    assert found["skills_f1"] >= skills
