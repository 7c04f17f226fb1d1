"""Hears what a stretch of music is: instruments, genres, voices, moods, and an embedding."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from knowledge.analysis.musicnn.labels import read_labels
from knowledge.analysis.musicnn.network import (
    HOP,
    PATCH_SAMPLES,
    RATE,
    MusicnnNetworks,
    long_enough,
    patches_of,
)
from knowledge.analysis.sound import Axis, Vector
from knowledge.audio.decoder import Samples

TAGGER = "musicnn"
"""Name of the model, in `Sound.models` and among the model files."""
TAGGER_RATE = RATE
"""Hertz of what it hears."""
LABELS_FILE = "configuration.py"
_PATCHES = 5
"""Of a segment of 45 s, which has room for 15. The tags of 5 correlate .98 with those of all 15."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in one stretch, as the mean over its patches."""

    tags: Vector
    """Probability of each of `MusicTagger.tag_names`, shape (100,)."""
    embedding: Vector
    """Shape (200,); compare by direction (cosine)."""
    opinion: Mapping[Axis, float] = field(default_factory=dict)
    """What another model says, 0 to 1 by axis; {} where there is none. See `vibenet`."""


class MusicTagger:
    """Both networks of musicnn. Not to be shared between threads."""

    def __init__(self, folder: Path, *, patches: int = _PATCHES) -> None:
        """Open the files that `refrain models get musicnn` has put into `folder`.

        Args:
            folder: the model's folder.
            patches: of 3 s each, how many are heard of one stretch.

        Raises:
            MusicModelUnusable: a file is missing or damaged.
        """
        described, felt = read_labels(folder / LABELS_FILE)
        self.tag_names = (
            *described,
            *(f"{name} (MSD)" if name in described else name for name in felt),
        )
        """MagnaTagATune's tags, then Last.fm's, which are marked where both lists have one."""
        self._networks = MusicnnNetworks(folder)
        self._patches = patches

    def hear(self, samples: Samples) -> Heard:
        """Listen to patches spread evenly over a stretch; a shorter one is repeated.

        Args:
            samples: mono at `TAGGER_RATE`, shape (n,).
        """
        samples = long_enough(np.asarray(samples, np.float32))
        answers = self._networks.answer(patches_of(samples, _starts(samples.size, self._patches)))
        return Heard(answers.tags.mean(axis=0), answers.embedding.mean(axis=0))


def _starts(count: int, patches: int) -> list[int]:
    """Return where patches begin: each in the middle of an equal share."""
    number = max(1, min(patches, count // PATCH_SAMPLES))
    share = count / number
    return [
        max(0, int((place * share + (share - PATCH_SAMPLES) / 2) // HOP * HOP))
        for place in range(number)
    ]
