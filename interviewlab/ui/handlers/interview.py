"""The turns of an interview. Each event opens the interview anew; the record, not the page, is the state."""

from __future__ import annotations

from collections.abc import AsyncIterator

from interviewlab.bootstrap import open_interview
from interviewlab.errors import AlreadyAnswered, InterviewBusy, InterviewLabError
from interviewlab.interview import Interview, utc_now
from interviewlab.orchestrator.context import LONGEST_UTTERANCE
from interviewlab.ports import ChatModel
from interviewlab.replying import ReplyStream
from interviewlab.settings import Settings
from interviewlab.types import Language, RunResult, SubmissionEntry, Transcript, UtteranceEntry
from interviewlab.ui.handlers.views import FeedbackView, InterviewView, Speaking, Step, Trouble, trouble_of
from interviewlab.ui.measuring import RUN_S, TURN_S


async def view_of(interview: Interview) -> InterviewView:
    """The interview as it stands."""
    transcript, last_at = await interview.transcript(), interview.progress.last_at
    return InterviewView(
        interview_id=interview.id,
        plan=interview.plan,
        progress=interview.progress,
        transcript=transcript,
        exercise=interview.exercise,
        result=_last_result(transcript, interview.progress.exercise_id),
        quiet_s=max(0.0, (utc_now() - last_at).total_seconds()) if last_at else 0.0,
    )


async def find_interview(
    settings: Settings, owner: str, interview_id: str, model: ChatModel | None = None
) -> InterviewView | Trouble:
    """An interview that was left, with its last reply; one that never began begins now."""
    try:
        async with open_interview(settings, interview_id, owner=owner, model=model) as interview:
            if interview.progress.turn < 0:
                await interview.start()
            return await view_of(interview)
    except InterviewLabError as error:
        return trouble_of(error)


async def come_back(
    settings: Settings, owner: str, interview_id: str, model: ChatModel | None = None
) -> InterviewView | Trouble:
    """The interview as ``find_interview`` gives it, after the reply to a turn that a dying server left open."""
    view = await find_interview(settings, owner, interview_id, model)
    if isinstance(view, Trouble) or not _is_owed_a_reply(view):
        return view
    try:
        async with open_interview(settings, interview_id, owner=owner, model=model) as interview:
            await interview.start()
            return await view_of(interview)
    except InterviewBusy:
        return view  # somebody is giving that reply at this moment
    except InterviewLabError as error:
        return trouble_of(error)


def _is_owed_a_reply(view: InterviewView) -> bool:
    kinds = (UtteranceEntry, SubmissionEntry)
    return any(isinstance(e, kinds) and e.turn > view.progress.turn for e in view.transcript.entries)


async def say(
    settings: Settings,
    owner: str,
    interview_id: str,
    text: str,
    model: ChatModel | None = None,
    answers_turn: int | None = None,
) -> AsyncIterator[Step]:
    """One utterance: the reply as it grows, then the interview; or Trouble. ``model``, here and below: one that this
    owner brought, which speaks. ``answers_turn``, here and below: the turn of the reply that is answered."""
    if not text.strip():
        yield Trouble("There is nothing to send yet. Write an answer first.")
        return
    if len(text) > LONGEST_UTTERANCE:
        most = f"Of one answer the interviewer takes in {LONGEST_UTTERANCE} at most. Shorten it and send it again."
        yield Trouble(f"Your answer has {len(text)} characters. {most}")
        return
    yield Speaking(text)
    try:
        async with open_interview(settings, interview_id, owner=owner, model=model) as interview:
            with TURN_S.time():
                async for step in _grow(interview.reply(text, answers_turn), text):
                    yield step
            yield await view_of(interview)
    except AlreadyAnswered as error:
        yield await _left_behind(settings, owner, interview_id, error)
    except InterviewLabError as error:
        yield Trouble(str(error))


async def _left_behind(settings: Settings, owner: str, interview_id: str, error: AlreadyAnswered) -> Trouble:
    view = await find_interview(settings, owner, interview_id)
    return Trouble(str(error), view=view if isinstance(view, InterviewView) else None)


async def submit(
    settings: Settings,
    owner: str,
    interview_id: str,
    code: str,
    language: Language,
    model: ChatModel | None = None,
    own_tests: str = "",
    answers_turn: int | None = None,
) -> AsyncIterator[Step]:
    """Hand code in with the candidate's own tests: hidden tests run, then the interviewer speaks."""
    yield Speaking("I hand this in.")
    try:
        async with open_interview(settings, interview_id, owner=owner, model=model) as interview:
            async for step in _grow(interview.submit_code(code, language, own_tests, answers_turn), "I hand this in."):
                yield step
            yield await view_of(interview)
    except AlreadyAnswered as error:
        yield await _left_behind(settings, owner, interview_id, error)
    except InterviewLabError as error:
        yield Trouble(str(error))


async def run(
    settings: Settings, owner: str, interview_id: str, code: str, language: Language, own_tests: str = ""
) -> RunResult | Trouble:
    """Run the visible tests and the candidate's own; no turn is taken."""
    try:
        async with open_interview(settings, interview_id, owner=owner) as interview:
            with RUN_S.time():
                return await interview.run_code(code, language, own_tests)
    except InterviewLabError as error:
        return Trouble(str(error))


async def watch(settings: Settings, owner: str, interview_id: str, code: str, language: Language) -> Step | None:
    """Look at the editor; where it stood still for long, the interview with an offer of help in it."""
    try:
        async with open_interview(settings, interview_id, owner=owner) as interview:
            if not await interview.watch_editor(code, language):
                return None
            await interview.offer_help()
            return await view_of(interview)
    except InterviewLabError as error:
        return Trouble(str(error))


async def correct(
    settings: Settings, owner: str, interview_id: str, of_turn: int, text: str
) -> InterviewView | Trouble:
    """Mend an answer that was misheard; no turn is taken."""
    try:
        async with open_interview(settings, interview_id, owner=owner) as interview:
            await interview.correct(of_turn, text)
            return await view_of(interview)
    except InterviewLabError as error:
        return Trouble(str(error))


async def finish(
    settings: Settings, owner: str, interview_id: str, model: ChatModel | None = None
) -> FeedbackView | Trouble:
    """End the interview, if it has not ended, and judge it."""
    try:
        async with open_interview(settings, interview_id, owner=owner, model=model) as interview:
            report = await interview.finish()
            return FeedbackView(report, await interview.transcript())
    except InterviewLabError as error:
        return Trouble(str(error))


def _last_result(transcript: Transcript, exercise_id: str | None) -> RunResult | None:
    """From the record, so that it is there after a reload too."""
    results = [result for entry, result in transcript.submissions() if entry.exercise_id == exercise_id]
    return results[-1] if results else None


async def _grow(sentences: ReplyStream, utterance: str) -> AsyncIterator[Speaking]:
    said: list[str] = []
    async for item in sentences:
        if isinstance(item, str):
            said.append(item.strip())
            yield Speaking(utterance, " ".join(said))
