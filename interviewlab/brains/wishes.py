"""What an utterance wishes, by a linear model over its words and the kind of thing the interviewer had just said.

The weights (``wishes.npz``, described in ``wishes.md``) are fitted by ``python -m evals.fit_wishes``. No embeddings, no
weights to fetch and no state: the same everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from interviewlab.types import INTENTS, Intent, Signal

SIGNALS: tuple[Signal, ...] = get_args(Signal)
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
_CONTEXTS = {
    "greets": r"shall we (begin|start|get started)|ready to start|\bhello\b|hear me|good to meet",
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
_CONTEXT_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _CONTEXTS.items()}


@dataclass(frozen=True)
class Wish:
    """What is wished, each with its chance in [0, 1]."""

    intent: Intent
    chance: float
    signals: tuple[Signal, ...]
    is_answer: bool
    """Whether it says something on the matter, too or only."""


def read_wish(text: str, asked: str = "", model: Model | None = None) -> Wish:
    """The wish in ``text``, said after ``asked``; no words, no wish. The shipped model reads where none is given."""
    names = features(text, asked)
    if not names:
        return Wish("none", 1.0, (), is_answer=False)
    logits = (model or _model()).logits(names)
    intents, signals = logits[: len(INTENTS)], logits[len(INTENTS) : -1]
    chances = np.exp(intents - intents.max())
    chances /= chances.sum()
    best = int(np.argmax(chances))
    heard = tuple(signal for signal, logit in zip(SIGNALS, signals, strict=True) if logit > 0.0)
    return Wish(INTENTS[best], round(float(chances[best]), 3), heard, is_answer=bool(logits[-1] > 0.0))


def features(text: str, asked: str) -> list[str]:
    """Runs of one to three words with the edges marked, the kind of ``asked``, and both crossed; none without words."""
    tokens = tokenise(text)
    if not tokens:
        return []
    kinds = [kind for kind, pattern in _CONTEXT_PATTERNS.items() if pattern.search(asked.lower())] or ["question"]
    size = f"size {min(len(tokens).bit_length(), 5)}"
    names = [*_grams(tokens), size]
    for kind in kinds:
        names += [f"{kind}|", f"{kind}|{size}", f"{kind}|^{tokens[0]}"]
        names += [f"{kind}|{token}" for token in set(tokens)] if len(tokens) <= 8 else []
    return list(dict.fromkeys(names))


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
    """One row of weights for each feature, one column for each intent, then for each signal, then for answering."""

    places: dict[str, int]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def logits(self, names: list[str]) -> NDArray[np.float32]:
        """Sums over the known features, scaled by the root of how many features there are."""
        rows = [self.places[name] for name in names if name in self.places]
        total: NDArray[np.float32] = self.weights[rows].sum(axis=0) * np.float32(len(names) ** -0.5) + self.bias
        return total


@lru_cache(maxsize=1)
def _model() -> Model:
    with as_file(files("interviewlab.brains") / "wishes.npz") as path, np.load(path, allow_pickle=False) as data:
        names = str(data["names"]).split("\n")
        return Model(
            {name: place for place, name in enumerate(names)}, data["weights"].astype(np.float32), data["bias"]
        )
