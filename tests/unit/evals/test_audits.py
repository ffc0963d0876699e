"""Each audit catches a judge that has the fault it looks for, and clears one that has not."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest

from evals.audits import NAMES, paraphrase, run_audits, self_preference, swap_accent, without_quotes
from evals.candidates import injection_texts
from evals.dataset import Sample
from evals.scorer import Score
from interviewlab.types import KeyPoint

POINTS = tuple(KeyPoint(id=f"p{n}", text=text, weight=1, follow_up="") for n, text in enumerate(("lock", "one holder")))
ANSWERS = (
    "A mutex is a lock because the threads do not share. It has one holder. These wait.",
    "It is a lock. It has one holder.",
    "There is one holder. A thread is a thread.",
)
SAMPLES = [Sample(n, f"q{n}", "What is a mutex?", answer, POINTS, id=str(n)) for n, answer in enumerate(ANSWERS)]


class ScriptedJudge:
    """Finds key points word for word, and has the fault it is given: something added to the score."""

    name = "scripted"

    def __init__(self, fault: Callable[[Sample], float] = lambda sample: 0.0) -> None:
        self._fault = fault

    def score_all(self, samples: Sequence[Sample]) -> list[Score]:
        return [self._score(sample) for sample in samples]

    def _score(self, sample: Sample) -> Score:
        found = tuple({"key_point": p.text, "quote": p.text} for p in sample.target if p.text in sample.answer)
        fair = len(found) / len(sample.target) * 0.5
        return Score(min(1.0, fair + self._fault(sample)), None, found)


FAULTS: dict[str, Callable[[Sample], float]] = {
    "order swap": lambda sample: 0.2 * (sample.target[0].text == "lock"),
    "verbosity": lambda sample: min(0.4, len(sample.answer) / 500),
    "name swap": lambda sample: 0.2 * (not any(name in sample.answer for name in NAMES)),
    "accent swap": lambda sample: (
        0.2 * (" a " in sample.answer or "These" in sample.answer or "do not" in sample.answer)
    ),
    "injection": lambda sample: 0.4 * any(text in sample.answer for text in injection_texts()),
    "paraphrase": lambda sample: 0.2 * ("because" in sample.answer),
    "truncation": lambda sample: 0.4 * (len(sample.answer) < 40),
    "evidence deletion": lambda sample: 0.5,
}


def broken(judge: ScriptedJudge) -> dict[str, float]:
    results = run_audits(judge, SAMPLES, seed=0)
    return {name: result["broken"] for name, result in results.items() if "broken" in result}


@pytest.mark.parametrize(
    ("change", "said", "changed"),
    [
        (swap_accent, "This assumption is an idea; bathe a cat.", "This assumption is idea; bathe cat."),
        (paraphrase, "Of how many? Many, because of many.", "Of how many? Many, because of a lot of."),
    ],
)
def test_whole_words_alone_are_exchanged(
    change: Callable[[Sample, random.Random], Sample | None], said: str, changed: str
) -> None:
    found = change(Sample(0, "q", "What?", said, POINTS), random.Random(0))
    assert found is not None
    assert found.answer == changed


def test_a_fair_judge_passes_every_audit() -> None:
    assert broken(ScriptedJudge()) == dict.fromkeys(FAULTS, 0.0)


@pytest.mark.parametrize("name", [name for name in FAULTS if name != "evidence deletion"])
def test_a_judge_with_a_fault_is_caught_by_its_audit(name: str) -> None:
    assert broken(ScriptedJudge(FAULTS[name]))[name] > 0


def test_a_score_that_stays_when_its_evidence_is_gone_is_caught() -> None:
    class Stubborn(ScriptedJudge):
        def _score(self, sample: Sample) -> Score:
            return Score(0.8, None, super()._score(sample).found)

    assert broken(Stubborn())["evidence deletion"] == 1.0


def test_quotes_inside_one_another_are_all_taken_away() -> None:
    score = Score(1.0, None, ({"key_point": "x", "quote": "a lock"}, {"key_point": "y", "quote": "It is a lock."}))
    assert without_quotes(SAMPLES[1], score).answer.strip() == "It has one holder."


def test_a_judge_that_prefers_its_own_answers_is_measured_against_people() -> None:
    own = Sample(1, "q", "?", "x", POINTS, human=0.5, author="scripted")
    other = Sample(2, "q", "?", "y", POINTS, human=0.5, author="somebody")
    found = self_preference([(own, Score(0.9, None)), (other, Score(0.4, None))], "scripted", 0)
    assert (found["own"], found["others"], found["preference"]) == (0.4, -0.1, 0.5)


def test_without_answers_of_its_own_self_preference_says_why_not() -> None:
    assert "names 'scripted' as its author" in run_audits(ScriptedJudge(), SAMPLES, 0)["self-preference"]["why_not"]
