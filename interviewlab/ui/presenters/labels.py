"""How the words of types.py read on the page."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from interviewlab.types import LANGUAGE_NAMES, AxisName, InterviewType, Language, Level, Manner, Outcome, Phase

LANGUAGE = LANGUAGE_NAMES
EDITOR_MODE: dict[Language, str] = {
    "python": "python",
    "javascript": "javascript",
    "typescript": "typescript",
    "java": "cpp",
    "cpp": "cpp",
    "go": "cpp",
    "sql": "sql",
}
"""The highlighting of the editor; for a language it does not know, the nearest it has."""
TYPE: dict[InterviewType, str] = {
    "mixed": "Mixed",
    "resume": "About your CV",
    "coding": "Coding",
    "fundamentals": "Fundamentals",
    "system-design": "System design",
    "behavioural": "Behavioural",
    "sql": "SQL",
    "machine-learning": "Machine learning",
    "frontend": "Frontend",
}
ABOUT_TYPE: dict[InterviewType, str] = {
    "mixed": "Your own work, if there is a CV, then technical questions and a coding exercise.",
    "resume": "What you did by your CV, and what the job asks for that it does not name.",
    "coding": "A coding exercise, then questions about code.",
    "fundamentals": "Algorithms, networks, databases and languages, with a coding exercise.",
    "system-design": "How you would design a system, in questions and without code.",
    "behavioural": "How you work with others, in stories of your own.",
    "sql": "Databases and queries, in questions.",
    "machine-learning": "Questions on machine learning, with a coding exercise.",
    "frontend": "HTML, CSS, JavaScript and what makes web pages quick, safe and usable, with a coding exercise.",
}
"""What is asked in an interview of each type, as questions/types.yaml has it."""
LEVEL: dict[Level, str] = {
    "intern": "Intern",
    "junior": "Junior",
    "mid": "Mid-level",
    "senior": "Senior",
    "staff": "Staff",
}
LEVEL_OF_JOB = "As the job says"
"""Mid-level where there is none, or it says none."""
MANNER: dict[Manner, str] = {"warm": "Warm", "neutral": "Neutral", "demanding": "Demanding"}
PHASE: dict[Phase, str] = {
    "intro": "Introduction",
    "exploration": "Your work",
    "technical": "Technical",
    "closing": "Closing",
}
AXIS: dict[AxisName, str] = {
    "communication": "Communication",
    "technical_knowledge": "Technical knowledge",
    "problem_solving": "Problem solving",
    "code_quality": "Code quality",
    "testing": "Testing",
}
OUTCOME: dict[Outcome, str] = {
    "ok": "Finished",
    "wrong_answer": "Some tests did not pass",
    "runtime_error": "Stopped by an error",
    "compile_error": "Could not be compiled",
    "time_limit": "Took too long and was stopped",
    "memory_limit": "Used too much memory and was stopped",
    "output_limit": "Printed too much and was stopped",
    "process_limit": "Started too many processes and was stopped",
    "killed": "Was stopped",
    "refused": "Was not allowed to run",
}


def moment(at: datetime, zone: tzinfo) -> str:
    """A point in time by the clock of ``zone``, which is named where it is nobody's own."""
    return f"{at.astimezone(zone):%d %b %Y, %H:%M}{' UTC' if zone is UTC else ''}"


def phase(name: Phase, kind: InterviewType) -> str:
    """A phase of an interview of this type."""
    return "Stories" if (name, kind) == ("technical", "behavioural") else PHASE[name]


def spoken(identifier: str) -> str:
    """An identifier as words: ``two-pointers`` reads "two pointers"."""
    return identifier.replace("-", " ").replace("_", " ")


def judge(name: str) -> str:
    """Who gave the scores, for the candidate."""
    return "the embedded judge (no language model)" if name == "bank" else name


def brain(name: str) -> str:
    """Who spoke a turn, for the candidate; a model goes by its own name."""
    names = ("embedded brain" if each == "bank" else each.partition(":")[2] or each for each in name.split(" + "))
    return " + ".join(names)


def percent(score: float | None) -> str:
    """A score, in hundredths of full marks."""
    return "not judged" if score is None else f"{score * 100:.0f}%"


def elapsed(wall_s: float) -> str:
    """A time that was measured, in the unit that reads best."""
    if wall_s >= 1:
        return f"{wall_s:.1f} s"
    return f"{wall_s * 1000:.0f} ms" if wall_s >= 0.001 else "under 1 ms"


def count(number: int, noun: str) -> str:
    """A number with its noun, for nouns that take a plain s."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
