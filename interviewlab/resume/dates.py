"""Dates and spans of a CV, brought to YYYY-MM or YYYY. Heavy guest: dateparser, imported at the first month's name
that is not English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:19[5-9]\d|20\d\d)"
_SEASON = (
    r"(?:(?:spring|summer|autumn|fall|winter)s?|fr(?:ü|ue)hjahr|frühling|sommer|herbst|printemps|été|automne|hiver|primavera|"
    r"verano|otoño|invierno|[ws]s|(?:winter|sommer)semester)"
)
_QUARTER = r"(?:[QT][1-4]|[1-4]\.?\s?Q(?:uartal)?)"
_POINT = (
    rf"(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-]{_YEAR}|"
    rf"(?:\d{{1,2}}\s+)?{_MONTH}(?:\s+\d{{1,2}},)?[,/]?\s*(?:{_YEAR}|['’]\d\d)|(?:0?[1-9]|1[0-2])[/.]{_YEAR}|"
    rf"{_YEAR}[-/.](?:0[1-9]|1[0-2])(?:[-/.]\d\d)?|{_SEASON}\s+{_YEAR}|{_QUARTER}[\s/’'-]*{_YEAR}|"
    rf"{_YEAR}[\s/-]*{_QUARTER}|{_YEAR})"
)
_SHORT_POINT = rf"(?:{_POINT}|['’‘]\d\d|(?:0?[1-9]|1[0-2])/\d\d|{_MONTH}[\s-]+\d\d)(?!\d)"
"""In a range also years of two digits."""
_WORD_POINT = rf"[^\W\d_]{{3,10}}\.?(?:\s*/\s*|\s+(?:de\s+)?){_YEAR}"
_NOW = (
    r"(?:(?:the\s+)?present(?:\s+day)?|this day|now|current(?:ly)?|today|ongoing|(?:till |to )?date|till now|heute|"
    r"jetzt|laufend|actuel(?:lement)?|"
    r"aujourd['’]hui|ce jour|actualidad|(?:la )?actualidad|presente|o momento|atual(?:mente)?|oggi|in corso|günümüz|"
    r"bugün|heden|nu|nuvarande|nå|i dag|dnes|současnost|súčasnosť|obecnie|teraz|nykyhetki|devam ediyor|gegenwärtig|"
    r"derzeit|aktuell|bis heute|présent|en cours|en curso|attuale|nuværende|nåværende|noverande|jelenleg|sekarang|"
    r"hiện tại|halen|настоящее время|н\.\s?в\.|现在|至今|現在|현재)"
)
_TO = (
    r"(?:\s+/\s+|\s*(?:-{1,2}|‐|‑|–|—|−|→|➔|>|~|"
    r"\b(?:to|till|until|through|bis|à|au|jusqu['’]à|hasta|até|al?|tot|do|až)\b)\s*)"
)
_EDGES = (r"(?<![\w$.,/-])", r"(?![\w%])")
SHARED_YEAR = re.compile(
    rf"{_EDGES[0]}({_MONTH})\s*(?:[-–—]|\bto\b|\buntil\b)\s*({_MONTH}\s+({_YEAR})){_EDGES[1]}", re.IGNORECASE
)
WORDS_SHARED_YEAR = re.compile(rf"\s*([^\W\d_]{{3,10}}\.?)\s*[-–—]\s*([^\W\d_]{{3,10}}\.?\s+({_YEAR})){_EDGES[1]}")
"""``Mars – août 2021``, with which a text begins."""
RANGE = re.compile(rf"{_EDGES[0]}({_SHORT_POINT}){_TO}({_SHORT_POINT}|{_NOW}){_EDGES[1]}", re.IGNORECASE)
SHORT_END = re.compile(
    rf"{_EDGES[0]}(?:[WS]S\s+)?({_YEAR})\s*(?:[–—]\s*['’]?|[-/]\s*['’]|[-/](?=1[3-9]|[2-9]))(\d\d)(?![\d./%])"
)
"""``2015–18`` and ``2019/20``."""
WORD_RANGE = re.compile(rf"{_EDGES[0]}({_WORD_POINT}){_TO}({_WORD_POINT}|{_NOW}){_EDGES[1]}", re.IGNORECASE)
_SINCE = r"\b(?:since|from|seit|ab|depuis|desde|dal|dall['’]|sinds|sedan|siden|od)\s+"
OPEN = re.compile(
    rf"{_SINCE}({_POINT}|{_WORD_POINT})|({_POINT})\s*(?:(?:[-–—]|→)\s*(?:\.{{3}}|…)?\s*(?:$|(?=\)))|\+(?!\w)|onwards?\b|→(?=\s*[^\W\d_]))",
    re.IGNORECASE,
)
LONE_YEAR = re.compile(r"(?:^|\s{2,})['’‘](\d\d)$")
"""``'18`` in a cell of its own."""
BETWEEN = re.compile(rf"\bbetween\s+({_POINT})\s+and\s+({_POINT}){_EDGES[1]}", re.IGNORECASE)
POINTS = re.compile(rf"(?<![\w$.,/]){_POINT}(?![\w%])", re.IGNORECASE)
SINGLE = re.compile(rf"{_EDGES[0]}({_POINT}){_EDGES[1]}", re.IGNORECASE)
DURATION = re.compile(
    r"^\W*(?:\d+\s*(?:years?|yrs?|y)\b)?\W*(?:\d+\s*(?:months?|mos?|m)\b)?\W*$",
    re.IGNORECASE,
)
LENGTH = re.compile(r"\(\s*\d+\s*(?:yrs?|years?|mos?|months?)\b[^)]*\)", re.IGNORECASE)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ENGLISH = re.compile(rf"(?:\d{{1,2}}\s+)?({_MONTH})(?:\s+\d{{1,2}},)?[,/]?\s*({_YEAR})", re.IGNORECASE)
LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "tr", "pl", "cs", "sv", "da", "nb", "fi", "sk"]


@dataclass(frozen=True, slots=True)
class Span:
    """A time span; ``end`` is empty while it lasts. ``is_single`` means one date alone was written."""

    start: str
    end: str = ""
    is_single: bool = False

    def fields(self, *, single_is_end: bool = False) -> dict[str, str]:
        """The JSON Resume fields; one date alone is the end of studies, and both ends of anything else."""
        if self.is_single and single_is_end:
            return {"endDate": self.start}
        end = self.start if self.is_single else self.end
        return {"startDate": self.start, "endDate": end} if end else {"startDate": self.start}


def is_date(text: str) -> bool:
    """Whether the text is a date or a span and nothing else."""
    span, rest = take_span(text)
    return span is not None and not re.search(r"\w", rest)


def is_duration(text: str) -> bool:
    """Whether the text is only a length of time, as in ``2 years 10 months``."""
    return bool(re.search(r"\d", text) and DURATION.match(text))


@lru_cache(maxsize=512)
def normalise_date(text: str) -> str:
    """``YYYY-MM`` or ``YYYY``; empty if it is not understood."""
    text = text.strip().strip(".,")
    if match := re.fullmatch(rf"({_YEAR})", text):
        return match.group(1)
    if match := re.fullmatch(rf"({_YEAR})[-/.](\d\d)(?:[-/.]\d\d)?", text):
        return f"{match.group(1)}-{match.group(2)}"
    if match := re.fullmatch(rf"\d{{1,2}}[./-](\d{{1,2}})[./-]({_YEAR})", text):
        return f"{match.group(2)}-{int(match.group(1)):02d}"
    if match := re.fullmatch(rf"(\d{{1,2}})[/.]({_YEAR}|\d\d)", text):
        return f"{_whole_year(match.group(2))}-{int(match.group(1)):02d}"
    if match := re.fullmatch(r"['’‘](\d\d)", text):
        return _whole_year(match.group(1))
    if (match := re.search(_QUARTER, text, re.IGNORECASE)) and (year := re.search(_YEAR, text)):
        quarter = next(int(character) for character in match.group() if character.isdigit())
        return f"{year.group()}-{3 * quarter - 2:02d}"
    if match := re.fullmatch(rf"{_SEASON}\s+({_YEAR})", text, re.IGNORECASE):
        return match.group(1)
    return _parse_month(text)


def _whole_year(year: str) -> str:
    """``17`` as 2017, ``98`` as 1998."""
    return year if len(year) == 4 else f"{'19' if int(year) >= 50 else '20'}{year}"


def _parse_month(text: str) -> str:
    """English by a table: the library, its languages loaded, costs 0.27 s, a quarter of reading a CV."""
    text = re.sub(r"(?:\s*['’‘]|(?<=[^\W\d_.])[\s.-]+)(\d\d)$", lambda match: f" {_whole_year(match.group(1))}", text)
    if match := ENGLISH.fullmatch(text):
        return f"{match.group(2)}-{MONTHS.index(match.group(1)[:3].lower()) + 1:02d}"
    import dateparser

    text = text.replace("/", " ")
    found = dateparser.parse(text, languages=LANGUAGES, settings={"REQUIRE_PARTS": ["month", "year"]})
    return f"{found.year:04d}-{found.month:02d}" if found else ""


def take_span(text: str) -> tuple[Span | None, str]:
    """The first span or date in the text, and the text without it."""
    if match := LONE_YEAR.search(text):
        return Span(_whole_year(match.group(1)), is_single=True), text[: match.start()].strip()
    if match := SHARED_YEAR.search(text):
        start, end = normalise_date(f"{match.group(1)} {match.group(3)}"), normalise_date(match.group(2))
        return Span(start, end), _without(text, match)
    if (match := WORDS_SHARED_YEAR.match(text)) and (start := normalise_date(f"{match.group(1)} {match.group(3)}")):
        return Span(start, normalise_date(match.group(2))), _without(text, match)
    if (match := SHORT_END.search(text)) and int(match.group(2)) > int(match.group(1)[2:]):
        return Span(match.group(1), match.group(1)[:2] + match.group(2)), _without(text, match)
    for pattern in (BETWEEN, WORD_RANGE, RANGE):
        match = pattern.search(text)
        if match and (start := normalise_date(match.group(1))):
            return Span(start, _end(match.group(2))), _without(text, match)
    if (match := OPEN.search(text)) and (start := normalise_date(match.group(1) or match.group(2))):
        return Span(start), _without(text, match)
    if (match := SINGLE.search(text)) and (start := normalise_date(match.group(1))):
        return Span(start, is_single=True), _without(text, match)
    return None, text


def _end(text: str) -> str:
    """A quarter ends with its last month."""
    if re.fullmatch(_NOW, text.strip(), re.IGNORECASE):
        return ""
    date = normalise_date(text)
    return f"{date[:5]}{int(date[5:]) + 2:02d}" if re.search(rf"\b{_QUARTER}", text, re.I) and len(date) == 7 else date


def _without(text: str, match: re.Match[str]) -> str:
    before = re.sub(r"\b(?:from|von|dal|desde)\s*$", "", text[: match.start()], flags=re.IGNORECASE)
    rest = f"{before.rstrip()} {text[match.end() :].lstrip()}"
    rest = LENGTH.sub("", rest)
    rest = re.sub(r",\s*\)", ")", rest)
    rest = re.sub(r"\s+,", ",", re.sub(r"\(\s*\)|\[\s*\]", "", rest))
    return rest.strip().strip("|·•,;–—-").strip().lstrip(":").strip()


def has_span(text: str) -> bool:
    """Whether a range of dates (not a lone year) stands in the text."""
    return bool(RANGE.search(text) or SHORT_END.search(text) or WORD_RANGE.search(text) or SHARED_YEAR.search(text))


def find_dates(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and normal form of every date written in the text."""
    for match in SHARED_YEAR.finditer(text):
        yield (*match.span(1), normalise_date(f"{match.group(1)} {match.group(3)}"))
    for match in POINTS.finditer(text):
        if date := normalise_date(match.group()):
            yield (*match.span(), date)
