"""The Protocols the thinking rooms name; adapters live in the rooms below and are joined in bootstrap.

Every port has a scripted adapter in the package and a contract that each adapter signs.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from interviewlab.types import (
    Account,
    AttackResult,
    Authorship,
    Chat,
    Decision,
    Entry,
    InterviewRecord,
    JobRecord,
    Limits,
    Report,
    Resume,
    ResumeRecord,
    RunResult,
    SandboxHealth,
    ShelfKind,
    Speech,
    Submission,
    TestSuite,
    Transcription,
    TurnContext,
    Understanding,
    Usage,
)


class Brain(Protocol):
    """Who decides what to say. Understanding and deciding are local and quick; speaking may stream."""

    name: str

    async def understand(self, context: TurnContext) -> Understanding:
        """What the candidate wants and what the answer covers; no side effects."""

    async def decide(self, context: TurnContext, understanding: Understanding) -> Decision:
        """What the reply will do; no side effects."""

    def speak(
        self, context: TurnContext, understanding: Understanding, decision: Decision
    ) -> AsyncIterator[str | Authorship]:
        """The reply, sentence by sentence; last, if need be, how it came about."""


Form = TypeVar("Form", bound=BaseModel)


@dataclass(frozen=True)
class PartialForm:
    """A structured answer as far as it has come. The last text may be half; ``usage`` comes when it is whole."""

    values: Mapping[str, Any]
    usage: Usage | None = None


class ChatModel(Protocol):
    """A language model that answers in a form. Every failure is a ModelFailed that says what to do."""

    name: str

    def stream(self, chat: Chat, form: type[BaseModel]) -> AsyncGenerator[PartialForm, None]:
        """The answer as it grows, its fields in the order of ``form``; the last one is whole and of that form.

        It may be closed before.
        """

    async def ask(self, chat: Chat, form: type[Form]) -> tuple[Form, Usage]:
        """The answer at once."""

    async def check(self) -> str:
        """Whether it can be asked at all, in a few words; costs a few tokens at most."""

    async def aclose(self) -> None:
        """Let go of connections and processes; may be called twice."""


@dataclass(frozen=True)
class TokenVectors:
    """The tokens of one text as its model reads them, in order."""

    spans: NDArray[np.int64]
    """First character and the one after the last of each token in the text, shape (tokens, 2)."""
    ranks: NDArray[np.int64]
    """Place of each token in a vocabulary sorted by how frequent it is in English, 1 the most frequent; 0 unknown."""
    vectors: NDArray[np.float32]
    """What each token means where it stands, shape (tokens, dimension), not of unit length."""


class Embedder(Protocol):
    """Text to vectors: one for a whole text, or one for each of its tokens."""

    name: str
    dimension: int

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (len(texts), dimension), float32; blocking, safe to call from any thread."""

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The tokens of each text, in the order given; what is given for one depends on that text alone.

        Blocking, safe from any thread.
        """


class Sandbox(Protocol):
    """Where strangers' code runs. A failing program is a result; only our own failure raises (SandboxFailed)."""

    name: str

    async def run(
        self, submission: Submission, tests: TestSuite | None = None, stdin: str = "", limits: Limits | None = None
    ) -> RunResult:
        """Run once with ``stdin``, or once for each test; ``limits`` may lower the language's own, never raise them.

        Raises BadSubmission (empty, too large, not for this suite), SandboxFailed.
        """

    async def check(self) -> tuple[AttackResult, ...]:
        """Attack this sandbox with a few quick hostile programs; all must be held for it to be used."""

    def health(self) -> SandboxHealth:
        """What it does now and how its last runs went; cheap, asked at any time."""

    async def aclose(self) -> None:
        """Leave no process or container behind."""


class InterviewStore(Protocol):
    """The record of interviews: append-only entries keyed (interview, sequence). Owners never see each other's."""

    async def create_interview(self, record: InterviewRecord) -> None:
        """Put a new interview on the shelf; the id must be new."""

    async def get_interview(self, interview_id: str, owner: str) -> InterviewRecord:
        """Raises NotFound for another owner's interview as for one that does not exist."""

    async def append(self, interview_id: str, entries: Sequence[Entry]) -> None:
        """Write entries once: one that is there already under the same sequence is left as it is."""

    async def get_entries(self, interview_id: str, after: int = -1) -> tuple[Entry, ...]:
        """Entries with a sequence above ``after``, in order."""

    async def end_interview(self, interview_id: str, report: Report) -> None:
        """Keep the report and mark the interview ended; may be repeated, the last report stays."""

    async def get_report(self, interview_id: str) -> Report | None:
        """The report, if the interview was finished."""

    async def acquire(self, interview_id: str, holder: str, ttl_s: float) -> bool:
        """Take or renew the ownership lock for ``ttl_s``; False while another holder's has not expired."""

    async def renew(self, interview_id: str, holder: str, ttl_s: float) -> bool:
        """Hold the lock for ``ttl_s`` from now, expired or not; False where anybody else had it since it was taken."""

    async def release(self, interview_id: str, holder: str) -> None:
        """Give the lock back, if ``holder`` still has it."""


class LibraryStore(Protocol):
    """What a person keeps: interviews, CVs and jobs by owner. Lists leave out what this version cannot read."""

    async def list_ids(self, kind: ShelfKind, owner: str, before: datetime | None = None) -> tuple[str, ...]:
        """What is kept, readable or not: all of it, or that in which nothing happened since ``before``."""

    async def list_made_from(self, paper_id: str, owner: str) -> tuple[str, ...]:
        """The ids of the interviews whose plan names a CV or a job, readable or not."""

    async def list_interviews(self, owner: str) -> tuple[InterviewRecord, ...]:
        """Newest first."""

    async def list_reports(self, owner: str) -> tuple[Report, ...]:
        """Of every interview that was finished, by the time it was created."""

    async def rename_interview(self, interview_id: str, owner: str, title: str) -> None:
        """Raises NotFound."""

    async def delete_interview(self, interview_id: str, owner: str) -> None:
        """With its entries, report and lock; raises NotFound."""

    async def add_resume(self, record: ResumeRecord) -> None:
        """Keep a CV; the id must be new."""

    async def list_resumes(self, owner: str) -> tuple[ResumeRecord, ...]:
        """Newest first."""

    async def get_resume(self, resume_id: str, owner: str) -> ResumeRecord:
        """Raises NotFound."""

    async def rename_resume(self, resume_id: str, owner: str, name: str) -> None:
        """Raises NotFound."""

    async def replace_resume(self, resume_id: str, owner: str, resume: Resume) -> None:
        """Keep a corrected CV in place of what was read; raises NotFound."""

    async def choose_resume(self, resume_id: str, owner: str) -> None:
        """Make it the owner's default, and no other; raises NotFound."""

    async def delete_resume(self, resume_id: str, owner: str) -> None:
        """Raises NotFound."""

    async def add_job(self, record: JobRecord) -> None:
        """Keep a job description; the id must be new."""

    async def list_jobs(self, owner: str) -> tuple[JobRecord, ...]:
        """Newest first."""

    async def get_job(self, job_id: str, owner: str) -> JobRecord:
        """Raises NotFound."""

    async def rename_job(self, job_id: str, owner: str, name: str) -> None:
        """Raises NotFound."""

    async def choose_job(self, job_id: str, owner: str) -> None:
        """Make it the owner's default, and no other; raises NotFound."""

    async def delete_job(self, job_id: str, owner: str) -> None:
        """Raises NotFound."""

    async def delete_owner(self, owner: str) -> tuple[str, ...]:
        """Delete everything of this owner; gives the ids of the deleted interviews."""

    async def list_owners(self, before: datetime) -> tuple[str, ...]:
        """Everybody who keeps an interview in which nothing happened since ``before``, or a paper as old."""


class AccountStore(Protocol):
    """Who may sign in, and the tokens by which they are known. Tokens are kept by digest alone."""

    async def add_account(self, account: Account) -> None:
        """Keep a new account; raises BadInput where the name is taken."""

    async def find_account(self, name: str) -> Account | None:
        """By name, as it is kept."""

    async def get_account(self, account_id: str) -> Account | None:
        """By id."""

    async def delete_account(self, account_id: str) -> None:
        """With its tokens; one that is not there is left alone."""

    async def change_password(self, account_id: str, password_hash: str) -> None:
        """Keep another hash, and forget every token of the account."""

    async def add_token(self, digest: str, account_id: str, expires_at: float, now: float) -> None:
        """A token that is good until ``expires_at``, Unix seconds; those that ran out by ``now`` go."""

    async def find_owner(self, digest: str, now: float) -> str | None:
        """The account of a token that is still good."""

    async def delete_token(self, digest: str) -> None:
        """Sign out; one that is not there is left alone."""


class SpeechToText(Protocol):
    """Ears. Made once a process and shared by all interviews; transcribing never blocks the event loop."""

    name: str
    tells_stop: bool
    """Whether a transcription says how sure its last ``stop`` is."""

    async def transcribe(self, audio: NDArray[np.float32], *, prompt: str = "") -> Transcription:
        """The words in ``audio``, float32 mono 16 kHz in [-1, 1]; ``prompt`` is text with words that are likely.

        Audio without speech gives an empty text. A cancelled call stops as soon as it can. Raises SpeechFailed.
        """

    def careful(self) -> SpeechToText | None:
        """Ears that take their time and give the times of words, for a second pass; None where there are none.

        They belong to these, and are closed together with them.
        """

    async def aclose(self) -> None:
        """Give up threads and connections; may be called twice."""


class TextToSpeech(Protocol):
    """A mouth. Made once a process and shared by all interviews."""

    name: str
    voice: str
    voices: tuple[str, ...]
    """The voices this engine can speak with, ``voice`` among them."""
    sample_rate: int
    """Of every piece it gives, Hz."""

    def synthesize(self, text: str) -> AsyncIterator[Speech]:
        """``text`` spoken, sentence by sentence; nothing for a text without words. Raises SpeechFailed."""

    async def prepare(self, texts: Iterable[str], *, is_awaited: bool = False, is_own: bool = False) -> None:
        """Make ready what is likely to be said soon, if that saves time. It may be kept, unless it ``is_own``: what
        quotes somebody stays in memory. Gives way to what is being said, unless somebody waits for it (``is_awaited``);
        that may be somebody's own and stays in memory too."""

    async def aclose(self) -> None:
        """Give up threads and connections; may be called twice."""
