"""LiveKit's AgentSession as we use it: it takes the turns, and asks us for every word and every wait."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable
from concurrent.futures import Executor, Future
from typing import Any, Protocol

from livekit import rtc
from livekit.agents import Agent, AgentEvent, AgentSession, ModelSettings, inference, llm, stt
from livekit.agents.language import LanguageCode
from livekit.agents.voice.events import EventTypes

from interviewlab.voice.patience import (
    BARGE_IN_S,
    ECHO_S,
    RESUME_S,
    VAD_CUT_IN_S,
    VAD_PADDING_S,
    VAD_SILENCE_S,
    VAD_SPEECH_S,
)


class Conversation(Protocol):
    """What the engine asks for."""

    async def wait_s(self) -> float:
        """How much silence ends the turn that is being spoken."""
        ...

    def set_wait(self, seconds: float) -> None:
        """End turns after so much silence from now on."""
        ...

    async def answer(self, message: llm.ChatMessage) -> None:
        """A turn of the candidate was committed; StopResponse where there is nothing to answer."""
        ...

    def sentences(self) -> AsyncIterable[str]:
        """The reply under way."""
        ...

    def speak(self, sentences: AsyncIterable[str]) -> AsyncIterable[rtc.AudioFrame]:
        """Sentences as frames."""
        ...


def build_agent_session(conversation: Conversation, ears: stt.STT[str], wait_s: float) -> AgentSession[None]:
    """A session that listens by ``ears`` and at first ends turns after ``wait_s`` of silence."""
    return _Session(
        stt=ears,
        vad=inference.VAD(
            min_speech_duration=VAD_SPEECH_S,
            min_silence_duration=VAD_SILENCE_S,
            prefix_padding_duration=VAD_PADDING_S,
            executor=_AtOnce(),
        ),
        llm=_NoModel(),
        turn_handling={
            "turn_detection": _Waiting(conversation),
            "endpointing": endpointing(wait_s),
            "interruption": {
                "mode": "vad",
                "min_duration": BARGE_IN_S,
                "resume_false_interruption": True,
                "false_interruption_timeout": RESUME_S,
            },
            "preemptive_generation": {"enabled": False},
        },
        aec_warmup_duration=ECHO_S,
        tts_text_transforms=None,  # the mouth has its own, and LiveKit's would keep "Sure!" back for what follows
        user_away_timeout=None,
    )


def listen_for(session: AgentSession[None], *, cutting_in: bool) -> None:
    """Take less for the beginning of speech while it would be ``cutting_in``."""
    if isinstance(session.vad, inference.VAD):
        session.vad.update_options(min_speech_duration=VAD_CUT_IN_S if cutting_in else VAD_SPEECH_S)


def endpointing(seconds: float) -> Any:
    """LiveKit's options by which turns end after ``seconds`` of silence."""
    return {"mode": "fixed", "min_delay": seconds, "max_delay": seconds}


class Interviewer(Agent):
    """LiveKit's view of the interviewer: each hook asks the conversation."""

    def __init__(self, conversation: Conversation) -> None:
        super().__init__(instructions="")
        self._conversation = conversation

    async def on_user_turn_completed(self, turn_ctx: llm.ChatContext, new_message: llm.ChatMessage) -> None:
        """The conversation answers."""
        await self._conversation.answer(new_message)

    def llm_node(
        self, chat_ctx: llm.ChatContext, tools: list[llm.Tool], model_settings: ModelSettings
    ) -> AsyncIterable[str]:
        """The reply under way, whatever LiveKit holds for the history."""
        return self._conversation.sentences()

    def tts_node(self, text: AsyncIterable[str], model_settings: ModelSettings) -> AsyncIterable[rtc.AudioFrame]:
        """Our mouth."""
        return self._conversation.speak(text)


class _AtOnce(Executor):
    """Looks for a voice where it is asked to: a look takes 0.02 ms, and to hand it to a thread and back, sixty times
    a second and call, takes longer."""

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(work(*given, **named))
        except Exception as error:  # noqa: BLE001 - whoever waits for it raises it
            done.set_exception(error)
        return done


class _Session(AgentSession[None]):
    """AgentSession keeps each event for a report at the end, some fifty a turn; the transcript is our report."""

    def emit(self, event: EventTypes, arg: AgentEvent) -> None:
        """Tell who listens; keep nothing."""
        super().emit(event, arg)
        getattr(self, "_recorded_events", []).clear()


class _NoModel(llm.LLM[str]):
    """AgentSession answers nothing unless it has a model; ours is the interview, by ``llm_node``."""

    def chat(self, **asked: Any) -> llm.LLMStream:
        raise NotImplementedError("the interview answers, not a model")


class _Waiting:
    """How LiveKit asks whether a turn has ended. The answer is always no, but the silence that ends it is ours."""

    model = "interviewlab"
    provider = "interviewlab"

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    async def unlikely_threshold(self, language: LanguageCode | None) -> float | None:
        """Every probability lies below."""
        return 1.0

    async def supports_language(self, language: LanguageCode | None) -> bool:
        """English, and we are not asked for others."""
        return True

    async def predict_end_of_turn(self, chat_ctx: llm.ChatContext, *, timeout: float | None = None) -> float:
        """Sets the wait and says no."""
        self._conversation.set_wait(await self._conversation.wait_s())
        return 0.0
