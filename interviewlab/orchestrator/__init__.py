"""The conversation: a LangGraph graph over working state that is checkpointed once a turn."""
