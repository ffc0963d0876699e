"""``python -m evals.train_grader``: train the small model of the answer grader again, and say how it does.

Needs the data sets (``INTERVIEWLAB_DATA``) and the weights of the sentence model. Writes ``grader_model.json`` and
``common_directions.json`` into ``interviewlab/scoring``, and what is measured with each question left out into
``evals/results/left_out.json``; the card, ``grader_model.md``, quotes both. The same data give
the same numbers but for the last of their six digits.
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

from evals.dataset import Sample
from evals.gate import RESULTS
from evals.held import Held, measure_held
from evals.own_data import OwnLevels
from evals.reach import Marked, fit_reach, hold, hold_left_out, join
from evals.results import write_json
from evals.scorer import to_question
from evals.shared_data import DigiKlausur
from interviewlab.errors import BadInput
from interviewlab.ports import Embedder
from interviewlab.scoring.apart import common_of
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.scoring.model import GraderModel, Reach, curved, opened
from interviewlab.scoring.reading import Reader, pooled
from interviewlab.scoring.reference import ReferenceQuestion, points_from_reference
from interviewlab.scoring.signals import NAMES
from interviewlab.scoring.text import Rarity
from interviewlab.settings import read_settings
from interviewlab.types import Question

Floats = NDArray[np.float64]
SCORING = Path(__file__).resolve().parent.parent / "interviewlab" / "scoring"
LEFT_OUT = "left_out.json"
INSIDE = 2.0
"""How much the order of answers inside a question counts beside their marks."""
PSEUDO_WEIGHT = 0.3
"""Weight of an answer whose reference is another student's answer of full marks."""
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
    saf = grade_left_out(folder, figures["models"])
    away = grade_digiklausur_left_out(folder, rows, strangers)
    model = train(rows, strangers, fit_reach(join(saf, away)))
    whole = _agreement(saf.scores, saf.marks, saf.questions)
    write(model, figures | {"whole": whole}, rows)
    levels = grade_levels(model)
    told = tell_reach(saf, away) | {"levels": _told_held(levels, *hold(levels, model.reach))}
    write_json(RESULTS / LEFT_OUT, {"agreement": {"saf": whole}, "intervals": told})


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
    reach=(Reach(score=0.0, below=1.0, above=1.0),),
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
        "models": models,
        **_agreement(scores, marks, groups),
    }


def grade_left_out(folder: Path, models: Mapping[str, GraderModel]) -> Marked:
    """Scores of the whole grader, its rules and all, for every answer of SAF that is not blank; none abstains from
    being counted: without a score it counts as 0."""
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
    return Marked(scores, np.array([row["score"] for row in saf]), np.array([row["question"] for row in saf]))


def grade_digiklausur_left_out(folder: Path, rows: Sequence[Row], strangers: Sequence[Row]) -> Marked:
    """The same of DigiKlausur, under the references that it is measured by (``shared_data``); what is in no language
    that the grader reads has no score and is left out."""
    embedder, questions = _materials()
    corpus = [question.answer for question in questions]
    graders = {
        name: AnswerGrader(embedder, corpus, train([row for row in rows if row.question != text], strangers))
        for name, text in _texts_of_questions(folder).items()
    }
    graded = [
        (score, float(sample.human or 0.0), sample.question_id)
        for sample in DigiKlausur(_rarity(corpus))
        if isinstance(sample, Sample) and not sample.is_blank
        if (score := graders[sample.question_id].assess(to_question(sample), sample.answer, 0).score) is not None
    ]
    scores, marks, names = zip(*graded, strict=True)
    return Marked(np.array(scores), np.array(marks), np.array(names))


def grade_levels(model: GraderModel) -> Marked:
    """The half for reports of the answers that were written on five levels, in no training and no interval."""
    embedder, questions = _materials()
    corpus = [question.answer for question in questions]
    grader = AnswerGrader(embedder, corpus, model)
    samples = [item for item in OwnLevels(_rarity(corpus)) if isinstance(item, Sample)]
    scores = [grader.assess(to_question(sample), sample.answer, 0).score or 0.0 for sample in samples]
    marks, names = [sample.human for sample in samples], [sample.question_id for sample in samples]
    return Marked(np.array(scores), np.array(marks, np.float64), np.array(names))


def _texts_of_questions(folder: Path) -> dict[str, str]:
    """How the rows in training name each question of DigiKlausur: by the first of its wordings."""
    texts: dict[str, str] = {}
    for line in _lines(folder / "digiklausur.jsonl"):
        texts.setdefault(str(line["qid"]), line["question"])
    return texts


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


def train(
    rows: Sequence[Row], strangers: Sequence[Row], reach: tuple[Reach, ...] = (Reach(score=0.0, below=1.0, above=1.0),)
) -> GraderModel:
    """The line on all rows, the gate against strangers; ``reach`` comes from the scores of questions left out."""
    shape = best_shape(rows, strangers)
    line = fit(rows, shape.penalty)
    gate, gate_bias = fit_gate(rows, strangers, line)
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
        reach=reach,
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


def tell_reach(saf: Marked, away: Marked) -> dict[str, Any]:
    """How many of people's marks the intervals hold: each question left out, and each set by the other alone."""
    both = join(saf, away)
    held, width = hold_left_out(both)
    is_saf = np.arange(len(both.scores)) < len(saf.scores)
    return {
        name: {
            **(_told_held(both.part(here), held[here], width[here]) or {}),
            "by_the_other_alone": _told_held(both.part(here), *hold(both.part(here), fit_reach(there))),
        }
        for name, here, there in (("saf", is_saf, away), ("digiklausur", ~is_saf, saf))
    }


def _told_held(marked: Marked, held: NDArray[np.bool_], width: Floats) -> dict[str, Any] | None:
    each = zip(marked.questions, held, width, strict=True)
    return measure_held([Held(str(question), bool(is_inside), float(wide)) for question, is_inside, wide in each], 0)


if __name__ == "__main__":
    main()
