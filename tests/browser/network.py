"""A network that fails for a while: no packet of one call gets through, in either direction."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Page

from tests.parts import need

SERVER_PORT = """async () => {
  const stats = [...(await window.bench.calls.at(-1).getStats()).values()];
  const pair = stats.find((s) => s.type === "candidate-pair" && s.nominated && s.state === "succeeded");
  return stats.find((s) => s.id === pair.remoteCandidateId).port;
}"""


def need_packet_filter() -> None:
    """Skip where packets cannot be dropped."""
    can_drop = os.geteuid() == 0 and shutil.which("iptables") is not None and _filter("-L").returncode == 0
    need("iptables", can_drop, "run as root with iptables and CAP_NET_ADMIN")


@asynccontextmanager
async def cut_off(page: Page) -> AsyncIterator[None]:
    """Drop what goes to and comes from the server's port of the newest call of a page, and of nobody else."""
    port = str(await page.evaluate(SERVER_PORT))
    rules = [("INPUT", "-p", "udp", way, port, "-j", "DROP") for way in ("--dport", "--sport")]
    for rule in rules:
        await asyncio.to_thread(_filter, "-I", *rule)
    try:
        yield
    finally:
        for rule in rules:
            await asyncio.to_thread(_filter, "-D", *rule)


def _filter(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["iptables", "-w", *arguments], capture_output=True, check=False)
