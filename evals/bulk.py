"""``python -m evals bulk``: a million rows from Parquet to Parquet on Ray, with a scorer that costs next to nothing.

Before that each command that takes ``--engine ray`` runs on both engines: what it leaves must be the same.
``python -m evals.bulk`` is the same.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.dataset import Sample
from evals.engine import ENGINES, Engine, LocalEngine, open_engine
from evals.gate import RESULTS
from evals.options import AsJson, DryRun
from evals.results import open_rows, write_json, writing
from evals.runner import BATCH, run
from evals.scorer import Score
from evals.scripted_grades import serve_grades
from evals.task import Task
from evals.telling import run_to_exit, tell
from interviewlab.errors import BadInput
from interviewlab.scoring.text import Rarity

DATA = Path(__file__).parent / "data"
TRANSCRIPTS = 4
QUESTIONS = 100
GROUP = 10_000
REFERENCE = "Item {n} is kept in order so that a search can halve what is left."


def bulk(
    rows: Annotated[int, typer.Option(min=100, help="Rows of the whole; a tenth of them is measured before.")] = 10**6,
    workers: Annotated[int, typer.Option(min=1, help="Processes of the cluster on this machine.")] = 2,
    out: Annotated[Path, typer.Option(help="Folder for ray.json.")] = RESULTS / "bench",
    as_json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Run the commands that know Ray on both engines, then grade many synthetic rows on Ray: time a row, and memory.

    The endpoint of the paid command is scripted, on this machine: nothing is paid. Exit status 1 where the engines
    left different results.
    """
    if dry_run:
        result: dict[str, Any] = {"dry_run": True, "rows": [rows // 10, rows], "calls": 0, "cost_usd": 0.0}
    else:
        os.environ["OPENAI_API_KEY"] = "none"
        result = bench(workers, rows)
        with writing(out):
            write_json(out / "ray.json", result)
    tell(to_lines(result), result, as_json=as_json)
    if not all(result.get("same", {}).values()):
        raise typer.Exit(1)


class WordScorer:
    """The share of the words of the key points that the answer has: cheap, and no judgement of anybody."""

    name = "shared words"

    def score_all(self, samples: Sequence[Sample]) -> list[Score]:
        """A score for each sample, in order."""
        return [_score(sample) for sample in samples]


def _score(sample: Sample) -> Score:
    wanted = {word for point in sample.target for word in point.text.lower().split()}
    given = set(sample.answer.lower().split())
    return Score(round(len(wanted & given) / len(wanted), 4), None)


_Tool = Callable[[list[Sample]], list[Score]]


def begin() -> _Tool:
    """The scorer of a worker."""
    return WordScorer().score_all


def write_rows(path: Path, count: int) -> None:
    """Synthetic rows of Parquet, a group at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, pa.string()) for name in ("question_id", "question", "reference", "answer")])
    with pq.ParquetWriter(path, schema) as writer:
        for first in range(0, count, GROUP):
            rows = [_row(number) for number in range(first, min(first + GROUP, count))]
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def _row(number: int) -> dict[str, str]:
    n = number % QUESTIONS
    reference = REFERENCE.format(n=n)
    answer = " ".join(reference.split()[: 2 + number % 12]) + f" {number}"
    return {
        "question_id": str(n),
        "question": f"Why is item {n} kept in order?",
        "reference": reference,
        "answer": answer,
    }


def measure(engine: Engine, folder: Path, count: int, tool: Callable[[], _Tool] = begin) -> dict[str, Any]:
    """Grade ``count`` rows: microseconds a row, and the most memory this process had so far."""
    data, out = folder / f"{count}.parquet", folder / str(count)
    write_rows(data, count)
    out.mkdir()
    dataset = Task(str(data)).open(Rarity([]))
    begun = time.perf_counter()
    with open_rows(out, as_parquet=True) as rows:
        done = run(dataset, partial(engine.map, tool), rows, name=str(count))
    spent = time.perf_counter() - begun
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": done.n, "scored": done.scored, "us_a_row": round(spent / count * 1e6, 1), "peak_mb": round(peak_mb)}


def compare(folder: Path) -> dict[str, bool]:
    """Whether grade, judge, replay and a paid grade leave the same on a connected cluster as in this process.

    The paid one asks an endpoint without a cache on both sides; its journals hold the same samples in any order.
    """
    same = {"grade": _is_same(folder / "grade", "rows.jsonl", "grade", "levels")}
    transcripts = sorted((DATA / "transcripts").glob("*.jsonl.gz"))
    few = folder / "transcripts"
    few.mkdir()
    for path in transcripts[:TRANSCRIPTS]:
        (few / path.name).symlink_to(path)
    same["judge"] = _is_same(folder / "judge", "rows.jsonl", "judge", few)
    same["replay"] = _is_same(folder / "replay", "replay.json", "replay", transcripts[0])
    with serve_grades() as endpoint:
        paid = ("grade", "levels", "--scorer", "endpoint", "--model", "m", "--url", endpoint.url, "--no-cache")
        same["paid"] = _is_same(folder / "paid", "rows.jsonl", *paid)
    same["journal"] = _read_journal(folder / "paid" / "local") == _read_journal(folder / "paid" / "ray")
    return same


def _is_same(folder: Path, name: str, *command: object) -> bool:
    from typer.testing import CliRunner

    from evals.__main__ import app  # which knows this module

    left = []
    for engine in ENGINES:
        out = folder / engine
        arguments = [str(each) for each in (*command, "--out", out, "--engine", engine)]
        result = CliRunner().invoke(app, arguments)
        if result.exit_code > 1:
            raise BadInput(f"{' '.join(arguments)} failed: {result.output[-500:]}", "See what it says.")
        sys.stderr.write(f"{command[0]} on {engine}\n")
        left.append((out / name).read_bytes())
    return bool(left[0]) and left[0] == left[1]


def _read_journal(folder: Path) -> dict[str, Any]:
    """Scores by key; latency is left out."""
    lines = [json.loads(line) for line in (folder / "journal.jsonl").read_text("utf-8").splitlines()]
    return {line["key"]: line["score"] for line in lines if "key" in line}


def bench(workers: int, rows: int) -> dict[str, Any]:
    """All figures; times are microseconds a row. ``ratio`` is that of the whole over that of a tenth, which is measured
    before and after it: a machine does not stay as fast as it was."""
    with tempfile.TemporaryDirectory() as name, open_engine("ray", workers) as engine:
        folder = Path(name)
        same = compare(folder)
        for each in ("local", "warm", "before", "whole", "after"):
            (folder / each).mkdir()
        measure(engine, folder / "warm", 10 * BATCH)
        here = measure(LocalEngine(), folder / "local", rows // 10)
        tenth, whole, again = (
            measure(engine, folder / when, count)
            for when, count in (("before", rows // 10), ("whole", rows), ("after", rows // 10))
        )
    a_tenth = (tenth["us_a_row"] + again["us_a_row"]) / 2
    return {
        "workers": workers,
        "same": same,
        "local_tenth": here,
        "ray_tenth": tenth,
        "ray_whole": whole,
        "ray_tenth_after": again,
        "overhead_us_a_row": round(a_tenth - here["us_a_row"], 1),
        "ratio": round(whole["us_a_row"] / a_tenth, 3),
    }


def to_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """What was the same on both engines, and a line for each size."""
    if result.get("dry_run"):
        yield f"{', '.join(map(str, result['rows']))} rows on Ray, no call to anybody else, 0 USD"
        return
    yield from (f"{'same     ' if same else 'DIFFERENT'}  {what}" for what, same in result["same"].items())
    for name in ("local_tenth", "ray_tenth", "ray_whole", "ray_tenth_after"):
        each, where = result[name], name.partition("_")[0]
        yield f"{each['rows']} rows, {where}: {each['us_a_row']} µs a row, {each['peak_mb']} MB at most"
    yield f"time of a row, the whole over a tenth: {result['ratio']}"


if __name__ == "__main__":
    run_to_exit(partial(typer.run, bulk))
