"""Every knob with its unit and default. Nothing else reads one from the environment; only benches and evals look there,
for ``INTERVIEWLAB_DATA``.

Each field is set by ``INTERVIEWLAB_<NAME>`` or a line of a ``.env`` file beside the process.
"""

from __future__ import annotations

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from interviewlab.errors import BadInput, say_invalid

_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
"""Where the proxy of a Space is; no visitor of it comes from there."""


class Settings(BaseSettings):
    """How this process is set up. ``Settings()`` reads the environment; arguments win over it."""

    model_config = SettingsConfigDict(
        env_prefix="INTERVIEWLAB_", env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    data_dir: Path = Field(default_factory=lambda: _persistent("data") or user_data_path("interviewlab"))
    """Where interviews, CVs and reports are kept; on a Space its persistent storage, where it has one."""
    cache_dir: Path = Field(default_factory=lambda: _persistent("cache") or user_cache_path("interviewlab"))
    """Where model weights are kept; may be deleted at any time."""
    database_url: str = ""
    """URL of the store, e.g. ``postgresql://user:password@host/interviewlab``; empty: SQLite in ``data_dir``."""
    database_connections: int = Field(default=5, ge=1, le=100)
    """Connections to Postgres that one process may open for the store, and as many for the working state."""
    weights_mirror: Path | None = None
    """A folder that holds model files by name, tried before the network."""
    is_offline: bool = False
    """Never fetch anything."""
    brain: Literal["bank", "llm", "local", "scripted"] = "bank"
    """Who speaks: ``bank`` is embedded and needs no language model; ``llm`` asks one at ``llm_url``; ``local`` asks one
    that runs on this machine. Where a model fails, the embedded brain speaks, and the turn says so."""
    llm_model: str = "gpt-4o-mini"
    llm_url: str = ""
    """Any OpenAI-compatible endpoint, e.g. ``http://127.0.0.1:11434/v1``; empty: OpenAI."""
    llm_key: SecretStr = SecretStr("")
    llm_first_s: float = Field(default=6.0, gt=0)
    """How long the first words of a model may take, reasoning included, before the embedded brain speaks."""
    llm_pause_s: float = Field(default=4.0, gt=0)
    """How long a model may pause in an answer."""
    llm_usd_in: float | None = Field(default=None, ge=0)
    """Price of a million tokens that are sent; unset: as listed, where the model is known."""
    llm_usd_out: float | None = Field(default=None, ge=0)
    """Price of a million tokens that are given."""
    llm_usd_day: float | None = Field(default=None, gt=0)
    """What the model at ``llm_url`` may cost one process in 24 hours; then the embedded brain speaks. A model that
    somebody brings is paid by them. Unset: no cap."""
    llm_rest_s: float = Field(default=30.0, ge=0)
    """How long a model that failed three times in a row, or refused the key, is not asked again."""
    judge: Literal["bank", "llm"] = "bank"
    """Who judges: ``llm`` lets the model at ``llm_url`` add words to the embedded judge's report; it moves no score."""
    judge_samples: int = Field(default=3, ge=1, le=9)
    """How often the model is asked about one interview."""
    own_models: Literal["auto", "any", "none"] = "auto"
    """Language models that people bring to the page for a browser session: ``any``, also in this server's own network;
    ``none``; ``auto``, any on one's own machine, only those of the public internet on a shared server."""
    inference_url: str = "https://router.huggingface.co/v1"
    """Where the Hugging Face token of somebody who signed in on a Space is used, if they wish so."""
    llm_reads_cv: bool = False
    """Let the model at ``llm_url`` fill gaps of a CV, which is sent there without contact data."""
    local_model: str = "qwen2.5-coder-1.5b"
    """A model by its name in the catalogue of weights, or the path of a GGUF file that the machine can carry."""
    local_threads: int = Field(default=0, ge=0, le=256)
    """Of the local model; 0: as many as there are processors, four at most."""
    local_first_s: float = Field(default=30.0, gt=0)
    """As ``llm_first_s`` for the local model, which reads slowly; loading it counts, and goes on behind it."""
    prompts_dir: Path | None = None
    """A folder of prompts of your own, which replace those of the same name."""
    embedder: Literal["auto", "minilm", "scripted"] = "auto"
    """``auto``: MiniLM where its weights are, words alone where they are not (named on the screen)."""
    embedding_cache: int = Field(default=8192, ge=0)
    """Sentences whose vectors are remembered; 0 remembers none."""
    sandbox: Literal["auto", "docker", "sandlock", "wasm", "scripted"] = "auto"
    sandbox_concurrency: int = Field(default=2, ge=1, le=64)
    """Programs that run at the same time."""
    ears: Literal["whisper-tiny.en", "whisper-base", "openai", "scripted"] = "whisper-tiny.en"
    """``openai``: any compatible endpoint, at ``speech_url``."""
    second_ears: Literal["whisper-base", "none"] = "whisper-base"
    """What listens to an answer again while the interviewer speaks and mends the record before it is graded; only
    beside ears that are Whisper."""
    ears_words: bool = False
    """Ask an ``openai`` endpoint for the times of words; not every one gives them."""
    mouth: Literal["piper-joe", "piper-kristin", "openai", "scripted"] = "piper-joe"
    """Of the embedded voices ``piper-joe`` is tested; ``piper-kristin`` comes from its hub only and is not."""
    voice_pace: float = Field(default=1.0, ge=0.5, le=2.0)
    """Speed of the interviewer's speech; 1 is the voice's own."""
    speech_url: str = ""
    speech_key: SecretStr = SecretStr("")
    speech_cache_mb: float = Field(default=12.0, ge=0)
    """Memory for sentences that were spoken before."""
    voice_calls: int = Field(default=4, ge=1, le=64)
    """Interviews that can be spoken at the same time."""
    voice_minutes: float = Field(default=120.0, gt=0)
    """The longest call."""
    turn_url: str = ""
    """A TURN server, e.g. ``turn:host:3478``, for networks (and Spaces) that let no direct connection through."""
    turn_username: str = ""
    turn_credential: SecretStr = SecretStr("")
    livekit_url: str = ""
    """A LiveKit server, e.g. ``wss://host``; empty: the page carries the voice itself."""
    livekit_browser_url: str = ""
    """The same server as browsers reach it, where that differs."""
    livekit_key: str = ""
    livekit_secret: SecretStr = SecretStr("")
    """Of 32 characters or more; whoever has it can enter every room."""
    worker_rooms: int = Field(default=4, ge=1, le=64)
    """Interviews that one worker speaks at the same time."""
    worker_port: int = Field(default=0, ge=0, le=65535)
    """Port on which a worker answers whether it is well; 0 takes a free one."""
    worker_drain_s: float = Field(default=600.0, ge=0)
    """How long a worker that is asked to stop lets its calls go on; then another worker takes them over."""
    bank_dir: Path | None = None
    """A folder of your own questions and exercises, added to the bank."""
    interviewer: str = Field(default="Alex", min_length=1, max_length=40)
    """The interviewer's name."""
    turn_lock_s: float = Field(default=5.0, gt=0)
    """How long a turn is owned by a process that stopped answering; who lives renews it."""
    turn_wait_s: float = Field(default=30.0, gt=0)
    """How long one waits for a turn that somebody else is taking."""
    upload_mb: float = Field(default=10.0, gt=0)
    upload_pages: int = Field(default=20, ge=1)
    upload_s: float = Field(default=9.0, gt=0)
    """How long reading one upload may take."""
    notebooks_fast: bool = False
    """Notebooks take small samples, to be tried rather than read."""
    identity: Literal["auto", "local", "accounts", "space"] = "auto"
    """Whose is what: ``local``, all of it one person's; ``accounts``, people sign up and sign in; ``space``, a Hugging
    Face sign-in or a browser that is told apart by a signed cookie. ``auto``: ``space`` on a Space, else ``local``."""
    space_id: str = Field(default="", validation_alias="SPACE_ID")
    """Set by Hugging Face where this runs as a Space."""
    oauth_client_secret: SecretStr = Field(default=SecretStr(""), validation_alias="OAUTH_CLIENT_SECRET")
    """Set by Hugging Face where the Space lets people sign in; without it nobody can."""
    cookie_secret: SecretStr = SecretStr("")
    """Signs the cookies that tell browsers apart; empty: made once and kept in ``data_dir``."""
    allow_sign_up: bool = True
    """Whether strangers may make themselves an account."""
    operators: str = ""
    """Names of accounts (on a Space, at Hugging Face), with commas between them, that see how the server does; alone on
    one's own machine everybody does."""
    sign_in_days: float = Field(default=30.0, gt=0)
    """After how many days one signs in again; on a Space, how long a browser that stays away is known."""
    retention_days: float = Field(default=0.0, ge=0)
    """Interviews in which nothing happened for so many days are deleted, papers likewise; 0 keeps them."""
    owner_calls: int = Field(default=240, ge=1)
    """Requests that one person may make in a minute; on one's own machine this and what follows does not count."""
    owner_runs: int = Field(default=240, ge=1)
    """Programs that one person may run in an hour."""
    owner_starts: int = Field(default=30, ge=1)
    """Interviews that one person may begin in an hour."""
    owner_uploads: int = Field(default=40, ge=1)
    """Files that one person may send in an hour."""
    owner_talks: int = Field(default=60, ge=1)
    """Calls that one person may begin in an hour."""
    owner_interviews: int = Field(default=300, ge=1)
    """Interviews that one person may keep."""
    owner_papers: int = Field(default=60, ge=1)
    """CVs, and jobs, that one person may keep."""
    address_newcomers: int = Field(default=60, ge=1)
    """New browsers, sign-ups or tries to sign in that may come from one address in an hour."""
    trusted_proxies: str = ""
    """Addresses and networks of proxies (``10.0.0.7,172.16.0.0/12``) that are believed where a visitor comes from, and
    whether by HTTPS; empty: on a Space private networks, elsewhere nothing but this machine."""
    mcp: bool = False
    """Offer the endpoints to MCP clients too, at ``/gradio_api/mcp``."""
    log_json: bool = False
    """Log lines as JSON, with one a request: what was asked for, how it went, how long; never a word of anybody."""
    request_mb: float = Field(default=2.0, gt=0)
    """The largest request that is no upload."""
    host: str = Field(default_factory=lambda: "0.0.0.0" if os.environ.get("SPACE_ID") else "127.0.0.1")  # noqa: S104
    """The address it listens on; a Space is reached by all of its own."""
    port: int = Field(default=7860, ge=0, le=65535)

    @field_validator("data_dir", "cache_dir", "weights_mirror", "bank_dir", "prompts_dir")
    @classmethod
    def _home_is_known(cls, path: Path | None) -> Path | None:
        return path.expanduser() if path else path

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, proxies: str) -> str:
        return ",".join(str(ip_network(each.strip(), strict=False)) for each in proxies.split(",") if each.strip())

    @property
    def proxies(self) -> list[str]:
        """The networks in which a proxy is believed, beside this machine."""
        named = self.trusted_proxies or (",".join(_PRIVATE) if self.space_id else "")
        return named.split(",") if named else []

    @property
    def bank_folders(self) -> tuple[Path, ...]:
        """Folders of own questions, to be added to the bank."""
        return (self.bank_dir,) if self.bank_dir else ()

    @property
    def whose(self) -> Literal["local", "accounts", "space"]:
        """How owners are told apart."""
        if self.identity != "auto":
            return self.identity
        return "space" if self.space_id else "local"

    @property
    def space_host(self) -> str:
        """The name under which Hugging Face serves this Space; empty elsewhere."""
        return os.environ.get("SPACE_HOST", "") if self.whose == "space" else ""

    @property
    def own_models_are_public(self) -> bool:
        """Whether models that people bring may be reached in the public internet alone."""
        return self.own_models == "auto" and self.whose != "local"

    @property
    def store_url(self) -> str:
        """The SQLAlchemy URL in use."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'interviewlab.sqlite'}"

    @property
    def checkpoints(self) -> Path | str:
        """Where the working state is: a SQLite file, or the URL of the Postgres database that keeps the record too."""
        is_postgres = self.database_url.startswith(("postgres:", "postgresql:", "postgresql+"))
        return self.database_url if is_postgres else self.data_dir / "checkpoints.sqlite"

    @property
    def recordings_dir(self) -> Path:
        """Where calls are kept whose candidate agreed to be recorded."""
        return self.data_dir / "recordings"


def _persistent(name: str) -> Path | None:
    """A folder of a Space's persistent storage, where there is such."""
    storage = Path("/data")
    is_here = bool(os.environ.get("SPACE_ID")) and os.access(storage, os.W_OK | os.X_OK)
    return storage / "interviewlab" / name if is_here else None


def read_settings(**overrides: object) -> Settings:
    """Settings from the environment; raises BadInput naming the variable that is wrong."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "INTERVIEWLAB_" + "_".join(str(part) for part in first["loc"]).upper()
        raise BadInput(f"{name}: {say_invalid(first)}.", "Correct or unset it and start again.") from error
