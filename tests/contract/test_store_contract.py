"""What every InterviewStore and LibraryStore must do, held against each adapter."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from interviewlab.errors import BadInput, NotFound
from interviewlab.store.scripted import ScriptedStore
from interviewlab.store.sql import SqlStore, open_store
from interviewlab.types import SubmissionEntry, UtteranceEntry
from tests.contract.store_records import NOON, cv, every_kind, job, record, report, utterance

Store = SqlStore | ScriptedStore


class Clock:
    """A hand that the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["scripted", "sqlite", "postgres"])
async def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> AsyncIterator[Store]:
    if request.param == "scripted":
        yield ScriptedStore(clock)
        return
    url = f"sqlite+aiosqlite:///{tmp_path / 'data' / 'interviewlab.sqlite'}"
    if request.param == "postgres":
        url = request.getfixturevalue("empty_postgres")
    async with open_store(url, clock) as opened:
        yield opened


# ---- interviews and their entries


async def test_an_interview_comes_back_as_it_was_put(store: Store) -> None:
    await store.create_interview(record())
    assert await store.get_interview("i1", "ada") == record()


async def test_times_of_another_zone_are_the_same_moments(store: Store) -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    await store.create_interview(record().model_copy(update={"created_at": at, "updated_at": at}))
    assert (await store.get_interview("i1", "ada")).created_at == at


async def test_an_id_is_given_only_once(store: Store) -> None:
    await store.create_interview(record())
    with pytest.raises(BadInput, match="i1"):
        await store.create_interview(record(owner="bob"))
    assert (await store.get_interview("i1", "ada")).owner == "ada"


async def test_another_owners_interview_is_not_found_like_a_missing_one(store: Store) -> None:
    await store.create_interview(record())
    with pytest.raises(NotFound) as foreign:
        await store.get_interview("i1", "bob")
    with pytest.raises(NotFound) as absent:
        await store.get_interview("i2", "bob")
    assert str(foreign.value).replace("i1", "i2") == str(absent.value)
    assert foreign.value.remedy


async def test_every_kind_of_entry_comes_back_equal_and_in_order(store: Store) -> None:
    await store.create_interview(record())
    await store.append("i1", every_kind()[::-1])
    assert await store.get_entries("i1") == every_kind()


async def test_entries_after_a_sequence_are_the_tail(store: Store) -> None:
    await store.create_interview(record())
    await store.append("i1", [utterance(n) for n in range(5)])
    assert [entry.sequence for entry in await store.get_entries("i1", after=2)] == [3, 4]
    assert await store.get_entries("i1", after=4) == ()


async def test_an_entry_written_twice_stays_as_first_written(store: Store) -> None:
    await store.create_interview(record())
    await store.append("i1", [utterance(0, "first")])
    await store.append("i1", [utterance(0, "second"), utterance(1, "next")])
    assert [entry.text for entry in await store.get_entries("i1") if isinstance(entry, UtteranceEntry)] == [
        "first",
        "next",
    ]


async def test_appending_moves_the_interviews_time_forward_and_never_back(store: Store) -> None:
    await store.create_interview(record())
    await store.append("i1", [utterance(0, minutes=9)])
    await store.append("i1", [utterance(1, minutes=4)])
    assert (await store.get_interview("i1", "ada")).updated_at == NOON + timedelta(minutes=9)


async def test_appending_to_a_missing_interview_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        await store.append("ghost", [utterance(0)])
    assert await store.get_entries("ghost") == ()


async def test_appending_nothing_changes_nothing(store: Store) -> None:
    await store.create_interview(record())
    await store.append("i1", [])
    assert await store.get_interview("i1", "ada") == record()


async def test_unicode_and_control_characters_survive(store: Store) -> None:
    text = "naïve 🧪 日本語 \u202eabc\u0000 'quote\"; DROP TABLE entries;-- \r\n\ttab"
    await store.create_interview(record("ï'd 🧪", owner="o'Brien 日本"))
    await store.append("ï'd 🧪", [utterance(0, text)])
    assert await store.get_entries("ï'd 🧪") == (utterance(0, text),)
    assert [one.id for one in await store.list_interviews("o'Brien 日本")] == ["ï'd 🧪"]


async def test_a_megabyte_of_code_survives(store: Store) -> None:
    code = "x = 'é'\n" * 131_072
    entry = SubmissionEntry(sequence=0, turn=0, at=NOON, code=code, language="python")
    await store.create_interview(record())
    await store.append("i1", [entry])
    assert await store.get_entries("i1") == (entry,)


async def test_interleaved_interviews_do_not_mix(store: Store) -> None:
    ids = [f"i{n}" for n in range(200)]
    await asyncio.gather(*(store.create_interview(record(one)) for one in ids))
    for sequence in range(3):
        await asyncio.gather(*(store.append(one, [utterance(sequence, f"{one}:{sequence}")]) for one in ids))
    for one in ids:
        expected = tuple(utterance(sequence, f"{one}:{sequence}") for sequence in range(3))
        assert await store.get_entries(one) == expected


# ---- the report


async def test_a_report_ends_the_interview_and_comes_back_equal(store: Store) -> None:
    await store.create_interview(record())
    assert await store.get_report("i1") is None
    await store.end_interview("i1", report())
    assert await store.get_report("i1") == report()
    ended = await store.get_interview("i1", "ada")
    assert ended.is_ended
    assert ended.updated_at == report().created_at


async def test_the_last_report_stays(store: Store) -> None:
    await store.create_interview(record())
    await store.end_interview("i1", report())
    await store.end_interview("i1", report(minutes=40))
    assert await store.get_report("i1") == report(minutes=40)


async def test_ending_a_missing_interview_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        await store.end_interview("ghost", report("ghost"))
    assert await store.get_report("ghost") is None


# ---- the lock


async def test_a_held_lock_is_refused_to_others_and_renewed_for_its_holder(store: Store, clock: Clock) -> None:
    assert await store.acquire("i1", "a", 30)
    assert not await store.acquire("i1", "b", 30)
    clock.now += 20
    assert await store.acquire("i1", "a", 30)
    clock.now += 20
    assert not await store.acquire("i1", "b", 30)


async def test_an_expired_lock_passes_on_and_is_not_given_back_by_its_old_holder(store: Store, clock: Clock) -> None:
    assert await store.acquire("i1", "a", 30)
    clock.now += 30
    assert await store.acquire("i1", "b", 30)
    await store.release("i1", "a")
    assert not await store.acquire("i1", "a", 30)


async def test_a_released_lock_is_free_and_locks_are_separate(store: Store) -> None:
    assert await store.acquire("i1", "a", 30)
    assert await store.acquire("i2", "b", 30)
    await store.release("i1", "a")
    await store.release("i1", "a")
    assert await store.acquire("i1", "b", 30)


async def test_a_lock_is_renewed_until_another_had_it(store: Store, clock: Clock) -> None:
    assert not await store.renew("i1", "a", 30)
    assert await store.acquire("i1", "a", 30)
    clock.now += 40
    assert await store.renew("i1", "a", 30)
    assert not await store.acquire("i1", "b", 30)
    clock.now += 30
    assert await store.acquire("i1", "b", 30)
    assert not await store.renew("i1", "a", 30)
    await store.release("i1", "b")
    assert not await store.renew("i1", "a", 30)
    assert await store.acquire("i1", "b", 30)


async def test_of_many_at_once_one_gets_the_lock(store: Store) -> None:
    got = await asyncio.gather(*(store.acquire("i1", f"holder{n}", 30) for n in range(20)))
    assert sum(got) == 1


# ---- the shelf


async def test_the_shelf_lists_an_owners_interviews_newest_first(store: Store) -> None:
    for minutes, one in enumerate(["b", "c", "a"]):
        await store.create_interview(record(one, minutes=minutes))
    await store.create_interview(record("other", owner="bob"))
    assert [one.id for one in await store.list_interviews("ada")] == ["a", "c", "b"]
    assert await store.list_interviews("nobody") == ()


async def test_ids_are_listed_by_owner_and_by_when_something_last_happened(store: Store) -> None:
    for one, owner, minutes in (("1", "ada", 0), ("2", "ada", 20), ("3", "bob", 0)):
        await store.create_interview(record(f"i{one}", owner, minutes))
        await store.add_resume(cv(f"r{one}", owner, minutes))
        await store.add_job(job(f"j{one}", owner, minutes))
    later = NOON + timedelta(minutes=1)
    assert await store.list_ids("interviews", "ada") == ("i1", "i2")
    assert await store.list_ids("interviews", "ada", later) == ("i1",)
    assert await store.list_ids("resumes", "ada") == ("r1", "r2")
    assert await store.list_ids("resumes", "ada", later) == ("r1",)
    assert await store.list_ids("jobs", "bob", later) == ("j3",)
    assert await store.list_ids("jobs", "nobody") == ()
    await store.append("i1", [utterance(0).model_copy(update={"at": NOON + timedelta(hours=1)})])
    assert await store.list_ids("interviews", "ada", later) == ()


async def test_the_interviews_that_were_made_from_a_paper_are_found(store: Store) -> None:
    for one, owner, resume_id, job_id in (
        ("i1", "ada", "r1", ""),
        ("i2", "ada", "r%", 'j"ï'),
        ("i3", "bob", "r1", ""),
        ("i4", "ada", "r11", ""),
    ):
        plan = record().plan.model_copy(update={"resume_id": resume_id, "job_id": job_id, "candidate": "r1"})
        await store.create_interview(record(one, owner).model_copy(update={"plan": plan}))
    assert await store.list_made_from("r1", "ada") == ("i1",)
    assert await store.list_made_from("r%", "ada") == ("i2",)
    assert await store.list_made_from('j"ï', "ada") == ("i2",)
    assert await store.list_made_from("r2", "ada") == ()


async def test_the_reports_of_an_owner_are_listed_in_the_order_of_their_interviews(store: Store) -> None:
    for one, owner, minutes in (("b", "ada", 1), ("a", "ada", 2), ("open", "ada", 0), ("other", "bob", 0)):
        await store.create_interview(record(one, owner, minutes))
        if one != "open":
            await store.end_interview(one, report(one))
    assert await store.list_reports("ada") == (report("b"), report("a"))


async def test_renaming_is_for_the_owner_alone(store: Store) -> None:
    await store.create_interview(record())
    await store.rename_interview("i1", "ada", "Überschrift")
    with pytest.raises(NotFound):
        await store.rename_interview("i1", "bob", "mine")
    assert (await store.get_interview("i1", "ada")).title == "Überschrift"


async def test_deleting_takes_entries_report_and_lock_along(store: Store) -> None:
    await store.create_interview(record())
    await store.append("i1", every_kind())
    await store.end_interview("i1", report())
    await store.acquire("i1", "a", 30)
    with pytest.raises(NotFound):
        await store.delete_interview("i1", "bob")
    assert len(await store.get_entries("i1")) == len(every_kind())
    await store.delete_interview("i1", "ada")
    assert await store.get_entries("i1") == ()
    assert await store.get_report("i1") is None
    assert await store.acquire("i1", "b", 30)
    with pytest.raises(NotFound):
        await store.delete_interview("i1", "ada")


async def test_an_id_used_again_starts_empty(store: Store) -> None:
    await store.create_interview(record())
    await store.append("i1", every_kind())
    await store.delete_interview("i1", "ada")
    await store.create_interview(record())
    assert await store.get_entries("i1") == ()


async def test_cvs_are_kept_listed_renamed_and_deleted(store: Store) -> None:
    await store.add_resume(cv("r1"))
    await store.add_resume(cv("r2", minutes=1))
    await store.add_resume(cv("r3", owner="bob"))
    assert await store.list_resumes("ada") == (cv("r2", minutes=1), cv("r1"))
    await store.rename_resume("r1", "ada", "for Acme")
    assert (await store.get_resume("r1", "ada")).name == "for Acme"
    await store.delete_resume("r1", "ada")
    assert [one.id for one in await store.list_resumes("ada")] == ["r2"]


async def test_what_is_renamed_corrected_or_made_the_default_is_old_no_more(store: Store) -> None:
    for one in ("1", "2", "3", "4"):
        await store.add_resume(cv(f"r{one}"))
        await store.add_job(job(f"j{one}"))
    later = NOON + timedelta(minutes=1)
    assert await store.list_ids("resumes", "ada", later) == ("r1", "r2", "r3", "r4")
    await store.rename_resume("r1", "ada", "for Acme")
    await store.replace_resume("r2", "ada", cv().resume)
    await store.choose_resume("r3", "ada")
    await store.rename_job("j1", "ada", "the good one")
    await store.choose_job("j2", "ada")
    assert await store.list_ids("resumes", "ada", later) == ("r4",)
    assert await store.list_ids("jobs", "ada", later) == ("j3", "j4")
    for paper_id in ("j3", "j4"):
        await store.rename_job(paper_id, "ada", "another")
    await store.delete_resume("r4", "ada")
    assert await store.list_owners(later) == ()


async def test_another_owners_cv_is_not_found(store: Store) -> None:
    await store.add_resume(cv())
    with pytest.raises(BadInput):
        await store.add_resume(cv(owner="bob"))
    for attempt in (
        store.get_resume("r1", "bob"),
        store.rename_resume("r1", "bob", "x"),
        store.delete_resume("r1", "bob"),
        store.get_resume("r9", "ada"),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await store.get_resume("r1", "ada") == cv()


async def test_a_corrected_cv_takes_the_place_of_what_was_read(store: Store) -> None:
    await store.add_resume(cv())
    mended = cv().resume.model_copy(update={"text": "Ada Byron, mended"})
    with pytest.raises(NotFound):
        await store.replace_resume("r1", "bob", mended)
    await store.replace_resume("r1", "ada", mended)
    assert await store.get_resume("r1", "ada") == cv().model_copy(update={"resume": mended})


async def test_one_cv_and_one_job_of_an_owner_are_the_default(store: Store) -> None:
    for one, owner in (("r1", "ada"), ("r2", "ada"), ("r3", "bob")):
        await store.add_resume(cv(one, owner))
        await store.add_job(job(one, owner))
    for choose, get in ((store.choose_resume, store.get_resume), (store.choose_job, store.get_job)):
        await choose("r3", "bob")
        await choose("r1", "ada")
        await choose("r2", "ada")
        with pytest.raises(NotFound):
            await choose("r3", "ada")
        found = [(await get(one, owner)).is_default for one, owner in (("r1", "ada"), ("r2", "ada"), ("r3", "bob"))]
        assert found == [False, True, True]


async def test_jobs_are_kept_listed_renamed_and_deleted_by_their_owner_alone(store: Store) -> None:
    await store.add_job(job("j1"))
    await store.add_job(job("j2", minutes=1))
    assert await store.list_jobs("ada") == (job("j2", minutes=1), job("j1"))
    for attempt in (store.get_job("j1", "bob"), store.rename_job("j1", "bob", "x"), store.delete_job("j1", "bob")):
        with pytest.raises(NotFound):
            await attempt
    with pytest.raises(BadInput):
        await store.add_job(job("j1", "bob"))
    await store.rename_job("j1", "ada", "the good one")
    assert (await store.get_job("j1", "ada")).name == "the good one"
    await store.delete_job("j1", "ada")
    assert [one.id for one in await store.list_jobs("ada")] == ["j2"]


async def test_owners_are_listed_by_what_is_older_than_a_moment(store: Store) -> None:
    await store.create_interview(record("i1", "ada", minutes=0))
    await store.create_interview(record("i2", "bob", minutes=20))
    await store.add_resume(cv("r1", "cleo", minutes=0))
    await store.add_job(job("j1", "dan", minutes=5))
    assert await store.list_owners(NOON) == ()
    assert await store.list_owners(NOON + timedelta(minutes=1)) == ("ada", "cleo")
    assert await store.list_owners(NOON + timedelta(hours=1)) == ("ada", "bob", "cleo", "dan")


async def test_deleting_an_owner_leaves_everybody_else(store: Store) -> None:
    for one, owner in (("i1", "ada"), ("i2", "ada"), ("i3", "bob")):
        await store.create_interview(record(one, owner))
        await store.append(one, [utterance(0)])
    await store.add_resume(cv("r1", "ada"))
    await store.add_resume(cv("r2", "bob"))
    await store.add_job(job("j1", "ada"))
    await store.add_job(job("j2", "bob"))
    assert sorted(await store.delete_owner("ada")) == ["i1", "i2"]
    assert await store.list_interviews("ada") == await store.list_resumes("ada") == ()
    assert await store.get_entries("i1") == ()
    assert await store.get_entries("i3") == (utterance(0),)
    assert [one.id for one in await store.list_resumes("bob")] == ["r2"]
    assert await store.list_jobs("ada") == ()
    assert await store.list_jobs("bob") == (job("j2", "bob"),)
    assert await store.delete_owner("ada") == ()
