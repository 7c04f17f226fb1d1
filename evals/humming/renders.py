"""Recordings of demo tunes with the melody as loud against the band as is wanted.

Melody and accompaniment are mixed apart, each with the room of its band, and kept, since rendering
takes longer than everything else.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evals.humming.demo_tunes import SplitName, demo_key, tune_keys
from evals.humming.performance import Notes
from knowledge.demo.albums import ALBUMS
from knowledge.demo.arrangement import Score, Stem, arrange
from knowledge.demo.discography import Recording, placed
from knowledge.demo.drums import DrumHit
from knowledge.demo.library import edition
from knowledge.demo.mixer import Finish, mix
from knowledge.demo.notation import all_tunes
from knowledge.demo.sound import SAMPLE_RATE
from knowledge.demo.styles import STYLES
from knowledge.melody.models import MelodyKey, Samples

RATE_HZ: Final = 22_050
SONG_S: Final = 75.0
"""What is rendered of each song."""
_ENOUGH_ACCOMPANIMENT_DB = -45.0


@dataclass(frozen=True, slots=True)
class Song:
    """One tune played by one band."""

    key: MelodyKey
    """As in an index of recordings."""
    tune: MelodyKey
    recording: Recording
    style: str


@dataclass(frozen=True, slots=True, eq=False)
class Stems:
    """A song in two halves, mono at `RATE_HZ`, equally long."""

    melody: Samples
    accompaniment: Samples
    notes: Notes
    """What the melody plays, in seconds of the recording."""

    def mixed(self, ratio_db: float) -> Samples:
        """The song, the melody `ratio_db` louder than the band where it sounds; peak 0.9."""
        loud = _level(self.melody)
        sounding = loud > 0.05 * loud.max()
        melody = float(np.sqrt(np.mean(loud[sounding] ** 2)))
        band = float(np.sqrt(np.mean(_level(self.accompaniment)[sounding] ** 2)))
        song = self.melody * np.float32(band / melody * 10 ** (ratio_db / 20)) + self.accompaniment
        return (song * np.float32(0.9 / (np.abs(song).max() + 1e-9))).astype(np.float32)


def songs(split: SplitName, count: int) -> Iterator[Song]:
    """`count` songs: every tune of the half by the band of its album, then by other bands."""
    tunes = [key.removeprefix("demo:") for key in tune_keys(split)]
    known = [one.recording for one in placed(ALBUMS) if one.recording.tune in tunes]
    chosen: list[tuple[Recording, str]] = []
    seen: set[tuple[str, str]] = set()
    firsts = {one.tune: one for one in reversed(known)}
    for recording in (*(firsts[tune] for tune in tunes), *known):
        if (recording.tune, recording.style) not in seen and STYLES[recording.style].layers:
            seen.add((recording.tune, recording.style))
            chosen.append((recording, recording.style))
    for recording, style in chosen[:count]:
        yield Song(
            f"song:{recording.tune}/{style.replace(' ', '_')}",
            demo_key(recording.tune),
            recording,
            style,
        )


def stems_of(song: Song, cache: Path) -> Stems | None:
    """Render a song, or read it; None when its band has nothing to accompany with."""
    path = cache / "songs" / f"{edition()}-{song.key.removeprefix('song:').replace('/', '-')}.npz"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        melody, accompaniment, notes = _rendered(song)
        part = path.with_suffix(".part.npz")
        np.savez_compressed(part, melody=melody, accompaniment=accompaniment, notes=notes)
        part.replace(path)
    with np.load(path) as kept:
        stems = Stems(
            kept["melody"].astype(np.float32) / 32767,
            kept["accompaniment"].astype(np.float32) / 32767,
            kept["notes"],
        )
    quiet = 20 * np.log10(float(np.sqrt(np.mean(stems.accompaniment**2))) + 1e-9)
    return stems if quiet > _ENOUGH_ACCOMPANIMENT_DB else None


def _rendered(song: Song) -> tuple[NDArray[np.int16], NDArray[np.int16], Notes]:
    recording, style = song.recording, STYLES[song.style]
    score = arrange(
        all_tunes()[recording.tune],
        style,
        tempo_bpm=recording.tempo_bpm,
        transpose=recording.transpose,
        form=recording.form,
        seed=recording.seed,
    )
    score = _shortened(score)
    leads = score.stems[: len(score.stems) - len(style.layers)]
    layers = score.stems[len(leads) :]
    finish = Finish(lufs=-18.0)
    # The drums stay in the score of the melody where they make everything else duck.
    melody = mix(replace(score, stems=leads, drums=()), replace(style, kit=""), finish, 1)
    band = mix(replace(score, stems=layers), style, finish, recording.seed)
    count = round(SONG_S * RATE_HZ)
    notes = np.array([(hit.start_s, hit.length_s, hit.pitch) for hit in score.melody], np.float64)
    return _mono(melody, count), _mono(band, count), notes


def _shortened(score: Score) -> Score:
    end = SONG_S

    def stem(one: Stem) -> Stem:
        return replace(one, hits=tuple(hit for hit in one.hits if hit.start_s < end))

    drums: tuple[DrumHit, ...] = tuple(hit for hit in score.drums if hit.start_s < end)
    melody = tuple(hit for hit in score.melody if hit.start_s + hit.length_s < end)
    length_s = min(score.length_s, end)
    stems = tuple(stem(one) for one in score.stems)
    return replace(score, stems=stems, drums=drums, melody=melody, length_s=length_s)


def _mono(sound: NDArray[np.float32], count: int) -> NDArray[np.int16]:
    from scipy.signal import resample_poly  # noqa: PLC0415  only new renders need it

    mono = sound.mean(axis=0)
    lower = resample_poly(mono, 1, SAMPLE_RATE // RATE_HZ)[:count]
    lower = np.pad(lower, (0, count - len(lower)))
    pcm: NDArray[np.int16] = np.rint(np.clip(lower, -1, 1) * 32767).astype(np.int16)
    return pcm


def _level(sound: Samples) -> NDArray[np.float32]:
    """Root mean square of frames of 50 ms."""
    size = RATE_HZ // 20
    frames = sound[: len(sound) // size * size].reshape(-1, size)
    level: NDArray[np.float32] = np.sqrt(np.mean(frames**2, axis=1) + 1e-12).astype(np.float32)
    return level
