"""Text as it is read aloud: numbers, symbols and identifiers as words. Pure."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import yaml
from num2words import num2words

Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

_TABLES: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "spoken.yaml").read_text("utf-8"))
_SCALES, _TIMES, _UNITS, _SPACED = _TABLES["scales"], _TABLES["times"], _TABLES["units"], _TABLES["spaced"]
_OPERATORS, _TERMS, _CURRENCIES = _TABLES["operators"], _TABLES["terms"], _TABLES["currencies"]
_BIG_O = {"O": "O", "Θ": "theta", "Ω": "omega"}


def to_spoken(text: str) -> str:
    """``text`` in words that a voice can read; e-mail and web addresses are named, not spelt. May be empty."""
    for pattern, put in _RULES:
        text = pattern.sub(put, text)
    spoken = " ".join(text.split())
    spoken = re.sub(r"\s+([,.;:!?])", r"\1", spoken)
    return spoken if any(char.isalnum() for char in spoken) else ""


def say_number(text: str) -> str:
    """Digits with an optional sign, thousands commas and decimals, as words."""
    plain = text.replace(",", "").lstrip("+")
    words = num2words(float(plain) if "." in plain else int(plain))
    if "." in plain:  # every decimal as written: 2.50 is "two point five zero"
        whole, decimals = plain.lstrip("-").split(".")
        sign = "minus " if plain.startswith("-") else ""
        digits = " ".join(num2words(int(digit)) for digit in decimals)
        words = f"{sign}{num2words(int(whole or 0))} point {digits}"
    return str(words).replace(",", "").replace("-", " ")


def _words(number: int, kind: str) -> str:
    return str(num2words(number, to=kind)).replace("-", " ")


def _number(match: re.Match[str]) -> str:
    digits = match[0]
    if re.fullmatch(r"(?:19|20)\d\d", digits):
        return _words(int(digits), "year")
    if len(digits) > 15 or (len(digits) > 1 and digits.startswith("0") and "." not in digits):
        return " ".join(say_number(digit) for digit in digits if digit.isdigit())
    return say_number(digits)


def _money(match: re.Match[str]) -> str:
    amount, scale = say_number(match[2]), _SCALES.get((match[3] or "").lower(), "")
    return " ".join(part for part in (amount, scale, _CURRENCIES[match[1]]) if part)


def _date(match: re.Match[str]) -> str:
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return match[0]
    return f"{month_name[day.month]} {_words(day.day, 'ordinal')} {_words(day.year, 'year')}"


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2])
    if minute == 0:
        return f"{num2words(hour)} o'clock"
    tail = f"oh {num2words(minute)}" if minute < 10 else num2words(minute)
    return f"{num2words(hour)} {tail}".replace("-", " ")


def _scaled(match: re.Match[str]) -> str:
    return f"{say_number(match[1])} {_SCALES[match[2].lower()]}"


def _unit(match: re.Match[str]) -> str:
    unit = (_TIMES | _UNITS)[match[2].lower()]
    number = say_number(match[1])
    return f"{number} {unit.removesuffix('s') if number == 'one' and unit.endswith('s') else unit}"


def _big_o(match: re.Match[str]) -> str:
    inside = match[2].strip()
    inside = re.sub(r"(?<=\w)\s*(?:\^|\*\*)\s*2\b|²", " squared", inside)
    inside = re.sub(r"(?<=\w)\s*(?:\^|\*\*)\s*3\b|³", " cubed", inside)
    inside = re.sub(r"\blog2\b|\blog₂\b", "log base 2", inside)
    return f"{_BIG_O[match[1]]} of {inside}"


def _generic(match: re.Match[str]) -> str:
    inside = (
        re.sub(r"\s*,\s*", " to ", match[2]) if match[1].lower() in {"dict", "map"} else match[2].replace(",", " and ")
    )
    return f"{match[1]} of {inside}"


def _index(match: re.Match[str]) -> str:
    return f"{match[1]} at {match[2].upper() if len(match[2]) == 1 else match[2]}"


def _call(match: re.Match[str]) -> str:
    inside = match[2].strip()
    return f"{match[1]} of {inside.replace(',', ' and ')}" if inside else match[1]


def _identifier(match: re.Match[str]) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", match[0])
    return " ".join(words.replace("_", " ").split())


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _table(words: dict[str, str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:{_any(words)})(?![\w+#])", re.IGNORECASE)


def _operator(match: re.Match[str]) -> str:
    return f" {_OPERATORS[match[0]]} "


_SIGNS = re.compile(_any(_OPERATORS))
_GENERIC = re.compile(r"\b([A-Za-z]\w*)\[([A-Za-z][\w, ]*)\](?<!\b[ijkn]\])")
"""Applied twice: the inner of two nested types is spoken first."""
_NUM = r"\d+(?:,\d{3})*(?:\.\d+)?"

_RULES: tuple[Rule, ...] = (
    (re.compile(r"```.*?```", re.DOTALL), " the code on the screen "),
    (re.compile(r"\b(?:[a-z][a-z0-9+]*://|www\.)\S*[^\s.,;:!?)]"), "the link on the screen"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "the e-mail address on the screen"),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^\s*(?:#{1,6}|[-*•]|>)\s+", re.MULTILINE), ""),
    (re.compile(r"\*\*(\S(?:.*?\S)?)\*\*"), r"\1"),
    (re.compile(r"`([^`]*)`"), r"\1"),
    (re.compile(r"\b([OΘΩ])\(((?:[^()]|\([^()]*\))*)\)"), _big_o),
    (re.compile(r"(?<=\))\s*->\s*"), " returns "),
    (re.compile(r"\b(select)\s+\*", re.IGNORECASE), r"\1 star"),
    (re.compile(r"²"), " squared"),
    (re.compile(r"³"), " cubed"),
    (_table(_TERMS), lambda match: _TERMS[match[0].lower()]),
    (re.compile(r"(?<=\d)_(?=\d)"), ""),
    (_GENERIC, _generic),
    (_GENERIC, _generic),
    (re.compile(r"\b([A-Za-z]\w*)\[(-?\w+)\]"), _index),
    (re.compile(r"\b([A-Za-z]\w*)<([A-Za-z][\w, ]*)>"), _generic),
    (re.compile(r"\b([A-Za-z_][\w.]*)\(([^()]*)\)"), _call),
    (re.compile(r"(?<=\w)([<>])(?=\w)"), lambda match: f" {_SPACED[match[1]]} "),
    (re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b"), _date),
    (
        re.compile(r"(?<![\d.])\d+(?:\.\d+){2,}"),
        lambda match: f" {' point '.join(map(say_number, match[0].split('.')))}",
    ),
    (re.compile(r"\b(\d+)e([+-]?\d+)\b"), r"\1 times 10 to the power of \2"),
    (re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b"), _clock),
    (re.compile(rf"([$€£])({_NUM})\s?(k|m|bn|b|t)?\b", re.IGNORECASE), _money),
    (re.compile(rf"({_NUM})\s?%"), lambda match: f"{say_number(match[1])} percent"),
    (re.compile(rf"\b({_NUM})\s?[x×](?!\w)"), lambda match: f"{say_number(match[1])} times"),
    (re.compile(rf"({_NUM}\s?[A-Za-z]+)/s\b"), r"\1 per second"),
    (re.compile(rf"\b({_NUM})\s?({_any(_TIMES)}|(?i:{_any(_UNITS)}))\b(?!/)"), _unit),
    (
        re.compile(r"(?<![\w/.])([1-9]\d{0,2})/(?:([1-9]\d{0,2})(?=\s+of\b)|(10|100)(?![\w/]))"),
        lambda match: f"{match[1]} out of {match[2] or match[3]}",
    ),
    (re.compile(rf"\b({_NUM})(k|m|bn|b)\b", re.IGNORECASE), _scaled),
    (
        re.compile(r"\b(\d+)(?:st|nd|rd|th)\b"),
        lambda match: str(num2words(int(match[1]), to="ordinal")).replace("-", " "),
    ),
    (re.compile(r"(?<=\d)\s?[-–](?=\d)"), " to "),
    (_SIGNS, _operator),
    (re.compile(r"\s([<>=+*/%^|&-])\s"), lambda match: f" {_SPACED[match[1]]} "),
    (re.compile(r"(?<![\w.])-(?=\d)"), "minus "),
    (re.compile(r"(?<=[A-Za-z])-?(?=\d)|(?<=\d)-?(?=[A-Za-z])"), " "),
    (re.compile(rf"(?<![\w.]){_NUM}"), _number),
    (re.compile(r"(?<=[a-z]{2})\.(?=[a-z_]{2})"), " dot "),
    (re.compile(r"\b\w*(?:_\w+|[a-z][A-Z]|[A-Z]{2}[a-z]{2})\w*\b"), _identifier),
    (re.compile(r"(?<=\w)\s?&\s?(?=\w)"), " and "),
    (re.compile(r"(?<=\w)/(?=\w)"), " or "),
    (re.compile(r"[\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff]"), " "),
    (re.compile(r"[(){}\[\]<>|\\^~*#_=`]"), " "),
    (re.compile(r"\d+"), lambda match: f" {say_number(match[0])} "),
    (re.compile(r"[–—]"), ", "),
)
