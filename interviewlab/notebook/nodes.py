"""The graph of a turn, drawn."""

from __future__ import annotations

from typing import Any


class GraphPicture:
    """JupyterLab draws it; elsewhere it is its Mermaid text."""

    def __init__(self) -> None:
        # LangGraph costs seconds to import.
        from interviewlab.orchestrator.graph import build_graph

        self._mermaid = build_graph().get_graph().draw_mermaid()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/vnd.mermaid": self._mermaid, "text/plain": self._mermaid}
