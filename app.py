"""Serve the page: ``python app.py``. Also what a Hugging Face Space runs."""

from __future__ import annotations

import os

from interviewlab.settings import read_settings
from interviewlab.ui import launch

if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: with more, threads mostly wait for each other
    launch(read_settings(), open_browser=False)
