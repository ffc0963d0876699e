"""Is the interviewer any good, and how sure are we? Run from a checkout: ``python -m evals COMMAND``.

The words are those of inspect_ai: a *dataset* of *samples* goes through a *runner* that asks a *scorer*, and a
*report* says how far the scores agree with people.
"""

import os

import interviewlab  # noqa: F401 - silences ONNX Runtime, so it comes before

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Small matrices: with more, threads mostly wait for each other. Read when NumPy is first imported."""
