"""The conversation as a graph: understand, decide, one speaking node, record."""

from __future__ import annotations

from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from interviewlab.orchestrator.nodes.decide import decide
from interviewlab.orchestrator.nodes.record import record
from interviewlab.orchestrator.nodes.speak import speak
from interviewlab.orchestrator.nodes.turn import Cast
from interviewlab.orchestrator.nodes.understand import understand
from interviewlab.orchestrator.routing import choose_speaker
from interviewlab.orchestrator.state import InterviewState
from interviewlab.types import MOVES


def build_graph(checkpointer: BaseCheckpointSaver[Any] | None = None) -> CompiledStateGraph[Any, Cast, Any, Any]:
    """The compiled graph; without a checkpointer each run stands alone."""
    graph = StateGraph(InterviewState, context_schema=Cast)
    graph.add_node("understand", understand)
    graph.add_node("decide", decide)
    for move in MOVES:
        graph.add_node(move, speak)
    graph.add_node("record", record)

    graph.add_edge(START, "understand")
    graph.add_edge("understand", "decide")
    graph.add_conditional_edges("decide", choose_speaker, list(MOVES))
    for move in MOVES:
        graph.add_edge(move, "record")
    graph.add_edge("record", END)
    return graph.compile(checkpointer=checkpointer)
