"""The allowances of one server, from its settings. On one's own machine nothing is counted."""

from __future__ import annotations

from dataclasses import dataclass

from interviewlab.settings import Settings
from interviewlab.ui.door.allowance import Allowance

HOUR_S = 3600.0


@dataclass(frozen=True)
class Limits:
    """What one owner may ask for, and what one address may."""

    calls: Allowance
    runs: Allowance
    starts: Allowance
    uploads: Allowance
    talks: Allowance
    newcomers: Allowance


def build_limits(settings: Settings) -> Limits | None:
    """None where one person has the machine alone."""
    if settings.whose == "local":
        return None
    return Limits(
        calls=Allowance(settings.owner_calls, 60.0, "That was too many requests at once."),
        runs=Allowance(settings.owner_runs, HOUR_S, "You have run as many programs as one person may in an hour."),
        starts=Allowance(settings.owner_starts, HOUR_S, "You have begun as many interviews as one may in an hour."),
        uploads=Allowance(settings.owner_uploads, HOUR_S, "You have sent as many files as one person may in an hour."),
        talks=Allowance(settings.owner_talks, HOUR_S, "You have begun as many calls as one person may in an hour."),
        newcomers=Allowance(settings.address_newcomers, HOUR_S, "Too many came from your address within an hour."),
    )
