"""What an analysis would hear in a made-up catalogue: the truth with the errors analysis makes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from evals.retrieval.catalogue import AXES, Catalogue, Floats
from evals.retrieval.genre_profiles import PROFILES
from knowledge.analysis.sound import SOUND
from knowledge.database import Database
from knowledge.revision import ANALYSIS_REVISION, bump
from knowledge.schema import sound_segments, sound_tracks, tracks
from knowledge.sound.tags import EMBEDDING_SIZE, TAG_NAMES

_SPREAD = {
    "energy": 0.07, "valence": 0.24, "danceability": 0.11, "acousticness": 0.13,
    "instrumentalness": 0.16, "vocals": 0.18, "brightness": 0.05, "loudness": 0.03,
    "dynamics": 0.1,
}  # fmt: skip
"""Standard deviation of what is heard around what is true."""
_CONFIDENCE = {
    "energy": 0.8, "valence": 0.3, "danceability": 0.55, "acousticness": 0.6,
    "instrumentalness": 0.6, "vocals": 0.6, "brightness": 0.8, "loudness": 0.95, "dynamics": 0.8,
}  # fmt: skip
_HEARD = 0.94
"""Share of the recordings that were analysed."""
_OCTAVE_ERRORS, _NO_TEMPO = 0.12, 0.05
_SEGMENTS = (0.0, 45.0, 90.0, 135.0)
_INSTRUMENT_TAGS = {
    "piano": ("piano",), "electric guitar": ("guitar", "rock"), "acoustic guitar": ("guitar",),
    "drums": ("drums", "beat"), "violin": ("violin", "strings"), "strings": ("strings",),
    "cello": ("cello", "strings"), "flute": ("flute",), "harp": ("harp",),
    "harpsichord": ("harpsichord",), "synthesizer": ("synth", "electronic"),
    "choir": ("choir", "choral"),
}  # fmt: skip
_OF_INSTRUMENTS = frozenset(
    name
    for names in _INSTRUMENT_TAGS.values()
    for name in names
    if name not in ("rock", "electronic")
)
"""Tags that are heard only where such an instrument plays, whatever the genre."""
_VOICE_TAGS = {
    "female": ("female", "woman", "female vocal", "female voice", "female vocalists"),
    "male": ("male", "man", "male vocal", "male voice", "male vocalists"),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """Row i is track i of the catalogue; NaN where nothing was heard."""

    analysed: NDArray[np.bool_]
    axes: Floats
    """Shape (n, len(AXES))."""
    bpm: Floats
    bpm_confidence: Floats
    tags: Floats
    """Shape (n, len(TAG_NAMES))."""


def hear(catalogue: Catalogue, *, seed: int) -> Heard:
    """Hear every recording of the catalogue, some wrongly and some not at all."""
    noise = np.random.default_rng(seed + 1)
    count = len(catalogue)
    axes = np.stack(
        [
            np.clip(catalogue.axes[name] + noise.normal(0, _SPREAD[name], count), 0, 1)
            for name in AXES
        ],
        axis=1,
    ).astype(np.float32)
    wrong = noise.random(count) < _OCTAVE_ERRORS
    octave = np.where(catalogue.bpm > 110, 0.5, 2.0)
    bpm = catalogue.bpm * np.where(wrong, octave, 1.0) * noise.normal(1, 0.004, count)
    calm = catalogue.axes["energy"] < 0.15
    bpm[noise.random(count) < np.where(calm, 0.35, _NO_TEMPO)] = np.nan
    confidence = np.clip(noise.normal(np.where(wrong, 0.5, 0.75), 0.12), 0.05, 1)
    return Heard(
        analysed=noise.random(count) < _HEARD,
        axes=axes,
        bpm=bpm.astype(np.float32),
        bpm_confidence=confidence.astype(np.float32),
        tags=_tags(catalogue, noise),
    )


def write_heard(
    database: Database, catalogue: Catalogue, heard: Heard, *, heard_at: float = 1.0
) -> None:
    """Write it as the analysis would, into a library that holds the catalogue."""
    with database.write() as connection:
        hashes = [one.draft.audio_hash for one in catalogue.shown]
        known = set(connection.execute(select(tracks.c.audio_hash)).scalars())
        rows = [row for row in np.flatnonzero(heard.analysed).tolist() if hashes[row] in known]
        for start in range(0, len(rows), 2_000):
            _write(connection, hashes, heard, rows[start : start + 2_000], heard_at)
        bump(connection, ANALYSIS_REVISION)


def _tags(catalogue: Catalogue, noise: np.random.Generator) -> Floats:
    count = len(catalogue)
    column = {name.partition(" (")[0]: at for at, name in reversed(list(enumerate(TAG_NAMES)))}
    tags = noise.beta(1.0, 16.0, (count, len(TAG_NAMES)))
    heard_as = {profile.name: profile.heard_as for profile in PROFILES}
    for row in range(count):
        played = sorted(catalogue.instruments[row])
        wanted = [
            (name, 0.42)
            for name in heard_as.get(catalogue.leaves[row], ())
            if name not in _OF_INSTRUMENTS
        ]
        wanted += [(name, 0.33) for one in played for name in _INSTRUMENT_TAGS.get(one, ())]
        if catalogue.sung[row]:
            wanted += [("vocal", 0.3), ("vocals", 0.28), ("singing", 0.25)]
            wanted += [(name, 0.25) for name in _VOICE_TAGS.get(catalogue.voices[row], ())]
        else:
            wanted += [("no vocals", 0.4), ("no vocal", 0.35), ("instrumental", 0.35)]
        wanted += [
            (name, 0.3 * float(catalogue.moods[mood][row]))
            for mood, name in (("sad", "sad"), ("happy", "happy"), ("party", "party"),
                               ("calm", "Mellow"), ("dreamy", "chillout"), ("calm", "soft"))
        ]  # fmt: skip
        for name, mean in wanted:
            drawn = float(np.clip(noise.normal(mean, 0.16), 0.0, 0.97))
            place = column[name]
            tags[row, place] = max(tags[row, place], drawn)
    return tags.astype(np.float32)


def _write(
    connection: Connection, hashes: Sequence[str], heard: Heard, rows: Sequence[int], at: float
) -> None:
    confidences = np.array([_CONFIDENCE[name] for name in AXES], np.float32)
    mixing = np.random.default_rng(5).normal(size=(len(TAG_NAMES), EMBEDDING_SIZE))
    whole, parts = [], []
    drift = np.random.default_rng(rows[0]).normal(0, 0.05, (len(rows), 3, len(AXES)))
    for place, row in enumerate(rows):
        key = {"audio_hash": hashes[row], "analyser": SOUND}
        bpm, confidence = float(heard.bpm[row]), float(heard.bpm_confidence[row])
        facts = {"lufs": -14.0, "db": 6.0, "models": ["musicnn"], "with": ""}
        if np.isfinite(bpm):
            facts["tempo"] = [round(bpm, 2), round(confidence, 3), round(bpm / 2, 2)]
        tags = heard.tags[row].astype("<f2").tobytes()
        whole.append(
            {
                **key, "heard_at": at, "duration_s": _SEGMENTS[-1], "facts": facts,
                "axes": _blob(heard.axes[row], confidences), "tags": tags,
                "embedding": (heard.tags[row] @ mixing).astype("<f2").tobytes(), "beats": b"",
            }
        )  # fmt: skip
        for position in range(3):
            moved = np.clip(heard.axes[row] + drift[place, position], 0, 1)
            parts.append(
                {
                    **key, "position": position, "start_s": _SEGMENTS[position],
                    "end_s": _SEGMENTS[position + 1], "facts": {}, "tags": tags,
                    "axes": _blob(moved, confidences), "embedding": b"",
                }
            )  # fmt: skip
    connection.execute(sound_tracks.insert(), whole)
    connection.execute(sound_segments.insert(), parts)


def _blob(values: Floats, confidences: Floats) -> bytes:
    return np.concatenate((values, confidences)).astype("<f2").tobytes()
