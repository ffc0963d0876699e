"""What Prometheus is told. Names and figures of the server alone, nothing of anybody."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

from interviewlab.types import SandboxHealth

_STEPS_S = (0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
REQUESTS = Counter("interviewlab_requests", "Requests by kind and status", ["kind", "status"])
REQUEST_S = Histogram("interviewlab_request_seconds", "How long requests took", ["kind"], buckets=_STEPS_S)
TURN_S = Histogram("interviewlab_turn_seconds", "From an answer to its whole reply", buckets=_STEPS_S)
RUN_S = Histogram("interviewlab_run_seconds", "From Run to its result", buckets=_STEPS_S)
CALLS = Gauge("interviewlab_voice_calls", "Calls that stand")
PLACES = Gauge("interviewlab_voice_places", "Calls that may stand at once")
SANDBOX = Gauge("interviewlab_sandbox", "What the sandbox does and did", ["backend", "what"])
SANDBOX_S = Gauge("interviewlab_sandbox_seconds", "Times of its last runs", ["backend", "what", "quantile"])


def tell_sandbox(health: SandboxHealth) -> None:
    """The sandbox as it stands now."""
    counts = {
        "running": health.running,
        "waiting": health.waiting,
        "spares": health.spares,
        "refused": health.refused,
        "failed": health.failed,
        **{f"outcome_{outcome}": count for outcome, count in health.outcomes.items()},
    }
    for what, count in counts.items():
        SANDBOX.labels(health.backend, what).set(count)
    for what, spread in (("wait", health.wait_s), ("run", health.run_s)):
        SANDBOX_S.labels(health.backend, what, "0.5").set(spread.p50)
        SANDBOX_S.labels(health.backend, what, "0.95").set(spread.p95)
