"""The way of one voice, its notes, and what tells the tune from the band."""

import numpy as np
import pytest

from knowledge.melody.extraction.activations import FRAME_S, LOWEST, Activations
from knowledge.melody.extraction.features import FIRST, candidates_of
from knowledge.melody.extraction.loudness import pitch_loudness
from knowledge.melody.extraction.melodic import likelihood
from knowledge.melody.extraction.notes import notes_of
from knowledge.melody.extraction.path import SILENT, best_path
from melody_mixes import RATE_HZ, tone

pytestmark = pytest.mark.unit


def _scores(ways: dict[int, float], frames: int = 60) -> np.ndarray:
    scores = np.full((frames, 40), -6.0, np.float32)
    for pitch, score in ways.items():
        scores[:, pitch] = score
    return scores


def _quiet(frames: int, rest: float) -> np.ndarray:
    return np.full(frames, rest, np.float32)


def test_a_short_louder_note_of_another_voice_does_not_lead_the_tune_away() -> None:
    scores = _scores({20: -1.0})
    scores[30:32, 33] = 0.0

    path = best_path(scores, _quiet(60, -3), leap=0.1, change=2.0, enter=2.0)

    assert set(path.tolist()) == {20}


def test_a_voice_changes_pitch_and_rests() -> None:
    scores = _scores({})
    scores[:20, 10] = -0.5
    scores[20:40, 12] = -0.5

    path = best_path(scores, _quiet(60, -2), leap=0.1, change=1.0, enter=1.0)

    assert path.tolist() == [10] * 20 + [12] * 20 + [SILENT] * 20


def test_no_frames_are_no_way() -> None:
    empty = np.zeros((0, 40), np.float32)
    assert len(best_path(empty, _quiet(0, -2), leap=0.1, change=1.0, enter=1.0)) == 0


def _heard(frames: int = 120) -> Activations:
    return Activations(
        np.zeros((frames, 88), np.uint8),
        np.zeros((frames, 88), np.uint8),
        np.zeros((frames, 264), np.uint8),
    )


def test_a_way_becomes_notes_in_tune_with_the_contour() -> None:
    heard = _heard()
    path = np.full(120, SILENT, np.int16)
    path[10:50], path[50:52], path[60:100] = 40, 41, 45
    heard.contour[10:50, 40 * 3 + 2] = 200  # a third of a semitone sharp

    rows = notes_of(path, heard, np.full(120, 0.5, np.float32))

    onset, duration, pitch, confidence = rows.T
    assert onset == pytest.approx([10 * FRAME_S, 60 * FRAME_S])  # two frames are no note
    assert duration == pytest.approx([40 * FRAME_S, 40 * FRAME_S])
    assert pitch == pytest.approx([LOWEST + 40 + 1 / 3, LOWEST + 45])
    assert confidence == pytest.approx([0.5, 0.5])


def test_a_repeated_note_is_two_notes_and_one_under_which_the_band_plays_is_one() -> None:
    alone, band = _heard(), _heard()
    path = np.full(120, SILENT, np.int16)
    path[10:100] = 40
    sure = np.full(120, 0.9, np.float32)
    for heard in (alone, band):
        heard.note[10:100, 40] = 200
    alone.onset[60, 40] = 240
    alone.note[54:60, 40] = 20
    sure_alone = sure.copy()
    sure_alone[54:60] = 0.3
    band.onset[60, [28, 33, 47, 52]] = 240
    band.onset[60, 40] = 40

    assert len(notes_of(path, alone, sure_alone)) == 2
    assert len(notes_of(path, band, sure)) == 1


def test_a_tone_is_loudest_at_its_own_pitch() -> None:
    sound = np.concatenate([np.zeros(RATE_HZ, np.float32), tone(69, 1.0, (1, 0.6, 0.4, 0.2), 0.0)])

    loud = pitch_loudness(sound)

    middle = loud[round(1.5 / FRAME_S)]
    assert int(middle.argmax()) == 69 - LOWEST
    assert loud[: round(0.8 / FRAME_S)].max() < 0.01 * middle.max()


def test_the_melody_is_likelier_than_the_drone_below_it() -> None:
    heard = _heard(400)
    loud = np.full((400, 88), 1e-4, np.float32)
    tune, drone = 74 - LOWEST, 48 - LOWEST
    for start in range(0, 400, 40):
        pitch = tune + (start // 40) % 3
        heard.note[start : start + 36, pitch] = 220
        heard.contour[start : start + 36, pitch * 3 + 1] = 200
        heard.onset[start, pitch] = 220
        loud[start : start + 36, pitch] = 0.1
    heard.note[:, drone] = 150
    heard.contour[:, drone * 3 + 1] = 120
    loud[:, drone] = 0.03

    sure = likelihood(candidates_of(heard, loud))

    assert sure[:, 74 - FIRST : 77 - FIRST].sum() > 5 * sure[:, 48 - FIRST].sum()


def test_silence_has_no_candidates() -> None:
    candidates = candidates_of(_heard(), np.zeros((120, 88), np.float32))
    assert len(candidates.frames) == 0
    assert likelihood(candidates).sum() == 0
