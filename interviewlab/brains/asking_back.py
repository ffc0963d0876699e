"""Questions inside what the candidate says: about how large it all is, about the rules of a task, or as the answer."""

from __future__ import annotations

import re

from interviewlab.brains.intents import Wanted, is_about_size
from interviewlab.brains.wishes import form
from interviewlab.scoring.text import sentences, words

_WANTS_QUESTIONS = re.compile(
    r"\bwhat (?:would|do|will|should) you (?:first )?(?:ask|want to know|need to know|have to know|like to know)\b"
    r"|\b(?:which|what) questions (?:would|do|will|should) you\b",
    re.IGNORECASE,
)
_OF_ME = re.compile(
    r"\bdo you mean\b|\byou mean\b|\b(?:repeat|rephrase|say (?:that|it) again|the question|another way|clarify)\b",
    re.IGNORECASE,
)
"""Asked of the interviewer about the question itself."""
_OWN_IDEA = re.compile(r"\b(?:i|i'm|i'd|my|we|this work|that work|it work)\b", re.IGNORECASE)
_APPROVAL = re.compile(
    r"\b(?:does|do|is|are|would|will|was) (?:that|this|it|these) (?:\w+ ){0,3}?"
    r"(?:sound|look|seem|(?:make|makes) sense|right|correct|good|enough|okay|ok|fine|reasonable|help)"
    r"(?: to you| so far)?\W*$",
    re.IGNORECASE,
)
_UNSURE_OF_WORDS = re.compile(
    r"\b(?:not sure|don't know|hope|wonder) (?:if |whether |that )?(?:i (?:said|put|explained|expressed|described)\b"
    r"|(?:that|this|it) (?:answers|makes sense|made sense|was clear|is clear|helps)\b)",
    re.IGNORECASE,
)
"""Who doubts how it was said asks nothing."""
_RULE_FOR_ME = re.compile(
    r"\b(?:should|shall|do|must|may|can|could|would|will|if) (?:i|we) "
    r"(?:(?:just|also|still|always|simply|then|even|only|really|have to|need to) )*"
    r"(?:return|assume|expect|keep|validate|handle|print|treat|raise|throw|modify|mutate|change|preserve|include|ignore"
    r"|round|skip|trim|output|give|care|worry)\b"
    r"|\bam i right (?:that|in)\b|\bdo i (?:understand|get|read) (?:it |that |this )?(?:right|correctly)\b",
    re.IGNORECASE,
)
"""What the task asks of one's function; that is no idea of one's own."""
_CLAUSE = re.compile(r",\s+(?:(?:and|or|so|but)\s+)?|\s+(?:and|or)\s+", re.IGNORECASE)
_BACK = re.compile(r"\b(?:it|that|this|they|them|those|these|both)\b", re.IGNORECASE)
"""Who asks so asks about what was said just before."""
_MAY_ASK = re.compile(
    r"^\W*(?:(?:okay|ok|so|and|but|sorry|well|hmm|just|quickly|first|before i start|can i ask(?: first)?|may i ask"
    r"|i(?:'d| would) like to ask|one question|a question|quick question|to be sure|let me ask)\b[\s,:]*)*",
    re.IGNORECASE,
)
_THINGS = (
    r"(?:keys?|items?|elements?|entries|products?|articles?|files?|documents?|images?|pictures?|photos?|videos?|songs?"
    r"|posts?|comments?|links?|urls?|pages?|words?|terms?|strings?|lookups?|inserts?|updates?|transactions?|payments?"
    r"|bookings?|accounts?|profiles?|sessions?|devices?|sensors?|jobs?|tasks?|tokens?|vectors?|points?|edges?|vertices"
    r"|values?|numbers?|lines?|samples?|labels?|objects?|visitors?|followers?|calls?|notifications?|e ?mails?)\b"
)
"""Of which there may be millions."""
_OF_ME_OR_YOU = r"(?!.*\b(?:should|shall|would|do|can|could|may|must|did) (?:i|you)\b)"
"""Not what one is to say or to choose."""
_HOW_MANY = re.compile(rf"\bhow many (?:\w+ ){{0,3}}?{_THINGS}{_OF_ME_OR_YOU}", re.IGNORECASE)
_HOW_LARGE = re.compile(
    r"\bhow (?:big|large) (?:is|are|would|will|can) "
    rf"(?:(?:an? |each|one|they|those|these|single|the (?:average|typical|usual))\b|(?:the )?{_THINGS}){_OF_ME_OR_YOU}",
    re.IGNORECASE,
)
_TENTATIVE = re.compile(
    r"\b(?:maybe|perhaps|probably|possibly|presumably|(?:some|a) (?:kind|sort) of"
    r"|something (?:like|with|about|to do with)|i (?:guess|suppose|think|believe)|i'd (?:guess|say)"
    r"|(?:is|isn't|was) (?:it|that|this) (?:because|due to)|or so)\b",
    re.IGNORECASE,
)
_IS_IT = re.compile(r"^\W*(?:is|was|isn't|would|does|could|might) (?:it|that)\b", re.IGNORECASE)
_HOW = re.compile(r"\b(?:how|why)\b", re.IGNORECASE)
_EITHER = re.compile(r"\bor\b", re.IGNORECASE)
_OF_THE_ASKER = re.compile(r"\b(?:you|your|mean|meant|repeat|question)\b", re.IGNORECASE)
_OF_THE_TASK = re.compile(
    r"\b(?:what|what's|which|who|whose|when|where|why|how|any|(?:can|may|should|shall|do|am|could|must) i)\b",
    re.IGNORECASE,
)
"""Who asks so wants to know something of the interviewer."""
LEAST_TOLD = 8
"""Words before a question from which they tell something."""
BRIEF = 8
"""Words up to which a question may need the sentence before it."""
MOST_UNMARKED = 25
"""Words of an utterance without a question mark that may be a question."""
MOST_BEFORE = 25
"""Words before a question about how large it is; behind a longer answer it belongs to that."""


def wants_questions(asked: str) -> bool:
    """Whether the answer to ``asked`` is a list of questions: "What would you ask them before you agree?"."""
    return _WANTS_QUESTIONS.search(asked) is not None


def is_list_of_questions(asked: str, said: str, wanted: Wanted) -> bool:
    """Whether what looks like a wish to have something cleared up is the answer to a question that wants questions."""
    return wanted.intent == "clarify" and wants_questions(asked) and not _OF_ME.search(said)


def asks_size(said: str) -> bool:
    """Whether it ends with a question how large it all is, after a few words at most."""
    last = last_question(said)
    before = len(words(said)) - len(words(last))
    return bool(last) and before <= MOST_BEFORE and is_about_size(last)


def asks_count(said: str) -> bool:
    """Whether it ends with a question how many there are of what there may be millions of: keys, products."""
    last = _last_asked(said)
    return _HOW_MANY.search(last) is not None and not is_about_size(last)


def asks_size_of_each(said: str) -> bool:
    """Whether it ends with a question how large a single thing is."""
    return _HOW_LARGE.search(_last_asked(said)) is not None


def is_choice(said: str) -> bool:
    """Whether it ends with a question which of some it is to be, or whether so: "the checker or the code?"."""
    last = _last_asked(said)
    return _EITHER.search(last) is not None and not _HOW.search(last)


def asks_approval(said: str) -> bool:
    """Whether what is told ends with the wish to hear that it is right: "… Um, does that make sense?"."""
    last = (sentences(said) or [""])[-1]
    is_asked = _APPROVAL.search(last_question(said)) or _UNSURE_OF_WORDS.search(last)
    return is_asked is not None and len(words(said)) - len(words(last)) >= LEAST_TOLD


def asks_about_task(said: str) -> bool:
    """Whether it asks for a rule of the task; who asks whether an own idea would do tries it."""
    last = last_question(said)
    clauses = _CLAUSE.split(last)
    if all(form(clause).startswith("form plain") for clause in clauses):
        return False
    own = [clause for clause in clauses if _OWN_IDEA.search(clause) or _APPROVAL.search(clause)]
    rules = [clause for clause in own if _RULE_FOR_ME.search(clause)]
    others = [clause for clause in clauses if clause not in own and not form(clause).startswith("form plain")]
    return len(rules) == len(own) and bool(rules or others)


def _last_asked(said: str) -> str:
    return next(iter(questions_of(said)), "")


def last_question(said: str) -> str:
    """The question at the end without what leads to it; empty where none stands there."""
    last = (sentences(said) or [""])[-1]
    return _bare(last) if last.endswith("?") else ""


def questions_of(said: str) -> tuple[str, ...]:
    """The questions in what is said, the last one first, each with the sentence that it refers to."""
    told = sentences(said)
    if told and not any(each.endswith("?") for each in told):
        return (told[-1] if len(words(said)) > MOST_UNMARKED else said,)
    return tuple(_with_subject(told, place) for place in reversed(range(len(told))) if told[place].endswith("?"))


def is_guess(said: str) -> bool:
    """Whether it ends with an answer put as a question, and says so: "some kind of buffer, maybe?"."""
    last = last_question(said)
    is_of_me = _OF_THE_ASKER.search(last) is not None or form(last).startswith("form which")
    return bool(last) and not is_of_me and _TENTATIVE.search(last) is not None


def may_be_guess(said: str) -> bool:
    """Whether it ends with what may be an answer put as a question, where it makes a point: "the TCP window?"."""
    last = last_question(said)
    is_plain = form(last).startswith("form plain") or _IS_IT.search(last) is not None
    is_asked = any(pattern.search(last) for pattern in (_OF_THE_ASKER, _OF_THE_TASK, _EITHER))
    return bool(last) and is_plain and not is_asked


def before_questions(said: str) -> str:
    """What is told before the questions at the end: a plan, or nothing; an exact substring."""
    end, told = len(said), sentences(said)
    while told and told[-1].endswith("?"):
        end = said.rindex(told.pop(), 0, end)
    return said[:end].strip()


def _with_subject(told: list[str], place: int) -> str:
    """A short question that points back, with what it points at."""
    question = _bare(told[place])
    is_short = len(words(question)) <= BRIEF and _BACK.search(question)
    is_told = place > 0 and len(words(told[place - 1])) <= MOST_BEFORE
    return f"{told[place - 1]} {question}" if is_short and is_told else question


def _bare(question: str) -> str:
    """Without what leads to it: "I was asking about the input: can it be empty?"."""
    lead, _, rest = question.rpartition(": ")
    return _MAY_ASK.sub(
        "", rest if lead and form(rest).startswith(("form which", "form whether", "form may")) else question
    )
