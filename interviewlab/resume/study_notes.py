"""What is said in passing about studies: marks, honours, theses, courses, and that they are not finished."""

from __future__ import annotations

import re

GPA = re.compile(
    r"\b(?:[A-Z]{0,2}GPA|CPI|CPPA|(?:cumulative )?average point|grade|score|note|average|promedio|media|moyenne|"
    r"Notendurchschnitt|Gesamtnote)\b\s*[:=]?\s*"
    r"(\d+(?:[.,]\d+)?(?:\s*/\s*\d+(?:[.,]\d+)?)?%?)",
    re.IGNORECASE,
)
EXPECTED = re.compile(
    r"\(?\b(?:expected|anticipated|graduated?(?!\s+school)|graduation|class of|voraussichtlich)\b(?:\s+(?:in|on))?\)?",
    re.IGNORECASE,
)
MARK = re.compile(
    r",?\s*\b\d{1,3}(?:[.,]\d+)?\s?/\s?(?:4|5|6|7|10|20|30|60|100|110)(?:\.0+)?\b(?:\s+(?:e|con|with)\s+(?:lode|"
    r"honou?rs))?|"
    r",?\s*\(?\b\d{1,3}(?:[.,]\d+)?\s?%\)?|,?\s*\b\d{3} (?:points|puntos)\b(?:\s*\([^()]*\))?"
)
HONOURS = re.compile(
    r"(?:^|,|\s[-–—|]|\s)\s*\(?\b(?:(?:summa |magna |insigni )?cum laude|"
    r"(?:with )?(?:first|second|upper second|lower second|third)[- ]class(?: (?:upper|"
    r"lower)(?: division)?)?(?: honou?rs)?|"
    r"(?:passed )?with (?:high(?:est)? )?(?:distinction|honou?rs|merit)|mit auszeichnung|(?<=, )(?:distinction|merit)|"
    r"2[:.][12](?: honou?rs)?|1st(?: class)?(?: honou?rs)?|(?:upper|lower) second|e lode|"
    r"mention (?:très bien|assez bien|bien)|(?:ranked |rank |top )\d+(?:\s?%|\s*(?:of|/|out of)\s*\d+)?|"
    r"(?<=, )honou?rs(?: \([^()]*\))?|(?<=, )note:? (?:sehr gut|gut|befriedigend|\d[.,]\d)|titulad[oa]|"
    r"trunc[oa]|gold medal(?:l?ist)?|dean['’]s list|valedictorian)(?!\w)\)?",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"\s*\((?:[^()]*\b(?:weeks?|months?|part[- ]time|full[- ]time|evening|distance|online|remote|transferred|"
    r"unfinished|"
    r"no degree|not completed|incomplete|withdrawn|dropped out|ongoing|in progress|trunca?|abgebrochen|"
    r"berufsbegleitend|"
    r"abandonn\w+|inconclus\w+|incomplet\w+|distinction|merit|magna|summa|first class|minor|ranked|rank|"
    r"equivalent|GPA)\b[^()]*)\)",
    re.IGNORECASE,
)
"""In parentheses behind a degree or its subject, and no part of either."""
UNFINISHED = re.compile(
    r",?\s*\b(?:degree )?(?:not completed|unfinished|no degree|\d+ (?:credits|ECTS)|ohne abschluss)\b", re.IGNORECASE
)
NOTE = re.compile(
    r"^(?:(?:relevant |selected |main )?(?:courses?|coursework|modules?)\b(?=\s*(?::|included?))|"
    r"(?:(?:\w+ )?thesis|dissertation|(?:final|capstone|graduation|degree) project|capstone|erasmus\+?|exchange|"
    r"host|advis[oe]r|"
    r"supervisors?|activities|awards?|scholarships?|honou?rs|electives|rank|focus|diplomarbeit|abschlussarbeit|"
    r"masterarbeit|bachelorarbeit|schwerpunkte?|mémoire|tesis|tesi|tese|relatore|clubs?)\b"
    r"(?=\s*:|\s+(?:at|in|with|on)\b))",
    re.IGNORECASE,
)
"""How a line about the studies begins that names neither degree nor school."""
THESIS = re.compile(
    r"[\s.;,–—-]*\b(?:(?:bachelor|master|diploma|doctoral)['’]?s?\s+)?(?:thesis|dissertation|diplomarbeit|masterarbeit|"
    r"bachelorarbeit|mémoire|tesis|tesi)\s*:\s.*$",
    re.IGNORECASE,
)
"""What was written at the end of the studies, behind degree and school."""
MINOR = re.compile(r"\s*;\s*minors?\s+in\s.*$", re.IGNORECASE)
"""A second subject behind the first."""
COURSES = re.compile(
    r"^(?:(?:relevant|selected|main)\s+)?(?:courses?|coursework|modules?)\s*(?::|included?)\s*(.+)$", re.IGNORECASE
)
TOWARDS = re.compile(
    r"^(?:course ?work|studies|studying|candidate|working|credits)\s+(?:towards?|for)\s+(?:an?\s+|the\s+)?", re.I
)


def plain_cell(cell: str) -> str:
    """A cell without grades, honours, what is only announced and what is said in passing."""
    plain = UNFINISHED.sub("", ASIDE.sub("", THESIS.sub("", MINOR.sub("", cell))))
    plain = HONOURS.sub("", EXPECTED.sub("", MARK.sub("", GPA.sub("", plain))))
    return TOWARDS.sub("", re.sub(r"\s*\(\s*\)", "", plain).strip(" ,;:|-–—"))
