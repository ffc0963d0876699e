"""Adapters for the shared sets of human marks, found by ``INTERVIEWLAB_DATA``; each keeps its source and licence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from evals.dataset import Card, Dataset, Problem, Sample
from interviewlab.errors import BadInput
from interviewlab.scoring.reference import points_from_reference
from interviewlab.scoring.text import Rarity

TRAINED = "the embedded grader was trained on them: its figures here flatter it, grader_model.md has honest ones"
SAF = Card(
    "saf",
    source="SebOchs/SAF, Filighera et al., ACL 2022 (computer networks)",
    licence="MIT",
    note=f"people's marks and teachers' reference answers; {TRAINED}",
)
DIGIKLAUSUR = Card(
    "digiklausur",
    source="DigiKlausur/ASAG-Dataset (neural networks)",
    licence="MPL-2.0",
    note="people's marks; there are no reference answers, so the longest answer with full marks stands for one in each"
    f" question and is left out of the figures; {TRAINED}",
)


def data_folder() -> Path:
    """The folder of the shared sets. Raises BadInput where there is none."""
    named = os.environ.get("INTERVIEWLAB_DATA", "")
    if not named or not Path(named).is_dir():
        raise BadInput("The shared sets are not here.", "Set INTERVIEWLAB_DATA to the folder that holds short_answers.")
    return Path(named)


def saf_file() -> Path:
    """Where the rows of SAF are. Raises BadInput."""
    return data_folder() / "short_answers" / "saf_commnet_train.jsonl"


def digiklausur_file() -> Path:
    """Where the rows of DigiKlausur are. Raises BadInput."""
    return data_folder() / "short_answers" / "digiklausur.jsonl"


def open_saf(rarity: Rarity, limit: int | None = None) -> Dataset:
    """SAF: its rows name their question by file."""
    return Dataset(saf_file(), rarity, limit, names={"question_id": "file"}, card=SAF)


class DigiKlausur:
    """DigiKlausur under the best answer that a student gave to each question."""

    card = DIGIKLAUSUR

    def __init__(self, rarity: Rarity, limit: int | None = None) -> None:
        names = {"question_id": "qid", "full": "scale_max"}
        # A reference must stand in each row; the real one comes from the best answer.
        self._rows = Dataset(digiklausur_file(), rarity, None, names=names, defaults={"reference": "unknown"})
        self._limit = limit
        self._rarity = rarity
        self._best = _best_answers(self._rows)

    def count(self) -> int:
        """How many rows are left when the references are taken out."""
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[Sample | Problem]:
        given = 0
        for item in self._rows:
            if isinstance(item, Sample) and self._best[item.question_id].line == item.line:
                continue
            if self._limit is not None and given >= self._limit:
                return
            given += 1
            yield self._with_reference(item) if isinstance(item, Sample) else item

    def _with_reference(self, sample: Sample) -> Sample:
        best = self._best[sample.question_id].answer
        return replace(sample, target=points_from_reference(best, sample.input, self._rarity))


def _best_answers(rows: Dataset) -> dict[str, Sample]:
    best: dict[str, Sample] = {}
    for item in rows:
        if isinstance(item, Sample) and (item.question_id not in best or _worth(item) > _worth(best[item.question_id])):
            best[item.question_id] = item
    return best


def _worth(sample: Sample) -> tuple[float, int]:
    return sample.human or 0.0, len(sample.answer)
