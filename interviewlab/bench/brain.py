"""Interviews spoken by a language model: one that is lost again and again, or one that runs here.

The scripted endpoint streams, stalls, fails and lies as it is told; what the record says of each turn is held against
what was done to it.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import SecretStr

from interviewlab.bench.figures import percentiles
from interviewlab.bootstrap import open_house, open_interview
from interviewlab.candidates.candidate import Candidate
from interviewlab.llm.scripted_endpoint import MODEL, STREAM_FAULTS, serve_scripted
from interviewlab.llm.scripted_interviewer import default_option, parts_of, word_as_told
from interviewlab.questions.bank import Bank, load_bank
from interviewlab.settings import Settings
from interviewlab.types import INTERVIEW_TYPES, MODEL_NOTE, NoteEntry, Plan, Transcript

LIES = ("leak", "praise", "other question", "machine")
"""Answers of the right form that no guard may let pass."""
_GIVES_AWAY = ("answer", "solution", "hidden case", "off the matter")
CAUSES = {
    "401": ("refused",),
    "404": ("unknown model",),
    "400": ("no form",),
    "429": ("429",),
    "500": ("500",),
    "timeout": ("timeout",),
    "stall": ("timeout",),
    "half": ("broken off",),
    "garbage": ("garbage",),
    "no verdict": ("garbage",),
    "leak": _GIVES_AWAY,
    "praise": ("evaluative",),
    "other question": _GIVES_AWAY,
    "machine": ("out of part",),
}
"""What each fault is noted as."""
CANDIDATES = ("strong", "middling", "poor")
FAULTY_SHARE = 0.5
LONGEST = 40
"""Turns of one interview."""
FIRST_S, PAUSE_S, HANG_S = 8.0, 5.0, 12.0
"""So patient that no fault but ours is met on a busy machine."""


@dataclass
class _Liar:
    """What the scripted model does to each question: nothing in half of them, one of the faults in the others.

    The fate of a question hangs on its text alone, so that a second try fails as the first did.
    """

    bank: Bank
    share: float
    faults: tuple[str, ...]
    lies: Counter[str] = field(default_factory=Counter)
    _lied_to: set[str] = field(default_factory=set)

    def fate(self, user: str) -> str:
        """A fault, a lie, or none."""
        digest = hashlib.sha256(user.encode()).digest()
        kinds = (*self.faults, *LIES)
        return kinds[digest[1] % len(kinds)] if digest[0] < self.share * 256 else ""

    def fault_of(self, user: str) -> str:
        """What the endpoint itself does."""
        return fate if (fate := self.fate(user)) in self.faults else ""

    def answer(self, system: str, user: str) -> str:
        """The text of the completion, true or not."""
        fate = self.fate(user)
        if fate not in LIES:
            return word_as_told(system, user)
        if user not in self._lied_to:
            self._lied_to.add(user)
            self.lies[fate] += 1
        option = default_option(parts_of(user))
        return json.dumps({"option": option["option"], "reply": self._lie(fate, option)})

    def _lie(self, fate: str, option: dict[str, Any]) -> str:
        match fate:
            case "praise":
                return f"Perfect, that is exactly right. {option['about']}"
            case "other question":
                return "Which football club do you support, and did it win on Saturday?"
            case "machine":
                return f"As an AI language model I cannot feel. {option['about']}"
            case _:
                return self._leak(option["about"])

    def _leak(self, about: str) -> str:
        exercise = next((each for each in self.bank.exercises if each.spoken in about), None)
        if exercise is not None:
            return f"The solution is this: {next(iter(exercise.solution.values()))}"
        asked = [q for q in self.bank.questions if q.text in about or any(p.follow_up in about for p in q.key_points)]
        return asked[0].key_points[0].text if asked else "You should say that a heap keeps its smallest at the root."


async def bench_faults(
    settings: Settings, interviews: int = 16, exercises: int = 1, faults: tuple[str, ...] = STREAM_FAULTS
) -> dict[str, Any]:
    """Interviews of every type with simulated candidates, half of the questions to the model going wrong.

    The breaker lets everything through here: each fault shall be met. Every turn must be completed, and be noted as
    what was done to it.
    """
    bank = load_bank(settings.bank_folders)
    liar = _Liar(bank, FAULTY_SHARE, faults)
    transcripts = []
    with (
        TemporaryDirectory(prefix="interviewlab-brain-") as folder,
        serve_scripted(answer=liar.answer, fault_of=liar.fault_of, hang_s=HANG_S) as endpoint,
    ):
        own = _at(settings, endpoint.url, Path(folder), llm_first_s=FIRST_S, llm_pause_s=PAUSE_S, llm_rest_s=0.0)
        async with open_house(own):
            for n in range(interviews):
                kind = INTERVIEW_TYPES[n % len(INTERVIEW_TYPES)]
                plan = Plan(type=kind, seed=n, questions=4, exercises=exercises)
                transcripts.append(await hold(own, plan, CANDIDATES[n % len(CANDIDATES)], LONGEST))
    done = Counter({**endpoint.faults, **liar.lies})
    return {"interviews": interviews, **_compared(transcripts, done), **_spoken(transcripts)}


async def bench_model(settings: Settings, turns: int = 6) -> dict[str, Any]:
    """One interview of ``turns`` answers with the model of the settings: who spoke, how soon, how fast."""
    with TemporaryDirectory(prefix="interviewlab-brain-") as folder:
        own = settings.model_copy(update={"data_dir": Path(folder)})
        began = time.monotonic()
        transcript = await hold(own, Plan(type="fundamentals", seed=1, exercises=0, questions=6), "middling", turns)
        seconds = time.monotonic() - began
    replies = transcript.replies().values()
    return {
        "brain": settings.brain,
        "answers": turns,
        "replies": len(replies),
        "replies_without_words": sum(not reply.text.strip() for reply in replies),
        "seconds": round(seconds, 1),
        "load_average": [round(load, 1) for load in os.getloadavg()],
        **_spoken([transcript]),
    }


def _at(settings: Settings, url: str, folder: Path, **more: Any) -> Settings:
    own = {"data_dir": folder, "brain": "llm", "llm_url": url, "llm_model": MODEL, "llm_key": SecretStr("")}
    return settings.model_copy(update={**own, **more})


async def hold(settings: Settings, plan: Plan, candidate: str, turns: int) -> Transcript:
    """One interview with a simulated candidate, of at most so many answers."""
    speaker = Candidate(candidate, plan.language)
    async with open_interview(settings, plan=plan) as interview:
        reply = await interview.start()
        for _ in range(turns):
            if reply.ended:
                break
            line = speaker.answer(reply, interview.exercise)
            if "submit" in line:
                reply = await interview.submit_code(line["submit"], line["language"])
            elif "say" in line:
                reply = await interview.reply(line["say"])
            else:
                break
        return await interview.transcript()


def _compared(transcripts: Sequence[Transcript], done: Counter[str]) -> dict[str, Any]:
    """What was done to the turns beside what the record says of them."""
    noted = Counter(str(note.data["cause"]) for note in _notes(transcripts) if note.data["cause"])
    expected: Counter[str] = Counter()
    for fault, count in done.items():
        expected["/".join(CAUSES[fault])] += count
    found = {name: sum(noted[cause] for cause in name.split("/")) for name in expected}
    replies = [reply for transcript in transcripts for reply in transcript.replies().values()]
    return {
        "turns": len(replies),
        "turns_without_words": sum(not reply.text.strip() for reply in replies),
        "ended": sum(any(reply.ended for reply in transcript.replies().values()) for transcript in transcripts),
        "faults": dict(sorted(done.items())),
        "faults_total": sum(done.values()),
        "fallbacks": dict(sorted(noted.items())),
        "fallbacks_total": sum(noted.values()),
        "is_equal": found == dict(expected) and sum(noted.values()) == sum(done.values()),
    }


def _spoken(transcripts: Sequence[Transcript]) -> dict[str, Any]:
    """Who spoke, how soon its first sentence was there, and how fast it wrote."""
    notes = list(_notes(transcripts))
    firsts = [note.data["first_sentence_s"] for note in notes if note.data["first_sentence_s"] is not None]
    rates = [_rate(note) for note in notes if note.data["usage"]["calls"]]
    used = [note.data["usage"] for note in notes]
    return {
        "spoken_by": dict(Counter(str(note.data["brain"]) for note in notes)),
        "causes": dict(Counter(str(note.data["cause"]) for note in notes if note.data["cause"])),
        "first_sentence_s": percentiles(firsts) if firsts else None,
        "tokens_per_s": percentiles(rates) if rates else None,
        "tokens_in": sum(each["tokens_in"] for each in used),
        "tokens_out": sum(each["tokens_out"] for each in used),
    }


def _rate(note: NoteEntry) -> float:
    usage: Any = note.data["usage"]
    return float(usage["tokens_out"]) / max(1e-6, float(usage["seconds"]))


def _notes(transcripts: Sequence[Transcript]) -> Iterator[Any]:
    for transcript in transcripts:
        for entry in transcript.entries:
            if isinstance(entry, NoteEntry) and entry.topic == MODEL_NOTE:
                yield entry
