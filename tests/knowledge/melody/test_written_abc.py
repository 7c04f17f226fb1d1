"""ABC as people write it."""

import time

import pytest

from knowledge.melody.written.abc import read_abc
from knowledge.melody.written.models import TuneRefused
from melody_files import ABC_TUNE

pytestmark = pytest.mark.unit


def notes(body: str, head: str = "M:4/4\nL:1/4\nQ:1/4=60\nK:C") -> list[tuple[int, float]]:
    """The pitches and lengths of a tune; at this speed a quarter is a second."""
    (tune,) = read_abc(f"X:1\nT:Test\n{head}\n{body}\n")
    return [(int(pitch), round(float(length), 3)) for _, length, pitch, _ in tune.lines[0].notes]


def pitches(body: str, head: str = "M:4/4\nL:1/4\nQ:1/4=60\nK:C") -> list[int]:
    return [pitch for pitch, _ in notes(body, head)]


def test_title_composer_and_key() -> None:
    (tune,) = read_abc(ABC_TUNE)
    assert (tune.title, tune.composer) == ("Drowsy Maggie", "")
    heard = tune.lines[0].notes
    assert heard[:8, 2].tolist() == [64, 71, 64, 74, 64, 71, 64, 64]  # F and C are sharp, E is not
    assert heard[:3, 1] == pytest.approx([0.5, 0.25, 0.25])
    assert len(heard) == 2 * 14  # repeated


def test_articles_come_first_and_composers_are_kept() -> None:
    (tune,) = read_abc("X:1\nT:Blackbird, The\nC:J. Scott Skinner\nK:C\nCDEFG\n")
    assert (tune.title, tune.composer) == ("The Blackbird", "J. Scott Skinner")


def test_lengths_ties_and_broken_rhythm() -> None:
    assert [length for _, length in notes("C2 D/2 E/ F3/2 G//")] == [2, 0.5, 0.5, 1.5, 0.25]
    assert [length for _, length in notes("C>D E<F G>>A")] == [1.5, 0.5, 0.5, 1.5, 1.75, 0.25]
    assert notes("C-C D2-|D2 E F G")[:2] == [(60, 2.0), (62, 4.0)]


def test_tuplets() -> None:
    assert [length for _, length in notes("(3CDE (2FG A")] == pytest.approx(
        [0.667, 0.667, 0.667, 1.5, 1.5, 1.0], abs=1e-3
    )
    assert [length for _, length in notes("(5:4:5CDEFG A")] == [0.8] * 5 + [1.0]


def test_accidentals_last_to_the_bar_line_and_only_in_their_octave() -> None:
    assert pitches("^F F f|F =F _B __B") == [66, 66, 77, 65, 65, 70, 69]
    assert pitches("F C F C F", "L:1/4\nK:D") == [66, 61, 66, 61, 66]


@pytest.mark.parametrize(
    ("key", "sharp_or_flat"),
    [
        ("G", {"F": 1}), ("Gm", {"B": -1, "E": -1}), ("A dorian", {"F": 1}), ("DMix", {"F": 1}),
        ("F# minor", {"F": 1, "C": 1, "G": 1}), ("Bb", {"B": -1, "E": -1}),
        ("Hp", {"F": 1, "C": 1}),
        ("Elyd clef=treble", dict.fromkeys("FCGDA", 1)), ("none", {}), ("nonsense", {}),
        ("D exp ^f ^g", {"F": 1, "G": 1}), ("C phr", dict.fromkeys("BEAD", -1)),
    ],
)  # fmt: skip
def test_keys(key: str, sharp_or_flat: dict[str, int]) -> None:
    plain = {"C": 60, "D": 62, "E": 64, "F": 65, "G": 67, "A": 69, "B": 71}
    wanted = [pitch + sharp_or_flat.get(letter, 0) for letter, pitch in plain.items()]
    assert pitches("CDEFGAB", f"L:1/4\nK:{key}") == wanted


def test_octaves_chords_and_what_is_passed_over() -> None:
    assert pitches("C, c c' {ag}c \"Am\"A !trill!B ~d .e [CEG]2 [c2e2] z u f") == [
        48, 72, 84, 72, 69, 71, 74, 76, 67, 76, 77
    ]  # fmt: skip


def test_endings_are_played_in_turn() -> None:
    assert pitches("C|:D E|1 F G:|2 A B|]") == [60, 62, 64, 65, 67, 62, 64, 69, 71]
    assert pitches("C D E|[1 F:|[2 G||A B:|") == [60, 62, 64, 65, 60, 62, 64, 67, 69, 71, 69, 71]
    assert pitches("C D::E F|G:|") == [60, 62] * 2 + [64, 65, 67] * 2


def test_fields_within_the_music_count_from_there_on() -> None:
    assert pitches("F C[K:D]F C|\nK:C\nF C F") == [65, 60, 66, 61, 65, 60, 65]
    assert [length for _, length in notes("C[L:1/8]C[Q:1/4=120]C CC")] == [1, 0.5, 0.25, 0.25, 0.25]


def test_voices_are_lines() -> None:
    (tune,) = read_abc(
        "X:1\nL:1/4\nK:C\nV:1 name=Melody\nc d e f|g a b c'\n"
        "V:2 name=Bass\nC, G, C, G,|C, D, E, F,\n"
    )
    assert tune.lines[0].notes[0, 2] == 72
    assert len(tune.lines) <= 2


def test_many_tunes_in_a_file_and_a_broken_one_among_them() -> None:
    text = (
        "words before\n\nX:1\nT:One\nK:C\nCDEFGA\n\n"
        "X:2\nT:None\nK:C\n|||\n\nX:3\nT:Three\nK:G\nGABcd\n"
    )
    assert [tune.title for tune in read_abc(text)] == ["One", "Three"]


def test_without_a_tune_it_is_refused() -> None:
    with pytest.raises(TuneRefused, match="X:"):
        read_abc("A letter to my aunt.\n")


@pytest.mark.parametrize(
    "body",
    ["|:" * 10_000, "[A1" * 10_000, "{" * 100_000, '"' * 100_001, ":" * 100_000, "(9:9:99" * 20_000,
     "[" * 100_000, "A" + "/" * 100_000, "Z999" * 20_000 + "CDEFG", "[K:" * 50_000],
)  # fmt: skip
def test_traps_take_no_time(body: str) -> None:
    began = time.process_time()
    read_abc(f"X:1\nK:C\n{body}\n")
    assert time.process_time() - began < 3


def test_more_notes_than_a_tune_has_leave_it_out() -> None:
    assert read_abc("X:1\nK:C\n" + "CDEF|" * 5_100 + "\n") == ()
