"""Long runs of one sign hold nobody up: read in a child process that is ended where it does not come back."""

from __future__ import annotations

import subprocess
import sys

import pytest

from interviewlab.resume.dates import is_duration
from interviewlab.resume.lists import RATED

PATIENCE_S = 60


@pytest.mark.parametrize(
    "code",
    [
        "from interviewlab.resume.lists import RATED; RATED.sub('', 'Python' + ' ' * 4000 + 'x')",
        "from interviewlab.resume.dates import is_duration; is_duration('()' * 2000 + '1')",
        "from interviewlab.resume.claims import FIGURE; FIGURE.search('1' * 300_000)",
        "from interviewlab.resume.skills import find_skills; find_skills('a' * 300_000)",
        "from interviewlab.resume.alternatives import find_alternatives as find; find('Go ' + 'a' * 300_000 + ' C#')",
        "from interviewlab.resume.job import COMPANY; [each.search('A-' * 150_000) for each in COMPANY]",
        "from interviewlab.resume.job import BESIDE_ROLE; BESIDE_ROLE.search(' ' * 300_000 + 'x')",
        "from interviewlab.resume.lines import CELL_BREAK; CELL_BREAK.split('\\f' * 300_000 + 'x')",
        "from interviewlab.resume.lines import clean; clean('a' + ' ' * 300_000 + 'x')",
        "from interviewlab.resume.headings import section_of; section_of(' ' * 300_000 + 'x')",
        "from interviewlab.resume.markup import lines_from_text; lines_from_text(' ' * 300_000 + 'x')",
    ],
)
def test_a_run_of_a_few_thousand_is_read(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, timeout=PATIENCE_S)


def test_levels_and_lengths_are_told_as_before() -> None:
    rated = ("Python  (5 years)", "Python ★★★★☆", "Python – 80 %", "Python: 4/5", "Python (daily)")
    assert {RATED.sub("", text) for text in rated} == {"Python"}
    assert all(map(is_duration, ("2 years 10 months", "(2 yrs, 3 mos)", "· 1 año y 2 meses ·", "3 months")))
    assert not any(map(is_duration, ("2 years at Acme", "years", "()")))
