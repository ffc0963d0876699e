"""A widget in which the weights and bands of a rubric are sliders, and figures follow them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Protocol

import ipywidgets
from pydantic import ValidationError

from interviewlab.errors import BadInput
from interviewlab.notebook.tables import to_table
from interviewlab.types import AXES, AxisName, Rubric


class Measured(Protocol):
    """A figure in [-1, 1] with its interval, None where it is not defined."""

    @property
    def value(self) -> float | None:
        """The figure."""

    @property
    def interval(self) -> tuple[float, float] | None:
        """Its lower and upper end."""


def reweighted(rubric: Rubric, weights: Mapping[AxisName, float], bands: tuple[float, ...] | None = None) -> Rubric:
    """The rubric with these weights, brought to a sum of 1, for every type of interview. Raises BadInput."""
    total = sum(weights.values())
    if not total > 0:
        raise BadInput("No axis has a weight, so no interview has a score.", "Move at least one weight above 0.")
    data = rubric.model_dump(mode="json") | {"types": {}, "bands": bands or rubric.bands}
    for name in AXES:
        data["axes"][name]["weight"] = weights[name] / total
    try:
        return Rubric.model_validate(data)
    except ValidationError as error:
        what = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise BadInput(f"This is no rubric: {what}.", "Move the sliders so that it holds.") from error


def weigh(rubric: Rubric, measure: Callable[[Rubric], Mapping[str, Measured]]) -> ipywidgets.Widget:
    """A slider for each weight and each band; ``measure`` is asked for its figures at every move.

    Weights count by their share of the sum. Sliders that make no rubric are answered by a sentence, and the last
    figures stay.
    """
    weights = {name: _slider(name.replace("_", " "), rubric.axes[name].weight) for name in AXES}
    bands = [_slider(f"level {n} from", bound) for n, bound in enumerate(rubric.bands, 2)]
    figures, said = ipywidgets.HTML(), ipywidgets.HTML()
    first = measure(reweighted(rubric, {name: each.value for name, each in weights.items()}))

    def show(_: Any = None) -> None:
        began = time.perf_counter()
        try:
            moved = reweighted(
                rubric, {name: each.value for name, each in weights.items()}, tuple(each.value for each in bands)
            )
        except BadInput as error:
            said.value = f'<p role="alert"><b>{escape(str(error))}</b></p>'
            return
        figures.value = figures_to_html(measure(moved), first)
        said.value = f"<p>Recomputed in {1000 * (time.perf_counter() - began):.0f} ms.</p>"

    for each in (*weights.values(), *bands):
        each.observe(show, names="value")
    show()
    sliders = ipywidgets.HBox([ipywidgets.VBox(list(weights.values())), ipywidgets.VBox(bands)])
    box = ipywidgets.VBox([sliders, figures, said])
    box.add_class("il-weigh")
    return box


def figures_to_html(now: Mapping[str, Measured], first: Mapping[str, Measured]) -> str:
    """Each figure with its interval, beside where it began."""
    rows = (
        f"<tr><td>{escape(name)}</td><td><b>{_number(each.value)}</b></td><td>{_interval(each.interval)}</td>"
        f"<td>{_number(first[name].value)}</td></tr>"
        for name, each in now.items()
    )
    return to_table(("figure", "now", "95 % interval", "at first"), rows)


def _slider(name: str, value: float) -> ipywidgets.FloatSlider:
    wide, style = {"width": "30em"}, {"description_width": "10em"}
    return ipywidgets.FloatSlider(value=value, min=0, max=1, step=0.05, description=name, style=style, layout=wide)


def _number(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.3f}"


def _interval(interval: tuple[float, float] | None) -> str:
    return "" if interval is None else f"{interval[0]:.3f} to {interval[1]:.3f}"
