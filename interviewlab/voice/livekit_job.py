"""What a worker is told to do, signed with the server's secret: nobody who lacks it can have an interview spoken."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time

from pydantic import ValidationError

from interviewlab.errors import BadInput
from interviewlab.types import Frozen

AGENT_NAME = "interviewlab"
CANDIDATE = "candidate"
"""The one identity whose voice and commands count in a room."""
RECORDED = "interviewlab.recorded"
"""Attribute of a candidate who agreed that this call is kept as sound. It comes with the ticket, and no client can
change it."""
LATE_S = 30.0
"""A worker that is at taking a room is given so long: who takes many rooms over at once is slow, and sent away would
begin again."""
JOB_S = LATE_S + 5.0
"""A job that no worker began by then is stale. So long it keeps others from sending another worker."""
_PURPOSE = b"interviewlab voice job 1:"
_ROOM = b"interviewlab room 1:"


class VoiceJob(Frozen):
    """Speak one interview in one room."""

    interview_id: str
    owner: str
    room: str
    holder: str
    """Who holds the lease on this interview's voice until the worker takes it over; good for one worker."""
    expires_at: float
    """Unix seconds."""
    is_resumed: bool = False
    """A worker spoke here before and is gone."""


def room_of(interview_id: str, secret: str) -> str:
    """The room of an interview; nobody can guess it without the secret."""
    return "interview-" + hmac.new(secret.encode(), _ROOM + interview_id.encode(), hashlib.sha256).hexdigest()[:24]


def sign_job(job: VoiceJob, secret: str) -> str:
    """The job as metadata of a dispatch."""
    body = base64.urlsafe_b64encode(job.model_dump_json().encode())
    return f"{body.decode()}.{_signature(body, secret)}"


def read_job(metadata: str, room: str, secret: str, now: float | None = None) -> VoiceJob:
    """The job that was signed for ``room``. Raises BadInput where it is forged, stale or for another room."""
    body, _, signature = metadata.partition(".")
    if not hmac.compare_digest(_signature(body.encode(), secret).encode(), signature.encode()):
        raise BadInput("This job is not signed by our secret.", "Give app and worker the same LiveKit secret.")
    try:
        job = VoiceJob.model_validate_json(base64.urlsafe_b64decode(body))
    except (ValueError, ValidationError) as error:
        raise BadInput("This job cannot be read.", "Run app and worker in the same version.") from error
    if job.room != room:
        raise BadInput("This job is for another room.", "Dispatch it anew.")
    if job.expires_at < (time.time() if now is None else now):
        raise BadInput("This job is too old.", "Dispatch it anew, and see that both clocks are right.")
    return job


def _signature(body: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), _PURPOSE + body, hashlib.sha256).hexdigest()
