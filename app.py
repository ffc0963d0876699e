"""Serve the page: ``python app.py``. Also what a Hugging Face Space runs."""

from __future__ import annotations

from interviewlab.settings import read_settings
from interviewlab.ui import launch

if __name__ == "__main__":
    launch(read_settings(), open_browser=False)
