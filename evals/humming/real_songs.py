"""Real recordings of demo tunes, where somebody has some: `REFRAIN_EVAL_HUMMING_SONGS`.

The variable names a folder with `songs.jsonl`, a line for each recording: `{"audio": "elise.flac",
"tune": "furelise"}`, the file beside it and the name of a tune of the demo library.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from evals.errors import EvaluationImpossible
from evals.evaluation import Progress, each
from evals.humming.asking import ask, hear_own
from evals.humming.demo_tunes import HALVES, OwnQuery, demo_key, own_queries, tune_keys
from evals.humming.filler import generated_melodies
from evals.humming.folders import model_folders
from evals.humming.scoring import Answer
from knowledge.audio.decoder import decode
from knowledge.melody.extraction import RATE_HZ, MelodyExtractor
from knowledge.melody.listening import HumListener
from knowledge.melody.matching import MelodyIndex
from knowledge.melody.models import Melody, MelodyKey, Samples

VARIABLE: Final = "REFRAIN_EVAL_HUMMING_SONGS"


def real_songs() -> tuple[tuple[Path, MelodyKey], ...]:
    """Files and the tunes that they play; none when the variable is not set.

    Raises:
        EvaluationImpossible: the folder, its list, a file or a tune is not there.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return ()
    listed = Path(named) / "songs.jsonl"
    if not listed.is_file():
        raise EvaluationImpossible(f"{VARIABLE} names {named}, which has no songs.jsonl.")
    rows = [json.loads(line) for line in listed.read_text("utf-8").splitlines() if line.strip()]
    songs = tuple((Path(named) / row["audio"], demo_key(row["tune"])) for row in rows)
    for path, tune in songs:
        if not path.is_file() or tune not in tune_keys():
            raise EvaluationImpossible(f"{listed}: there is no file {path.name} or no {tune}.")
    return songs


def ask_about_real_songs(
    listener: HumListener, per_tune: int, distractors: int, progress: Progress
) -> tuple[Answer, ...]:
    """Hum the written tunes, and look them up in what was heard of real recordings."""
    songs = real_songs()
    if not songs:
        return ()
    extractor = MelodyExtractor(model_folders())
    melodies = [
        Melody(f"real:{number}", extractor.extract(_sound(path)))
        for number, (path, _) in enumerate(each(progress, "listening to real songs", songs))
    ]
    right = {
        tune: frozenset(f"real:{number}" for number, (_, one) in enumerate(songs) if one == tune)
        for _, tune in songs
    }
    hums = tuple(_hums(right, per_tune))
    queries = hear_own(iter(hums), len(hums), listener, progress)
    index = MelodyIndex.build((*melodies, *generated_melodies(distractors, seed=6000)))
    return ask(index, queries, progress, "asking about real songs")


def _hums(right: dict[MelodyKey, frozenset[MelodyKey]], per_tune: int) -> Iterator[OwnQuery]:
    for half in HALVES:
        wanted = [key for key in tune_keys(half) if key in right]
        for query in own_queries(half, per_tune, wanted):
            yield OwnQuery(query.name, query.sung, query.target, right[query.target])


def _sound(path: Path) -> Samples:
    blocks = [block[0] for block, _ in decode(path, sample_rate=RATE_HZ, channels=1)]
    return np.concatenate(blocks)
