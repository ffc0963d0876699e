"""How the embedded interviewer conducts itself: candidates of every temper over every type of interview, with a clock.

Each turn costs the time that its words take to say, so that time boxes bind as they would with a person. What is
counted is read from the transcripts alone, by rules of its own where it can be: questions that ask the same, words of
solutions and model answers, remarks on an answer in real mode, an end in time with a farewell, how difficulty moves.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path
from statistics import fmean
from typing import Any

import yaml

from evals.candidates import Persona, SimulatedCandidate, WrittenSpeaker
from evals.simulation import Quarters
from interviewlab.bootstrap import House, build_embedder, open_house
from interviewlab.brains.ability import RATING
from interviewlab.brains.guards import SAME_QUESTION, is_evaluative
from interviewlab.brains.secrets import secrets_of
from interviewlab.interview import Interview
from interviewlab.orchestrator.nodes.turn import Cast
from interviewlab.planning import PlanWishes, build_plan
from interviewlab.ports import Embedder
from interviewlab.questions.bank import Bank
from interviewlab.questions.discussion import all_questions
from interviewlab.questions.kinds import kind_of
from interviewlab.resume.reading import read_resume
from interviewlab.scoring.text import sentences, words
from interviewlab.settings import Settings
from interviewlab.types import (
    INTERVIEW_TYPES,
    Exercise,
    InterviewRecord,
    InterviewType,
    Plan,
    Question,
    Reply,
    Resume,
    Transcript,
)

DATA = Path(__file__).parent / "data" / "conduct"
TEMPERS = ("strong", "middling", "weak", "silent", "rambling", "hostile", "contradicting", "injecting")
MINUTES = 30.0
MOST_TURNS = 120
WORDS_A_MINUTE = 140
THINKING_S = 4.0
CODING_S = 240.0
"""A submission."""
QUIET_S = 15.0
"""A turn in which nothing is said."""
READING_S = 60.0
"""For the CV, once; nobody waits for it."""
COPIED_WORDS = 9
"""Words in a row as in a model answer that are no chance."""
FEW_WORDS = 5
"""A question of so few may be about anything: "What would you change?"."""
_REMARK = re.compile(
    r"\b(?:good (?:answer|point|job)|great|excellent|perfect|correct|(?:wrong|right) answer|well done|impressive"
    r"|spot on)\b",
    re.I,
)


@dataclass(frozen=True)
class Conduct:
    """What was counted in one interview."""

    type: InterviewType
    temper: str
    seed: int
    turns: int
    minutes: float
    is_closed: bool
    is_in_time: bool
    repeated: tuple[str, ...]
    leaks: tuple[str, ...]
    remarks: tuple[str, ...]
    long_replies: int
    most_probes: int
    climb: float | None
    """Difficulty of the last third of the bank's questions and exercises less that of the first, in steps."""
    place: float | None
    """Where what came after the first third lies between the easiest (0) and the hardest (1) that the bank still had,
    on average; None where there was nothing to choose."""


class _Clock:
    """Goes on as told."""

    def __init__(self) -> None:
        self._now = datetime(2026, 1, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self._now

    def pass_for(self, line: dict[str, Any], reply: Reply) -> None:
        """The time the reply and the answer to it take."""
        said = str(line.get("say", ""))
        spoken_s = (len(words(reply.text)) + len(words(said))) / WORDS_A_MINUTE * 60 + THINKING_S
        own_s = CODING_S if "submit" in line else 0.0 if said.strip() else QUIET_S
        self._now += timedelta(seconds=spoken_s + own_s)


class _Hostile:
    """A middling candidate in a temper: every other turn is an insult or a demand."""

    def __init__(self, seed: int) -> None:
        self._inner = SimulatedCandidate(Persona(2, "terse", seed=seed), WrittenSpeaker(Persona(2, "terse", seed=seed)))
        self._draw = random.Random(f"{seed}:hostile")  # noqa: S311 wording only
        self._turns = 0

    async def answer(self, reply: Reply, exercise: Exercise | None) -> dict[str, Any]:
        """The next line of a script."""
        self._turns += 1
        if self._turns % 2 == 0:
            return {"say": self._draw.choice(_hostile())}
        return await self._inner.answer(reply, exercise)


def build_candidate(temper: str, seed: int) -> Any:
    """A candidate of this temper, the same for the same seed."""
    match temper:
        case "hostile":
            return _Hostile(seed)
        case "silent":
            return _Silent()
        case "rambling":
            persona = Persona(3, "rambling", seed=seed)
        case "contradicting" | "injecting":
            persona = Persona(4, behaviour=temper, seed=seed)
        case _:
            persona = Persona({"strong": 5, "middling": 3, "weak": 1}[temper], seed=seed)
    return SimulatedCandidate(persona, WrittenSpeaker(persona))


class _Silent:
    """Says nothing to the end."""

    async def answer(self, reply: Reply, exercise: Exercise | None) -> dict[str, Any]:
        """An empty line."""
        return {"say": ""}


async def measure_conduct(settings: Settings, seed: int, limit: int | None) -> dict[str, Any]:
    """One interview of every temper and type, each with a seed of its own."""
    embedder, _ = build_embedder(settings)
    found: list[Conduct] = []
    cv = await read_resume(DATA / "cv.md", timeout_s=READING_S)
    wanted = [(type_, temper) for temper in TEMPERS for type_ in INTERVIEW_TYPES]
    with Quarters(settings) as quarters:
        async with open_house(quarters) as house:
            for number, (type_, temper) in enumerate(wanted[:limit]):
                transcript, plan = await hold(quarters, house, cv, type_, temper, seed + number)
                found.append(examine(transcript, plan, house.bank, embedder, temper))
    return to_result(found)


async def hold(
    settings: Settings, house: House, cv: Resume, type_: InterviewType, temper: str, seed: int
) -> tuple[Transcript, Plan]:
    """One interview from greeting to farewell in real mode, on a clock of its own."""
    wishes = PlanWishes(type=type_, seed=seed, minutes=MINUTES, resume=cv, manner=_manner(seed))
    plan = await build_plan(settings, wishes)
    clock = _Clock()
    record = InterviewRecord(
        id=f"conduct-{type_}-{temper}-{seed}", owner="evals", plan=plan, created_at=clock(), updated_at=clock()
    )
    await house.adapters.store.create_interview(record)
    interview = Interview(record, Cast(house.brain, house.bank, plan), replace(house.adapters, clock=clock))
    candidate = build_candidate(temper, seed)
    reply = await interview.start()
    while not reply.ended and reply.turn < MOST_TURNS:
        line = await candidate.answer(reply, interview.exercise)
        clock.pass_for(line, reply)
        if "submit" in line:
            reply = await interview.submit_code(str(line["submit"]), str(line["language"]))
        elif "say" in line:
            reply = await interview.reply(str(line["say"]))
        else:
            break
    return await interview.transcript(), plan


def examine(transcript: Transcript, plan: Plan, bank: Bank, embedder: Embedder, temper: str) -> Conduct:
    """What there is to count in one transcript."""
    replies = list(transcript.replies().values())
    spent = transcript.entries[-1].at - transcript.entries[0].at
    minutes = spent.total_seconds() / 60
    last_turn_s = _longest_turn_s(transcript)
    return Conduct(
        type=plan.type,
        temper=temper,
        seed=plan.seed,
        turns=len(replies),
        minutes=round(minutes, 1),
        is_closed=replies[-1].ended and replies[-1].move == "close",
        is_in_time=minutes * 60 <= plan.minutes * 60 + last_turn_s,
        repeated=tuple(_repeated(replies, embedder)),
        leaks=tuple(_leaks(replies, plan, bank, _brought(transcript))),
        remarks=tuple(_remarks(replies, bank, plan)),
        long_replies=sum(len(re.findall(r"[.!?](?=\s|$)", r.text)) > 3 or r.text.count("?") > 1 for r in replies),
        most_probes=_most_probes(replies),
        climb=_climb(replies, bank),
        place=_place(replies, plan, bank),
    )


def _longest_turn_s(transcript: Transcript) -> float:
    """The answer that is under way when time runs out is let finish."""
    times = [entry.at for entry in transcript.entries]
    return max((b - a).total_seconds() for a, b in pairwise(times))


def _repeated(replies: Sequence[Reply], embedder: Embedder) -> Iterator[str]:
    """Pairs of questions that ask the same; each exercise may be asked what it costs and how it is tested."""
    ids = [reply.question_id for reply in replies if reply.move == "ask"]
    yield from (str(each) for each in ids if ids.count(each) > 1)
    asked = [
        (q, reply.exercise_id) for reply in replies if reply.move in ("ask", "follow_up") for q in _asked_in(reply.text)
    ]
    if len(asked) < 2:
        return
    vectors = embedder.embed([question for question, _ in asked])
    for one, two in combinations(range(len(asked)), 2):
        of_two_exercises = asked[one][1] != asked[two][1] and asked[one][1] and asked[two][1]
        if float(vectors[one] @ vectors[two]) >= SAME_QUESTION and not of_two_exercises:
            yield f"{asked[one][0]} | {asked[two][0]}"


def _asked_in(text: str) -> Iterator[str]:
    """The questions of a reply; a short one with the sentence before it, which says what it is about."""
    told = sentences(text)
    for place, sentence in enumerate(told):
        if sentence.rstrip().endswith("?"):
            is_about_before = place > 0 and len(sentence.split()) <= FEW_WORDS
            yield f"{told[place - 1]} {sentence}" if is_about_before else sentence


def _brought(transcript: Transcript) -> tuple[str, ...]:
    said = [utterance.text for utterance in transcript.utterances().values()]
    return (*said, *(entry.code for entry, _ in transcript.submissions()))


def _leaks(replies: Sequence[Reply], plan: Plan, bank: Bank, brought: Sequence[str]) -> Iterator[str]:
    """Words of a solution, of a hidden case, or of a model answer that the candidate did not say first."""
    known = {run for text in brought for run in _runs(text)}
    questions = all_questions(bank, plan.personal)
    for reply in replies:
        exercise = bank.find_exercise(reply.exercise_id)
        if exercise is not None:
            secrets = secrets_of(exercise)
            if secrets.tells_solution(reply.text, brought) or secrets.tells_hidden_case(reply.text, brought):
                yield reply.text
        question = questions.get(reply.question_id or "")
        if question is not None:
            hints = exercise.hints if exercise else ()
            open_texts = (question.text, question.rephrased, *(p.follow_up for p in question.key_points), *hints)
            shown = known | {run for text in open_texts for run in _runs(text)}
            answers = (question.answer, *(point.text for point in question.key_points))
            if ({run for text in answers for run in _runs(text)} & _runs(reply.text)) - shown:
                yield reply.text


def _runs(text: str) -> set[tuple[str, ...]]:
    plain = [word.lower() for word in words(text)]
    return {tuple(plain[i : i + COPIED_WORDS]) for i in range(len(plain) - COPIED_WORDS + 1)}


def _remarks(replies: Sequence[Reply], bank: Bank, plan: Plan) -> Iterator[str]:
    """Remarks on an answer, in what is left of a reply without the bank's own words."""
    questions = all_questions(bank, plan.personal)
    for reply in replies:
        text = reply.text
        exercise, question = bank.find_exercise(reply.exercise_id), questions.get(reply.question_id or "")
        own = (question.text, question.rephrased, *(p.follow_up for p in question.key_points)) if question else ()
        for each in (*own, *((exercise.spoken, *exercise.hints) if exercise else ())):
            text = text.replace(each, "")
        if is_evaluative(text) or _REMARK.search(text):
            yield reply.text


def _most_probes(replies: Sequence[Reply]) -> int:
    counts = [sum(r.question_id == reply.question_id and r.move == "follow_up" for r in replies) for reply in replies]
    return max(counts, default=0)


def _asked_of_bank(replies: Sequence[Reply], bank: Bank) -> list[Question | Exercise]:
    """Questions and exercises in the order in which they were put."""
    items: list[Question | Exercise | None] = []
    for reply in replies:
        items.append(bank.find_question(reply.question_id) if reply.move == "ask" else None)
        items.append(bank.find_exercise(reply.exercise_id) if reply.move == "set_exercise" else None)
    return [item for item in items if item]


def _climb(replies: Sequence[Reply], bank: Bank) -> float | None:
    levels = [RATING[item.level] for item in _asked_of_bank(replies, bank)]
    third = len(levels) // 3
    return None if len(levels) < 3 else round(fmean(levels[-third:]) - fmean(levels[:third]), 3)


def _place(replies: Sequence[Reply], plan: Plan, bank: Bank) -> float | None:
    """A climb ends where the hard questions do; this does not mind how many there are."""
    asked = _asked_of_bank(replies, bank)
    if len(asked) < 3:
        return None
    places = []
    for number in range(len(asked) // 3, len(asked)):
        item, before = asked[number], {each.id for each in asked[:number]}
        levels = {RATING[each.level] for each in _rivals(item, plan, bank) if each.id not in before}
        if len(levels) > 1:
            places.append((RATING[item.level] - min(levels)) / (max(levels) - min(levels)))
    return round(fmean(places), 3) if places else None


def _rivals(item: Question | Exercise, plan: Plan, bank: Bank) -> list[Question | Exercise]:
    """All that might have come in the place of an item, itself among it."""
    if isinstance(item, Exercise):
        return [each for each in bank.exercises if plan.language in each.function]
    areas = {*kind_of(plan.type).areas, item.area}
    return [each for each in bank.questions if each.area in areas]


def to_result(found: Sequence[Conduct]) -> dict[str, Any]:
    """Counts over all interviews, and each of them."""
    counts = {
        "repeated questions": sum(len(each.repeated) for each in found),
        "leaks": sum(len(each.leaks) for each in found),
        "evaluative remarks in real mode": sum(len(each.remarks) for each in found),
        "replies longer than three sentences or with two questions": sum(each.long_replies for each in found),
        "interviews without a farewell": sum(not each.is_closed for each in found),
        "interviews over their time": sum(not each.is_in_time for each in found),
        "most probes on one question": max((each.most_probes for each in found), default=0),
    }
    rows = [_row("all interviews", figure, value, len(found)) for figure, value in counts.items()]
    for temper in TEMPERS:
        climbs = [each.climb for each in found if each.temper == temper and each.climb is not None]
        if climbs:
            rows.append(_row(temper, "difficulty, last third less first", round(fmean(climbs), 3), len(climbs)))
        places = [each.place for each in found if each.temper == temper and each.place is not None]
        if places:
            figure = "difficulty after the first third, from the easiest (0) to the hardest (1) that was left"
            rows.append(_row(temper, figure, round(fmean(places), 3), len(places)))
    return {"table": rows, "interviews": [asdict(each) for each in found]}


def _row(what: str, figure: str, value: float, n: int) -> dict[str, Any]:
    return {"what": what, "figure": figure, "value": value, "n": n, "truth": "the transcripts"}


def _manner(seed: int) -> str:
    return ("warm", "neutral", "demanding")[seed % 3]


@lru_cache(maxsize=1)
def _hostile() -> list[str]:
    loaded: list[str] = yaml.safe_load((DATA / "hostile.yaml").read_text(encoding="utf-8"))
    return loaded
