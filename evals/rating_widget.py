"""Rate answers blind inside a notebook; every click is saved as a line of a rating sheet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets

from evals.agreement import LEVELS
from evals.rating import Item, read_ratings


def rate_blind(items: Sequence[Item], sheet: Path, levels: int = LEVELS) -> ipywidgets.Widget:
    """One answer at a time with a button for each level: no score, no author, no other rating is shown.

    What was rated in ``sheet`` (JSONL) before is passed over. Raises BadInput where the sheet cannot be read.
    """
    done = {rating.item for rating in read_ratings(sheet, levels)[0]} if sheet.exists() else set[str]()
    waiting = [item for item in items if item.item not in done]
    count, place = len(items), [0]
    shown, comment = ipywidgets.HTML(), ipywidgets.Text(placeholder="Why (optional)", layout={"width": "auto"})
    buttons = [ipywidgets.Button(description=str(level), layout={"width": "4em"}) for level in range(1, levels + 1)]

    def show() -> None:
        is_over = place[0] >= len(waiting)
        for button in buttons:
            button.disabled = is_over
        if is_over:
            shown.value = f"<p>All {count} answers are rated; the ratings are in {escape(str(sheet))}.</p>"
            return
        item = waiting[place[0]]
        number = count - len(waiting) + place[0] + 1
        shown.value = (
            f"<p>{number} of {count}</p><p><b>{escape(item.question)}</b></p>"
            f"<blockquote>{escape(item.answer)}</blockquote>"
        )

    def rate(button: Any) -> None:
        rated = replace(waiting[place[0]], rating=int(button.description), comment=comment.value)
        with sheet.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(rated), ensure_ascii=False) + "\n")
        place[0] += 1
        comment.value = ""
        show()

    for button in buttons:
        button.on_click(rate)
    show()
    box = ipywidgets.VBox([shown, ipywidgets.HBox(buttons), comment])
    box.add_class("il-rate")
    return box
