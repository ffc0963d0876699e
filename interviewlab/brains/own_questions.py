"""Questions of the candidate's own, which no question of the interview asks for: about the team and the job, whether
there will be room for questions, how many are coming, and which answer would have been right."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviewlab.scoring.text import sentences, words
from interviewlab.types import Aside

LOOKED_AT = 3
"""Sentences at the end of an utterance in which such a question may stand."""
LONGEST = 60
"""Words of one at most: patterns take longer than in proportion."""
AN_ANSWER = 4
"""Words beside a question of one's own from which they are an answer."""
BRIEF = 15
"""Words up to which an utterance can be about the look back and no answer to it."""

_OF_ME = re.compile(r"\b(?:do|did) you mean\b|\byou mean\b|\bare you (?:asking|talking)\b|\bdo you want me\b")
"""Asked of the interviewer about what was just asked."""
_HOUSE = (
    r"(?:your|the|this|that|our|my future|my new) (?:[\w-]+ ){0,3}"
    r"(?:team|company|department|office|culture|codebase|code base|engineers|developers|colleagues|position|vacancy)\b"
)
_TEAM = re.compile(
    rf"\b(?:what|how|who|which|is|are|does|do)\b.{{0,80}}\byour (?:[\w-]+ ){{0,3}}(?:team|company|department|office)\b"
    rf"|\b(?:what|how)\b.{{0,30}}\b{_HOUSE} (?:look|looks|like|work|works|organi[sz]ed|structured|made up|set up)\b"
    rf"|\bwhat(?:'s| is) {_HOUSE} like\b|\bhow (?:big|large)(?: is|'s) {_HOUSE}(?= here| there|$)"
    r"|\b(?:would|will) (?:i|my)\b.{0,60}\b(?:first (?:\w+ )?(?:days?|weeks?|months?|year|project|tasks?)"
    r"|in (?:this|the|that) (?:role|job|position|team))\b"
    r"|\bmy first (?:day|days|week|weeks|month|months|project|tasks?)\b|\bday to day\b|\btypical (?:day|week)\b"
    r"|\bwho (?:would|will) i (?:be )?(?:work|working|report|reporting)\b"
    r"|\bwhat(?:'s| is) it like\b.{0,30}\b(?:work|working|here|there)\b"
    r"|\bnext (?:steps|rounds?|stages)(?: (?:be|look like|in (?:the|this|your) (?:hiring |whole )?process|for me"
    r"|after (?:this|today)|from here))*$"
    r"|\bnext step (?:in (?:the|this|your) (?:hiring |whole )?process|for me|after this)$"
    r"|\bhear (?:back|from (?:you|them))\b|\b(?:hiring|application) process\b"
    r"|\b(?:do|did) you (?:like|enjoy|join)\b.{0,30}\b(?:work|working|job|there|here|about it|it|team|company)\b"
    r"|\b(?:what|how|is|are|does|do)\b.{0,60}\b(?:the (?:salary|pay|benefits)|remote work|work remotely|home office"
    r"|visa|paid leave)\b"
)
_HERE = re.compile(
    r"\bhow (?:do|does) (?:you|you all|you guys|they|people) (?:usually |normally |typically )?"
    r"(?:do |handle |organi[sz]e )?(?:code reviews?|reviews?|deploy|release|deployments|releases|on[- ]call|onboarding"
    r"|onboard|sprints?|planning|review|test)\b.{0,30}\b(?:there|here|at (?:your|the) \w+)\W*$"
)
_ROOM = re.compile(
    r"\b(?:can|could|may|will|shall|do|would|should|is|are)\b.{0,30}"
    r"\b(?:(?:i|we|me)(?: \w+){0,3} ask\b(?! for)|(?:my|own|some|any|few|two|couple of) questions\b).{0,60}"
    r"\b(?:at the end|in the end|afterwards?|later(?: on)?|when (?:we're|we are) (?:done|through|finished))\b"
    r"|\b(?:time|room|chance|opportunity)\b.{0,30}\b(?:my|own|for|ask)\b.{0,20}\bquestions?\b"
)
_COUNT = re.compile(
    r"\bhow many (?:[\w-]+ ){0,3}(?:questions?|exercises?|tasks?|problems?|challenges?|rounds?|parts)\b"
    r"|\b(?:is|are|will|do|am) (?:there|i|we|it)\b.{0,60}\b(?:coding|code|exercises?|editor|quer(?:y|ies)|sql"
    r"|programming|whiteboard)\b"
)
_RIGHT = re.compile(
    r"\bwhich (?:\w+ ){0,2}(?:would|is|was|were) (?:\w+ ){0,3}(?:right|correct|better|best)\b"
    r"|\b(?:is|was|were|are) (?:that|this|it|i|my (?:[\w-]+ ){1,3}) ?(?:right|correct|wrong)\b"
    r"|\bwhat(?:'s| is| was| would)? (?:have been |be )?the (?:right|correct|best|real|proper) (?:\w+ )?"
    r"(?:answer|one|way|solution|approach)\b"
    r"|\b(?:what|how|which) should i have\b|\bwhat (?:did|have) i (?:miss|missed|forget|forgotten|get wrong)\b"
    r"|\bwhat (?:were|was|would) you (?:looking for|have (?:said|answered|wanted)|expecting?)\b"
    r"|\b(?:can|could|would|will) you (?:just |please |maybe |quickly )?(?:tell|explain to|show) me\b"
)
_TELL_ME = re.compile(
    r"^(?:and |so |but |oh |well |just |actually ,?)*(?:can|could|would|will) you (?:just |please |maybe |quickly )?"
    r"tell me (?:if|whether|which|why|what happens)\b"
)
_AT_THE_END = re.compile(
    r"\b(?:how|what|why|where|when|who|which|do|does|did|are)\b.*\b(?:you|your|you're|the team|the company)\b"
)
_REPORT = re.compile(r"\b(?:report|feedback|scores?|grades?|results?|how (?:did|was|were) (?:i|my|it))\b")
_REPORTED = re.compile(r"\b(?:i|we|he|she|they|who|people|everybody|somebody) (?:\w+ )?(?:asked|said|wondered|told)\b")
"""Somebody's question inside a story."""
_MEANING = re.compile(
    r"\bwhat (?:do|does|did|is|was)\b.{1,60}\b(?:refer to|referring to|stand for here)\b"
    r"|\b(?:do|did) you mean\b|\bwhat is meant\b|\bask back\b"
)
_LOOK_BACK = re.compile(
    r"\byou mean\b|\bmean by\b|\brephrase\b|\brepeat\b|\bsay (?:that|it) again\b|\bclarif|\bexample\b|\bother words\b"
    r"|\bwhich (?:answers?|questions?|ones?) (?:did|do|were|are|was)\b|\bremind me\b|\bunderstand\b|\bthe question\b"
    r"|\bwhat (?:were|was) (?:the|my|your|our) (?:questions?|answers?)\b|\bwhat did you (?:ask|say)\b"
)
_YES = re.compile(
    r"^(?:\W*\b(?:hi|hello|hey|good (?:morning|afternoon|evening)|um+|uh+|well|oh|ah|thanks|thank you|there)\b,?"
    r"(?: [A-Z]\w+\b)?){0,6}"
    r"\W*(?:yes|yeah|yep|yup|sure|of course|absolutely|certainly|okay|ok|ready|happy to|i am|i'm|let's)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class OwnQuestion:
    """What is asked, and what was said before it: an exact beginning of the utterance."""

    about: Aside
    before: str


def find_own_question(said: str, *, is_at_end: bool = False, is_at_start: bool = False) -> OwnQuestion | None:
    """The first question of this kind at the end of ``said``.

    At the end of an interview whatever is asked of "you" is about the team; at its start, with nothing on the table,
    it may be asked what is coming.
    """
    place = 0
    spoken = sentences(said)
    for number, sentence in enumerate(spoken):
        place = said.index(sentence, place)
        if len(spoken) - number <= LOOKED_AT and sentence.rstrip().endswith("?") and len(words(sentence)) <= LONGEST:
            about = _about(_plain(sentence), is_at_end=is_at_end, is_at_start=is_at_start)
            if about is not None:
                return OwnQuestion(about, said[:place])
        place += len(sentence)
    return None


def asks_about_look_back(said: str) -> bool:
    """Whether, asked to look back, somebody wants to have that explained: "which answers do you mean?"."""
    return len(words(said)) <= BRIEF and _LOOK_BACK.search(_plain(said)) is not None


def asks_meaning(said: str) -> bool:
    """Whether an answer begins with a question what the interviewer's words mean."""
    first, *behind = sentences(said) or [""]
    is_brief = first.rstrip().endswith("?") and len(words(first)) <= LONGEST
    return is_brief and len(words(" ".join(behind))) >= AN_ANSWER and _MEANING.search(_plain(first)) is not None


def says_yes(said: str) -> bool:
    """Whether it begins with a yes: one may begin, whatever else is asked."""
    return _YES.search(said.replace("’", "'")) is not None


def asks_how_many(said: str) -> bool:
    """Whether it is asked what is coming, and not what is left of it."""
    return any(_COUNT.search(_plain(each)) for each in sentences(said)) and not re.search(
        r"\b(?:left|remain\w*|still|more)\b", _plain(said)
    )


def _about(asked: str, *, is_at_end: bool, is_at_start: bool) -> Aside | None:
    if _OF_ME.search(asked) or _REPORTED.search(asked):
        return None
    if _ROOM.search(asked):
        return "ask later"
    if _TEAM.search(asked) or _HERE.search(asked):
        return "team"
    if is_at_start and _COUNT.search(asked):
        return "course"
    if is_at_end and _REPORT.search(asked):
        return "course"
    if is_at_end and _RIGHT.search(asked):
        return "solution"
    if not is_at_start and _TELL_ME.search(asked):
        return "solution"
    return "team" if is_at_end and _AT_THE_END.search(asked) else None


def _plain(text: str) -> str:
    return " ".join(words(text.replace("’", "'"))).lower()
