"""What is written in another language than English, as far as a grader of English answers must know."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewlab.scoring.folding import fold
from interviewlab.scoring.text import words

SHORTEST = 5
"""Words of the shortest sentence whose language is told."""
DIFFERENT = 3
"""Little words that it has at least."""
ENGLISH, OTHER, HARDLY = 0.15, 0.2, 0.08
"""Shares of little words: of an answer in English, of a sentence in another language, and of English in that."""
_OF_GRADING = (
    "ignorier", "anweisung", "punktzahl", "volle punkt", "bewert", "gib dies", "antwort", "korrekt", "hochste", "prufer",
    "ignora ", "ignorez", "ignorar", "ignoren", "instruccion", "puntuacion", "calificacion", "puntos", "respuesta", "la maxima", "maxima punt",
    "puntaje", "nota maxima", "evaluador", "otorg", "asign", "consignes", "donnez", "donne ", "reponse", "precedentes", "note maximale",
    "attribuez", "attribuer", "attribuisc", "correcteur", "istruzioni", "punteggio", "massimo", "risposta", "assegna", "voto", "valutator", "instrucoes",
    "pontuacao", "resposta", "avaliador", "atribua", "negeer", "instructies", "punten", "cijfer", "antwoord", "beoordel", "zignoruj",
    "instrukcj", "punktow", "odpowied", "ocen", "yoksay", "talimat", "puan", "cevap", "tam puan", "anteriores", "hochstpunkt", "vorherig",
    "bitte", "por favor", "s'il vous plait", "tutte le", "todas as", "todas las", "toutes les", "ge alle", "alle vor",
    "ignorera", "instruktion", "poang", "svar", "hogsta", "betyg", "diem toi", "cau tra loi", "abaikan", "nilai penuh",
    "jawaban", "alama zote", "punctaj", "raspuns", "bodu", "odpoved", "pistee", "pontszam", "valasz", "karakter", "bodova",
    "odgovor",
)  # fmt: skip
"""Beginnings of words about answers and marks, folded; none that begins an English word ("attribute", "maxima")."""
_BETWEEN = re.compile(r"[^\w']+")
_ENGLISH_LITTLE = frozenset(
    words(
        "the a an of to is in and that it for on with as are this be by or not you can we if have has from at which so but "
        "when they will would my i one do me no what there then was each all more than out up its into how"
    )
)
_LITTLE = frozenset(
    words(
        "el la los las una del que esta este para por mi su le les des du une est cette ce tous toutes pour avec dans si "
        "et der das den dem ein eine einen ist und mit fur auf diese dieser sie nicht il lo gli della che questa "
        "questo sono uma seu com nao het een deze mijn voor niet ta jest za moja prosze bu bir icin ve att "
        "den och det min pelo de va sa nu cu din sunt je se na ze jsem su da ja ei han etta tama egy es az hogy nem "
        "ez dan yang ini itu untuk dengan tidak saya cua toi cho khong nay duoc og er ikke til jeg som pa ha ho non al "
        "nel em ao aos ti sus sin pero como mas muy ya"
    )
)
"""Words of two letters or more that hold together sentences of languages in Latin letters, folded, and are hardly met
in English: "O(V + E)" is no Spanish."""


def speaks_of_grading(plain: str) -> bool:
    """Whether folded text speaks of answers or marks in another language: twice, or once in a sentence of that one."""
    spaced = " " + _BETWEEN.sub(" ", plain) + " "
    told = sum(f" {part}" in spaced for part in _OF_GRADING)
    return told > 1 or (told == 1 and _share(words(plain), _LITTLE) > OTHER)


def is_english(text: str) -> bool:
    """Whether an answer is told in English: in one in another language no sentence stands out by its language."""
    return _share(words(fold(text)), _ENGLISH_LITTLE) >= ENGLISH


def is_other_language(sentence: str) -> bool:
    """Whether a sentence is of another language in Latin letters."""
    said = words(fold(sentence))
    is_told = len(said) >= SHORTEST and len(_LITTLE.intersection(said)) >= DIFFERENT
    return is_told and _share(said, _LITTLE) >= OTHER and _share(said, _ENGLISH_LITTLE) <= HARDLY


def share_of_little_words(said: Sequence[str]) -> float:
    """How many of some words, in [0, 1], are little ones that tie the sentences of other languages."""
    return _share(words(fold(" ".join(said))), _LITTLE)


def _share(said: Sequence[str], some: frozenset[str]) -> float:
    return sum(word in some for word in said) / len(said) if said else 0.0
