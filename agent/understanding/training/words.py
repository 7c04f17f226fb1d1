"""Distilling word vectors from a sentence embedder: each word of its vocabulary, embedded alone.

The mean of such vectors comes close to the embedder on short requests at a hundredth of its cost,
and needs no model at run time. The idea is known from static embeddings such as Model2Vec.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from agent.understanding.features import FloatArray, WordVectors, hash_word

DIMENSIONS = 128
_WORD = re.compile(r"[a-z']{2,}")
_BATCH = 128


def distil(folder: Path) -> tuple[list[str], FloatArray]:
    """Words and unit vectors of `DIMENSIONS` numbers, from `model.onnx` and `tokenizer.json`.

    Raises:
        FileNotFoundError: one of the two is not in `folder`.
    """
    from tokenizers import Tokenizer  # noqa: PLC0415 - only training needs it

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    words = sorted(word for word in tokenizer.get_vocab() if _WORD.fullmatch(word))
    vectors = _embed(folder / "model.onnx", tokenizer, words)
    vectors -= vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(vectors, full_matrices=False)
    reduced = vectors @ directions[:DIMENSIONS].T
    return words, reduced / np.linalg.norm(reduced, axis=1, keepdims=True)


def _embed(model: Path, tokenizer: Any, words: Sequence[str]) -> FloatArray:
    import onnxruntime  # noqa: PLC0415 - only training needs it

    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    names = [item.name for item in session.get_inputs()]
    by_length: dict[int, list[int]] = {}
    encoded = [tokenizer.encode(word).ids for word in words]
    for place, ids in enumerate(encoded):
        by_length.setdefault(len(ids), []).append(place)
    vectors = np.zeros((len(words), 384), np.float32)
    for length, places in sorted(by_length.items()):
        for at in range(0, len(places), _BATCH):
            batch = places[at : at + _BATCH]
            ids = np.array([encoded[place] for place in batch], np.int64)
            ones, zeros = np.ones((len(batch), length), np.int64), np.zeros_like(ids)
            feed = {"input_ids": ids, "attention_mask": ones, "token_type_ids": zeros}
            hidden = session.run(None, {name: feed[name] for name in names})[0]
            mean = hidden.mean(axis=1)
            vectors[batch] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    return vectors


def save(words: Sequence[str], vectors: FloatArray, path: Path) -> None:
    """Write the vectors under hashes of their words, 8 bits a number; no weights yet."""
    hashes = np.array([hash_word(word) for word in words], np.uint32)
    _, first = np.unique(hashes, return_index=True)
    np.savez_compressed(
        path,
        hashes=hashes[first],
        vectors=np.clip(np.round(vectors[first] * 127), -127, 127).astype(np.int8),
        weights=np.ones(len(first), np.float16),
    )


def weigh_words(path: Path, texts: Sequence[str]) -> WordVectors:
    """Set the weight of each word from how rare it is in `texts`, and keep that in `path`."""
    known = WordVectors.load(path)
    counts = np.zeros(len(known.hashes), np.int64)
    for text in texts:
        counts[known.find(sorted(set(text.split())))] += 1
    weights = np.log(1 + len(texts) / (1 + counts)).astype(np.float16)
    np.savez_compressed(path, hashes=known.hashes, vectors=known.vectors, weights=weights)
    return WordVectors.load(path)
