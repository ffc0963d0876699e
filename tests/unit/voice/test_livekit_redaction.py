from __future__ import annotations

import io
import logging

from livekit import api

from interviewlab.voice.livekit_redaction import Redacting, redact


def token() -> str:
    made = api.AccessToken("key", "0123456789abcdef" * 2).with_identity("candidate")
    return str(made.with_grants(api.VideoGrants(room_join=True, room="r")).to_jwt())


def test_a_token_is_struck_out_and_the_rest_is_kept() -> None:
    secret = token()
    said = redact(f"ws://host/rtc?access_token={secret}&sdk=python refused: {secret}, 401")
    assert said == "ws://host/rtc?access_token=[token]&sdk=python refused: [token], 401"


def test_tokens_in_arguments_errors_and_extras_do_not_reach_the_log() -> None:
    secret, written = token(), io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(message)s %(error)s"))
    handler.addFilter(Redacting())
    log = logging.getLogger("test.redaction")
    log.addHandler(handler)
    try:
        raise ValueError(f"refused {secret}")
    except ValueError as error:
        log.exception("could not join with %s", secret, extra={"error": error})
    log.removeHandler(handler)
    assert secret not in written.getvalue()
    assert secret.split(".")[1] not in written.getvalue()
    assert "could not join with [token]" in written.getvalue()
    assert "ValueError: refused [token]" in written.getvalue()
