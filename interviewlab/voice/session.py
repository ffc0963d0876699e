"""The voice engine: LiveKit's AgentSession with our ears, our mouth and an interview behind it, whatever carries it.

LiveKit takes the turns (voice activity, end of turn, barge-in, going on after a cough). A turn that it commits is one
call of ``Interview.reply``, which runs to its end whether or not its voice is interrupted.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterable, Callable
from dataclasses import dataclass, field
from typing import Any

from livekit import rtc
from livekit.agents import Agent, AgentSession, ModelSettings, StopResponse, inference, llm
from livekit.agents.voice import SpeechHandle
from livekit.agents.voice.events import (
    AgentStateChangedEvent,
    ErrorEvent,
    SpeechCreatedEvent,
    UserInputTranscribedEvent,
)

from interviewlab.errors import InterviewLabError
from interviewlab.interview import Interview
from interviewlab.ports import SpeechToText, TextToSpeech
from interviewlab.replying import ReplyStream
from interviewlab.speech.vocabulary import vocabulary_prompt
from interviewlab.types import Reply, Utterance
from interviewlab.voice.events import Caption, State, StateChange, TurnTaken, VoiceEvent, VoiceTrouble
from interviewlab.voice.frames import Microphone, Voice, frame_from_speech
from interviewlab.voice.latency import Marks, latency_from
from interviewlab.voice.listening import Ears
from interviewlab.voice.patience import BARGE_IN_S, DELAYS, ECHO_S, HELD, RESUME_S, VAD_SILENCE_S, Delays, Patience

Tell = Callable[[VoiceEvent], None]
_STATES: dict[str, State] = {
    "listening": "listening",
    "idle": "listening",
    "thinking": "thinking",
    "speaking": "speaking",
}


@dataclass
class _Turn:
    """One turn of the interview on its way to the voice; ``sentences`` ends with None."""

    marks: Marks = field(default_factory=Marks)
    sentences: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)
    reply: asyncio.Future[Reply | None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class VoiceSession:
    """One interview spoken, from ``start`` to ``aclose``; the transport moves the frames of its two ends."""

    def __init__(
        self,
        interview: Interview,
        ears: SpeechToText,
        mouth: TextToSpeech,
        microphone: Microphone,
        tell: Tell,
        patience: Patience = "normal",
    ) -> None:
        self.microphone = microphone
        self.voice = Voice(self._on_line)
        self._interview = interview
        self._mouth = mouth
        self._tell = tell
        self._patience = patience
        self._is_held = False
        self._is_up = False
        self._turn: _Turn | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._ears = Ears(ears, self._prompt, lambda: self._session.agent_state == "speaking" or self.voice.is_paused)
        self._session = self._build_session()

    def _build_session(self) -> AgentSession[None]:
        session: AgentSession[None] = AgentSession(
            stt=self._ears,
            vad=inference.VAD(min_silence_duration=VAD_SILENCE_S),
            llm=_NoModel(),
            turn_handling={
                "turn_detection": inference.TurnDetector(version="v1-mini"),
                "endpointing": _endpointing(DELAYS[self._patience]),
                "interruption": {
                    "mode": "vad",
                    "min_duration": BARGE_IN_S,
                    "resume_false_interruption": True,
                    "false_interruption_timeout": RESUME_S,
                },
                "preemptive_generation": {"enabled": False},
            },
            aec_warmup_duration=ECHO_S,
            user_away_timeout=None,
        )
        session.on("agent_state_changed", self._on_state)
        session.on("user_input_transcribed", self._on_heard)
        session.on("speech_created", self._on_speech)
        session.on("error", self._on_error)
        return session

    async def start(self) -> None:
        """Greet, or say the last reply again, and listen from then on."""
        self._session.input.audio = self.microphone
        self._session.output.audio = self.voice
        self._begin(self._interview.start())
        await self._session.start(_Interviewer(self), record=False)
        self._session.generate_reply()
        self._is_up = True

    async def aclose(self) -> None:
        """Stop listening and speaking. A turn that has begun is finished and recorded first."""
        self.microphone.close()
        await self._session.aclose()
        if self._running:
            await asyncio.wait(self._running)
        self._tell(StateChange(state="ended"))

    def set_patience(self, patience: Patience) -> None:
        """Wait longer or shorter for more words."""
        self._patience = patience
        self._apply_delays()

    def hold(self, is_on: bool) -> None:
        """Give the candidate time: no turn ends until this is taken back, and then what was said is the answer."""
        self._is_held = is_on
        self._apply_delays()
        if is_on:
            self._tell(StateChange(state="held"))
        else:
            self._tell(StateChange(state="listening"))
            if self._is_up:
                self._session.commit_user_turn()

    def _apply_delays(self) -> None:
        delays = HELD if self._is_held else DELAYS[self._patience]
        self._session.update_options(endpointing_opts=_endpointing(delays))

    # ---- turns

    async def answer(self, message: llm.ChatMessage) -> None:
        """A turn of the candidate was committed: take the one turn of the interview that it is."""
        text, words = await self._ears.take()
        if not text:
            raise StopResponse
        self._tell(Caption(who="candidate", text=text, is_final=True))
        turn = self._begin(self._interview.reply(Utterance(text=text, source="voice", words=words)))
        turn.marks.quiet_at = max(message.metrics.get("stopped_speaking_at", 0.0), self._ears.quiet_at or 0.0)
        turn.marks.heard_at = self._ears.heard_at
        turn.marks.ended_at = time.time()

    def _begin(self, reply: ReplyStream) -> _Turn:
        turn = self._turn = _Turn()
        self._spawn(self._take(turn, reply))
        return turn

    async def _take(self, turn: _Turn, stream: ReplyStream) -> None:
        reply: Reply | None = None
        try:
            async for piece in stream:
                if isinstance(piece, Reply):
                    reply = piece
                else:
                    turn.marks.answered_at = turn.marks.answered_at or time.time()
                    turn.sentences.put_nowait(piece)
        except InterviewLabError as error:
            self._tell(VoiceTrouble(sentence=str(error)))
            turn.sentences.put_nowait("Sorry, something went wrong on my side. What happened is written on the page.")
        finally:
            turn.sentences.put_nowait(None)
            turn.reply.set_result(reply)
        if reply is not None:
            self._tell(TurnTaken(turn=reply.turn, is_ended=reply.ended))

    async def sentences(self) -> AsyncGenerator[str, None]:
        """The sentences of the turn under way, as they come."""
        turn = self._turn
        while turn is not None and (sentence := await turn.sentences.get()) is not None:
            yield sentence + " "

    async def speak(self, sentences: AsyncIterable[str]) -> AsyncGenerator[rtc.AudioFrame, None]:
        """Sentences as frames. One that cannot be spoken is shown instead."""
        async for sentence in sentences:
            try:
                async for speech in self._mouth.synthesize(sentence.strip()):
                    yield await asyncio.to_thread(frame_from_speech, speech)
            except InterviewLabError as error:
                self._tell(VoiceTrouble(sentence=str(error)))
                self._tell(Caption(who="interviewer", text=sentence.strip(), is_final=True))

    def _on_speech(self, event: SpeechCreatedEvent) -> None:
        turn = self._turn
        if turn is not None:
            event.speech_handle.add_done_callback(lambda handle: self._on_spoken(turn, handle))

    def _on_spoken(self, turn: _Turn, handle: SpeechHandle) -> None:
        if handle.interrupted:
            said = [item.text_content or "" for item in handle.chat_items if isinstance(item, llm.ChatMessage)]
            self._spawn(self._record_heard(turn, " ".join(said).strip()))

    async def _record_heard(self, turn: _Turn, text: str) -> None:
        reply = await turn.reply
        if reply is None or text == reply.text:
            return
        try:
            await self._interview.heard(reply.turn, text)
        except InterviewLabError as error:
            self._tell(VoiceTrouble(sentence=str(error)))

    # ---- what the page is told

    def _on_line(self, text: str) -> None:
        turn = self._turn
        if turn is not None and turn.marks.sounded_at is None:
            turn.marks.sounded_at = time.time()
            self._spawn(self._tell_latency(turn))
        self._tell(Caption(who="interviewer", text=text, is_final=True))

    async def _tell_latency(self, turn: _Turn) -> None:
        reply = await turn.reply
        if reply is not None and (latency := latency_from(turn.marks, reply.turn)):
            self._tell(latency)

    def _on_heard(self, event: UserInputTranscribedEvent) -> None:
        self._tell(Caption(who="candidate", text=event.transcript, is_final=False))

    def _on_state(self, event: AgentStateChangedEvent) -> None:
        if event.new_state in _STATES and not self._is_held:
            self._tell(StateChange(state=_STATES[event.new_state]))

    def _on_error(self, event: ErrorEvent) -> None:
        if not getattr(event.error, "recoverable", False):
            self._tell(VoiceTrouble(sentence="I could not hear that. Please say it again, or type."))

    def _prompt(self) -> str:
        last, plan = self._interview.progress.last_reply, self._interview.plan
        skills = (skill for question in plan.personal for skill in question.skills)
        return vocabulary_prompt(last.text if last else "", skills, plan.role.split())

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)


class _Interviewer(Agent):
    """LiveKit's view of the interviewer: each hook asks the session."""

    def __init__(self, voice: VoiceSession) -> None:
        super().__init__(instructions="")
        self._voice = voice

    async def on_user_turn_completed(self, turn_ctx: llm.ChatContext, new_message: llm.ChatMessage) -> None:
        await self._voice.answer(new_message)

    def llm_node(
        self, chat_ctx: llm.ChatContext, tools: list[llm.Tool], model_settings: ModelSettings
    ) -> AsyncIterable[str]:
        return self._voice.sentences()

    def tts_node(self, text: AsyncIterable[str], model_settings: ModelSettings) -> AsyncIterable[rtc.AudioFrame]:
        return self._voice.speak(text)


class _NoModel(llm.LLM[str]):
    """AgentSession answers nothing unless it has a model; ours is the interview, by ``llm_node``."""

    def chat(self, **asked: Any) -> llm.LLMStream:
        raise NotImplementedError("the interview answers, not a model")


def _endpointing(delays: Delays) -> Any:
    return {"mode": "fixed", "min_delay": delays.sure_s, "max_delay": delays.unsure_s}
