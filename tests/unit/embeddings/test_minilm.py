"""The model's own promises: memory by text, truncation, missing files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from interviewlab import weights
from interviewlab.embeddings.minilm import MiniLmEmbedder
from interviewlab.errors import WeightsMissing
from interviewlab.settings import Settings
from tests.parts import need

pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def files() -> dict[str, Path]:
    settings = Settings()
    found = weights.find("minilm", settings.cache_dir, settings.weights_mirror)
    need("weights", found is not None, "run `interviewlab weights fetch minilm`")
    assert found is not None
    return found


def open_embedder(files: dict[str, Path], cache_size: int) -> MiniLmEmbedder:
    return MiniLmEmbedder(files["model.onnx"], files["tokenizer.json"], cache_size=cache_size)


def test_a_remembered_text_is_not_computed_again(files: dict[str, Path]) -> None:
    embedder = open_embedder(files, 8)
    first = embedder.embed(["a", "b", "a"])
    assert (embedder.hits, embedder.misses) == (0, 3)
    np.testing.assert_array_equal(embedder.embed(["b", "a", "c"]), [first[1], first[0], embedder.embed(["c"])[0]])
    assert (embedder.hits, embedder.misses) == (3, 4)


def test_the_least_recently_used_text_is_forgotten_first(files: dict[str, Path]) -> None:
    embedder = open_embedder(files, 2)
    embedder.embed(["a", "b"])
    embedder.embed(["a"])
    embedder.embed(["c"])
    embedder.embed(["a", "c"])
    assert (embedder.hits, embedder.misses) == (3, 3)
    embedder.embed(["b"])
    assert (embedder.hits, embedder.misses) == (3, 4)


def test_without_memory_every_text_is_computed_and_alike(files: dict[str, Path]) -> None:
    embedder = open_embedder(files, 0)
    np.testing.assert_array_equal(embedder.embed(["a", "a", "b"]), embedder.embed(["a", "a", "b"]))
    assert (embedder.hits, embedder.misses) == (0, 6)


def test_more_texts_than_it_remembers_come_back_whole(files: dict[str, Path]) -> None:
    texts = [f"text {n}" for n in range(10)]
    np.testing.assert_array_equal(open_embedder(files, 3).embed(texts), open_embedder(files, 100).embed(texts))


def test_two_threads_compute_the_same_vectors_as_one(files: dict[str, Path]) -> None:
    one = MiniLmEmbedder(files["model.onnx"], files["tokenizer.json"], threads=1)
    two = MiniLmEmbedder(files["model.onnx"], files["tokenizer.json"], threads=2)
    np.testing.assert_allclose(one.embed(["a heap", "a tree"]), two.embed(["a heap", "a tree"]), atol=1e-5)


def test_what_follows_256_tokens_is_not_looked_at_and_what_precedes_is(files: dict[str, Path]) -> None:
    embedder = open_embedder(files, 0)
    read, cut = "word " * 254, "word " * 254 + "and a queue"
    np.testing.assert_allclose(embedder.embed([cut]), embedder.embed([read]), atol=1e-5)
    inside = embedder.embed(["word " * 200 + "and a queue", "word " * 203])
    assert inside[0] @ inside[1] < 0.999


def test_a_missing_or_broken_model_says_how_to_get_it(files: dict[str, Path], tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"not a model")
    for model, tokenizer in (
        (tmp_path / "none", files["tokenizer.json"]),
        (broken, files["tokenizer.json"]),
        (files["model.onnx"], broken),
    ):
        with pytest.raises(WeightsMissing, match="cannot be read") as refused:
            MiniLmEmbedder(model, tokenizer)
        assert "weights fetch minilm" in refused.value.remedy
