"""The nodes: plain functions, state in, part of the state out."""
