from __future__ import annotations

import base64
import json

import pytest

from interviewlab.errors import BadInput
from interviewlab.voice.livekit_job import VoiceJob, read_job, room_of, sign_job

SECRET = "0123456789abcdef" * 2
JOB = VoiceJob(interview_id="i1", owner="jane", room="r1", holder="h1", expires_at=1000.0)


def test_signed_job_is_read_again() -> None:
    assert read_job(sign_job(JOB, SECRET), "r1", SECRET, now=999.0) == JOB


def test_job_signed_by_another_secret_is_refused() -> None:
    with pytest.raises(BadInput, match="not signed"):
        read_job(sign_job(JOB, SECRET[::-1]), "r1", SECRET, now=999.0)


@pytest.mark.parametrize("metadata", ["", ".", "x", "x.y", "ä.ö", json.dumps({"interview_id": "i1"})])
def test_what_is_no_job_is_refused(metadata: str) -> None:
    with pytest.raises(BadInput, match="not signed"):
        read_job(metadata, "r1", SECRET, now=999.0)


def test_job_for_another_interview_under_an_old_signature_is_refused() -> None:
    _, _, signature = sign_job(JOB, SECRET).partition(".")
    other = JOB.model_copy(update={"interview_id": "i2"}).model_dump_json().encode()
    with pytest.raises(BadInput, match="not signed"):
        read_job(f"{base64.urlsafe_b64encode(other).decode()}.{signature}", "r1", SECRET, now=999.0)


def test_job_in_another_room_or_after_its_time_is_refused() -> None:
    with pytest.raises(BadInput, match="another room"):
        read_job(sign_job(JOB, SECRET), "r2", SECRET, now=999.0)
    with pytest.raises(BadInput, match="too old"):
        read_job(sign_job(JOB, SECRET), "r1", SECRET, now=1001.0)


def test_room_of_an_interview_cannot_be_told_without_the_secret() -> None:
    assert room_of("i1", SECRET) == room_of("i1", SECRET)
    assert len({room_of("i1", SECRET), room_of("i2", SECRET), room_of("i1", SECRET[::-1])}) == 3
