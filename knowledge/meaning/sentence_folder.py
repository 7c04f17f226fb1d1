"""Any model of the sentence-transformers library, from a folder on this machine."""

import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.errors import MeaningUnusable
from knowledge.meaning.embedder import MAX_PASSAGE, MAX_QUERY, Vectors, readable, unit

_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE", "TQDM_DISABLE")
"""Set before the library is imported; the last one keeps its progress bars off our terminal."""
_PROMPTS = "config_sentence_transformers.json"
_MOST_CONFIG_BYTES = 1 << 20
_E5 = ("query: ", "passage: ")
_BATCH = 16


class SentenceFolder:
    """One model, loaded with torch into this process: make it in a process of its own.

    Prompts for queries and passages are the model's own (`prompts` in its configuration); models
    of the E5 family without such an entry get the ones that they were trained with.
    """

    def __init__(self, folder: Path, name: str) -> None:
        """Load the model. Nothing is fetched, and no code of the folder is run.

        Args:
            folder: with modules.json, as sentence-transformers saves a model.
            name: of the vectors.

        Raises:
            MeaningUnusable: the library is not installed, or the folder holds no such model.
        """
        self.name = name
        self._lock = threading.Lock()
        if not (folder / "modules.json").is_file():
            raise MeaningUnusable(f"{folder} holds no model of sentence-transformers.")
        for variable in _OFFLINE:
            os.environ[variable] = "1"
        try:
            from sentence_transformers import SentenceTransformer  # noqa: PLC0415  takes seconds
        except ImportError as error:
            raise MeaningUnusable(
                'This model needs sentence-transformers: pip install "refrain[meaning]".'
            ) from error
        try:
            self._model: Any = SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, trust_remote_code=False
            )
        except Exception as error:  # a strange folder fails in many ways
            raise MeaningUnusable(f"The model in {folder} cannot be loaded: {error}.") from error
        self._query_prompt, self._passage_prompt = _prompts(folder)
        self.dimension = len(self._encode(["dimension"], "")[0])

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode([readable(one, MAX_QUERY) for one in texts], self._query_prompt)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode([readable(one, MAX_PASSAGE) for one in texts], self._passage_prompt)

    def close(self) -> None:
        """Nothing to do: the memory goes with the object."""

    def _encode(self, texts: list[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        with self._lock:
            found = self._model.encode(
                [prompt + text for text in texts],
                batch_size=_BATCH,
                show_progress_bar=False,
                convert_to_numpy=True,
                normalize_embeddings=False,
            )
        return unit(np.asarray(found, np.float32))


def _prompts(folder: Path) -> tuple[str, str]:
    """What goes before a query and before a passage."""
    try:
        path = folder / _PROMPTS
        text = path.read_text("utf-8") if path.stat().st_size <= _MOST_CONFIG_BYTES else "{}"
        said = json.loads(text).get("prompts") or {}
        query = str(said.get("query", ""))
        passage = str(said.get("passage", said.get("document", "")))
    except (OSError, ValueError, AttributeError):
        query = passage = ""
    if not query and not passage and "e5" in folder.name.lower():
        return _E5
    return query, passage
