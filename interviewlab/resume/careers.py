"""Work of another calling before the present one: a nurse, a teacher, a cook who became a developer. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from interviewlab.resume.documents import text_of, texts_of
from interviewlab.resume.durations import months_of
from interviewlab.resume.skills import find_skills

LEAST_MONTHS = 24
"""From which it was more than a job beside one's studies."""
OFFICE = frozenset({"Excel", "Agile", "Scrum", "Jira", "Git"})
"""Skills that other callings know too."""
_OTHER = re.compile(
    r"\b(?:nurse|midwife|paramedic|physician|doctor|surgeon|dentist|veterinarian|pharmacist|physiotherapist|"
    r"(?:\w+ )?therapist|"
    r"radiographer|carer|care (?:assistant|worker)|social worker|teacher|lecturer|nanny|childminder|"
    r"lawyer|solicitor|barrister|attorney|paralegal|notary|accountant|bookkeeper|auditor|bank (?:clerk|teller)|broker|"
    r"soldier|sergeant|lieutenant|infantry|(?:army|naval|navy|police|prison|military|infantry|warrant|customs) officer|"
    r"fire ?fighter|police(?:man|woman)|constable|pilot|flight attendant|cabin crew|sailor|driver|courier|"
    r"chef|cook|baker|butcher|waiter|waitress|barista|bartender|hotel (?:manager|receptionist)|receptionist|secretary|"
    r"sales (?:assistant|representative|associate)|salesperson|cashier|shop (?:assistant|manager)|store manager|"
    r"retail (?:assistant|associate|manager)|estate agent|realtor|warehouse (?:worker|operative|manager)|"
    r"farmer|gardener|hairdresser|tailor|carpenter|joiner|plumber|electrician|welder|painter|mechanic|machinist|bricklayer|"
    r"(?:civil|mechanical|chemical|structural|mining|petroleum|marine) engineer|surveyor|geologist|chemist|biologist|"
    r"musician|violinist|pianist|composer|actor|actress|dancer|photographer|journalist|reporter|translator|interpreter|"
    r"librarian|archivist|curator|historian|psychologist|priest|pastor)\b",
    re.IGNORECASE,
)
_TECHNICAL = re.compile(
    r"\b(?:software|web|front.?end|back.?end|full.?stack|data|machine learning|ML|AI|cloud|platform|systems?|network|"
    r"security|devops|SRE|site reliability|IT|QA|test|mobile|iOS|android|embedded|firmware|informatics?|comput\w+|"
    r"developer|programmer|coder|engineer|architect|tester|tech(?:nical|nology)?|digital|database|analyst)\b",
    re.IGNORECASE,
)
_ENGINEER_OF_ELSE = re.compile(r"\b(?:civil|mechanical|chemical|structural|mining|petroleum|marine) engineer\b", re.I)
Entry = Mapping[str, Any]


def is_earlier_career(entry: Entry, work: Sequence[Entry]) -> bool:
    """Whether this was the candidate's work for years, is over, and technical work of another kind came after it."""
    started, title = str(entry.get("startDate") or ""), str(entry.get("position") or "")
    is_over = bool(entry.get("endDate")) and (months_of(entry, date.max) or 0) >= LEAST_MONTHS
    if not is_over or not _OTHER.search(title) or _is_technical(entry):
        return False
    return any(_is_technical(each) and str(each.get("startDate") or "") > started for each in work)


def _is_technical(entry: Entry) -> bool:
    title = _ENGINEER_OF_ELSE.sub("", str(entry.get("position") or ""))
    texts = (text_of(entry.get("summary")), *texts_of(entry.get("highlights")))
    return _TECHNICAL.search(title) is not None or bool(set(find_skills("\n".join(texts))) - OFFICE)
