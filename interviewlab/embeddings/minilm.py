"""all-MiniLM-L6-v2 on onnxruntime: sentences to vectors on one core, no torch, no network."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from interviewlab.errors import WeightsMissing
from interviewlab.ports import TokenVectors

DIMENSION = 384
MAX_TOKENS = 256
"""What the model was trained to read; the rest of a longer text is not looked at."""
CHUNK = 32
AT_ONCE = 16
"""Windows of one length run together; more gain nothing and need more memory."""
WINDOW = MAX_TOKENS - 2
"""Tokens read at once, beside the two that frame them."""
FIRST_WORD = 1996
"""Number of the most frequent word ("the") in the vocabulary; those after it are sorted by frequency."""


class MiniLmEmbedder:
    """Mean-pooled, L2-normalised vectors, remembered by text (the ``cache_size`` least forgotten; 0 turns it off).

    ``hits`` and ``misses`` count texts since the start. The files are those of ``weights.fetch("minilm", …)``; raises
    WeightsMissing where they cannot be read.
    """

    name = "minilm"
    dimension = DIMENSION

    def __init__(self, model_path: Path, tokenizer_path: Path, threads: int = 1, cache_size: int = 8192) -> None:
        self._session = _open_session(model_path, threads)
        self._tokenizer = _open_tokenizer(tokenizer_path)
        self._whole = _open_tokenizer(tokenizer_path)
        self._whole.no_truncation()
        self._memo: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._cache_size = cache_size
        self._lock = Lock()
        self.hits = 0
        self.misses = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors in the order given, shape (len(texts), 384), float32; a text of its own counts once."""
        if isinstance(texts, str):
            raise TypeError("embed takes a sequence of texts, not one text")
        known = self._recall(texts)
        unknown = [text for text in dict.fromkeys(texts) if text not in known]
        fresh = dict(zip(unknown, self._compute(unknown), strict=True))
        self._remember(fresh)
        vectors = [fresh[text] if text in fresh else known[text] for text in texts]
        return np.stack(vectors) if vectors else np.zeros((0, DIMENSION), np.float32)

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The tokens of texts of any length, read in windows of 254.

        Only windows of the same number of tokens are run together: they need no padding, and the model gives each the
        very bytes it would get alone, for 0.65 of the time (16 of 12 tokens at once).
        """
        if isinstance(texts, str):
            raise TypeError("embed_tokens takes a sequence of texts, not one text")
        encoded = self._whole.encode_batch(list(texts))
        windows = [(n, ids) for n, one in enumerate(encoded) for ids in _windows(one.ids)]
        hidden: list[list[NDArray[np.float32]]] = [[] for _ in texts]
        for (n, _), vectors in zip(windows, self._run_windows([ids for _, ids in windows]), strict=True):
            hidden[n].append(vectors)
        return [_to_tokens(one, read) for one, read in zip(encoded, hidden, strict=True)]

    def _run_windows(self, windows: Sequence[list[int]]) -> list[NDArray[np.float32]]:
        """What the model gives for each window, in order, without the two tokens that frame it."""
        by_length: dict[int, list[int]] = {}
        for place, ids in enumerate(windows):
            by_length.setdefault(len(ids), []).append(place)
        found: dict[int, NDArray[np.float32]] = {}
        for places in by_length.values():
            for start in range(0, len(places), AT_ONCE):
                some = places[start : start + AT_ONCE]
                found.update(zip(some, self._run_equal([windows[place] for place in some]), strict=True))
        return [found[place] for place in range(len(windows))]

    def _run_equal(self, windows: Sequence[list[int]]) -> NDArray[np.float32]:
        ids = np.array(windows, np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        hidden: NDArray[np.float32] = np.asarray(self._session.run(None, feed)[0])[:, 1:-1]
        return hidden

    def _recall(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        with self._lock:
            known = {text: self._memo[text] for text in texts if text in self._memo}
            for text in known:
                self._memo.move_to_end(text)
            self.hits += sum(text in known for text in texts)
            self.misses += sum(text not in known for text in texts)
        return known

    def _remember(self, fresh: dict[str, NDArray[np.float32]]) -> None:
        with self._lock:
            self._memo.update(fresh)
            while len(self._memo) > self._cache_size:
                self._memo.popitem(last=False)

    def _compute(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), DIMENSION), np.float32)
        encoded = [self._tokenizer.encode(text) for text in texts]
        for places in _chunks(encoded):
            vectors[places] = self._run([encoded[place] for place in places])
        return vectors

    def _run(self, encoded: Sequence[Encoding]) -> NDArray[np.float32]:
        longest = max(len(one.ids) for one in encoded)
        ids = np.zeros((len(encoded), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, one in enumerate(encoded):
            ids[row, : len(one.ids)] = one.ids
            mask[row, : len(one.ids)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        return _pool(np.asarray(self._session.run(None, feed)[0]), mask)


def _windows(ids: Sequence[int]) -> list[list[int]]:
    """The tokens of a text as many as are read at once, each time framed by the first and the last of all."""
    inside = ids[1:-1]
    return [[ids[0], *inside[start : start + WINDOW], ids[-1]] for start in range(0, len(inside), WINDOW)]


def _to_tokens(encoded: Encoding, hidden: Sequence[NDArray[np.float32]]) -> TokenVectors:
    return TokenVectors(
        spans=np.array(encoded.offsets[1:-1], np.int64).reshape(-1, 2),
        ranks=np.maximum(0, np.array(encoded.ids[1:-1], np.int64) - FIRST_WORD + 1),
        vectors=np.concatenate(hidden) if hidden else np.zeros((0, DIMENSION), np.float32),
    )


def _chunks(encoded: Sequence[Encoding]) -> Iterator[list[int]]:
    """Places of texts of like length, so that little is padded."""
    order = sorted(range(len(encoded)), key=lambda place: len(encoded[place].ids))
    for start in range(0, len(order), CHUNK):
        yield order[start : start + CHUNK]


def _pool(hidden: NDArray[np.float32], mask: NDArray[np.int64]) -> NDArray[np.float32]:
    """The mean over real tokens, at length one."""
    weights = mask[..., None].astype(np.float32)
    mean = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
    unit: NDArray[np.float32] = (mean / np.linalg.norm(mean, axis=1, keepdims=True)).astype(np.float32)
    return unit


def _open_session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Waiting threads that spin would take the cores from speech and sandbox.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises a class of its own for each status
        raise _unreadable(path) from error


def _open_tokenizer(path: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises bare Exception
        raise _unreadable(path) from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


def _unreadable(path: Path) -> WeightsMissing:
    return WeightsMissing(f"The model file {path} cannot be read.", "Run `interviewlab weights fetch minilm`.")
