"""MIDI files: which voice is the tune, and what is done with broken ones."""

import random

import numpy as np
import pytest

from knowledge.melody.written.midi import read_midi
from knowledge.melody.written.models import TuneRefused
from melody_files import BASS, TWINKLE, midi_file, midi_track

pytestmark = pytest.mark.unit


def pitches(data: bytes) -> list[int]:
    return [int(pitch) for pitch in read_midi(data)[0].notes[:, 2]]


def test_a_tune_is_read_with_its_times() -> None:
    (line,) = read_midi(midi_file(midi_track(TWINKLE, tempo_us=600_000)))
    assert line.notes[:, 2].tolist() == list(TWINKLE)
    assert line.notes[:3, 0] == pytest.approx([0.0, 0.6, 1.2], abs=1e-3)
    assert line.notes[:, 1] == pytest.approx(0.6, abs=1e-3)
    assert line.weight == 1.0


def test_the_voice_called_melody_comes_first_and_drums_never() -> None:
    data = midi_file(
        midi_track((), tempo_us=500_000),
        midi_track(BASS * 4, name="Fingered Bass"),
        midi_track(range(50, 82), name="Strings", channel=1),
        midi_track(TWINKLE * 2, name="Melody", channel=2),
        midi_track((35, 38) * 40, name="Melody of drums", channel=9),
    )
    lines = read_midi(data)
    assert lines[0].notes[:, 2].tolist() == list(TWINKLE * 2)
    assert all(line.weight <= 1 for line in lines)
    assert not any(35 in line.notes[:, 2] for line in lines)


def test_of_chords_the_highest_note_is_sung() -> None:
    track = b""
    for pitch in TWINKLE:
        track += b"".join(b"\x00\x90" + bytes([pitch - low, 90]) for low in (12, 7, 0))
        track += b"\x83\x60\x80" + bytes([pitch, 0])
        track += b"".join(b"\x00\x80" + bytes([pitch - low, 0]) for low in (12, 7))
    assert pitches(midi_file(track)) == list(TWINKLE)


def test_running_status_one_track_and_riff_are_read() -> None:
    plain = midi_file(midi_track(TWINKLE, running=True), form=0)
    assert pitches(plain) == list(TWINKLE)
    assert pitches(b"RIFF\x00\x00\x00\x00RMIDdata\x00\x00\x00\x00" + plain) == list(TWINKLE)


def test_frames_of_film_are_a_clock_too() -> None:
    (line,) = read_midi(midi_file(midi_track(TWINKLE, ticks=500), division=0xE728))  # 25 x 40
    assert line.notes[1, 0] == pytest.approx(0.5)


def test_a_file_that_is_cut_off_gives_what_it_has() -> None:
    whole = midi_file(midi_track(TWINKLE))
    assert pitches(whole[: len(whole) * 3 // 4]) == list(TWINKLE[:10])


@pytest.mark.parametrize(
    "data",
    [b"", b"no music at all", b"MThd", midi_file(midi_track(TWINKLE), division=0)],
    ids=["empty", "text", "header", "no clock"],
)
def test_what_is_no_midi_is_refused(data: bytes) -> None:
    with pytest.raises(TuneRefused):
        read_midi(data)


def test_more_notes_than_a_tune_has_are_refused() -> None:
    with pytest.raises(TuneRefused, match="notes"):
        read_midi(midi_file(midi_track((60, 62) * 51_000, running=True)))


def test_damage_never_raises_anything_else() -> None:
    chance = random.Random(3)
    whole = midi_file(midi_track(TWINKLE, name="a"), midi_track(BASS, name="b", channel=1))
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            lines = read_midi(bytes(data[: chance.randint(10, len(data))]))
        except TuneRefused:
            continue
        assert all(np.isfinite(line.notes).all() for line in lines)
