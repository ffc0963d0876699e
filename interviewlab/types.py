"""The nouns that travel between rooms: frozen, validated, plain to serialise.

Vocabulary: the candidate gives an *utterance* or a *submission*, the interviewer gives a *reply* whose *move* says
what it does, running code gives a *run result*, one answer gets an *assessment*, an interview gets a *scorecard*
inside a *report*. Times are seconds unless a name says otherwise; scores lie in [0, 1], levels in 1..5.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from interviewlab.errors import BadTranscript, say_invalid
from interviewlab.upgrading import REPORT_STEPS, bring_up

REPORT_SCHEMA = 1

Intent = Literal[
    "write_code", "review_code", "technical_assessment", "change_topic", "clarify", "stop", "continue", "none"
]
Signal = Literal[
    "dont_know", "repeat", "hold", "asks_for_answer", "asks_for_hint", "asks_for_score", "greeting", "skip"
]
Aside = Literal[
    "abuse", "chat", "nerves", "person", "course", "offer", "detail", "tools", "scale", "targets",
    "aloud", "paper", "language", "look up", "ask back", "screen", "recording", "ask later", "team", "solution",
]  # fmt: skip
Move = Literal["greet", "ask", "follow_up", "clarify", "hint", "set_exercise", "review_code", "evaluate", "close"]
Phase = Literal["intro", "exploration", "technical", "closing"]
InterviewType = Literal[
    "resume", "coding", "fundamentals", "system-design", "behavioural", "sql", "machine-learning", "frontend", "mixed"
]
Level = Literal["intern", "junior", "mid", "senior", "staff"]
Difficulty = Literal["junior", "mid", "senior"]
ShelfKind = Literal["interviews", "resumes", "jobs"]
Language = Literal["python", "javascript", "typescript", "java", "cpp", "go", "sql"]
LANGUAGE_NAMES: Final[dict[Language, str]] = {
    "python": "Python",
    "javascript": "JavaScript",
    "typescript": "TypeScript",
    "java": "Java",
    "cpp": "C++",
    "go": "Go",
    "sql": "SQL",
}
"""As they are written and spoken."""
Outcome = Literal[
    "ok",
    "wrong_answer",
    "runtime_error",
    "compile_error",
    "time_limit",
    "memory_limit",
    "output_limit",
    "process_limit",
    "killed",
    "refused",
]
AxisName = Literal["communication", "technical_knowledge", "problem_solving", "code_quality", "testing"]
Manner = Literal["warm", "neutral", "demanding"]
GrowthClass = Literal["constant", "log n", "n", "n log n", "n^2", "n^3", "2^n"]
"""How the time of a function depends on the size of its input."""
Score = Annotated[float, Field(ge=0.0, le=1.0)]
Band = Annotated[int, Field(ge=1, le=5)]
Finite = Annotated[float, Field(allow_inf_nan=False)]


def _in_zone(at: datetime) -> datetime:
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


Moment = Annotated[datetime, AfterValidator(_in_zone)]
"""A time with its zone; one that names none is read as UTC."""

INTENTS: tuple[Intent, ...] = get_args(Intent)
MOVES: tuple[Move, ...] = get_args(Move)
AXES: tuple[AxisName, ...] = get_args(AxisName)
LANGUAGES: tuple[Language, ...] = get_args(Language)
INTERVIEW_TYPES: tuple[InterviewType, ...] = get_args(InterviewType)
LEVELS: tuple[Level, ...] = get_args(Level)
DIFFICULTIES: tuple[Difficulty, ...] = get_args(Difficulty)
"""From the easiest."""
MANNERS: tuple[Manner, ...] = get_args(Manner)


class Frozen(BaseModel):
    """Base of all nouns: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# ---- what is said


class Word(Frozen):
    """One spoken word with its times, seconds from the start of the recording."""

    text: str
    start_s: Finite
    end_s: Finite


class Transcription(Frozen):
    """What ears made of one stretch of audio; silence gives an empty text."""

    text: str
    words: tuple[Word, ...] = ()
    """Empty where the engine tells no times."""
    language: str = "en"
    confidence: Score | None = None
    """Mean probability of the words as the engine saw it; None where it does not tell. Not calibrated."""
    stop: Score | None = None
    """Probability, as the engine saw it, of the full stop, question or exclamation mark with which the text ends, and 0
    where it ends with none; None where the engine does not tell. Speech that was broken off gets a doubtful one."""


class Speech(Frozen):
    """A piece of a voice: int16 little-endian mono ``pcm``. The first piece of a sentence bears its ``text``."""

    pcm: bytes
    sample_rate: int = Field(gt=0)
    text: str = ""

    @property
    def duration_s(self) -> float:
        """How long it sounds."""
        return len(self.pcm) / 2 / self.sample_rate


class Utterance(Frozen):
    """What the candidate said in one turn."""

    text: str
    source: Literal["voice", "typed"] = "typed"
    words: tuple[Word, ...] = ()


class Reply(Frozen):
    """What the interviewer said in one turn, whole."""

    turn: int
    text: str
    move: Move
    phase: Phase
    question_id: str | None = None
    exercise_id: str | None = None
    brain: str
    ended: bool = False


# ---- code


class Submission(Frozen):
    """The candidate's code as they handed it in."""

    code: str
    language: Language


class FunctionCase(Frozen):
    """One call: ``expect`` is compared outside the candidate's process."""

    args: tuple[JsonValue, ...]
    expect: JsonValue
    category: str = ""
    """What kind of case this is ("empty input"): the only thing a failing hidden case tells."""


class FunctionTests(Frozen):
    """Call a function once for each case."""

    kind: Literal["function"] = "function"
    name: str
    cases: tuple[FunctionCase, ...] = Field(min_length=1)
    tolerance: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    any_order: bool = False
    budget_s: float | None = Field(default=None, gt=0)
    """For all cases together, below the sandbox's own bound; the case that goes beyond it and those after it end as
    ``time_limit``."""


class StdinCase(Frozen):
    """One run of the whole program.

    For SQL ``stdin`` is the script that makes and fills the tables, ``stdout`` the rows that the candidate's
    statements give on them: one a line, values separated by ``|``, NULL as ``NULL``.
    """

    stdin: str
    stdout: str
    category: str = ""


class StdinTests(Frozen):
    """Run the program once for each case and compare what it prints, trailing white space aside.

    ``any_order`` takes the lines as a multiset, as for the rows of a query without ORDER BY.
    """

    kind: Literal["stdin"] = "stdin"
    cases: tuple[StdinCase, ...] = Field(min_length=1)
    any_order: bool = False


class ProgramTests(Frozen):
    """Trusted benchmark programs only: code joined after the program, exit status 0 passes."""

    kind: Literal["program"] = "program"
    append: str


TestSuite = Annotated[FunctionTests | StdinTests | ProgramTests, Field(discriminator="kind")]


class TestResult(Frozen):
    """How one test ended; ``input``, ``expected`` and ``got`` are empty for hidden tests."""

    __test__ = False

    name: str
    passed: bool
    outcome: Outcome
    wall_s: Finite
    memory_mb: Finite = 0.0
    """The peak of the process that was asked, where the backend can tell; of a process that served several calls, of
    all of them."""
    hidden: bool = False
    category: str = ""
    input: str = ""
    expected: str = ""
    got: str = ""


class RunResult(Frozen):
    """How one run of strangers' code ended. ``memory_mb`` is the peak, where the backend can tell.

    ``waited_s`` passed before its turn came; it is in none of the other times.
    """

    outcome: Outcome
    stdout: str = ""
    stderr: str = ""
    exit_code: int | None = None
    wall_s: Finite = 0.0
    cpu_s: Finite = 0.0
    memory_mb: Finite = 0.0
    backend: str = ""
    waited_s: Finite = 0.0
    tests: tuple[TestResult, ...] = ()

    @property
    def passed(self) -> int:
        """How many tests passed."""
        return sum(test.passed for test in self.tests)


class Limits(Frozen):
    """What one run may use; a caller may lower these, never raise them."""

    wall_s: float
    cpu_s: float
    memory_mb: int
    processes: int
    open_files: int
    file_size_mb: int
    output_kb: int
    work_folder_mb: int


class TimeGrowth(Frozen):
    """How the time of a function grew with its input, over growing sizes in one run of the sandbox.

    Judged as a ratio of times of the same run, so that neither a slow nor a busy machine decides.
    """

    expected: GrowthClass | None = None
    """What the exercise asks for, in the size that grew."""
    measured: GrowthClass | None = None
    """The class that clearly fits the times best. "n" and "n log n" are not told apart and are called "n"."""
    verdict: Literal["expected", "slower", "not told"]
    reason: str = ""
    """Why it is not told, in one sentence."""
    sizes: tuple[int, ...] = ()
    times_ms: tuple[Finite, ...] = ()
    """The shortest time of each size, with handing over input and answer."""
    judged_from: int = Field(default=0, ge=0)
    """Position of the first size that was judged; before it times are mostly the cost of asking."""
    is_cut: bool = False
    """The clock stopped the last size: it would have taken longer than its time says."""

    @model_validator(mode="after")
    def _can_be_told(self) -> TimeGrowth:
        if len(self.sizes) != len(self.times_ms):
            raise ValueError(f"it has {len(self.sizes)} sizes and {len(self.times_ms)} times")
        judged = [*self.sizes[self.judged_from :], *self.times_ms[self.judged_from :]]
        if self.verdict != "not told" and (not judged or min(judged) <= 0):
            raise ValueError(f"the verdict '{self.verdict}' needs sizes and times above zero from judged_from on")
        return self

    @property
    def told(self) -> str:
        """The verdict in words, with what it rests on."""
        if self.verdict == "not told":
            return f"Growth of time is not told: {self.reason}"
        since = self.judged_from
        time = self.times_ms[-1] / self.times_ms[since]
        fold = f"{'more than ' if self.is_cut else ''}{time:.{0 if time >= 10 else 1}f}-fold"
        size = self.sizes[-1] / self.sizes[since]
        return f"Time grew {fold} when the input grew {size:.0f}-fold; expected {self.expected}"


class TestsTried(Frozen):
    """What the candidate's own tests are worth: tried on a right solution and on faulty ones."""

    __test__ = False

    right: int = 0
    """How many agree with a right solution."""
    wrong: tuple[str, ...] = ()
    """One sentence for each test that does not, or cannot be read."""
    caught: tuple[str, ...] = ()
    """Kinds of seeded faults that a right test fails on."""
    missed: tuple[str, ...] = ()
    """Kinds of seeded faults that all of them pass."""
    copied: int = 0
    """How many repeat an example of the statement: no tests of their own."""
    copied_in_code: int = 0
    """Of these, assertions in the code."""
    by_copies: tuple[str, ...] = ()
    """Kinds of seeded faults that only the repeated examples fail on: neither caught nor missed."""
    reason: str = ""
    """Why they could not be tried, in one sentence."""

    @property
    def told(self) -> str:
        """What they caught, in words."""
        if self.reason:
            return f"Your own tests were not tried: {self.reason}"
        if self.is_copied:
            verb = "repeats an example" if self.copied == 1 else "repeat examples"
            return f"{self.copied} of your tests {verb} of the statement"
        faults = len(self.caught) + len(self.missed) + len(self.by_copies)
        if not self.right:
            return "None of your own tests agrees with a right solution"
        told = f"Your own tests caught {len(self.caught)} of {faults} seeded faults"
        return f"{told}; only examples that you repeat caught {len(self.by_copies)}" if self.by_copies else told

    @property
    def written(self) -> int:
        """How many there are, right or wrong."""
        return self.right + len(self.wrong)

    @property
    def is_copied(self) -> bool:
        """Whether there are none but repeated examples."""
        return self.copied > 0 and not self.written

    @property
    def caught_share(self) -> float | None:
        """Of the seeded faults that were left to catch, in [0, 1]; None where that says nothing."""
        told = len(self.caught) + len(self.missed)
        if self.reason or self.is_copied or (self.right and not told):
            return None
        return len(self.caught) / max(1, told)


class CodeFacts(Frozen):
    """What the code shows without a judge. Sizes in lines without blanks and comments (NLOC)."""

    language: Language
    parses: bool
    lines: int
    functions: int | None
    longest_function: int | None
    cyclomatic_complexity: int | None
    """These three are None where they were not measured."""
    comment_lines: int
    own_tests: int
    """How many assertions or test functions the candidate wrote."""
    loop_depth: int | None = None
    """Loops inside loops that may cost, comprehensions counted, at the deepest place; None where the language is not
    parsed."""
    lint: tuple[str, ...] = ()
    """What the language's linter finds, a sentence each; empty where the language has none here."""
    notes: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    """What could not be looked at here, a sentence each: nothing that the candidate did."""
    growth: TimeGrowth | None = None
    """None where it was not measured."""
    tried: TestsTried | None = None
    """None where the candidate wrote no test that is data, or none was tried."""


class DeliveryFacts(Frozen):
    """How the candidate spoke or wrote, over the whole interview."""

    answers: int
    words: int
    median_words: float
    fillers_per_100_words: float
    hedges_per_100_words: float
    connectives_per_100_words: float
    """Words that give an answer structure: first, then, because, for example."""
    words_per_minute: float | None = None
    talk_share: Score
    repeated_starts_per_100_words: float = 0.0
    """Words said twice in a row where that has no meaning ("we we used", "I I think")."""
    breaks_per_100_words: float = 0.0
    """Where somebody loses the thread or speaks of how they speak ("where was I", "I'm rambling, sorry")."""
    pauses_per_minute: float | None = None
    """Silences inside an answer of more than ``analysis.delivery.PAUSE_S``; None where nothing was spoken."""
    longest_pause_s: float | None = None
    story_parts: tuple[Literal["situation", "task", "action", "result"], ...] = ()
    """Which parts of a story are there, over the answers to behavioural questions."""


# ---- the bank


class KeyPoint(Frozen):
    """One thing a good answer says."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    text: str
    weight: float = Field(gt=0)
    follow_up: str
    """The question that probes this point when it is missing; gives nothing away."""
    cues: tuple[str, ...] = ()
    """Phrases whose presence is lexical evidence for the point."""
    also: tuple[str, ...] = ()
    """The point said in plain spoken words: what is like one of them is like the point."""
    contrary: tuple[str, ...] = ()
    """What people say who have the point wrong: false, whatever else they know."""
    is_asked: bool = True
    """Whether the question asks for it; otherwise it counts only where a follow-up asked for it or it was told."""


class Misconception(Frozen):
    """Something people wrongly say, and what is true instead."""

    text: str
    correction: str
    also: tuple[str, ...] = ()
    """The same mistake in other words."""


class Question(Frozen):
    """A question of the bank, or one made from a CV in the same shape."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    area: str
    level: Difficulty
    text: str
    rephrased: str
    """The same question in other, plainer words, for a candidate who asks."""
    answer: str
    """A model answer, as a strong candidate would say it."""
    key_points: tuple[KeyPoint, ...] = Field(min_length=3, max_length=6)
    misconceptions: tuple[Misconception, ...] = ()
    skills: tuple[str, ...] = Field(min_length=1)

    def wanted_points(self, also: Collection[str] = ()) -> tuple[KeyPoint, ...]:
        """What the question asks for, and of its other points those in ``also``; all of them where it asks for none."""
        if not any(point.is_asked for point in self.key_points):
            return self.key_points
        return tuple(point for point in self.key_points if point.is_asked or point.id in also)


class Growing(Frozen):
    """How to make inputs of a given size for an exercise, and how its time should grow with that size."""

    expected: GrowthClass | None = None
    sizes: tuple[int, int] = (256, 16384)
    """The smallest and the largest; each in between doubles the one before. Within what the statement allows."""
    inputs: tuple[JsonValue, ...] = ()
    """A recipe for each argument, see ``questions.growing``."""
    untold: str = ""
    """Why growth cannot be measured for this exercise, in place of all the above."""

    @model_validator(mode="after")
    def _is_whole(self) -> Growing:
        if bool(self.untold) == bool(self.inputs and self.expected):
            raise ValueError("give either 'expected' and 'inputs', or 'untold' with the reason why there are none")
        if not 0 < self.sizes[0] < self.sizes[1]:
            raise ValueError("'sizes' are the smallest and the largest, both above zero")
        return self


class Fault(Frozen):
    """A seeded fault: the Python solution with ``change``, which stands in it once, replaced by ``into``."""

    kind: str
    """What a test would have to look at to catch it; never an input."""
    change: str
    into: str


class Exercise(Frozen):
    """A coding exercise. ``visible`` cases are shown to the candidate; ``hidden`` ones only pass or fail."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    area: str
    level: Difficulty
    statement: str
    spoken: str
    """One or two sentences that introduce the exercise aloud."""
    function: dict[Language, str]
    starter: dict[Language, str]
    solution: dict[Language, str]
    visible: tuple[FunctionCase, ...] = Field(min_length=2)
    hidden: tuple[FunctionCase, ...] = Field(min_length=3)
    tolerance: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    any_order: bool = False
    hints: tuple[str, str, str]
    """From a nudge to a plan; none gives the solution."""
    complexity: str
    """Expected time in big-O, e.g. ``O(n)``."""
    growing: Growing | None = None
    faults: tuple[Fault, ...] = ()
    """What the candidate's own tests are tried on; never shown, never in the candidate's process."""
    discussion: tuple[KeyPoint, ...] = Field(min_length=3, max_length=6)
    """What a good talk about the solution covers: complexity, edge cases, trade-offs."""
    skills: tuple[str, ...] = Field(min_length=1)

    def tests(self, language: Language, *, hidden: bool) -> FunctionTests:
        """The visible or the hidden suite, for one language."""
        return FunctionTests(
            name=self.function[language],
            cases=self.hidden if hidden else self.visible,
            tolerance=self.tolerance,
            any_order=self.any_order,
        )


# ---- the candidate and the plan


class Claim(Frozen):
    """Something a CV says that an interviewer may take up. ``name`` appears word for word in the CV."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    kind: Literal["project", "work", "skill", "education"]
    name: str
    role: str = ""
    detail: str = ""
    skills: tuple[str, ...] = ()
    level: str = ""
    """How well a skill is known, in the CV's own words; empty where it does not say."""
    is_current: bool = False
    """Of work that goes on."""
    is_used: bool = False
    """Of a skill that work or projects name."""
    is_earlier_career: bool = False
    """Of work in another calling, before the candidate came to this one."""


class Resume(Frozen):
    """A CV as JSON Resume 1.0 (``document``), with its plain text and what was not understood."""

    document: dict[str, Any]
    text: str
    source: Literal["pdf", "docx", "odt", "rtf", "text", "json"]
    gaps: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The candidate's name, or an empty string."""
        basics = self.document.get("basics") or {}
        return str(basics.get("name") or "")


class Job(Frozen):
    """A job description, understood. Skills are canonical names; empty or None where nothing was found."""

    role: str = ""
    level: Level | None = None
    company: str = ""
    must: tuple[str, ...] = ()
    """Skills that are asked for."""
    nice: tuple[str, ...] = ()
    """Skills that are welcome."""
    responsibilities: tuple[str, ...] = ()
    tone: Literal["formal", "plain", "casual"] = "plain"
    text: str = ""

    @property
    def skills(self) -> tuple[str, ...]:
        """All of them, those asked for first."""
        return (*self.must, *self.nice)


class Match(Frozen):
    """The skills of a job against a CV, canonical names in the job's order."""

    covered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    """In the CV, but last used years ago."""


class Stage(Frozen):
    """A stretch of an interview: what is done in it, and its part of the time."""

    phase: Phase
    asks: Literal["greeting", "cv", "bank", "code", "closing"]
    share: float = Field(gt=0, le=1)
    """Of the interview's length."""
    areas: tuple[str, ...] = ()
    """Of the bank, where it is asked from."""
    trades: tuple[str, ...] = ()
    """Areas that are added, and lead, for those whose trade they are."""
    lead: str = ""
    """Of the areas the one that every second question is from; none: all alike."""
    part: float = Field(default=1.0, gt=0, le=1)
    """Of the plan's questions, where the bank is asked from."""
    further: tuple[str, ...] = ()
    """Areas near to these, for when the plan is done early and they hold nothing more."""


class InterviewKind(Frozen):
    """What an interview of one type is made of."""

    stages: tuple[Stage, ...] = Field(min_length=3)
    cv: int = Field(default=0, ge=0)
    """How many questions about the CV at most."""
    cv_kinds: tuple[Literal["project", "skill", "work"], ...] = ()
    """Which kinds of claims of the CV they are about, in turn; empty: all."""
    gaps: int = Field(default=0, ge=0)
    """How many skills are asked about that the job names and the CV does not."""

    @model_validator(mode="after")
    def _is_whole(self) -> InterviewKind:
        total = sum(stage.share for stage in self.stages)
        if abs(total - 1.0) > 1e-6:
            raise ValueError(f"the shares of the stages must add up to 1, they add up to {total:g}")
        parts = [stage.part for stage in self.stages if stage.asks == "bank"]
        if parts and abs(sum(parts) - 1.0) > 1e-6:
            raise ValueError(f"the parts of the questions must add up to 1, they add up to {sum(parts):g}")
        if any(stage.asks == "bank" and not stage.areas for stage in self.stages):
            raise ValueError("a stage that asks from the bank names its areas")
        return self

    @property
    def areas(self) -> tuple[str, ...]:
        """All areas of the bank that are drawn on, in order."""
        return tuple(dict.fromkeys(area for stage in self.stages for area in stage.areas))

    @property
    def trades(self) -> tuple[str, ...]:
        """All areas that are added for those whose trade they are."""
        return tuple(dict.fromkeys(area for stage in self.stages for area in stage.trades))

    def share_of(self, asks: str) -> float:
        """How much of the time is for this."""
        return sum(stage.share for stage in self.stages if stage.asks == asks)


class AgendaItem(Frozen):
    """What one question made for the candidate is after."""

    question_id: str
    kind: Literal["project", "work", "skill", "figure", "gap", "stale"]
    about: str
    """The project, employer or skill."""
    why: str
    """One sentence, for the candidate to read afterwards."""
    minutes: float = Field(gt=0)


class Persona(Frozen):
    """Who the interviewer is, from greeting to farewell."""

    name: str = Field(default="", max_length=40)
    """Empty: the name in the settings."""
    role: str = Field(default="", max_length=60)
    """As it is said aloud after "I'm a": "senior backend engineer"; may be empty."""
    company: str = Field(default="", max_length=60)
    """Of the job applied for; may be empty."""
    manner: Manner = "neutral"


class Plan(Frozen):
    """What the visitor asked for, and the questions made for this candidate alone."""

    type: InterviewType = "mixed"
    level: Level = "mid"
    language: Language = "python"
    minutes: float = Field(default=30.0, gt=0)
    questions: int = Field(default=6, ge=0, le=400)
    """How many questions of the bank at most, those about the CV not counted."""
    exercises: int = Field(default=1, ge=0, le=20)
    allow_more: bool = False
    """Whether more of the same kind is asked of who is done with all that long before the time; what was counted by
    hand, and plans of earlier releases, allow no more."""
    exercise_id: str = ""
    """The exercise that is set first, whatever the draw."""
    is_again: bool = False
    """Whether it is about one question or exercise alone, which a report or the list of past interviews offered."""
    question_id: str = ""
    """The only question of such an interview: it is asked first and has all the time there is."""
    seed: int = 0
    is_practice: bool = False
    """Practice: feedback after each answer. Otherwise no evaluative remark is made."""
    candidate: str = ""
    role: str = ""
    """The job applied for, as the interviewer would name it."""
    personal: tuple[Question, ...] = ()
    """Questions made from the CV, in the shape of the bank, asked first."""
    agenda: tuple[AgendaItem, ...] = ()
    """Why each of them, in order; for the candidate's eyes only when the interview is over."""
    match: Match | None = None
    """Of job and CV, where both were given; for the candidate's eyes afterwards too."""
    resume_id: str = ""
    """The CV of the shelf that this was made from, if it is kept there."""
    job_id: str = ""
    """The same of the job."""
    rubric: str = "default"
    persona: Persona = Persona()


# ---- the turn, between brain and graph


class Found(Frozen):
    """A key point and the candidate's own words that show it: an exact substring of the turn's text."""

    key_point: str
    turn: int
    quote: str
    strength: Score


NOT_AN_ANSWER = "not an answer"
"""The reason of an assessment whose turn asked for something in place of an answer, and is not graded."""


class Assessment(Frozen):
    """One answer against its question. ``score`` is None when there is nothing to judge; ``reason`` says why."""

    question_id: str
    turn: int
    score: Score | None
    found: tuple[Found, ...] = ()
    missing: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()
    reason: str = ""
    is_on_topic: bool = True
    interval: tuple[Score, Score] | None = None
    """Where nine in ten of people's scores would lie; None where there is no score."""
    ignored: tuple[str, ...] = ()
    """Text addressed to the grader or in a language that is not read, left out before anything was judged: exact
    substrings of the turn's text."""


class Understanding(Frozen):
    """What the candidate wants, with confidences, and what the answer covers."""

    intent: Intent
    confidence: Score
    signals: tuple[Signal, ...] = ()
    second: Intent | None = None
    """What the same utterance asks for besides."""
    aside: Aside | None = None
    """Insults, small talk, nerves, a question about the interviewer, about the course of the interview, an offer to
    tell more, a question about a detail of the task, what may be used, how large it all is, or what it has to bear;
    how one may work here: aloud, on paper, in which language, looking things up, asking back, being watched; whether
    there is room for questions at the end, a question about the team, and which answer would have been right."""
    topic: str | None = None
    """The area the candidate asks to change to."""
    assessment: Assessment | None = None
    retracts: bool = False
    """Whether something said before is taken back."""
    reaches_back: bool = False
    """Whether all that was answered to the question before this turn is taken back."""
    wavers: bool = False
    """Whether what was told of one's own work is told in another way now."""
    told: tuple[str, ...] = ()
    """What a later turn could tell otherwise, exact substrings of the utterance."""
    mistaken: str = ""
    """What is surely wrong, an exact substring of the utterance, or empty."""
    versions: tuple[str, ...] = ()
    """What was told in an earlier turn and what is told now to the contrary, or nothing."""
    told_already: tuple[str, ...] = ()
    """Key points whose follow-up this turn probably answered, whether or not the grader found them."""
    minutes_left: float | None = None
    """How long the candidate can still stay, where they said so."""
    claim: str = ""
    """What the candidate says to have done, an exact substring of the utterance, or empty."""
    mentioned: str = ""
    """The candidate's own words worth taking up, an exact substring of the utterance, or empty."""


class Decision(Frozen):
    """What the reply will do, and about what."""

    move: Move
    phase: Phase
    question_id: str | None = None
    key_point: str | None = None
    exercise_id: str | None = None
    hint: int | None = None
    reason: str = ""
    also: str = ""
    """What is answered in one sentence before the move: the second request of the utterance."""
    mention: str = ""
    """The candidate's own words of this turn that are taken up on the way."""
    recall: int | None = None
    """The turn of a claim that is taken up on the way."""


class Ability(Frozen):
    """Running estimate of what the candidate can do, in logits: 0 answers half of a mid question."""

    general: float = 0.0
    own: dict[str, float] = {}
    """By area, on top of the general one."""
    answered: int = 0


class Said(Frozen):
    """The candidate's own words of one turn."""

    turn: int
    text: str


class Told(Said):
    """What a later turn could tell otherwise, with the question it was told to."""

    question_id: str = ""


class Progress(Frozen):
    """Where an interview stands: the bounded working memory that the checkpoint keeps."""

    turn: int = -1
    """The last turn that was replied to; -1 before the greeting."""
    sequence: int = 0
    """The number the next entry gets."""
    phase: Phase = "intro"
    question_id: str | None = None
    exercise_id: str | None = None
    asked: tuple[str, ...] = ()
    """Ids of questions asked so far."""
    exercises: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    """Ids of those questions and exercises to which something on the matter was said or handed in."""
    covered: tuple[str, ...] = ()
    """Key points of the current question that were found."""
    told_already: tuple[str, ...] = ()
    """Key points of the current question whose follow-up was probably answered; it is passed over."""
    probed: tuple[str, ...] = ()
    """Key points of the current question that were probed, and not again."""
    probes: int = 0
    misses: int = 0
    """Turns in a row that brought nothing."""
    hints: int = 0
    """Written hints given on the exercise on the table, which come in order."""
    case_hints: int = 0
    """Hints on a case that fails, given between those."""
    clarifications: int = 0
    submissions: int = 0
    """Submissions to the current exercise."""
    is_solved: bool = False
    failing: str = ""
    """The kind of case that the last submission fails first, where it passes most; empty after a hint on it."""
    topic: str | None = None
    is_evaluated: bool = False
    is_end_asked: bool = False
    """The last reply asked whether the interview is to end."""
    is_ended: bool = False
    spent_s: float = 0.0
    """Time spent in the interview; absences count only up to a limit, so that one can go on the next day."""
    leaves_at_s: float | None = None
    """Interview time at which the candidate said that they have to be gone."""
    last_at: datetime | None = None
    last_reply: Reply | None = None
    ability: Ability = Ability()
    best: Score | None = None
    """The best that was shown on the question or exercise on the table; None before anything could be judged."""
    dropped: tuple[Literal["cv", "bank", "code"], ...] = ()
    """What the candidate wanted no more of."""
    extra_exercises: int = 0
    """Exercises the candidate asked for beyond the plan's."""
    claims: tuple[Said, ...] = ()
    """What the candidate said to have done, to be taken up later; the last few."""
    told: tuple[Told, ...] = ()
    """What the candidate told and could tell otherwise; the last few."""
    taken_up: tuple[int, ...] = ()
    """Turns of the claims that were taken up."""
    mentioned_at: int = -99
    """The turn in which the candidate's own words were last taken up."""
    summary: tuple[str, ...] = ()
    """One line for each matter that was left, the last ones; bounded by ``orchestrator.memory``."""
    doubted: int = 0
    """Times the candidate was asked whether they are sure."""
    weighed: int = 0
    """Times it was asked which of two versions holds."""
    offers: int = 0
    """Offers of help made on the exercise on the table."""
    recent_replies: tuple[str, ...] = ()
    """How the last few replies began, so that none begins like them; bounded by ``orchestrator.state``."""
    recent_questions: tuple[str, ...] = ()
    """The last questions as they were spoken, those of the bank and others; bounded by ``orchestrator.state``."""


class TurnContext(Frozen):
    """All a brain may know in one turn. Built by the orchestrator, bounded in size."""

    plan: Plan
    progress: Progress
    turn: int
    utterance: Utterance | None = None
    submission: Submission | None = None
    result: RunResult | None = None
    facts: CodeFacts | None = None
    is_stuck: bool = False
    """No turn of the candidate's own: the editor has stood still for long while an exercise is open."""
    question: Question | None = None
    """The question on the table; for the talk about an exercise, its discussion in the shape of a question."""
    exercise: Exercise | None = None
    elapsed_s: float = 0.0
    wants_end: bool = False
    """The candidate pressed the end button: say goodbye now."""


# ---- what a language model is asked


class Chat(Frozen):
    """One question to a language model. ``system`` is ours alone; whatever anybody else wrote stands in ``user``."""

    system: str
    user: str
    prompt: str = ""
    """Name and version of the prompt file, for the record."""
    temperature: float = Field(default=0.0, ge=0, le=2)
    longest_tokens: int = Field(default=400, gt=0)
    """Of the answer."""


class Usage(Frozen):
    """What calls of a language model took. ``cost_usd`` is None where the price is not known."""

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost_usd: float | None = 0.0
    seconds: float = 0.0

    def __add__(self, other: Usage) -> Usage:
        costs = (self.cost_usd, other.cost_usd)
        return Usage(
            calls=self.calls + other.calls,
            tokens_in=self.tokens_in + other.tokens_in,
            tokens_out=self.tokens_out + other.tokens_out,
            cost_usd=None if None in costs else round(sum(cost or 0.0 for cost in costs), 9),
            seconds=round(self.seconds + other.seconds, 4),
        )


class ContextPart(Frozen):
    """One part of what a model was told: how many characters it had and how many were given."""

    name: str
    characters: int
    given: int


class Authorship(Frozen):
    """How a reply came about: given by a brain after its last sentence, where there is more to say than its name."""

    brain: str
    """Who spoke."""
    understanding: Understanding | None = None
    decision: Decision | None = None
    """Where the speaker corrected what was understood and decided before."""
    fallback: str = ""
    """Why it was not the brain that was asked for, in one sentence for the candidate."""
    cause: str = ""
    """The same in a word or two: ``timeout``, ``garbage``, ``solution``."""
    prompt: str = ""
    usage: Usage = Usage()
    first_sentence_s: float | None = None
    context: tuple[ContextPart, ...] = ()
    """What the model was told, part by part."""


# ---- the record


class Recorded(Frozen):
    """What every entry has: its place in the interview, its turn, when it was written (UTC)."""

    sequence: int = Field(ge=0)
    turn: int = Field(ge=0)
    at: Moment


class ReplyEntry(Recorded):
    """The interviewer spoke."""

    kind: Literal["reply"] = "reply"
    text: str
    move: Move
    phase: Phase
    question_id: str | None = None
    exercise_id: str | None = None
    brain: str
    ended: bool = False

    def to_reply(self) -> Reply:
        """The reply that was recorded."""
        return Reply(**self.model_dump(exclude={"sequence", "at", "kind"}))


class HeardEntry(Recorded):
    """How much of a reply reached the candidate's ear."""

    kind: Literal["heard"] = "heard"
    of_turn: int
    text: str


class UtteranceEntry(Recorded):
    """The candidate spoke or typed."""

    kind: Literal["utterance"] = "utterance"
    text: str
    source: Literal["voice", "typed"] = "typed"
    words: tuple[Word, ...] = ()


class CorrectedEntry(Recorded):
    """A misheard utterance of ``of_turn`` was mended: by the candidate, or by ears that listened a second time."""

    kind: Literal["corrected"] = "corrected"
    of_turn: int
    text: str
    by: Literal["candidate", "ears"] = "candidate"
    words: tuple[Word, ...] = ()
    """With times, where the ears listened again."""


class SubmissionEntry(Recorded):
    """Code was handed in for ``exercise_id``."""

    kind: Literal["submission"] = "submission"
    code: str
    language: Language
    exercise_id: str | None = None
    own_tests: str = ""
    """The candidate's own tests, a line each, as they were written."""


class ResultEntry(Recorded):
    """How the submission of the same turn ran."""

    kind: Literal["result"] = "result"
    result: RunResult


class MeasuredEntry(Recorded):
    """What the sandbox measured of the submission of the same turn when the interview was over."""

    kind: Literal["measured"] = "measured"
    growth: TimeGrowth | None = None
    tried: TestsTried | None = None


class SnapshotEntry(Recorded):
    """The editor as it stood."""

    kind: Literal["snapshot"] = "snapshot"
    code: str
    language: Language
    own_tests: str = ""
    """The candidate's own tests, a line each, as they were written."""
    is_run: bool = False
    """Whether it was kept because it was run, else because it had changed."""


class AssessmentEntry(Recorded):
    """What the answer of the same turn covered."""

    kind: Literal["assessment"] = "assessment"
    assessment: Assessment


DEBUG_NOTE = "debug"
"""Topic of the note with a turn's line of the debug log: sizes and decisions, nobody's words."""
MODEL_NOTE = "model"
"""Topic of the note on a turn in which a language model was asked; its text says why the model did not speak, if so."""


class NoteEntry(Recorded):
    """Something the house notes down: the plan at the start (topic ``plan``), a fall-back, a failure."""

    kind: Literal["note"] = "note"
    topic: str
    text: str = ""
    data: dict[str, JsonValue] = Field(default_factory=dict)


Entry = Annotated[
    ReplyEntry
    | HeardEntry
    | UtteranceEntry
    | CorrectedEntry
    | SubmissionEntry
    | ResultEntry
    | MeasuredEntry
    | SnapshotEntry
    | AssessmentEntry
    | NoteEntry,
    Field(discriminator="kind"),
]
ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)


class Transcript(Frozen):
    """All entries of one interview, in order of their sequence."""

    interview_id: str
    entries: tuple[Entry, ...] = ()

    @property
    def plan(self) -> Plan | None:
        """The plan noted at the start, if there is one."""
        for entry in self.entries:
            if isinstance(entry, NoteEntry) and entry.topic == "plan":
                return _plan_from_note(entry)
        return None

    def utterances(self) -> dict[int, Utterance]:
        """What the candidate said by turn, corrections applied."""
        said = {
            e.turn: Utterance(text=e.text, source=e.source, words=e.words)
            for e in self.entries
            if isinstance(e, UtteranceEntry)
        }
        for entry in self.entries:
            if isinstance(entry, CorrectedEntry) and entry.of_turn in said:
                words = entry.words or said[entry.of_turn].words
                said[entry.of_turn] = Utterance(text=entry.text, source=said[entry.of_turn].source, words=words)
        return said

    def replies(self) -> dict[int, Reply]:
        """What the interviewer said by turn."""
        return {e.turn: e.to_reply() for e in self.entries if isinstance(e, ReplyEntry)}

    def submissions(self) -> Iterator[tuple[SubmissionEntry, RunResult | None]]:
        """Each submission with how it ran."""
        results = {e.turn: e.result for e in self.entries if isinstance(e, ResultEntry)}
        for entry in self.entries:
            if isinstance(entry, SubmissionEntry):
                yield entry, results.get(entry.turn)

    def to_jsonl(self) -> str:
        """One entry a line, as in ``transcript.jsonl``."""
        return "".join(entry.model_dump_json(exclude_none=False) + "\n" for entry in self.entries)

    @classmethod
    def from_jsonl(cls, lines: Iterable[str], *, interview_id: str, name: str = "transcript") -> Transcript:
        """Read ``transcript.jsonl``; raises BadTranscript naming file, line and field."""
        entries = [_entry_from_line(line, f"{name}, line {n}") for n, line in enumerate(lines, 1) if line.strip()]
        sequences = [entry.sequence for entry in entries]
        if sequences != sorted(set(sequences)):
            raise BadTranscript(
                f"{name}: the sequence numbers are doubled or out of order.", "Each entry needs the next number."
            )
        return cls(interview_id=interview_id, entries=tuple(entries))


def _plan_from_note(note: NoteEntry) -> Plan:
    try:
        return Plan.model_validate(note.data.get("plan"))
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in ("plan", *first["loc"]))
        raise BadTranscript(
            f"The plan noted in entry {note.sequence} breaks its schema: field '{field}': {say_invalid(first)}.",
            "See the transcript schema.",
        ) from error


def _entry_from_line(line: str, where: str) -> Entry:
    try:
        return ENTRY.validate_python(_read_json(line), strict=False)
    except _NoJson as error:
        raise BadTranscript(
            f"{where}: not a JSON object ({error}).", "Mend or remove the line and try again."
        ) from error
    except _HalfFound as error:
        field = f"field '{error}': " if str(error) else ""
        raise BadTranscript(f"{where}: {field}{IS_HALF}.", "Mend or remove the line and try again.") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"][:_DEEPEST_FIELD]) or "kind"
        raise BadTranscript(f"{where}: field '{field}': {say_invalid(first)}.", "See the transcript schema.") from error


_DEEPEST_FIELD = 8
"""Parts of a field's name that a sentence shows."""


class _NoJson(Exception):
    """Why a line cannot be read."""


class _HalfFound(Exception):
    """The field that holds half of a character."""


IS_HALF = "half of a surrogate pair, which is no character"
_HALF = re.compile(r"[\ud800-\udfff]")
_MAY_HOLD_HALF = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
"""An escaped half of a character that has two; JSON may hold it alone, a text may not."""


def has_half(text: str) -> bool:
    """Whether half of a character stands in a text."""
    return _HALF.search(text) is not None


def find_half(line: str, value: Any) -> str | None:
    """The field of ``value``, read from a ``line`` of JSON, that holds half of a character; None where none does."""
    return _field_of_half(value, "") if _MAY_HOLD_HALF.search(line) else None


def _field_of_half(value: Any, field: str) -> str | None:
    if isinstance(value, str):
        return field if has_half(value) else None
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        if has_half(str(name)):
            return field
        if (found := _field_of_half(each, f"{field}.{name}" if field else str(name))) is not None:
            return found
    return None


def _read_json(line: str) -> Any:
    try:
        value = json.loads(line)
        if (field := find_half(line, value)) is not None:
            raise _HalfFound(field)
        return value
    except json.JSONDecodeError as error:
        raise _NoJson(error.msg) from error
    except RecursionError as error:
        raise _NoJson("nested too deeply") from error
    except ValueError as error:
        raise _NoJson("a number is too long") from error


# ---- the judgement


Weight = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
CodePart = Literal["correctness", "efficiency", "readability", "practice"]
CODE_PARTS: tuple[CodePart, ...] = get_args(CodePart)
BANDS = (0.2, 0.4, 0.6, 0.8)
"""Scores at which the next level begins, where a rubric names no others."""


class RubricAxis(Frozen):
    """One axis: what it means, how much it weighs, and what each of five levels looks like."""

    description: str
    weight: Weight
    anchors: tuple[str, str, str, str, str]


class Emphasis(Frozen):
    """What counts in one type of interview: ``weights`` of all axes, and ``bands`` where they differ."""

    weights: dict[AxisName, Weight]
    bands: tuple[float, float, float, float] | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Emphasis:
        _check_weights(self.weights, AXES, "axes")
        _check_bands(self.bands or BANDS)
        return self


class Rubric(Frozen):
    """A rubric as data; ``hash`` names exactly this text of it."""

    name: str
    version: int
    source: str
    axes: dict[AxisName, RubricAxis]
    code_parts: dict[CodePart, Weight] = {"correctness": 0.5, "efficiency": 0.15, "readability": 0.25, "practice": 0.1}
    """What code quality is made of."""
    bands: tuple[float, float, float, float] = BANDS
    types: dict[InterviewType, Emphasis] = {}
    """Weights and bands of interview types that differ from the rubric's own."""

    @model_validator(mode="after")
    def _is_whole(self) -> Rubric:
        if missing := [axis for axis in AXES if axis not in self.axes]:
            raise ValueError(f"the rubric lacks the axes {', '.join(missing)}")
        _check_weights({name: axis.weight for name, axis in self.axes.items()}, AXES, "axes")
        _check_weights(self.code_parts, CODE_PARTS, "parts of code quality")
        _check_bands(self.bands)
        return self

    def weights_for(self, type: InterviewType | None) -> dict[AxisName, float]:
        """How much each axis weighs in an interview of this type."""
        if type in self.types:
            return dict(self.types[type].weights)
        return {name: axis.weight for name, axis in self.axes.items()}

    def level_for(self, score: float, type: InterviewType | None = None) -> int:
        """The level 1..5 of a score in an interview of this type."""
        own = self.types[type].bands if type in self.types else None
        return 1 + sum(score >= bound for bound in own or self.bands)

    def cap(self, score: float, level: int, type: InterviewType | None = None) -> float:
        """The score, at most the highest of a level that reads as less than the next one in whole per cent."""
        own = self.types[type].bands if type in self.types else None
        return score if level > len(BANDS) else min(score, max(0.0, round((own or self.bands)[level - 1] - 0.01, 4)))

    @property
    def hash(self) -> str:
        """The first 16 hex digits of the SHA-256 of the canonical JSON."""
        canonical = json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _check_weights(weights: Mapping[Any, float], wanted: Sequence[str], what: str) -> None:
    if missing := [name for name in wanted if name not in weights]:
        raise ValueError(f"the weights lack the {what} {', '.join(missing)}")
    if abs(sum(weights.values()) - 1.0) > 1e-6:
        raise ValueError(f"the weights of the {what} must add up to 1, they add up to {sum(weights.values()):g}")


def _check_bands(bands: Sequence[float]) -> None:
    if not all(0.0 < low < high < 1.0 for low, high in pairwise(bands)):
        raise ValueError("the bands must rise, between 0 and 1")


class QuoteEvidence(Frozen):
    """The candidate's own words: ``quote`` is an exact substring of the text of ``turn``."""

    turn: int
    quote: str


class TestEvidence(Frozen):
    """A named test of the submission of ``turn``."""

    __test__ = False

    turn: int
    test: str
    passed: bool | None = None
    """None in reports of earlier releases."""


class FactEvidence(Frozen):
    """Something measured about ``turn``, such as "2 of 5 hidden tests passed"."""

    turn: int
    fact: str


Evidence = QuoteEvidence | TestEvidence | FactEvidence


class AxisScore(Frozen):
    """One axis of the scorecard; ``score`` and ``level`` are None where the evidence is not enough."""

    score: Score | None
    level: Band | None
    reason: str
    evidence: tuple[Evidence, ...] = ()
    strengths: tuple[str, ...] = ()
    weaknesses: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _shows_evidence(self) -> AxisScore:
        if (self.score is None) != (self.level is None):
            raise ValueError("score and level are given together or not at all")
        if self.score is not None and not self.evidence:
            raise ValueError("a score needs evidence")
        return self


class Overall(Frozen):
    """The weighted mean over the axes that have a score."""

    score: Score | None
    level: Band | None


class SkillScore(Frozen):
    """One skill tag with what showed it."""

    skill: str
    score: Score | None
    evidence: tuple[Evidence, ...] = ()


class Mistake(Frozen):
    """What was wrongly said, an exact substring of the turn's text, and what is right."""

    turn: int
    quote: str
    rather: str

    @property
    def told(self) -> str:
        """Both in a sentence each: what is right may begin with "It", which alone would name nothing."""
        return f"You said “{self.quote}” (turn {self.turn}). Rather: {self.rather}"


class QuestionScore(Frozen):
    """One question over all turns in which it was answered."""

    question_id: str
    text: str
    score: Score | None
    found: tuple[Found, ...] = ()
    missing: tuple[str, ...] = ()
    reason: str = ""
    interval: tuple[Score, Score] | None = None
    """Where nine in ten of people's scores would lie."""
    misconceptions: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    """Those of the misconceptions whose words were found in an answer."""
    stronger: str = ""
    """What a stronger answer would have said; empty where nothing was missing."""

    @property
    def not_right(self) -> tuple[str, ...]:
        """The misconceptions in sentences: what was said, where that is known, and what is so."""
        said = {each.rather: each.told for each in self.mistakes}
        return tuple(said.get(text, text) for text in self.misconceptions)


class SubmissionScore(Frozen):
    """One submission: how it ran and what its code shows."""

    turn: int
    exercise_id: str | None
    language: Language
    outcome: Outcome
    passed: int
    total: int
    facts: CodeFacts | None = None


class Ignored(Frozen):
    """Text that no score looked at: an exact substring of the turn's text or code."""

    turn: int
    text: str
    is_unread: bool = False
    """In a language or script that the embedded judge does not read; otherwise it is addressed to the grader."""


class NextExercise(Frozen):
    """Something to practise next time, from the bank, and why it was chosen."""

    id: str
    title: str
    why: str


class NextQuestion(Frozen):
    """A question to answer next time, of the bank or this interview's own, and why it was chosen."""

    id: str
    text: str
    why: str
    is_again: bool = False
    """Whether this interview asked it."""


class Gap(Frozen):
    """Something that could not be judged, and why."""

    what: str
    why: str


class RubricName(Frozen):
    """Which rubric, exactly."""

    name: str
    hash: str


class Scorecard(Frozen):
    """The judgement alone: axes, overall, skills, questions and gaps under one rubric."""

    rubric: RubricName
    judge: str
    axes: dict[AxisName, AxisScore]
    overall: Overall
    skills: tuple[SkillScore, ...] = ()
    questions: tuple[QuestionScore, ...] = ()
    submissions: tuple[SubmissionScore, ...] = ()
    delivery: DeliveryFacts | None = None
    gaps: tuple[Gap, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    next_time: tuple[NextExercise, ...] = ()
    next_questions: tuple[NextQuestion, ...] = ()
    """Where no code was part of the interview."""


class Report(Scorecard):
    """What the candidate gets: a scorecard with its interview, brain and schema version."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    schema_version: int = Field(default=REPORT_SCHEMA, alias="schema")
    interview_id: str
    brain: str
    created_at: Moment

    @model_validator(mode="before")
    @classmethod
    def _of_any_version(cls, data: Any) -> Any:
        return bring_up(data, REPORT_SCHEMA, REPORT_STEPS, "report") if isinstance(data, dict) else data


# ---- what is kept


class InterviewRecord(Frozen):
    """One line of a person's shelf of interviews."""

    id: str
    owner: str
    plan: Plan
    created_at: datetime
    updated_at: datetime
    title: str = ""
    is_ended: bool = False


class ResumeRecord(Frozen):
    """One CV on a person's shelf."""

    id: str
    owner: str
    name: str
    resume: Resume
    created_at: datetime
    is_default: bool = False


class JobRecord(Frozen):
    """One job description on a person's shelf."""

    id: str
    owner: str
    name: str
    job: Job
    created_at: datetime
    is_default: bool = False


class Account(Frozen):
    """A person of a shared server."""

    id: str
    """Unguessable; everything this person keeps is kept under it."""
    name: str
    """As they sign in, in small letters."""
    password_hash: str
    created_at: datetime


class Part(Frozen):
    """One line of ``interviewlab doctor``: a part of the house, whether it works here, and how to get it."""

    role: str
    name: str
    ok: bool
    detail: str
    remedy: str = ""


class Spread(Frozen):
    """Half and nineteen in twenty of ``n`` values are at most ``p50`` and ``p95``; zero where there is none."""

    p50: float = 0.0
    p95: float = 0.0
    n: int = 0


class SandboxHealth(Frozen):
    """What a sandbox is doing and has done since it was opened; times in seconds, of its last runs."""

    backend: str
    languages: tuple[Language, ...] = ()
    """Those whose toolchain is there."""
    concurrency: int = 0
    running: int = 0
    waiting: int = 0
    """Submissions that wait for one of the ``concurrency`` places."""
    spares: int = 0
    """Cells that wait for a program."""
    outcomes: dict[Outcome, int] = {}
    refused: int = 0
    """Submissions that could not be run as they were."""
    failed: int = 0
    """Runs that the sandbox itself broke."""
    wait_s: Spread = Spread()
    run_s: Spread = Spread()


class AttackResult(Frozen):
    """One attack of the sandbox contract and whether the wall held."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    name: str
    attack_class: str = Field(alias="class")
    held: bool
    outcome: Outcome | None
    note: str = ""
    is_absent: bool = Field(default=False, exclude=True)
    """It cannot exist on this backend, for the reason in ``note``, and is not counted."""
