"""No score without evidence: quotes are exact substrings of their turns, tests exist, or the score goes."""

from __future__ import annotations

from collections.abc import Iterable

from interviewlab.types import AxisScore, Evidence, FactEvidence, QuoteEvidence, TestEvidence, Transcript


class EvidenceCheck:
    """Knows what was said and tested in each turn of one transcript."""

    def __init__(self, transcript: Transcript) -> None:
        self._said = {turn: utterance.text for turn, utterance in transcript.utterances().items()}
        self._code = {entry.turn: entry.code for entry, _ in transcript.submissions()}
        self._tests = {
            (entry.turn, test.name) for entry, result in transcript.submissions() if result for test in result.tests
        }

    def holds(self, evidence: Evidence) -> bool:
        """Whether the evidence is really there."""
        match evidence:
            case QuoteEvidence(turn=turn, quote=quote):
                return bool(quote) and (quote in self._said.get(turn, "") or quote in self._code.get(turn, ""))
            case TestEvidence(turn=turn, test=test):
                return (turn, test) in self._tests
            case FactEvidence(turn=turn):
                return turn in self._said or turn in self._code

    def keep(self, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
        """Only what holds, each once, in the order given."""
        return tuple(dict.fromkeys(item for item in evidence if self.holds(item)))

    def axis(self, axis: AxisScore) -> AxisScore:
        """The axis with the evidence that holds; without any, its score becomes "not enough evidence"."""
        kept = self.keep(axis.evidence)
        if axis.score is not None and not kept:
            return not_enough("none of the evidence could be found in the transcript")
        return axis.model_copy(update={"evidence": kept})


def not_enough(why: str, advice: Iterable[str] = ()) -> AxisScore:
    """An axis without a score, and why."""
    return AxisScore(score=None, level=None, reason=f"Not enough evidence: {why}.", advice=tuple(advice))
