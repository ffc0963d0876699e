"""The real app in its own process and a real Chromium before it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.parts import need

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
expect.set_options(timeout=30_000)
"""Far more than anything takes on a machine of one's own; on a shared one everything takes longer at times."""
LEFT = "Unexpected error Connection errored out"
"""What Gradio says of an event that a page left behind; anywhere else an event would be lost."""
NOT_OURS = ("Failed to load resource", "preload", "AbortError: signal is aborted")
"""Console lines that a browser writes of itself when we ask for what is not there, and that Gradio writes when it hangs
up on a stream of its own: on the page's, when it is left, and on that of an upload, when it is over."""


@contextmanager
def served(data_dir: Path, port: int = 0) -> Iterator[str]:
    """``python app.py`` on a free port and an empty data folder; gives its address."""
    with started(data_dir, port) as app:
        yield address_of(app)


@contextmanager
def started(data_dir: Path, port: int = 0) -> Iterator[subprocess.Popen[str]]:
    """``python app.py``, asked to end when nobody needs it any more; ``address_of`` waits until it is up."""
    env = {
        **os.environ,
        "INTERVIEWLAB_DATA_DIR": str(data_dir),
        "INTERVIEWLAB_PORT": str(port),
        "INTERVIEWLAB_IS_OFFLINE": "true",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, str(ROOT / "app.py")]
    with subprocess.Popen(
        command, cwd=data_dir, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as app:
        try:
            yield app
        finally:
            app.terminate()


def address_of(app: subprocess.Popen[str]) -> str:
    """Where the app is served, as soon as it says so."""
    seen = []
    for line in app.stdout or ():
        seen.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found.group()
    raise RuntimeError("the app ended before it was up:\n" + "".join(seen))


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium that can reach nothing but this machine."""
    need("chromium", CHROMIUM.exists(), "apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """One visitor's page and what it did behind the scenes."""

    page: Page
    url: str
    abroad: list[str] = field(default_factory=list)
    """Requests that left this machine."""
    complaints: list[str] = field(default_factory=list)
    """Errors on the console and uncaught exceptions."""

    def arrive(self) -> None:
        """Open the app, or open it again, and wait until it can be used."""
        said = len(self.complaints)
        self.page.goto(self.url)
        self.page.wait_for_selector("#places", timeout=60_000)
        self.page.wait_for_selector("#parts .il-parts", state="attached", timeout=60_000)
        self.complaints[said:] = [each for each in self.complaints[said:] if LEFT not in each]

    def focus_is_in(self, selector: str) -> bool:
        """Whether the focus is on or inside an element."""
        return bool(self.page.evaluate("s => Boolean(document.activeElement?.closest(s))", selector))

    def tab_to(self, selector: str, key: str = "Tab") -> None:
        """Go there by the Tab key alone."""
        for _ in range(80):
            if self.focus_is_in(selector):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{selector} cannot be reached by {key}")

    def press(self, selector: str) -> None:
        """Use a button by keyboard alone."""
        self.tab_to(selector)
        self.page.keyboard.press("Enter")

    def say(self, text: str) -> None:
        """Type an answer, send it with Enter, wait for the whole reply and the focus back in the box."""
        page = self.page
        before = page.locator("#transcript [data-reply]").count()
        self.tab_to("#answer")
        page.keyboard.insert_text(text)
        page.keyboard.press("Enter")
        page.wait_for_function("n => document.querySelectorAll('#transcript [data-reply]').length > n", arg=before)


def visit(context: BrowserContext, url: str) -> Visit:
    """A new page that keeps watch over its requests and its console."""
    page = context.new_page()
    page.set_default_timeout(60_000)
    seen = Visit(page, url)
    page.on("request", lambda r: None if r.url.startswith((url, "data:", "blob:")) else seen.abroad.append(r.url))
    page.on("websocket", lambda s: None if "127.0.0.1" in s.url else seen.abroad.append(s.url))
    page.on("console", lambda m: seen.complaints.append(f"{m.text} {m.location}") if _is_bad(m) else None)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    return seen


def _is_bad(line: ConsoleMessage) -> bool:
    # "Response": Gradio asks for the progress of an upload that is over already.
    is_ours = line.text != "Response" and not any(words in line.text for words in NOT_OURS)
    return line.type == "error" and is_ours
