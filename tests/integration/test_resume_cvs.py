"""CVs that were written and typeset apart from the parser, in many tools and styles, against their truth.

The parser was tuned on one half; the figures are those of the other, as ``python -m evals.cvs fields --half report``
prints them. The bars below are what is held.
"""

from __future__ import annotations

from evals.cvs import FOLDER, count_half, summarise_fields
from tests.parts import need


def test_cvs_kept_apart_from_the_tuning_keep_their_f1() -> None:
    need("data", (FOLDER / "split.json").exists(), "tests/data/cvs holds no CVs")
    found = summarise_fields(count_half("report"))
    print(found)
    assert found["cvs"] >= 10
    assert found["fields_f1"] >= 0.86
    assert found["skills_f1"] >= 0.84
