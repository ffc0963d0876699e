"""Long runs of blanks and marks hold nobody up: read in a child process that is ended where it does not come back."""

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
    ],
)
def test_a_run_of_a_few_thousand_is_read(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, timeout=PATIENCE_S)


def test_levels_and_lengths_are_told_as_before() -> None:
    rated = ("Python  (5 years)", "Python ★★★★☆", "Python – 80 %", "Python: 4/5", "Python (daily)")
    assert {RATED.sub("", text) for text in rated} == {"Python"}
    assert all(map(is_duration, ("2 years 10 months", "(2 yrs, 3 mos)", "· 1 año y 2 meses ·", "3 months")))
    assert not any(map(is_duration, ("2 years at Acme", "years", "()")))
