"""A composer that never repeats itself: harmony, motifs, accompaniment and form at random.

The aim is variety of sound, not beauty: what the encoder must learn is to tell any two moments
of any two pieces apart.
"""

from dataclasses import dataclass

import numpy as np

from knowledge.fingerprint.training.drums import Kit, groove
from knowledge.fingerprint.training.midi import BEND, DRUMS, Control, Note, Score
from knowledge.fingerprint.training.styles import PROGRESSIONS, SCALES, STYLES, Role, Style


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord: scale degrees above the piece's scale, lowest first."""

    degrees: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One instrument of a piece."""

    role: Role
    channel: int
    octave: int
    loudness: int
    pattern: tuple[tuple[float, float], ...]
    """(start, length) in beats within a bar."""
    spread: int


class Composer:
    """Composes one piece from one generator.

    Args:
        seed: two composers with the same seed write the same piece.
    """

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self._style: Style = STYLES[int(self._rng.integers(len(STYLES)))]
        self._scale = SCALES[int(self._rng.integers(len(SCALES)))]
        self._key = int(self._rng.integers(12))
        self._beats = int(self._rng.choice([4, 4, 4, 4, 3, 3, 6, 5, 7]))
        self._swing = float(self._rng.choice([0.0, 0.0, 0.0, 0.06, 0.16]))
        self._looseness = float(self._rng.uniform(0.0, 0.025))

    @property
    def style(self) -> Style:
        return self._style

    def compose(self, seconds: float) -> Score:
        """A piece of about this length."""
        rng, style = self._rng, self._style
        tempo = float(rng.uniform(*style.tempo))
        score = Score(tempo)
        parts = self._orchestrate(score)
        bars = max(4, round(seconds * tempo / 60 / self._beats))
        sections: list[tuple[list[Chord], dict[int, list[tuple[float, float, int]]], Kit]] = []
        for _ in range(int(rng.integers(2, 5))):
            length = int(rng.choice([2, 4, 4, 8]))
            chords = self._progression(length)
            motifs = {part.channel: self._motif(part) for part in parts}
            sections.append((chords, motifs, groove(rng, self._beats, style.drums)))
        bar = 0
        while bar < bars:
            chords, motifs, kit = sections[int(rng.integers(len(sections)))]
            playing = [p for p in parts if rng.random() < style.density] or parts[:1]
            drums = style.drums > 0 and rng.random() < 0.85
            lift = int(rng.choice([0, 0, 0, 0, 2, -2, 5, 12]))
            gain = float(rng.uniform(0.75, 1.1))
            for k in range(len(chords) * int(rng.choice([1, 1, 2]))):
                start, chord = float(bar * self._beats), chords[k % len(chords)]
                for part in playing:
                    self._play(score, part, chord, motifs[part.channel], start, lift, gain)
                if drums:
                    self._drum(score, kit, start, fill=k == len(chords) - 1, gain=gain)
                bar += 1
        return score

    def _orchestrate(self, score: Score) -> list[_Part]:
        rng, parts = self._rng, []
        channels = [c for c in range(16) if c != DRUMS]
        count = int(rng.integers(self._style.parts[0], self._style.parts[1] + 1))
        roles = list(self._style.roles)
        for channel in channels[:count]:
            role, programs = roles[int(rng.integers(len(roles)))]
            # A tenth of the parts is played by anything at all.
            wild = rng.random() < 0.1
            score.programs[channel] = int(rng.integers(112) if wild else rng.choice(programs))
            level = int(rng.integers(60, 120))
            score.controls += [
                Control(0.0, channel, 7, level),
                Control(0.0, channel, 10, int(rng.integers(20, 108))),
                Control(0.0, channel, 91, int(rng.integers(0, 90))),
            ]
            octave = {Role.BASS: 2, Role.PAD: 4, Role.MELODY: 5, Role.ARPEGGIO: 4, Role.COMP: 4}[
                role
            ]
            octave += int(rng.choice([-1, 0, 0, 0, 1])) if role is not Role.BASS else 0
            pattern = self._pattern(role)
            loudness = int(rng.integers(55, 115))
            parts.append(_Part(role, channel, octave, loudness, pattern, int(rng.integers(2, 6))))
        if self._style.drums > 0:
            score.programs[DRUMS] = int(rng.choice([0, 0, 8, 16, 24, 25, 32, 40, 48]))
            score.controls.append(Control(0.0, DRUMS, 7, int(rng.integers(60, 115))))
        return parts

    def _pattern(self, role: Role) -> tuple[tuple[float, float], ...]:
        """When in a bar the part sounds, and for how long."""
        rng = self._rng
        if role is Role.PAD:
            return ((0.0, self._beats * float(rng.uniform(0.8, 1.05))),)
        if role is Role.ARPEGGIO:
            step = float(rng.choice([0.25, 1 / 3, 0.5, 0.5, 1.0]))
            length = step * float(rng.uniform(0.4, 2.5))
            return tuple((k * step, length) for k in range(round(self._beats / step)))
        grid = float(rng.choice([0.5, 0.5, 0.25, 1.0, 1 / 3]))
        chance = float(rng.uniform(0.25, 0.85))
        starts = [
            k * grid for k in range(round(self._beats / grid)) if k == 0 or rng.random() < chance
        ]
        ends = [*starts[1:], float(self._beats)]
        legato = float(rng.uniform(0.3, 1.0))
        return tuple((a, max(0.1, (b - a) * legato)) for a, b in zip(starts, ends, strict=True))

    def _progression(self, bars: int) -> list[Chord]:
        rng = self._rng
        if rng.random() < 0.5:
            roots = list(PROGRESSIONS[int(rng.integers(len(PROGRESSIONS)))])
            roots = [roots[k % len(roots)] for k in range(bars)]
        else:
            roots = [int(r) for r in rng.integers(0, len(self._scale), bars)]
            if rng.random() < 0.3:
                roots = [roots[0]] * bars
        shapes = [(0, 2, 4), (0, 2, 4), (0, 2, 4, 6), (0, 4), (0, 3, 4), (0, 1, 4), (0, 2, 4, 8)]
        weights = np.array(self._style.shapes, float)
        chosen = rng.choice(len(shapes), bars, p=weights / weights.sum())
        return [
            Chord(tuple(root + step for step in shapes[int(shape)]))
            for root, shape in zip(roots, chosen, strict=True)
        ]

    def _motif(self, part: _Part) -> list[tuple[float, float, int]]:
        """(start, length, scale step from the chord's root) over one or two bars."""
        rng, motif, step = self._rng, [], int(self._rng.integers(0, 8))
        bars = int(rng.choice([1, 2, 2, 4]))
        for bar in range(bars):
            for start, length in part.pattern if rng.random() < 0.5 else self._pattern(Role.MELODY):
                step += int(rng.choice([-3, -2, -1, -1, 0, 1, 1, 2, 3, 4, -4]))
                step = min(11, max(-4, step))
                motif.append((bar * self._beats + start, length, step))
        return motif

    def _pitch(self, degree: int, octave: int, lift: int) -> int:
        octaves, step = divmod(degree, len(self._scale))
        return 12 * (octave + octaves) + self._key + self._scale[step] + lift

    def _add(
        self, score: Score, part: _Part, start: float, length: float, pitch: int, gain: float
    ) -> None:
        rng = self._rng
        while pitch > 100:
            pitch -= 12
        while pitch < 26:
            pitch += 12
        offbeat = start % 1.0
        if self._swing and abs(offbeat - 0.5) < 0.01:
            start += self._swing
        start += float(rng.normal(0.0, self._looseness))
        velocity = round((part.loudness + float(rng.normal(0.0, 8.0))) * gain)
        score.notes.append(Note(start, length, part.channel, pitch, velocity))

    def _play(
        self,
        score: Score,
        part: _Part,
        chord: Chord,
        motif: list[tuple[float, float, int]],
        start: float,
        lift: int,
        gain: float,
    ) -> None:
        """Write one bar of one part."""
        rng, degrees = self._rng, chord.degrees
        if part.role is Role.MELODY:
            length = max(a for a, _, _ in motif) // self._beats + 1
            bar = start // self._beats % length
            for at, duration, step in motif:
                if at // self._beats != bar or rng.random() < 0.08:
                    continue
                degree = degrees[0] % len(self._scale) + step + int(rng.random() < 0.06)
                now = start + at % self._beats
                self._add(score, part, now, duration, self._pitch(degree, part.octave, lift), gain)
                if part.spread > 4 and rng.random() < 0.5:
                    third = self._pitch(degree + 2, part.octave, lift)
                    self._add(score, part, now, duration, third, gain * 0.8)
            if rng.random() < 0.05:
                wheel = 8192 + int(rng.integers(-4000, 4000))
                score.controls.append(Control(start, part.channel, BEND, wheel))
                score.controls.append(Control(start + 1, part.channel, BEND, 8192))
            return
        for k, (at, duration) in enumerate(part.pattern):
            now = start + at
            if part.role is Role.BASS:
                degree = degrees[0] if k == 0 or rng.random() < 0.6 else int(rng.choice(degrees))
                pitch = self._pitch(degree, part.octave, lift)
                self._add(score, part, now, duration, pitch, gain)
            elif part.role is Role.ARPEGGIO:
                turn = k % (2 * part.spread)
                index = turn if turn < part.spread else 2 * part.spread - turn - 1
                octave, tone = divmod(index, len(degrees))
                pitch = self._pitch(degrees[tone], part.octave + octave, lift)
                self._add(score, part, now, duration, pitch, gain)
            else:
                for tone in degrees:
                    pitch = self._pitch(tone, part.octave, lift)
                    self._add(score, part, now, duration, pitch, gain * 0.85)

    def _drum(self, score: Score, kit: Kit, start: float, *, fill: bool, gain: float) -> None:
        rng = self._rng
        for hits in (kit.bar, kit.fill if fill else ()):
            for at, drum, velocity in hits:
                if rng.random() < 0.04:
                    continue
                swung = at + (self._swing if abs(at % 1.0 - 0.5) < 0.01 else 0.0)
                now = start + swung + float(rng.normal(0.0, self._looseness / 2))
                loud = round((velocity + float(rng.normal(0.0, 6.0))) * gain)
                score.notes.append(Note(now, 0.2, DRUMS, drum, loud))
