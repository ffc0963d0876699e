"""Whether there is an answer at all: silence, "fine", "I don't know", letters typed at random, heaps of words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewlab.scoring.other_languages import share_of_little_words
from interviewlab.scoring.reading import Sentence
from interviewlab.scoring.text import words

_DONT_KNOW = re.compile(
    r"^(sorry )?(i )?pass$|^(i m |i am |i'm )?(really |honestly )?not sure\b|\bi (really |honestly |actually )?"
    r"(don't|do not|dont) know\b|^(don't|dont|do not) know\b|\bno (idea|clue)\b|^(idk|dunno|skip|next)$"
)
_NOT_KNOWING = re.compile(
    r"(?:\bi (?:\w+ )?(?:don['’]?t|do not|didn['’]?t) (?:\w+ )?(?:know|remember|recall)|\bi (?:can['’]?t|cannot) (?:\w+ )?"
    r"(?:remember|recall)|\bi(?:['’]m| am) (?:\w+ )?not (?:\w+ )?(?:sure|certain)|\bi (?:\w+ )?mix(?:ed)?(?: \w+){0,4} up"
    r"|\bi(?:['’]ve)? (?:\w+ )?forg(?:et|ot|otten)|\bi(?:['’]ve)? never heard"
    r"|^\W*(?:\w+\W+)?(?:not (?:\w+ )?(?:sure|certain)|no (?:idea|clue)|something (?:with|about|like) \w+(?=\W*$)))\b"
    r"(?:(?!\bbut\b)[^,;:.])*",
    re.IGNORECASE,
)
"""With the rest of its clause."""
_COURTESY = frozenset(
    [
        "fine",
        "good",
        "great",
        "okay",
        "ok",
        "yes",
        "no",
        "yeah",
        "yep",
        "nope",
        "sure",
        "right",
        "cool",
        "nice",
        "well",
        "thanks",
        "thank",
        "you",
        "very",
        "all",
        "is",
        "it",
        "i",
        "am",
        "im",
        "i'm",
        "s",
        "so",
        "that's",
        "thats",
        "that",
        "the",
        "a",
        "an",
        "and",
        "everything",
        "works",
        "correct",
        "true",
        "perfect",
        "done",
        "exactly",
        "absolutely",
        "definitely",
        "maybe",
        "perhaps",
        "alright",
        "understood",
        "know",
        "this",
        "think",
        "guess",
        "really",
        "quite",
        "just",
        "not",
        "bad",
        "be",
        "to",
        "my",
        "me",
        "of",
        "course",
        "agree",
        "agreed",
        "easy",
        "simple",
        "was",
    ]
)
"""Words that say nothing of any matter, alone or together."""
GENERAL = _COURTESY | frozenset(
    words(
        "important necessary useful helpful interesting hard difficult complicated best better wrong depend depends "
        "situation situations case circumstances context general generally thing things something anything someone "
        "everyone everybody nobody way ways matter matters topic subject question answer answers explain explains "
        "explained explanation describe described discuss discussed cover covers covered complete completely "
        "correctly full fully whole entire entirely detail details say said tell look looks looking need needs want "
        "wants like love hate sometimes often usually pretty much many lot lots does do done doing make makes happen "
        "happens happening get gets got have has having had would will can could should must may might certain "
        "certainly surely exist exists nowadays today every each any some other others another both several different "
        "same also even still big huge super people view opinion"
    )
)
"""The same, and words of doubt, of generality and of speaking about an answer, which a sentence may have and say nothing."""
SPEECH = frozenset(
    words(
        "textbook candidate student interviewer recruiter examiner grader evaluator panel professor assessment assess "
        "score scores scored marks grade grades graded keyword keywords rubric mention mentions mentioned angle angles "
        "benefit benefits trap traps understand understands understanding demonstrate demonstrates clearly "
        "comprehensive comprehensively accurate accurately summarise summarize nutshell brief hence thereby exactly "
        "precisely perfectly flawless brilliant excellent outstanding justified studied submission hope helps wikipedia "
        "linkedin endorsed whiteboard buzzwords glossary"
    )
)
"""Words of speaking about an answer and of marking it, which say nothing unless they are wanted or asked about. None
that a subject has for itself: points, samples, sums and knowledge are what answers are made of."""
_VOWELS = re.compile(r"[aeiouyäöüáéíóú]", re.IGNORECASE)
_LINKS = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "can",
        "could",
        "will",
        "would",
        "should",
        "may",
        "might",
        "must",
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "for",
        "with",
        "by",
        "from",
        "at",
        "as",
        "that",
        "which",
        "who",
        "when",
        "while",
        "if",
        "because",
        "so",
        "and",
        "or",
        "but",
        "not",
        "no",
        "it",
        "its",
        "this",
        "these",
        "they",
        "them",
        "their",
        "there",
        "then",
        "than",
        "into",
        "over",
        "under",
        "between",
        "each",
        "every",
        "all",
        "any",
        "some",
        "we",
        "you",
        "i",
        "he",
        "she",
        "one",
        "only",
        "also",
        "more",
        "most",
        "less",
        "both",
        "such",
        "since",
        "until",
        "through",
        "before",
        "after",
        "where",
    ]
)
FEWEST_LINKS = 0.13
"""Share of little words under which a text of some length is a heap of words and no sentence."""
LONG_ENOUGH = 8
"""Words from which that can be told."""


def why_nothing(text: str) -> str:
    """Why the bare text holds no answer, or an empty string."""
    said = [word.lower().replace("’", "'") for word in words(text)]
    if not said:
        return "nothing was said"
    if len(said) <= 8 and _DONT_KNOW.search(" ".join(said)):
        return "you said that you do not know"
    if all(word in _COURTESY for word in said):
        return "the answer says nothing about the matter"
    if _is_gibberish(said) and not is_calculation(text):
        has_letters = any(map(str.isalpha, said))
        return "the answer is not in words" if has_letters else "the answer is figures without a word to explain them"
    return "the answer is too short to show anything" if len(said) < 2 else ""


def _is_gibberish(said: Sequence[str]) -> bool:
    """Letters at random have no vowels, or none of the little words that hold sentences together and no known length."""
    letters = [word for word in said if word.isalpha()]
    if len(letters) < max(1, len(said) / 3):
        return len(said) > 2 and not any(len(word) > 3 for word in letters)
    odd = [word for word in letters if len(word) > 3 and (not _VOWELS.search(word) or _has_long_run(word))]
    same = len(letters) > 5 and len(set(letters)) <= max(2, len(letters) // 6)
    return same or len(odd) > len(letters) / 2


def _has_long_run(word: str) -> bool:
    return re.search(r"[bcdfghjklmnpqrstvwxz]{5}|(.)\1{3}", word) is not None


def is_heap(sentences: Sequence[Sentence]) -> bool:
    """Whether the answer is a heap of keywords: many words and hardly a little one to tie them.

    So is a bare list: whoever asks for names must not ask this.
    """
    return sum(len(sentence.words) for sentence in sentences) >= LONG_ENOUGH and is_bare(sentences)


_PIECE = re.compile(r"[,;:.\n•]|\s[-–—*]\s|\band\b", re.IGNORECASE)
_SAYS = frozenset(
    words(
        "is are was were be been being am has have had do does did can could will would shall should may might must cannot i you we they he "
        "she it this that these those there who which whose because so when while if since as than then not no never until where how why "
        "let lets means went came sent got took gave made kept held ran read wrote told said grew fell rose set put use need must"
    )
) | {"isn't", "aren't", "doesn't", "don't", "can't", "won't", "that's", "it's"}
"""Words of which a bare list of names has none, for they say something of what is named."""
_PERHAPS_SAYS = re.compile(r"\w{2,}(?:[^su\W]s|ed)\b|\w+'\w+", re.IGNORECASE)
"""What may be a verb: "sends", "stored"; a list with such words is left alone."""
_ARTICLES = frozenset(["a", "an", "the"])
_ASKS_FOR_THINGS = re.compile(
    r"\b(?:which|what (?:are|kinds?|types?|steps|else|other|would you (?:\w+ )?(?:check|look|ask|measure|watch|try|test|expect|log))|names?|lists?|"
    r"examples?|factors|steps|components|parts|advantages?|disadvantages?|benefits?|characteristics|objectives|challenges|reasons)\b",
    re.IGNORECASE,
)
FEWEST_NAMES, LONGEST_NAME = 4, 5
"""Pieces of a bare list from which it is one, and words of each on the average at most."""


def is_list_of_names(text: str, question: str) -> bool:
    """Whether an answer only names things with their articles, one after the other, and says nothing of them.

    Whoever asks for things by name gets an answer by that.
    """
    pieces = [said for piece in _PIECE.split(text) if (said := [word.lower() for word in words(piece)])]
    told = [word.replace("’", "'") for said in pieces for word in said]
    if len(pieces) < FEWEST_NAMES or len(told) < LONG_ENOUGH or len(told) > LONGEST_NAME * len(pieces):
        return False
    if 2 * sum(said[0] in _ARTICLES for said in pieces) < len(pieces) or not _SAYS.isdisjoint(told):
        return False
    verbs = sum(_PERHAPS_SAYS.fullmatch(word) is not None for said in pieces for word in said[1:])
    return verbs == 0 and not _ASKS_FOR_THINGS.search(question) and not is_calculation(text)


LONGEST_CUE, FEWEST_CUES = 4, 6
"""Words of a piece on the average, and pieces, from which a story may be a string of cues."""
TIED_CUES, TIED_STORY = 0.36, 0.25
"""Shares of little words under which short pieces are a string of cues, and any story is a heap of words. Of 118 stories
that tell something, some in broken English, none is taken for either."""


def is_string_of_cues(sentences: Sequence[Sentence]) -> bool:
    """Whether what should be a story only drops words: "wrong timeout, told the channel, rolled back, alert"."""
    said = [word for sentence in sentences for word in sentence.words]
    pieces = [piece for sentence in sentences for piece in _PIECE.split(sentence.text) if words(piece)]
    ties = sum(word in _LINKS for word in said) / max(1, len(said))
    is_choppy = len(pieces) >= FEWEST_CUES and len(said) <= LONGEST_CUE * len(pieces)
    return len(said) >= LONG_ENOUGH and ties < (TIED_CUES if is_choppy else TIED_STORY)


_TERM = re.compile(
    r"\d[ \t)]*[-+*/^=×≈<>]|[-+*/^=×≈<>][ \t(]*\d|[\w)}\]$][ \t]*(?:=|<-|:=|\^|\+|\*|\\)[ \t(\\]*\w|(?<![A-Za-z])[a-z]\("
)
_TERMS = 3
"""Signs beside numbers or between names from which a text calculates."""


def is_calculation(text: str) -> bool:
    """Whether signs tie what no little word ties: "P(C) = 20 * 0.6^3 * 0.4^3 = 0.276", "w(n + 1) = w(n) + e(n) x(n)"."""
    return len(_TERM.findall(text)) >= _TERMS


def is_bare(sentences: Sequence[Sentence]) -> bool:
    """Whether hardly a little word ties the words of some sentences."""
    said = [word for sentence in sentences for word in sentence.words]
    ties = sum(word in _LINKS for word in said)
    return ties < FEWEST_LINKS * len(said) and share_of_little_words(said) < FEWEST_LINKS


def is_not_known(piece: str, sentence: str) -> bool:
    """Whether a piece of a sentence holds something of a clause in which one admits not to know: that shows no
    knowledge, whatever terms are in it. What stands in another clause does."""
    start = sentence.find(piece)
    end = start + len(piece)
    return any(found.start() < end and start < found.end() for found in _NOT_KNOWING.finditer(sentence))
