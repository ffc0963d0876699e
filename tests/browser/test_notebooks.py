"""The widgets of a notebook in JupyterLab: there, and alive."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.stage import ROOT, browser

pytestmark = pytest.mark.browser


@contextmanager
def lab(folder: Path) -> Iterator[str]:
    """JupyterLab over a copy of the notebooks, so that nothing it saves reaches the checkout; gives its address."""
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    for name in ("evals", "interviewlab", "tests"):
        (folder / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--port=0"]
    command += ["--IdentityProvider.token=", "--LabApp.news_url=", "--notebook-dir", str(folder / "notebooks")]
    env = {**os.environ, "INTERVIEWLAB_NOTEBOOKS_FAST": "1", "INTERVIEWLAB_IS_OFFLINE": "true"}
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as server:
        try:
            found = (re.search(r"http://(?:localhost|127\.0\.0\.1):(\d+)", line) for line in server.stderr or ())
            # By number: the browser resolves no name.
            yield f"http://127.0.0.1:{next(each[1] for each in found if each)}"
        finally:
            server.terminate()


def test_a_slider_of_the_rubric_moves_the_agreement(tmp_path: Path) -> None:
    with lab(tmp_path) as address, browser() as chromium:
        page = chromium.new_page(viewport={"width": 1400, "height": 3000})
        page.set_default_timeout(60_000)
        page.goto(f"{address}/lab/tree/05_tune_a_rubric.ipynb?reset")
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        # Before the kernel is there, what the menu asks of it is lost.
        expect(page.locator("#jp-main-statusbar")).to_contain_text("Idle", timeout=60_000)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        table = page.locator(".il-weigh table")
        expect(table).to_contain_text("quadratic weighted kappa", timeout=120_000)
        before = table.inner_text()
        handle = page.locator(".il-weigh .noUi-handle").first
        handle.focus()
        for _ in range(12):
            handle.press("ArrowRight")
        expect(table).not_to_have_text(before)
        expect(page.locator(".il-weigh")).to_contain_text(re.compile(r"Recomputed in \d+ ms"))
        if shots := os.environ.get("INTERVIEWLAB_SCREENSHOTS"):
            page.screenshot(path=Path(shots) / "notebook-rubric.png")
