"""Real weights for tests that judge quality, fetched before by ``make setup``."""

from __future__ import annotations

from functools import cache

from interviewlab import weights
from interviewlab.embeddings.minilm import MiniLmEmbedder
from interviewlab.settings import Settings
from tests.parts import need


@cache
def minilm() -> MiniLmEmbedder:
    """The sentence model; skips the test, or fails it in CI, where its weights are not here."""
    files = weights.find("minilm", Settings().cache_dir, None)
    need("weights", files is not None, "run `interviewlab weights fetch`")
    if files is None:
        raise FileNotFoundError("minilm")
    return MiniLmEmbedder(files["model.onnx"], files["tokenizer.json"])
