"""A clip of a recording is named with its place; a clip of another one is not."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from fingerprint_index import HeldSegment, held_segment
from fingerprint_music import in_noise, resampled, synthetic_piece
from knowledge.fingerprint.contenders import Contender, compared
from knowledge.fingerprint.encoder import Encoder
from knowledge.fingerprint.fingerprinter import Fingerprinter
from knowledge.fingerprint.models import CODE_BYTES, RATE_HZ, Certainty, Samples
from knowledge.fingerprint.recogniser import Recogniser
from knowledge.fingerprint.verification import Alignment

NO_CODES = np.empty((0, CODE_BYTES), np.uint8)
KNOWN = ("first", "second", "third")


@cache
def pieces() -> dict[str, Samples]:
    return {name: synthetic_piece(seed, seconds=40) for seed, name in enumerate((*KNOWN, "other"))}


class Held:
    """An index that stays in memory."""

    def __init__(self, *segments: HeldSegment) -> None:
        self._segments = segments

    def segments(self) -> Sequence[HeldSegment]:
        return self._segments


@cache
def recogniser() -> Recogniser:
    make = Fingerprinter().fingerprint
    one = held_segment({name: make(pieces()[name]) for name in KNOWN[:2]})
    other = held_segment({name: make(pieces()[name]) for name in KNOWN[2:]})
    return Recogniser(Held(one, other))


def clip_of(name: str, start_s: float, seconds: float) -> Samples:
    return pieces()[name][int(start_s * RATE_HZ) : int((start_s + seconds) * RATE_HZ)]


@pytest.mark.unit
@pytest.mark.parametrize("name", KNOWN)
def test_five_seconds_name_the_recording_and_the_place(name: str) -> None:
    answer = recogniser().recognise(clip_of(name, 17.3, 5.0))
    assert answer.best is not None
    assert answer.best.recording == name
    assert answer.best.certainty is Certainty.CERTAIN
    assert answer.best.offset_s == pytest.approx(17.3, abs=0.1)
    assert answer.best.speed == pytest.approx(1.0, abs=0.005)


@pytest.mark.unit
def test_noise_as_loud_as_the_music_does_not_matter() -> None:
    answer = recogniser().recognise(in_noise(clip_of("second", 9.0, 5.0), snr_db=0.0))
    assert answer.best is not None
    assert (answer.best.recording, answer.best.certainty) == ("second", Certainty.CERTAIN)


@pytest.mark.unit
@pytest.mark.parametrize("speed", [0.95, 1.02, 1.05])
def test_a_record_that_turns_too_fast_is_named_with_its_speed_and_pitch(speed: float) -> None:
    clip = resampled(clip_of("third", 12.0, 5.0 * speed), speed)
    answer = recogniser().recognise(clip)
    assert answer.best is not None
    assert answer.best.recording == "third"
    assert answer.best.speed == pytest.approx(speed, abs=0.01)
    assert answer.best.pitch == pytest.approx(12 * np.log2(speed), abs=0.2)


@pytest.mark.unit
def test_music_that_is_not_in_the_index_stays_unknown() -> None:
    for start in (0.0, 8.0, 16.0, 24.0):
        answer = recogniser().recognise(clip_of("other", start, 5.0))
        assert answer.best is None


@pytest.mark.unit
def test_noise_silence_and_a_moment_are_nothing() -> None:
    noise = np.random.default_rng(5).standard_normal(5 * RATE_HZ).astype(np.float32)
    assert recogniser().recognise(noise).best is None
    assert recogniser().recognise(np.zeros(5 * RATE_HZ, np.float32)).reason == "silent"
    assert recogniser().recognise(clip_of("first", 3.0, 0.5)).reason == "too_short"
    assert recogniser().recognise(np.full(5 * RATE_HZ, np.nan, np.float32)).best is None


@pytest.mark.unit
def test_the_matched_part_leaves_out_what_is_something_else() -> None:
    clip = np.concatenate((clip_of("other", 5.0, 4.0), clip_of("first", 20.0, 6.0)))
    answer = recogniser().recognise(clip)
    assert answer.best is not None
    assert answer.best.recording == "first"
    assert answer.best.start_s == pytest.approx(4.0, abs=0.8)
    assert answer.best.end_s == pytest.approx(10.0, abs=0.8)


@pytest.mark.unit
def test_an_empty_index_knows_nothing() -> None:
    assert Recogniser(Held()).recognise(clip_of("first", 3.0, 5.0)).matches == ()


@pytest.mark.unit
def test_the_picture_marks_the_peaks_that_fit() -> None:
    answer = recogniser().recognise(clip_of("first", 10.0, 5.0), picture=True)
    assert answer.picture is not None
    times, hertz = answer.picture.peaks.T
    assert 0.0 <= times.min() < times.max() <= 5.0
    assert 100.0 < hertz.min() < hertz.max() < 5100.0
    assert answer.picture.matched.mean() > 0.4


@pytest.mark.unit
def test_a_long_recording_has_the_same_fingerprint_in_blocks_and_whole() -> None:
    whole = np.concatenate([pieces()[name] for name in KNOWN] * 2)
    blocks = [whole[start : start + 30_011] for start in range(0, whole.size, 30_011)]
    one, other = Fingerprinter().fingerprint(whole), Fingerprinter().fingerprint_blocks(blocks)
    assert one.frames == other.frames
    np.testing.assert_array_equal(one.landmarks, other.landmarks)
    np.testing.assert_array_equal(one.hashes, other.hashes)


@pytest.mark.unit
def test_a_recording_that_is_twice_in_the_library_is_still_certain() -> None:
    make = Fingerprinter().fingerprint
    louder = (0.3 * pieces()["first"][3 * RATE_HZ :]).astype(np.float32)
    twice = held_segment({name: make(pieces()[name]) for name in KNOWN} | {"copy": make(louder)})
    answer = Recogniser(Held(twice)).recognise(clip_of("first", 12.0, 5.0))
    assert answer.best is not None
    assert answer.best.certainty is Certainty.CERTAIN
    assert {answer.best.recording, answer.matches[1].recording} == {"first", "copy"}


@pytest.mark.unit
def test_nothing_leads_over_a_recording_merely_because_that_one_has_no_codes() -> None:
    landmarks = (np.arange(40) << 15).astype(np.uint32)
    nowhere = Alignment(offset=0.0, scale=1.0, pitch_steps=0, score=3.0, landmarks=40)
    uncoded = Contender("stranger", landmarks, nowhere, 9, moved=False, codes=NO_CODES)
    heard = Encoder().query(clip_of("other", 8.0, 3.0))
    judged = compared(uncoded, heard)
    unrelated = Fingerprinter().fingerprint(pieces()["first"]).codes
    coded = compared(replace(uncoded, codes=unrelated), heard)
    assert judged.likeness is not None
    assert coded.likeness is not None
    assert judged.likeness >= coded.likeness
