"""Text as it reads, whatever it is written with: what hides from the eye is gone, look-alikes are plain letters."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
import unicodedata
from collections.abc import Iterator

_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁһкмнтвгпѵαβγεηικνορτυχωϲІАВЕКМНОРСТХΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɡⅼ",
    "aeopcyxijsdhkmhtbrnvabyenikvoptuxwciabekmhopctxabezhikmnoptyxigl",
)
_LEET = str.maketrans("013457@$!|", "oieastasil")
_LEET_WORD = re.compile(r"\b(?=\w*[a-z])(?=\w*[0-9@$!|])[a-z0-9@$!|]{3,}")
_BASE64 = re.compile(r"(?<![\w+/])[A-Za-z0-9+/]{20,}={0,2}")
_FOREIGN = r"[\u0370-\u1cff\u1f00-\u1fff\u2c00-\ua7ff\uac00-\ud7ff\uf900-\ufaff]"
_FOREIGN_WORD = re.compile(rf"{_FOREIGN}{{3,}}")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_LAST_ALPHABET = "\u2e7f"
"""Signs behind it are not set into words by spaces."""
_FOREIGN_RUN = re.compile(rf"{_FOREIGN}[^A-Za-z\n]*{_FOREIGN}[^\w\s]*")
_OVERRIDDEN = re.compile(r"[\u202d\u202e][^\u202c\n]*\u202c?")
"""Signs that turn the direction of reading, with what stands between them."""
_SET_APART = re.compile(r"\w[\u200b-\u200f\u2060\ufeff]+\w")
LONG_RUN = 8
"""Letters of another script from which they are more than a name or a formula."""
_SPACE = re.compile(r"\s+")
_TAGS = range(0xE0000, 0xE0080)
"""Characters nobody sees that spell ASCII."""


def fold(text: str) -> str:
    """``text`` in lower case on one line, without invisible signs and accents, look-alike letters made plain."""
    return _SPACE.sub(" ", _bare(text).replace("’", "'")).strip().lower()


def _bare(text: str) -> str:
    if text.isascii():
        return text
    seen = "".join(chr(ord(sign) - 0xE0000) if ord(sign) in _TAGS else sign for sign in text)
    apart = unicodedata.normalize("NFKD", seen)
    plain = "".join(sign for sign in apart if unicodedata.category(sign) not in {"Cf", "Mn", "Me"})
    if any(sign.isascii() and sign.isalpha() for sign in plain):
        plain = plain.translate(_LOOK_ALIKES)
    return plain


def readings(text: str) -> list[str]:
    """The folded text and what else it may be meant to be read as: digits for letters, letters set apart, base64,
    written backwards or turned by thirteen letters. The plain reading comes first."""
    plain = fold(text)
    leet = _LEET_WORD.sub(lambda match: match.group().translate(_LEET), plain)
    others = [leet, fold(_unspaced(text)), *map(fold, _decoded(text)), plain[::-1], codecs.encode(plain, "rot13")]
    return [plain, *(other for other in dict.fromkeys(others) if other and other != plain)]


def is_other_script(text: str) -> bool:
    """Whether most of it is words of another script than ours, which the sentence model cannot read; signs of a
    formula are no words."""
    if text.isascii():
        return False
    letters = sum(sign.isalpha() for sign in text)
    foreign = "".join(word for word in _FOREIGN_WORD.findall(text))
    strange = sum(not sign.isascii() for sign in foreign.translate(_LOOK_ALIKES))
    return bool(foreign) and len(foreign) > letters / 2 and strange > letters / 5


def is_mostly_foreign(text: str) -> bool:
    """Whether more of its words are of another script than of ours; two signs of Chinese count as a word."""
    if text.isascii():
        return False
    foreign = sum(len(word) / 2 if word[0] > _LAST_ALPHABET else 1 for word in _FOREIGN_WORD.findall(text))
    return foreign > len(_LATIN_WORD.findall(text))


def disguised(text: str) -> Iterator[tuple[int, int]]:
    """Where ``text`` is written so that it is not read as it stands: in another script, against the direction of
    reading, and words in a row with invisible signs or look-alike letters inside. A single such word is none."""
    if text.isascii():
        return
    for match in _OVERRIDDEN.finditer(text):
        yield match.span()
    for match in _FOREIGN_RUN.finditer(text):
        if sum(sign.isalpha() for sign in match.group()) >= LONG_RUN and is_other_script(match.group()):
            yield match.span()
    row: list[tuple[int, int]] = []
    for token in (*re.finditer(r"\S+", text), None):
        if token is not None and _is_masked(token.group()):
            row.append(token.span())
            continue
        if len(row) > 1:
            yield row[0][0], row[-1][1]
        row = []


def _is_masked(word: str) -> bool:
    mixed = word != word.translate(_LOOK_ALIKES) and any(sign.isascii() and sign.isalpha() for sign in word)
    return mixed or _SET_APART.search(word) is not None


def _unspaced(text: str) -> str:
    """Letters set apart are put together, where nearly all are; wider gaps between them stay gaps between words."""
    tokens = text.split()
    if len(tokens) < 8 or sum(len(token) == 1 for token in tokens) < 0.8 * len(tokens):
        return ""
    return " ".join("".join(part.split()) for part in re.split(r"\s{2,}", text.strip()))


def _decoded(text: str) -> list[str]:
    found = []
    for match in _BASE64.finditer(text):
        blob = match.group()
        try:
            read = base64.b64decode(blob + "=" * (-len(blob) % 4), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
        if read.isprintable() and " " in read:
            found.append(read)
    return found
