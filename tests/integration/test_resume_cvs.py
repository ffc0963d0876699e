"""CVs that were written and typeset apart from the parser, in many tools and styles, against their truth.

The parser was tuned on other halves; the figures are as ``python -m evals.cvs fields --half report``, ``third_report``,
``fourth_report``, ``fifth_report`` and ``eighth_report`` print them, and as ``python -m evals.rendercv --part
report``. The bars below are what is held.
"""

from __future__ import annotations

import pytest

from evals import rendercv
from evals.cvs import FOLDER, Half, count_half, summarise_fields
from tests.parts import need

BARS: dict[Half, tuple[int, float, float]] = {"report": (14, 0.89, 0.9), "third_report": (6, 0.91, 0.57)}
BARS |= {"fourth_report": (6, 0.71, 0.87), "fifth_report": (8, 0.95, 0.87), "eighth_report": (12, 0.9, 0.97)}
"""How many CVs, F1 of the fields and of the skills; ``third_report``, ``fourth_report`` and ``eighth_report`` were
written by hands that had never read the parser."""


@pytest.mark.parametrize("half", BARS)
def test_cvs_kept_apart_from_the_tuning_keep_their_f1(half: Half) -> None:
    need("data", (FOLDER / "split.json").exists(), "tests/data/cvs holds no CVs")
    cvs, fields, skills = BARS[half]
    found = summarise_fields(count_half(half))
    print(found)
    assert found["cvs"] == cvs
    assert found["fields_f1"] >= fields
    assert found["skills_f1"] >= skills


def test_layouts_of_rendercv_kept_apart_from_the_tuning_keep_their_f1() -> None:
    found = rendercv.summarise_part("report")
    print(found)
    assert found["cvs"] >= len(found["by_layout"]) == 14
    assert found["fields_f1"] >= 0.92
    assert found["skills_f1"] >= 0.98
