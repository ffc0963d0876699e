"""Dates and spans of a CV, brought to YYYY-MM or YYYY. Names of months: ``months.yaml``. Heavy guest: dateparser,
imported at the first month's name that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from interviewlab.resume.words import load_words

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
_NAME = r"(?:[^\W\d_]{3,13}\.?|thg?\d{1,2}|(?:0?[1-9]|1[0-2])\s?[月월])"
_DAY = r"(?:(?:0?[1-9]|[12]\d|3[01])(?:\.|er|º)?\s+(?:de\s+)?)?"
_WORD_POINT = (
    rf"(?:{_DAY}{_NAME}(?:\s*[/,]\s*|\s+(?:del?\s+)?|(?<=\.)|(?<=[月월]))(?:{_YEAR}|['’‘]\d\d)|"
    rf"{_YEAR}(?:\s?[年년]\s?|\.?\s)(?:(?:0?[1-9]|1[0-2])\s?[月월]|"
    rf"(?!(?:to|till|until|bis|hasta|až)\b)[^\W\d_]{{3,13}}\b\.?))"
)
"""A month by its name, or what looks like one: ``abril de 2019``, ``2019. április``, ``2019年4月``."""
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
WORD_RANGE = re.compile(
    rf"{_EDGES[0]}({_WORD_POINT}){_TO}({_WORD_POINT}|{_SHORT_POINT}|{_NOW}){_EDGES[1]}", re.IGNORECASE
)
WORD_SINGLE = re.compile(rf"{_EDGES[0]}({_WORD_POINT}){_EDGES[1]}", re.IGNORECASE)
_SINCE = r"\b(?:since|from|seit|ab|depuis|desde|dal|dall['’]|sinds|sedan|siden|od)\s+"
OPEN = re.compile(
    rf"{_SINCE}({_POINT}|{_WORD_POINT})|({_POINT})\s*(?:(?:[-–—]|→)\s*(?:\.{{3}}|…)?\s*(?:$|(?=\)))|\+(?!\w)|onwards?\b|→(?=\s*[^\W\d_]))",
    re.IGNORECASE,
)
SHORT_OPEN = re.compile(r"(?:^|\s{2,})['’‘](\d\d)\s*[-–—]$")
"""``'21 –`` in a cell of its own."""
LONE_YEAR = re.compile(r"(?:^|\s{2,})['’‘](\d\d)$")
"""``'18`` in a cell of its own."""
BETWEEN = re.compile(rf"\bbetween\s+({_POINT})\s+and\s+({_POINT}){_EDGES[1]}", re.IGNORECASE)
POINTS = re.compile(rf"(?<![\w$.,/]){_POINT}(?![\w%])", re.IGNORECASE)
SINGLE = re.compile(rf"{_EDGES[0]}({_POINT}){_EDGES[1]}", re.IGNORECASE)
DURATION = re.compile(
    r"(?:\d+\s*(?:years?|yrs?|y|jahre?n?|ans?|années?|años?|anos?|ann[oi]|jaar|jaren|år|lat|roky?|let|yıl)\b)?\W*"
    r"(?:(?:and|und|et|y|e|en)\s)?(?:\d+\s*(?:months?|mos?|m|monate?n?|mois|mes(?:es|i)?|mês|maand(?:en)?|måned(?:er)?|"
    r"månader?|ay)\b)?",
    re.IGNORECASE,
)
WORDS = re.compile(r"\w(?:.*\w)?", re.DOTALL)
"""A text without the marks around it."""
LED_BY_LENGTH = re.compile(
    r"^(?=\d)(?:\d+\s(?:years?|yrs?|jahre?|ans?|años?|anos?|ann[oi])\b\s*)?(?:\d+\s(?:months?|mos?|monate?|mois|mes(?:es|i)?|mês)\b)?"
    r"\s*[:,|·–—-]\s+",
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


def without_length(text: str) -> str:
    """``2 years 3 months: Acme`` without the length of time."""
    return LED_BY_LENGTH.sub("", text)


def is_duration(text: str) -> bool:
    """Whether the text is only a length of time, as in ``2 years 10 months``."""
    words = WORDS.search(text)
    return bool(words and re.search(r"\d", text) and DURATION.fullmatch(words.group()))


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
    if named := _named_month(text):
        return named
    import dateparser

    text = text.replace("/", " ")
    found = dateparser.parse(text, languages=LANGUAGES, settings={"REQUIRE_PARTS": ["month", "year"]})
    return f"{found.year:04d}-{found.month:02d}" if found else ""


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """The number of each month by its names."""
    return {name: number for number, names in load_words("months").items() for name in names.split(", ")}


def is_cut_date(text: str) -> bool:
    """Whether a date may go on behind the text: it ends with a month, a year, a dash, or a piece of a word."""
    match = re.search(r"(?:[–—-]|\b(?:19|20)\d\d|([^\W\d_]{3,})\.?)$", text)
    return match is not None and (match.group(1) is None or match.group(1).casefold() in _months())


def _named_month(text: str) -> str:
    """``YYYY-MM`` where a month is named that is known; empty else."""
    year = re.search(rf"{_YEAR}|['’‘]\d\d$", text)
    if year is None:
        return ""
    rest = f"{text[: year.start()]} {text[year.end() :]}"
    numbered = re.search(r"(\d{1,2})\s?[月월]|\bthg?(\d{1,2})\b", rest, re.IGNORECASE)
    words = re.findall(r"[^\W\d_]{3,}", rest.casefold())
    number = (
        int(next(filter(None, numbered.groups()))) if numbered else next(filter(None, map(_months().get, words)), 0)
    )
    written = year.group().strip("'’‘")
    return f"{_whole_year(written)}-{number:02d}" if 1 <= number <= 12 else ""


def _named_points(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The dates with a month by its name, and their normal form."""
    for match in WORD_SINGLE.finditer(text):
        if date := _named_month(match.group()):
            yield match, date


def take_span(text: str) -> tuple[Span | None, str]:
    """The first span or date in the text, and the text without it."""
    if match := SHORT_OPEN.search(text):
        return Span(_whole_year(match.group(1))), text[: match.start()].strip()
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
        if match and (start := _start(match)):
            return Span(start, _end(match.group(2))), _without(text, match)
    if (match := OPEN.search(text)) and (start := normalise_date(match.group(1) or match.group(2))):
        return Span(start), _without(text, match)
    if named := next(_named_points(text), None):
        return Span(named[1], is_single=True), _without(text, named[0])
    if (match := SINGLE.search(text)) and (start := normalise_date(match.group(1))):
        return Span(start, is_single=True), _without(text, match)
    return None, text


def _start(match: re.Match[str]) -> str:
    """The beginning; of ``Engineer 2019 – 2020`` none, as only a known month may stand before a year alone."""
    is_bare = match.re is WORD_RANGE and re.fullmatch(_YEAR, match.group(2)) is not None
    return _named_month(match.group(1)) if is_bare else normalise_date(match.group(1))


def _end(text: str) -> str:
    """A quarter ends with its last month."""
    if re.fullmatch(_NOW, text.strip(), re.IGNORECASE):
        return ""
    date = normalise_date(text)
    return f"{date[:5]}{int(date[5:]) + 2:02d}" if re.search(rf"\b{_QUARTER}", text, re.I) and len(date) == 7 else date


def _without(text: str, match: re.Match[str]) -> str:
    before = re.sub(r"\b(?:from|von|vom|dal|da|desde|od|fra|från)\s*$", "", text[: match.start()], flags=re.IGNORECASE)
    rest = f"{before.rstrip()} {text[match.end() :].lstrip()}"
    rest = LENGTH.sub("", rest)
    rest = re.sub(r",\s*\)", ")", rest)
    rest = re.sub(r"\s+,", ",", re.sub(r"\(\s*\)|\[\s*\]", "", rest))
    rest = rest.strip().strip("|·•,;–—-").strip().lstrip(":").strip()
    return without_length(rest)


def has_span(text: str) -> bool:
    """Whether a range of dates (not a lone year) stands in the text."""
    return bool(RANGE.search(text) or SHORT_END.search(text) or WORD_RANGE.search(text) or SHARED_YEAR.search(text))


def span_at_end(text: str) -> int:
    """Where a span of dates begins with which the text ends; 0 where there is none or nothing before it."""
    found = (match for pattern in (WORD_RANGE, RANGE) for match in pattern.finditer(text) if match.end() == len(text))
    return next((match.start() for match in found if _start(match)), 0)


def find_dates(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and normal form of every date written in the text."""
    for match in SHARED_YEAR.finditer(text):
        yield (*match.span(1), normalise_date(f"{match.group(1)} {match.group(3)}"))
    for match in POINTS.finditer(text):
        if date := normalise_date(match.group()):
            yield (*match.span(), date)
    yield from ((*match.span(), date) for match, date in _named_points(text))
