"""Fit the model that reads wishes: ``python -m evals.fit_wishes`` writes interviewlab/brains/wishes.npz.

It learns from the patterns and utterances of evals/data/wishes, the ``tune`` split of evals/data/intents and, as
answers that wish nothing, the model answers of the bank. The ``report`` split is not opened.
"""

from __future__ import annotations

import hashlib
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
from interviewlab.bootstrap import build_embedder
from interviewlab.brains import wishes
from interviewlab.brains.intents import cut
from interviewlab.questions.bank import load_bank
from interviewlab.scoring.reading import Reader
from interviewlab.scoring.text import sentences
from interviewlab.settings import Settings
from interviewlab.types import INTENTS

PATTERNS = Path(__file__).parent / "data" / "wishes" / "patterns.yaml"
SAID = tuple(PATTERNS.with_name(name) for name in ("said.yaml", "heard.yaml", "spoken.yaml"))
ASKED, FURTHER = (PATTERNS.with_name(name) for name in ("asked.yaml", "further.yaml"))
MODEL = Path(wishes.__file__).with_name("wishes.npz")
SEED = 11
PER_PATTERN = 60
FEWEST = 3
"""Lines that a feature has to stand in."""
SAID_WEIGHT = 4.0
"""What a line that was thought of by itself counts, against one of a pattern."""
QUESTIONS = ("form which", "form whether", "form may")
ANSWER_WEIGHT = 2.0
C_INTENTS = 20.0
C_SIGNALS = 20.0
C_SENSES = 10.0
TOLERANCE = 1e-4
ITERATIONS = 400
FOLDS = 3
AT_ONCE = 2_000
"""Lines read ahead together: fewer sentences than a reader remembers, or they would be read twice."""
Weights = np.ndarray[Any, np.dtype[np.float32]]
_CHOICE = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True)
class Line:
    """One line to learn from."""

    row: Labelled
    weight: float


def main() -> None:
    """Fit and write; with ``--check`` say what folds of the tune split and what is kept back give, writing nothing."""
    written = [*pattern_lines(), *said_lines(), *answer_lines(), *asked_lines(FURTHER)]
    asked, tune = asked_lines(), tune_lines()
    reader = _reader()
    if "--check" in sys.argv:
        kept = [line.row for line in asked if is_kept_back(line.row.utterance)]
        written += [line for line in asked if not is_kept_back(line.row.utterance)]
        json.dump(cross_check(written, tune, kept, reader), sys.stdout, indent=1)
        return
    save(fit([*written, *asked, *tune], reader))


def _reader() -> Reader:
    """The sentence model, which has to be there."""
    embedder, _ = build_embedder(Settings(embedder="minilm"))
    return Reader(embedder)


def pattern_lines() -> list[Line]:
    """Each pattern written out, at most PER_PATTERN times, drawn by a fixed seed."""
    data = yaml.safe_load(PATTERNS.read_text(encoding="utf-8"))
    draw, contexts = random.Random(SEED), _contexts(data)  # noqa: S311 no secret
    lines = []
    for block in data["wishes"]:
        after = _after(block, contexts)
        texts = [text for pattern in block["say"] for text in write_out(pattern, data["words"], draw)]
        lines += [Line(_labelled(block, text, draw.choice(after)), 1.0) for text in texts]
    return lines


def said_lines() -> list[Line]:
    """Utterances thought of one by one, each heard and typed, after two things that the interviewer may have said."""
    contexts = _contexts(yaml.safe_load(PATTERNS.read_text(encoding="utf-8")))
    draw = random.Random(SEED)  # noqa: S311 no secret
    lines = []
    for block in (block for path in SAID for block in yaml.safe_load(path.read_text(encoding="utf-8"))):
        after = _after(block, contexts)
        for text in block["say"]:
            rows = [_labelled(block, said, draw.choice(after)) for said in (text, _typed(block, text))]
            lines += [Line(row, SAID_WEIGHT / len(rows)) for row in rows]
    return lines


def asked_lines(path: Path = ASKED) -> list[Line]:
    """Utterances after the one thing that the interviewer had said before them."""
    blocks = yaml.safe_load(path.read_text(encoding="utf-8"))
    lists = [(block["asked"], label.split(), says) for block in blocks for label, says in block["say"].items()]
    return [Line(_labelled(_block(label), text, asked), SAID_WEIGHT) for asked, label, says in lists for text in says]


def _block(label: Sequence[str]) -> dict[str, Any]:
    """Intent first, then signals and ``answer`` in any order."""
    return {"intent": label[0], "signals": [s for s in label[1:] if s != "answer"], "answer": "answer" in label}


def is_kept_back(text: str) -> bool:
    """Whether an utterance of ASKED is of the half that ``--check`` reads and does not learn from."""
    return hashlib.sha256(text.encode()).digest()[-1] % 2 == 1


def _typed(block: dict[str, Any], text: str) -> str:
    """As it is typed: a wish that begins as a question ends as one."""
    is_question = wishes.form(text) in QUESTIONS and text[-1] not in ".?!"
    return f"{text}?" if is_question and not block.get("answer") else text


def _contexts(data: dict[str, Any]) -> dict[str, list[str]]:
    return {**data["contexts"], "question": [question.text for question in load_bank().questions]}


def _after(block: dict[str, Any], contexts: dict[str, list[str]]) -> list[str]:
    """What the interviewer may have said: of the kinds named, anything where none is; answers follow questions."""
    kinds = block.get("after", ["question"] if block.get("answer") else list(contexts))
    return [text for kind in kinds for text in contexts[kind]]


def _labelled(block: dict[str, Any], text: str, asked: str) -> Labelled:
    return Labelled(
        context=asked,
        utterance=text,
        intent=block["intent"],
        signals=tuple(block.get("signals", ())),
        is_answer=block.get("answer", False),
    )


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
    """Sentences of model answers: whole, as a slow speaker begins them, and the pieces that are read by themselves."""
    draw = random.Random(SEED)  # noqa: S311 no secret
    found = []
    for question in load_bank().questions:
        for sentence in sentences(question.answer):
            begun = " ".join(sentence.split()[: draw.randint(4, 14)])
            pieces = [sentence[start:end] for start, end in cut(sentence)]
            for text in (sentence, begun, *(pieces if len(pieces) > 1 else ())):
                row = Labelled(context=question.text, utterance=text, intent="none", is_answer=True)
                found.append(Line(row, ANSWER_WEIGHT))
    return found


def tune_lines() -> list[Line]:
    """What others wrote and labelled, the half that may be read."""
    return [Line(row, SAID_WEIGHT) for row in load_labelled("tune")]


def fit(lines: Sequence[Line], reader: Reader) -> wishes.Model:
    """Logistic regressions over the words and over the meaning, each with one model for the intents, one for each
    signal and one for whether it answers."""
    lines = [line for line in lines if wishes.tokenise(line.row.utterance)]
    named = [wishes.features(line.row.utterance, line.row.context) for line in lines]
    counts = Counter(name for names in named for name in names)
    # A feature that only tune lines have counts too: they are few.
    places = {name: place for place, name in enumerate(sorted(n for n, c in counts.items() if c >= FEWEST))}
    vectors = np.concatenate([_meanings(lines[i : i + AT_ONCE], reader) for i in range(0, len(lines), AT_ONCE)])
    words, words_bias = _fit_columns(_matrix(named, places), lines, C_INTENTS, C_SIGNALS)
    senses, senses_bias = _fit_columns(vectors, lines, C_SENSES, C_SENSES)
    return wishes.Model(places, words, words_bias, senses, senses_bias)


def _meanings(lines: Sequence[Line], reader: Reader) -> Weights:
    reader.read_ahead(line.row.utterance for line in lines)
    return np.array([wishes.meaning(line.row.utterance, line.row.context, reader) for line in lines])


def _fit_columns(x: Any, lines: Sequence[Line], c_intents: float, c_signals: float) -> tuple[Weights, Weights]:
    """Weights and bias, a column for each intent, each signal, and answering."""
    rows, weight = [line.row for line in lines], np.array([line.weight for line in lines])
    intents = LogisticRegression(C=c_intents, max_iter=ITERATIONS, tol=TOLERANCE).fit(
        x, [row.intent for row in rows], sample_weight=weight
    )
    order = [list(intents.classes_).index(intent) for intent in INTENTS]
    columns, bias = list(intents.coef_[order]), list(intents.intercept_[order])
    truths = [[signal in row.signals for row in rows] for signal in wishes.SIGNALS]
    for truth in [*truths, [row.is_answer for row in rows]]:
        one = LogisticRegression(C=c_signals, max_iter=ITERATIONS, tol=TOLERANCE, class_weight="balanced").fit(
            x, truth, sample_weight=weight
        )
        columns.append(one.coef_[0])
        bias.append(one.intercept_[0])
    return np.array(columns).T.astype(np.float32), np.array(bias, np.float32)


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
    np.savez_compressed(
        MODEL,
        names=np.array(names),
        words=model.words.astype(np.float16),
        words_bias=model.words_bias,
        senses=model.senses.astype(np.float16),
        senses_bias=model.senses_bias,
    )


def cross_check(
    written: Sequence[Line], tune: Sequence[Line], kept: Sequence[Labelled], reader: Reader
) -> dict[str, Any]:
    """Figures on tune lines that the fit did not see, and what was read wrong in them; on ``kept`` figures alone."""
    folds = list(_folds(written, tune, reader))
    reads, by_words = (
        [(row, wishes.read_wish(row.utterance, row.context, used, model)) for unseen, model in folds for row in unseen]
        for used in (reader, None)
    )
    of_kept = [(row, wishes.read_wish(row.utterance, row.context, reader, model)) for _, model in folds for row in kept]
    return {
        "kept_back": len(kept),
        "kept_back_right": sum(wish.intent == row.intent for row, wish in of_kept) / len(of_kept),
        "kept_back_signals": {signal: _tally(signal, of_kept) for signal in wishes.SIGNALS},
        "intents_right": sum(wish.intent == row.intent for row, wish in reads) / len(reads),
        "intents_right_by_words": sum(wish.intent == row.intent for row, wish in by_words) / len(reads),
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


def _folds(
    written: Sequence[Line], tune: Sequence[Line], reader: Reader
) -> Iterator[tuple[list[Labelled], wishes.Model]]:
    order = list(tune)
    random.Random(SEED).shuffle(order)  # noqa: S311 no secret
    for fold in range(FOLDS):
        seen = [line for place, line in enumerate(order) if place % FOLDS != fold]
        yield [line.row for line in order[fold::FOLDS]], fit([*written, *seen], reader)


if __name__ == "__main__":
    main()
