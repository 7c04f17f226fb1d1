"""Our own voice is known as the client plays it."""

import numpy as np
import pytest

from server.voice.own_voice import OwnVoice
from voice.audio import HEARING_RATE_HZ, SPEAKING_RATE_HZ, Samples
from voice.echo_guards import EchoGuards
from voice_room import heard, music, power_db

pytestmark = pytest.mark.unit


class Clock:
    now_s = 50.0

    def __call__(self) -> float:
        return self.now_s


def tone(seconds: float, hertz: float = 300.0) -> Samples:
    times = np.arange(round(seconds * SPEAKING_RATE_HZ)) / SPEAKING_RATE_HZ
    return (0.3 * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


def test_clauses_sound_one_after_the_other_though_they_are_sent_at_once() -> None:
    voice = OwnVoice(clock=Clock())
    voice.sent(tone(1.0, 300), 1.0)
    voice.sent(tone(1.0, 600), 2.0)
    for start_s, hertz in ((50.2, 300), (51.2, 600)):
        found = voice.samples(start_s, start_s + 0.5)
        assert found is not None
        spectrum = np.abs(np.fft.rfft(found))
        assert int(spectrum.argmax()) * 2 == hertz
    assert voice.samples(52.1, 52.2) is None
    assert voice.samples(49.0, 49.9) is None


def test_what_was_cut_off_never_sounds() -> None:
    clock = Clock()
    voice = OwnVoice(clock=clock)
    voice.sent(tone(2.0), 2.0)
    clock.now_s = 51.0
    voice.stopped()
    assert voice.samples(50.5, 50.9) is not None
    assert voice.samples(51.1, 51.2) is None


def test_what_has_sounded_is_forgotten() -> None:
    clock = Clock()
    voice = OwnVoice(clock=clock)
    for _ in range(100):
        voice.sent(tone(1.0), 1.0)
        clock.now_s += 1.0
    assert sum(len(one) for _, one in voice._pieces) < 6 * HEARING_RATE_HZ


def test_music_and_voice_are_both_taken_out() -> None:
    clock = Clock()
    clock.now_s = 0.0
    first, second = OwnVoice(clock=clock), OwnVoice(clock=clock)
    sounds = music(14, 1), music(14, 2)
    echo = heard(sounds[0], delay_s=0.3, clipped=False) + heard(
        sounds[1], delay_s=0.1, clipped=False, level=0.03
    )
    for voice, sound in zip((first, second), sounds, strict=True):
        fast = np.interp(np.arange(len(sound) * 3 // 2) / 1.5, np.arange(len(sound)), sound)
        voice.sent(fast.astype(np.float32), 14.0)
    guards = EchoGuards([first.guard(), second.guard()])
    cleaned, echoes = [], []
    for at in range(0, len(echo) // 512 * 512, 512):
        clock.now_s = (at + 512) / HEARING_RATE_HZ
        cleaned.append(guards.clean(echo[at : at + 512]))
        echoes.append(guards.is_echo())
    last = np.concatenate(cleaned)[-3 * HEARING_RATE_HZ :]
    assert power_db(last) < power_db(echo[-3 * HEARING_RATE_HZ :]) - 8
    assert any(echoes[-60:])
