"""Options that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from interviewlab.llm.prices import LISTED

AsJson = Annotated[
    bool, typer.Option("--json", help="Print the result as JSON to standard output, all else to standard error.")
]
Seed = Annotated[int, typer.Option(help="Seed of everything that is drawn; the same seed gives the same result.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Take the first N only.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Do nothing, and say how much it would be and what it may cost.")
]
ModelName = Annotated[str, typer.Option("--model", help="Model name for an OpenAI-compatible endpoint.")]
Url = Annotated[str, typer.Option("--url", help="Address of the endpoint, up to /v1. The key is OPENAI_API_KEY.")]
UsdIn = Annotated[
    float, typer.Option(min=0, help="Price in USD per million tokens read, for the cost; known of some models.")
]
UsdOut = Annotated[float, typer.Option(min=0, help="Price in USD per million tokens written.")]
Timeout = Annotated[float, typer.Option(min=0.1, help="Seconds to wait for one answer of the endpoint.")]
Concurrency = Annotated[int, typer.Option(min=1, max=256, help="Calls at the same time.")]
Attempts = Annotated[int, typer.Option(min=1, max=20, help="Calls for one sample before it counts as failed.")]
MaxCost = Annotated[float | None, typer.Option(min=0, help="Start nothing that could bring the run above so many USD.")]
Epochs = Annotated[int, typer.Option(min=1, max=100, help="Ask so often about each sample, for test-retest.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Neither read nor fill the cache of paid scores.")]
Out = Annotated[Path, typer.Option(help="Folder for the results.")]
EngineName = Annotated[
    str, typer.Option("--engine", help="local: this machine. ray: the cluster of RAY_ADDRESS, or one on this machine.")
]
Workers = Annotated[int | None, typer.Option("--workers", min=1, help="Processes on this machine.")]
Data = Annotated[
    str, typer.Argument(help="A file of rows (.jsonl, .json, .csv, .tsv, .parquet), or saf, digiklausur, levels.")
]
Names = Annotated[list[str] | None, typer.Option("--map", help="OURS=THEIRS: a column of a foreign format.")]
TalkNames = Annotated[
    list[str] | None,
    typer.Option(
        "--map", help="For other tools' transcripts: OURS=THEIRS, OURS:=TEXT, chat, diarised or a .yaml file."
    ),
]
Interview = Annotated[str, typer.Option("--interview", help="Id of the interview, where a mapped file holds several.")]
SplitOfTalks = Annotated[str, typer.Option("--split", help="Take the transcripts of this split only.")]
Split = Annotated[str, typer.Option(help="Grade the rows of this split only; --limit is of these.")]
Source = Annotated[str, typer.Option(help="Where the rows come from; kept in the summary.")]
Licence = Annotated[str, typer.Option(help="Their licence; kept in the summary.")]
ScorerName = Annotated[
    str, typer.Option("--scorer", help="embedded: on this machine, free. endpoint: a language model.")
]
LevelsOfSet = Annotated[int | None, typer.Option("--levels", min=2, max=20, help="Levels for kappa, alpha, exact (5).")]
Curve = Annotated[Path | None, typer.Option("--calibration", help="A calibration.json that scores are put through.")]
PromptFile = Annotated[Path | None, typer.Option("--prompt", help="Another prompt for the language model.")]
AsParquet = Annotated[bool, typer.Option("--parquet", help="Write rows.parquet in place of rows.jsonl.")]


def prices_of(model: str, usd_in: float, usd_out: float) -> tuple[float, float]:
    """Those that were given, or else those that are known of the model; zeros where nobody knows."""
    return (usd_in, usd_out) if usd_in or usd_out else LISTED.get(model, (0.0, 0.0))
