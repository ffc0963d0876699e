import re

import pytest

from interviewlab.ui.theme import build_theme, read_asset

TEXT_ON_GROUND = [
    ("body_text_color", "body_background_fill"),
    ("body_text_color_subdued", "body_background_fill"),
    ("body_text_color", "block_background_fill"),
    ("body_text_color_subdued", "block_background_fill"),
    ("body_text_color_subdued", "background_fill_secondary"),
    ("body_text_color", "color_accent_soft"),
    ("link_text_color", "body_background_fill"),
    ("link_text_color", "block_background_fill"),
    ("input_placeholder_color", "input_background_fill"),
    ("checkbox_label_text_color_selected", "checkbox_label_background_fill_selected"),
    ("button_primary_text_color", "button_primary_background_fill"),
    ("button_primary_text_color_hover", "button_primary_background_fill_hover"),
    ("button_secondary_text_color", "button_secondary_background_fill"),
    ("button_cancel_text_color", "button_cancel_background_fill"),
    ("button_cancel_text_color_hover", "button_cancel_background_fill_hover"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("suffix", ["", "_dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read_on_its_ground(text: str, ground: str, suffix: str) -> None:
    theme = build_theme()
    assert contrast(getattr(theme, text + suffix), getattr(theme, ground + suffix)) >= 4.5


@pytest.mark.parametrize("mood", ["good", "warn", "bad"])
def test_chips_can_be_read_in_light_and_dark(mood: str) -> None:
    css = read_asset("app.css")
    texts = re.findall(rf"--il-{mood}: (#\w{{6}})", css)
    grounds = re.findall(rf"--il-{mood}-soft: (#\w{{6}})", css)
    assert len(texts) == len(grounds) == 2
    assert all(contrast(text, ground) >= 4.5 for text, ground in zip(texts, grounds, strict=True))


def test_theme_and_assets_name_no_other_host() -> None:
    assert not build_theme()._stylesheets
    for name in ("app.css", "app.js", "voice.js"):
        assert "http" not in read_asset(name)
