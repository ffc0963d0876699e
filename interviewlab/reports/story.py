"""What a report tells, in order, before it is Markdown or HTML: sections of paragraphs, lists and tables.

Every string here is plain text; the writers escape it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from interviewlab.scoring.text import axis_title, list_turns
from interviewlab.types import (
    AXES,
    AxisScore,
    CodeFacts,
    DeliveryFacts,
    Evidence,
    Found,
    Ignored,
    QuestionScore,
    QuoteEvidence,
    Report,
    SubmissionScore,
    TestEvidence,
)

LONGEST_QUOTE = 400
"""Characters of a quote that a page shows; the report holds all of it."""
TELLING = 0.8
"""A range of marks wider than this says nothing."""


def is_telling(interval: tuple[float, float] | None) -> bool:
    """Whether a range of marks says anything."""
    return interval is not None and interval[1] - interval[0] <= TELLING


def to_shown_quote(quote: str) -> str:
    """The beginning of a quote that is longer than anybody reads."""
    return quote if len(quote) <= LONGEST_QUOTE else quote[:LONGEST_QUOTE].rstrip() + " …"


@dataclass(frozen=True)
class Line:
    """One line of a list: ``text`` is the candidate's own words where ``is_quote``; ``turn`` is where they stand."""

    text: str
    turn: int | None = None
    is_quote: bool = False
    label: str = ""


@dataclass(frozen=True)
class Lines:
    """A list under a short title (empty: none)."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """Rows as wide as ``head``."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = str | Lines | Table


@dataclass(frozen=True)
class Section:
    """A title with what stands under it; ``depth`` 2 is a chapter, 3 a part of the chapter before."""

    title: str
    blocks: tuple[Block, ...]
    depth: int = 2


def build_story(report: Report) -> tuple[Section, ...]:
    """All sections of a report; those with nothing to tell are left out."""
    sections = (
        _overall(report),
        *_axes(report),
        *_questions(report),
        *_code(report),
        *_skills(report),
        *_next_time(report),
        *_delivery(report.delivery),
        *_gaps(report),
        *_ignored(report),
        _origin(report),
    )
    return tuple(sections)


def level_text(score: float | None, level: int | None) -> str:
    """A level with its score, or that there is none."""
    return "Not enough evidence" if score is None or level is None else f"Level {level} of 5 ({score:.0%})"


def _overall(report: Report) -> Section:
    scored = sum(axis.score is not None for axis in report.axes.values())
    rows = tuple(
        (axis_title(name), "–" if axis.level is None else f"{axis.level} of 5", _score(axis.score))
        for name, axis in report.axes.items()
    )
    told = f"{level_text(report.overall.score, report.overall.level)}, from {scored} of {len(report.axes)} axes."
    return Section("Overall", (told, Table(("Axis", "Level", "Score"), rows)))


def _axes(report: Report) -> Iterator[Section]:
    for name, axis in report.axes.items():
        yield Section(f"{axis_title(name)}: {level_text(axis.score, axis.level)}", tuple(_axis_blocks(axis)))


def _axis_blocks(axis: AxisScore) -> Iterator[Block]:
    yield axis.reason
    yield from _lines("What this rests on", (_evidence_line(each) for each in axis.evidence))
    yield from _lines("Strengths", map(Line, axis.strengths))
    yield from _lines("Weaknesses", map(Line, axis.weaknesses))
    yield from _lines("What to try next", map(Line, axis.advice))


def _lines(title: str, lines: Iterator[Line]) -> Iterator[Lines]:
    if whole := tuple(lines):
        yield Lines(title, whole)


def _evidence_line(evidence: Evidence) -> Line:
    if isinstance(evidence, QuoteEvidence):
        return Line(to_shown_quote(evidence.quote), evidence.turn, is_quote=True)
    if isinstance(evidence, TestEvidence):
        return Line(evidence.test, evidence.turn, label=_TEST_LABELS[evidence.passed])
    return Line(evidence.fact, evidence.turn)


_TEST_LABELS: dict[bool | None, str] = {True: "Test passed", False: "Test failed", None: "Test"}


def spoken(identifier: str) -> str:
    """An identifier as words: ``two-pointers`` reads "two pointers"."""
    return identifier.replace("-", " ").replace("_", " ")


def _questions(report: Report) -> Iterator[Section]:
    if report.questions:
        head = ("Question", "Score", "Likely", "Points made", "Points missing")
        yield Section("Questions", (Table(head, tuple(map(_question_row, report.questions))),))
    for question in report.questions:
        yield Section(question.text or question.question_id, tuple(_question_blocks(question)), depth=3)


def _question_row(question: QuestionScore) -> tuple[str, ...]:
    found, missing = len(question.found), len(question.missing)
    return (
        question.text or question.question_id,
        _score(question.score),
        _span(question.interval),
        str(found),
        str(missing),
    )


def _span(interval: tuple[float, float] | None) -> str:
    return f"{interval[0]:.0%} to {interval[1]:.0%}" if is_telling(interval) and interval else "–"


def _question_blocks(question: QuestionScore) -> Iterator[Block]:
    likely = f" (nine in ten people would give {_span(question.interval)})" if is_telling(question.interval) else ""
    yield "No score." if question.score is None else f"Score {question.score:.0%}{likely}."
    if question.reason:
        yield to_sentence(question.reason)
    yield from _lines("You said", map(_found_line, question.found))
    yield from _lines("Not right", map(Line, question.not_right))
    yield from _lines("A stronger answer also covers", map(Line, question.missing))


def to_sentence(reason: str) -> str:
    """Reasons are kept as they stand inside a sentence; here they are one. No reason is none."""
    return f"{_capital(reason).removesuffix('.')}." if reason else ""


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _found_line(found: Found) -> Line:
    return Line(to_shown_quote(found.quote), found.turn, is_quote=True, label=_capital(spoken(found.key_point)))


def _code(report: Report) -> Iterator[Section]:
    if not report.submissions:
        return
    rows = tuple(_submission_row(each) for each in report.submissions)
    head = ("Turn", "Exercise", "Language", "Outcome", "Tests passed", "Lines", "Complexity", "Own tests")
    notes = (
        Line(note, each.turn)
        for each in report.submissions
        if each.facts is not None
        for note in (*each.facts.notes, *each.facts.lint)
    )
    measured = (Line(note, each.turn) for each in report.submissions for note in _measured(each.facts))
    limits = (Line(limit, each.turn) for each in report.submissions if each.facts for limit in each.facts.limits)
    told = (
        *_lines("Measured", measured),
        *_lines("Noticed in the code", notes),
        *_lines("What was not looked at", limits),
    )
    yield Section("Code", (Table(head, rows), *told))


def _measured(facts: CodeFacts | None) -> Iterator[str]:
    """What the sandbox measured when the interview was over."""
    if facts and facts.growth:
        yield f"{facts.growth.told}."
        if facts.growth.sizes:
            pairs = zip(facts.growth.sizes, facts.growth.times_ms, strict=False)
            yield f"Times by size: {', '.join(f'{size}: {time:.1f} ms' for size, time in pairs)}."
    if facts and facts.tried:
        yield f"{facts.tried.told}."
        yield from facts.tried.wrong
        yield from (f"A fault that your tests do not notice: {kind}." for kind in facts.tried.missed)


def _submission_row(each: SubmissionScore) -> tuple[str, ...]:
    facts = each.facts
    own = 0 if facts is None else max(facts.own_tests, facts.tried.written if facts.tried else 0)
    measured = ("–",) * 3 if facts is None else (facts.lines, facts.cyclomatic_complexity or "–", own)
    tests = f"{each.passed} of {each.total}" if each.total else "–"
    outcome = each.outcome.replace("_", " ")
    return (str(each.turn), spoken(each.exercise_id or "–"), each.language, outcome, tests, *map(str, measured))


def _skills(report: Report) -> Iterator[Section]:
    if report.skills:
        rows = tuple((spoken(each.skill), _score(each.score), _turns(each.evidence)) for each in report.skills)
        yield Section("Skills", (Table(("Skill", "Score", "Shown in turns"), rows),))


def _turns(evidence: tuple[Evidence, ...]) -> str:
    return list_turns(each.turn for each in evidence) or "–"


def _delivery(facts: DeliveryFacts | None) -> Iterator[Section]:
    if facts is None:
        return
    pace = (
        "not measured (no times of spoken words)"
        if facts.words_per_minute is None
        else f"{facts.words_per_minute:.0f} words a minute"
    )
    rows = (
        ("Answers", f"{facts.answers}, of {_count(facts.median_words, 'word')} in the median"),
        ("Your part of the talk", f"{facts.talk_share:.0%} of all words"),
        ("Pace", pace),
        ("Filler words", f"{facts.fillers_per_100_words:.1f} in 100 words"),
        ("Hedges (maybe, I guess)", f"{facts.hedges_per_100_words:.1f} in 100 words"),
        ("Connectives (first, because, so that)", f"{facts.connectives_per_100_words:.1f} in 100 words"),
        ("Words said twice in a row", f"{facts.repeated_starts_per_100_words:.1f} in 100 words"),
        ("Lost threads (where was I, sorry)", f"{facts.breaks_per_100_words:.1f} in 100 words"),
        *_pauses(facts),
        *((("Parts of your stories", ", ".join(facts.story_parts)),) if facts.story_parts else ()),
    )
    yield Section("Delivery", (Table(("What", "Measured"), rows),))


def _pauses(facts: DeliveryFacts) -> Iterator[tuple[str, str]]:
    if facts.pauses_per_minute is not None:
        yield "Pauses of a second or more", f"{facts.pauses_per_minute:.1f} a minute"
    if facts.longest_pause_s is not None:
        yield "Longest pause", f"{facts.longest_pause_s:.1f} s"


def _next_time(report: Report) -> Iterator[Section]:
    if report.next_time:
        lines = tuple(Line(each.why, label=each.title) for each in report.next_time)
        yield Section("Exercises for next time", (Lines("", lines),))
    if report.next_questions:
        lines = tuple(Line(f"{each.text} {each.why}") for each in report.next_questions)
        yield Section("Questions for next time", (Lines("", lines),))


def _ignored(report: Report) -> Iterator[Section]:
    parts: list[str | Lines] = []
    for told, pieces in left_out(report.ignored):
        lines = tuple(Line(to_shown_quote(each.text), each.turn, is_quote=True) for each in pieces)
        parts += [told, Lines("", lines)]
    if parts:
        yield Section("Left out", tuple(parts))


ADDRESSED = (
    "This reads as if it were addressed to the grader and was left out of grading. If it was part of your answer, it "
    "did not count: say it in other words next time."
)
UNREAD = (
    "This is in a language or script that the embedded judge does not read: it reads English only. It was left out of "
    "grading; answer in English to have it judged."
)


def left_out(pieces: Iterable[Ignored]) -> Iterator[tuple[str, tuple[Ignored, ...]]]:
    """What was left out of grading, each kind with what is told of it."""
    for told, is_unread in ((ADDRESSED, False), (UNREAD, True)):
        if kept := tuple(each for each in pieces if each.is_unread == is_unread):
            yield told, kept


def _gaps(report: Report) -> Iterator[Section]:
    if report.gaps:
        lines = tuple(Line(gap.why, label=_gap_label(gap.what)) for gap in report.gaps)
        yield Section("What could not be judged", (Lines("", lines),))


def _gap_label(what: str) -> str:
    """Axes and questions by name are told in words."""
    is_named = what in AXES or what.startswith("question ")
    return _capital(spoken(what) if is_named else what)


def _count(number: float, noun: str) -> str:
    return f"{number:.0f} {noun}{'' if f'{number:.0f}' == '1' else 's'}"


def _origin(report: Report) -> Section:
    rows = (
        ("Interview", report.interview_id),
        ("Interviewer", report.brain),
        ("Judge", report.judge),
        ("Rubric", f"{report.rubric.name} ({report.rubric.hash})"),
        ("Written", f"{report.created_at:%Y-%m-%d %H:%M} {report.created_at.tzname() or ''}".strip()),
    )
    return Section("How this report was made", (Table(("What", "Which"), rows),))


def _score(score: float | None) -> str:
    return "–" if score is None else f"{score:.0%}"
