"""What is no tune is told before anything is looked for; what is one is never refused."""

import numpy as np
import pytest

from knowledge.melody.hum_sound import MAX_S, prepared
from knowledge.melody.listening import HumListener
from knowledge.melody.models import HumProblem
from melody_voices import RATE_HZ, hummed, lullaby, played_together, talked, whistled

pytestmark = pytest.mark.unit

LISTENER = HumListener()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_talk_is_told_from_a_tune(seed: int) -> None:
    contour = LISTENER.listen(talked(seed=seed), RATE_HZ)

    assert contour.problem is HumProblem.SPEECH
    assert contour.hum_like < 0.5


@pytest.mark.parametrize("first", [45, 55, 65, 75])
def test_hum_in_noise_is_not_refused(first: int) -> None:
    sung = hummed(lullaby(first))
    noise = np.random.default_rng(first).normal(size=len(sung)) * np.std(sung) * 0.5

    contour = LISTENER.listen((sung + noise).astype(np.float32), RATE_HZ)

    assert contour.problem is None
    assert contour.hum_like > 0.5


def test_noise_is_no_tune() -> None:
    noise = np.random.default_rng(1).normal(size=6 * RATE_HZ).astype(np.float32) * 0.1

    contour = LISTENER.listen(noise, RATE_HZ)

    assert contour.problem is HumProblem.NO_TUNE
    assert contour.hum_like == 0.0


def test_band_is_less_like_a_hum_than_one_voice() -> None:
    tune = hummed(lullaby(60))
    chords = [hummed([(pitch, 1.3)] * 4) for pitch in (48, 52, 55, 70)]

    alone = LISTENER.listen(tune, RATE_HZ)
    band = LISTENER.listen(played_together(tune, *chords), RATE_HZ)

    assert alone.hum_like > 0.8
    assert band.hum_like < 0.5


def test_whisper_quiet_hum_is_heard() -> None:
    assert LISTENER.listen(hummed(lullaby(60)) * np.float32(0.002), RATE_HZ).problem is None


def test_repeated_notes_are_told_apart_by_the_consonant() -> None:
    notes = []
    for _ in range(6):
        note = hummed([(57, 0.4)])
        note[: RATE_HZ // 20] *= np.linspace(0.1, 1, RATE_HZ // 20, dtype=np.float32)
        notes.append(note)

    contour = LISTENER.listen(np.concatenate(notes), RATE_HZ)

    assert len(contour.notes) == 6


def test_vibrato_and_scoops_do_not_split_a_note() -> None:
    time = np.arange(3 * RATE_HZ) / RATE_HZ
    pitch = 57 + 0.5 * np.sin(2 * np.pi * 5.5 * time) - 2 * np.exp(-time / 0.04)
    phase = 2 * np.pi * np.cumsum(440 * 2 ** ((pitch - 69) / 12)) / RATE_HZ
    sung = sum(np.sin(k * phase) / k for k in range(1, 8)) * 0.1

    contour = LISTENER.listen(np.asarray(sung, np.float32), RATE_HZ)

    assert [round(note.pitch) for note in contour.notes if note.duration_s > 0.1] == [57]


def test_of_a_long_recording_the_stretch_with_the_hum_is_heard() -> None:
    silence = np.zeros(70 * RATE_HZ, np.float32)
    sound = prepared(np.concatenate([silence, whistled(lullaby(80)), silence]), RATE_HZ)

    assert len(sound.samples) <= MAX_S * RATE_HZ
    assert np.abs(sound.samples).max() > 0.05


def test_what_is_said_before_and_after_is_left_out() -> None:
    pause = np.zeros(RATE_HZ // 2, np.float32)
    asked = np.concatenate([talked(2.0), pause, hummed(lullaby(60)), pause, talked(2.0, seed=3)])

    contour = LISTENER.listen(asked, RATE_HZ)

    assert contour.problem is None
    assert [round(note.pitch) for note in contour.notes] == [pitch for pitch, _ in lullaby(60)]
    assert contour.notes[0].onset_s > 2.0
    assert contour.duration_s > 9.0
