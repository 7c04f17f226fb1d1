"""With the real engine: where one piece gives way to another, and what goes on meanwhile."""

from dataclasses import replace

import numpy as np
import pytest

from fingerprint_index import HeldSegment, held_segment
from fingerprint_music import in_noise, resampled, synthetic_piece
from knowledge.fingerprint.fingerprinter import Fingerprinter
from knowledge.fingerprint.following import Follower
from knowledge.fingerprint.models import RATE_HZ, Samples
from knowledge.fingerprint.recogniser import Recogniser
from knowledge.fingerprint.runs import Sighting
from knowledge.fingerprint.timeline import timeline_of

_PIECE_S = 60.0


class _Index:
    def __init__(self, segment: HeldSegment) -> None:
        self._segment = segment

    def segments(self) -> tuple[HeldSegment, ...]:
        return (self._segment,)


@pytest.fixture(scope="module")
def pieces() -> list[Samples]:
    return [synthetic_piece(seed, seconds=_PIECE_S) for seed in range(5)]


@pytest.fixture(scope="module")
def recogniser(pieces: list[Samples]) -> Recogniser:
    """Knows all pieces but the last."""
    known = {f"piece {n}": piece for n, piece in enumerate(pieces[:-1])}
    prints = {key: Fingerprinter().fingerprint(piece) for key, piece in known.items()}
    return Recogniser(_Index(held_segment(prints)))


def _faded(parts: list[Samples], fade_s: float) -> Samples:
    fade = round(fade_s * RATE_HZ)
    ramp = np.sqrt(np.linspace(0, 1, fade, dtype=np.float32))
    whole = parts[0]
    for part in parts[1:]:
        over = whole[-fade:] * ramp[::-1] + part[:fade] * ramp
        whole = np.concatenate((whole[:-fade], over, part[fade:]))
    return whole


def _seen(recording: str, position_s: float = 0.0) -> Sighting:
    return Sighting(recording, 0.0, 10.0, position_s, 1.0, 0.0, 5.0, True, 10.0, 10.0)


@pytest.mark.integration
def test_the_timeline_of_real_sound(pieces: list[Samples], recogniser: Recogniser) -> None:
    mix = _faded([pieces[0], pieces[4][: 40 * RATE_HZ], resampled(pieces[1], 1.04)], 4.0)
    entries = timeline_of([in_noise(mix, snr_db=10)], recogniser)
    assert [entry.recording for entry in entries] == ["piece 0", None, "piece 1"]
    assert [entry.start_s for entry in entries] == pytest.approx([0, 58, 94], abs=2.5)
    assert entries[2].speed == pytest.approx(1.04, abs=0.005)
    assert entries[2].offset_s == pytest.approx((entries[2].start_s - 92) * 1.04, abs=0.5)


@pytest.mark.integration
def test_a_fade_between_known_pieces_is_parted_within_a_second(
    pieces: list[Samples], recogniser: Recogniser
) -> None:
    entries = timeline_of([_faded([pieces[2], pieces[3]], 8.0)], recogniser)
    assert [entry.recording for entry in entries] == ["piece 2", "piece 3"]
    assert entries[1].start_s == pytest.approx(56, abs=1.5)


@pytest.mark.integration
def test_what_plays_on_is_followed_and_what_changes_is_not(
    pieces: list[Samples], recogniser: Recogniser
) -> None:
    follower = Follower(recogniser.index)
    on = follower.follow(pieces[0][20 * RATE_HZ : 30 * RATE_HZ], 20.0, _seen("piece 0"))
    assert on is not None
    assert on.position_s == pytest.approx(20, abs=0.05)
    changing = np.concatenate((pieces[0][20 * RATE_HZ : 25 * RATE_HZ], pieces[1][: 5 * RATE_HZ]))
    assert follower.follow(changing, 20.0, _seen("piece 0")) is None
    assert follower.follow(pieces[1][: 10 * RATE_HZ], 20.0, _seen("piece 0")) is None


@pytest.mark.integration
def test_a_recording_that_left_the_library_is_not_followed(pieces: list[Samples]) -> None:
    segment = held_segment({"piece 0": Fingerprinter().fingerprint(pieces[0])})
    gone = replace(segment, alive=np.zeros(1, np.bool_))
    clip = pieces[0][: 10 * RATE_HZ]
    assert Follower(_Index(segment)).follow(clip, 0.0, _seen("piece 0")) is not None
    assert Follower(_Index(gone)).follow(clip, 0.0, _seen("piece 0")) is None
    assert Follower(_Index(segment)).follow(clip, 0.0, _seen("another")) is None


@pytest.mark.integration
def test_silence_after_a_piece_is_unknown(pieces: list[Samples], recogniser: Recogniser) -> None:
    silent = np.zeros(40 * RATE_HZ, np.float32)
    entries = timeline_of([silent, pieces[0], silent], recogniser)
    assert [entry.recording for entry in entries] == [None, "piece 0", None]
    assert [entry.start_s for entry in entries] == pytest.approx([0, 40, 100], abs=2)


@pytest.mark.integration
def test_five_seconds_are_enough(pieces: list[Samples], recogniser: Recogniser) -> None:
    (entry,) = timeline_of([pieces[1][20 * RATE_HZ : 25 * RATE_HZ]], recogniser)
    assert entry.recording == "piece 1"
    assert entry.offset_s == pytest.approx(20, abs=0.2)
