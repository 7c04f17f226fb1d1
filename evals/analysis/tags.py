"""Do our tags equal those of the original network? Compared with what TensorFlow answered once.

The reference was made with TensorFlow running the graph that the makers of musicnn published, on
mel spectra by librosa; it is kept in `evals/cases/tags_reference.json`. Ours is everything: our mel
spectra, our reading of the checkpoint, our graph.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.analysis.tag_clips import short_clip, tag_clips
from evals.errors import EvaluationImpossible
from knowledge.analysis.musicnn.network import (
    PATCH_SAMPLES,
    MusicnnNetworks,
    long_enough,
    patches_of,
)
from knowledge.analysis.sound import Vector

REFERENCE = Path(__file__).resolve().parent.parent / "cases" / "tags_reference.json"
SHORT = "short"


@dataclass(frozen=True, slots=True)
class Reference:
    """What the original network says of one clip, as the mean over its patches."""

    patches: int
    tags: Vector
    """50 tags of MagnaTagATune, then 50 of Last.fm, shape (100,)."""
    embedding: Vector
    """Of the Last.fm network, shape (200,)."""


@dataclass(frozen=True, slots=True)
class TagsDifference:
    """Largest differences from the reference, over all clips."""

    tags: float
    """Of a probability."""
    embedding: float
    """Of a number of the embedding; those are up to about 20."""
    clips: int


def read_reference() -> dict[str, Reference]:
    """Return the reference by name of the clip."""
    clips = json.loads(REFERENCE.read_text("utf-8"))["clips"]
    return {
        name: Reference(
            clip["patches"],
            np.array(clip["tags"], np.float32),
            np.array(clip["embedding"], np.float32),
        )
        for name, clip in clips.items()
    }


def tags_difference(folder: Path) -> TagsDifference:
    """Compare our tagger with the original on synthesised clips; takes a CPU second.

    Args:
        folder: where `refrain models get musicnn` has put the files.

    Raises:
        EvaluationImpossible: the tagger's files are not there.
        MusicModelUnusable: they are damaged.
    """
    if not (folder / "msd.data").is_file():
        raise EvaluationImpossible("The music tagger is not here: refrain models get musicnn")
    networks = MusicnnNetworks(folder)
    sounds = {**tag_clips(), SHORT: long_enough(short_clip())}
    tags = embedding = 0.0
    reference = read_reference()
    for name, expected in reference.items():
        starts = [place * PATCH_SAMPLES for place in range(expected.patches)]
        found = networks.answer(patches_of(sounds[name], starts))
        tags = max(tags, _apart(found.tags.mean(axis=0), expected.tags))
        embedding = max(embedding, _apart(found.embedding.mean(axis=0), expected.embedding))
    return TagsDifference(tags, embedding, len(reference))


def _apart(found: Vector, expected: Vector) -> float:
    return float(np.abs(found - expected).max())
