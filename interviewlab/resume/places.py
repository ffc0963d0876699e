"""Telling places from the other short texts in the head of an entry."""

from __future__ import annotations

import re

_COUNTRIES = (
    "argentina|australia|austria|bangladesh|belgium|brazil|brasil|bulgaria|canada|chile|china|colombia|croatia|"
    "czechia|czech republic|denmark|deutschland|egypt|england|españa|estonia|finland|france|germany|ghana|greece|"
    "hong kong|hungary|iceland|india|indonesia|iran|ireland|israel|italia|italy|japan|kenya|korea|south korea|latvia|"
    "lebanon|lithuania|luxembourg|malaysia|mexico|méxico|morocco|netherlands|the netherlands|new zealand|nigeria|"
    "northern ireland|norway|pakistan|peru|philippines|poland|portugal|romania|russia|saudi arabia|scotland|serbia|"
    "singapore|slovakia|slovenia|south africa|spain|sri lanka|sweden|switzerland|taiwan|thailand|tunisia|turkey|"
    "türkiye|uae|united arab emirates|uk|united kingdom|ukraine|uruguay|usa|us|u.s.a.|united states|vietnam|wales"
)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|"
    "PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|ON|QC|BC|AB|MB|NS|NSW|VIC"
)
_CITIES = (
    "amsterdam|athens|austin|bangalore|bengaluru|barcelona|beijing|berlin|boston|brussels|bucharest|budapest|cambridge|"
    "chicago|copenhagen|delhi|dublin|edinburgh|frankfurt|geneva|hamburg|helsinki|istanbul|kyiv|lagos|lausanne|lisbon|"
    "london|los angeles|lyon|madrid|manchester|melbourne|milan|montreal|moscow|mumbai|munich|münchen|nairobi|new york|"
    "new york city|oslo|oxford|palo alto|paris|prague|pune|rome|san francisco|seattle|seoul|shanghai|stockholm|sydney|"
    "tallinn|tel aviv|tokyo|toronto|vancouver|vienna|warsaw|zurich|zürich|köln|cologne|stuttgart|porto|krakow|kraków"
)
REMOTE = re.compile(r"^\(?(?:fully\s+)?(?:remote|hybrid|on-?site|worldwide)\b.{0,30}$", re.IGNORECASE)
_LAST = re.compile(rf"^(?:(?:{_STATES})(?:\s+\d{{5}})?|(?i:{_COUNTRIES}))$")
_CITY = re.compile(rf"^(?:{_CITIES})$", re.IGNORECASE)


def is_place(text: str) -> bool:
    """Whether the text is surely a place: a known city or country, ``City, ST``, ``City, Country`` or remote."""
    text = text.strip(" ().")
    if not text or len(text) > 60:
        return False
    if REMOTE.match(text) or _CITY.match(text) or _LAST.match(text):
        return True
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 2:
        return len(parts) <= 4 and bool(_CITY.match(parts[0]) or _LAST.match(parts[1]))
    return len(parts) == 2 and bool(_LAST.match(parts[1]) or _CITY.match(parts[0]))


def split_place(text: str) -> tuple[str, str]:
    """Text and the place at its end after commas: ``Acme, Berlin, Germany`` gives Acme and Berlin, Germany."""
    parts = [part.strip() for part in text.split(",")]
    for count in (3, 2, 1):
        tail = ", ".join(parts[-count:])
        if count < len(parts) and is_place(tail) and _is_city_like(parts[-count]):
            return ", ".join(parts[:-count]), tail
    return text, ""


def _is_city_like(part: str) -> bool:
    return (
        len(part.split()) <= 3
        and part[:1].isupper()
        and not re.search(r"\b(?:Inc|Ltd|LLC|GmbH|Corp|University)\b", part)
    )


def location_fields(text: str) -> dict[str, str]:
    """The ``basics.location`` of a place in words."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > 1 and re.fullmatch(_STATES, parts[1].split()[0]):
        return {"city": parts[0], "region": parts[1]}
    return {"city": parts[0], "region": parts[-1]} if len(parts) > 1 else {"city": text}
