"""What an utterance wishes, by linear models over its words, its meaning and what the interviewer had just said.

The weights (``wishes.npz``, described in ``wishes.md``) are fitted by ``python -m evals.fit_wishes``. Words are read
everywhere; the meaning too where the sentence model is at hand that the weights were fitted with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from interviewlab.scoring.reading import Reader, pooled
from interviewlab.types import INTENTS, Intent, Signal

SIGNALS: tuple[Signal, ...] = get_args(Signal)
SENTENCE_MODEL = "minilm"
"""Name of the embedder whose vectors the weights know."""
MEANING = 0.3
"""Share of the meaning in what is read; the words have the rest. Of 0 to 1 in cross-validation of the tune half 0.2 to
0.3 gave most."""
SURELY, PLAINLY = 0.9, 1.0
"""Chance of an intent, and distance of everything else from the border, from which the words alone decide: to read the
meaning costs some 5 ms. In cross-validation two thirds of the tune half were so, and no fewer intents were right."""
KIND_SCALE = 0.5
"""Of the kinds of what was said before, beside unit vectors."""
REMEMBERED = 32
"""Texts whose features are kept: each is looked at as a whole and as a piece, after the same question."""
LONGEST_GRAM = 3
MOST_WORDS = 60
"""Of a longer utterance the beginning and the end are read, half of this each."""
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_SPELLING = (
    ("’", "'"),
    ("let us ", "let's "),
    ("cannot", "can't"),
    ("dont ", "don't "),
    ("whats ", "what's "),
    ("lets ", "let's "),
    ("i am ", "i'm "),
    ("i would ", "i'd "),
    ("i have ", "i've "),
    ("do not ", "don't "),
    ("did not ", "didn't "),
    ("what is ", "what's "),
    ("that is ", "that's "),
    ("post gress", "postgres"),
    ("my sequel", "mysql"),
    ("sequel", "sql"),
)
_FILLERS = frozenset({"um", "uh", "er", "erm", "uhm"})
_LEADS = frozenset(
    {"okay", "ok", "so", "and", "but", "sorry", "well", "hmm", "wait", "yeah", "yes", "no", "oh", "please"}
)
"""Words that come before an utterance proper."""
_OPENERS = {
    "which": "what what's which who when where why how whose",
    "whether": "do does did is are was were has have should must will would can't isn't doesn't am",
    "may": "can could may might shall",
    "urge": "let let's give tell show ask please go skip take stop explain repeat say run check look",
    "me": "i i'm i'd i'll i've we we'd we'll",
}
_FORMS = {word: form for form, openers in _OPENERS.items() for word in openers.split()}
_CONTEXTS = {
    "greets": r"shall we (begin|start|get started)|(are you|you are) ready|ready to start|\bhello\b|hear me"
    r"|good to meet",
    "moves": r"(shall we|like to) (go on|move on|continue)|another question",
    "topics": r"rather talk|which (topic|subject|area)",
    "next": r"what would you like to do|comfortable with that",
    "hint": r"\bhints?\b",
    "code": r"tell me when|\bsubmit\b|\beditor\b|\bexercise\b|your (code|query|solution|last function)"
    r"|tests? (pass|fail)|case .*fails|before you (write the )?code|query you wrote|small function|statement",
    "awaits": r"tell me when|submit when",
    "anything": r"questions for me|is there (anything|something|a question)|last question",
    "absent": r"still there|welcome back|take a break|want to go on\.|not hear",
}
_QUESTION = "question"
_CONTEXT_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _CONTEXTS.items()}


@dataclass(frozen=True)
class Wish:
    """What is wished, each with its chance in [0, 1]."""

    intent: Intent
    chance: float
    signals: tuple[Signal, ...]
    is_answer: bool
    """Whether it says something on the matter, too or only."""


def read_wish(text: str, asked: str = "", reader: Reader | None = None, model: Model | None = None) -> Wish:
    """The wish in ``text``, said after ``asked``; no words, no wish. The shipped model reads where none is given.

    A ``reader`` brings the meaning. Where the grader has the same one, it finds the sentences read already.
    """
    names = features(text, asked)
    if not names:
        return Wish("none", 1.0, (), is_answer=False)
    known = model or _model()
    read = known.by_words(names)
    if reader is not None and reader.embedder.name == SENTENCE_MODEL and not _is_plain(read):
        read = known.by_both(read, meaning(text, asked, reader))
    intents, signals = read[: len(INTENTS)], read[len(INTENTS) : -1]
    chances = _chances(intents)
    best = int(np.argmax(chances))
    heard = tuple(signal for signal, logit in zip(SIGNALS, signals, strict=True) if logit > 0.0)
    return Wish(INTENTS[best], round(float(chances[best]), 3), heard, is_answer=bool(read[-1] > 0.0))


def _is_plain(read: NDArray[np.float32]) -> bool:
    """Whether the words leave little doubt."""
    is_sure = float(_chances(read[: len(INTENTS)]).max()) >= SURELY
    return is_sure and bool(np.all(np.abs(read[len(INTENTS) :]) >= PLAINLY))


def _chances(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    odds: NDArray[np.float32] = np.exp(logits - logits.max())
    shares: NDArray[np.float32] = odds / odds.sum()
    return shares


def meaning(text: str, asked: str, reader: Reader) -> NDArray[np.float32]:
    """The direction of ``text``, zeros where it has no word, and the kinds of ``asked``."""
    heard, read = _kinds(asked), reader.read(text)
    kinds = [KIND_SCALE * (kind in heard) for kind in (*_CONTEXTS, _QUESTION)]
    direction = pooled(read) if read else np.zeros(reader.embedder.dimension, np.float32)
    return np.concatenate([direction, np.array(kinds, np.float32)])


@lru_cache(maxsize=REMEMBERED)
def features(text: str, asked: str) -> tuple[str, ...]:
    """Runs of one to three words with the edges marked, the kind of ``asked``, and both crossed; none without words."""
    tokens = tokenise(text)
    if not tokens:
        return ()
    kinds = _kinds(asked)
    size = f"size {min(len(tokens).bit_length(), 5)}"
    shape = form(text)
    names = [*_grams(tokens), size, shape, f"{shape}|{size}"]
    for kind in kinds:
        names += [f"{kind}|", f"{kind}|{size}", f"{kind}|{shape}", f"{kind}|^{tokens[0]}"]
        names += [f"{kind}|{token}" for token in tokens] if len(tokens) <= 8 else []
    return tuple(dict.fromkeys(names))


def form(text: str) -> str:
    """Whether it looks like a question, and of which form; a speech recogniser leaves the mark out."""
    mark = "?" if text.rstrip().endswith("?") else ""
    first = next((token for token in tokenise(text)[:3] if token not in _LEADS), "")
    return f"form {_FORMS.get(first, 'plain')}{mark}"


@lru_cache(maxsize=REMEMBERED)
def _kinds(asked: str) -> tuple[str, ...]:
    """The kinds of thing that ``asked`` may be; a question where it is none of them."""
    plain = asked.lower()
    return tuple(kind for kind, pattern in _CONTEXT_PATTERNS.items() if pattern.search(plain)) or (_QUESTION,)


def tokenise(text: str) -> list[str]:
    """Lower-case words with one spelling, without fillers, the middle of a long text left out."""
    plain = f" {text.lower()} "
    for written, meant in _SPELLING:
        plain = plain.replace(written, meant)
    tokens = [token for token in _WORD.findall(plain) if token not in _FILLERS]
    if len(tokens) > MOST_WORDS:
        return tokens[: MOST_WORDS // 2] + tokens[-MOST_WORDS // 2 :]
    return tokens


def _grams(tokens: list[str]) -> list[str]:
    marked = ["^", *tokens, "$"]
    grams = list(tokens)
    for length in range(2, LONGEST_GRAM + 1):
        grams += [" ".join(marked[i : i + length]) for i in range(len(marked) - length + 1)]
    return grams


@dataclass(frozen=True)
class Model:
    """One row of weights for each word feature, one for each number of the meaning; one column for each intent, then
    for each signal, then for answering."""

    places: dict[str, int]
    words: NDArray[np.float32]
    words_bias: NDArray[np.float32]
    senses: NDArray[np.float32]
    senses_bias: NDArray[np.float32]

    def by_words(self, names: Sequence[str]) -> NDArray[np.float32]:
        """Sums over the known words, scaled by the root of how many there are."""
        rows = [self.places[name] for name in names if name in self.places]
        read: NDArray[np.float32] = self.words[rows].sum(axis=0) * np.float32(len(names) ** -0.5) + self.words_bias
        return read

    def by_both(self, read: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """What the words gave, with the share that the meaning has."""
        understood: NDArray[np.float32] = vector @ self.senses + self.senses_bias
        return np.float32(1.0 - MEANING) * read + np.float32(MEANING) * understood


@lru_cache(maxsize=1)
def _model() -> Model:
    with as_file(files("interviewlab.brains") / "wishes.npz") as path, np.load(path, allow_pickle=False) as data:
        names = str(data["names"]).split("\n")
        return Model(
            {name: place for place, name in enumerate(names)},
            data["words"].astype(np.float32),
            data["words_bias"],
            data["senses"].astype(np.float32),
            data["senses_bias"],
        )
