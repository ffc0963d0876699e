"""Questions for this candidate alone, made from claims in the shape of the bank; worded in ``personal.yaml``."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from interviewlab.resume.claims import FIGURE, TRIVIAL, slugify
from interviewlab.resume.skill_levels import is_weak
from interviewlab.resume.titles import spoken_title
from interviewlab.resume.varied import number_of, pick_fresh
from interviewlab.resume.words import load_words
from interviewlab.types import Claim, Job, KeyPoint, Question

TURNS = ("project", "skill", "work", "project", "work", "skill")
CAREER_AFTER = 2
"""A change of career is the third question, or the last of fewer."""
SKILL_POOL = 4
"""The seed chooses among this many of the best skills."""
MAX_FIGURE_WORDS = 9
CHANGE = re.compile(r"[%xX×]$|percent$|^from ")
VERB = re.compile(r"[A-Za-z-]{2,}(?:ing|ed)\b|(?:[Cc]ut|[Bb]rought|[Tt]ook|[Gg]rew|[Ss]ped)\b")
STOP = frozenset(["a", "across", "and", "at", "by", "compared", "for", "from", "in", "less", "of", "on", "over", "per"])
STOP |= {"than", "the", "through", "to", "using", "versus", "via", "while", "with", "within", "without"}


@lru_cache(maxsize=1)
def _wordings() -> dict[str, Any]:
    wordings: dict[str, Any] = load_words("personal")
    return wordings


def personal_questions(
    claims: Sequence[Claim],
    *,
    limit: int = 4,
    seed: int = 0,
    turns: Sequence[str] = (),
    job: Job | None = None,
    said: list[str] | None = None,
) -> tuple[Question, ...]:
    """At most ``limit`` questions, one a claim, the same for the same claims and seed.

    The kinds of claims take ``turns``, projects and skills first where nothing is said, all of them where the CV has
    nothing else. Skills that the ``job`` asks for and the CV shows in use come first, those it calls weak last. No two
    in a row are worded alike as long as there are wordings, follow-ups included; they are added to ``said``.
    """
    said = [] if said is None else said
    has_any = any(claim.kind in turns for claim in claims)
    return tuple(
        _question(claim, seed, said=said)
        for claim in _choose(claims, limit, seed, turns if has_any else TURNS, job or Job())
    )


def gap_question(skill: str, *, seed: int = 0, said: list[str] | None = None, is_asked_for: bool = True) -> Question:
    """A question about a skill that the job names and the CV does not; of the area ``job``, not ``resume``.

    Its wording is near to none of those last ``said``, as long as there are others, and is added to them.
    """
    claim = Claim(id=f"gap-{slugify(skill)}", kind="skill", name=skill, skills=(skill,))
    wording = dict(_wordings()["gap"])
    if not is_asked_for:
        wording["texts"] = wording["welcome_texts"]
    return _question(claim, seed, wording, said).model_copy(update={"id": f"job-{slugify(skill)}", "area": "job"})


def _choose(claims: Sequence[Claim], limit: int, seed: int, turns: Sequence[str], job: Job) -> list[Claim]:
    """In turns; work that can be gone into before the first bare skill, and of a change of career one question."""
    careers = [claim for claim in claims if claim.is_earlier_career and "work" in turns]
    queues = {kind: [claim for claim in claims if claim.kind == kind and claim not in careers] for kind in turns}
    change = careers[: min(1, max(0, limit - 1))]
    if skills := queues.get("skill"):
        queues["skill"] = _ranked_skills(skills, seed, job)
    order = _order(turns, queues, job)
    chosen: list[Claim] = []
    while any(queues.values()) and len(chosen) < limit - len(change):
        for kind in order:
            if queues[kind] and len(chosen) < limit - len(change):
                chosen.append(queues[kind].pop(0))
    return [*chosen[:CAREER_AFTER], *change, *chosen[CAREER_AFTER:]]


def _order(turns: Sequence[str], queues: Mapping[str, Sequence[Claim]], job: Job) -> list[str]:
    """The turns; of a CV without projects work that has a figure, or what the job asks for, before the first skill."""
    order = list(turns)
    work = queues.get("work")
    if not work or queues.get("project") or "skill" not in order or order.index("work") < order.index("skill"):
        return order
    if find_figure(work[0].detail) or any(skill in job.must for skill in work[0].skills):
        skill_at, work_at = order.index("skill"), order.index("work")
        order[skill_at], order[work_at] = "work", "skill"
    return order


def _ranked_skills(skills: Sequence[Claim], seed: int, job: Job) -> list[Claim]:
    """The best first; the seed chooses which of the equally good ones leads."""
    ranked = sorted(skills, key=lambda claim: skill_rank(claim, job))
    equal = sum(skill_rank(claim, job) == skill_rank(ranked[0], job) for claim in ranked)
    start = number_of(seed, "skill", "order") % min(SKILL_POOL, equal)
    return [*ranked[start:equal], *ranked[:start], *ranked[equal:]]


def skill_rank(claim: Claim, job: Job) -> int:
    """Low for what the job asks for and the CV uses, high for what the CV itself calls weak."""
    is_must, is_nice = (any(skill in names for skill in claim.skills) for names in (job.must, job.nice))
    if is_weak(claim.level):
        return 2 if is_must else 4 if is_nice else 7
    if is_must or is_nice:
        return (0 if is_must else 2) + (not claim.is_used)
    return 6 if any(skill in TRIVIAL for skill in claim.skills) else 5 - claim.is_used


def _question(
    claim: Claim, seed: int, wording: Mapping[str, Any] | None = None, said: list[str] | None = None
) -> Question:
    wording = wording or _wordings()["career" if claim.is_earlier_career else claim.kind]
    figure = find_figure(claim.detail) if claim.kind != "skill" and not claim.is_earlier_career else ""
    words = {"name": claim.name, "role": spoken_title(claim.role), "figure": figure}
    said = [] if said is None else said
    asked = pick_fresh(_texts(wording, claim, words), said, seed, claim.id, "text", text=itemgetter("text"))
    said.append(asked["text"])
    rephrased = _pick(
        [asked["again"]] if "again" in asked else _wording(wording, "rephrased", claim), said, seed, claim
    )
    points = tuple(_key_point(point, words, seed, claim, asked["asks"], said) for point in wording["points"])
    return Question(
        id=f"resume-{claim.id}",
        area="resume",
        level="mid",
        text=asked["text"].format(**words),
        rephrased=rephrased.format(**words),
        answer=wording["answer"].strip().format(**words),
        key_points=points,
        skills=claim.skills or (claim.name,),
    )


def _texts(wording: Mapping[str, Any], claim: Claim, words: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """The wordings that fit; one with a figure in it as often as one without."""
    if claim.kind == "skill" and is_weak(claim.level) and "weak_texts" in wording:
        return list(wording["weak_texts"])
    plain = _wording(wording, "texts" if words["role"] or claim.kind != "work" else "no_role_texts", claim)
    figured = _wording(wording, "figure_texts", claim) if words["figure"] else []
    return [*plain, *figured, *figured]


def _wording(wording: Mapping[str, Any], key: str, claim: Claim) -> list[Any]:
    """The wordings under this key, those of the present for a post that goes on."""
    current = wording.get(f"current_{key}") if claim.is_current else None
    return list(current or wording.get(key, []))


def _key_point(
    point: Mapping[str, Any], words: Mapping[str, str], seed: int, claim: Claim, asks: Collection[str], said: list[str]
) -> KeyPoint:
    options = point.get("figure_follow_ups") if words["figure"] else None
    options = options or _wording(point, "follow_ups", claim)
    return KeyPoint(
        id=point["id"],
        text=point["text"],
        weight=point["weight"],
        follow_up=_pick(options, said, seed, claim, point["id"]).format(**words),
        cues=tuple(point["cues"]),
        is_asked=point["id"] in asks,
    )


def _pick(options: Sequence[str], said: list[str], seed: int, claim: Claim, name: str = "rephrased") -> str:
    chosen = pick_fresh(options, said, seed, claim.id, name)
    said.append(chosen)
    return chosen


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
