from zoneinfo import ZoneInfo

from interviewlab.types import InterviewRecord, Part, Plan
from interviewlab.ui.presenters.shelf import to_choices, to_keeping, to_parts
from tests.unit.ui.samples import AT, EVIL, report


def record(**changes: object) -> InterviewRecord:
    plain = InterviewRecord(id="i1", owner="local", plan=Plan(type="coding"), created_at=AT, updated_at=AT)
    return plain.model_copy(update=changes)


def test_choice_names_type_level_time_and_state() -> None:
    assert to_choices([record()]) == [("Coding, mid-level · 22 Nov 2026, 10:30 UTC · not finished", "i1")]


def test_time_is_that_of_the_visitors_clock() -> None:
    assert " · 22 Nov 2026, 16:00 · " in to_choices([record()], zone=ZoneInfo("Asia/Kolkata"))[0][0]


def test_choice_prefers_its_title_and_names_the_candidate() -> None:
    named = record(title="First try", plan=Plan(candidate="Ada"), is_ended=True)
    assert to_choices([named])[0][0] == "First try · Ada · 22 Nov 2026, 10:30 UTC · ended"


def test_an_ended_interview_tells_its_level() -> None:
    ended = record(id=report().interview_id, is_ended=True)
    assert to_choices([ended], [report()])[0][0].endswith(" UTC · level 3 of 5")


def test_what_is_kept_is_told_with_place_and_time() -> None:
    assert "on this machine, until you delete them." in to_keeping(is_local=True, retention_days=0.0)
    assert "on this server" in to_keeping(is_local=False, retention_days=0.0)
    assert "nothing has happened with them for 30 days" in to_keeping(is_local=False, retention_days=30.0)


def test_missing_part_shows_its_remedy_and_a_working_one_does_not() -> None:
    parts = (
        Part(role="sandbox", name="docker", ok=False, detail="no engine", remedy="Install it."),
        Part(role="brain", name="bank", ok=True, detail=EVIL, remedy="Nothing to do."),
    )
    shown = to_parts(parts, is_enough=True)
    assert "A whole interview can be held here; 1 of 2 parts do not work or were not asked for" in shown
    assert "Install it." in shown
    assert "Nothing to do." not in shown
    assert "<img" not in shown


def test_parts_that_are_not_enough_are_named_first() -> None:
    assert "every interview needs is missing" in to_parts([], is_enough=False)
