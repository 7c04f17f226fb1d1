"""Music that a program composes to learn from."""

import pytest

from knowledge.fingerprint.training.composition import Composer
from knowledge.fingerprint.training.midi import TICKS, Control, Note, Score, midi_file

pytestmark = pytest.mark.unit


def test_the_same_number_is_the_same_piece() -> None:
    assert midi_file(Composer(7).compose(20)) == midi_file(Composer(7).compose(20))


def test_other_numbers_are_other_pieces() -> None:
    pieces = {midi_file(Composer(number).compose(20)) for number in range(12)}

    assert len(pieces) == 12
    assert len({Composer(number).style.name for number in range(40)}) > 6


@pytest.mark.parametrize("number", range(8))
def test_a_piece_is_about_as_long_as_asked_and_playable(number: int) -> None:
    score = Composer(number).compose(30)

    end = max(note.start + note.length for note in score.notes) * 60 / score.beats_per_minute
    assert 20 < end < 90
    assert len(score.notes) > 10
    assert all(0 <= note.channel < 16 and 0 <= note.pitch < 128 for note in score.notes)


def test_a_score_becomes_a_midi_file() -> None:
    score = Score(120.0, {0: 5})
    score.notes.append(Note(1.0, 0.5, 0, 60, 90))
    score.controls.append(Control(0.0, 0, 7, 100))

    data = midi_file(score)

    assert data[:14] == b"MThd\0\0\0\6\0\0\0\1" + TICKS.to_bytes(2, "big")
    assert int.from_bytes(data[18:22], "big") == len(data) - 22
    assert b"\xff\x51\x03" + (500_000).to_bytes(3, "big") in data
    on = b"\x83\x60" + bytes((0x90, 60, 90))  # 480 ticks, seven bits a byte
    assert on + b"\x81\x70" + bytes((0x80, 60, 0)) in data
    assert data.endswith(b"\x00\xff\x2f\x00")
