"""A degree and what was studied, out of one phrase: ``BSc (Hons) in Physics``, ``Diplom-Ingenieur (Univ.)``."""

from __future__ import annotations

import re

from interviewlab.resume.schools import BOOTCAMP, DEGREE, LEAVING

LINKED = re.compile(r"^(?:zum|zur|als|in|of|en|em|de|des|di|der|da|do)\s+(?:(?:la|los|las)\s+)?|^d['’]", re.IGNORECASE)
CLASS = re.compile(r"(class \w+|1[02]th(?: \w+)?) in ([^,]+)", re.IGNORECASE)
SUBJECT = re.compile(r"((?:bachelor|master|associate) of [\w ]+?)\s*\(([^()]{4,})\)", re.IGNORECASE)
"""``Bachelor of Technology (Information Technology)``."""


def split_degree(text: str, degree: str, area: str) -> tuple[str, str]:
    """Degree and field: ``BSc (Hons) in Physics``, ``Master of Science in Physics``, ``B.Eng. Civil Engineering``."""
    if LEAVING.search(text) and (both := CLASS.fullmatch(text)):
        return degree or both.group(1), area or both.group(2)
    if LEAVING.search(text):
        return degree or text.split(":")[0], area
    if (named := SUBJECT.fullmatch(text)) and " in " not in named.group(1) and not DEGREE.search(named.group(2)):
        return degree or named.group(1), area or named.group(2)
    match = re.match(r"^(.*?)\s+(?:in|of|en|em)\s+(.+)$", text, re.IGNORECASE) if not DEGREE.fullmatch(text) else None
    found = DEGREE.search(text) or BOOTCAMP.search(text)
    if found and (whole := _whole_degree(text, found)):
        return degree or whole, area or text[len(whole) :].strip(" ,-–:")
    if match and DEGREE.search(match.group(1)):
        start = re.search(r"\s+(?:in|en|em)\s+(.+)$", text, re.IGNORECASE)
        study, field = (text[: start.start()], start.group(1)) if start else (match.group(1), match.group(2))
    elif found and BOOTCAMP.fullmatch(found.group()):
        study, field = found.group(), text[: found.start()] or text[found.end() :]
    elif found:
        study, field = found.group(), (text[: found.start()] + text[found.end() :])
        if hons := re.match(r"^\W*\(?hons\.?\)?\W*(?=\w)", field, re.IGNORECASE):
            study, field = f"{study} (Hons)", field[hons.end() :]
        study, field = (text, "") if re.match(r"^\W*(?:\(?hons|with)", field, re.I) else (study, field)
    else:
        study, field = text, ""
    field = re.sub(r"^\W*(?:Hons\.?\W+|\w+\)\s*)?(?:degree\s+)?", "", _balanced(field.strip(" ,")))
    study = study.split("(")[0] if study.count("(") > study.count(")") else study
    return degree or study.strip(" ,"), area or _balanced(LINKED.sub("", field.strip(" ,–—-")))


def _balanced(field: str) -> str:
    """``(Computer Engineering)`` and what lost the other half of its parentheses, without them."""
    field = field[1:-1] if re.fullmatch(r"\([^()]*\)", field) else field
    return field if field.count("(") == field.count(")") else field.strip("()")


def _whole_degree(text: str, found: re.Match[str]) -> str:
    """``Diplom-Ingenieur (Univ.)``, ``Mestrado (M.Sc.)``, ``General Management Programme``; empty for plain ones."""
    if re.match(r"-\w", text[found.end() :]):
        match = re.match(r"-\w+(?:\s*\([^)]*\))?", text[found.end() :])
        return text[: found.end() + (match.end() if match else 0)]
    if text[: found.start()].endswith("(") and text[found.end() :].startswith((")", ".)")):
        return text[: text.index(")", found.end()) + 1]
    if re.fullmatch(r"\s*\([^)]*\)", text[found.end() :]) and _is_degree_again(text[found.end() :]):
        return text
    is_word = found.group().islower() or found.group()[1:].islower()
    return text if is_word and found.end() == len(text) and found.start() > 0 else ""


def _is_degree_again(brackets: str) -> bool:
    """``(M.Sc.)``, ``(Univ.)`` and ``(Hons)`` belong to the degree, ``(Computer Engineering)`` does not."""
    inner = brackets.strip(" ()")
    return bool(DEGREE.search(inner)) or "." in inner or len(inner) <= 5
