"""Questions for this candidate alone, made from claims in the shape of the bank; worded in ``personal.yaml``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from interviewlab.resume.claims import FIGURE, slugify
from interviewlab.types import Claim, KeyPoint, Question

TURNS = ("project", "skill", "work", "project", "work", "skill")
SKILL_POOL = 4
"""The seed chooses among this many of the best skills."""
NO_ARTICLE = re.compile(
    r"\b(?:C[A-Z]O|head|director|vp|vice|president|founder|co-founder|lead|chair|owner|staff|head)\b", re.I
)
MAX_FIGURE_WORDS = 9
CHANGE = re.compile(r"[%xX×]$|percent$")
VERB = re.compile(r"[A-Za-z-]{2,}(?:ing|ed)\b")
STOP = frozenset(["a", "across", "and", "at", "by", "compared", "for", "from", "in", "less", "of", "on", "over", "per"])
STOP |= {"than", "the", "through", "to", "using", "versus", "via", "while", "with", "within", "without"}


@lru_cache(maxsize=1)
def _wordings() -> dict[str, Any]:
    text = files("interviewlab.resume").joinpath("personal.yaml").read_text(encoding="utf-8")
    wordings: dict[str, Any] = yaml.safe_load(text)
    return wordings


def personal_questions(
    claims: Sequence[Claim], *, limit: int = 4, seed: int = 0, turns: Sequence[str] = ()
) -> tuple[Question, ...]:
    """At most ``limit`` questions, one a claim, the same for the same claims and seed.

    The kinds of claims take ``turns``, projects and skills first where nothing is said, all of them where the CV has
    nothing else. No two questions are worded alike as long as there are wordings.
    """
    used: set[str] = set()
    has_any = any(claim.kind in turns for claim in claims)
    return tuple(
        _question(claim, seed, used=used) for claim in _choose(claims, limit, seed, turns if has_any else TURNS)
    )


def gap_question(skill: str, *, seed: int = 0, used: set[str] | None = None) -> Question:
    """A question about a skill that the job names and the CV does not; of the area ``job``, not ``resume``.

    Its wording is added to ``used``, and is none of those as long as there are others.
    """
    claim = Claim(id=f"gap-{slugify(skill)}", kind="skill", name=skill, skills=(skill,))
    return _question(claim, seed, "gap", used).model_copy(update={"id": f"job-{slugify(skill)}", "area": "job"})


def _choose(claims: Sequence[Claim], limit: int, seed: int, turns: Sequence[str]) -> list[Claim]:
    queues = {kind: [claim for claim in claims if claim.kind == kind] for kind in turns}
    if skills := queues.get("skill"):
        start = _number(seed, "skill", "order") % min(SKILL_POOL, len(skills))
        queues["skill"] = [*skills[start:], *skills[:start]]
    chosen: list[Claim] = []
    while any(queues.values()) and len(chosen) < limit:
        for kind in turns:
            if queues[kind] and len(chosen) < limit:
                chosen.append(queues[kind].pop(0))
    return chosen


def _question(claim: Claim, seed: int, kind: str = "", used: set[str] | None = None) -> Question:
    wording = _wordings()[kind or claim.kind]
    figure = find_figure(claim.detail) if claim.kind != "skill" else ""
    words = {"name": claim.name, "role": _with_article(claim.role), "figure": figure}
    texts = _texts(wording, claim, figure)
    text = _pick([each for each in texts if each not in (used or ())] or texts, seed, claim.id, "text")
    if used is not None:
        used.add(text)
    return Question(
        id=f"resume-{claim.id}",
        area="resume",
        level="mid",
        text=text.format(**words),
        rephrased=_pick(wording["rephrased"], seed, claim.id, "rephrased").format(**words),
        answer=wording["answer"].strip().format(**words),
        key_points=tuple(_key_point(point, words, seed, claim.id) for point in wording["points"]),
        skills=claim.skills or (claim.name,),
    )


def _texts(wording: Mapping[str, Any], claim: Claim, figure: str) -> list[str]:
    plain = wording["texts"] if claim.role or claim.kind != "work" else wording["no_role_texts"]
    return [*plain, *(wording.get("figure_texts", []) if figure else [])]


def _key_point(point: Mapping[str, Any], words: Mapping[str, str], seed: int, claim_id: str) -> KeyPoint:
    options = point.get("figure_follow_ups") if words["figure"] else None
    return KeyPoint(
        id=point["id"],
        text=point["text"],
        weight=point["weight"],
        follow_up=_pick(options or point["follow_ups"], seed, claim_id, point["id"]).format(**words),
        cues=tuple(point["cues"]),
    )


def _pick(options: Sequence[str], seed: int, *names: str) -> str:
    return options[_number(seed, *names) % len(options)]


def _number(seed: int, *names: str) -> int:
    return int.from_bytes(hashlib.sha256(":".join((str(seed), *names)).encode()).digest()[:8])


def _with_article(role: str) -> str:
    """``a Research Intern``, ``an Analyst``, but ``Co-Founder and CTO``."""
    spoken = re.sub(r"\s*&\s*", " and ", role).strip()
    if not spoken or NO_ARTICLE.search(spoken):
        return spoken
    return f"{'an' if spoken[0].lower() in 'aeio' else 'a'} {spoken}"


def find_figure(detail: str) -> str:
    """The most telling number of a claim's detail in its few words, as in ``reducing latency by 73%``, or nothing.

    Changes (percent, times) come before counts, phrases with a verb before bare numbers, then the order of the CV.
    """
    found = [(match.group(), _phrase(line, match)) for line in detail.split("\n") for match in FIGURE.finditer(line)]
    ranked = sorted(found, key=lambda item: (not CHANGE.search(item[0]), not VERB.match(item[1])))
    return ranked[0][1] if ranked else ""


def _phrase(line: str, match: re.Match[str]) -> str:
    """From the nearest verb before the number to the noun behind it."""
    before = re.split(r"[,;:]\s|[()]|\b(?:and|with|while)\s", line[: match.start()])[-1].split()
    verbs = [number for number, word in enumerate(before) if VERB.fullmatch(word)]
    start = verbs[-1] if verbs else len(before)
    behind = re.match(r"(?:\s[A-Za-z][\w-]*){0,3}", line[match.end() :])
    nouns = behind.group().split() if behind else []
    stop = next((number for number, word in enumerate(nouns) if word in STOP), len(nouns))
    words = [*before[start:], match.group().strip(), *nouns[:stop]][-MAX_FIGURE_WORDS:]
    phrase = " ".join(words)
    return phrase[0].lower() + phrase[1:]
