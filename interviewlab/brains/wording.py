"""From a decision to spoken sentences: at most three, at most one question, nothing evaluative in real mode."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from num2words import num2words

from interviewlab.brains.asking_back import (
    MOST_BEFORE,
    asks_count,
    asks_size_of_each,
    before_questions,
    is_choice,
    questions_of,
)
from interviewlab.brains.claims import to_second_person
from interviewlab.brains.course import left_s
from interviewlab.brains.details import told_in_statement
from interviewlab.brains.guards import MOST_SENTENCES, questions_in
from interviewlab.brains.own_questions import asks_how_many
from interviewlab.brains.phrases import Phrasebook, topic_name
from interviewlab.brains.policy import OWN, SETTLED
from interviewlab.brains.situation import CHANGED, SLOW_LOOPS, is_before_code, is_given_up
from interviewlab.brains.topics import name_topics
from interviewlab.brains.versions import LONGEST
from interviewlab.questions.bank import Bank
from interviewlab.questions.check import UNSPEAKABLE
from interviewlab.questions.kinds import kind_of
from interviewlab.resume.names import PARTICLES
from interviewlab.resume.places import is_place
from interviewlab.scoring.text import sentences, words
from interviewlab.types import LANGUAGE_NAMES, Decision, Exercise, KeyPoint, Move, Question, TurnContext, Understanding

_AFTERWARDS = re.compile(r"\b(?:report|record\w*|sav(?:e|ed)|grade\w*|scores?|results?|feedback|afterwards?)\b", re.I)
_CLOCK = re.compile(
    r"\b(?:time|minutes|questions|exercises|parts)\b.{0,200}\b(?:left|remain\w*|still|more)\b"
    r"|\bhow (?:long|much time) (?:do|have) (?:we|i)\b|\bhow far\b|\bwhen (?:do|are|will) we\b",
    re.I,
)
_FAILING = re.compile(r"\b(?:fail\w*|flunk\w*|pass|badly|can't)\b", re.I)
_SPEAKS_OF_LOOPS = re.compile(r"\b(?:loops?|nested)\b", re.I)
_SCORES = re.compile(r"\b(?:scor\w+|points?|grad\w+|marks?|rat(?:e|ing)|out of (?:ten|10)|percent)\b", re.I)
_LEADING = re.compile(
    r"^\W*(?:(?:and|but|well|actually|then|okay|ok|yeah|so(?! (?:far|that|much|many))|because(?! of))[\s,]+)+", re.I
)
_OPENING = re.compile(
    r"^(?:There|It|That|This|The|An?|Some(?:one|body)?|Nobody|Another|One|In|At|For|On|With|You|Your|Later|Most|All)\b"
)
"""Words that begin a sentence with a capital letter and are no names."""
_THAT_CASE = re.compile(r"\b(?:with that|there)\?$")
MOST_TOLD = 2
"""Rules of the statement in one reply."""
LONG_FUNCTION = 30
"""Lines from which it is asked how a function would be split."""

_TITLES = frozenset(("dr", "prof", "professor", "doctor", "mr", "mrs", "ms", "miss", "mx", "sir", "dipl-ing"))
IN_WORDS = 12
"""Numbers up to which one writes them so."""
_DEGREES = frozenset(("phd", "msc", "bsc", "mba", "md", "jr", "sr", "ii", "iii", "cpa", "pmp", "esq"))
"""What stands behind a name, set off by a comma."""


class Wording:
    """Words one reply."""

    def __init__(
        self, bank: Bank, interviewer: str, context: TurnContext, understanding: Understanding, decision: Decision
    ) -> None:
        self._bank = bank
        self._interviewer = interviewer
        self._context = context
        self._understanding = understanding
        self._decision = decision
        recent = context.progress.recent_replies
        self._book = Phrasebook(context.plan.seed, context.turn, context.plan.persona.manner, recent)

    def sentences(self) -> list[str]:
        """The reply, piece by piece in the order it is spoken."""
        words: Mapping[Move, Callable[[], list[str]]] = {
            "greet": self._greet,
            "ask": self._ask,
            "follow_up": self._follow_up,
            "clarify": self._clarify,
            "hint": self._hint,
            "set_exercise": self._set_exercise,
            "review_code": self._review_code,
            "evaluate": self._evaluate,
            "close": self._close,
        }
        body = [piece for piece in words[self._decision.move]() if piece]
        return _fitting(body, before=self._also(), after=self._behind())

    def nothing(self) -> str:
        """What is said where nothing else may be."""
        return self._say("go_on")

    def _say(self, key: str, **values: object) -> str:
        return self._book.say(key, **values)

    @property
    def _name(self) -> str:
        first = first_name(self._context.plan.candidate)
        return f", {first}" if first else ""

    @property
    def _said(self) -> str:
        return self._context.utterance.text if self._context.utterance else ""

    def _also(self) -> list[str]:
        """One sentence for the second request, before the move."""
        if self._decision.also == "course":
            return [self._course()]
        if self._decision.also in (*SETTLED, *OWN):
            return [self._settled(self._decision.also)]
        if self._decision.also == "nerves":
            return [self._say("nerves")]
        return [self._say("also_no_score")] if self._decision.also == "no score" else []

    def _course(self) -> str:
        """What the interview is made of, or what comes after it, whichever was asked."""
        said = self._said
        if self._context.progress.is_evaluated:
            return self._say("course")
        if asks_how_many(said):
            return self._counts()
        if _FAILING.search(said):
            return self._say("course_failed")
        if _AFTERWARDS.search(said):
            return self._say("course")
        if _CLOCK.search(said):
            return self._say("time_left", minutes=max(1, round(left_s(self._context) / 60)))
        return self._agenda()

    def _agenda(self) -> str:
        """What the interview is made of; nothing is announced that the plan has none of."""
        return self._say(f"agenda.{self._kind()}", minutes=round(self._context.plan.minutes))

    def _kind(self) -> str:
        """Which of the agendas: that of the type, of a mixed interview the one without code, or without a CV."""
        plan = self._context.plan
        if plan.question_id:
            return "one_question"
        if plan.type != "mixed":
            return plan.type
        return f"mixed{'' if plan.exercises else '_in_words'}{'' if plan.personal else '_without_cv'}"

    def _counts(self) -> str:
        """How much is planned: at most, or about, where who is done early is asked more."""
        plan = self._context.plan
        most = "about" if plan.allow_more else "up to"
        questions = _counted(plan.questions + len(plan.personal), "question")
        if not kind_of(plan.type).share_of("code") or not plan.exercises:
            return self._say("counts.questions", most=most, questions=questions)
        exercises = _counted(plan.exercises, "exercise")
        return self._say("counts.code", exercises=exercises, most=most, questions=questions)

    def _settled(self, asked: str) -> str:
        """How one may work here."""
        if asked == "language" and self._is_code_ahead():
            return self._say("language_of_code", language=LANGUAGE_NAMES[self._context.plan.language])
        return self._say(asked.replace(" ", "_"))

    def _is_code_ahead(self) -> bool:
        """Whether an exercise is on the table or still to come."""
        context = self._context
        return context.exercise is not None or len(context.progress.exercises) < context.plan.exercises

    def _haste(self) -> str:
        """When it will be over, told to who has to leave; never later than planned."""
        left = left_s(self._context) / 60
        return self._say("haste", minutes=max(1, round(min(left, self._understanding.minutes_left or left))))

    def _behind(self) -> list[str]:
        if self._decision.move == "evaluate":
            return [] if is_given_up(self._context, self._understanding) else [self._say("your_turn")]
        return [self._say("may_skip")] if self._decision.also == "may skip" else []

    def _greet(self) -> list[str]:
        first = self._name.replace(",", "")
        greeting = self._say(
            "greet", first=first, interviewer=self._interviewer, part=self._part(), position=self._position()
        )
        return [greeting, self._agenda(), self._say("ready")]

    def _part(self) -> str:
        """ ", a senior engineer at Acme" as far as the persona has it."""
        persona = self._context.plan.persona
        role = f" {_with_article(persona.role)}" if persona.role else ""
        company = f" {'at' if role else 'from'} {persona.company}" if persona.company else ""
        return f",{role}{company}" if role or company else ""

    def _position(self) -> str:
        role = self._context.plan.role
        return f" for the role of {role}" if role else ""

    def _ask(self) -> list[str]:
        question = self._question()
        return [*self._feedback(), self._recalled() or self._bridge(question), question.text]

    def _recalled(self) -> str:
        """A claim from long before, where it has to do with what is asked now."""
        claim = next((c for c in self._context.progress.claims if c.turn == self._decision.recall), None)
        return self._say("recall", claim=to_second_person(claim.text)) if claim else ""

    def _bridge(self, question: Question) -> str:
        """What leads from the last answer to the new question."""
        progress = self._context.progress
        if self._decision.reason == "topic":
            return self._say("to_topic", topic=topic_name(question.area))
        if self._decision.reason in ("change", "leave", "said before"):
            return self._say(self._decision.reason.replace(" ", "_"))
        if self._decision.reason == "time":
            return self._say("out_of_time")
        if self._decision.reason == "no exercise":
            return self._say("no_exercise" if progress.exercises or self._context.plan.exercises else "no_editor")
        if self._is_first_of_cv(question):
            return self._say("to_first")
        is_turn = self._decision.phase == "technical" and progress.phase == "exploration"
        if is_turn and question.area not in ("resume", "behavioural"):
            return self._say("to_technical")
        if is_turn and question.area == "behavioural":
            return self._say("to_people")
        if not progress.asked:
            return self._say("to_questions" if progress.exercises else "begin")
        return self._say("to_next")

    def _is_first_of_cv(self, question: Question) -> bool:
        """Whether the questions about the CV begin with this one; one that is tried once more stands alone."""
        plan = self._context.plan
        return question in plan.personal and question.id != plan.question_id and not self._context.progress.asked

    def _follow_up(self) -> list[str]:
        match self._decision.reason:
            case "retracted":
                return [self._book.nth("retracted", self._context.progress.weighed)]
            case "doubted":
                return [self._doubted()]
            case "two versions":
                before, now = (_retold(each) for each in self._understanding.versions)
                return [self._book.nth("two_versions", self._context.progress.weighed, before=before, now=now)]
            case "wavered":
                return [self._book.nth("wavered", self._context.progress.weighed)]
            case "change":
                return [*self._feedback(), self._say("change_requirement")]
        taken_up = self._taken_up() or self._book.sometimes("acknowledge")
        return [*self._feedback(), self._turn_of_talk() or taken_up, self._point().follow_up]

    def _doubted(self) -> str:
        """The very words, where they can be said in one breath."""
        quote = self._understanding.mistaken.rstrip(" .!?")
        if not quote or UNSPEAKABLE.search(quote) or len(quote.split()) > LONGEST:
            return self._book.nth("doubted_all", self._context.progress.doubted)
        key = "doubted_practice" if self._context.plan.is_practice else "doubted"
        return self._book.nth(key, self._context.progress.doubted, quote=quote)

    def _taken_up(self) -> str:
        """What was named in this turn or, of a story, what was done."""
        mentioned = self._decision.mention
        if not mentioned:
            return ""
        if mentioned == self._understanding.claim:
            return self._say("take_up_deed", deed=to_second_person(mentioned))
        return self._say("take_up", mentioned=mentioned)

    def _turn_of_talk(self) -> str:
        """What leads to a change of requirement."""
        is_change = self._decision.reason == "talk" and CHANGED.search(self._point().follow_up)
        return self._say("change_one_thing") if is_change else ""

    def _clarify(self) -> list[str]:
        reason, question = self._decision.reason, self._context.question
        if reason in ("assume", "tools", "scale", "targets"):
            return self._own_question(reason)
        if reason == "person":
            return [self._say("person"), *([again] if (again := self._asked_again()) else [])]
        if reason in ("floor", "carry on"):
            return [self._say("floor"), self._asked_again() or self._say("ready")]
        if reason == "haste":
            return [self._haste(), self._asked_again() or self._say("course_on")]
        is_asked = self._context.question is not None or self._context.exercise is not None
        if reason == "course":
            return [self._course(), self._say("course_on" if is_asked else "ready")]
        if reason in SETTLED:
            return [self._settled(reason), self._say("go_on" if is_asked else "ready")]
        if reason in OWN:
            return [self._settled(reason), self._asked_again() if is_asked else self._say("ready")]
        if reason == "no score":
            return [self._say("no_score" if _SCORES.search(self._said) else "no_verdict")]
        if reason in _STAY:
            return [self._say(_STAY[reason], minutes=round(self._context.plan.minutes))]
        if reason in ("abuse", "chat", "nerves"):
            return [self._say(reason), self._asked_again()]
        probe, exercise = self._last_probe(question) if question else "", self._context.exercise
        if exercise is not None and (told := self._told(exercise)):
            return told
        if exercise is not None and not probe:
            return [self._say("repeat"), exercise.spoken]
        if question is None:
            return self._before_or_after()
        if reason == "repeat":
            return [self._say("repeat"), self._last_question(question)]
        lead = f"{_LEAD[reason]}_probe" if probe and reason in _NO_OTHER_WORDS else _LEAD[reason]
        return [self._say(lead), probe or question.rephrased]

    def _before_or_after(self) -> list[str]:
        """With nothing on the table, before the first question or after the last: the same only where it is wished."""
        last, is_again = self._context.progress.last_reply, self._decision.reason == "repeat"
        if self._context.progress.is_evaluated:
            asked = questions_in(last.text) if last and last.move == "evaluate" else ()
            return [self._say("repeat"), asked[-1]] if is_again and asked else [self._say("look_back_again")]
        if is_again and last is not None:
            return [last.text]
        return [self._say("as_we_go") if self._understanding.aside else self._agenda(), self._say("ready")]

    def _own_question(self, reason: str) -> list[str]:
        """What the candidate asked about the task: as the statement has it, or as a senior engineer would decide it."""
        exercise = self._context.exercise
        if exercise is None:
            return [self._say(self._of_question(reason))]
        if reason == "tools":
            return [self._say("tools"), *self._then_write()]
        return self._told(exercise) or [self._say("assume_exercise"), *self._then_write()]

    def _of_question(self, reason: str) -> str:
        """What is said where no statement has rules: a figure for how large, either of two, or that one decides."""
        if reason == "assume" and is_choice(self._said):
            return "either"
        if reason == "scale" and asks_size_of_each(self._said):
            return "scale_each"
        if reason == "scale" and asks_count(self._said):
            return "scale_count"
        return {"tools": "tools_here"}.get(reason, reason)

    def _told(self, exercise: Exercise) -> list[str]:
        """What the statement says to the candidate's questions, if it does."""
        asked = questions_of(self._said)[:MOST_TOLD] if self._decision.reason != "repeat" else ()
        told = [rule for question in reversed(asked) if (rule := told_in_statement(exercise, question))]
        if len(set(told)) > 1 or (told and self._also()):
            return [self._say("stated"), *told]
        return [self._say("stated"), told[0], *(self._then_write() or [self._say("left_open")])] if told else []

    def _then_write(self) -> list[str]:
        """To whom asked something at the end of a plan: the plan was heard."""
        is_plan = len(words(before_questions(self._said))) > MOST_BEFORE
        return [self._say("then_write")] if is_plan and is_before_code(self._context) else []

    def _asked_again(self) -> str:
        """The question on the table in other words; at an exercise, what there is to do."""
        if self._context.exercise is not None:
            return self._say("back_to_exercise")
        return self._reworded(self._context.question) if self._context.question else ""

    def _last_question(self, question: Question) -> str:
        """What was asked last about this question: it, or the follow-up to it."""
        return self._last_probe(question) or question.text

    def _reworded(self, question: Question) -> str:
        return self._last_probe(question) or question.rephrased

    def _last_probe(self, question: Question) -> str:
        probed = self._context.progress.probed
        if self._context.exercise is not None and (asked := self._asked_of_code()):
            return asked
        if probed[-1:] in (("doubted",), ("retracted",), ("changed",)):
            last = self._context.progress.last_reply
            spoken = questions_in(last.text) if last else ()
            return (spoken or self._context.progress.recent_questions or ("",))[-1]
        return next((p.follow_up for p in question.key_points if probed and p.id == probed[-1]), "")

    def _asked_of_code(self) -> str:
        """What the last reply asked about the code, or asked again, with the failing case it speaks of."""
        last, probes = self._context.progress.last_reply, self._context.progress.recent_questions
        spoken = sentences(last.text) if last else []
        if last is None or not spoken or not spoken[-1].endswith("?"):
            return ""
        is_probe = last.move in ("review_code", "follow_up") or any(spoken[-1].startswith(probe) for probe in probes)
        has_case = _THAT_CASE.search(spoken[-1]) is not None
        return " ".join(spoken[-2:] if has_case else spoken[-1:]) if is_probe else ""

    def _hint(self) -> list[str]:
        exercise = self._context.exercise
        if self._decision.reason == "case":
            return [self._say("hint"), self._say("hint_case", category=self._context.progress.failing)]
        if exercise is None or self._decision.hint is None:
            return [self._say("no_more_hints")]
        return [self._say("hint"), exercise.hints[self._decision.hint]]

    def _set_exercise(self) -> list[str]:
        exercise = self._bank.exercise(self._decision.exercise_id or "")
        if self._context.exercise is not None and "skip" in self._understanding.signals:
            return [self._say("leave"), exercise.spoken]
        if self._context.exercise is not None and not self._also() and not self._feedback():
            return [self._say("exercise_next"), exercise.spoken]
        feedback = self._feedback()
        if feedback or self._also():
            # What the task is counts for more than where it is found: there is no room for both.
            return [*feedback, exercise.spoken]
        if self._context.question is not None:
            return [self._say("to_code"), exercise.spoken]
        return [exercise.spoken, self._say("exercise")]

    def _review_code(self) -> list[str]:
        result = self._context.result
        if result is None:
            return [self._say("broke.refused")]
        if self._decision.reason == "solved":
            return [self._say("passed_all", total=len(result.tests)), self._seen(), self._talk()]
        if self._decision.reason in ("untouched", "other code"):
            return [self._say(self._decision.reason.replace(" ", "_"))]
        if self._decision.reason == "leave it":
            return [self._tally(), self._say("leave_exercise"), self._talk()]
        return [self._tally(), self._failure()]

    def _seen(self) -> str:
        """One thing that the code itself shows, named and not judged."""
        facts = self._context.facts
        if facts is None:
            return ""
        if self._decision.key_point == "complexity" and (facts.loop_depth or 0) >= SLOW_LOOPS:
            return "" if _SPEAKS_OF_LOOPS.search(self._talk()) else self._say("slow_loop")
        if (facts.longest_function or 0) > LONG_FUNCTION:
            return self._say("long_code")
        is_about_tests = self._decision.key_point in ("own-tests", "edge-cases")
        return self._say("untested") if is_about_tests and not facts.own_tests else ""

    def _talk(self) -> str:
        return self._point().follow_up if self._decision.key_point else self._say("change_anything")

    def _tally(self) -> str:
        result = self._context.result
        if result is None or not result.tests:
            return ""
        key = "passed_some" if result.passed else "passed_none"
        return self._say(key, passed=result.passed, total=len(result.tests))

    def _failure(self) -> str:
        result = self._context.result
        if result is None or result.outcome in _BROKE:
            return self._say(f"broke.{result.outcome if result else 'refused'}")
        failed = next((test for test in result.tests if not test.passed), None)
        if failed is None or not failed.category:
            return self._say("failing_plain")
        return self._say("failing", category=failed.category)

    def _evaluate(self) -> list[str]:
        is_left = is_given_up(self._context, self._understanding)
        return [*self._feedback(), *([self._say("leave")] if is_left else []), self._say("evaluate")]

    def _close(self) -> list[str]:
        key = "close_early" if self._decision.reason == "asked to stop" else "close"
        if self._also():
            return [self._say(key, name=self._name, covered="")]
        told = name_topics(self._bank, self._context, self._understanding)
        covered = f"{self._say('covered_topics', topics=told)} " if told else ""
        return [self._say(key, name=self._name, covered=covered)]

    def _feedback(self) -> list[str]:
        """Practice mode only: how much of the question on the table was covered."""
        question, assessment = self._context.question, self._understanding.assessment
        if not self._context.plan.is_practice or question is None or assessment is None or assessment.score is None:
            return []
        ids = set(self._context.progress.covered) | {hit.key_point for hit in assessment.found}
        if not ids:
            return [self._say("feedback.none")]
        return [self._say("feedback.covered", share=f"{len(ids)} of {len(question.wanted_points(ids))}")]

    def _question(self) -> Question:
        wanted = self._decision.question_id or ""
        personal = {q.id: q for q in self._context.plan.personal}
        return personal[wanted] if wanted in personal else self._bank.question(wanted)

    def _point(self) -> KeyPoint:
        """The key point this reply probes, of the question or the exercise on the table."""
        question, exercise = self._context.question, self._context.exercise
        points = [*(question.key_points if question else ()), *(exercise.discussion if exercise else ())]
        return next(point for point in points if point.id == self._decision.key_point)


def _counted(number: int, thing: str) -> str:
    """ "two exercises", as it is said."""
    told = "no" if number == 0 else num2words(number) if number <= IN_WORDS else number
    return f"{told} {thing}{'' if number == 1 else 's'}"


def first_name(candidate: str) -> str:
    """How one is greeted: without a title, and of "Smith, John" by the name behind the comma."""
    parts = [[word for word in part.split() if _bare(word) not in _TITLES] for part in candidate.split(",")]
    names = [part for part in parts if any(_bare(word) not in _DEGREES for word in part)]
    if not names:
        return ""
    return names[1][0] if len(names) > 1 and _is_given(names[1], names[0]) else names[0][0]


def _is_given(behind: list[str], before: list[str]) -> bool:
    """Whether what stands behind the comma is a given name: no place, and behind two names no letters."""
    if is_place(" ".join(behind)):
        return False
    is_surname_alone = len([word for word in before if _bare(word) not in PARTICLES]) == 1
    return is_surname_alone or (behind[0].istitle() and "." not in behind[0])


def _bare(word: str) -> str:
    return word.replace(".", "").lower()


def _retold(said: str) -> str:
    """What the candidate said, as it stands behind "you said that"."""
    told = to_second_person(_LEADING.sub("", said)).replace("%", " percent")
    return _OPENING.sub(lambda found: found[0].lower(), told)


def _with_article(role: str) -> str:
    return f"an {role}" if role[0].lower() in "aeiou" else f"a {role}"


def _fitting(body: list[str], before: list[str], after: list[str]) -> list[str]:
    """The last piece of the body is what the reply is for; what leads to it comes as far as there is room, the
    replies to a second request first."""
    pieces = [*before, *body, *after]
    kept, room = {len(before) + len(body) - 1}, MOST_SENTENCES - len(sentences(body[-1]))
    order = [*range(len(before)), *range(len(before) + len(body), len(pieces)), *range(len(before), len(pieces))]
    for place in order:
        size = len(sentences(pieces[place]))
        if place not in kept and size <= room:
            kept.add(place)
            room -= size
    return [piece for place, piece in enumerate(pieces) if place in kept]


_STAY = {
    "assume": "assume",
    "hold": "hold",
    "sure to end": "sure_to_end",
    "plain enough": "nothing_more_to_clarify",
    "submit first": "submit_first",
    "offer to tell": "offer_to_tell",
    "try it": "try_it",
    "go write": "go_write",
    "try again": "try_again",
    "offer": "offer",
    "no more hints": "no_more_hints",
}
_LEAD = {
    "rephrase": "clarify",
    "nothing asked": "clarify",
    "no answer": "no_answer",
    "silent": "silent",
    "off topic": "off_topic",
    "no hint here": "no_hint_here",
}
_NO_OTHER_WORDS = ("rephrase", "no answer", "no hint here")
"""Of a follow-up there is one wording; what leads to it must not promise another."""
_BROKE = frozenset(
    (
        "compile_error",
        "runtime_error",
        "time_limit",
        "memory_limit",
        "output_limit",
        "process_limit",
        "killed",
        "refused",
    )
)
