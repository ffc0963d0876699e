"""``python -m evals simulate``: interviews with simulated candidates, kept as a set of transcripts with their truth."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer
from tqdm.auto import tqdm

from evals.batch import Usage
from evals.candidates import BEHAVIOURS, LEVELS, MANNERS, NOT_ANSWERING, Persona
from evals.journal import Journal
from evals.options import AsJson, DryRun, Limit, ModelName, Seed, Timeout, Url, UsdIn, UsdOut, prices_of
from evals.results import writing
from evals.simulation import Quarters, Truth, hold, plan_for, write_manifest, write_transcript
from interviewlab.errors import BadInput
from interviewlab.settings import Settings, read_settings
from interviewlab.types import INTERVIEW_TYPES, InterviewType

if TYPE_CHECKING:
    from evals.human_answers import HumanAnswers

WRITTEN = "the level its answers were written for, from the questions' texts without sight of the key points"
NOTHING = "nothing of what people answered was said, which is level 1 by construction"
MODEL = "the level the language model was told to play; nobody has marked what it says"
SECONDS_AN_INTERVIEW = 3.0


@dataclass(frozen=True)
class Wanted:
    """Which candidates are interviewed, and about what."""

    personas: tuple[Persona, ...]
    kind: InterviewType
    speaker: str
    model: dict[str, Any]


def simulate(
    out: Annotated[Path, typer.Option(help="Folder for the transcripts and manifest.jsonl.")],
    level: Annotated[list[int] | None, typer.Option(help="1 to 5; all where none is named.")] = None,
    manner: Annotated[list[str] | None, typer.Option(help=f"{', '.join(MANNERS)}.")] = None,
    behaviour: Annotated[list[str] | None, typer.Option(help=f"{', '.join(BEHAVIOURS)}.")] = None,
    count: Annotated[
        int, typer.Option(min=1, help="Interviews for each combination, each with a seed of its own.")
    ] = 1,
    kind: Annotated[
        str | None,
        typer.Option(
            "--type", help=f"Of the interview: {', '.join(INTERVIEW_TYPES)}; else mixed, or resume for human."
        ),
    ] = None,
    speaker: Annotated[
        str, typer.Option(help="Who answers: written, human (needs the shared data) or endpoint.")
    ] = "written",
    as_json: AsJson = False,
    seed: Seed = 0,
    limit: Limit = None,
    dry_run: DryRun = False,
    model: ModelName = "",
    url: Url = "",
    usd_in: UsdIn = 0.0,
    usd_out: UsdOut = 0.0,
    timeout: Timeout = 60.0,
) -> None:
    """Hold interviews with simulated candidates and keep them with what is known about them.

    A written candidate says answers of its level from the package; a human one says what people answered in an
    examination and is worth their marks; an endpoint one is a language model that was told its level. The same seed
    gives the same interviews, except with a language model; of those each finished one is in OUT/journal.jsonl, and the
    same command again pays only for the others.
    """
    if kind not in (None, *get_args(InterviewType)):
        raise BadInput(f"There is no type '{kind}'.", f"Choose one of {', '.join(INTERVIEW_TYPES)}.")
    if speaker not in ("written", "human", "endpoint"):
        raise BadInput(f"There is no speaker '{speaker}'.", "Choose written, human or endpoint.")
    if speaker == "human":
        _check_human(kind, manner or ())
    kind = kind or ("resume" if speaker == "human" else "mixed")
    personas = build_personas(level or LEVELS, manner or ["plain"], behaviour or ["cooperative"], count, seed)[:limit]
    usd_in, usd_out = prices_of(model, usd_in, usd_out)
    told = {"name": model, "url": url or None, "timeout_s": timeout, "usd_in": usd_in, "usd_out": usd_out}
    wanted = Wanted(tuple(personas), kind, speaker, told)  # type: ignore[arg-type]  # checked above
    result = expect(wanted) if dry_run else asyncio.run(simulate_all(read_settings(), wanted, out))
    typer.echo(_line(result), err=as_json)
    if as_json:
        typer.echo(json.dumps(result, indent=2, ensure_ascii=False))


def _check_human(kind: str | None, manners: Sequence[str]) -> None:
    """Raises BadInput for what answers of people, and their marks, cannot be held with."""
    if kind not in (None, "resume"):
        raise BadInput("What people answered is asked in interviews of type resume.", "Leave --type out.")
    if "terse" in manners:
        raise BadInput("People's marks are of whole answers, which terse cuts.", "Choose other manners.")


def build_personas(
    levels: Sequence[int], manners: Sequence[str], behaviours: Sequence[str], count: int, seed: int
) -> list[Persona]:
    """Every combination ``count`` times, each with a seed of its own. Raises BadInput."""
    combinations = product(range(count), behaviours, manners, levels)
    return [
        Persona(level, manner, behaviour, seed + n)  # type: ignore[arg-type]  # Persona checks
        for n, (_, behaviour, manner, level) in enumerate(combinations)
    ]


def expect(wanted: Wanted) -> dict[str, Any]:
    """What a dry run says; a turn of a language model is taken for 600 tokens in and 200 out, an interview for 20."""
    n = len(wanted.personas)
    calls = 20 * n if wanted.speaker == "endpoint" else 0
    cost = calls * (600 * wanted.model["usd_in"] + 200 * wanted.model["usd_out"]) / 1e6
    return {
        "dry_run": True,
        "interviews": n,
        "calls": calls,
        "cost_usd": round(cost, 4),
        "seconds": n * SECONDS_AN_INTERVIEW,
    }


async def simulate_all(settings: Settings, wanted: Wanted, out: Path) -> dict[str, Any]:
    """Hold every interview, one after the other, and write the set."""
    from interviewlab.bootstrap import open_house

    with writing(out), Quarters(settings) as quarters:
        # Held open, so that each interview does not load the model again.
        async with open_house(quarters):
            truths, usage = await (_simulate_paid if wanted.speaker == "endpoint" else _simulate)(quarters, wanted, out)
        write_manifest(out, truths)
    result = {"folder": str(out), "interviews": len(truths), "transcripts": [asdict(truth) for truth in truths]}
    return {**result, "usage": asdict(usage)}


async def _simulate(settings: Settings, wanted: Wanted, out: Path) -> tuple[list[Truth], Usage]:
    one = partial(_answered_by_people, _people()) if wanted.speaker == "human" else partial(_written, wanted.kind)
    bar = tqdm(wanted.personas, desc="simulate", unit=" interviews")
    return [await one(settings, persona, out) for persona in bar], Usage()


async def _simulate_paid(settings: Settings, wanted: Wanted, out: Path) -> tuple[list[Truth], Usage]:
    """By a language model; goes on with the journal in ``out``."""
    header = {"run": "simulate", "type": wanted.kind, **{name: wanted.model[name] for name in ("name", "url")}}
    with Journal(out / "journal.jsonl", header) as journal:
        for persona in tqdm(wanted.personas, desc="simulate", unit=" interviews"):
            if persona.name not in journal.done:
                truth, used = await _spoken_by_model(settings, wanted, persona, out)
                journal.write(persona.name, {"truth": asdict(truth), "usage": asdict(used)})
        lines = [journal.done[persona.name] for persona in wanted.personas]
    return [Truth(**line["truth"]) for line in lines], sum((Usage(**line["usage"]) for line in lines), Usage())


async def _spoken_by_model(settings: Settings, wanted: Wanted, persona: Persona, out: Path) -> tuple[Truth, Usage]:
    from evals.endpoint import Chat, Model
    from evals.model_candidate import ModelSpeaker

    speaker = ModelSpeaker(Chat(Model(**wanted.model)), persona)
    held = await hold(settings, persona, plan_for(persona, wanted.kind), speaker)
    return write_transcript(out, held, MODEL, wanted.kind), speaker.used


async def _written(kind: InterviewType, settings: Settings, persona: Persona, out: Path) -> Truth:
    held = await hold(settings, persona, plan_for(persona, kind))
    return write_transcript(out, held, WRITTEN, kind)


def _people() -> HumanAnswers:
    from evals.bank import bank_rarity
    from evals.human_answers import HumanAnswers

    return HumanAnswers(bank_rarity())


async def _answered_by_people(people: HumanAnswers, settings: Settings, persona: Persona, out: Path) -> Truth:
    """Worth people's marks where their answers were said."""
    from evals.human_answers import TRUTH

    human = people.interview(persona)
    held = await hold(settings, persona, human.plan, human.speaker)
    has_answered = persona.behaviour not in NOT_ANSWERING
    truth = write_transcript(out, held, TRUTH if has_answered else NOTHING, "resume")
    return replace(truth, level=human.level if has_answered else truth.level, licence="MIT (answers: SAF)")


def _line(result: dict[str, Any]) -> str:
    if result.get("dry_run"):
        return (
            f"{result['interviews']} interviews, {result['calls']} calls, {result['cost_usd']:.4f} USD,"
            f" about {result['seconds']:g} s"
        )
    used = result["usage"]
    paid = f", {used['calls']} calls, {used['cost_usd']:.4f} USD" if used["calls"] else ""
    return f"{result['interviews']} transcripts and their manifest in {result['folder']}{paid}"
