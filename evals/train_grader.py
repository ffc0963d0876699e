"""``python -m evals.train_grader``: train the small model of the answer grader again, and say how it does.

Needs the data sets (``INTERVIEWLAB_DATA``) and the weights of the sentence model. Writes ``grader_model.json`` and
``common_directions.json`` into ``interviewlab/scoring``; the card beside them, ``grader_model.md``, quotes what is
printed. The same data give the same bytes.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interviewlab.errors import BadInput
from interviewlab.ports import Embedder
from interviewlab.scoring.apart import common_of
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.scoring.model import Band, GraderModel, curved, opened
from interviewlab.scoring.reading import Reader, pooled
from interviewlab.scoring.reference import ReferenceQuestion, points_from_reference
from interviewlab.scoring.signals import NAMES
from interviewlab.scoring.text import Rarity
from interviewlab.settings import read_settings
from interviewlab.types import Question

Floats = NDArray[np.float64]
SCORING = Path(__file__).resolve().parent.parent / "interviewlab" / "scoring"
INSIDE = 2.0
"""How much the order of answers inside a question counts beside their marks."""
PSEUDO_WEIGHT = 0.3
"""Weight of an answer whose reference is another student's answer of full marks."""
BANDS = (0.5, 0.7, 0.8, 0.9, 1.01)
STRANGERS = 1
"""Answers to other questions for each answer, for the gate."""


@dataclass(frozen=True)
class Shape:
    """What is not fitted but tried; what does best on the training questions, each left out in turn, is taken."""

    penalty: float
    """Of the ridge."""
    wide: float
    """Chance of being about the question from which the gate stands wide open."""


PENALTIES = (3.0, 10.0, 30.0, 100.0)
SHAPES = tuple(Shape(*tried) for tried in product(PENALTIES, (0.035, 0.045, 0.06, 0.09, 0.12, 0.2)))
CURVE = ((0.2, 0.0), (0.5, 0.2), (0.75, 0.75), (0.95, 1.0))
"""Scores at values of the line. A ridge draws scores together: few would reach 0 or 1. Steep in the middle, where what
is wanted is half said, flatter above, so that a good answer in other words moves less."""
COMMON_AXES = 3
"""How many directions in which sentences vary most say nothing of what they say."""


@dataclass(frozen=True)
class Row:
    """One graded answer with its signals."""

    question: str
    score: float
    weight: float
    signals: Floats


@dataclass(frozen=True)
class Line:
    """A ridge line over raw signals."""

    mean: Floats
    scale: Floats
    weights: Floats
    bias: float

    def predict(self, signals: Floats) -> Floats:
        """Scores, not yet clipped."""
        return np.asarray(((signals - self.mean) / self.scale) @ self.weights + self.bias)


def main() -> None:
    """Train on everything, measure with each question left out, write the model and its card."""
    folder = Path(os.environ.get("INTERVIEWLAB_DATA", "")) / "short_answers"
    if not folder.is_dir():
        raise BadInput("The shared data are not here.", "Set INTERVIEWLAB_DATA to the folder that holds short_answers.")
    write_common()
    rows, strangers = read_rows(folder)
    figures = measure(rows, strangers)
    model = train(rows, strangers, figures["left_out"])
    write(model, figures | {"whole": measure_whole(folder, figures["models"])}, rows)


def write_common() -> None:
    """Write what the sentences of the bank have in common; the exams' are not looked at, so none is known left out."""
    embedder, questions = _materials()
    texts = [
        text
        for question in questions
        for text in (question.answer, question.text, *(point.text for point in question.key_points))
    ]
    reader = Reader(embedder)
    reader.read_ahead(texts)
    directions = np.stack([sentence.mean for text in texts for sentence in reader.read(text)])
    (SCORING / "common_directions.json").write_text(
        json.dumps(common_of(directions, COMMON_AXES)) + "\n", encoding="utf-8"
    )


def read_rows(folder: Path) -> tuple[list[Row], list[Row]]:
    """The rows of both sets, and answers held against a question they do not answer."""
    embedder, questions = _materials()
    corpus = [question.answer for question in questions]
    grader = AnswerGrader(embedder, corpus, model=_FLAT)
    saf = _saf(folder)
    pairs = [(_question(row["question"], row["reference"], corpus), row["answer"], row["score"], 1.0) for row in saf]
    strange = _strange([(q, a) for q, a, _, _ in pairs])
    pairs += _pseudo(grader, _lines(folder / "digiklausur.jsonl"), corpus)
    grader.reader.read_ahead(answer for _, answer, _, _ in pairs)
    rows = [
        Row(question.text, score, weight, np.asarray(signals, np.float64))
        for question, answer, score, weight in pairs
        if (signals := grader.signals(question, answer)) is not None
    ]
    away = [
        Row(question.text, 0.0, 1.0, np.asarray(signals, np.float64))
        for question, answer in strange
        if (signals := grader.signals(question, answer)) is not None
    ]
    return rows, away


_FLAT = GraderModel(
    names=NAMES, mean=(0.0,) * len(NAMES), scale=(1.0,) * len(NAMES), weights=(0.0,) * len(NAMES), bias=0.5,
    gate=(0.0,) * len(NAMES), gate_bias=9.0, wide=0.5, curve=((0.0, 0.0), (1.0, 1.0)),
    bands=(Band(below=2.0, low=-1.0, high=1.0),),
)  # fmt: skip


def _materials() -> tuple[Embedder, Sequence[Question]]:
    """The sentence model, and the questions of the bank."""
    from interviewlab.bootstrap import build_embedder
    from interviewlab.questions.bank import load_bank

    settings = read_settings()
    return build_embedder(settings)[0], load_bank(settings.bank_folders).questions


def _saf(folder: Path) -> list[dict[str, Any]]:
    return [row for row in _lines(folder / "saf_commnet_train.jsonl") if not row["blank"]]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _question(text: str, reference: str, corpus: Sequence[str]) -> ReferenceQuestion:
    return ReferenceQuestion(id="q", text=text, key_points=points_from_reference(reference, text, _rarity(corpus)))


_RARITIES: dict[int, Rarity] = {}


def _rarity(corpus: Sequence[str]) -> Rarity:
    return _RARITIES.setdefault(len(corpus), Rarity(corpus))


def _strange(pairs: Sequence[tuple[ReferenceQuestion, str]]) -> list[tuple[ReferenceQuestion, str]]:
    """Every question with answers to others of the same course, evenly drawn."""
    questions = list(dict.fromkeys(question for question, _ in pairs))
    return [
        (questions[(questions.index(question) + 1 + (n * 5 + k * 7) % (len(questions) - 1)) % len(questions)], answer)
        for n, (question, answer) in enumerate(pairs)
        for k in range(STRANGERS)
    ]


def _pseudo(
    grader: AnswerGrader, lines: Sequence[dict[str, Any]], corpus: Sequence[str]
) -> list[tuple[ReferenceQuestion, str, float, float]]:
    """Digiklausur has no references: the two most typical answers of full marks stand for one, a row for each."""
    by_question: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        by_question[line["qid"]].append(line)
    pairs = []
    for answers in by_question.values():
        full = [a["answer"] for a in answers if a["score"] == 2 and len(a["answer"].split()) > 10]
        means = np.stack([pooled(grader.reader.read(answer)) for answer in full])
        for place in np.argsort(-(means @ means.mean(axis=0)), kind="stable")[:2]:
            question = _question(answers[0]["question"], full[int(place)], corpus)
            others = [a for a in answers if a["answer"].strip() and a["answer"] != full[int(place)]]
            pairs += [(question, a["answer"], a["score"] / 2, PSEUDO_WEIGHT) for a in others]
    return pairs


def measure(rows: Sequence[Row], strangers: Sequence[Row]) -> dict[str, Any]:
    """Scores of each SAF answer by a model, gate and all, that never saw its question; nor did its shape."""
    real = [row for row in rows if row.weight == 1.0]
    scores, models = np.zeros(len(real)), dict[str, GraderModel]()
    for question in dict.fromkeys(row.question for row in real):
        seen = [row for row in rows if row.question != question]
        models[question] = model = train(seen, [row for row in strangers if row.question != question])
        for place, row in enumerate(real):
            if row.question == question:
                scores[place] = model.score(np.asarray(row.signals, np.float32))
    marks = np.array([row.score for row in real])
    groups = np.array([row.question for row in real])
    return {
        "left_out": scores,
        "models": models,
        **_agreement(scores, marks, groups),
    }


def measure_whole(folder: Path, models: Mapping[str, GraderModel]) -> dict[str, Any]:
    """The same of the whole grader, its rules and all, over every answer that is not blank; none abstains from being
    counted: without a score it counts as 0."""
    embedder, questions = _materials()
    corpus = [question.answer for question in questions]
    saf = _saf(folder)
    graders = {text: AnswerGrader(embedder, corpus, model) for text, model in models.items()}
    scores = np.array(
        [
            graders[row["question"]]
            .assess(_question(row["question"], row["reference"], corpus), row["answer"], 0)
            .score
            or 0.0
            for row in saf
        ]
    )
    marks, groups = np.array([row["score"] for row in saf]), np.array([row["question"] for row in saf])
    return _agreement(scores, marks, groups)


def _agreement(scores: Floats, marks: Floats, groups: NDArray[Any]) -> dict[str, float]:
    return {
        "pooled_r": _r(scores, marks),
        "inside_r": inside_r(scores, marks, groups),
        "rmse": float(np.sqrt(np.mean((scores - marks) ** 2))),
        "n": len(scores),
    }


def best_shape(rows: Sequence[Row], strangers: Sequence[Row]) -> Shape:
    """The shape with the best sum of pooled r and r inside a question, each question left out in turn, gate and all."""
    real = [row for row in rows if row.weight == 1.0]
    marks, groups = np.array([row.score for row in real]), np.array([row.question for row in real])
    signals = np.stack([row.signals for row in real])
    scores = {shape: np.zeros(len(real)) for shape in SHAPES}
    for question in dict.fromkeys(groups):
        seen, away = ([row for row in some if row.question != question] for some in (rows, strangers))
        lines = {penalty: fit(seen, penalty) for penalty in PENALTIES}
        inside = groups == question
        chances = _chances(signals[inside], lines[PENALTIES[0]], *fit_gate(seen, away, lines[PENALTIES[0]]))
        for shape in SHAPES:
            line = lines[shape.penalty].predict(signals[inside])
            scores[shape][inside] = curved(line, CURVE) * opened(chances, shape.wide)
    return max(SHAPES, key=lambda shape: _r(scores[shape], marks) + inside_r(scores[shape], marks, groups))


def _chances(signals: Floats, line: Line, gate: Floats, gate_bias: float) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-((signals - line.mean) / line.scale @ gate + gate_bias))))


def fit(rows: Sequence[Row], penalty: float) -> Line:
    """Weighted ridge on marks and, beside them, on marks and signals less their question's mean."""
    signals = np.stack([row.signals for row in rows])
    marks, weights = np.array([row.score for row in rows]), np.array([row.weight for row in rows])
    groups = np.array([row.question for row in rows])
    marks = marks - _shift(marks, weights)
    mean, scale = signals.mean(axis=0), signals.std(axis=0) + 1e-9
    z = (signals - mean) / scale
    bias = float(np.average(marks, weights=weights))
    centre = np.average(z, axis=0, weights=weights)
    inside_z, inside_marks = _centred(z, groups), _centred(marks[:, None], groups)[:, 0]
    x = np.concatenate([z - centre, inside_z])
    y = np.concatenate([marks - bias, inside_marks])
    w = np.concatenate([weights, INSIDE * weights])
    solved = _solve((x * w[:, None]).T @ x + penalty * np.eye(x.shape[1]), (x * w[:, None]).T @ y)
    return Line(mean, scale, solved, bias - float(centre @ solved))


def _solve(matrix: Floats, target: Floats) -> Floats:
    """The ridge by coordinate descent, evidence never weighing against an answer: what is met can only help."""
    free = [name in NOT_EVIDENCE for name in NAMES]
    used = [n for n, name in enumerate(NAMES) if name in LINE_SIGNALS]
    solved = np.zeros(len(target))
    for _ in range(400):
        for n in used:
            step = (target[n] - matrix[n] @ solved + matrix[n, n] * solved[n]) / matrix[n, n]
            solved[n] = step if free[n] else max(0.0, step)
    return solved


NOT_EVIDENCE = ("wanted_length", "question_cosine")
"""Signals of the question alone, which may weigh either way."""
LINE_SIGNALS = ("near_mass", "pairs", "apart", *NOT_EVIDENCE)
"""The others are for the gate: beside these they weigh next to nothing, and each is one more to be wrong by."""


def _shift(marks: Floats, weights: Floats) -> Floats:
    """What the marks of the pseudo-referenced rows lie above the others': the two exams are not graded alike."""
    real = weights == 1.0
    if real.all() or not real.any():
        return np.zeros_like(marks)
    return np.where(real, 0.0, marks[~real].mean() - marks[real].mean())


def _centred(values: Floats, groups: NDArray[Any]) -> Floats:
    centred = values.astype(np.float64).copy()
    for group in dict.fromkeys(groups):
        centred[groups == group] -= centred[groups == group].mean(axis=0)
    return centred


def _r(one: Floats, other: Floats) -> float:
    return float(np.corrcoef(one, other)[0, 1])


def inside_r(scores: Floats, marks: Floats, groups: NDArray[Any]) -> float:
    """The mean over questions whose marks vary."""
    each = [
        _r(scores[groups == g], marks[groups == g]) if scores[groups == g].std() else 0.0
        for g in dict.fromkeys(groups)
        if marks[groups == g].std()
    ]
    return float(np.mean(each))


def train(rows: Sequence[Row], strangers: Sequence[Row], left_out: Floats | None = None) -> GraderModel:
    """The line on all rows, the gate against strangers, the bands from the scores of questions left out."""
    shape = best_shape(rows, strangers)
    line = fit(rows, shape.penalty)
    real = [row for row in rows if row.weight == 1.0]
    gate, gate_bias = fit_gate(rows, strangers, line)
    marks = np.array([row.score for row in real])
    return GraderModel(
        names=NAMES,
        mean=_rounded(line.mean),
        scale=_rounded(line.scale),
        weights=_rounded(line.weights),
        bias=round(line.bias, 6),
        gate=_rounded(gate),
        gate_bias=round(gate_bias, 6),
        wide=shape.wide,
        curve=CURVE,
        bands=(Band(below=2.0, low=-1.0, high=1.0),) if left_out is None else bands(left_out, marks),
    )


GATE_SIGNALS = ("gain", "mass", "shared_share", "residual", "points", "sentences")


def fit_gate(rows: Sequence[Row], strangers: Sequence[Row], line: Line) -> tuple[Floats, float]:
    """A logistic line between answers and strangers, by Newton's method with a ridge; on a few signals only."""
    own = [row for row in rows if row.weight == 1.0]
    z = (np.stack([row.signals for row in (*own, *strangers)]) - line.mean) / line.scale
    used = [NAMES.index(name) for name in GATE_SIGNALS]
    x = np.concatenate([z[:, used], np.ones((len(z), 1))], axis=1)
    y = np.concatenate([np.ones(len(own)), np.zeros(len(strangers))])
    w = np.where(y == 1, len(strangers) / len(own), 1.0)
    beta = np.zeros(x.shape[1])
    penalty = 10.0 * np.diag([1.0] * len(used) + [0.0])
    for _ in range(30):
        p = 1.0 / (1.0 + np.exp(-x @ beta))
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + penalty
        beta = beta + np.linalg.solve(hessian, x.T @ (w * (y - p)) - penalty @ beta)
    weights = np.zeros(len(NAMES))
    weights[used] = beta[:-1]
    return weights, float(beta[-1])


def bands(scores: Floats, marks: Floats) -> tuple[Band, ...]:
    """The 5 % and 95 % points of people's mark less the score, in bands of the score."""
    found, low = [], 0.0
    for high in BANDS:
        inside = (scores >= low) & (scores < high)
        if inside.sum() >= 40:
            difference = (marks - scores)[inside]
            five, ninety_five = np.percentile(difference, [5, 95])
            found.append(Band(below=high, low=round(float(five), 4), high=round(float(ninety_five), 4)))
        low = high if inside.sum() >= 40 else low
    return tuple(found)


def _rounded(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in values)


def write(model: GraderModel, figures: dict[str, Any], rows: Sequence[Row], folder: Path | None = None) -> None:
    """Write the model and print what its card quotes."""
    folder = folder or SCORING
    text = json.dumps(model.model_dump(mode="json"), indent=1)
    (folder / "grader_model.json").write_text(text + "\n", encoding="utf-8")
    say: Callable[[str], Any] = __import__("typer").echo
    for what, found in (("model alone", figures), ("whole grader", figures.get("whole"))):
        if found is not None:
            say(
                f"{what}, {found['n']} answers of SAF, each question left out: pooled r {found['pooled_r']:.3f},"
                f" inside a question {found['inside_r']:.3f}, RMSE {found['rmse']:.3f}"
            )
    say(f"{len(rows)} rows in training, gate wide open from {model.wide}")


if __name__ == "__main__":
    main()
