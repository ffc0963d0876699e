"""Section headings: which words name which section of a JSON Resume, and which lines of a CV are headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from interviewlab.resume.lines import Line, body_size

_NAMES = {
    "basics": "contact|contact details|contact information|contact info|details|personal details|"
    "personal information|personal data|personal|about the candidate|address|"
    "links|online|find me|profiles|social|on the web",
    "summary": "summary|profile|about|about me|objective|career objective|executive summary|introduction|overview",
    "work": "work|experience|employment|employment history|work history|career|career history|positions|positions held|"
    "work experience|internships|internship|appointments|academic appointments|professional background|"
    "jobs|project history|contracts|assignments|engagements|freelance work|"
    "industry experience|research experience|teaching experience",
    "education": "education|education and studies|education and training|studies|qualifications|academic background|"
    "background|training|education and qualifications",
    "projects": "projects|project|open source|open source projects|open source contributions|portfolio|"
    "projects and open source|project experience|software|personal work",
    "skills": "skills|technologies|tools|tech stack|stack|competencies|competences|expertise|"
    "languages and technologies|skills and tools|skills and technologies|skills and expertise|skill set|"
    "skillset|technical proficiencies|programming languages|tools and technologies|skills summary|"
    "areas of expertise|technical summary|know how|toolbox|toolkit|technical stack|knowledge",
    "publications": "publications|papers|articles|talks and papers|research papers|publications and preprints",
    "awards": "awards|honors|honours|awards and honors|honors and awards|achievements|accomplishments|scholarships|"
    "awards and achievements|fellowships|honours and awards|awards and scholarships|"
    "awards and grants|grants|prizes|grants and awards",
    "languages": "languages|language skills|spoken languages",
    "volunteer": "volunteer|volunteering|volunteer experience|volunteer work|community|community service|"
    "community involvement|leadership and volunteering|service|academic service|civic engagement",
    "certificates": "certificates|certifications|licenses and certifications|certification|licences|courses|"
    "courses and certifications|certifications and training|further training|continuing education",
    "interests": "interests|hobbies|free time|leisure|outside work|beyond work|"
    "hobbies and interests|interests and hobbies",
    "references": "references|referees",
}
KNOWN = {name: section for section, names in _NAMES.items() for name in names.split("|")}
_QUALIFIERS = (
    "professional relevant selected technical core key personal side academic additional other my recent "
    "notable main major independent formal it computer software engineering special top earlier previous current "
    "own further the my our some"
)
QUALIFIERS = frozenset(_QUALIFIERS.split())


def section_of(text: str) -> str | None:
    """The section a heading opens, or None if its words are not known. ``Selected Honors`` opens awards."""
    if len(text) > 50 or re.search(r"[.,;@\d]", text.rstrip(" .")):
        return None
    words = re.sub(r"[^\w\s]", " ", text.replace("&", " and ")).casefold().split()
    if not words:
        return None
    if _is_spaced_out(words):
        words = ["".join(words)]
    if words[-2:] == ["i", "use"]:
        words = words[:-2]
    while words:
        if section := KNOWN.get(" ".join(words)):
            return section
        if words[0] not in QUALIFIERS:
            return None
        words = words[1:]
    return None


def _is_spaced_out(words: Sequence[str]) -> bool:
    """``E D U C A T I O N``, as some templates set it."""
    return len(words) > 4 and all(len(word) == 1 for word in words)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading's section (``other`` if its words are not known) and the lines below it."""

    kind: str
    heading: str
    lines: tuple[Line, ...]


def split_sections(lines: Sequence[Line]) -> tuple[Section, ...]:
    """The CV in sections; what stands above the first heading is ``basics``."""
    styles, body = _heading_styles(lines), body_size(lines)
    sections: list[tuple[str, str, list[Line]]] = [("basics", "", [])]
    for line in lines:
        kind = _heading_kind(line, styles, body)
        if line.starts_column and kind is None:
            sections.append(("basics", "", []))
        if kind is None:
            sections[-1][2].append(line)
        else:
            sections.append((kind, line.text.strip(" :|"), []))
    return tuple(Section(kind, heading, tuple(content)) for kind, heading, content in sections if content)


Style = tuple[float, bool, bool]


def _style(line: Line) -> Style:
    letters = [character for character in line.text if character.isalpha()]
    is_caps = len(letters) > 1 and all(character.isupper() for character in letters)
    return (float(round(line.size)), line.is_bold, is_caps)


def _could_head(line: Line) -> bool:
    return not line.sides and not line.is_bullet and len(line.text.split()) <= 6 and not re.search(r"[.;@]$", line.text)


def _heading_styles(lines: Sequence[Line]) -> dict[Style, float]:
    """The styles that known headings have, with the share of known headings among the short lines of that style."""
    alone = [line for line in lines if _could_head(line)]
    known = Counter(_style(line) for line in alone if section_of(line.text))
    everyone = Counter(_style(line) for line in alone)
    return {style: count / everyone[style] for style, count in known.items()}


def _heading_kind(line: Line, styles: dict[Style, float], body: float) -> str | None:
    """The section this line opens, ``other`` for a heading of unknown words, None if it is no heading."""
    if not _could_head(line):
        return None
    style = _style(line)
    stands_out = [candidate for candidate in styles if candidate[0] > round(body) or candidate[1] or candidate[2]]
    if section := section_of(line.text):
        return section if style in stands_out or not stands_out else None
    is_larger = style[0] > round(body) and line.size > body + 0.4
    is_shouted = style[2] and line.has_gap_before and len(line.text) > 5
    is_head = styles.get(style, 0.0) >= 0.4 and (is_larger or is_shouted) and not re.search(r"\d{4}", line.text)
    return "other" if is_head else None
