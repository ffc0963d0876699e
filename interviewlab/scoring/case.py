"""The case before the judge: the transcript sorted by question and exercise, with the facts the hall gathered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from interviewlab.scoring.addressed import sift, sift_code
from interviewlab.scoring.grader import TAKEN_BACK, AnswerGrader, merge_found, take_back
from interviewlab.scoring.retraction import drop_from_turns
from interviewlab.scoring.stories import STORIES
from interviewlab.scoring.text import sentences, stems, words
from interviewlab.types import (
    NOT_AN_ANSWER,
    Assessment,
    AssessmentEntry,
    CodeFacts,
    CodePart,
    DeliveryFacts,
    Exercise,
    Found,
    Ignored,
    Question,
    QuestionScore,
    QuoteEvidence,
    Reply,
    RunResult,
    SubmissionEntry,
    Transcript,
    Utterance,
)

ASKING = ("ask", "follow_up")
"""Moves that are always about a question."""


@dataclass(frozen=True)
class Answered:
    """One question with every answer given to it."""

    question: Question
    turns: tuple[int, ...]
    assessments: tuple[Assessment, ...]
    whole: Assessment
    """All turns together, as one answer: what was added when asked further counts as if said at once."""
    unasked: frozenset[str] = frozenset()
    """Key points that nothing asked for and nobody told: no want of the answer."""
    strayed: float = 0.0
    """Share of what was said that has hardly to do with a technical question, in [0, 1]."""

    @property
    def is_story(self) -> bool:
        """Whether it asks for something of the candidate's own life."""
        return self.question.area in STORIES

    @property
    def found(self) -> tuple[Found, ...]:
        """The best evidence for each key point over all turns; none where all was taken back.

        An answer is given over several turns: what only shows when they are taken together is shown too.
        """
        return () if self.whole.reason == TAKEN_BACK else merge_found((*self.assessments, self.whole))

    @property
    def score(self) -> float | None:
        """The score of all turns together; None where no turn could be judged."""
        return None if all(a.score is None for a in self.assessments) else self.whole.score

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """What was wrongly said in any turn, or shows when they are taken together, with what is right."""
        return tuple(dict.fromkeys(text for a in (*self.assessments, self.whole) for text in a.misconceptions))

    def to_score(self) -> QuestionScore:
        """As a row of the report."""
        have = {hit.key_point for hit in self.found}
        missing = tuple(p.text for p in self.question.key_points if p.id not in have | self.unasked)
        return QuestionScore(
            question_id=self.question.id,
            text=self.question.text,
            score=None if self.score is None else round(self.score, 4),
            found=self.found,
            missing=missing,
            reason=self.whole.reason,
            interval=None if self.score is None else self.whole.interval,
            misconceptions=self.misconceptions,
            stronger=_stronger(missing),
        )


def _stronger(missing: tuple[str, ...]) -> str:
    """The missing points as what a stronger answer would have said."""
    return (
        "A stronger answer would also have said: " + " ".join(_as_sentence(text) for text in missing) if missing else ""
    )


def _as_sentence(text: str) -> str:
    bare = text.strip()
    return bare if bare.endswith((".", "!", "?")) else f"{bare}."


@dataclass(frozen=True)
class Handed:
    """One submission with its exercise, result and facts."""

    entry: SubmissionEntry
    result: RunResult | None
    exercise: Exercise | None
    facts: CodeFacts | None

    @property
    def pass_share(self) -> float:
        """Share of tests passed, in [0, 1]."""
        return self.result.passed / len(self.result.tests) if self.result and self.result.tests else 0.0


@dataclass(frozen=True)
class Case:
    """All the judge looks at."""

    said: Mapping[int, Utterance]
    """By turn, with what is addressed to the grader blanked out: places and quotes stay exact."""
    replies: Mapping[int, Reply]
    answered: tuple[Answered, ...]
    handed: tuple[Handed, ...]
    delivery: DeliveryFacts | None
    unknown: tuple[str, ...] = field(default=())
    """Ids of questions that no bank knows."""
    code_parts: Mapping[CodePart, float] = field(default_factory=dict)
    """How much each part of code quality weighs."""
    ignored: tuple[Ignored, ...] = field(default=())
    """Text addressed to the grader, in answers and in code, and what is in a language that is not read."""
    unplaced: tuple[int, ...] = field(default=())
    """Turns in which something was said, and nothing tells to which question."""

    def hints(self, exercise_id: str | None) -> int:
        """How many hints were given for an exercise."""
        return sum(r.move == "hint" and r.exercise_id == exercise_id for r in self.replies.values())


TELLS = 4
"""Words from which a sentence can be shown as evidence, whatever they are."""
_FILLERS = frozenset(
    stems("yeah yes yep no right okay ok sure well so absolutely exactly great good fine hmm um uh question")
)


def openings(case: Case, answered: Answered) -> tuple[QuoteEvidence, ...]:
    """What each answer to a question rests on, the longest answer first: the words that show its strongest key point,
    else the first sentence that tells something. A bare "Right." is shown only where nothing else was said."""
    turns = sorted(answered.turns, key=lambda turn: -len(words(case.said[turn].text)))
    told = [(turn, quote) for turn in turns if (quote := _telling(case.said[turn].text, answered, turn))]
    shown = [(turn, quote) for turn, quote in told if not _is_filler(quote)] or told[:1]
    return tuple(QuoteEvidence(turn=turn, quote=quote) for turn, quote in shown)


def _telling(text: str, answered: Answered, turn: int) -> str:
    hits = [hit for a in answered.assessments if a.turn == turn for hit in a.found if hit.quote in text]
    if hits:
        return max(hits, key=lambda hit: hit.strength).quote
    said = sentences(text)
    long = next((sentence for sentence in said if len(words(sentence)) >= TELLS), "")
    return long or max(said, key=lambda sentence: (not _is_filler(sentence), len(words(sentence))), default="")


def _is_filler(sentence: str) -> bool:
    return set(stems(sentence)) <= _FILLERS


def build_case(
    transcript: Transcript,
    grader: AnswerGrader,
    questions: Mapping[str, Question],
    exercises: Mapping[str, Exercise],
    facts: Mapping[int, CodeFacts],
    delivery: DeliveryFacts | None,
    code_parts: Mapping[CodePart, float],
) -> Case:
    """Sort a transcript for the judge; every answer is graded afresh from its words."""
    replies = transcript.replies()
    said, ignored = sift_answers(transcript, questions)
    written = {turn: utterance.text for turn, utterance in transcript.utterances().items()}
    not_answers = _not_answers(transcript)
    by_question: dict[str, list[int]] = {}
    unplaced: list[int] = []
    for turn in sorted(set(said) - not_answers):
        before = replies.get(turn - 1)
        if before is not None and before.question_id is not None:
            by_question.setdefault(before.question_id, []).append(turn)
        elif words(said[turn].text) and (before is None or before.move in ASKING):
            unplaced.append(turn)
    answered = tuple(
        _answered(
            grader,
            q,
            {turn: written[turn] for turn in turns},
            _probes(q, turns, replies),
            _asked(q, [replies[turn - 1] for turn in turns]),
        )
        for question_id, turns in by_question.items()
        if (q := questions.get(question_id)) is not None
    )
    handed = tuple(
        Handed(entry, result, exercises.get(entry.exercise_id or ""), facts.get(entry.turn))
        for entry, result in transcript.submissions()
    )
    in_code = [Ignored(turn=h.entry.turn, text=text) for h in handed for text in sift_code(h.entry.code)]
    return Case(
        said=said,
        replies=replies,
        answered=answered,
        handed=handed,
        delivery=delivery,
        unknown=tuple(sorted(set(by_question) - set(questions))),
        code_parts=code_parts,
        ignored=tuple(sorted((*ignored, *in_code), key=lambda each: each.turn)),
        unplaced=tuple(unplaced),
    )


def sift_answers(
    transcript: Transcript, questions: Mapping[str, Question]
) -> tuple[dict[int, Utterance], tuple[Ignored, ...]]:
    """What was said by turn without what is addressed to the grader, and that itself."""
    replies = transcript.replies()
    kept: dict[int, Utterance] = {}
    ignored: list[Ignored] = []
    for turn, utterance in sorted(transcript.utterances().items()):
        before = replies.get(turn - 1)
        question = questions.get(before.question_id or "") if before else None
        sifted = sift(utterance.text, _about(question))
        kept[turn] = utterance.model_copy(update={"text": sifted.kept}) if sifted.ignored else utterance
        ignored += [Ignored(turn=turn, text=text, is_unread=text in sifted.unread) for text in sifted.ignored]
    return kept, tuple(ignored)


def _about(question: Question | None) -> str:
    return "" if question is None else "\n".join([question.text, *(point.text for point in question.key_points)])


EMBEDDED = "bank"
"""The brain that asks for a point in the words of the bank."""
FEWEST_ASKED = 2
"""Points of the talk about an exercise that must have been asked for until the others weigh nothing."""


def followed_up(question: Question, reply: Reply) -> tuple[str, ...]:
    """The key points whose follow-ups of the bank stand in a reply, in the order in which they end there; of two that
    end in one place the longer says more."""
    said = reply.text.casefold()
    probes = {point.id: point.follow_up.casefold() for point in question.key_points}
    ends = {id: (said.rfind(probe) + len(probe), len(probe)) for id, probe in probes.items() if probe and probe in said}
    return tuple(sorted(ends, key=lambda id: ends[id]))


def _probes(question: Question, turns: Iterable[int], replies: Mapping[int, Reply]) -> dict[int, str]:
    """For each turn that answers a follow-up of the bank the key point that it asked for, of two the last."""
    asked = {turn: followed_up(question, replies[turn - 1]) for turn in turns}
    return {turn: points[-1] for turn, points in asked.items() if points}


def _asked(question: Question, replies: Iterable[Reply]) -> frozenset[str]:
    """Key points that the question asks for, or that the follow-up before one of its answers did.

    What a language model asks further in words of its own may be any of them.
    """
    asked = {point.id for point in question.key_points if point.is_asked}
    for reply in replies:
        probed = followed_up(question, reply)
        is_reworded = reply.move == "follow_up" and reply.brain != EMBEDDED and not probed
        asked.update((point.id for point in question.key_points) if is_reworded else probed)
    return frozenset(asked)


def _answered(
    grader: AnswerGrader,
    question: Question,
    written: Mapping[int, str],
    probes: Mapping[int, str],
    asked: frozenset[str],
) -> Answered:
    """``written`` is what stands in the transcript, so that each assessment can tell what was left out.

    Of key points that nobody ``asked`` for, those that were told all the same count where they do the score good.
    """
    given = _graded(grader, question, written, probes)
    unasked = {point.id for point in question.key_points} - asked - {hit.key_point for hit in given.found}
    is_narrower = bool(unasked) and (any(p.is_asked for p in question.key_points) or len(asked) >= FEWEST_ASKED)
    if not is_narrower:
        return replace(given, unasked=frozenset(unasked))
    told = _graded(grader, _only(question, asked | {hit.key_point for hit in given.found}), written, probes)
    alone = _whole(grader, _only(question, asked), written, _in_reply(written, probes))
    if (alone.score or 0.0) <= (told.whole.score or 0.0):
        return told
    score = {"score": alone.score, "interval": alone.interval}
    return replace(told, whole=told.whole.model_copy(update=score))


def _only(question: Question, points: Collection[str]) -> Question:
    return question.model_copy(update={"key_points": tuple(p for p in question.key_points if p.id in points)})


def _graded(
    grader: AnswerGrader, question: Question, written: Mapping[int, str], probes: Mapping[int, str]
) -> Answered:
    probed = _in_reply(written, probes)
    standing = dict(zip(written, drop_from_turns(tuple(written.values())), strict=True))
    assessments = tuple(
        take_back(question, given) if standing[given.turn].is_whole and not standing[given.turn].kept else given
        for given in (grader.assess(question, text, turn, probed[turn]) for turn, text in written.items())
    )
    whole = assessments[0] if len(assessments) == 1 else _whole(grader, question, written, probed)
    placed = tuple(hit.model_copy(update={"turn": _turn_of(hit, written)}) for hit in whole.found)
    whole = whole.model_copy(update={"found": placed})
    strayed = grader.strayed(question, "\n".join(written.values()))
    return Answered(question, tuple(written), assessments, whole, strayed=strayed)


def _in_reply(written: Mapping[int, str], probes: Mapping[int, str]) -> dict[int, dict[str, str]]:
    """For each turn the key point that it was asked for, with what was answered."""
    return {turn: {probes[turn]: text} if turn in probes else {} for turn, text in written.items()}


def _whole(
    grader: AnswerGrader, question: Question, written: Mapping[int, str], probed: Mapping[int, Mapping[str, str]]
) -> Assessment:
    """All turns as one answer; what one of them mends or takes back is gone before."""
    in_all = {point: text for each in probed.values() for point, text in each.items()}
    said = tuple(written.values())
    standing = "\n".join(each.kept for each in drop_from_turns(said) if each.kept)
    return grader.assess(question, standing or "\n".join(said), max(written), in_all)


def _turn_of(hit: Found, written: Mapping[int, str]) -> int:
    """The turn in which a quote stands."""
    return next((turn for turn, text in written.items() if hit.quote in text), hit.turn)


def _not_answers(transcript: Transcript) -> set[int]:
    """Turns the interviewer understood as something else than an answer ("could you repeat that?")."""
    assessed = {e.turn: e.assessment for e in transcript.entries if isinstance(e, AssessmentEntry)}
    return {turn for turn, assessment in assessed.items() if assessment.reason == NOT_AN_ANSWER}
