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
from playwright.sync_api import Browser, Page, expect

from tests.browser.stage import ROOT, browser

pytestmark = pytest.mark.browser
ENOUGH = 4.5
"""Contrast of small words, by WCAG's level AA."""
FAINT = """enough => {
    const channels = colour => colour.match(/[\\d.]+/g).map(Number)
    const over = ([r, g, b, a = 1], ground) => [r, g, b].map((v, i) => v * a + ground[i] * (1 - a))
    const ground = e => {
        const own = channels(getComputedStyle(e).backgroundColor)
        return own[3] === 0 && e.parentElement ? ground(e.parentElement) : own
    }
    const linear = v => v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4
    const light = rgb => 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2])
    const contrast = e => {
        const [below, style] = [ground(e), getComputedStyle(e)]
        const words = over(channels(e.closest("svg") ? style.fill : style.color), below)
        const [high, low] = [light(words), light(below)].sort((a, b) => b - a)
        return (high + 0.05) / (low + 0.05)
    }
    const shown = document.querySelectorAll(".js-plotly-plot text, .jp-OutputArea :is(td, th, mark, p)")
    const told = [...shown].filter(e => e.textContent.trim()).map(e => [e.textContent, contrast(e)])
    return told.filter(each => each[1] < enough)
}"""
"""Words of outputs that cannot be read well, with their contrast."""


@contextmanager
def lab(folder: Path) -> Iterator[str]:
    """JupyterLab over a copy of the notebooks, so that nothing it saves reaches the checkout; gives its address."""
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    for name in ("evals", "interviewlab", "tests"):
        (folder / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", "--port=0"]
    command += ["--IdentityProvider.token=", "--LabApp.news_url=", "--LabApp.expose_app_in_browser=True"]
    command += ["--notebook-dir", str(folder / "notebooks")]
    env = {**os.environ, "INTERVIEWLAB_NOTEBOOKS_FAST": "1", "INTERVIEWLAB_IS_OFFLINE": "true"}
    env["JUPYTERLAB_SETTINGS_DIR"] = str(folder / "settings")
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as server:
        try:
            found = (re.search(r"http://(?:localhost|127\.0\.0\.1):(\d+)", line) for line in server.stderr or ())
            # By number: the browser resolves no name.
            yield f"http://127.0.0.1:{next(each[1] for each in found if each)}"
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Browser]]:
    with lab(tmp_path_factory.mktemp("lab")) as address, browser() as chromium:
        yield address, chromium


def run_all(desk: tuple[str, Browser], name: str) -> Page:
    """The notebook in a window so high that every cell is drawn, all of it told to run."""
    address, chromium = desk
    page = chromium.new_page(viewport={"width": 1400, "height": 4000})
    page.set_default_timeout(60_000)
    page.goto(f"{address}/lab/tree/{name}?reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    # Before the kernel is there, what the menu asks of it is lost.
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Idle", timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    return page


def picture(page: Page, name: str) -> None:
    """For those who want to look at it."""
    if shots := os.environ.get("INTERVIEWLAB_SCREENSHOTS"):
        Path(shots).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(shots) / f"notebook-{name}.png")


def darken(page: Page) -> None:
    """JupyterLab's dark theme, by the command behind its menu."""
    page.evaluate("window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")


def test_a_slider_of_the_rubric_moves_the_agreement(desk: tuple[str, Browser]) -> None:
    page = run_all(desk, "05_tune_a_rubric.ipynb")
    table = page.locator(".il-weigh table")
    expect(table).to_contain_text("quadratic weighted kappa", timeout=120_000)
    before = table.inner_text()
    handle = page.locator(".il-weigh .noUi-handle").first
    handle.focus()
    for _ in range(12):
        handle.press("ArrowRight")
    expect(table).not_to_have_text(before)
    expect(page.locator(".il-weigh")).to_contain_text(re.compile(r"Recomputed in \d+ ms"))
    picture(page, "rubric")


def test_an_interview_is_stepped_through_beside_its_evidence(desk: tuple[str, Browser]) -> None:
    page = run_all(desk, "03_from_transcript_to_report.ipynb")
    steps = page.locator(".il-step")
    steps.get_by_role("button", name="Next").click(timeout=120_000)
    expect(steps).to_contain_text("Candidate")
    before = steps.inner_text()
    steps.get_by_role("button", name="Next").click()
    expect(steps).not_to_have_text(before)
    expect(page.locator(".jp-OutputArea mark").first).to_be_attached(timeout=120_000)
    expect(page.locator(".js-plotly-plot text").last).to_be_attached(timeout=60_000)
    picture(page, "evidence")
    assert page.evaluate(FAINT, ENOUGH) == []
    darken(page)
    picture(page, "evidence-dark")
    assert page.evaluate(FAINT, ENOUGH) == []


def test_answers_are_rated_blind_one_after_the_other(desk: tuple[str, Browser]) -> None:
    page = run_all(desk, "10_your_own_data.ipynb")
    rating = page.locator(".il-rate")
    expect(rating).to_contain_text(re.compile(r"1 of \d+"), timeout=120_000)
    rating.get_by_placeholder("Why (optional)").fill("names the cost")
    rating.get_by_role("button", name="4", exact=True).click()
    expect(rating).to_contain_text(re.compile(r"2 of \d+"))
    expect(rating.get_by_placeholder("Why (optional)")).to_have_value("")
    picture(page, "rating")
