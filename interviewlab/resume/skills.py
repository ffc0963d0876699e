"""Skills by their canonical name: ``k8s`` is Kubernetes, ``Postgres`` is PostgreSQL. Names: ``skills.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from interviewlab.resume.words import load_words

BEFORE = r"(?<![\w.+#@-])"
AFTER = r"(?![\w+#@]|\.\w|-\w)"
LISTED_BEFORE = (
    r"(?:(?<=[,;:/|(•·\n])|(?<=[,;:/|(•·]\s)|(?<=\band\s)|(?<=\bor\s)|(?<=\bin\s)|(?<=\bwith\s)|(?<=\busing\s)|(?<=\A))"
)
LISTED_AFTER = (
    r"(?=\s*(?:[,;/|)•·.\n]|\Z)|\s+(?:and|or|is|are|would|when|for|every|daily|services?|code|programming|developers?|"
    r"engineers?|databases?)\b)"
)
MADE = (
    r"(?=\s+(?:apps?|applications?|back-?ends?|charts?|code|components?|developers?|development|engineers?|front-?ends?|"
    r"hooks?|js|programming|scripts?|servers?|services?|tests?)\b)"
)
"""What is made with a skill, right behind it."""
_VERB_AFTER = r"(?!\s+(?:fast|to|well|\w+ly)\b)"
"""``React quickly to incidents``, at the start of a sentence."""
LINK = re.compile(r"(?<!\S)(?:\S*(?:://|www\.|\.(?:com|io|org|net|dev)/)\S*|\S+@\S+)")
ALIAS_OF_EXACT = {
    "Spark": "Apache Spark",
    "Spring": "Spring Framework",
    "Express": "Express.js",
    "Oracle": "Oracle Database",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A skill where a text names it: ``text[start:end]``."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class _Taxonomy:
    folded: dict[str, str]
    exact: dict[str, str]
    pattern: re.Pattern[str]
    exact_pattern: re.Pattern[str]
    ordinary: frozenset[str]
    ordinary_pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def _taxonomy() -> _Taxonomy:
    data = load_words("skills")
    folded = {form.casefold(): name for name, aliases in data["names"].items() for form in (name, *aliases)}
    canonical = {name: ALIAS_OF_EXACT.get(name, name) for name in data["exact"]}
    exact = {form: canonical[name] for name, aliases in data["exact"].items() for form in (name, *aliases)}
    pattern = re.compile(f"{BEFORE}(?:{_any(folded)}){AFTER}", re.IGNORECASE)
    ordinary = {form: folded[form.casefold()] for form in data["ordinary"]}
    return _Taxonomy(
        folded,
        exact,
        pattern,
        re.compile(_exact(exact)),
        frozenset(map(str.casefold, ordinary)),
        re.compile(_ordinary(ordinary)),
    )


def _exact(forms: dict[str, str]) -> str:
    """Single letters must stand in a list on both sides, longer words before a comma, a bracket or the like."""
    letters = {form: name for form, name in forms.items() if len(form) == 1}
    words = {form: name for form, name in forms.items() if len(form) > 1}
    return f"(?:{LISTED_BEFORE}(?:{_any(letters)})|{BEFORE}(?:{_any(words)})){LISTED_AFTER}"


def _ordinary(forms: dict[str, str]) -> str:
    """As they are spelled, but for a verb that begins a sentence; in any spelling in a list or before what is made."""
    form = f"(?:{_any(forms)})"
    spelled = rf"(?<=[\w,;)] ){form}|{form}{_VERB_AFTER}"
    before = rf"(?:{LISTED_BEFORE}|(?<=[-*–—+&]\s)|(?<=\d\.\s)|(?<=\bof\s)|(?<=\bas\s)|(?<=\blike\s))"
    after = rf"(?:{LISTED_AFTER}|(?=\s+[&+–-]\s))"
    return f"(?:{spelled}){AFTER}|(?i:{form}){MADE}|{before}(?i:{form}){AFTER}{after}"


def _any(forms: dict[str, str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))


def canonical_skill(text: str) -> str | None:
    """The canonical name of one skill, or None if it is not known. A version or brackets behind it do not matter."""
    taxonomy = _taxonomy()
    plain = re.sub(r"\s*\([^()]*\)", "", text).strip()
    for form in (text.strip(), plain, re.sub(r"\s+v?\d+(?:[.–-]\d+)*\+?$", "", plain)):
        if name := taxonomy.exact.get(form) or taxonomy.folded.get(form.casefold()):
            return name
    return None


def find_skills(text: str) -> tuple[str, ...]:
    """Canonical names of the skills the text mentions, in order of first mention; links do not count."""
    return tuple(dict.fromkeys(mention.name for mention in mentions(text)))


def mentions(text: str) -> list[Mention]:
    """Every mention of a skill by its place, in order."""
    taxonomy = _taxonomy()
    text = LINK.sub(lambda match: " " * len(match.group()), text)
    found = (match for match in taxonomy.pattern.finditer(text) if _is_meant(match, taxonomy))
    folded = [Mention(*m.span(), taxonomy.folded[m.group().casefold()]) for m in found]
    exact = [Mention(*m.span(), taxonomy.exact[m.group()]) for m in taxonomy.exact_pattern.finditer(text)]
    return sorted((*folded, *exact), key=lambda mention: (mention.start, mention.name))


def _is_meant(match: re.Match[str], taxonomy: _Taxonomy) -> bool:
    is_ordinary = match.group().casefold() in taxonomy.ordinary
    return not is_ordinary or taxonomy.ordinary_pattern.match(match.string, match.start()) is not None


def list_skills() -> tuple[str, ...]:
    """All canonical names."""
    taxonomy = _taxonomy()
    return tuple(dict.fromkeys((*taxonomy.folded.values(), *taxonomy.exact.values())))
