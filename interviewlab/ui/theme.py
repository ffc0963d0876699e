"""How the page looks: the theme, and the one place that knows where Gradio wants css, js, head and theme.

Gradio 6 takes these at launch instead of in Blocks; then ``look`` moves there and nothing else changes.
System fonts only: no font, style or script is ever fetched from another host.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import gradio as gr

SANS = ("ui-sans-serif", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Liberation Sans", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Liberation Mono", "monospace")

SCRIPTS = (
    "app.js",
    "voice_panel.js",
    "voice_fastrtc.js",
    "voice_livekit.js",
    "voice.js",
    "push_to_talk.js",
    "microphone_test.js",
    "replay.js",
    "camera.js",
    "editor_colours.js",
    "survive.js",
)
"""In the order in which they run: each may use what those before it left in ``window.interviewlab``."""


def look() -> dict[str, Any]:
    """What Blocks needs to look like InterviewLab."""
    scripts = "".join(f"({read_asset(name)})();" for name in SCRIPTS)
    return {
        "title": "InterviewLab",
        "theme": build_theme(),
        "css": read_asset("app.css"),
        "js": f"() => {{ {scripts} }}",
    }


@cache
def read_asset(name: str) -> str:
    """The text of one file of ``assets``."""
    return files("interviewlab.ui").joinpath("assets", name).read_text(encoding="utf-8")


def build_theme() -> gr.themes.Base:
    """Slate and teal; every pair of text and ground has a contrast of at least 4.5 (WCAG AA)."""
    theme = gr.themes.Base(
        primary_hue="teal", neutral_hue="slate", radius_size="md", text_size="md", font=SANS, font_mono=MONO
    )
    return theme.set(**_GROUNDS, **_CONTROLS, **_BUTTONS)


_GROUNDS = {
    "body_background_fill": "#f5f7f9",
    "body_background_fill_dark": "#0e1521",
    "body_text_color": "#18212f",
    "body_text_color_dark": "#e8edf4",
    "body_text_color_subdued": "#4b5768",
    "body_text_color_subdued_dark": "#a9b6c8",
    "background_fill_primary": "#ffffff",
    "background_fill_primary_dark": "#172031",
    "background_fill_secondary": "#eef2f5",
    "background_fill_secondary_dark": "#1f2a3d",
    "border_color_primary": "#d5dce4",
    "border_color_primary_dark": "#33415a",
    "color_accent_soft": "#dff3f0",
    "color_accent_soft_dark": "#12393a",
    "border_color_accent": "#0f766e",
    "border_color_accent_dark": "#5eead4",
    "link_text_color": "#0f6b64",
    "link_text_color_dark": "#5eead4",
    "link_text_color_hover": "#0b4f4a",
    "link_text_color_hover_dark": "#99f6e4",
    "link_text_color_visited": "#0f6b64",
    "link_text_color_visited_dark": "#5eead4",
    "block_background_fill": "#ffffff",
    "block_background_fill_dark": "#172031",
    "block_border_color": "#d5dce4",
    "block_border_color_dark": "#33415a",
    "block_shadow": "none",
    "block_shadow_dark": "none",
    "block_title_text_color": "#18212f",
    "block_title_text_color_dark": "#e8edf4",
    "block_title_text_weight": "600",
    "block_label_text_color": "#18212f",
    "block_label_text_color_dark": "#e8edf4",
    "block_label_background_fill": "#ffffff",
    "block_label_background_fill_dark": "#172031",
    "block_info_text_color": "#4b5768",
    "block_info_text_color_dark": "#a9b6c8",
}
_CONTROLS = {
    "input_background_fill": "#ffffff",
    "input_background_fill_dark": "#0e1521",
    "input_border_color": "#7b8794",
    "input_border_color_dark": "#64748b",
    "input_border_color_focus": "#0f766e",
    "input_border_color_focus_dark": "#5eead4",
    "input_placeholder_color": "#5b6776",
    "input_placeholder_color_dark": "#93a2b7",
    "input_border_width": "1px",
    "checkbox_border_color": "#7b8794",
    "checkbox_border_color_dark": "#7b8ba3",
    "checkbox_background_color_selected": "#0f766e",
    "checkbox_background_color_selected_dark": "#0f766e",
    "checkbox_label_background_fill": "#ffffff",
    "checkbox_label_background_fill_dark": "#172031",
    "checkbox_label_background_fill_hover": "#eef2f5",
    "checkbox_label_background_fill_hover_dark": "#1f2a3d",
    "checkbox_label_background_fill_selected": "#dff3f0",
    "checkbox_label_background_fill_selected_dark": "#12393a",
    "checkbox_label_border_color": "#d5dce4",
    "checkbox_label_border_color_dark": "#33415a",
    "checkbox_label_border_color_selected": "#0f766e",
    "checkbox_label_border_color_selected_dark": "#5eead4",
    "checkbox_label_border_width": "1px",
    "checkbox_label_text_color": "#18212f",
    "checkbox_label_text_color_dark": "#e8edf4",
    "checkbox_label_text_color_selected": "#18212f",
    "checkbox_label_text_color_selected_dark": "#e8edf4",
    "loader_color": "#0f766e",
    "loader_color_dark": "#5eead4",
}
_BUTTONS = {
    "button_primary_background_fill": "#0f766e",
    "button_primary_background_fill_dark": "#5eead4",
    "button_primary_background_fill_hover": "#0b5f59",
    "button_primary_background_fill_hover_dark": "#99f6e4",
    "button_primary_text_color": "#ffffff",
    "button_primary_text_color_dark": "#06201f",
    "button_primary_text_color_hover": "#ffffff",
    "button_primary_text_color_hover_dark": "#06201f",
    "button_secondary_background_fill": "#ffffff",
    "button_secondary_background_fill_dark": "#1f2a3d",
    "button_secondary_background_fill_hover": "#eef2f5",
    "button_secondary_background_fill_hover_dark": "#2a3850",
    "button_secondary_border_color": "#7b8794",
    "button_secondary_border_color_dark": "#64748b",
    "button_secondary_border_color_hover": "#7b8794",
    "button_secondary_border_color_hover_dark": "#64748b",
    "button_secondary_text_color": "#18212f",
    "button_secondary_text_color_dark": "#e8edf4",
    "button_cancel_background_fill": "#ffffff",
    "button_cancel_background_fill_dark": "#1f2a3d",
    "button_cancel_background_fill_hover": "#fdecec",
    "button_cancel_background_fill_hover_dark": "#3f1d24",
    "button_cancel_border_color": "#b42318",
    "button_cancel_border_color_dark": "#fda29b",
    "button_cancel_border_color_hover": "#b42318",
    "button_cancel_border_color_hover_dark": "#fda29b",
    "button_cancel_text_color": "#b42318",
    "button_cancel_text_color_dark": "#fda29b",
    "button_cancel_text_color_hover": "#912018",
    "button_cancel_text_color_hover_dark": "#fecdca",
    "button_border_width": "1px",
    "button_border_width_dark": "1px",
}
