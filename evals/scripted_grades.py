"""What the scripted endpoint answers to one who asks for grades."""

from __future__ import annotations

import hashlib
import json
from contextlib import AbstractContextManager
from typing import Any

from interviewlab.llm.scripted_endpoint import ScriptedEndpoint, serve_scripted


def grade_by_hash(system: str, user: str) -> str:
    """A verdict that depends on the answer alone: its score, and its first word as evidence."""
    answer = str(json.loads(user)["answer"])
    score = hashlib.sha256(answer.encode()).digest()[0] / 255
    points = [{"n": 1, "quote": answer.split()[0]}] if answer.split() else []
    return json.dumps({"points": points, "score": round(score, 3) if points else 0, "reason": "by hash"})


def serve_grades(**how: Any) -> AbstractContextManager[ScriptedEndpoint]:
    """The scripted endpoint as a grader, until the block ends."""
    return serve_scripted(**{"answer": grade_by_hash, **how})
