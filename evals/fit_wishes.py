"""Fit the model that reads wishes: ``python -m evals.fit_wishes`` writes interviewlab/brains/wishes.npz.

It learns from the written patterns of evals/data/wishes, the ``tune`` split of evals/data/intents and, as answers that
wish nothing, the model answers of the bank. The ``report`` split is not opened.
"""

from __future__ import annotations

import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from evals.intents import Labelled, load_labelled
from interviewlab.brains import wishes
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.text import sentences
from interviewlab.types import INTENTS

PATTERNS = Path(__file__).parent / "data" / "wishes" / "patterns.yaml"
MODEL = Path(wishes.__file__).with_name("wishes.npz")
SEED = 11
PER_PATTERN = 120
FEWEST = 3
"""Lines that a feature has to stand in."""
TUNE_WEIGHT = 4.0
"""What a line that somebody else wrote counts, against one of a pattern."""
ANSWER_WEIGHT = 1.0
C_INTENTS = 20.0
C_SIGNALS = 20.0
FOLDS = 3
_CHOICE = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True)
class Line:
    """One line to learn from."""

    row: Labelled
    weight: float


def main() -> None:
    """Fit and write; with ``--check`` say what five folds of the tune split give, and write nothing."""
    written, tune = [*pattern_lines(), *answer_lines()], tune_lines()
    if "--check" in sys.argv:
        json.dump(cross_check(written, tune), sys.stdout, indent=1)
        return
    save(fit([*written, *tune]))


def pattern_lines() -> list[Line]:
    """Each pattern written out, at most PER_PATTERN times, drawn by a fixed seed."""
    data = yaml.safe_load(PATTERNS.read_text(encoding="utf-8"))
    draw, questions = random.Random(SEED), [question.text for question in load_bank().questions]  # noqa: S311 no secret
    contexts = {**data["contexts"], "question": questions}
    lines = []
    for block in data["wishes"]:
        after = [text for kind in block.get("after", ["question"]) for text in contexts[kind]]
        if "after" not in block:  # said at any moment
            after = [*questions, *(text for texts in data["contexts"].values() for text in texts)]
        for pattern in block["say"]:
            for text in write_out(pattern, data["words"], draw):
                row = Labelled(
                    context=draw.choice(after),
                    utterance=text,
                    intent=block["intent"],
                    signals=tuple(block.get("signals", ())),
                    is_answer=block.get("answer", False),
                )
                lines.append(Line(row, 1.0))
    return lines


def write_out(pattern: str, words: dict[str, str], draw: random.Random) -> list[str]:
    """Different texts of one pattern."""
    count = math.prod(len(found.split("|")) for found in _CHOICE.findall(_filled(pattern, words)))
    texts = {_one(pattern, words, draw) for _ in range(2 * min(PER_PATTERN, 2 * count))}
    return sorted(texts)[:PER_PATTERN] if len(texts) <= PER_PATTERN else draw.sample(sorted(texts), PER_PATTERN)


def _filled(pattern: str, words: dict[str, str]) -> str:
    for name, choices in words.items():
        pattern = pattern.replace("{" + name + "}", f"({choices})")
    return pattern


def _one(pattern: str, words: dict[str, str], draw: random.Random) -> str:
    text = _filled(pattern, words)
    while _CHOICE.search(text):
        text = _CHOICE.sub(lambda found: draw.choice(found.group(1).split("|")), text)
    return " ".join(text.split())


def answer_lines() -> list[Line]:
    """Sentences of model answers, whole and as a slow speaker begins them."""
    draw = random.Random(SEED)  # noqa: S311 no secret
    found = []
    for question in load_bank().questions:
        for sentence in sentences(question.answer):
            cut = " ".join(sentence.split()[: draw.randint(4, 14)])
            for text in (sentence, cut):
                found.append(
                    Line(Labelled(context=question.text, utterance=text, intent="none", is_answer=True), ANSWER_WEIGHT)
                )
    return found


def tune_lines() -> list[Line]:
    """What others wrote and labelled, the half that may be read."""
    return [Line(row, TUNE_WEIGHT) for row in load_labelled("tune")]


def fit(lines: Sequence[Line]) -> wishes.Model:
    """Logistic regression: one model for the intents, one for each signal, one for whether it answers."""
    lines = [line for line in lines if wishes.tokenise(line.row.utterance)]
    named = [wishes.features(line.row.utterance, line.row.context) for line in lines]
    counts = Counter(name for names in named for name in names)
    # A feature that only tune lines have counts too: they are few.
    places = {name: place for place, name in enumerate(sorted(n for n, c in counts.items() if c >= FEWEST))}
    x = _matrix(named, places)
    weight = np.array([line.weight for line in lines])
    rows = [line.row for line in lines]
    intents = LogisticRegression(C=C_INTENTS, max_iter=600, tol=1e-6).fit(
        x, [row.intent for row in rows], sample_weight=weight
    )
    order = [list(intents.classes_).index(intent) for intent in INTENTS]
    columns, bias = list(intents.coef_[order]), list(intents.intercept_[order])
    truths = [[signal in row.signals for row in rows] for signal in wishes.SIGNALS]
    for truth in [*truths, [row.is_answer for row in rows]]:
        one = LogisticRegression(C=C_SIGNALS, max_iter=600, tol=1e-6, class_weight="balanced").fit(
            x, truth, sample_weight=weight
        )
        columns.append(one.coef_[0])
        bias.append(one.intercept_[0])
    return wishes.Model(places, np.array(columns).T.astype(np.float32), np.array(bias, np.float32))


def _matrix(named: Sequence[Sequence[str]], places: dict[str, int]) -> csr_matrix:
    data, columns, ends = [], [], [0]
    for names in named:
        known = [places[name] for name in names if name in places]
        columns += known
        data += [len(names) ** -0.5] * len(known)
        ends.append(len(columns))
    return csr_matrix((data, columns, ends), shape=(len(named), len(places)))


def save(model: wishes.Model) -> None:
    """Half precision, the features as one text."""
    names = "\n".join(model.places)
    np.savez_compressed(MODEL, names=np.array(names), weights=model.weights.astype(np.float16), bias=model.bias)


def cross_check(written: Sequence[Line], tune: Sequence[Line]) -> dict[str, Any]:
    """Figures on tune lines that the fit did not see, and what was read wrong in them."""
    reads = [
        (row, wishes.read_wish(row.utterance, row.context, model))
        for unseen, model in _folds(written, tune)
        for row in unseen
    ]
    return {
        "intents_right": sum(wish.intent == row.intent for row, wish in reads) / len(reads),
        "signals": {signal: _tally(signal, reads) for signal in wishes.SIGNALS},
        "wrong": [
            f"{row.id} {row.intent} {row.signals} read as {wish.intent} {wish.chance} {wish.signals}: {row.utterance}"
            for row, wish in reads
            if (wish.intent, set(wish.signals)) != (row.intent, set(row.signals))
        ],
    }


def _tally(signal: str, reads: Sequence[tuple[Labelled, wishes.Wish]]) -> dict[str, int]:
    pairs = Counter((signal in row.signals, signal in wish.signals) for row, wish in reads)
    return {"heard": pairs[True, True], "missed": pairs[True, False], "imagined": pairs[False, True]}


def _folds(written: Sequence[Line], tune: Sequence[Line]) -> Iterator[tuple[list[Labelled], wishes.Model]]:
    order = list(tune)
    random.Random(SEED).shuffle(order)  # noqa: S311 no secret
    for fold in range(FOLDS):
        seen = [line for place, line in enumerate(order) if place % FOLDS != fold]
        yield [line.row for line in order[fold::FOLDS]], fit([*written, *seen])


if __name__ == "__main__":
    main()
