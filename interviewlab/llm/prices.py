"""What calls cost."""

from __future__ import annotations

CHARACTERS_A_TOKEN = 4
"""Where an endpoint counts no tokens itself."""
LISTED = {"gpt-4o-mini": (0.15, 0.60), "gpt-4o": (2.50, 10.00)}
"""USD per million tokens in and out, as OpenAI lists them; others are named in the settings."""


def cost_usd(
    model: str, tokens_in: int, tokens_out: int, usd_in: float | None = None, usd_out: float | None = None
) -> float | None:
    """USD at the prices given, or as listed; None where nobody knows."""
    listed = LISTED.get(model)
    price_in = usd_in if usd_in is not None else listed[0] if listed else None
    price_out = usd_out if usd_out is not None else listed[1] if listed else None
    if price_in is None or price_out is None:
        return None
    return round((tokens_in * price_in + tokens_out * price_out) / 1e6, 9)
