"""Notebook displays: importing this inside Jupyter makes transcripts, reports, run results and CVs show themselves.

``to_frame`` turns the same types into pandas tables, ``explained`` says what is wrong in one sentence and goes on,
``size`` keeps trials short. The widgets ``step_through`` and ``weigh`` stand in ``stepping`` and ``weighing``. Outside
IPython the import changes nothing.
"""

from __future__ import annotations

from interviewlab.notebook.display import register
from interviewlab.notebook.frames import to_frame
from interviewlab.notebook.sizes import size
from interviewlab.notebook.telling import explained

__all__ = ["explained", "register", "size", "to_frame"]

register()
