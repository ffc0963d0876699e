"""Who the CV is about: name, contact data, links, label and summary. Heavy guest: phonenumbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from interviewlab.resume.lines import Line, join_words
from interviewlab.resume.names import PARTICLES
from interviewlab.resume.parts import TITLE
from interviewlab.resume.places import find_regions, is_place, location_fields, region_of_code
from interviewlab.resume.skills import canonical_skill

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
URL = re.compile(
    r"(?<![\w@.])(?:https?://|www\.)[^\s|•<>()]{3,200}|"
    r"(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|io|dev|me|ai|co|app|tech|edu|eu|info|page|xyz|site|online|"
    r"blog|cloud|design|studio|software|engineer|codes|work|space|live|name|bio|im|gg|tv|so|to|ly|de|fr|uk|in|ie|nl|be|ch|"
    r"at|pl|cz|sk|hu|ro|bg|gr|pt|es|it|se|no|dk|fi|is|ee|lv|lt|lu|si|hr|ua|ru|tr|il|sg|my|th|vn|id|ph|jp|kr|cn|tw|hk|au|"
    r"nz|za|ng|ke|gh|ma|br|ar|cl|mx|pe|ca|us)"
    r"(?:/[^\s|•<>(),]{0,200})?(?![\w@.])",
    re.IGNORECASE,
)
BARE = re.compile(r"(?:[a-z0-9-]{2,63}\.){1,3}[a-z]{3,12}(?:/[^\s|•<>(),]{0,200})?")
"""An address that stands alone, whatever its last part is."""
HANDLE = re.compile(r"(linkedin|github|gitlab)\s*[:/@]\s*@?((?:in/)?[\w-]{3,39})|(in/)([\w-]{3,60})", re.IGNORECASE)
PHONE = re.compile(r"\+?\(?\d[\d\s().\-/]{6,20}\d")
BESIDE_PHONE = re.compile(r"\d\s*\(([A-Z]{2,3})\)")
"""``731 555 482 (CZ)``."""
NETWORKS = (
    ("LinkedIn", re.compile(r"linkedin\.com/(?:in|pub)/([\w%.-]+)", re.I)),
    ("GitHub", re.compile(r"github\.com/([\w-]+)/?$", re.I)),
    ("GitLab", re.compile(r"gitlab\.com/([\w.-]+)/?$", re.I)),
    ("Twitter", re.compile(r"(?:twitter|x)\.com/(\w+)/?$", re.I)),
    ("Stack Overflow", re.compile(r"stackoverflow\.com/users/([\w/-]+)", re.I)),
    ("Kaggle", re.compile(r"kaggle\.com/([\w-]+)/?$", re.I)),
    ("Dribbble", re.compile(r"dribbble\.com/([\w-]+)/?$", re.I)),
    ("Behance", re.compile(r"behance\.net/([\w-]+)/?$", re.I)),
    ("Codeberg", re.compile(r"codeberg\.org/([\w-]+)/?$", re.I)),
    ("Medium", re.compile(r"medium\.com/(@[\w.-]+)", re.I)),
    ("ORCID", re.compile(r"orcid\.org/([\dX-]+)", re.I)),
    ("Mastodon", re.compile(r"/(@[\w.]+)/?$", re.I)),
    ("Google Scholar", re.compile(r"scholar\.google\.[\w.]+/citations\?\S*?user=([\w-]+)", re.I)),
)
SEPARATOR = re.compile(r"\s+[|•·●–—‖◆⬥♦⋄∙⋅■▪/]\s+|\s*[|•◆⬥♦]\s*|\s{3,}")
LABELLED = re.compile(
    r"^(?:(?:full )?name|e-?mail|phone|mobile|tel(?:ephone)?|address|location|website|web|linkedin|github|"
    r"portfolio)\s*:\s*",
    re.I,
)
_TITLES_OF_PAGES = (
    "curriculum vitae resume résumé cv portfolio profile page contact phone email address mobile linkedin github "
    "lebenslauf currículum currículo życiorys cv: özgeçmiş životopis önéletrajz profil beraterprofil kurzprofil "
    "dear hello hi hey sehr geehrte geehrter liebe estimado estimada estimados querido cher chère madame monsieur to"
)
NOT_A_NAME = frozenset(_TITLES_OF_PAGES.split())
FIRST_NAME = ("first name", "first names", "given name", "given names", "forename", "vorname", "prénom", "nombre")
SURNAME = ("surname", "last name", "family name", "nachname", "nom", "apellidos")
FULL_NAME = ("name", "full name", "candidate name", "nom et prénom", "nombre completo", "imię i nazwisko")
LABELLED_NAME = re.compile(r"([^\W\d_][^:\d]{1,20})\s?:\s([^\W\d_][^:\d@]{1,40})")
"""``Surname: Okonjo`` in one cell."""
NAME_WITHIN = 12
CLOSING = re.compile(
    r"(?:yours|kind|kindest|best|warm|warmest|with (?:best|kind|warm))?\s?(?:regards|wishes|sincerely|faithfully|truly|"
    r"yours|thanks|"
    r"mit (?:freundlichen|besten|herzlichen) grüßen|cordialement|bien cordialement|un saludo|saludos(?: cordiales)?|"
    r"atentamente|cordiali saluti|atenciosamente|met vriendelijke groet|med vänlig hälsning)",
    re.IGNORECASE,
)
MY_NAME = re.compile(r"\bmy name is ((?:[^\W\d_a-z][\w'’-]+\s?){2,4})")
FALLBACKS = ("US", "GB", "DE", "IN")
FEWEST_DIGITS = 9
"""A number of the home country that its plan does not know yet, or of a guessed country, has at least these."""
WORD_OF_NAME = re.compile(r"^(?:[^\W\d_](?:[^\W\d_]|['’.\u0300-\u036f-])*,?|[(\"“„‘'][^\W\d_]+[)\"”’'])$")
ACADEMIC = re.compile(
    r"^(?:(?:(?:Univ\.-)?Prof|Dr|Mag|Ing|Lic|Mgr|Bc|Dipl\.-(?:Ing|Inf)|DI|Mr|Mrs|Ms|Herr|Frau)\.?\s+"
    r"(?:rer\.\s?nat\.\s+|\((?:FH|TU|Univ\.?)\)\s+)?)+(?=\S+\s)"
)
"""Titles before a name."""
CREDENTIALS = re.compile(
    r"(?:,\s*(?:Ph\.?D\.?|M\.?B\.?A\.?|PMP|CISSP|CPA|P\.?E\.?|PEng|MSc|BSc|CSM|CFA|MD|he/him|she/her|they/them))+$",
    re.I,
)
"""What people set behind their names."""


def find_contact(lines: Sequence[Line], document_urls: Iterable[str] = ()) -> dict[str, Any]:
    """The ``basics`` of the lines above the first heading; only what was found."""
    lines = [_unlabelled(line) for line in lines]
    pieces = _rejoined([piece for line in lines for piece in _pieces(line)])
    urls = [url for line in lines for url in line.urls] + list(document_urls)
    name = find_name(lines)
    basics: dict[str, Any] = {"name": name} if name else {}
    basics |= _texts(lines, pieces, urls, name)
    place = next((piece for piece in pieces if is_place(piece)), "")
    if place:
        basics["location"] = location_fields(place)
    site, profiles = sort_links(pieces, urls)
    return basics | ({"url": site} if site else {}) | ({"profiles": profiles} if profiles else {})


def _unlabelled(line: Line) -> Line:
    """``Name`` with a name beside it becomes the name alone."""
    is_labelled = len(line.cells) == 2 and LABELLED.fullmatch(f"{line.text.rstrip(':')}: ")
    return replace(line, cells=line.sides) if is_labelled else line


def _texts(lines: Sequence[Line], pieces: Sequence[str], urls: Sequence[str], name: str) -> dict[str, str]:
    whole = "\n".join(line.whole for line in lines)
    found = {
        "label": next((piece for piece in pieces if piece != name and _is_label(piece)), ""),
        "email": _email(whole, urls),
        "phone": find_phone(whole, _home(lines, whole)),
        "summary": " ".join(
            line.whole for line in lines if len(line.text.split()) >= 12 and not EMAIL.search(line.text)
        ),
    }
    return {key: value for key, value in found.items() if value}


def _home(lines: Sequence[Line], whole: str) -> str | None:
    """The country of a number without one: that beside it, that of the address, that of the mail's or page's domain."""
    if (beside := BESIDE_PHONE.search(whole)) and (code := region_of_code(beside.group(1))):
        return code
    if region := next((region for line in lines for region in find_regions(line.whole)), None):
        return region
    domain = re.search(r"@[\w.-]+\.([a-z]{2})\b", whole, re.IGNORECASE)
    code = domain.group(1).upper() if domain else ""
    return {"UK": "GB", "EU": "", "IO": "", "ME": "", "CO": "", "AI": ""}.get(code, code) or None


def _pieces(line: Line) -> list[str]:
    pieces = [_whole_handle(piece.strip()) for cell in line.cells for piece in SEPARATOR.split(cell)]
    return [LABELLED.sub("", piece).strip() for piece in pieces if piece]


def _whole_handle(piece: str) -> str:
    """``GitHub: ada`` and ``in/ada`` as addresses."""
    match = HANDLE.fullmatch(piece)
    if match is None:
        return piece
    network, handle = match.group(1) or "linkedin", (match.group(2) or match.group(4)).removeprefix("in/")
    return f"{network.casefold()}.com/{'in/' if network.casefold() == 'linkedin' else ''}{handle}"


def find_name(lines: Sequence[Line]) -> str:
    """The largest line above the first heading that could be a person's name, or an empty string."""
    if name := _labelled_name(lines):
        return name
    body = min((line.size for line in lines), default=0.0)
    early = [line for number, line in enumerate(lines) if number < NAME_WITHIN or line.size > 1.2 * body]
    for line in sorted(early, key=lambda line: -round(line.size, 1)):
        name = ACADEMIC.sub("", CREDENTIALS.sub("", next(iter(_pieces(line)), "")))
        below = lines[lines.index(line) + 1 : lines.index(line) + 2]
        if below and line.size > 1.5 * body and abs(below[0].size - line.size) < 0.6 and len(line.cells) == 1:
            both = join_words(name, below[0].text)
            name = both if _is_name(both) else name
        if _is_name(name) and (" " in name or line.size > 1.2 * body):
            return name
    return ""


def find_late_name(titles: Sequence[str], lines: Sequence[Line]) -> str:
    """Where no name stands at the top: one set like a title, or the one that a letter is signed with."""
    signed = [below.text for line, below in itertools.pairwise(lines) if CLOSING.fullmatch(line.text.strip(" ,.!"))]
    told = [match.group(1) for line in lines if (match := MY_NAME.search(line.text))]
    names = (CREDENTIALS.sub("", ACADEMIC.sub("", text.strip(" ,."))) for text in (*titles, *signed, *told))
    return next((name for name in names if " " in name and _is_name(name)), "")


def _labelled_name(lines: Sequence[Line]) -> str:
    """First name and surname where a form gives each a line of its own."""
    rows = [LABELLED_NAME.fullmatch(line.text) if len(line.cells) == 1 else None for line in lines]
    parts = [row.groups() if row else line.cells for line, row in zip(lines, rows, strict=True)]
    cells = [[cell.strip(" :") for cell in row if cell.strip(" :")] for row in parts]
    values = {re.sub(r"\(s\)$", "", cell[0].casefold()): cell[1] for cell in cells if len(cell) == 2}
    first = next((values[key] for key in FIRST_NAME if key in values), "")
    last = next((values[key] for key in SURNAME if key in values), "")
    return f"{first} {last}" if first and last else next((values[key] for key in FULL_NAME if key in values), "")


def _rejoined(pieces: Sequence[str]) -> list[str]:
    """An address that a narrow column broke is made whole: ``linkedin.com/in/ada-`` and ``byron``."""
    whole: list[str] = []
    for piece in pieces:
        before = whole[-1] if whole else ""
        match = URL.search(before)
        is_open = match is not None and match.end() == len(before) and "/" in match.group() and "://" not in piece
        if is_open and re.match(r"[a-z0-9_-]+(?=$|\s\()", piece) and not EMAIL.search(piece) and not URL.match(piece):
            whole[-1] = before + piece
        else:
            whole.append(piece)
    return whole


def _is_name(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= 6 or len(text) > 60 or is_place(text) or TITLE.search(text):
        return False
    if any(word.casefold().strip(".,:") in NOT_A_NAME for word in words):
        return False
    return all(WORD_OF_NAME.match(word) and (not word[0].islower() or word in PARTICLES) for word in words)


def _is_label(text: str) -> bool:
    return bool(TITLE.search(text)) and len(text.split()) <= 10 and not EMAIL.search(text) and not text.endswith(".")


def _email(text: str, urls: Sequence[str]) -> str:
    if match := EMAIL.search(text):
        return match.group()
    mail = next((url for url in urls if url.lower().startswith("mailto:")), "")
    return mail[7:].split("?")[0]


def find_phone(text: str, home: str | None = None) -> str:
    """The first valid telephone number, in international form; one of ``home`` where no country is written."""
    if not PHONE.search(text):
        return ""
    import phonenumbers

    valid, possible = phonenumbers.Leniency.VALID, phonenumbers.Leniency.POSSIBLE
    tries = [
        (None, valid),
        (None, possible),
        *([(home, valid), (home, possible)] if home else []),
        *((one, valid) for one in FALLBACKS),
    ]
    for region, leniency in tries:
        for match in phonenumbers.PhoneNumberMatcher(text, region, leniency):
            is_whole = sum(map(str.isdigit, match.raw_string)) >= FEWEST_DIGITS
            if is_whole or (leniency is valid and region in (None, home)):
                return str(phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
    return ""


def sort_links(pieces: Iterable[str], urls: Iterable[str]) -> tuple[str, list[dict[str, str]]]:
    """The own page and the profiles among links and written addresses."""
    written = [match.group() for piece in pieces for match in URL.finditer(EMAIL.sub(" ", piece))]
    written += [
        piece for piece in pieces if BARE.fullmatch(piece) and not canonical_skill(piece) and piece not in written
    ]
    site, profiles = "", dict[str, dict[str, str]]()
    for url in [*urls, *written]:
        if url.lower().startswith(("mailto:", "tel:")):
            continue
        if "/" not in url and not url.islower():
            # Kiwi.com and Booking.com are employers, M.Tech is a degree.
            continue
        full = url if "://" in url else f"https://{url}"
        profile = _profile(full)
        if profile:
            profiles.setdefault(profile["network"], profile)
        elif not site:
            site = full
    return site, list(profiles.values())


def _profile(url: str) -> dict[str, str] | None:
    for network, pattern in NETWORKS:
        if match := pattern.search(url):
            return {"network": network, "username": match.group(1).strip("/"), "url": url}
    return None
