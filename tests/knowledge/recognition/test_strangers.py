"""However few recordings there are, other music is not taken for one of them."""

from pathlib import Path

import pytest

from fingerprint_music import in_noise, synthetic_piece
from knowledge.fingerprint.models import RATE_HZ, Certainty
from knowledge.recognition.engine import Engine
from knowledge.recognition.memory_segment import segment_of
from knowledge.recognition.models import HeardSource
from recognition_library import RecognitionLibrary, clip, print_of


class Held:
    def __init__(self, *titles: str) -> None:
        self._segments = (segment_of(titles, [print_of(title) for title in titles]),)

    def segments(self) -> tuple[object, ...]:
        return self._segments


@pytest.mark.unit
def test_one_recording_alone_is_found_and_not_found_in_others() -> None:
    search = Engine().search(Held("Sinnerman"))  # type: ignore[arg-type]
    mine = search.recognise(in_noise(clip("Sinnerman"), snr_db=5.0)).best
    assert mine is not None
    assert (mine.recording, mine.certainty) == ("Sinnerman", Certainty.CERTAIN)
    for seed in range(20, 32):
        other = synthetic_piece(seed, seconds=6.0)
        assert search.recognise(other).best is None


@pytest.mark.unit
def test_strangers_are_never_among_the_matches() -> None:
    search = Engine().search(Held("Sinnerman"))  # type: ignore[arg-type]
    for seed in range(40, 44):
        found = search.recognise(synthetic_piece(seed, seconds=6.0), limit=9)
        assert {match.recording for match in found.matches} <= {"Sinnerman"}


@pytest.mark.integration
def test_different_unknown_tunes_stay_apart(tmp_path: Path) -> None:
    library = RecognitionLibrary(tmp_path, "Sinnerman")
    heard = [
        library.service.recognise(synthetic_piece(seed, seconds=5.0), source=HeardSource.UPLOAD)
        for seed in range(60, 66)
    ]
    assert len({answer.tune_id for answer in heard}) == 6
    again = synthetic_piece(63, seconds=8.0)[RATE_HZ:]
    assert library.service.recognise(again, source=HeardSource.UPLOAD).tune_id == heard[3].tune_id
    library.close()
