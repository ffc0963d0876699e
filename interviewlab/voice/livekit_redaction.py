"""Tokens out of logs: LiveKit's libraries print a refused token whole."""

from __future__ import annotations

import logging
import re
import traceback

_TOKEN = re.compile(r"eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]+)?")
_PARAMETER = re.compile(r"(access_token=|authorization:\s*bearer\s+)[^\s&\"']+", re.IGNORECASE)
_LOGGERS = ("livekit", "livekit.agents", "livekit.rtc", "livekit.api")


def redact(text: str) -> str:
    """``text`` with every token struck out."""
    return _PARAMETER.sub(r"\1[token]", _TOKEN.sub("[token]", text))


class Redacting(logging.Filter):
    """Strikes tokens out of a record and of the error it tells of."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true."""
        record.msg, record.args = redact(record.getMessage()), None
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = redact("".join(traceback.format_exception(record.exc_info[1])).rstrip())
            record.exc_info = None
        for name, value in list(vars(record).items()):
            if isinstance(value, BaseException) or (isinstance(value, str) and name not in ("msg", "exc_text")):
                setattr(record, name, redact(str(value)))
        return True


def redact_logs() -> None:
    """Strike tokens out of all that LiveKit's libraries log in this process from now on; may be called again."""
    for holder in (*map(logging.getLogger, _LOGGERS), *logging.getLogger().handlers):
        if not any(isinstance(each, Redacting) for each in holder.filters):
            holder.addFilter(Redacting())
