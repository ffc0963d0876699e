"""One real browser before the same server: how soon a page can be used, what Run costs, how long it is stuck."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

from interviewlab.bench.figures import percentiles
from interviewlab.bench.voice.browser import CHROMIUM
from interviewlab.bootstrap import open_interview
from interviewlab.errors import BadInput
from interviewlab.questions.bank import load_bank
from interviewlab.settings import Settings
from interviewlab.types import Plan

if TYPE_CHECKING:
    from playwright.async_api import Page

LONG_TURNS = 240
"""Two hours with a turn each half minute."""
LINES = 5_000
RUNS = 5
_WATCH = """new PerformanceObserver((list) => {
  (window.longTasks ??= []).push(...list.getEntries().map((entry) => entry.duration));
}).observe({ type: "longtask", buffered: true });"""
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
_MARK_OLD = "document.querySelectorAll('#results .il-run').forEach((run) => { run.dataset.old = 'yes'; })"
"""A run may be over before anybody sees that it is under way; the next result is drawn anew."""
_FLAGS = ("--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


async def hold_long_interview(settings: Settings) -> str:
    """An interview of ``LONG_TURNS`` turns with an exercise on the table; gives its id."""
    answers = {question.id: question.answer for question in load_bank().questions}
    async with open_interview(settings, plan=Plan(minutes=100_000, questions=400, exercises=1, seed=3)) as interview:
        reply = await interview.start()
        for turn in range(LONG_TURNS):
            said = "Could you repeat the question?" if turn % 2 else answers.get(reply.question_id or "", "I am ready.")
            reply = await interview.reply(" ".join(said.split()[:60]))
        while interview.exercise is None and not reply.ended:
            reply = await interview.reply("Could we do a coding exercise now? I would like to write code.")
        return interview.id


async def use_page(url: str, interview_id: str) -> dict[str, Any]:
    """Open the page, go on with that interview, run code that prints a lot, end the interview and look back at it.

    Raises BadInput without a browser.
    """
    try:
        from playwright.async_api import async_playwright
    except ImportError as error:
        raise BadInput("The page is measured in a browser.", "pip install playwright") from error
    if not CHROMIUM.exists():
        raise BadInput("The page is measured in Chromium.", "apt-get install chromium")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(_FLAGS))
        page = await chromium.new_page()
        page.set_default_timeout(120_000)
        await page.add_init_script(_WATCH)
        opened = await _open(page, url)
        await _go_on(page, interview_id)
        ran = await _run(page)
        await _look_back(page)
        stuck = await page.evaluate("window.longTasks ?? []")
        await chromium.close()
    return {**opened, **ran, **_stuck(opened["long_tasks_at_load_ms"], stuck)}


async def _open(page: Page, url: str) -> dict[str, Any]:
    start = time.perf_counter()
    await page.goto(url)
    await page.wait_for_selector("#start")
    usable = time.perf_counter() - start
    paint = await page.evaluate(_PAINT)
    tasks = await page.evaluate("window.longTasks ?? []")
    return {
        "usable_s": round(usable, 3),
        "first_paint_s": None if paint is None else round(paint / 1000, 3),
        "long_tasks_at_load_ms": [round(task) for task in tasks],
    }


async def _go_on(page: Page, interview_id: str) -> None:
    await page.locator("#place-progress-button").click()
    await page.locator(f"#past-list input[value='{interview_id}']").check()
    await page.locator("#open-past").click()
    await page.wait_for_selector("#code .cm-content")


async def _run(page: Page) -> dict[str, Any]:
    """What a click on Run takes over the run itself, for the starter and for a program that prints ``LINES`` lines."""
    quick = [await _click_run(page) for _ in range(RUNS)]
    await page.locator("#code .cm-content").click()
    await page.keyboard.press("Control+Home")
    await page.keyboard.insert_text(f"for n in range({LINES}): print('line', n)\n")
    await page.wait_for_timeout(500)
    much = [await _click_run(page) for _ in range(RUNS)]
    return {"run_over_run_s": percentiles(quick), "run_of_5000_lines_over_run_s": percentiles(much)}


async def _click_run(page: Page) -> float:
    await page.evaluate(_MARK_OLD)
    start = time.perf_counter()
    await page.locator("#run").click()
    await page.wait_for_selector("#results .il-run:not([data-old])", state="attached")
    whole = time.perf_counter() - start
    told = await page.locator("#results .il-run").inner_text()
    found = re.search(r"(\d+) ms", told)
    return whole - (int(found[1]) / 1000 if found else 0.0)


async def _look_back(page: Page) -> None:
    """Report, replay and progress."""
    await page.locator("#end").click()
    await page.locator("#end-now").click()
    await page.wait_for_selector("#report .il-report")
    await page.locator("#replay-fold > button").click()
    await page.wait_for_selector("#replay .il-replay")
    await page.locator("#place-progress-button").click()
    await page.wait_for_selector("#trends .il-trends", state="attached")
    await page.wait_for_timeout(500)


def _stuck(at_load: list[float], all_tasks: list[float]) -> dict[str, Any]:
    later = sorted(all_tasks)[::-1] if not at_load else sorted(all_tasks[len(at_load) :])[::-1]
    return {"longest_task_ms": round(later[0]) if later else 0, "tasks_over_200_ms": sum(task > 200 for task in later)}
