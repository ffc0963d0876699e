"""What an interview was about, to be named at its end: subjects, never how well they went."""

from __future__ import annotations

from collections.abc import Iterator

from interviewlab.brains.phrases import topic_name
from interviewlab.questions.bank import Bank
from interviewlab.questions.discussion import find_question
from interviewlab.types import Question, TurnContext, Understanding

MOST_TOPICS = 4
"""That can be taken in by ear; the first ones are named."""

_AS_WRITTEN = {"sql": "SQL", "nosql": "NoSQL", "dns": "DNS", "http": "HTTP", "tls": "TLS", "api": "API", "acid": "ACID"}
_AS_WRITTEN |= {"html": "HTML", "css": "CSS", "dom": "DOM", "javascript": "JavaScript", "typescript": "TypeScript"}
_AS_WRITTEN |= {"tcp": "TCP", "udp": "UDP", "ip": "IP", "nat": "NAT", "git": "Git", "mlops": "MLOps"}


def name_topics(bank: Bank, context: TurnContext, understanding: Understanding) -> str:
    """ "your own work, caching and an exercise in code"; empty where nothing was answered.

    Subjects by their area; where all questions of the bank are of one area, by what each was about.
    """
    questions = list(_answered(bank, context, understanding))
    areas = list(dict.fromkeys(_area(question) for question in questions))
    if len([area for area in areas if area != "resume"]) == 1:
        names = list(dict.fromkeys(topic_name("resume") if _is_own(q) else _matter(q) for q in questions))
    else:
        names = [topic_name(area) for area in areas]
    done = len(set(context.progress.exercises) & _heard(context, understanding))
    tasks = ["exercises in code" if done > 1 else "an exercise in code"] if done else []
    return _listed([*names[: MOST_TOPICS - len(tasks)], *tasks])


def _answered(bank: Bank, context: TurnContext, understanding: Understanding) -> Iterator[Question]:
    """The questions asked to which something was said."""
    heard = _heard(context, understanding)
    for question_id in context.progress.asked:
        question = find_question(bank, context.plan.personal, question_id)
        if question is not None and question_id in heard:
            yield question


def _heard(context: TurnContext, understanding: Understanding) -> set[str]:
    """What was answered before, and what is answered in this very turn."""
    progress, answer = context.progress, understanding.assessment
    is_answer = answer is not None and answer.score is not None and answer.is_on_topic and not progress.is_evaluated
    on_table = progress.exercise_id or progress.question_id
    return {*progress.answered, *((on_table,) if is_answer and on_table else ())}


def _is_own(question: Question) -> bool:
    return question.area in ("resume", "job")


def _area(question: Question) -> str:
    return "resume" if _is_own(question) else question.area


def _matter(question: Question) -> str:
    """What a question was about, told apart from its area where it has a name of its own."""
    if question.area == "behavioural":
        return topic_name(question.area)
    area = topic_name(question.area)
    matter = next((skill for skill in question.skills if skill not in (area, question.area)), area)
    return " ".join(_AS_WRITTEN.get(word, word) for word in matter.split())


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
