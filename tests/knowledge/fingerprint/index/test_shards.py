"""Several processes find together what one would have found alone."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from fingerprint_music import in_noise, synthetic_piece
from knowledge.fingerprint.fingerprinter import Fingerprinter
from knowledge.fingerprint.index import FingerprintIndex
from knowledge.fingerprint.index.shards import ShardedRecogniser, Shards
from knowledge.fingerprint.models import RATE_HZ, Recognised, Samples
from knowledge.fingerprint.recogniser import Recogniser

PIECES = {f"piece-{seed}": synthetic_piece(seed, seconds=20) for seed in range(6)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shards")
    make = Fingerprinter().fingerprint
    with FingerprintIndex.open(folder, auto_merge=False) as index:
        for key, samples in PIECES.items():
            index.add({key: make(samples)})
        index.add({"removed": make(PIECES["piece-0"])})
        index.remove(["removed"])
    return folder


@pytest.fixture(scope="module")
def index(folder: Path) -> Iterator[FingerprintIndex]:
    with FingerprintIndex.open(folder, read_only=True) as index:
        yield index


@pytest.fixture(scope="module")
def shards(index: FingerprintIndex) -> Iterator[Shards]:
    shards = Shards(index, workers=2)
    yield shards
    shards.close()


def clips() -> dict[str, Samples]:
    known = PIECES["piece-4"][7 * RATE_HZ : 12 * RATE_HZ]
    return {
        "clean": known,
        "noisy": in_noise(known, snr_db=-3.0),
        "unknown": synthetic_piece(99, seconds=5),
        "short": known[: RATE_HZ // 2],
    }


def essence(answer: Recognised) -> tuple[object, ...]:
    first = answer.matches[:5]
    return answer.reason, [(one.recording, one.certainty, one.score, one.offset_s) for one in first]


@pytest.mark.integration
def test_two_processes_answer_as_one_would(index: FingerprintIndex, shards: Shards) -> None:
    alone, together = Recogniser(index), ShardedRecogniser(shards)
    for name, clip in clips().items():
        assert essence(together.recognise(clip)) == essence(alone.recognise(clip)), name
    best = together.recognise(clips()["clean"]).best
    assert best is not None
    assert best.recording == "piece-4"


@pytest.mark.integration
def test_a_killed_process_is_replaced(shards: Shards) -> None:
    recogniser = ShardedRecogniser(shards)
    before = essence(recogniser.recognise(clips()["clean"]))
    process = shards._workers[0]._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    assert essence(recogniser.recognise(clips()["clean"])) == before


@pytest.mark.integration
def test_files_that_were_merged_away_are_searched_in_their_new_place(tmp_path: Path) -> None:
    make = Fingerprinter().fingerprint
    with (
        FingerprintIndex.open(tmp_path, auto_merge=False) as writer,
        FingerprintIndex.open(tmp_path, read_only=True) as reader,
    ):
        for key in ("piece-1", "piece-4"):
            writer.add({key: make(PIECES[key])})
        reader.refresh()
        writer.compact()
        writer.add({"piece-2": make(PIECES["piece-2"])})
        shards = Shards(reader, workers=2)
        best = ShardedRecogniser(shards).recognise(clips()["clean"]).best
        shards.close()
    assert best is not None
    assert best.recording == "piece-4"
    assert len(reader.segments()) == 2
