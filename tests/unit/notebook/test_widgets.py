"""Widgets without a browser: what they show, and what they say to nonsense."""

from __future__ import annotations

import asyncio
from pathlib import Path

import ipywidgets
import pytest

from evals.agreement import Judged, measure_agreement
from evals.replay import read_transcript
from evals.reweighing import quick_agreement
from interviewlab.brains.phrases import phrases_from
from interviewlab.errors import BadInput
from interviewlab.notebook import explained, size
from interviewlab.notebook.editing import edit
from interviewlab.notebook.evidence import evidence_to_html, mark
from interviewlab.notebook.stepping import step_through
from interviewlab.notebook.weighing import reweighted, weigh
from interviewlab.scoring.rubric import load_rubric, rubric_from_yaml
from interviewlab.types import AXES, Transcript
from tests.unit.notebook.test_display import HOSTILE, TRANSCRIPT, report

ROWS = [Judged(f"t{n}", (n % 5) / 4, None if n == 7 else ((n * 3 + n // 4) % 5) / 4, is_blank=False) for n in range(40)]


def part(box: ipywidgets.Widget, kind: type, place: int = 0) -> ipywidgets.Widget:
    found = [each for each in walk(box) if type(each) is kind]
    return found[place]


def walk(box: ipywidgets.Widget) -> list[ipywidgets.Widget]:
    return [box, *(each for child in getattr(box, "children", ()) for each in walk(child))]


def test_quick_figures_are_those_of_the_full_measurement() -> None:
    full = measure_agreement(ROWS, seed=0)
    assert full is not None
    quick = quick_agreement(ROWS, seed=0)
    assert [figure.value for figure in quick.values()] == [full.qwk.value, full.exact.value, full.adjacent.value]
    for figure, slow in zip(quick.values(), (full.qwk, full.exact, full.adjacent), strict=True):
        # Other draws of the same bootstrap.
        assert figure.interval == pytest.approx(slow.interval, abs=0.05)


def test_figures_of_nothing_are_not_defined() -> None:
    assert {figure.value for figure in quick_agreement([], seed=0).values()} == {None}


def test_moving_a_weight_shows_other_figures_and_a_bad_band_is_a_sentence() -> None:
    box = weigh(load_rubric(), lambda rubric: quick_agreement(ROWS[: 10 + int(100 * rubric.axes["testing"].weight)], 0))
    shown, said = part(box, ipywidgets.HTML, 0), part(box, ipywidgets.HTML, 1)
    before = shown.value
    part(box, ipywidgets.FloatSlider, AXES.index("testing")).value = 1.0
    assert shown.value != before
    assert "Recomputed in" in said.value
    after = shown.value
    part(box, ipywidgets.FloatSlider, len(AXES)).value = 0.95
    assert "the bands must rise" in said.value
    assert shown.value == after


def test_weights_of_nothing_are_refused() -> None:
    with pytest.raises(BadInput, match="No axis has a weight"):
        reweighted(load_rubric(), dict.fromkeys(AXES, 0.0))


def test_steps_go_on_and_back_and_show_text_as_text() -> None:
    transcript = read_transcript(Path(__file__).parents[2] / "data" / "transcripts" / "example.jsonl")
    box = step_through(transcript)
    shown, on, back = part(box, ipywidgets.HTML), part(box, ipywidgets.Button, 1), part(box, ipywidgets.Button, 0)
    assert back.disabled
    first = shown.value
    on.click()
    assert shown.value != first
    back.click()
    assert shown.value == first
    assert "<script" not in part(step_through(TRANSCRIPT), ipywidgets.HTML).value


def test_an_interview_that_never_began_cannot_be_stepped_through() -> None:
    with pytest.raises(BadInput, match="no reply"):
        step_through(Transcript(interview_id="empty"))


def test_quotes_are_marked_where_they_stand_and_markup_stays_text() -> None:
    assert mark("a <b> c", {"<b>": "testing"}).count("&lt;b&gt;</mark>") == 1
    assert mark("one two", {"one two": "testing", "two": "communication"}).count("<mark") == 1
    assert mark("one", {"absent": "testing"}) == "one"
    html = evidence_to_html(TRANSCRIPT, report())
    assert "<script" not in html
    assert 'title="communication">&lt;script&gt;' in html
    assert HOSTILE not in html


def test_an_old_transcript_is_explained_and_the_example_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.jsonl"
    old.write_text('{"seq": 0, "role": "assistant", "content": "Hello"}\n', encoding="utf-8")
    kept = TRANSCRIPT
    with explained():
        kept = read_transcript(old)
    assert kept is TRANSCRIPT
    said = capsys.readouterr().out
    assert "old.jsonl, line 1" in said
    assert said.count("\n") == 1


def test_other_errors_are_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), explained():
        _ = 1 / 0


def test_fast_notebooks_take_the_small_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTERVIEWLAB_NOTEBOOKS_FAST", raising=False)
    assert size(68, 7) == 68
    monkeypatch.setenv("INTERVIEWLAB_NOTEBOOKS_FAST", "1")
    assert size(68, 7) == 7


async def test_an_edited_text_is_shown_and_nonsense_is_a_sentence_with_its_line() -> None:
    box = edit("", lambda text: rubric_from_yaml(text).name)
    area, button = part(box, ipywidgets.Textarea), part(box, ipywidgets.Button)
    said, shown = part(box, ipywidgets.HTML, 0), part(box, ipywidgets.HTML, 1)
    area.value = load_rubric().model_dump_json()
    button.click()
    await asyncio.sleep(0)
    assert shown.value == "default"
    area.value = "name: mine\naxes: [\n"
    button.click()
    await asyncio.sleep(0)
    assert "line 3 is not valid YAML" in said.value
    assert shown.value == "default"


def test_phrases_that_do_not_exist_are_named_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "wording.yaml"
    path.write_text("acknowledge:\n  - Fine.\nfarewells:\n  - Bye.\n", encoding="utf-8")
    with pytest.raises(BadInput, match="line 3: 'farewells' is no list"), phrases_from(path):
        pass
    path.write_text("acknowledge: [\n", encoding="utf-8")
    with pytest.raises(BadInput, match="line 2 is not valid YAML"), phrases_from(path):
        pass
