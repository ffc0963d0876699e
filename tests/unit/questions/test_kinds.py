"""Each type of interview is data, and data that does not add up is refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewlab.errors import BadInput
from interviewlab.questions.bank import load_bank
from interviewlab.questions.kinds import BUNDLED, kind_of, read_kinds
from interviewlab.scoring.rubric import load_rubric
from interviewlab.types import AXES, INTERVIEW_TYPES, InterviewType


@pytest.mark.parametrize("type_", INTERVIEW_TYPES)
def test_every_type_begins_with_a_greeting_and_ends_with_a_closing(type_: InterviewType) -> None:
    stages = kind_of(type_).stages
    assert (stages[0].asks, stages[-1].asks) == ("greeting", "closing")
    assert set(load_rubric("default").weights_for(type_)) == set(AXES)


@pytest.mark.parametrize("type_", INTERVIEW_TYPES)
def test_further_areas_are_areas_of_the_bank_that_the_type_does_not_plan_on(type_: InterviewType) -> None:
    kind = kind_of(type_)
    further = {area for stage in kind.stages for area in stage.further}
    assert further <= set(load_bank().areas) - set(kind.areas)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "share: 0.85, areas: [sql",
            "share: 0.8, areas: [sql",
            "sql: the shares of the stages must add up",
        ),
        ("part: 0.7", "part: 0.6", "the parts of the questions must add up to 1, they add up to 0.9"),
        ("asks: bank, share: 0.15, areas: [resume]", "asks: bank, share: 0.15", "names its areas"),
        ("asks: cv", "asks: tea", "resume.stages.1.asks"),
        ("coding:", "cooking:", "coding, cooking"),
        ("resume:", "resume: [", "cannot be read as YAML"),
    ],
)
def test_a_plan_that_does_not_add_up_is_told_in_one_sentence(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = tmp_path / "types.yaml"
    text = BUNDLED.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(BadInput, match=r".*") as caught:
        read_kinds(path)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
