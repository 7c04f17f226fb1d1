"""Arranges a tune in a style: from parts and patterns to every note that is played, in seconds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from knowledge.demo.drums import DrumHit
from knowledge.demo.harmony import coloured, tonic_chord
from knowledge.demo.patterns import bass_or_chord_hits, drum_steps
from knowledge.demo.sound import Hit
from knowledge.demo.style import Layer, Lead, Style
from knowledge.demo.tune import Chord, ChordSpan, Key, Tune

_LEAD_IN_S = 0.12
_RING_OUT_S = 3.0


@dataclass(frozen=True, slots=True)
class Stem:
    """The notes of one instrument, with its place in the mix."""

    instrument: str
    hits: tuple[Hit, ...]
    gain_db: float
    pan: float
    send: float
    is_melody: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """A whole piece as played."""

    stems: tuple[Stem, ...]
    drums: tuple[DrumHit, ...]
    melody: tuple[Hit, ...]
    """The leading voice alone, in order."""
    beats_s: tuple[float, ...]
    """When each beat falls."""
    length_s: float


@dataclass(frozen=True, slots=True)
class Section:
    """A part as it stands in the form of the piece."""

    number: int
    """0 is the introduction."""
    start: Fraction
    """Quarter notes from the beginning."""
    length: Fraction
    part: str
    """Empty for the introduction and the ending."""
    shift: int
    """Semitones above the written pitch."""
    chords: tuple[ChordSpan, ...]
    """From the start of the section."""
    is_ending: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """When a written moment sounds: tempo, swing, breathing, and the slowing end."""

    quarter_s: float
    phrase: float
    """Quarter notes of one breath."""
    rubato: float
    swing: float
    swing_unit: float
    slow_from: float
    """Quarter note from which it slows down."""
    slow_by: float
    """Extra seconds for each squared quarter after that."""

    def at(self, quarters: float) -> float:
        """Seconds at which the moment `quarters` sounds."""
        unit = self.swing_unit
        whole = math.floor(quarters / unit + 1e-9)
        rest = quarters / unit - whole
        if rest < 0.5:
            rest *= 2 * self.swing
        else:
            rest = self.swing + (rest - 0.5) * 2 * (1 - self.swing)
        place = (whole + rest) * unit
        breath = self.rubato * self.phrase / (2 * math.pi)
        place -= breath * math.sin(2 * math.pi * place / self.phrase)
        late = max(0.0, quarters - self.slow_from)
        return _LEAD_IN_S + place * self.quarter_s + self.slow_by * late * late


def arrange(
    tune: Tune, style: Style, *, tempo_bpm: float, transpose: int, form: str, seed: int
) -> Score:
    """Arrange `tune` in `style`; the same arguments always give the same score."""
    rng = np.random.default_rng(seed)
    sections = _sections(tune, style, form or " ".join(tune.form), transpose)
    clock = _clock(tune, style, tempo_bpm, sections)
    key = tune.key.moved(transpose)
    stems = [_lead_stems(tune, style, sections, clock, rng)]
    melody = tuple(hit for stem in stems[0] if stem.is_melody for hit in stem.hits)
    layers = [_layer_stem(layer, tune, style, sections, clock, key, rng) for layer in style.layers]
    drums = _drums(tune, style, sections, clock, rng)
    last = sections[-1]
    end = float(last.start + last.length)
    beats = np.arange(0, end + 1e-6, float(tune.pulse))
    return Score(
        stems=(*stems[0], *layers),
        drums=drums,
        melody=tuple(sorted(melody, key=lambda hit: hit.start_s)),
        beats_s=tuple(clock.at(float(beat)) for beat in beats),
        length_s=clock.at(end) + _RING_OUT_S,
    )


def _sections(tune: Tune, style: Style, form: str, transpose: int) -> tuple[Section, ...]:
    steps = form.split()
    first = tune.parts[steps[0][0]]
    intro_length = min(tune.bar * style.intro_bars, first.length)
    sections: list[Section] = []
    position = Fraction(0)
    if style.intro_bars:
        chords = _last_chords(first.chords, first.length, intro_length, transpose)
        sections.append(Section(0, position, intro_length, "", transpose, chords))
        position += intro_length
    elif first.notes[0].start < 0:
        sections.append(Section(0, position, tune.bar, "", transpose, ()))
        position += tune.bar
    shift = transpose
    for number, step in enumerate(steps, start=1):
        shift = transpose + int(step[1:] or 0)
        part = tune.parts[step[0]]
        chords = tuple(
            ChordSpan(span.start, span.length, span.chord and span.chord.moved(shift))
            for span in part.chords
        )
        sections.append(Section(number, position, part.length, step[0], shift, chords))
        position += part.length
    tonic = ChordSpan(Fraction(0), tune.bar, tonic_chord(tune.key.moved(shift)))
    sections.append(
        Section(len(steps) + 1, position, tune.bar, "", shift, (tonic,), is_ending=True)
    )
    return tuple(sections)


def _last_chords(
    chords: Sequence[ChordSpan], total: Fraction, wanted: Fraction, shift: int
) -> tuple[ChordSpan, ...]:
    """The chords of the last `wanted` quarters of a part: a turnaround to begin with."""
    begin = total - wanted
    spans = []
    for span in chords:
        start, end = max(span.start, begin), span.start + span.length
        if end > start:
            moved = span.chord and span.chord.moved(shift)
            spans.append(ChordSpan(start - begin, end - start, moved))
    return tuple(spans)


def _clock(tune: Tune, style: Style, tempo_bpm: float, sections: Sequence[Section]) -> Clock:
    quarter_s = 60 / tempo_bpm / float(tune.pulse)
    ending = sections[-1]
    slow_from = float(ending.start - tune.bar)
    span = float(2 * tune.bar)
    return Clock(
        quarter_s=quarter_s,
        phrase=float(4 * tune.bar),
        rubato=style.rubato,
        swing=style.swing,
        swing_unit=style.swing_unit,
        slow_from=slow_from,
        slow_by=style.slow_down * quarter_s / (2 * span) if style.slow_down else 0.0,
    )


def _lead_stems(
    tune: Tune, style: Style, sections: Sequence[Section], clock: Clock, rng: np.random.Generator
) -> list[Stem]:
    written = [
        (section, section.start + note.start, note.length, note.pitch + section.shift)
        for section in sections
        if section.part
        for note in tune.parts[section.part].notes
    ]
    written.sort(key=lambda entry: entry[1])
    pitches = [pitch for *_, pitch in written]
    lowest, span = min(pitches), max(1, max(pitches) - min(pitches))
    hits: dict[int, list[Hit]] = {}
    for index, (section, start, length, pitch) in enumerate(written):
        if index + 1 < len(written):
            length = min(length, written[index + 1][1] - start)  # noqa: PLW2901 a pickup cuts in
        if length <= 0:
            continue
        turn = (section.number - 1) % len(style.leads)
        begin = clock.at(float(start)) + float(rng.normal(0, style.loose_ms / 1500))
        end = clock.at(float(start + length * Fraction(style.legato).limit_denominator(100)))
        accent = 0.06 if start % tune.bar == 0 else 0.03 if start % 1 == 0 else 0.0
        velocity = 0.62 + accent + 0.14 * (pitch - lowest) / span + float(rng.normal(0, 0.025))
        octave = 12 * style.leads[turn].octave
        hits.setdefault(turn, []).append(
            Hit(max(0.0, begin), max(0.07, end - begin), pitch + octave, min(velocity, 0.95))
        )
    stems = []
    for turn, played in hits.items():
        lead = style.leads[turn]
        stems.append(Stem(lead.instrument, tuple(played), lead.gain_db, lead.pan, lead.send, True))
        if lead.double:
            stems.append(_double(lead, played))
    return stems


def _double(lead: Lead, played: Sequence[Hit]) -> Stem:
    shift = 12 * lead.double_octave
    doubled = tuple(
        Hit(hit.start_s + 0.008, hit.length_s, hit.pitch + shift, hit.velocity * 0.9)
        for hit in played
    )
    return Stem(lead.double, doubled, lead.gain_db - 6, -lead.pan or 0.25, lead.send)


def _layer_stem(
    layer: Layer,
    tune: Tune,
    style: Style,
    sections: Sequence[Section],
    clock: Clock,
    key: Key,
    rng: np.random.Generator,
) -> Stem:
    hits: list[Hit] = []
    for index, section in enumerate(sections):
        if not layer.since <= section.number < layer.until and not section.is_ending:
            continue
        if section.is_ending and layer.until < 99:
            continue
        following = sections[index + 1] if index + 1 < len(sections) else None
        chords = _with_colour(section, tune, style, key)
        after = following.chords[0].chord if following and following.chords else None
        hits += bass_or_chord_hits(
            layer,
            chords,
            start=section.start,
            length=section.length,
            bar=tune.bar,
            after=after,
            hold=section.is_ending,
            clock=clock.at,
            loose_s=style.loose_ms / 1000,
            rng=rng,
        )
    return Stem(layer.instrument, tuple(hits), layer.gain_db, layer.pan, layer.send)


def _with_colour(
    section: Section, tune: Tune, style: Style, key: Key
) -> tuple[tuple[Fraction, Fraction, Chord | None], ...]:
    spans = []
    notes = tune.parts[section.part].notes if section.part else ()
    for span in section.chords:
        chord = span.chord
        if chord is not None and style.colour:
            above = frozenset(
                (note.pitch + section.shift) % 12
                for note in notes
                if note.start < span.start + span.length and note.start + note.length > span.start
            )
            chord = coloured(chord, key, above)
        spans.append((section.start + span.start, span.length, chord))
    return tuple(spans)


def _drums(
    tune: Tune, style: Style, sections: Sequence[Section], clock: Clock, rng: np.random.Generator
) -> tuple[DrumHit, ...]:
    if not style.kit:
        return ()
    hits: list[DrumHit] = []
    for section in sections:
        if section.number < style.drums_since and not section.is_ending:
            continue
        bars = int(section.length / tune.bar)
        for bar in range(bars):
            start = section.start + bar * tune.bar
            rows = style.fill if bar == bars - 1 and style.fill else style.drums
            if section.is_ending:
                rows = {stroke: "9" for stroke in ("k", "x") if stroke in style.drums}
            for stroke, offset, velocity in drum_steps(rows, bar, tune.bar):
                late = float(rng.normal(0, style.loose_ms / 2500))
                loud = velocity * (1 + float(rng.normal(0, 0.06)))
                hits.append(DrumHit(clock.at(float(start + offset)) + late, stroke, loud))
    return tuple(sorted(hits, key=lambda hit: hit.start_s))
