"""Which sandbox: the strongest that passes its own self-test, or the one asked for; none if none holds."""

from __future__ import annotations

from interviewlab.errors import SandboxUnavailable
from interviewlab.ports import Sandbox


async def open_sandbox(backend: str = "auto", concurrency: int = 2) -> Sandbox:
    """A sandbox by name."""
    if backend == "scripted":
        from interviewlab.sandbox.scripted import ScriptedSandbox

        return ScriptedSandbox()
    from interviewlab.sandbox.sandlock import SandlockSandbox

    if backend in ("auto", "sandlock"):
        return SandlockSandbox()
    raise SandboxUnavailable(f"There is no sandbox '{backend}' here.", "Choose auto or sandlock.")
