"""What the interviewer had planned for this candidate, as Markdown; written only when the interview is over."""

from __future__ import annotations

from interviewlab.reports.markdown import escape
from interviewlab.types import Match, Plan


def plan_to_markdown(plan: Plan) -> str:
    """The agenda in order with the reason for each item, and how job and CV fit; empty without an agenda."""
    if not plan.agenda:
        return ""
    parts = ["# What was planned for you"]
    if plan.match:
        parts.append(_match(plan.match))
    parts.append(
        "\n".join(f"1. **{escape(item.about)}** ({item.minutes:.0f} min): {escape(item.why)}" for item in plan.agenda)
    )
    return "\n\n".join(parts) + "\n"


def _match(match: Match) -> str:
    lines = (("In your CV", match.covered), ("Not in your CV", match.missing), ("Used long ago", match.stale))
    return "\n".join(f"- {head}: {escape(', '.join(skills))}" for head, skills in lines if skills)
