"""Turns chord symbols into the notes a player would choose."""

from knowledge.demo.tune import Chord, Key

_MAJOR_SEVENTH = (0, 4, 7, 11)
_SIXTH = (0, 4, 7, 9)
_DOMINANT = (0, 4, 7, 10)
_MINOR_SEVENTH = (0, 3, 7, 10)


def voiced(chord: Chord, low: int) -> tuple[int, ...]:
    """The chord's tones in the octave above `low`, ascending.

    A fixed window moves each voice to the nearest tone of the next chord, as a pianist's hand
    does.
    """
    return tuple(sorted(low + (chord.root + tone - low) % 12 for tone in chord.tones))


def coloured(chord: Chord, key: Key, melody: frozenset[int]) -> Chord:
    """Add the seventh or sixth that a jazz player would, given the melody's pitch classes.

    Never a major seventh against the root in the melody: that half step hurts.
    """
    if chord.is_minor_triad:
        return Chord(chord.root, _MINOR_SEVENTH)
    if not chord.is_major_triad:
        return chord
    if (chord.root - key.tonic) % 12 == 7:
        return Chord(chord.root, _DOMINANT)
    if chord.root in melody:
        return Chord(chord.root, _SIXTH)
    return Chord(chord.root, _MAJOR_SEVENTH)


def root_above(chord: Chord, low: int) -> int:
    """The chord's root in the octave above `low`."""
    return low + (chord.root - low) % 12


def open_tone(chord: Chord, low: int, letter: str) -> int:
    """The pitch of a pattern letter (r, f, o, t, d) above the root near `low`."""
    root = root_above(chord, low)
    fifth = chord.tones[2]
    third = chord.tones[1]
    return root + {"r": 0, "f": fifth, "o": 12, "t": 12 + third, "d": fifth - 12}[letter]


def tonic_chord(key: Key) -> Chord:
    """The triad that a piece in `key` ends on."""
    return Chord(key.tonic, (0, 3, 7) if key.is_minor else (0, 4, 7))
