"""The package's lists of words: YAML files beside the modules that use them."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml


def load_words(name: str) -> Any:
    """What ``NAME.yaml`` holds; by libyaml where it is there, which takes an eighth of the time."""
    text = files("interviewlab.resume").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
