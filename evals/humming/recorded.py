"""Hums of tunes that are known only from recordings: found in what was heard of the songs."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

import knowledge.melody.extraction
from evals.evaluation import Progress, each
from evals.humming.asking import ask, hear_own
from evals.humming.baselines.skyline import skyline
from evals.humming.demo_tunes import NOISE_LEVELS_DB, OwnQuery, melody_of
from evals.humming.filler import generated_melodies
from evals.humming.folders import cache_folder, code_stamp, model_folders
from evals.humming.performance import Notes, SungKind
from evals.humming.renders import SONG_S, Song, Stems, songs, stems_of
from evals.humming.scoring import Answer
from evals.humming.singer import sing
from knowledge.melody.extraction import MelodyExtractor
from knowledge.melody.extraction.activations import NoteModel
from knowledge.melody.listening import HumListener
from knowledge.melody.matching import MelodyIndex
from knowledge.melody.models import Melody, MelodyLine, Samples

RATIOS_DB: Final = (6.0, 0.0, -6.0)
DISTRACTORS: Final = 500
_FILLER_SEED = 6000
_SEED = 91_000
_KINDS = (SungKind.HUM, SungKind.LA, SungKind.WHISTLE, SungKind.HUM)
_LEAST_NOTES_LEFT = 12
_OURS, _SKYLINE = "ours", "skyline"


@dataclass(frozen=True, slots=True)
class Recorded:
    """All answers to hums of recordings."""

    answers: Mapping[float, tuple[Answer, ...]]
    """By decibels of the melody above the band."""
    skyline: Mapping[float, tuple[Answer, ...]]
    """The same with the highest notes instead of our lines."""
    true_lines: tuple[Answer, ...]
    """With the notes that were played."""
    songs: int
    cpu_s_per_min: float
    """CPU time of extracting a minute of music, mean; 0 when everything was kept from before."""


def measure(
    listener: HumListener, count: int, per_song: int, ratios: Sequence[float], progress: Progress
) -> Recorded:
    """Render, extract, hum, ask.

    Raises:
        MusicModelUnusable: the model of the extraction is missing or damaged.
    """
    cache = cache_folder()
    played: list[tuple[Song, Stems]] = []
    for song in each(progress, "rendering songs", tuple(songs("test", count))):
        stems = stems_of(song, cache)
        if stems is not None and len(stems.notes) > _LEAST_NOTES_LEFT:
            played.append((song, stems))
    hums = [hum for number, one in enumerate(played) for hum in _hums(number, *one, per_song)]
    queries = hear_own(iter(hums), len(hums), listener, progress)
    lines = _Lines(cache)
    fill = tuple(generated_melodies(DISTRACTORS, seed=_FILLER_SEED))
    found: dict[str, dict[float, tuple[Answer, ...]]] = {_OURS: {}, _SKYLINE: {}}
    for ratio in ratios:
        for name, answers in found.items():
            index = MelodyIndex.build(
                (*(lines.of(song, stems, ratio, name) for song, stems in played), *fill)
            )
            answers[ratio] = ask(index, queries, progress, f"{name}, melody at {ratio:+g} dB")
    truth = MelodyIndex.build((*(melody_of(one.key, stems.notes) for one, stems in played), *fill))
    return Recorded(
        answers=found[_OURS],
        skyline=found[_SKYLINE],
        true_lines=ask(truth, queries, progress, "true lines"),
        songs=len(played),
        cpu_s_per_min=lines.cpu_s_per_min,
    )


def _hums(number: int, song: Song, stems: Stems, count: int) -> list[OwnQuery]:
    """Somebody hums what the recording plays, from anywhere; any version of the tune is right."""
    hums = []
    for turn in range(count):
        seed = _SEED + 100 * number + turn
        random = np.random.default_rng(seed)
        notes = _one_voice(stems.notes)
        begin = int(random.integers(max(1, len(notes) - _LEAST_NOTES_LEFT)))
        passage = notes[begin:].copy()
        passage[:, 0] -= passage[0, 0]
        sung = sing(
            passage,
            _KINDS[turn % len(_KINDS)],
            snr_db=NOISE_LEVELS_DB[(number + 2 * turn) % len(NOISE_LEVELS_DB)],
            seed=seed,
            seconds=float(random.uniform(8.0, 13.0)),
        )
        hums.append(OwnQuery(f"{song.key}/{turn}", sung, song.tune, _versions(song)))
    return hums


def _versions(song: Song) -> frozenset[str]:
    return frozenset(one.key for one in songs("test", 999) if one.tune == song.tune)


def _one_voice(notes: Notes) -> Notes:
    notes = notes.copy()
    notes[:-1, 1] = np.minimum(notes[:-1, 1], np.diff(notes[:, 0]))
    return notes[notes[:, 1] > 0.03]


class _Lines:
    """What was heard of each song; kept until the code that hears changes."""

    def __init__(self, cache: Path) -> None:
        ours = Path(knowledge.melody.extraction.__file__).parent
        # The folders' names change with the code, so that no version number can be forgotten.
        self._folders = {
            _OURS: cache
            / "lines"
            / code_stamp(*sorted(ours.glob("*.py")), *sorted(ours.glob("weights/*.npz"))),
            _SKYLINE: cache / "lines" / code_stamp(Path(skyline.__code__.co_filename)),
        }
        self._extractor = MelodyExtractor(model_folders())
        self._model = NoteModel(model_folders())
        self._cpu_s = 0.0
        self._heard_s = 0.0

    def of(self, song: Song, stems: Stems, ratio_db: float, how: str) -> Melody:
        """Lines of one song at one ratio, by us or by the highest note."""
        name = song.key.removeprefix("song:").replace("/", "-")
        path = self._folders[how] / f"{name}-{ratio_db:+g}-{how}.npz"
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            lines = self._heard(stems.mixed(ratio_db), how)
            part = path.with_suffix(".part.npz")
            arrays = {f"line{number}": line.notes for number, line in enumerate(lines)}
            weights = np.array([line.weight for line in lines], np.float32)
            np.savez(part, allow_pickle=False, weights=weights, **arrays)
            part.replace(path)
        with np.load(path) as kept:
            return Melody(
                song.key,
                tuple(
                    MelodyLine(kept[f"line{number}"], float(weight))
                    for number, weight in enumerate(kept["weights"])
                ),
            )

    def _heard(self, samples: Samples, how: str) -> tuple[MelodyLine, ...]:
        if how == _SKYLINE:
            return skyline(self._model.hear(samples))
        if not self._heard_s:
            self._extractor.extract(samples[: len(samples) // 20])  # loads
        begin = time.process_time()
        lines = self._extractor.extract(samples)
        self._cpu_s += time.process_time() - begin
        self._heard_s += SONG_S
        return lines

    @property
    def cpu_s_per_min(self) -> float:
        return 60 * self._cpu_s / self._heard_s if self._heard_s else 0.0
