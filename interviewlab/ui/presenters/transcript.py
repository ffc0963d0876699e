"""An interview as it was said, and where it stands."""

from __future__ import annotations

from interviewlab.questions.kinds import kind_of
from interviewlab.types import (
    CorrectedEntry,
    Entry,
    NoteEntry,
    Phase,
    Plan,
    Progress,
    ReplyEntry,
    ResultEntry,
    SubmissionEntry,
    Transcript,
    Utterance,
    UtteranceEntry,
)
from interviewlab.ui.presenters import labels
from interviewlab.ui.presenters.markup import Html, busy, chip, joined, tag

EMBEDDED = ("bank", "scripted")
PHASES: tuple[Phase, ...] = ("intro", "exploration", "technical", "closing")


def to_transcript(
    transcript: Transcript, interviewer: str, anchor: str = "said", allow_correction: bool = False
) -> Html:
    """The whole conversation as an ordered list; each turn bears the id ``<anchor>-<turn>`` once.

    Mended answers are shown mended, with what was heard first folded away. With ``allow_correction`` each spoken answer
    bears a button that names its turn.
    """
    said, seen = _Said(transcript, allow_correction), set[int]()
    rows = []
    for entry in transcript.entries:
        row = _row(entry, said, interviewer)
        if row:
            rows.append(tag("li", row, id=None if entry.turn in seen else f"{anchor}-{entry.turn}", **_marks(entry)))
            seen.add(entry.turn)
    return tag("ol", *rows, class_="il-log", aria_label="Transcript")


def to_live(utterance: str, reply: str, interviewer: str) -> Html:
    """The turn that is under way: what was just said and as much of the reply as there is."""
    mine = tag("div", _who("You"), _words(utterance), class_="il-entry il-utterance") if utterance else Html()
    theirs = _words(reply) if reply else busy(f"{interviewer} is thinking…")
    return joined(mine, tag("div", _who(interviewer), theirs, class_="il-entry il-reply"))


def to_status(plan: Plan, progress: Progress, quiet_s: float = 0.0) -> Html:
    """The bar above an interview: phases, what kind of interview, the clock (run by app.js), which stands at what was
    spent and ``quiet_s`` since the last turn."""
    phases = _phases(plan, progress)
    steps = tag("ol", *(_step(phase, plan, progress) for phase in phases), class_="il-steps", aria_label="Phases")
    kind = f"{labels.TYPE[plan.type]} · {labels.LEVEL[plan.level]} · {'practice' if plan.is_practice else 'real'}"
    title = tag("h1", "Interview", class_="il-unseen")
    return tag(
        "div",
        title,
        steps,
        tag("div", chip(kind), _clock(plan, progress, quiet_s), class_="il-facts"),
        class_="il-status",
    )


class _Said:
    """What the candidate said, as it stands now."""

    def __init__(self, transcript: Transcript, allow_correction: bool) -> None:
        self._words = transcript.utterances()
        self._menders = {e.of_turn: e.by for e in transcript.entries if isinstance(e, CorrectedEntry)}
        self._allow_correction = allow_correction
        self._has_model = any(e.brain not in EMBEDDED for e in transcript.entries if isinstance(e, ReplyEntry))

    def speaker(self, entry: ReplyEntry) -> Html:
        """Which brain spoke, in interviews where a language model has a part."""
        return chip(labels.brain(entry.brain)) if self._has_model else Html()

    def shown(self, entry: UtteranceEntry) -> Html:
        """The words, how they were mended, and a way to mend them."""
        words = self._words[entry.turn]
        correct = self._correct(entry.turn) if self._allow_correction and words.source == "voice" else Html()
        return joined(_words(words.text), self._heard_first(entry, words), correct)

    def _heard_first(self, entry: UtteranceEntry, words: Utterance) -> Html:
        if entry.text == words.text:
            return Html()
        how = "Corrected by you" if self._menders[entry.turn] == "candidate" else "Understood better the second time"
        return tag("details", tag("summary", f"{how}. Heard first"), _words(entry.text), class_="il-heard-first")

    def _correct(self, turn: int) -> Html:
        return tag("button", "Correct", type="button", class_="il-correct", data_turn=turn)


def _row(entry: Entry, said: _Said, interviewer: str) -> Html | None:
    match entry:
        case ReplyEntry():
            return joined(_who(interviewer), said.speaker(entry), _words(entry.text))
        case UtteranceEntry():
            return joined(_who("You"), said.shown(entry))
        case SubmissionEntry():
            return joined(_who("You"), _code(entry))
        case ResultEntry() if entry.result.tests:
            passed, total = entry.result.passed, len(entry.result.tests)
            kind = "good" if passed == total else "warn"
            return chip(f"{passed} of {labels.count(total, 'test')} passed", kind)
        case ResultEntry():
            return chip(labels.OUTCOME[entry.result.outcome], "warn")
        case NoteEntry() if entry.topic != "plan" and entry.text:
            return tag("span", entry.text)
    return None


def _marks(entry: Entry) -> dict[str, str | int]:
    kinds = {"reply": "il-reply", "utterance": "il-utterance", "submission": "il-utterance"}
    marks: dict[str, str | int] = {"class_": f"il-entry {kinds.get(entry.kind, 'il-note')}"}
    if entry.kind == "reply":
        marks["data_reply"] = entry.turn
    return marks


def _who(name: str) -> Html:
    return tag("span", name, class_="il-who")


def _words(text: str) -> Html:
    return tag("div", text, class_="il-words")


def _code(entry: SubmissionEntry) -> Html:
    lines = len(entry.code.splitlines())
    title = f"Handed in {labels.LANGUAGE[entry.language]} code, {labels.count(lines, 'line')}"
    return tag("details", tag("summary", title), tag("pre", entry.code, tabindex=0), class_="il-code")


def _phases(plan: Plan, progress: Progress) -> tuple[Phase, ...]:
    """One's own work is a phase only where it has a time and there is something to ask about it."""
    has_time = plan.personal and kind_of(plan.type).share_of("cv") > 0
    if has_time or progress.phase == "exploration":
        return PHASES
    return tuple(phase for phase in PHASES if phase != "exploration")


def _step(phase: Phase, plan: Plan, progress: Progress) -> Html:
    here = PHASES.index(progress.phase)
    place = PHASES.index(phase)
    state = "done" if place < here or progress.is_ended else "here" if place == here else "ahead"
    return tag(
        "li",
        labels.phase(phase, plan.type),
        class_=f"il-step il-{state}",
        aria_current="step" if state == "here" else None,
    )


def _clock(plan: Plan, progress: Progress, quiet_s: float) -> Html:
    if progress.is_ended:
        return chip("Ended", "good")
    return tag(
        "span",
        f"{plan.minutes:g} min",
        class_="il-clock",
        role="timer",
        aria_label="Time",
        data_spent=f"{progress.spent_s:.0f}",
        data_quiet=f"{quiet_s:.1f}",
        data_minutes=f"{plan.minutes:g}",
    )
