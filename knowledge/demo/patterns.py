"""Reads the text patterns of a style (see style.py) and plays them over chords."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from knowledge.demo.harmony import open_tone, root_above, voiced
from knowledge.demo.sound import Hit
from knowledge.demo.style import Layer
from knowledge.demo.tune import Chord

Spans = Sequence[tuple[Fraction, Fraction, Chord | None]]
"""Start and length in quarter notes, and the chord."""

_SHORT = 0.45
"""Length of a short chord, part of its step."""


def drum_steps(
    rows: Mapping[str, str], bar_number: int, bar: Fraction
) -> Iterator[tuple[str, Fraction, float]]:
    """Strokes of one bar: letter, quarter notes from the bar line, loudness 0 to 1."""
    for stroke, pattern in rows.items():
        bars = pattern.split("|")
        steps = bars[bar_number % len(bars)]
        for index, step in enumerate(steps):
            if step.isdigit():
                yield stroke, bar * index / len(steps), int(step) / 9


def bass_or_chord_hits(
    layer: Layer,
    spans: Spans,
    *,
    start: Fraction,
    length: Fraction,
    bar: Fraction,
    after: Chord | None,
    hold: bool,
    clock: Callable[[float], float],
    loose_s: float,
    rng: np.random.Generator,
) -> list[Hit]:
    """Play the layer's pattern over one section.

    Args:
        layer: what to play.
        spans: the section's chords, in quarter notes of the whole piece.
        start: where the section begins, in quarter notes.
        length: of the section.
        bar: length of a bar.
        after: the chord that follows the section, for a bass that walks into it.
        hold: play the first step once and hold it (the last chord of a piece).
        clock: quarter notes to seconds.
        loose_s: standard deviation of the timing.
        rng: the player.
    """
    if hold:
        chord = spans[0][2]
        return [] if chord is None else _final(layer, chord, start, length, clock, rng)
    bars = layer.pattern.split("|")
    hits: list[Hit] = []
    walker = _Walker(layer.low, rng)
    for number in range(int(length / bar)):
        steps = bars[number % len(bars)]
        bar_start = start + number * bar
        for begin, size, letter in _events(steps, bar_start, bar, spans):
            chord = _chord_at(spans, begin)
            if chord is None:
                continue
            ahead = _chord_at(spans, begin + size) or after or chord
            pitches = _pitches(layer, letter, chord, ahead, walker)
            short = letter == "x"
            sounding = size * (Fraction(_SHORT) if short else 1)
            begin_s = clock(float(begin)) + float(rng.normal(0, loose_s))
            length_s = max(0.05, clock(float(begin + sounding)) - clock(float(begin)))
            accent = 1.0 if begin == bar_start else 0.92
            loud = layer.velocity * accent * (0.85 if short else 1.0)
            for place, pitch in enumerate(pitches):
                strum_s = 0.004 * place if len(pitches) > 1 else 0.0
                velocity = loud * (1 + float(rng.normal(0, 0.05)))
                hits.append(
                    Hit(max(0.0, begin_s + strum_s), length_s, pitch, float(min(velocity, 1.0)))
                )
    return hits


def _events(
    steps: str, bar_start: Fraction, bar: Fraction, spans: Spans
) -> Iterator[tuple[Fraction, Fraction, str]]:
    """The struck steps of a bar with their lengths; a held chord is struck anew when it changes."""
    step = bar / len(steps)
    changes = {begin for begin, _, _ in spans}
    current: tuple[Fraction, str] | None = None
    for index, letter in enumerate(steps):
        now = bar_start + index * step
        if letter == "-" and current is not None:
            if now in changes:
                yield current[0], now - current[0], current[1]
                current = (now, current[1])
            continue
        if current is not None:
            yield current[0], now - current[0], current[1]
        current = None if letter in ".-" else (now, letter)
    if current is not None:
        yield current[0], bar_start + bar - current[0], current[1]


def _chord_at(spans: Spans, moment: Fraction) -> Chord | None:
    for begin, size, chord in spans:
        if begin <= moment < begin + size:
            return chord
    return None


def _pitches(
    layer: Layer, letter: str, chord: Chord, ahead: Chord, walker: "_Walker"
) -> tuple[int, ...]:
    if letter in "Xx":
        return voiced(chord, layer.low)
    if letter.isdigit():
        tones = voiced(chord, layer.low)
        octave, place = divmod(int(letter), len(tones))
        return (tones[place] + 12 * octave,)
    if letter == "w":
        return (walker.step(chord, ahead),)
    if letter == "a":
        return (root_above(ahead, layer.low) - 1,)
    return (open_tone(chord, layer.low, letter),)


class _Walker:
    """A bass player who walks: chord tones near the last note, a half step into a new root."""

    def __init__(self, low: int, rng: np.random.Generator) -> None:
        self._low = low
        self._rng = rng
        self._chord: Chord | None = None
        self._last = low + 6

    def step(self, chord: Chord, ahead: Chord) -> int:
        """The next note over `chord`, knowing which chord comes `ahead`."""
        if chord != self._chord:
            pitch = root_above(chord, self._low)
        elif ahead.root != chord.root:
            target = root_above(ahead, self._low)
            pitch = target + int(self._rng.choice((-1, 1)))
        else:
            tones = [root_above(chord, self._low) + tone for tone in (*chord.tones, 12)]
            near = sorted(tones, key=lambda tone: abs(tone - self._last))
            pitch = int(self._rng.choice([tone for tone in near if tone != self._last][:3]))
        self._chord = chord
        self._last = pitch
        return pitch


def _final(
    layer: Layer,
    chord: Chord,
    start: Fraction,
    length: Fraction,
    clock: Callable[[float], float],
    rng: np.random.Generator,
) -> list[Hit]:
    """The last chord, held: the root for a bass, the chord (broken a little) for the rest."""
    is_bass = not any(letter in "Xx0123456789" for letter in layer.pattern)
    is_guitar_like = any(letter in "rfot" for letter in layer.pattern)
    if is_bass:
        pitches: tuple[int, ...] = (root_above(chord, layer.low),)
        if is_guitar_like and "t" in layer.pattern:
            pitches = tuple(open_tone(chord, layer.low, letter) for letter in "rfot")
    else:
        pitches = voiced(chord, layer.low)
    begin_s = clock(float(start))
    length_s = clock(float(start + length)) - begin_s
    return [
        Hit(
            begin_s + 0.03 * place,
            length_s,
            pitch,
            float(np.clip(layer.velocity * (0.95 + rng.normal(0, 0.03)), 0, 1)),
        )
        for place, pitch in enumerate(pitches)
    ]
