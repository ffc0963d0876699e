"""The voice engine: LiveKit's AgentSession with our ears, our mouth and an interview behind it, whatever carries it.

LiveKit takes the turns (voice activity, barge-in, going on after a cough); how much silence ends one is ours to say. At
each pause the reply is rehearsed, and a turn that is committed is one call of ``Interview.reply``, which finds what was
rehearsed and runs to its end whether or not its voice is interrupted.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterable, Callable
from dataclasses import dataclass, field
from typing import Any

from livekit import rtc
from livekit.agents import Agent, AgentSession, ModelSettings, StopResponse, UserStateChangedEvent, inference, llm
from livekit.agents.language import LanguageCode
from livekit.agents.voice import SpeechHandle
from livekit.agents.voice.events import (
    AgentStateChangedEvent,
    ErrorEvent,
    SpeechCreatedEvent,
)

from interviewlab.brains.intents import find_signals
from interviewlab.errors import InterviewLabError
from interviewlab.interview import Interview
from interviewlab.ports import SpeechToText, TextToSpeech
from interviewlab.replying import ReplyStream
from interviewlab.speech.vocabulary import vocabulary_prompt
from interviewlab.types import Reply, Utterance
from interviewlab.voice.events import Caption, State, StateChange, TurnTaken, VoiceEvent, VoiceTrouble
from interviewlab.voice.frames import Microphone, Voice, frame_from_speech
from interviewlab.voice.latency import Marks, latency_from
from interviewlab.voice.listening import Ears, Heard
from interviewlab.voice.patience import (
    BARGE_IN_S,
    ECHO_S,
    HELD_S,
    RESUME_S,
    VAD_PADDING_S,
    VAD_SILENCE_S,
    Patience,
    wait_s,
)
from interviewlab.voice.rehearsal import Rehearsal
from interviewlab.voice.second_pass import listen_again
from interviewlab.voice.silence import LINES, Silence
from interviewlab.voice.turn_end import load_turn_end

Tell = Callable[[VoiceEvent], None]
TICK_S = 0.25
SETTLE_S = 0.5
"""The first sound of a reply goes before all that can wait."""
HOLD_WORDS = 12
"""A request for time to think has no more words; in a longer utterance something was answered too."""
UNHEARD = "I could not hear that. Please say it again, or type."
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
    """One interview spoken, from ``start`` to ``aclose``; the transport moves the frames of its two ends.

    ``hang_up`` is called when the interviewer ends the call because nobody speaks any more.
    """

    def __init__(
        self,
        interview: Interview,
        ears: SpeechToText,
        mouth: TextToSpeech,
        microphone: Microphone,
        tell: Tell,
        patience: Patience = "normal",
        hang_up: Callable[[], None] = lambda: None,
    ) -> None:
        self.microphone = microphone
        self.voice = Voice(self._on_line)
        self._interview = interview
        self._mouth = mouth
        self._careful = ears.careful()
        self._tell = tell
        self._patience = patience
        self._hang_up = hang_up
        self._is_held = False
        self._is_up = False
        self._turn: _Turn | None = None
        self._spoken_turn = -1
        self._is_side_line = False
        self._silence = Silence()
        self._running: set[asyncio.Task[None]] = set()
        self._watch: asyncio.Task[None] | None = None
        self._rehearsal = Rehearsal(interview, mouth)
        self._ears = Ears(ears, load_turn_end(), self._prompt, self._is_listener, self._on_words)
        self._session = self._build_session()

    def _build_session(self) -> AgentSession[None]:
        session: AgentSession[None] = AgentSession(
            stt=self._ears,
            vad=inference.VAD(min_silence_duration=VAD_SILENCE_S, prefix_padding_duration=VAD_PADDING_S),
            llm=_NoModel(),
            turn_handling={
                "turn_detection": _Waiting(self),
                "endpointing": _endpointing(wait_s(self._patience, 0.0)),
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
        session.on("user_state_changed", self._on_candidate)
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
        self._watch = asyncio.create_task(self._watch_silence())

    async def aclose(self) -> None:
        """Stop listening and speaking. A turn that has begun is finished and recorded first."""
        self._is_up = False
        if self._watch is not None:
            self._watch.cancel()
        self._rehearsal.drop()
        self.microphone.close()
        await self._session.aclose()
        if self._running:
            await asyncio.wait(self._running)
        self._tell(StateChange(state="ended"))

    # ---- what the page asks for

    def set_patience(self, patience: Patience) -> None:
        """Wait longer or shorter for more words."""
        self._patience = patience

    def hold(self, is_on: bool) -> None:
        """Give the candidate time: no turn ends until this is taken back, and then what was said is the answer."""
        self._is_held = is_on
        self._silence.broken()
        if is_on:
            self._session.update_options(endpointing_opts=_endpointing(HELD_S))
            self._tell(StateChange(state="held"))
        else:
            self._tell(StateChange(state="listening"))
            if self._is_up:
                self._spawn(self._answer_now())

    def typing(self) -> None:
        """The candidate is at the keyboard: the silence is none."""
        self._silence.broken()

    async def say(self, text: str) -> None:
        """A typed answer, with what was spoken before it; the reply is spoken."""
        before = await self._ears.take()
        whole = f"{before.text} {text}".strip()
        self._take_up(Utterance(text=whole, source="typed"))

    async def catch_up(self) -> None:
        """Speak a reply that the interview gave elsewhere: to code that was handed in."""
        await self._interview.refresh()
        last = self._interview.progress.last_reply
        if last is not None and last.turn > self._spoken_turn:
            self._session.interrupt()
            self._begin(self._interview.start())
            self._session.generate_reply()

    async def _answer_now(self) -> None:
        heard = await self._ears.take()
        if heard.text:
            self._session.clear_user_turn()
            self._take_up(Utterance(text=heard.text, source="voice", words=heard.words), heard)

    def _take_up(self, utterance: Utterance, heard: Heard | None = None) -> None:
        self._tell(Caption(who="candidate", text=utterance.text, is_final=True))
        self._session.interrupt()
        self._begin(self._interview.reply(utterance), heard)
        self._session.generate_reply()

    # ---- turns

    async def wait_s(self) -> float:
        """How much silence ends the turn that is being spoken."""
        await asyncio.sleep(0)  # ears that were told of the same pause begin first
        await self._ears.idle()
        return HELD_S if self._is_held else wait_s(self._patience, self._ears.state.finished)

    def set_wait(self, seconds: float) -> None:
        """End turns after so much silence."""
        self._session.update_options(endpointing_opts=_endpointing(seconds))

    async def answer(self, message: llm.ChatMessage) -> None:
        """A turn of the candidate was committed: take the one turn of the interview that it is.

        Whoever speaks on before the first sound of the reply is ready had not finished: nothing is recorded, and all
        words are one answer.
        """
        heard = await self._ears.take()
        if not heard.text:
            raise StopResponse
        if is_hold(heard.text):
            self._give_time(heard)
            raise StopResponse
        ended_at = time.time()
        await self._rehearsal.ready(heard.text)
        if self._session.user_state == "speaking":
            self._ears.give_back(heard)
            raise StopResponse
        self._tell(Caption(who="candidate", text=heard.text, is_final=True))
        utterance = Utterance(text=heard.text, source="voice", words=heard.words)
        marks, state = self._begin(self._interview.reply(utterance), heard).marks, self._ears.state
        marks.quiet_at = max(message.metrics.get("stopped_speaking_at", 0.0), state.quiet_at or 0.0)
        marks.heard_at, marks.ended_at = state.heard_at, ended_at

    def _give_time(self, heard: Heard) -> None:
        """ "Hold on, let me think" is no answer yet: its words belong to what comes."""
        self._ears.give_back(heard)
        self._silence.broken()
        self._tell(StateChange(state="held"))

    def _begin(self, reply: ReplyStream, heard: Heard | None = None) -> _Turn:
        turn = self._turn = _Turn()
        prompt = self._prompt()
        self._spawn(self._take(turn, reply))
        self._spawn(self._make_ready(turn))
        if heard is not None and self._careful is not None:
            self._spawn(self._listen_again(turn, self._careful, heard, prompt))
        return turn

    async def _listen_again(self, turn: _Turn, ears: SpeechToText, heard: Heard, prompt: str) -> None:
        """While the interviewer speaks; what was said stays as it was heard where this fails."""
        reply = await turn.reply
        if reply is None:
            return
        try:
            await listen_again(self._interview, ears, reply.turn, heard, prompt)
        except InterviewLabError as error:
            self._tell(VoiceTrouble(sentence=str(error)))

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
            self._spoken_turn = reply.turn
            self._tell(TurnTaken(turn=reply.turn, is_ended=reply.ended))

    async def sentences(self) -> AsyncGenerator[str, None]:
        """The sentences of the turn under way, as they come."""
        turn = self._turn
        while turn is not None and (sentence := await turn.sentences.get()) is not None:
            yield sentence + " "

    async def speak(self, sentences: AsyncIterable[str]) -> AsyncGenerator[rtc.AudioFrame, None]:
        """Sentences as frames. One that cannot be spoken is shown instead."""
        async for sentence in sentences:
            said = sentence.strip()
            try:
                for prepared in self._rehearsal.sounds(said):
                    yield await asyncio.to_thread(frame_from_speech, prepared)
                if self._rehearsal.sounds(said):
                    continue
                async for speech in self._mouth.synthesize(said):
                    yield await asyncio.to_thread(frame_from_speech, speech)
            except InterviewLabError as error:
                self._tell(VoiceTrouble(sentence=str(error)))
                self._tell(Caption(who="interviewer", text=said, is_final=True))

    def _on_speech(self, event: SpeechCreatedEvent) -> None:
        turn = self._turn
        if turn is not None and event.source != "say":
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

    def _on_words(self, text: str) -> None:
        self._tell(Caption(who="candidate", text=text, is_final=False))
        self._silence.broken()
        if not self._is_held:
            self._rehearsal.begin(text)

    def _on_candidate(self, event: UserStateChangedEvent) -> None:
        self._silence.broken()

    def _on_state(self, event: AgentStateChangedEvent) -> None:
        if event.old_state == "speaking" and not self._is_side_line:
            self._silence.broken()
        if event.new_state in _STATES and not self._is_held:
            self._tell(StateChange(state=_STATES[event.new_state]))

    def _on_error(self, event: ErrorEvent) -> None:
        if not getattr(event.error, "recoverable", False):
            self._tell(VoiceTrouble(sentence=UNHEARD))
            self._spawn(self._say_aside(UNHEARD))

    # ---- beside the turns

    async def _make_ready(self, turn: _Turn) -> None:
        """While the interviewer speaks, make ready what may be said next."""
        if await turn.reply is None:
            return
        await asyncio.sleep(SETTLE_S)
        try:
            for line in await self._interview.warm_up():
                if self._turn is not turn or self._session.agent_state != "speaking":
                    return
                await self._mouth.prepare([line])
        except InterviewLabError as error:
            self._tell(VoiceTrouble(sentence=str(error)))

    async def _watch_silence(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            is_quiet = self._session.agent_state == "listening" and self._session.user_state != "speaking"
            if self._is_held or not is_quiet or self._interview.progress.is_ended:
                continue
            step = self._silence.due(self._patience, self._interview.exercise is not None)
            if step is not None:
                await self._note("nudge", LINES[step])
                await self._say_aside(LINES[step])
            if step == "pause":
                self._tell(StateChange(state="paused"))
                self._hang_up()

    async def _say_aside(self, line: str) -> None:
        """Words that belong to no turn."""
        self._is_side_line = True
        try:
            await self._session.say(line, add_to_chat_ctx=False)
        finally:
            self._is_side_line = False

    async def _note(self, topic: str, text: str) -> None:
        try:
            await self._interview.note(topic, text)
        except InterviewLabError as error:
            self._tell(VoiceTrouble(sentence=str(error)))

    def _is_listener(self) -> bool:
        return self._session.agent_state == "speaking" or self.voice.is_paused

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


class _Waiting:
    """How LiveKit asks whether a turn has ended. The answer is always no, but the silence that ends it is ours."""

    model = "interviewlab"
    provider = "interviewlab"

    def __init__(self, voice: VoiceSession) -> None:
        self._voice = voice

    async def unlikely_threshold(self, language: LanguageCode | None) -> float | None:
        """Every probability lies below."""
        return 1.0

    async def supports_language(self, language: LanguageCode | None) -> bool:
        """English, and we are not asked for others."""
        return True

    async def predict_end_of_turn(self, chat_ctx: llm.ChatContext, *, timeout: float | None = None) -> float:
        """Sets the wait and says no."""
        self._voice.set_wait(await self._voice.wait_s())
        return 0.0


def is_hold(text: str) -> bool:
    """Whether somebody only asks for time to think."""
    return len(text.split()) <= HOLD_WORDS and "hold" in find_signals(text)


def _endpointing(seconds: float) -> Any:
    return {"mode": "fixed", "min_delay": seconds, "max_delay": seconds}
