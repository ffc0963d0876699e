"""How much of this machine's memory a process holds."""

from __future__ import annotations

import re
from pathlib import Path


def resident_mb(process: int) -> float:
    """Resident memory of one process in MB, 0 where /proc does not tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
