"""Words alone: the same on every machine, blind to order and case."""

from __future__ import annotations

import numpy as np

from interviewlab.embeddings.scripted import ScriptedEmbedder


def test_vectors_do_not_depend_on_the_process() -> None:
    vector = ScriptedEmbedder().embed(["hash table"])[0]
    strongest = sorted(int(n) for n in np.argsort(-np.abs(vector), kind="stable")[:2])
    assert strongest == [312, 326]


def test_case_and_order_do_not_matter_but_words_do() -> None:
    vectors = ScriptedEmbedder().embed(["Hash Table", "table hash", "binary tree"])
    np.testing.assert_allclose(vectors[0], vectors[1], atol=1e-6)
    assert vectors[0] @ vectors[2] < 0.5


def test_an_inflected_word_is_near_its_stem_and_common_words_weigh_little() -> None:
    vectors = ScriptedEmbedder().embed(["indexes", "index", "the queue", "the index"])
    assert vectors[0] @ vectors[1] > 0.3
    assert vectors[1] @ vectors[3] > 0.95
    assert vectors[2] @ vectors[3] < 0.3


def test_text_that_no_encoding_can_hold_is_still_embedded() -> None:
    np.testing.assert_allclose(
        np.linalg.norm(ScriptedEmbedder().embed(["lone \ud800 surrogate"]), axis=1), 1.0, atol=1e-6
    )
