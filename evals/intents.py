"""Does the embedded interviewer understand what candidates want? ``python -m evals.intents [--split report] [--json]``

The labelled utterances of evals/data/intents, against what ``interviewlab.brains.intents`` reads in them, with the
interviewer's last words at hand as in an interview. Intervals are 95 % percentile intervals of a bootstrap over
utterances.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, get_args

import numpy as np
import typer
from pydantic import BaseModel, ConfigDict

from interviewlab.bootstrap import build_embedder
from interviewlab.brains.intents import find_wanted
from interviewlab.errors import BadInput
from interviewlab.scoring.reading import Reader
from interviewlab.settings import Settings
from interviewlab.types import INTENTS, Intent, Phase, Signal

UTTERANCES = Path(__file__).parent / "data" / "intents" / "utterances.jsonl"
FILES = {"tune": UTTERANCES, "report": UTTERANCES, "second": UTTERANCES.with_name("second.jsonl")}
"""Where the utterances of each split are."""
SIGNALS: tuple[Signal, ...] = get_args(Signal)
RESAMPLES = 2000
SEED = 9
Interval = tuple[float, float]


class Labelled(BaseModel):
    """One utterance as people labelled it; evals/data/intents/README.md says what the labels mean."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = ""
    context: str
    utterance: str
    phase: Phase = "technical"
    style: str = "heard"
    intent: Intent
    signals: tuple[Signal, ...] = ()
    is_answer: bool = False
    split: str = "tune"


@dataclass(frozen=True)
class Read:
    """What was read in an utterance, beside its label."""

    row: Labelled
    intent: Intent
    signals: tuple[Signal, ...]

    @property
    def is_right(self) -> bool:
        """Whether the intent is that of the label."""
        return self.intent == self.row.intent


@dataclass(frozen=True)
class Found:
    """How well one class is found; a share is None where nothing counts towards it. ``n`` is how often it holds."""

    n: int
    precision: float | None
    recall: float | None


@dataclass(frozen=True)
class Understood:
    """The figures of one split."""

    split: str
    n: int
    accuracy: float
    interval: Interval
    answers_kept: float
    """Share of the answers that were taken for no request."""
    intents: dict[str, Found]
    signals: dict[str, Found]
    by_style: dict[str, float]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


def load_labelled(split: str) -> list[Labelled]:
    """The rows of one split, in the order of the file; raises BadInput for a split that there is not."""
    if split not in FILES:
        raise BadInput(f"There is no split '{split}'.", "Name tune, report or second.")
    rows = (Labelled.model_validate_json(line) for line in FILES[split].read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row.split == split]


def measure(split: str, reader: Reader | None = None) -> Understood:
    """Read every utterance of the split and count; without a reader by the words alone."""
    return count(split, [_read(row, reader) for row in load_labelled(split)])


def count(split: str, reads: Sequence[Read]) -> Understood:
    """Figures from what was read."""
    right = np.array([read.is_right for read in reads], float)
    answers = [read for read in reads if read.row.is_answer and read.row.intent == "none"]
    styles = sorted({read.row.style for read in reads})
    return Understood(
        split=split,
        n=len(reads),
        accuracy=round(float(right.mean()), 4),
        interval=_interval(right),
        answers_kept=round(float(np.mean([read.is_right and not read.signals for read in answers])), 4),
        intents={name: _found([(read.row.intent == name, read.intent == name) for read in reads]) for name in INTENTS},
        signals={
            name: _found([(name in read.row.signals, name in read.signals) for read in reads]) for name in SIGNALS
        },
        by_style={s: round(float(np.mean([r.is_right for r in reads if r.row.style == s])), 4) for s in styles},
    )


def _read(row: Labelled, reader: Reader | None) -> Read:
    wanted = find_wanted(row.utterance, row.context, reader)
    return Read(row, wanted.intent, wanted.signals)


def _interval(right: np.ndarray[Any, np.dtype[np.float64]]) -> Interval:
    draw = np.random.default_rng(SEED)
    means = draw.choice(right, (RESAMPLES, right.size)).mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return round(float(low), 4), round(float(high), 4)


def _found(holds_and_found: Sequence[tuple[bool, bool]]) -> Found:
    cells = Counter(holds_and_found)
    hit, missed, false = cells[True, True], cells[True, False], cells[False, True]
    return Found(hit + missed, _share(hit, hit + false), _share(hit, hit + missed))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def to_text(figures: Understood) -> str:
    """The figures as lines for a terminal."""
    low, high = figures.interval
    lines = [
        f"{figures.split}: {figures.accuracy:.1%} of {figures.n} intents right [{low:.1%}, {high:.1%}], "
        f"{figures.answers_kept:.1%} of the answers kept as answers"
    ]
    lines += [f"  {style}: {share:.1%}" for style, share in figures.by_style.items()]
    for name, found in [*figures.intents.items(), *figures.signals.items()]:
        lines.append(f"  {name:<22} n {found.n:>3}  precision {_shown(found.precision)}  recall {_shown(found.recall)}")
    return "\n".join(lines)


def _shown(share: float | None) -> str:
    return "    -" if share is None else f"{share:5.3f}"


def main(
    split: Annotated[str, typer.Option(help="tune, report or second")] = "report",
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output")] = False,
) -> None:
    """How many intents are right, and how well each signal is heard."""
    embedder, fallbacks = build_embedder(Settings())
    for fallback in fallbacks:
        typer.echo(fallback, err=True)
    try:
        figures = measure(split, Reader(embedder))
    except BadInput as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    typer.echo(figures_json(figures) if as_json else to_text(figures))


def figures_json(figures: Understood) -> str:
    """One JSON object."""
    return json.dumps(figures.to_dict(), indent=1)


if __name__ == "__main__":
    typer.run(main)
