"""People in the loop: a sheet of answers to rate blind, ratings read back, and how far raters agree."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from evals.agreement import LEVELS, Judged, measure_agreement
from evals.dataset import Problem, Sample
from evals.results import tame
from evals.sources import Unusable, read_rows

COLUMNS = ("item", "question", "answer", "rating", "comment")


@dataclass(frozen=True)
class Item:
    """One answer to rate: no score, no author, no other rating. ``criteria`` is what a good answer says, if wanted."""

    item: str
    question: str
    answer: str
    rating: int | None = None
    comment: str = ""
    criteria: str = ""


@dataclass(frozen=True)
class Rating:
    """What one person gave one answer, 1 to ``levels``."""

    rater: str
    item: str
    rating: int
    comment: str = ""
    sheet: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


def draw_items(samples: Sequence[Sample], count: int | None, seed: int, *, has_criteria: bool = False) -> list[Item]:
    """Answers in an order of their own, so that neither split nor marks show through; blanks are left out."""
    told = [sample for sample in samples if not sample.is_blank]
    random.Random(seed).shuffle(told)  # noqa: S311 an order
    return [
        Item(s.id, s.input, s.answer, criteria="\n".join(p.text for p in s.target) if has_criteria else "")
        for s in told[:count]
    ]


def to_csv(items: Sequence[Item]) -> str:
    """A sheet for any spreadsheet. A text that it would take for a formula is led by an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    more = ("criteria",) if any(item.criteria for item in items) else ()
    writer.writerow((*COLUMNS, *more))
    for item in items:
        rating = "" if item.rating is None else item.rating
        row = [item.item, tame(item.question), tame(item.answer), rating, tame(item.comment)]
        writer.writerow([*row, tame(item.criteria)] if more else row)
    return text.getvalue()


def to_jsonl(items: Sequence[Item]) -> str:
    """One item a line."""
    lines = ({name: value for name, value in asdict(item).items() if name != "criteria" or value} for item in items)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def read_ratings(path: Path, levels: int = LEVELS) -> tuple[list[Rating], list[Problem]]:
    """The ratings of one sheet, CSV or JSONL; the rater is its column, or the name of the file. Raises BadInput.

    Rows without a rating are passed over. A rating outside 1 to ``levels`` is a problem of its row.
    """
    ratings: list[Rating] = []
    problems: list[Problem] = []
    seen: set[tuple[str, str]] = set()
    for raw in read_rows(path):
        try:
            rating = _rating(raw.fields, path.stem, levels)
            if rating is not None and (rating.rater, rating.item) in seen:
                raise Unusable("item", f"'{rating.item}' is rated twice by {rating.rater}.")
        except Unusable as unusable:
            problems.append(Problem(str(path), raw.place, unusable.field, unusable.what))
            continue
        if rating is not None:
            seen.add((rating.rater, rating.item))
            ratings.append(replace(rating, sheet=str(path), line=raw.place))
    if not ratings and not problems:
        problems.append(Problem(str(path), 0, None, "the sheet holds no rating."))
    return ratings, problems


def read_sheets(paths: Sequence[Path], levels: int = LEVELS) -> tuple[list[Rating], list[Problem]]:
    """The ratings of several sheets. What a rater gave in an earlier sheet stands; the second time is a problem."""
    ratings: dict[tuple[str, str], Rating] = {}
    problems: list[Problem] = []
    where: dict[tuple[str, str], Path] = {}
    for path in paths:
        found, wrong = read_ratings(path, levels)
        problems += wrong
        for rating in found:
            key = (rating.rater, rating.item)
            if where.setdefault(key, path) != path:
                what = f"'{rating.item}' is rated by {rating.rater} in {where[key]} too; give each rater a name."
                problems.append(Problem(str(path), rating.line, "rater", what))
            else:
                ratings[key] = rating
    return list(ratings.values()), problems


def rater_agreement(ratings: Sequence[Rating], seed: int, levels: int = LEVELS) -> dict[str, Any]:
    """Krippendorff's alpha over all raters, and every pair of raters with all figures, clustered by item."""
    import krippendorff
    import numpy as np

    raters, items = sorted({r.rater for r in ratings}), sorted({r.item for r in ratings})
    given = {(r.rater, r.item): r.rating for r in ratings}
    table = np.array([[given.get((rater, item), np.nan) for item in items] for rater in raters], dtype=float)
    shared = [item for item in items if sum((rater, item) in given for rater in raters) > 1]
    can_vary = len({given[rater, item] for rater in raters for item in shared if (rater, item) in given}) > 1
    alpha = krippendorff.alpha(reliability_data=table, level_of_measurement="ordinal") if can_vary else None
    return {
        "raters": raters,
        "items": len(items),
        "rated_twice": len(shared),
        "krippendorff_alpha": None if alpha is None else round(float(alpha), 4),
        "pairs": [_pair(one, two, items, given, seed, levels) for one, two in combinations(raters, 2)],
    }


def merge(
    rows: Sequence[dict[str, Any]], samples: Sequence[Sample], ratings: Sequence[Rating], levels: int
) -> list[dict[str, Any]]:
    """The rows that were rated, with all ratings as ``scores`` from 0 to ``levels`` - 1."""
    by_item: dict[str, list[int]] = {}
    for rating in ratings:
        by_item.setdefault(rating.item, []).append(rating.rating - 1)
    merged = []
    for row, sample in zip(rows, samples, strict=True):
        if sample.id in by_item:
            kept = {name: value for name, value in row.items() if name not in ("score", "scores", "full")}
            merged.append({**kept, "id": sample.id, "scores": by_item[sample.id], "full": levels - 1})
    return merged


def _pair(
    one: str, two: str, items: Sequence[str], given: dict[tuple[str, str], int], seed: int, levels: int
) -> dict[str, Any]:
    both = [item for item in items if (one, item) in given and (two, item) in given]
    shares = {key: (rating - 1) / (levels - 1) for key, rating in given.items()}
    judged = [Judged(item, shares[one, item], shares[two, item], is_blank=False) for item in both]
    agreement = measure_agreement(judged, seed, levels)
    return {"raters": [one, two], "items": len(both), "agreement": agreement.to_dict() if agreement else None}


def _rating(fields: Any, rater: str, levels: int) -> Rating | None:
    if isinstance(fields, Unusable):
        raise fields
    item, given = fields.get("item"), fields.get("rating")
    if item in (None, ""):
        raise Unusable("item", "is missing.")
    if given in (None, ""):
        return None
    try:
        rating = int(str(given).strip())
    except ValueError as error:
        raise Unusable("rating", f"'{given}' is no whole number.") from error
    if not 1 <= rating <= levels:
        raise Unusable("rating", f"{rating} is outside its scale (1 to {levels}).")
    return Rating(str(fields.get("rater") or rater), str(item), rating, str(fields.get("comment") or ""))
