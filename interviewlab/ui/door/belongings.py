"""What Gradio keeps for whom: event sessions and uploaded files. Whatever nobody is known to own is nobody's."""

from __future__ import annotations

import shutil
from collections import Counter, OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MOST_SESSIONS = 100_000
"""The oldest are forgotten: whoever still had one open loads the page again."""


class Belongings:
    """Owners of sessions and uploads of one process."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[str, str] = OrderedDict()
        self._files: dict[str, Counter[str]] = {}
        """How often each owner sent a file and did not let it go."""

    def take_session(self, session: str, owner: str) -> bool:
        """Whether the session is this owner's; one that nobody has is theirs from now on."""
        mine = self._sessions.setdefault(session, owner) == owner
        if len(self._sessions) > MOST_SESSIONS:
            self._sessions.popitem(last=False)
        return mine

    def add_file(self, path: str, owner: str) -> None:
        """An upload; the same bytes under the same name may be sent by several people."""
        self._files.setdefault(str(Path(path).resolve()), Counter())[owner] += 1

    def is_file_of(self, path: str, owner: str) -> bool:
        """Whether this owner sent it."""
        return owner in self._files.get(str(Path(path).resolve()), ())

    def let_go(self, path: str, owner: str) -> None:
        """This owner needs an upload no more: it is deleted, unless it was sent again, or by somebody else too."""
        path = str(Path(path).resolve())
        owners = self._files.get(path, Counter())
        if owner not in owners:
            return
        owners[owner] -= 1
        if not owners[owner]:
            del owners[owner]
        if not owners:
            del self._files[path]
            shutil.rmtree(Path(path).parent, ignore_errors=True)

    def forget(self, owner: str) -> None:
        """Delete the files that nobody else sent too, and let the sessions go."""
        for path, times in [(path, owners[owner]) for path, owners in self._files.items()]:
            for _ in range(times):
                self.let_go(path, owner)
        for session in [session for session, whose in self._sessions.items() if whose == owner]:
            del self._sessions[session]


def named_files(value: Any) -> Iterator[str]:
    """Every path of a file that the JSON of an event names, however deep."""
    if isinstance(value, dict):
        if isinstance(value.get("path"), str):
            yield value["path"]
        for inner in value.values():
            yield from named_files(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from named_files(inner)
