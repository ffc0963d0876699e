"""A position of a CV as it is said aloud: ``a Staff Engineer``, ``an SRE``, ``Head of Data``, ``Founder and CTO``."""

from __future__ import annotations

import re

from interviewlab.resume.parts import TITLE

UNIQUE = re.compile(
    r"^(?:(?:acting|interim|deputy|former|group)\s+)?(?:chief|head|(?:[sea])?vp|vice president|president|"
    r"(?:managing )?director|(?:co-?)?founder|founding partner|chair(?:man|woman|person)?|dean|C[A-Z]O)\b(?!['’])|"
    r"\b(?:C[A-Z]O|director|founder|president|head|chair(?:man|woman|person)?)$",
    re.IGNORECASE,
)
"""Posts that one person holds, said without an article."""
NO_PERSON = re.compile(
    r"^(?:(?:summer|research|industrial|work|student|software|engineering)\s+)*(?:internship|traineeship|"
    r"apprenticeship|placement|work experience|thesis|freelanc(?:e|ing)|self[- ]employ(?:ed|ment)|"
    r"consult(?:ing|ancy)|contract(?:ing)?|part[- ]time|full[- ]time|volunteering|voluntary|various|several|"
    r"praktikum|stage|selbst[aä]ndig|responsible|in charge|work|employment)"
    r"(?:\s+(?:work|for|in|im|at|bei|of|on|with|clients|projects|roles|posts)\b.*)?$",
    re.IGNORECASE,
)
"""What is done, not who does it."""
BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
ASIDE = re.compile(r"\s+[–—|@•·-]\s+.*$|\s*[;:].*$")
GIVEN_ARTICLE = re.compile(r"^(?:an?|the)\s+(?=\w)", re.IGNORECASE)
AND = re.compile(r"\s+(?:&|\+|/|and)\s+")
SPELLED = re.compile(r"(?:[A-Z]{2,}|[A-Z]&[A-Z]|[A-Z]-)|(?:MLOps|MSc|NLP)\b|iOS\b")
SAID_AS_WORDS = frozenset(
    {"SAAS", "SCADA", "SIEM", "SOC", "LAMP", "MATLAB", "REST", "NASA", "SCRUM", "RISC", "LAN", "RAN"}
)
SPELLED_VOWEL = frozenset("AEFHILMNORSX")
VOWEL = re.compile(r"[aeio]|8|1[18]\b|u(?!ni(?!n|m)|s[ae]|til)|hon(?:est|or|our)|hour|heir", re.IGNORECASE)
NOT_VOWEL = re.compile(r"eu|one|once|ewe|ubi", re.IGNORECASE)
MOST_POSTS = 3


def spoken_title(role: str) -> str:
    """The position with its article, where English wants one; empty where it names no person."""
    posts = _posts(ASIDE.sub("", BRACKETS.sub("", " ".join(role.split()))).strip().rstrip(" ,.-–"))
    if not posts or NO_PERSON.match(posts[0]):
        return ""
    first = GIVEN_ARTICLE.sub("", posts[0])
    spoken = [first if UNIQUE.search(_head(first)) else f"{_article(first)} {first}", *posts[1:MOST_POSTS]]
    return " and ".join(filter(None, (", ".join(spoken[:-1]), spoken[-1])))


def _posts(role: str) -> list[str]:
    """``Founder, CTO`` are two posts; ``Engineer, Payments`` is one, ``Director, Data`` is ``Director of Data``."""
    first, *rest = [part.strip() for part in role.split(",") if part.strip()] or [""]
    if rest and all(TITLE.search(part) for part in rest):
        parts = [post for part in (first, *rest) for post in AND.split(part)]
        return [post for post in parts if post]
    if rest and re.fullmatch(r"(?:[sea]?vp|vice president|(?:managing )?director|head)", first, re.IGNORECASE):
        return [f"{first} of {rest[0]}"]
    posts = [post for post in AND.split(first) if post]
    return (
        posts
        if len(posts) > 1 and all(TITLE.search(post) for post in posts)
        else [AND.sub(" and ", first)]
        if first
        else []
    )


def _head(title: str) -> str:
    """Without what the post is for: ``Assistant`` of ``Assistant to the CTO``."""
    return re.split(r"\s+(?:of|to|for|in|at)\s", title, maxsplit=1)[0]


def _article(title: str) -> str:
    word = title.split()[0]
    if SPELLED.match(word) and word.upper().split("-")[0] not in SAID_AS_WORDS:
        return "an" if word[0].upper() in SPELLED_VOWEL else "a"
    return "an" if VOWEL.match(word) and not NOT_VOWEL.match(word) else "a"
