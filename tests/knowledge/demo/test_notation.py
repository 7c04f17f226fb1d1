"""Reading tunes."""

from fractions import Fraction

import pytest

from knowledge.demo.notation import TuneUnreadable, all_tunes, read_chord, read_tunes

HEADER = "X:x\nT:X\nC:Nobody\nM:{meter}\nL:1/8\nP:A\nK:{key}\nP:A\n"


def notes_of(body: str, key: str = "C", meter: str = "4/4") -> list[tuple[float, float, int]]:
    tune = read_tunes(HEADER.format(meter=meter, key=key) + body)[0]
    return [(float(n.start), float(n.length), n.pitch) for n in tune.parts["A"].notes]


@pytest.mark.unit
def test_letters_octaves_and_lengths() -> None:
    assert notes_of("C2 c2 C,2 c'2 |") == [(0, 1, 60), (1, 1, 72), (2, 1, 48), (3, 1, 84)]


@pytest.mark.unit
def test_the_key_signature_sharpens_and_an_accidental_lasts_for_its_bar() -> None:
    assert [pitch for *_, pitch in notes_of("F4 =F2 F2 | F8 |", key="D")] == [66, 65, 65, 66]


@pytest.mark.unit
def test_broken_rhythm_triplets_and_ties() -> None:
    assert notes_of("C>D E<F G4- | G8 |")[:2] == [(0, 0.75, 60), (0.75, 0.25, 62)]
    assert notes_of("C>D E<F G4- | G8 |")[-1] == (2, 6, 67)
    triplet = read_tunes(HEADER.format(meter="2/4", key="C") + "(3CDE F2 |")[0].parts["A"]
    assert triplet.notes[1].start == Fraction(1, 3)


@pytest.mark.unit
def test_a_short_first_bar_is_a_pickup_before_the_beginning() -> None:
    assert notes_of("G2 | c8 |")[0] == (-1, 1, 67)


@pytest.mark.unit
@pytest.mark.parametrize("body", ["C8 | C7 | C8 |", "C8 | C9 | C8 |", "C8 | C4 & C4 | C8 |"])
def test_a_bar_of_the_wrong_length_or_an_unknown_sign_is_an_error(body: str) -> None:
    with pytest.raises(TuneUnreadable, match="x, part A"):
        notes_of(body)


@pytest.mark.unit
def test_chords() -> None:
    chord = read_chord("F#m7")
    assert chord is not None
    assert chord.root == 6
    assert chord.tones == (0, 3, 7, 10)
    assert read_chord("N") is None
    with pytest.raises(TuneUnreadable):
        read_chord("H")


@pytest.mark.unit
def test_every_tune_reads_and_knows_its_composer() -> None:
    tunes = all_tunes()
    assert len(tunes) >= 40
    for tune in tunes.values():
        assert tune.composer
        assert set(tune.form) <= set(tune.parts), tune.name
        for part in tune.parts.values():
            assert part.length % tune.bar == 0, tune.name
            assert all(36 <= note.pitch <= 96 for note in part.notes), tune.name


@pytest.mark.unit
def test_ode_to_joy_begins_as_everybody_knows_it() -> None:
    part = all_tunes()["odetojoy"].parts["A"]
    assert [note.pitch for note in part.notes[:8]] == [66, 66, 67, 69, 69, 67, 66, 64]
    assert all_tunes()["odetojoy"].key.name == "D major"
    assert all_tunes()["scarborough"].key.name == "D minor"
    assert all_tunes()["moonlight"].key.name == "C# minor"
