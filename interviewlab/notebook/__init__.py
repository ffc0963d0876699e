"""Notebook displays: importing this inside Jupyter makes transcripts, reports, run results and CVs show themselves.

``to_frame`` turns the same types into pandas tables. Outside IPython the import changes nothing.
"""

from __future__ import annotations

from interviewlab.notebook.display import register
from interviewlab.notebook.frames import to_frame

__all__ = ["register", "to_frame"]

register()
