"""Telling places from the other short texts in the head of an entry. Names of cities: ``cities.txt``, from GeoNames."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

_COUNTRIES = (
    "argentina|australia|austria|bangladesh|belgium|brazil|brasil|bulgaria|canada|chile|china|colombia|croatia|"
    "czechia|czech republic|denmark|deutschland|egypt|england|españa|estonia|finland|france|germany|ghana|greece|"
    "hong kong|hungary|iceland|india|indonesia|iran|ireland|israel|italia|italy|japan|kenya|korea|south korea|latvia|"
    "lebanon|lithuania|luxembourg|malaysia|mexico|méxico|morocco|netherlands|the netherlands|new zealand|nigeria|"
    "northern ireland|norway|pakistan|peru|philippines|poland|portugal|romania|russia|saudi arabia|scotland|serbia|"
    "singapore|slovakia|slovenia|south africa|spain|sri lanka|sweden|switzerland|taiwan|thailand|tunisia|turkey|"
    "türkiye|uae|united arab emirates|uk|united kingdom|ukraine|uruguay|usa|us|u.s.a.|united states|vietnam|wales|"
    r"suisse|schweiz|svizzera|suiza|allemagne|alemania|germania|frankreich|francia|espagne|spanien|spagna|italie|italien|"
    r"belgique|belgien|bélgica|belgio|royaume-uni|reino unido|regno unito|vereinigtes königreich|pays-bas|países bajos|"
    r"niederlande|nederland|österreich|autriche|polska|polen|états-unis|estados unidos|stati uniti|türkei|česko|"
    r"magyarország"
)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|"
    "PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|ON|QC|BC|AB|MB|NS|NSW|VIC"
)
_CITIES = (
    "bangalore|cologne|frankfurt|krakow|montreal|münchen|new york|palo alto|zurich|praha|wien|warszawa|roma|milano|"
    "torino|"
    "lisboa|firenze|napoli|genève|bruxelles|københavn|göteborg|beograd|bucurești|nürnberg|galway|gaillimh|"
    "ciudad de méxico|cdmx|londres|bruselas|brüssel|brussel|den haag|'s-hertogenbosch"
)
"""Names of cities that ``cities.txt`` has in another form or not at all."""
REMOTE = re.compile(r"^\(?(?:fully\s+)?(?:remote|hybrid|on-?site|worldwide)\b.{0,30}$", re.IGNORECASE)
PARTLY_REMOTE = re.compile(
    r"(?<=\w)\s*[(/,]\s*(?:remote|hybrid|on-?site|home office|télétravail|"
    r"remot[oa]|teletrabajo|à distance|a distancia)\)?$",
    re.IGNORECASE,
)
NO_CITY = re.compile(
    r"^[A-Z]{2,4}\s|\b(?:Inc|Ltd|LLC|GmbH|Corp|University)\b|(?<=\s)(?:College|Institute|School|Bank|Labs?|Group|Hospital|Research)\b"
)
_LAST = re.compile(rf"^(?:(?:{_STATES})(?:\s+\d{{5}})?|(?i:{_COUNTRIES}))$")
_CITY = re.compile(rf"^(?:{_CITIES})$", re.IGNORECASE)


@lru_cache(maxsize=1)
def cities() -> Mapping[str, str]:
    """The country, as an ISO 3166 code, of every city that is known."""
    text = files("interviewlab.resume").joinpath("cities.txt").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines() if not line.startswith("#"))


def _is_city(text: str) -> bool:
    is_flat = len(text) > 3 and (text.isupper() or text.islower())
    return bool(_CITY.match(text)) or text in cities() or (is_flat and text.title() in cities())


def is_place(text: str) -> bool:
    """Whether the text is surely a place: a known city or country, ``City, ST``, ``City, Country`` or remote."""
    text = PARTLY_REMOTE.sub("", text).strip(" ().")
    if not text or len(text) > 60:
        return False
    if REMOTE.match(text) or _is_city(text) or _LAST.match(text):
        return True
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 2:
        return len(parts) <= 4 and bool(_is_city(parts[0]) or _LAST.match(parts[1]))
    return len(parts) == 2 and bool(_LAST.match(parts[1]) or (_is_city(parts[0]) and _is_city_like(parts[1])))


def split_place(text: str) -> tuple[str, str]:
    """Text and the place at its end after commas: ``Acme, Berlin, Germany`` gives Acme and Berlin, Germany."""
    parts = [part.strip() for part in text.split(",")]
    for count in (3, 2, 1):
        tail = ", ".join(parts[-count:])
        if (
            count < len(parts)
            and tail.count("(") == tail.count(")")
            and is_place(tail)
            and _is_city_like(parts[-count])
        ):
            return ", ".join(parts[:-count]), tail
    return text, ""


def _is_city_like(part: str) -> bool:
    return len(part.split()) <= 3 and part[:1].isupper() and not NO_CITY.search(part)


_REGIONS = {
    **{"argentina": "AR", "australia": "AU", "austria": "AT", "bangladesh": "BD", "belgium": "BE", "brazil": "BR"},
    **{"brasil": "BR", "bulgaria": "BG", "canada": "CA", "chile": "CL", "china": "CN", "colombia": "CO"},
    **{"croatia": "HR", "czechia": "CZ", "czech republic": "CZ", "denmark": "DK", "deutschland": "DE", "egypt": "EG"},
    **{"england": "GB", "españa": "ES", "estonia": "EE", "finland": "FI", "france": "FR", "germany": "DE"},
    **{"ghana": "GH", "greece": "GR", "hong kong": "HK", "hungary": "HU", "iceland": "IS", "india": "IN"},
    **{"indonesia": "ID", "ireland": "IE", "israel": "IL", "italia": "IT", "italy": "IT", "japan": "JP"},
    **{"kenya": "KE", "south korea": "KR", "korea": "KR", "latvia": "LV", "lithuania": "LT", "malaysia": "MY"},
    **{"mexico": "MX", "méxico": "MX", "morocco": "MA", "netherlands": "NL", "new zealand": "NZ", "nigeria": "NG"},
    **{"norway": "NO", "pakistan": "PK", "peru": "PE", "philippines": "PH", "poland": "PL", "portugal": "PT"},
    **{"romania": "RO", "saudi arabia": "SA", "scotland": "GB", "serbia": "RS", "singapore": "SG", "slovakia": "SK"},
    **{"slovenia": "SI", "south africa": "ZA", "spain": "ES", "sri lanka": "LK", "sweden": "SE", "switzerland": "CH"},
    **{"taiwan": "TW", "thailand": "TH", "tunisia": "TN", "turkey": "TR", "türkiye": "TR", "ukraine": "UA"},
    **{"united arab emirates": "AE", "uae": "AE", "uk": "GB", "united kingdom": "GB", "usa": "US", "us": "US"},
    **{"united states": "US", "vietnam": "VN", "việt nam": "VN", "wales": "GB", "berlin": "DE", "london": "GB"},
    **{"cardiff": "GB", "edinburgh": "GB", "manchester": "GB", "dublin": "IE", "paris": "FR", "munich": "DE"},
    **{"madrid": "ES", "amsterdam": "NL", "zurich": "CH", "zürich": "CH", "vienna": "AT", "warsaw": "PL"},
    **{"bangalore": "IN", "bengaluru": "IN", "mumbai": "IN", "delhi": "IN", "sydney": "AU", "toronto": "CA"},
}
"""ISO 3166 codes of countries, and of cities that stand alone in many a CV."""
_REGION = re.compile(rf"\b(?:{'|'.join(sorted(_REGIONS, key=len, reverse=True))})\b", re.IGNORECASE)


_ALPHA_3 = (
    "AUS:AU AUT:AT BEL:BE BRA:BR CAN:CA CHE:CH CZE:CZ DEU:DE DNK:DK ESP:ES EST:EE FIN:FI FRA:FR GBR:GB IND:IN IRL:IE "
    "ISR:IL ITA:IT JPN:JP KEN:KE LTU:LT LVA:LV MEX:MX NGA:NG NLD:NL NOR:NO NZL:NZ POL:PL PRT:PT ROU:RO SGP:SG SVK:SK "
    "SVN:SI SWE:SE TUR:TR UKR:UA USA:US ZAF:ZA"
)
_CODES = dict(pair.split(":") for pair in _ALPHA_3.split()) | {"UK": "GB"}


def region_of_code(code: str) -> str:
    """The ISO 3166 code of two letters for one of two or three, or an empty string."""
    known = {*_REGIONS.values(), *_CODES.values()}
    return _CODES.get(code) or (code if code in known else "")


_NAMES = re.compile(r"[^\W\d_a-z][\w'’-]{2,}(?:\s[^\W\d_a-z][\w'’-]{2,})?")


def find_regions(text: str) -> list[str]:
    """The countries that the text names, as ISO 3166 codes, in order."""
    found = [_REGIONS[match.group().casefold()] for match in _REGION.finditer(text) if match.group()[0].isupper()]
    return found or [country for name in _NAMES.findall(text) if (country := cities().get(name))]


def location_fields(text: str) -> dict[str, str]:
    """The ``basics.location`` of a place in words."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > 1 and re.fullmatch(_STATES, parts[1].split()[0]):
        return {"city": parts[0], "region": parts[1]}
    return {"city": parts[0], "region": parts[-1]} if len(parts) > 1 else {"city": text}
