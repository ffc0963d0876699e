"""What every Embedder must do, held against each adapter."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from interviewlab import weights
from interviewlab.embeddings.minilm import MiniLmEmbedder
from interviewlab.embeddings.scripted import ScriptedEmbedder
from interviewlab.ports import Embedder
from interviewlab.settings import Settings
from tests.parts import need

SENTENCES = (
    "Redis keeps the sessions in memory, so a restart loses them.",
    "An index makes reads quick and writes slower.",
    "",
    "   ",
    "naïve 日本語 🧪",
    "We put a queue between the producers and the consumers so that a burst does not fall on the database.",
    "hello",
    "x = [i * 2 for i in range(10)]",
    "word " * 600,
)
# Anchor, what means much the same, what is about something else.
TRIPLES = (
    (
        "A hash table finds a key in constant time on average.",
        "On average, looking up a key in a hash table takes constant time.",
        "Our team agreed on a plan after a long meeting.",
    ),
    (
        "A database index makes reads faster but slows down writes.",
        "Indexes speed up database reads at the cost of slower writes.",
        "TCP opens a connection with a three way handshake.",
    ),
    (
        "I disagreed with my manager about the deadline.",
        "My manager and I disagreed over a deadline.",
        "Binary search halves the sorted array at each step.",
    ),
    (
        "Could you repeat the question please?",
        "Please repeat that question.",
        "A deadlock happens when two threads wait for each other.",
    ),
)


def open_minilm() -> MiniLmEmbedder:
    settings = Settings()
    files = weights.find("minilm", settings.cache_dir, settings.weights_mirror)
    need("weights", files is not None, "run `interviewlab weights fetch minilm`")
    assert files is not None
    return MiniLmEmbedder(files["model.onnx"], files["tokenizer.json"])


@pytest.fixture(scope="module", params=["scripted", pytest.param("minilm", marks=pytest.mark.weights)])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return ScriptedEmbedder() if request.param == "scripted" else open_minilm()


def test_vectors_have_the_promised_shape_and_type(embedder: Embedder) -> None:
    vectors = embedder.embed(SENTENCES)
    assert vectors.shape == (len(SENTENCES), embedder.dimension) == (len(SENTENCES), 384)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    vectors = embedder.embed([])
    assert vectors.shape == (0, embedder.dimension)
    assert vectors.dtype == np.float32


def test_one_text_in_place_of_many_is_refused(embedder: Embedder) -> None:
    with pytest.raises(TypeError):
        embedder.embed("not a list")


def test_every_vector_has_length_one_even_of_an_empty_text(embedder: Embedder) -> None:
    np.testing.assert_allclose(np.linalg.norm(embedder.embed(SENTENCES), axis=1), 1.0, atol=1e-5)


def test_the_same_text_gives_the_same_vector_whatever_stands_beside_it(embedder: Embedder) -> None:
    alone = np.vstack([embedder.embed([text]) for text in SENTENCES])
    np.testing.assert_allclose(embedder.embed(SENTENCES), alone, atol=1e-6)
    np.testing.assert_allclose(embedder.embed(SENTENCES * 2), np.vstack([alone, alone]), atol=1e-6)


def test_the_same_texts_give_the_same_bytes_again(embedder: Embedder) -> None:
    assert embedder.embed(SENTENCES).tobytes() == embedder.embed(SENTENCES).tobytes()


def test_vectors_come_in_the_order_of_the_texts(embedder: Embedder) -> None:
    texts = [f"{'long ' * (n % 17)}sentence number {n}" for n in range(80)]
    shuffled = random.Random(3).sample(range(80), 80)
    straight = embedder.embed(texts)
    assert len(np.unique(straight, axis=0)) == 80
    np.testing.assert_allclose(embedder.embed([texts[n] for n in shuffled]), straight[shuffled], atol=1e-6)


@pytest.mark.parametrize(("anchor", "alike", "other"), TRIPLES)
def test_sentences_that_mean_the_same_are_closer(embedder: Embedder, anchor: str, alike: str, other: str) -> None:
    vectors = embedder.embed([anchor, alike, other])
    near, far = vectors[0] @ vectors[1], vectors[0] @ vectors[2]
    assert near > far + 0.2


def test_a_caller_that_writes_into_its_vectors_spoils_nobody_elses(embedder: Embedder) -> None:
    before = embedder.embed(["a heap"]).copy()
    embedder.embed(["a heap"])[:] = 0
    np.testing.assert_array_equal(embedder.embed(["a heap"]), before)


def test_many_threads_get_what_one_gets(embedder: Embedder) -> None:
    batches = [[f"thread text {n} {m}" for m in range(3)] for n in range(24)]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(embedder.embed, batches))
    for texts, vectors in zip(batches, together, strict=True):
        np.testing.assert_array_equal(embedder.embed(texts), vectors)


def test_tokens_stand_where_they_say_and_have_a_vector_each(embedder: Embedder) -> None:
    for text, tokens in zip(SENTENCES, embedder.embed_tokens(SENTENCES), strict=True):
        assert tokens.spans.shape == (len(tokens.ranks), 2)
        assert tokens.vectors.shape == (len(tokens.ranks), embedder.dimension)
        assert all(0 <= start <= end <= len(text) for start, end in tokens.spans)
        assert bool(len(tokens.ranks)) == bool(text.strip())


def test_tokens_do_not_depend_on_what_was_read_before(embedder: Embedder) -> None:
    (first,) = embedder.embed_tokens(SENTENCES[:1])
    embedder.embed(SENTENCES)
    (again,) = embedder.embed_tokens(SENTENCES[:1])
    assert np.array_equal(again.vectors, first.vectors)


def test_tokens_do_not_depend_on_what_is_read_with_them(embedder: Embedder) -> None:
    texts = [f"{text} {number}." for number in ("one", "two", "three") for text in SENTENCES]
    alone = [embedder.embed_tokens([text])[0] for text in texts]
    for one, other in zip(alone, embedder.embed_tokens(texts), strict=True):
        np.testing.assert_allclose(one.vectors, other.vectors, atol=1e-5)
        assert np.array_equal(one.spans, other.spans)


def test_one_text_in_place_of_many_has_no_tokens(embedder: Embedder) -> None:
    with pytest.raises(TypeError):
        embedder.embed_tokens("not a list")


def test_common_words_rank_before_rare_ones(embedder: Embedder) -> None:
    ranks = embedder.embed_tokens(["the mutex"])[0].ranks
    assert ranks[0] < ranks[-1]
