"""What is here, what is missing, and how to get it. Every visitor asks this room, none finds out for itself."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from interviewlab.bootstrap import WASI, build_model, examine_sandbox, open_library
from interviewlab.errors import InterviewLabError, NotFound, to_install
from interviewlab.questions.bank import load_bank
from interviewlab.sandbox.choice import BACKENDS
from interviewlab.settings import Settings
from interviewlab.types import Part, SandboxHealth

VOICE_EXTRA = to_install("voice")
_VOICES = {
    "piper-joe": "; the one embedded voice that is tested (piper-kristin, from its hub only, is not)",
    "piper-kristin": "; untested: the tested voice is piper-joe",
}
REQUIRED = ("python", "store", "bank", "brain", "sandbox")
"""Roles of which at least one part must work for a whole interview."""


async def examine(settings: Settings, *, has_spare_sandboxes: bool = True) -> tuple[Part, ...]:
    """Every part of the house on this machine; without spare sandboxes none that is weaker than the one in use."""
    parts = [_python()]
    for look in (_store, _bank, _embedder):
        parts.append(await look(settings))
    parts += await examine_brains(settings)
    if has_spare_sandboxes:
        parts += await asyncio.gather(*(_sandbox(settings, backend) for backend in BACKENDS))
    else:
        parts += await _sandboxes_up_to_use(settings)
    parts.append(_package("page", "gradio", to_install("app")))
    parts += await asyncio.to_thread(examine_voice, settings)
    parts.append(await examine_livekit(settings))
    return tuple(parts)


def examine_operation(settings: Settings) -> tuple[Part, ...]:
    """What concerns whoever runs this, and no candidate: engines for many, and every limit with its unit."""
    return (_postgres(settings), _ray(), _own_models(settings), *list_limits(settings))


def list_limits(settings: Settings) -> tuple[Part, ...]:
    """The operator's limits as they stand, each with the settings that move it."""
    is_alone = settings.whose == "local"
    quotas = "on one's own machine nobody is counted; on a shared server " if is_alone else ""
    usd, days = settings.llm_usd_day, settings.retention_days
    told = {
        "seats": (
            f"{settings.voice_calls} calls at the same time, {settings.voice_minutes:g} minutes each; "
            f"{settings.worker_rooms} rooms a worker; {settings.sandbox_concurrency} programs at the same time",
            ("VOICE_CALLS", "VOICE_MINUTES", "WORKER_ROOMS", "SANDBOX_CONCURRENCY"),
        ),
        "cost cap": (
            "none" if usd is None else f"{usd:g} USD in 24 hours, each process; then the embedded brain speaks",
            ("LLM_USD_DAY",),
        ),
        "retention": (f"{days:g} days" if days else "kept until somebody deletes it", ("RETENTION_DAYS",)),
        "quotas": (
            f"{quotas}one person may make {settings.owner_calls} requests a minute; in an hour run "
            f"{settings.owner_runs} programs, begin {settings.owner_starts} interviews and {settings.owner_talks} "
            f"calls, send {settings.owner_uploads} files",
            ("OWNER_CALLS", "OWNER_RUNS", "OWNER_STARTS", "OWNER_TALKS", "OWNER_UPLOADS"),
        ),
        "shelf": (
            f"{quotas}one person may keep {settings.owner_interviews} interviews, {settings.owner_papers} CVs and "
            f"{settings.owner_papers} jobs",
            ("OWNER_INTERVIEWS", "OWNER_PAPERS"),
        ),
        "newcomers": (
            f"{quotas}{settings.address_newcomers} from one address in an hour; a sign-in lasts "
            f"{settings.sign_in_days:g} days",
            ("ADDRESS_NEWCOMERS", "SIGN_IN_DAYS"),
        ),
        "uploads": (
            f"{settings.upload_mb:g} MB, {settings.upload_pages} pages and {settings.upload_s:g} s of reading each; "
            f"any other request {settings.request_mb:g} MB",
            ("UPLOAD_MB", "UPLOAD_PAGES", "UPLOAD_S", "REQUEST_MB"),
        ),
        "workers": (
            f"each keeps {settings.worker_rooms} threads waiting, one for each room it may still take; asked to stop, "
            f"it lets its calls go on for {settings.worker_drain_s:g} s",
            ("WORKER_ROOMS", "WORKER_DRAIN_S"),
        ),
    }
    return tuple(
        Part(role="limit", name=name, ok=True, detail=detail, remedy=_by(*knobs))
        for name, (detail, knobs) in told.items()
    )


def _by(*knobs: str) -> str:
    return "Set by " + ", ".join(f"INTERVIEWLAB_{knob}" for knob in knobs) + "."


def _postgres(settings: Settings) -> Part:
    """Whether the record may be kept in Postgres; that it answers is said of the store."""
    part = _package("database", "langgraph-checkpoint-postgres", to_install("scale"))
    part = part.model_copy(update={"name": "postgres"})
    if not part.ok:
        return part
    if isinstance(settings.checkpoints, Path):
        detail = "not asked for; SQLite is right on one host"
        return part.model_copy(update={"ok": False, "detail": detail, "remedy": "Set INTERVIEWLAB_DATABASE_URL."})
    return part.model_copy(
        update={"detail": f"keeps the record; {settings.database_connections} connections a process"}
    )


def _ray() -> Part:
    part = _package("batches", "ray", to_install("scale"))
    return part.model_copy(update={"detail": f"{part.detail}; used where a batch is run with --engine ray"})


def _own_models(settings: Settings) -> Part:
    """Whether somebody may bring a language model for a browser session, and from where."""
    where = "of the public internet alone" if settings.own_models_are_public else "in this network too"
    detail = f"a browser session may bring an endpoint and key, {where}"
    if settings.whose == "space" and settings.oauth_client_secret.get_secret_value():
        detail += f"; or its own Hugging Face token, used at {settings.inference_url}"
    is_allowed = settings.own_models != "none"
    part = _package("own models", "openai", to_install("llm"))
    if not part.ok or not is_allowed:
        told = "nobody may bring one" if not is_allowed else part.detail
        remedy = "Set INTERVIEWLAB_OWN_MODELS=auto to allow it." if not is_allowed else part.remedy
        return part.model_copy(update={"name": settings.own_models, "ok": False, "detail": told, "remedy": remedy})
    return part.model_copy(update={"name": settings.own_models, "detail": detail, "remedy": _by("OWN_MODELS")})


async def examine_brains(settings: Settings) -> list[Part]:
    """The embedded brain, which is always there, and the language models; the one that will speak says so."""
    speaks = "speaks here" if settings.brain in ("bank", "scripted") else "speaks where the model fails"
    embedded = Part(role="brain", name="bank", ok=True, detail=f"embedded, no language model, no key; {speaks}")
    return [embedded, await _llm(settings), _local(settings)]


async def _llm(settings: Settings) -> Part:
    """The endpoint, asked only where it is to be used."""
    if settings.brain != "llm":
        detail, remedy = "a language model at an endpoint; not asked for", "Set INTERVIEWLAB_BRAIN=llm."
        return Part(role="brain", name="llm", ok=False, detail=detail, remedy=remedy)

    async def look() -> str:
        model = await asyncio.to_thread(build_model, settings)
        try:
            return f"{await model.check()}; speaks here"
        finally:
            await model.aclose()

    return await _part("brain", "llm", look)


def _local(settings: Settings) -> Part:
    """Whether the local model is installed and fetched; it is not loaded for that."""
    part = _package("brain", "xllamacpp", to_install("llm", "local")).model_copy(update={"name": "local"})
    if not part.ok:
        return part
    named = settings.local_model
    is_file = named.endswith(".gguf")
    try:
        is_here = Path(named).expanduser().is_file() if is_file else _is_fetched(settings, named)
    except NotFound as error:
        return part.model_copy(update={"ok": False, "detail": error.what, "remedy": error.remedy})
    if not is_here:
        remedy = "Set INTERVIEWLAB_LOCAL_MODEL to a GGUF file." if is_file else f"interviewlab weights fetch {named}"
        return part.model_copy(update={"ok": False, "detail": f"{named} is not here", "remedy": remedy})
    speaks = "speaks here; it words, and never grades alone" if settings.brain == "local" else "not asked for"
    return part.model_copy(update={"detail": f"{named}, on this machine; {speaks}"})


def _is_fetched(settings: Settings, name: str) -> bool:
    from interviewlab import weights

    return weights.find(name, settings.cache_dir, settings.weights_mirror) is not None


def examine_voice(settings: Settings) -> list[Part]:
    """What talking needs: the engine, ears and a mouth. All optional: typing always works. Blocking, no imports."""
    parts = [
        _package("voice", "livekit-agents", VOICE_EXTRA),
        _package("voice", "fastrtc", VOICE_EXTRA),
        _speech(settings, "ears", settings.ears, "faster-whisper"),
        _speech(settings, "mouth", settings.mouth, "piper-tts"),
    ]
    if settings.ears.startswith("whisper") and settings.second_ears != "none":
        parts.append(_speech(settings, "second ears", settings.second_ears, "faster-whisper"))
    return parts


async def examine_livekit(settings: Settings) -> Part:
    """Whether the LiveKit server of the settings answers and knows our key. Optional: without one the page talks."""
    if not settings.livekit_url:
        detail = "no server is named; the page carries the voice itself"
        return Part(role="voice", name="livekit", ok=False, detail=detail, remedy="interviewlab livekit-dev")
    engine = _package("voice", "livekit-api", VOICE_EXTRA)
    if not engine.ok:
        return engine.model_copy(update={"name": "livekit"})

    async def look() -> str:
        from interviewlab.store.sql import open_store
        from interviewlab.voice.livekit_lease import is_worker_running
        from interviewlab.voice.livekit_server import open_server

        async with open_server(settings) as server, open_store(settings.store_url) as store:
            await server.check()
            is_running = await is_worker_running(store)
        waits = "a worker waits for rooms" if is_running else "no worker waits for rooms: interviewlab worker"
        return f"{settings.livekit_url} answers; {waits}"

    return await _part("voice", "livekit", look)


def can_interview(parts: Iterable[Part]) -> bool:
    """Whether a whole interview can be held: one working part in each required role."""
    working = {part.role for part in parts if part.ok}
    return all(role in working for role in REQUIRED)


def _speech(settings: Settings, role: str, name: str, package: str) -> Part:
    from interviewlab import weights

    if name in ("openai", "scripted"):
        ok = name == "scripted" or bool(settings.speech_url)
        remedy = "" if ok else "Set INTERVIEWLAB_SPEECH_URL and INTERVIEWLAB_SPEECH_KEY."
        return Part(role=role, name=name, ok=ok, detail=settings.speech_url or "no endpoint is named", remedy=remedy)
    engine = _package(role, package, VOICE_EXTRA)
    if not engine.ok:
        return engine.model_copy(update={"name": name})
    if weights.find(name, settings.cache_dir, settings.weights_mirror) is None:
        remedy = f"interviewlab weights fetch {name}"
        return Part(role=role, name=name, ok=False, detail="not fetched; typing works without it", remedy=remedy)
    return Part(
        role=role, name=name, ok=True, detail=f"{package} {engine.detail}, on this machine{_VOICES.get(name, '')}"
    )


def _python() -> Part:
    return Part(role="python", name="python", ok=True, detail=sys.version.split()[0])


async def _store(settings: Settings) -> Part:
    async def look() -> str:
        async with open_library(settings) as library:
            count = len(await library.list_interviews())
            return f"{count} interviews {'by URL' if settings.database_url else f'in {settings.data_dir}'}"

    return await _part("store", settings.store_url.split(":")[0].split("+")[0], look)


async def _bank(settings: Settings) -> Part:
    async def look() -> str:
        bank = load_bank(settings.bank_folders)
        return f"{len(bank.questions)} questions, {len(bank.exercises)} exercises"

    return await _part("bank", "bank", look)


async def _embedder(settings: Settings) -> Part:
    from interviewlab import weights

    here = weights.find("minilm", settings.cache_dir, settings.weights_mirror) is not None
    if here:
        return Part(role="embedder", name="minilm", ok=True, detail="all-MiniLM-L6-v2, on this machine")
    return Part(
        role="embedder",
        name="minilm",
        ok=False,
        detail="not fetched; answers are compared by their words alone",
        remedy="interviewlab weights fetch minilm",
    )


async def _sandboxes_up_to_use(settings: Settings) -> list[Part]:
    """One after the other until one holds: what is weaker than that runs no program, and costs seconds to prove."""
    parts: list[Part] = []
    for backend in (settings.sandbox,) if settings.sandbox in BACKENDS else BACKENDS:
        parts.append(await _sandbox(settings, backend))
        if parts[-1].ok:
            break
    return parts


async def _sandbox(settings: Settings, backend: str) -> Part:
    from interviewlab import weights

    if backend == "wasm" and weights.find(WASI, settings.cache_dir, settings.weights_mirror) is None:
        remedy = f"interviewlab weights fetch {WASI}"
        return Part(role="sandbox", name=backend, ok=False, detail="its interpreter is not fetched", remedy=remedy)

    async def look() -> str:
        attacks, health = await examine_sandbox(settings, backend)
        return f"{len(attacks)} of {len(attacks)} self-test attacks held; {describe_health(health)}"

    return await _part("sandbox", backend, look)


def describe_health(health: SandboxHealth) -> str:
    """Its languages and, where something ran since it was opened, what it counted."""
    told = [", ".join(health.languages) or "no language"]
    if health.run_s.n:
        told.append(f"{health.run_s.n} runs, p50 {health.run_s.p50:.2f} s, p95 {health.run_s.p95:.2f} s")
    for count, what in ((health.waiting, "waiting"), (health.refused, "refused"), (health.failed, "failed")):
        if count:
            told.append(f"{count} {what}")
    return "; ".join(told)


async def _part(role: str, name: str, look: Callable[[], Awaitable[str]]) -> Part:
    try:
        return Part(role=role, name=name, ok=True, detail=await look())
    except InterviewLabError as error:
        return Part(role=role, name=name, ok=False, detail=error.what, remedy=error.remedy)


def _package(role: str, name: str, remedy: str) -> Part:
    try:
        return Part(role=role, name=name, ok=True, detail=version(name))
    except PackageNotFoundError:
        return Part(role=role, name=name, ok=False, detail="not installed", remedy=remedy)
