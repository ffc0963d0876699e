"""The only place where ports meet adapters.

Adapters are imported when they are chosen, and the halls with their graph only by those who enter them: running a file
in the sandbox pays for no LangGraph.
"""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from pydantic import SecretStr

from interviewlab.errors import (
    BadInput,
    ModelFailed,
    NotFound,
    SandboxUnavailable,
    StoreUnavailable,
    WeightsMissing,
    to_install,
)
from interviewlab.planning import read_cv
from interviewlab.ports import Brain, ChatModel, Embedder, InterviewStore, Sandbox, SpeechToText, TextToSpeech
from interviewlab.questions.bank import Bank, load_bank
from interviewlab.scoring.grader import AnswerGrader
from interviewlab.settings import Settings
from interviewlab.types import AttackResult, InterviewRecord, Plan, Question, Resume, SandboxHealth

if TYPE_CHECKING:
    from interviewlab.accounts import Accounts
    from interviewlab.brains.guards import Guards
    from interviewlab.interview import Adapters, Interview
    from interviewlab.judging import Bench
    from interviewlab.library import Library
    from interviewlab.llm.openai import OpenAIChat
    from interviewlab.llm.purse import Purse
    from interviewlab.scoring.model_judge import ModelJudge
    from interviewlab.store.backup import Kept

QUESTIONS_AT_HAND = 32
"""What is wanted by so many is kept in memory: several interviews' worth, so that hours of talk hold no more."""
NO_WEIGHTS = (
    "The sentence model is not on this machine, so answers are compared by their words alone and scored less well."
)

WASI = "python-wasi"
"""The model file that is no model: the interpreter of the wasm sandbox."""


@dataclass(frozen=True)
class House:
    """All adapters of one process and loop, joined."""

    adapters: Adapters
    brain: Brain
    bank: Bank
    quiet: Brain | None = None
    """The embedded brain, where ``brain`` asks a language model."""
    guards: Guards | None = None
    """What stands over the sentences of a language model."""


@asynccontextmanager
async def open_interview(
    settings: Settings | None = None,
    interview_id: str | None = None,
    owner: str = "local",
    plan: Plan | None = None,
    model: ChatModel | None = None,
) -> AsyncIterator[Interview]:
    """Open a new interview, or one that is kept, for ``owner``.

    ``plan`` counts only for a new one; a new interview may be given an id of its own choosing if it is free. ``model``
    speaks while this is open in place of whoever the settings name, and is not closed here. Raises NotFound for an id
    of another owner, StoreUnavailable, BadBank, BadInput.
    """
    from interviewlab.interview import Interview
    from interviewlab.orchestrator.nodes.turn import Cast

    chosen = settings or Settings()
    async with open_house(chosen) as house:
        record = await _find_or_create(house, interview_id, owner, plan)
        brain, quiet = (house.brain, house.quiet) if model is None else _spoken_by(model, house, chosen)
        interview = Interview(record, Cast(brain, house.bank, record.plan, quiet), house.adapters)
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
    from interviewlab.store.recordings import RecordingShelf
    from interviewlab.store.sql import open_store

    chosen = settings or Settings()
    _check_folder(chosen.data_dir)
    recordings = RecordingShelf(chosen.recordings_dir)
    async with (
        open_store(chosen.store_url, connections=chosen.database_connections) as store,
        open_conversation(chosen.checkpoints, chosen.database_connections) as conversation,
    ):
        yield Library(
            owner,
            store,
            store,
            conversation,
            partial(read_cv_here, chosen),
            delete_recordings=lambda interview_id: asyncio.to_thread(recordings.delete, interview_id),
            turn_lock_s=chosen.turn_lock_s,
        )


@asynccontextmanager
async def open_locks(settings: Settings) -> AsyncIterator[InterviewStore]:
    """The store alone, over one connection, for locks that are held from another loop. Raises StoreUnavailable."""
    from interviewlab.store.sql import open_store

    async with open_store(settings.store_url, connections=1) as store:
        yield store


@asynccontextmanager
async def open_accounts(settings: Settings) -> AsyncIterator[Accounts]:
    """The accounts of a shared server. Raises StoreUnavailable."""
    from interviewlab.accounts import Accounts
    from interviewlab.store.accounts import open_account_store

    _check_folder(settings.data_dir)
    async with open_account_store(settings.store_url) as store:
        yield Accounts(store, settings.sign_in_days)


async def delete_old(settings: Settings, now: datetime) -> int:
    """Delete what is older than the settings keep, with all that belongs to it; gives how many interviews."""
    from interviewlab.store.sql import open_store

    if not settings.retention_days:
        return 0
    before = now - timedelta(days=settings.retention_days)
    async with open_store(settings.store_url) as store:
        owners = await store.list_owners(before)
    deleted = 0
    for owner in owners:
        async with open_library(settings, owner=owner) as library:
            deleted += await library.delete_old(before)
    return deleted


async def write_backup(settings: Settings, file: Path) -> Kept:
    """All that is kept, of everybody, in a new file; interviews may go on. Raises StoreUnavailable, BadInput."""
    from interviewlab.store import backup

    return await backup.write_backup(settings.store_url, settings.recordings_dir, file)


async def read_backup(settings: Settings, file: Path) -> Kept:
    """What ``write_backup`` wrote, into an empty store. Raises BadInput, DataTooNew, StoreUnavailable."""
    from interviewlab.store import backup

    kept = await backup.read_backup(file, settings.store_url, settings.recordings_dir)
    if isinstance(settings.checkpoints, Path):
        # Working state of other records; interviews go on from theirs.
        for each in settings.data_dir.glob(f"{settings.checkpoints.name}*"):
            await asyncio.to_thread(each.unlink)
    return kept


@asynccontextmanager
async def open_sandbox(settings: Settings, backend: str) -> AsyncIterator[Sandbox]:
    """A sandbox by name, or the strongest that passes its self-test. Raises SandboxUnavailable."""
    from interviewlab.sandbox import choice

    sandbox = await choice.open_sandbox(backend, settings.sandbox_concurrency, partial(_open_wasm, settings))
    try:
        yield sandbox
    finally:
        await sandbox.aclose()


async def examine_sandbox(settings: Settings, backend: str) -> tuple[tuple[AttackResult, ...], SandboxHealth]:
    """The quick self-test, every attack held, and how it went. Raises SandboxUnavailable naming those not held."""
    async with open_sandbox(settings, backend) as sandbox:
        attacks = await sandbox.check()
        return attacks, await asyncio.to_thread(sandbox.health)


async def attack_sandbox(settings: Settings, backend: str) -> tuple[str, tuple[AttackResult, ...]]:
    """The whole contract on one backend, whether it passes its self-test or not: its name and each attack.

    ``auto`` takes the one that would be used. Raises SandboxUnavailable, BadInput.
    """
    from interviewlab.sandbox.contract import AT_ONCE, attack

    if backend == "auto":
        async with open_sandbox(settings, backend) as chosen:
            await chosen.check()
            backend = chosen.name
    roomy = settings.model_copy(update={"sandbox_concurrency": max(AT_ONCE, settings.sandbox_concurrency)})
    async with open_unproven_sandbox(roomy, backend) as sandbox:
        return sandbox.name, await attack(sandbox)


@asynccontextmanager
async def open_unproven_sandbox(settings: Settings, backend: str) -> AsyncIterator[Sandbox]:
    """One backend without its self-test, to be attacked and for nothing else."""
    from interviewlab.sandbox import choice

    backends = choice.open_backends(settings.sandbox_concurrency, partial(_open_wasm, settings))
    if backend not in backends:
        raise BadInput(f"There is no sandbox '{backend}' to attack.", f"Choose one of auto, {', '.join(backends)}.")
    sandbox = await asyncio.to_thread(backends[backend])
    try:
        yield sandbox
    finally:
        await sandbox.aclose()


def _open_wasm(settings: Settings) -> Sandbox:
    """The wasm backend, its interpreter fetched if need be. Blocking. Raises SandboxUnavailable."""
    from interviewlab import weights
    from interviewlab.sandbox.wasm import WasmSandbox

    try:
        files = weights.fetch(
            WASI, settings.cache_dir, settings.weights_mirror, is_offline=settings.is_offline, progress=False
        )
    except WeightsMissing as error:
        raise SandboxUnavailable(error.what, error.remedy) from error
    return WasmSandbox(files["python-3.12.0.wasm"], settings.cache_dir / "wasm", settings.sandbox_concurrency)


def build_bench(settings: Settings) -> Bench:
    """The judge with its bank, for scoring without an interview."""
    from interviewlab.judging import Bench
    from interviewlab.scoring.judge import BankJudge

    bank = load_bank(settings.bank_folders)
    embedder, fallbacks = build_embedder(settings)
    reviewer, silence = _reviewer(settings)
    grader = _grader(bank, embedder)
    return Bench(BankJudge(grader), bank, (*fallbacks, *silence), reviewer, embedder.name)


def _reviewer(settings: Settings) -> tuple[ModelJudge | None, tuple[str, ...]]:
    """The language model as a judge of words, if it was asked for, or a sentence that says why not."""
    if settings.judge != "llm":
        return None, ()
    from interviewlab.llm.prompts import load_prompt
    from interviewlab.scoring.model_judge import ModelJudge

    try:
        prompt = load_prompt("judge", settings.prompts_dir)
        return ModelJudge(build_endpoint(settings), prompt, settings.judge_samples), ()
    except (BadInput, ModelFailed) as error:
        return None, (f"{error} The embedded judge judged alone.",)


async def read_cv_here(settings: Settings, path: Path) -> Resume:
    """Read a CV, its gaps filled by the language model where the settings allow it. Raises BadUpload."""
    resume = await read_cv(settings, path)
    if not settings.llm_reads_cv:
        return resume
    from interviewlab.llm.prompts import load_prompt
    from interviewlab.resume.asking import fill_by_chat

    try:
        prompt, model = load_prompt("resume", settings.prompts_dir), build_endpoint(settings)
    except (BadInput, ModelFailed) as error:
        return resume.model_copy(update={"gaps": (*resume.gaps, f"No language model filled the gaps: {error}")})
    try:
        return await fill_by_chat(resume, model, prompt)
    finally:
        await model.aclose()


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
    files = _fetched(settings, settings.ears)
    from interviewlab.speech.whisper import CAREFUL, WhisperEars

    second, name = None, settings.second_ears
    if name != "none":
        second = WhisperEars(_fetched(settings, name), name=name, workers=1, manner=CAREFUL)
    return WhisperEars(files, name=settings.ears, second=second)


def build_mouth(settings: Settings) -> TextToSpeech:
    """A mouth as the settings ask, its weights fetched if need be. Blocking. Raises WeightsMissing, BadInput."""
    if settings.mouth == "scripted":
        from interviewlab.speech.scripted import ScriptedMouth

        return ScriptedMouth()
    if settings.mouth == "openai":
        from interviewlab.speech.openai import OpenAIMouth

        return OpenAIMouth(*_speech_endpoint(settings), pace=settings.voice_pace)
    files = _fetched(settings, settings.mouth)
    from interviewlab.speech.cache import SpeechCache
    from interviewlab.speech.piper import PiperMouth

    cache = SpeechCache(settings.cache_dir / "speech", memory_mb=settings.speech_cache_mb)
    voice = settings.mouth.removeprefix("piper-")
    return PiperMouth(files, voice=voice, pace=settings.voice_pace, cache=cache)


def _fetched(settings: Settings, name: str) -> dict[str, Path]:
    """The files of a model, fetched where they are missing. Blocking. Raises WeightsMissing, NotFound."""
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


def _key_of(settings: Settings) -> str:
    """The same for the same settings and no other: their JSON shows stars for every secret."""
    secrets = [each.get_secret_value() for _, each in settings if isinstance(each, SecretStr)]
    return settings.model_dump_json() + sha256("\0".join(secrets).encode()).hexdigest()


@asynccontextmanager
async def open_house(settings: Settings) -> AsyncIterator[House]:
    """The house of these settings in this event loop, built by the first visitor and shared."""
    shared = _houses.setdefault(asyncio.get_running_loop(), {}).setdefault(_key_of(settings), _Shared())
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


def renew_house(settings: Settings) -> None:
    """Who comes from now on finds a house built anew, for instance with weights that are here at last; those inside
    keep theirs until the last of them leaves it."""
    _houses.get(asyncio.get_running_loop(), {}).pop(_key_of(settings), None)


async def _build_house(settings: Settings, stack: AsyncExitStack) -> House:
    from interviewlab.brains.guards import Guards
    from interviewlab.brains.remembering import RememberingBrain
    from interviewlab.interview import Adapters, utc_now
    from interviewlab.judging import Bench
    from interviewlab.orchestrator.conversation import open_conversation
    from interviewlab.scoring.judge import BankJudge
    from interviewlab.store.sql import open_store

    _check_folder(settings.data_dir)
    bank = await asyncio.to_thread(load_bank, settings.bank_folders)
    embedder, fallbacks = await asyncio.to_thread(build_embedder, settings)
    connections = settings.database_connections
    store = await stack.enter_async_context(open_store(settings.store_url, connections=connections))
    conversation = await stack.enter_async_context(open_conversation(settings.checkpoints, connections))
    sandbox = await stack.enter_async_context(open_sandbox(settings, settings.sandbox))
    grader = await asyncio.to_thread(_grader, bank, embedder)
    guards = Guards(embedder, bank)
    quiet, read_ahead = _quiet_brain(settings, bank, grader, guards, stack)
    brain, silence = await asyncio.to_thread(_speaking_brain, settings, quiet, guards, stack)
    reviewer, unread = _reviewer(settings)
    if reviewer is not None:
        stack.push_async_callback(reviewer.aclose)
    adapters = Adapters(
        store=store,
        conversation=conversation,
        sandbox=sandbox,
        bench=Bench(BankJudge(grader), bank, (*fallbacks, *unread), reviewer, embedder.name),
        turn_lock_s=settings.turn_lock_s,
        turn_wait_s=settings.turn_wait_s,
        fallbacks=(*fallbacks, *silence),
        clock=utc_now,
        read_ahead=read_ahead,
    )
    return House(adapters, RememberingBrain(brain), bank, None if brain is quiet else quiet, guards)


def _spoken_by(model: ChatModel, house: House, settings: Settings) -> tuple[Brain, Brain]:
    """A brain that speaks through ``model``, and the embedded one behind it. Raises BadInput for a broken prompt."""
    from interviewlab.brains.llm_brain import LlmBrain, Voice
    from interviewlab.brains.remembering import RememberingBrain
    from interviewlab.llm.prompts import load_prompt

    quiet = house.quiet or house.brain
    assert house.guards is not None
    voice = Voice(model, load_prompt("interviewer", settings.prompts_dir))
    return RememberingBrain(LlmBrain(quiet, voice, house.guards, settings.interviewer)), quiet


def build_own_model(settings: Settings, url: str, key: str, name: str) -> ChatModel:
    """A model that somebody brought to the page: its key is in no settings, in no store and in no log.

    On a shared server its endpoint may lie in the public internet alone. Raises BadInput, ModelFailed.
    """
    _check_endpoint(settings, url, name)
    try:
        from interviewlab.llm.breaker import BreakingChat
        from interviewlab.llm.openai import ON_THE_PAGE, Endpoint, OpenAIChat
    except ImportError as error:
        what = "The packages that ask language models are not installed."
        raise ModelFailed(what, to_install("llm"), cause="not installed") from error
    endpoint = Endpoint(
        model=name,
        url=url,
        key=key,
        first_s=settings.llm_first_s,
        pause_s=settings.llm_pause_s,
        remedies=ON_THE_PAGE,
        is_public_only=settings.own_models_are_public,
    )
    return BreakingChat(OpenAIChat(endpoint), rest_s=settings.llm_rest_s)


def _check_endpoint(settings: Settings, url: str, name: str) -> None:
    try:
        parts = urlsplit(url)
        known = parts.hostname and not (parts.username or parts.password or parts.query or parts.fragment)
        is_whole = bool(known) and parts.scheme in ("http", "https") and (parts.port or 1) > 0
    except ValueError:
        is_whole = False
    if not is_whole:
        raise BadInput("That is no address of an endpoint.", "Write it like https://api.example.com/v1, without a key.")
    if settings.own_models_are_public and parts.scheme != "https":
        raise BadInput(
            "On a shared server the endpoint has to be reached by https.", "Write its address with https://."
        )
    if not name or len(name) > 200:
        raise BadInput("No model is named.", "Write the name under which the endpoint serves it.")


def _speaking_brain(
    settings: Settings, quiet: Brain, guards: Guards, stack: AsyncExitStack
) -> tuple[Brain, tuple[str, ...]]:
    """The brain that was asked for, or the embedded one with a sentence that says why."""
    if settings.brain not in ("llm", "local"):
        return quiet, ()
    from interviewlab.brains.llm_brain import LlmBrain, Voice
    from interviewlab.llm.breaker import BreakingChat
    from interviewlab.llm.prompts import load_prompt

    is_local = settings.brain == "local"
    try:
        prompt = load_prompt("phrase" if is_local else "interviewer", settings.prompts_dir)
        model = BreakingChat(build_model(settings), rest_s=settings.llm_rest_s)
    except (BadInput, ModelFailed, WeightsMissing) as error:
        return quiet, (f"{error} Until then the embedded brain speaks.",)
    stack.push_async_callback(model.aclose)
    return LlmBrain(quiet, Voice(model, prompt, may_correct=not is_local), guards, settings.interviewer), ()


def build_model(settings: Settings) -> ChatModel:
    """The language model of the settings, not asked yet, its weights fetched if need be. Blocking.

    Raises ModelFailed, WeightsMissing, BadInput.
    """
    return build_local(settings) if settings.brain == "local" else build_endpoint(settings)


def build_endpoint(settings: Settings) -> ChatModel:
    """The model at the endpoint of the settings, within its cost cap. Raises ModelFailed, BadInput."""
    if not settings.llm_url and not settings.llm_key.get_secret_value():
        remedy = "Set INTERVIEWLAB_LLM_KEY, or INTERVIEWLAB_LLM_URL for an endpoint of your own."
        raise ModelFailed("No key for the language model is set.", remedy, cause="no key")
    try:
        from interviewlab.llm.openai import Endpoint, OpenAIChat
    except ImportError as error:
        what = "The packages that ask language models are not installed."
        raise ModelFailed(what, to_install("llm"), cause="not installed") from error
    model = OpenAIChat(
        Endpoint(
            model=settings.llm_model,
            url=settings.llm_url or None,
            key=settings.llm_key.get_secret_value(),
            first_s=settings.llm_first_s,
            pause_s=settings.llm_pause_s,
            usd_in=settings.llm_usd_in,
            usd_out=settings.llm_usd_out,
        )
    )
    return model if settings.llm_usd_day is None else _within_cap(model, settings, settings.llm_usd_day)


def _within_cap(model: OpenAIChat, settings: Settings, most_usd: float) -> ChatModel:
    from interviewlab.llm.prices import cost_usd
    from interviewlab.llm.purse import PaidChat

    def price(tokens_in: int, tokens_out: int) -> float | None:
        return cost_usd(settings.llm_model, tokens_in, tokens_out, settings.llm_usd_in, settings.llm_usd_out)

    if price(0, 0) is None:
        what = f"INTERVIEWLAB_LLM_USD_DAY is set, and nobody knows the price of {settings.llm_model}."
        remedy = "Set INTERVIEWLAB_LLM_USD_IN and INTERVIEWLAB_LLM_USD_OUT, USD for a million tokens."
        raise ModelFailed(what, remedy, cause="no price")
    return PaidChat(model, _purse(most_usd), lambda *tokens: price(*tokens) or 0.0, model.longest_tokens)


@cache
def _purse(most_usd: float) -> Purse:
    """The one of this process: who speaks, judges and reads CVs pays from it."""
    from interviewlab.llm.purse import Purse

    return Purse(most_usd)


def build_local(settings: Settings) -> ChatModel:
    """The model that runs on this machine, by its name or the path of its file. As ``build_model``."""
    try:
        from interviewlab.llm.local import LocalChat
    except ImportError as error:
        what = "The packages that ask language models are not installed."
        raise ModelFailed(what, to_install("llm", "local"), cause="not installed") from error
    path, name = _local_file(settings)
    return LocalChat(path, name, settings.local_threads, settings.local_first_s, settings.local_first_s)


def _local_file(settings: Settings) -> tuple[Path, str]:
    named = settings.local_model
    if named.endswith(".gguf"):
        path = Path(named).expanduser()
        if not path.is_file():
            raise BadInput(f"There is no model file {path}.", "Set INTERVIEWLAB_LOCAL_MODEL to a GGUF file.")
        return path, path.stem
    try:
        files = _fetched(settings, named)
    except NotFound as error:
        remedy = "Set INTERVIEWLAB_LOCAL_MODEL to such a name, or to the path of a GGUF file."
        raise BadInput(error.what, remedy) from error
    found = next((file for filename, file in files.items() if filename.endswith(".gguf")), None)
    if found is None:
        raise BadInput(f"'{named}' is no language model.", "Set INTERVIEWLAB_LOCAL_MODEL to qwen2.5-coder-1.5b.")
    return found, named


def _quiet_brain(
    settings: Settings, bank: Bank, grader: AnswerGrader, guards: Guards, stack: AsyncExitStack
) -> tuple[Brain, Callable[[Question], None]]:
    """The embedded brain, and what reads for it the questions that are put on the table."""
    if settings.brain == "scripted":
        from interviewlab.brains.scripted import ScriptedBrain
        from interviewlab.interview import leave_unread

        return ScriptedBrain(), leave_unread
    from interviewlab.brains.bank_brain import BankBrain
    from interviewlab.resume.skills import list_skills

    brain = BankBrain(bank, grader, guards, settings.interviewer, names=list_skills())
    stack.callback(brain.ahead.close)
    return brain, brain.ahead.ask


def _grader(bank: Bank, embedder: Embedder) -> AnswerGrader:
    return AnswerGrader(embedder, corpus=bank.answers, questions=QUESTIONS_AT_HAND)


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
