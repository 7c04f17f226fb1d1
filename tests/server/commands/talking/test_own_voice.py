"""The terminal hears its own voice through a room, and somebody who cuts in."""

import numpy as np
import pytest
from scipy.signal import resample_poly

from server.commands.talking.own_voice import OwnVoice, OwnVoiceGuard
from voice.audio import HEARING_RATE_HZ, SPEAKING_RATE_HZ, Samples
from voice_room import heard, music, voice

pytestmark = pytest.mark.unit

_CHUNK = 320
_BEGINS_S = 1.0


def _room(ours: Samples, others: Samples) -> Samples:
    """What is sent on while our voice sounds and a microphone hears both, 20 ms at a time."""
    now_s = [0.0]
    played = OwnVoice()
    guard = OwnVoiceGuard(played, clock=lambda: now_s[0])
    given, sound = 0, resample_poly(ours, 3, 2).astype(np.float32)
    echo = heard(ours, delay_s=0.15)
    microphone = np.concatenate([np.zeros(round(_BEGINS_S * HEARING_RATE_HZ), np.float32), echo])
    microphone[: len(others)] += others
    sent = []
    for at in range(0, len(microphone) - _CHUNK, _CHUNK):
        now_s[0] = (at + _CHUNK) / HEARING_RATE_HZ
        while given < len(sound) and _BEGINS_S + given / SPEAKING_RATE_HZ < now_s[0] + 0.2:
            played.note(sound[given : given + 1_200], _BEGINS_S + given / SPEAKING_RATE_HZ)
            given += 1_200
        sent.append(guard.clean(microphone[at : at + _CHUNK], sounding=now_s[0] > _BEGINS_S))
    return np.concatenate(sent)


def _share(sent: Samples, from_s: float, to_s: float) -> float:
    """How much of a stretch was sent on as more than silence."""
    stretch = sent[round(from_s * HEARING_RATE_HZ) : round(to_s * HEARING_RATE_HZ)]
    return float(np.mean(stretch != 0))


def test_our_own_voice_is_not_sent_as_the_users() -> None:
    sent = _room(music(14), np.zeros(0, np.float32))
    assert _share(sent, 1.0, 14.0) < 0.05


def test_somebody_who_cuts_in_later_is_heard_and_at_first_only_our_silence() -> None:
    talks = voice(15, 0.08)
    early, late = np.zeros_like(talks), np.zeros_like(talks)
    early[2 * HEARING_RATE_HZ : 3 * HEARING_RATE_HZ] = talks[:HEARING_RATE_HZ]
    late[11 * HEARING_RATE_HZ : 13 * HEARING_RATE_HZ] = talks[: 2 * HEARING_RATE_HZ]
    sent = _room(music(14), early + late)
    assert _share(sent, 1.5, 3.5) == 0
    assert _share(sent, 11.3, 12.8) > 0.6


def test_while_nothing_sounds_everything_is_heard_as_it_is() -> None:
    guard = OwnVoiceGuard(OwnVoice(), clock=lambda: 0.0)
    speech = voice(1, 0.1)
    pieces = [guard.clean(piece, sounding=False) for piece in np.split(speech, [100, 5_000])]
    cleaned = np.concatenate(pieces)
    assert np.array_equal(cleaned, speech[: len(cleaned)])
    assert len(speech) - len(cleaned) < 512


def test_what_was_played_is_known_by_its_time() -> None:
    played = OwnVoice()
    for number in range(10):
        played.note(np.full(1_200, 0.5, np.float32), 5.0 + number * 0.05)
    during = played.samples(5.25, 5.30)
    assert during is not None
    assert during == pytest.approx(0.5, abs=0.01)
    assert played.samples(1.0, 1.1) is None
    assert played.samples(9.0, 9.1) is None
