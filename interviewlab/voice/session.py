"""The voice engine: LiveKit's AgentSession with our ears, our mouth and an interview behind it, whatever carries it.

LiveKit takes the turns (voice activity, barge-in, going on after a cough); how much silence ends one is ours to say. At
each pause the reply is rehearsed, and a turn that is committed is one call of ``Interview.reply``, which finds what was
rehearsed and runs to its end whether or not its voice is interrupted.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, Callable
from contextlib import suppress
from typing import Any

from livekit import rtc
from livekit.agents import StopResponse, UserStateChangedEvent, llm
from livekit.agents.voice import SpeechHandle
from livekit.agents.voice.events import AgentStateChangedEvent, CloseEvent, ErrorEvent, SpeechCreatedEvent

from interviewlab.errors import SpeechFailed
from interviewlab.interview import Interview
from interviewlab.ports import SpeechToText, TextToSpeech
from interviewlab.replying import ReplyStream
from interviewlab.speech.sentences import split_sentences
from interviewlab.types import Utterance
from interviewlab.voice.engine import Interviewer, build_agent_session, endpointing, listen_for
from interviewlab.voice.events import Caption, State, StateChange, TurnTaken, VoiceEvent, VoiceTrouble
from interviewlab.voice.frames import Microphone, Voice
from interviewlab.voice.latency import latency_from
from interviewlab.voice.listening import Ears, Heard, expected_words
from interviewlab.voice.manners import is_hold
from interviewlab.voice.patience import ECHO_TAIL_S, HELD_S, Patience, wait_s
from interviewlab.voice.record import Record
from interviewlab.voice.rehearsal import Rehearsal
from interviewlab.voice.silence import LINES, Silence, Step
from interviewlab.voice.speaking import Speaking
from interviewlab.voice.spoken_turn import SpokenTurn
from interviewlab.voice.trouble import sentence_of
from interviewlab.voice.turn_end import turn_end_for

Tell = Callable[[VoiceEvent], None]
TICK_S = 0.25
SETTLE_S = 0.5
"""The first sound of a reply goes before all that can wait."""
GREETED = 2
"""Sentences of the greeting whose sound is there before the call stands."""
ECHO_LINES = 4
"""A microphone picks up no more than the last sentences."""
UNHEARD = "I could not hear that. Please say it again, or type."
BROKEN = "The voice broke. Start it again, or go on by typing."
_STATES: dict[str, State] = {
    "listening": "listening",
    "idle": "listening",
    "thinking": "thinking",
    "speaking": "speaking",
}


class VoiceSession:
    """One interview spoken, from ``start`` to ``aclose``; the transport moves the frames of its two ends.

    ``hang_up`` is called when the interviewer ends the call: nobody speaks any more, or the voice broke.
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
        self._record = Record(interview, ears.careful(), self._on_trouble)
        self._tell = tell
        self._patience = patience
        self._hang_up = hang_up
        self._is_held = False
        self._is_up = False
        self._is_paused = False
        self._turn: SpokenTurn | None = None
        self._silenced: SpokenTurn | None = None
        """Its voice was interrupted."""
        self._spoken_turn = -1
        self._is_side_line = False
        self._asked_for_time = ""
        """In these words, which belong to the answer that is to come."""
        self._lines: deque[str] = deque(maxlen=ECHO_LINES)
        self._spoke_until = 0.0
        self._silence = Silence()
        self._running: set[asyncio.Task[None]] = set()
        self._watch: asyncio.Task[None] | None = None
        self._rehearsal = Rehearsal(interview, mouth)
        self._speaking = Speaking(mouth, self._rehearsal, self._on_unspoken)
        self._ears = Ears(ears, turn_end_for(ears), self._prompt, self._overheard, self._on_words, self._on_unheard)
        self._session = build_agent_session(self, self._ears, wait_s(patience, 0.0))
        self._session.on("agent_state_changed", self._on_state)
        self._session.on("user_state_changed", self._on_candidate)
        self._session.on("speech_created", self._on_speech)
        self._session.on("error", self._on_error)
        self._session.on("close", self._on_close)

    async def prepare(self) -> None:
        """Before the call stands: the greeting, or the last reply again, is ready to sound, and listening begins."""
        self._session.input.audio = self.microphone
        self._session.output.audio = self.voice
        turn = self._begin(self._interview.start())
        await self._session.start(Interviewer(self), record=False)
        reply = await turn.reply
        if reply is not None:
            with suppress(SpeechFailed):  # it fails again when it is to sound, and is told then
                await self._mouth.prepare(split_sentences(reply.text)[:GREETED], is_awaited=True)

    async def start(self, preface: str = "") -> None:
        """Greet, or say what the interview said elsewhere since ``prepare``, which has run; listen from then on. A
        ``preface`` is said before and belongs to no turn."""
        if await self._is_behind():
            self._begin(self._interview.start())
        if preface:
            self._session.say(preface, audio=self.speak(_once(preface)), add_to_chat_ctx=False)
        self._session.generate_reply()
        self._is_up = True
        self._silence.broken()
        if self._turn is not None:
            self._spawn(self._make_ready(self._turn))
        self._watch = asyncio.create_task(self._watch_silence())

    async def aclose(self) -> None:
        """Stop listening and speaking. A turn that has begun is finished and recorded first, and what was said since is
        one more; who closes the interview waits for a second hearing."""
        self._is_up = False
        if self._watch is not None:
            self._watch.cancel()
        self._rehearsal.close()
        self.microphone.close()
        await self._session.aclose()
        await self._take_rest()
        self._pass_over()
        if self._running:
            await asyncio.wait(self._running)
        self._tell(StateChange(state="paused" if self._is_paused else "ended"))

    # ---- what the page asks for

    def set_patience(self, patience: Patience) -> None:
        """Wait longer or shorter for more words."""
        self._patience = patience

    def hold(self, is_on: bool) -> None:
        """Give the candidate time: no turn ends until this is taken back, and then what was said is the answer."""
        self._is_held = is_on
        self._silence.broken()
        if is_on:
            self._session.update_options(endpointing_opts=endpointing(HELD_S))
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
        """Speak a reply that the interview gave elsewhere: to code that was handed in, or an offer of help. Whoever is
        speaking is heard out first."""
        while self._is_up and self._session.user_state == "speaking":  # noqa: ASYNC110 LiveKit has no event for it
            await asyncio.sleep(TICK_S)
        if await self._is_behind():
            self._session.interrupt()
            self._begin(self._interview.start())
            self._session.generate_reply()

    async def _is_behind(self) -> bool:
        """Whether the interview gave a reply elsewhere."""
        await self._interview.refresh()
        last = self._interview.progress.last_reply
        return last is not None and last.turn > self._spoken_turn

    async def _answer_now(self) -> None:
        heard = await self._ears.take()
        if heard.text and self._only_asks_for_time(heard):
            self._give_time(heard)
        elif heard.text:
            self._take_up(Utterance(text=heard.text, source="voice", words=heard.words), heard)

    def _take_up(self, utterance: Utterance, heard: Heard | None = None) -> None:
        self._asked_for_time = ""
        self._tell(Caption(who="candidate", text=utterance.text, is_final=True))
        self._session.clear_user_turn()  # its words are taken; where it ends all the same, ``answer`` knows
        self._session.interrupt()
        self._begin(self._interview.reply(utterance), heard)
        self._session.generate_reply()

    # ---- turns

    async def wait_s(self) -> float:
        """How much silence ends the turn that is being spoken."""
        if self._is_held:
            return HELD_S
        await asyncio.sleep(0)  # ears that were told of the same pause begin first
        await self._ears.idle()
        return HELD_S if self._is_held else wait_s(self._patience, self._ears.state.finished)

    def set_wait(self, seconds: float) -> None:
        """End turns after so much silence."""
        self._session.update_options(endpointing_opts=endpointing(seconds))

    async def answer(self, message: llm.ChatMessage) -> None:
        """A turn of the candidate was committed: take the one turn of the interview that it is.

        Whoever speaks on before the first sound of the reply is ready had not finished: nothing is recorded, and all
        words are one answer. A turn whose words were all taken before is none, nor is what is said over the goodbye,
        but LiveKit has silenced the reply to the one before it: that one goes on.
        """
        heard = await self._ears.take()
        if not heard.text or self._interview.progress.is_ended:
            if self._silenced is None or self._silenced is not self._turn:
                self._on_nothing()
                raise StopResponse
            return  # to ``_on_speech``
        if self._is_held:
            self._ears.give_back(heard)
            raise StopResponse
        if self._only_asks_for_time(heard):
            self._give_time(heard)
            raise StopResponse
        ended_at = time.time()
        first = await self._rehearsal.ready(heard.text)
        if self._session.user_state == "speaking":
            self._ears.give_back(heard)
            raise StopResponse
        self._asked_for_time = ""
        self._tell(Caption(who="candidate", text=heard.text, is_final=True))
        utterance = Utterance(text=heard.text, source="voice", words=heard.words)
        is_settled = self._turn is None or self._turn.reply.done()
        turn, state = self._begin(self._interview.reply(utterance), heard), self._ears.state
        self._rehearsal.take()
        if first and is_settled and not self._interview.progress.is_ended:
            turn.presume(first)
        marks = turn.marks
        marks.quiet_at = max(message.metrics.get("stopped_speaking_at", 0.0), state.quiet_at or 0.0)
        marks.heard_at, marks.ended_at = state.heard_at, ended_at

    async def _take_rest(self) -> None:
        """The call is over before the turn was: its words are an answer, whose reply the next call says; but not where
        the reply that was spoken last was answered elsewhere meanwhile."""
        if self._turn is not None:
            await self._turn.reply
        heard = await self._ears.take()
        if heard.text and not self._only_asks_for_time(heard) and not self._interview.progress.is_ended:
            self._tell(Caption(who="candidate", text=heard.text, is_final=True))
            utterance = Utterance(text=heard.text, source="voice", words=heard.words)
            self._begin(self._interview.reply(utterance, answers_turn=self._spoken_turn), heard)

    def _on_nothing(self) -> None:
        if self._interview.progress.is_ended and self._session.agent_state == "listening":
            self._tell(StateChange(state="listening"))  # it was held back where the goodbye was paused

    def _only_asks_for_time(self, heard: Heard) -> bool:
        """Whether no more than that came, behind an earlier request if there was one."""
        more = " ".join(heard.text.split()[len(self._asked_for_time.split()) :])
        return not more or is_hold(more)

    def _give_time(self, heard: Heard) -> None:
        """ "Hold on, let me think" is no answer yet: its words belong to what comes."""
        self._pass_over()
        self._ears.give_back(heard)
        self._asked_for_time = heard.text
        self._silence.broken()
        self._tell(StateChange(state="held"))

    def _begin(self, reply: ReplyStream, heard: Heard | None = None) -> SpokenTurn:
        self._pass_over()
        turn = self._turn = SpokenTurn()
        self._spawn(self._take(turn, reply))
        if self._is_up:
            self._spawn(self._make_ready(turn))
        if heard is not None:
            self._interview.do_beside(self._record.heard_again(turn, heard, self._prompt()))
        return turn

    async def _take(self, turn: SpokenTurn, stream: ReplyStream) -> None:
        error = await turn.take(stream)
        if error is not None:
            self._on_trouble(sentence_of(error))
        if (reply := await turn.reply) is not None:
            self._spoken_turn = reply.turn
            self._tell(TurnTaken(turn=reply.turn, is_ended=reply.ended))
        if turn.misspoken and turn.marks.sounded_at:
            await self._record.note(
                "misspoken", f"Said before the turn was recorded, and no part of it: {turn.misspoken}"
            )

    async def sentences(self) -> AsyncGenerator[str, None]:
        """The sentences of the turn under way, as they come."""
        if self._turn is not None:
            async for sentence in self._turn.sentences():
                yield sentence

    def speak(self, sentences: AsyncIterable[str]) -> AsyncGenerator[rtc.AudioFrame, None]:
        """Sentences as frames. One that cannot be spoken is shown instead."""
        return self._speaking.frames(sentences)

    def _on_unspoken(self, said: str, error: Exception) -> None:
        self._on_trouble(sentence_of(error))
        self._tell(Caption(who="interviewer", text=said, is_final=True))

    def _on_speech(self, event: SpeechCreatedEvent) -> None:
        turn = self._turn
        if turn is not None and event.source != "say":
            if turn is self._silenced:
                self._silenced = None
                turn.again()
            event.speech_handle.add_done_callback(lambda handle: self._on_spoken(turn, handle))

    def _on_spoken(self, turn: SpokenTurn, handle: SpeechHandle) -> None:
        if not handle.interrupted:
            return
        self._pass_over()
        said = [item.text_content or "" for item in handle.chat_items if isinstance(item, llm.ChatMessage)]
        turn.said = " ".join(said).strip() if turn.marks.sounded_at else ""
        self._silenced = turn
        if turn is not self._turn:
            self._pass_over()

    def _pass_over(self) -> None:
        """What was silenced and did not go on stays unheard."""
        silenced, self._silenced = self._silenced, None
        if silenced is not None:
            self._spawn(self._record.cut_short(silenced, silenced.heard))

    # ---- what the page is told

    def _on_line(self, text: str) -> None:
        self._lines.append(text)
        turn = self._turn
        if turn is not None and turn.marks.sounded_at is None:
            turn.marks.sounded_at = time.time()
            self._spawn(self._tell_latency(turn))
        self._tell(Caption(who="interviewer", text=text, is_final=True))

    async def _tell_latency(self, turn: SpokenTurn) -> None:
        reply = await turn.reply
        if reply is not None and (latency := latency_from(turn.marks, reply.turn)):
            self._tell(latency)

    def _on_words(self, text: str) -> None:
        self._tell(Caption(who="candidate", text=text, is_final=False))
        self._silence.broken()
        if self._asked_for_time and text != self._asked_for_time and not self._is_held:
            self._tell(StateChange(state="listening"))
        if not self._is_held and self._session.user_state != "speaking":
            self._rehearsal.begin(text)

    def _on_candidate(self, event: UserStateChangedEvent) -> None:
        self._silence.broken()
        if event.new_state == "speaking" and self._session.agent_state == "listening":
            self._rehearsal.drop()  # who speaks on will have said something else

    def _on_state(self, event: AgentStateChangedEvent) -> None:
        listen_for(self._session, cutting_in=event.new_state == "speaking")
        if event.old_state == "speaking":
            self._spoke_until = time.time()
        if event.old_state == "speaking" and not self._is_side_line:
            self._silence.broken()
        state = _STATES.get(event.new_state)
        is_in_goodbye = self._interview.progress.is_ended and self.voice.is_paused  # who listens after it hangs up
        if state is None or not self._is_up or self._is_held or (state == "listening" and is_in_goodbye):
            return
        self._tell(StateChange(state=state))

    def _on_trouble(self, sentence: str) -> None:
        self._tell(VoiceTrouble(sentence=sentence))

    def _on_error(self, event: ErrorEvent) -> None:
        if not getattr(event.error, "recoverable", False):
            self._on_unheard()

    def _on_unheard(self) -> None:
        self._on_trouble(UNHEARD)
        if self._is_up:
            self._spawn(self._say_aside(UNHEARD))

    def _on_close(self, event: CloseEvent) -> None:
        if self._is_up:  # nobody asked for it, and nobody listens any more
            self._on_trouble(BROKEN)
            self._hang_up()

    # ---- beside the turns

    async def _make_ready(self, turn: SpokenTurn) -> None:
        """While the interviewer speaks, make ready what may be said next."""
        if await turn.reply is None:
            return
        await asyncio.sleep(SETTLE_S)
        try:
            for line in await self._interview.warm_up():
                if self._turn is not turn or self._session.agent_state != "speaking":
                    return
                await self._mouth.prepare([line.text], is_own=line.is_own)
        except Exception as error:  # noqa: BLE001 - it was only made ready
            self._on_trouble(sentence_of(error))

    def _is_quiet(self) -> bool:
        is_quiet = self._session.agent_state == "listening" and self._session.user_state != "speaking"
        return is_quiet and not self._is_held and not self._interview.progress.is_ended

    async def _watch_silence(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            if not self._is_quiet():
                continue
            step = self._silence.due(self._patience, self._interview.exercise is not None)
            if step is not None:
                await self._nudge(step)

    async def _nudge(self, step: Step) -> None:
        """Who breaks the silence meanwhile is not spoken over, nor hung up on."""
        since = self._silence.since
        await self._record.note("nudge", LINES[step])
        if self._silence.since == since:
            await self._say_aside(LINES[step])
        if step == "pause" and self._silence.since == since:
            self._is_paused = True
            self._hang_up()

    async def _say_aside(self, line: str) -> None:
        """Words that belong to no turn."""
        self._is_side_line = True
        try:
            await self._session.say(line, audio=self.speak(_once(line)), add_to_chat_ctx=False)
        finally:
            self._is_side_line = False

    def _overheard(self, since: float) -> str:
        """What the interviewer said last, if the voice was sounding at ``since`` or later, by ``time.time``."""
        is_speaking = self._session.agent_state == "speaking" or self.voice.is_paused
        return " ".join(self._lines) if is_speaking or self._spoke_until + ECHO_TAIL_S > since else ""

    def _prompt(self) -> str:
        return expected_words(self._interview)

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)


async def _once(line: str) -> AsyncGenerator[str, None]:
    yield line
