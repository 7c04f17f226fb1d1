"""Both networks of musicnn in one session, on the processor, with one thread."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.analysis.musicnn.checkpoint import (
    MAX_DATA_BYTES,
    MAX_INDEX_BYTES,
    Array,
    read_checkpoint,
)
from knowledge.analysis.musicnn.graph import BANDS, EMBEDDING, FRAMES, INPUT, TAGS, musicnn_graph
from knowledge.analysis.musicnn.mel import RATE, mel_power
from knowledge.audio.decoder import Samples
from knowledge.errors import MusicModelUnusable

HOP = 256
_WINDOW = 512
PATCH_SAMPLES = FRAMES * HOP
"""Samples from the beginning of one patch to that of the next, about 3 s."""
_LOUDEST = 8.0
"""Samples of broken files are cut off here, so that no power overflows."""
_NETWORKS = ("mtt", "msd")


@dataclass(frozen=True, slots=True)
class Answers:
    """What the networks say of each patch."""

    tags: Array
    """Probabilities: `TAGS` of MagnaTagATune, then `TAGS` of Last.fm; shape (patches, 100)."""
    embedding: Array
    """Last hidden layer of the Last.fm network, before it is rectified; shape (patches, 200)."""


class MusicnnNetworks:
    """The networks, made from the files in a folder. Costs 0.1 CPU seconds to open."""

    def __init__(self, folder: Path) -> None:
        """Open "mtt.index", "mtt.data", "msd.index" and "msd.data".

        Nothing is cached on disk: the graph is made faster than it could be verified.

        Raises:
            MusicModelUnusable: a file is missing or damaged, or what runs it is not installed.
        """
        # Slow to import, and only those who analyse need it.
        try:
            import onnxruntime  # noqa: PLC0415
        except ImportError as error:
            raise MusicModelUnusable(f"onnxruntime cannot be used here: {error}") from error

        graph = musicnn_graph(
            {
                name: read_checkpoint(
                    _content(folder / f"{name}.index", MAX_INDEX_BYTES),
                    _content(folder / f"{name}.data", MAX_DATA_BYTES),
                )
                for name in _NETWORKS
            }
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            graph, options, providers=["CPUExecutionProvider"]
        )
        self._outputs = [*(f"{name}_tags" for name in _NETWORKS), "msd_embedding"]

    def answer(self, patches: Array) -> Answers:
        """Tag patches, shape (n, `FRAMES`, `BANDS`): logarithmic mel spectra as `patches_of` makes.

        They run one by one. A batch is not faster, and takes 40 MB more for each patch.
        """
        tags = np.zeros((len(patches), len(_NETWORKS) * TAGS), np.float32)
        embedding = np.zeros((len(patches), EMBEDDING), np.float32)
        for row in range(len(patches)):
            *probabilities, hidden = self._session.run(
                self._outputs, {INPUT: patches[row : row + 1]}
            )
            tags[row] = np.concatenate(probabilities, axis=1)[0]
            embedding[row] = hidden[0]
        return Answers(tags, embedding)


def patches_of(samples: Samples, starts: list[int]) -> Array:
    """Return the logarithmic mel spectra of patches, shape (n, `FRAMES`, `BANDS`), float32.

    Args:
        samples: mono at `RATE` Hz, at least `PATCH_SAMPLES` long.
        starts: where each patch begins, in samples, multiples of `HOP`.
    """
    clean = np.nan_to_num(samples, nan=0.0, posinf=_LOUDEST, neginf=-_LOUDEST)
    half = _WINDOW // 2  # the first frame is centred on the first sample
    padded = np.pad(np.clip(clean, -_LOUDEST, _LOUDEST), half)
    patches = np.zeros((len(starts), FRAMES, BANDS), np.float32)
    for row, start in enumerate(starts):
        heard = padded[start : start + (FRAMES - 1) * HOP + _WINDOW]
        power = mel_power(heard, window=_WINDOW, size=_WINDOW, hop=HOP, bands=BANDS, centred=False)
        patches[row] = np.log10(10_000 * power + 1)
    return patches


def long_enough(samples: Samples) -> Samples:
    """Repeat what is shorter than a patch, as was done in training; zeros would be silence."""
    if samples.size >= PATCH_SAMPLES:
        return samples
    if not samples.size:
        return np.zeros(PATCH_SAMPLES, np.float32)
    repeated: Samples = np.resize(samples, PATCH_SAMPLES)
    return repeated


def _content(path: Path, limit: int) -> bytes:
    try:
        if path.stat().st_size > limit:
            raise MusicModelUnusable(f"{path.name} is far larger than the music tagger's.")
        return path.read_bytes()
    except OSError as error:
        raise MusicModelUnusable(
            f"{path.name} of the music tagger cannot be read: {error.strerror or error}."
        ) from error


__all__ = [
    "HOP",
    "PATCH_SAMPLES",
    "RATE",
    "Answers",
    "MusicnnNetworks",
    "long_enough",
    "patches_of",
]
