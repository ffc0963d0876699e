"""The only place where ports meet adapters.

Adapters are imported when they are chosen, and the halls with their graph only by those who enter them: running a file
in the sandbox pays for no LangGraph.
"""

from __future__ import annotations

import asyncio
import random
import weakref
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pydantic import ValidationError

from interviewlab.errors import BadInput, NotFound, SandboxUnavailable, StoreUnavailable
from interviewlab.ports import Brain, Embedder, Sandbox, SpeechToText, TextToSpeech
from interviewlab.questions.bank import Bank, load_bank
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.settings import Settings
from interviewlab.types import AttackResult, InterviewRecord, InterviewType, Plan, Resume

if TYPE_CHECKING:
    from interviewlab.interview import Adapters, Interview
    from interviewlab.judging import Bench
    from interviewlab.library import Library

NO_WEIGHTS = (
    "The sentence model is not on this machine, so answers are compared by their words alone and scored less well."
)
_PERSONAL: dict[InterviewType, int] = {"resume": 6, "mixed": 2, "behavioural": 2}
_EXERCISES: dict[InterviewType, int] = {"coding": 2, "mixed": 1, "fundamentals": 1, "machine-learning": 1}
_MINUTES_A_QUESTION = 5


@dataclass(frozen=True)
class House:
    """All adapters of one process and loop, joined."""

    adapters: Adapters
    brain: Brain
    bank: Bank


@asynccontextmanager
async def open_interview(
    settings: Settings | None = None,
    interview_id: str | None = None,
    owner: str = "local",
    plan: Plan | None = None,
) -> AsyncIterator[Interview]:
    """Open a new interview, or one that is kept, for ``owner``.

    ``plan`` counts only for a new one; a new interview may be given an id of its own choosing if it is free. Raises
    NotFound for an id of another owner, StoreUnavailable, BadBank.
    """
    from interviewlab.interview import Interview
    from interviewlab.orchestrator.nodes.turn import Cast

    async with open_house(settings or Settings()) as house:
        record = await _find_or_create(house, interview_id, owner, plan)
        interview = Interview(record, Cast(house.brain, house.bank, record.plan), house.adapters)
        await interview.refresh()
        try:
            yield interview
        finally:
            await interview.aclose()


@asynccontextmanager
async def open_library(settings: Settings | None = None, owner: str = "local") -> AsyncIterator[Library]:
    """Open an owner's shelf; it needs neither bank nor model nor sandbox. Raises StoreUnavailable."""
    from interviewlab.library import Library
    from interviewlab.orchestrator.conversation import open_conversation
    from interviewlab.store.sql import open_store

    chosen = settings or Settings()
    _check_folder(chosen.data_dir)
    async with open_store(chosen.store_url) as store, open_conversation(chosen.checkpoint_path) as conversation:
        yield Library(
            owner,
            store,
            store,
            conversation,
            upload_mb=chosen.upload_mb,
            upload_pages=chosen.upload_pages,
            upload_s=chosen.upload_s,
        )


@dataclass(frozen=True)
class PlanWishes:
    """What a visitor asks for; ``resume`` as a file or read already, ``seed`` None draws one."""

    type: str = "mixed"
    level: str = "mid"
    language: str = "python"
    minutes: float = 30.0
    seed: int | None = None
    is_practice: bool = False
    candidate: str = ""
    resume: Resume | Path | None = None
    job: str = ""
    rubric: str = "default"


async def build_plan(settings: Settings, wishes: PlanWishes | None = None, **more: Any) -> Plan:
    """A plan with questions made from the CV. ``more`` are fields of PlanWishes. Raises BadUpload, BadInput."""
    from interviewlab.resume.claims import claims_from_resume
    from interviewlab.resume.job import job_from_text
    from interviewlab.resume.personal import personal_questions

    asked = replace(wishes or PlanWishes(), **more)
    seed = random.SystemRandom().randrange(2**31) if asked.seed is None else asked.seed
    cv = await read_cv(settings, asked.resume) if isinstance(asked.resume, Path) else asked.resume
    plan = _plan(asked, seed)
    _check_can_be_held(settings, plan)
    return plan.model_copy(
        update={
            "candidate": asked.candidate or (cv.name if cv else ""),
            "role": job_from_text(asked.job).role if asked.job else "",
            "exercises": _EXERCISES.get(plan.type, 0),
            "personal": personal_questions(
                claims_from_resume(cv) if cv else (), limit=_PERSONAL.get(plan.type, 0), seed=seed
            ),
        }
    )


def _plan(asked: PlanWishes, seed: int) -> Plan:
    try:
        return Plan.model_validate(
            {
                "type": asked.type,
                "level": asked.level,
                "language": asked.language,
                "minutes": asked.minutes,
                "questions": min(400, max(2, round(asked.minutes / _MINUTES_A_QUESTION))),
                "seed": seed,
                "is_practice": asked.is_practice,
                "rubric": asked.rubric,
            }
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise BadInput(f"{'.'.join(map(str, first['loc']))}: {first['msg']}.", "Choose another value.") from error


def _check_can_be_held(settings: Settings, plan: Plan) -> None:
    """Find out now what could only fail at the end. Raises BadInput, NotFound."""
    from interviewlab.scoring.rubric import load_rubric

    load_rubric(plan.rubric)
    languages = {language for exercise in _bank(settings).exercises for language in exercise.function}
    if _EXERCISES.get(plan.type, 0) and plan.language not in languages:
        raise BadInput(
            f"There is no exercise in '{plan.language}' yet.", f"Choose one of {', '.join(sorted(languages))}."
        )


async def read_cv(settings: Settings, path: Path) -> Resume:
    """Read a CV under the limits of the settings. Raises BadUpload."""
    from interviewlab.resume.reading import read_resume

    return await read_resume(
        path, max_mb=settings.upload_mb, max_pages=settings.upload_pages, timeout_s=settings.upload_s
    )


@asynccontextmanager
async def open_sandbox(settings: Settings, backend: str) -> AsyncIterator[Sandbox]:
    """A sandbox by name, or the strongest that passes its self-test. Raises SandboxUnavailable."""
    from interviewlab.sandbox import choice

    sandbox = await choice.open_sandbox(backend, settings.sandbox_concurrency)
    try:
        yield sandbox
    finally:
        await sandbox.aclose()


async def check_sandbox(settings: Settings, backend: str) -> tuple[AttackResult, ...]:
    """The quick self-test. Raises SandboxUnavailable unless every attack is held."""
    async with open_sandbox(settings, backend) as sandbox:
        attacks = await sandbox.check()
    if broken := [attack.name for attack in attacks if not attack.held]:
        raise SandboxUnavailable(f"The {backend} sandbox does not hold {', '.join(broken)}.", "Do not use it.")
    return attacks


async def attack_sandbox(settings: Settings, backend: str) -> tuple[str, tuple[AttackResult, ...]]:
    """The whole contract on one backend, whether it passes its self-test or not: its name and each attack.

    ``auto`` takes the one that would be used. Raises SandboxUnavailable, BadInput.
    """
    from interviewlab.sandbox.contract import attack

    async with open_sandbox(settings, backend) as chosen:
        if backend == "auto":
            await chosen.check()
            backend = chosen.name
    async with open_unproven_sandbox(settings, backend) as sandbox:
        return sandbox.name, await attack(sandbox)


@asynccontextmanager
async def open_unproven_sandbox(settings: Settings, backend: str) -> AsyncIterator[Sandbox]:
    """One backend without its self-test, to be attacked and for nothing else."""
    from interviewlab.sandbox import choice

    backends = choice.open_backends(settings.sandbox_concurrency)
    if backend not in backends:
        raise BadInput(f"There is no sandbox '{backend}' to attack.", f"Choose one of auto, {', '.join(backends)}.")
    sandbox = await asyncio.to_thread(backends[backend])
    try:
        yield sandbox
    finally:
        await sandbox.aclose()


def build_bench(settings: Settings) -> Bench:
    """The judge with its bank, for scoring without an interview."""
    from interviewlab.judging import Bench
    from interviewlab.scoring.judge import BankJudge

    bank = _bank(settings)
    embedder, fallbacks = build_embedder(settings)
    return Bench(judge=BankJudge(_grader(bank, embedder)), bank=bank, fallbacks=fallbacks)


def build_embedder(settings: Settings) -> tuple[Embedder, tuple[str, ...]]:
    """The sentence model, or words alone with a sentence that says so. Raises WeightsMissing if it was asked for."""
    from interviewlab import weights

    files = weights.find("minilm", settings.cache_dir, settings.weights_mirror)
    if settings.embedder == "minilm" and files is None:
        files = weights.fetch("minilm", settings.cache_dir, settings.weights_mirror, is_offline=settings.is_offline)
    if settings.embedder == "scripted" or files is None:
        from interviewlab.embeddings.scripted import ScriptedEmbedder

        return ScriptedEmbedder(), () if settings.embedder == "scripted" else (NO_WEIGHTS,)
    from interviewlab.embeddings.minilm import MiniLmEmbedder

    return MiniLmEmbedder(files["model.onnx"], files["tokenizer.json"], cache_size=settings.embedding_cache), ()


def build_ears(settings: Settings) -> SpeechToText:
    """Ears as the settings ask, their weights fetched if need be. Blocking. Raises WeightsMissing, BadInput."""
    if settings.ears == "scripted":
        from interviewlab.speech.scripted import ScriptedEars

        return ScriptedEars()
    if settings.ears == "openai":
        from interviewlab.speech.openai import OpenAIEars

        return OpenAIEars(*_speech_endpoint(settings), has_words=settings.ears_words)
    files = _voice_weights(settings, settings.ears)
    from interviewlab.speech.whisper import WhisperEars

    return WhisperEars(files, name=settings.ears, has_words=settings.ears_words)


def build_mouth(settings: Settings) -> TextToSpeech:
    """A mouth as the settings ask, its weights fetched if need be. Blocking. Raises WeightsMissing, BadInput."""
    if settings.mouth == "scripted":
        from interviewlab.speech.scripted import ScriptedMouth

        return ScriptedMouth()
    if settings.mouth == "openai":
        from interviewlab.speech.openai import OpenAIMouth

        return OpenAIMouth(*_speech_endpoint(settings), pace=settings.voice_pace)
    files = _voice_weights(settings, settings.mouth)
    from interviewlab.speech.cache import SpeechCache
    from interviewlab.speech.piper import PiperMouth

    cache = SpeechCache(settings.cache_dir / "speech", memory_mb=settings.speech_cache_mb)
    voice = settings.mouth.removeprefix("piper-")
    return PiperMouth(files, voice=voice, pace=settings.voice_pace, cache=cache)


def _voice_weights(settings: Settings, name: str) -> dict[str, Path]:
    from interviewlab import weights

    found = weights.find(name, settings.cache_dir, settings.weights_mirror)
    return found or weights.fetch(
        name, settings.cache_dir, settings.weights_mirror, is_offline=settings.is_offline, progress=False
    )


def _speech_endpoint(settings: Settings) -> tuple[str, str]:
    if not settings.speech_url:
        raise BadInput("No speech endpoint is named.", "Set INTERVIEWLAB_SPEECH_URL and INTERVIEWLAB_SPEECH_KEY.")
    return settings.speech_url, settings.speech_key.get_secret_value()


_houses: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, _Shared]] = weakref.WeakKeyDictionary()


class _Shared:
    """One house that several visitors of a loop hold; the last one out closes it."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.visitors = 0
        self.stack = AsyncExitStack()
        self.house: House | None = None


@asynccontextmanager
async def open_house(settings: Settings) -> AsyncIterator[House]:
    """The house of these settings in this event loop, built by the first visitor and shared."""
    shared = _houses.setdefault(asyncio.get_running_loop(), {}).setdefault(settings.model_dump_json(), _Shared())
    async with shared.lock:
        if shared.house is None:
            shared.stack = AsyncExitStack()
            try:
                shared.house = await _build_house(settings, shared.stack)
            except BaseException:
                await shared.stack.aclose()
                raise
        shared.visitors += 1
    try:
        yield shared.house
    finally:
        async with shared.lock:
            shared.visitors -= 1
            if shared.visitors == 0:
                shared.house = None
                await shared.stack.aclose()


async def _build_house(settings: Settings, stack: AsyncExitStack) -> House:
    from interviewlab.interview import Adapters, utc_now
    from interviewlab.judging import Bench
    from interviewlab.orchestrator.conversation import open_conversation
    from interviewlab.scoring.judge import BankJudge
    from interviewlab.store.sql import open_store

    _check_folder(settings.data_dir)
    bank = await asyncio.to_thread(_bank, settings)
    embedder, fallbacks = await asyncio.to_thread(build_embedder, settings)
    store = await stack.enter_async_context(open_store(settings.store_url))
    conversation = await stack.enter_async_context(open_conversation(settings.checkpoint_path))
    sandbox = await stack.enter_async_context(open_sandbox(settings, settings.sandbox))
    grader = await asyncio.to_thread(_grader, bank, embedder)
    adapters = Adapters(
        store=store,
        conversation=conversation,
        sandbox=sandbox,
        bench=Bench(judge=BankJudge(grader), bank=bank, fallbacks=fallbacks),
        turn_lock_s=settings.turn_lock_s,
        fallbacks=fallbacks,
        clock=utc_now,
    )
    return House(adapters, _brain(settings, bank, embedder, grader), bank)


def _brain(settings: Settings, bank: Bank, embedder: Embedder, grader: AnswerGrader) -> Brain:
    if settings.brain == "scripted":
        from interviewlab.brains.scripted import ScriptedBrain

        return ScriptedBrain()
    from interviewlab.brains.bank_brain import BankBrain
    from interviewlab.resume.skills import list_skills

    return BankBrain(bank, embedder, grader, settings.interviewer, names=list_skills())


def _grader(bank: Bank, embedder: Embedder) -> AnswerGrader:
    return AnswerGrader(embedder, corpus=[q.answer for q in bank.questions])


def _bank(settings: Settings) -> Bank:
    return load_bank((settings.bank_dir,) if settings.bank_dir else ())


def _check_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".write-{uuid4().hex}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise StoreUnavailable(
            f"The data folder {folder} cannot be written ({error.strerror}).",
            "Make it writable, or name another one with INTERVIEWLAB_DATA_DIR.",
        ) from error


async def _find_or_create(house: House, interview_id: str | None, owner: str, plan: Plan | None) -> InterviewRecord:
    from interviewlab.interview import utc_now

    store = house.adapters.store
    if interview_id is not None:
        try:
            return await store.get_interview(interview_id, owner)
        except NotFound:
            if plan is None:
                raise
    now = utc_now()
    record = InterviewRecord(
        id=interview_id or uuid4().hex, owner=owner, plan=plan or Plan(), created_at=now, updated_at=now
    )
    await store.create_interview(record)
    return record
