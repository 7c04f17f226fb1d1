"""From notes as written to notes as somebody without training sings them.

Ranges and mistakes are other than those of the development data: the singer here squeezes large
intervals, hurries and drags, takes breaths that cost time, and now and then folds a passage that is
too high down by an octave.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

Random: TypeAlias = np.random.Generator
Notes: TypeAlias = NDArray[np.float64]
"""Rows of onset (s), duration (s), MIDI pitch, shape (n, 3), by onset; none overlap."""


class SungKind(StrEnum):
    """How it sounds."""

    HUM = "hum"
    WHISTLE = "whistle"
    LA = "la"


RANGES: Final = {
    SungKind.HUM: ((43.0, 62.0), (52.0, 71.0)),
    SungKind.LA: ((45.0, 64.0), (54.0, 74.0)),
    SungKind.WHISTLE: ((78.0, 94.0), (82.0, 100.0)),
}
"""Lowest and highest comfortable MIDI pitch of the two kinds of throats."""
_REST_S = 0.12
"""A written gap from this length on is a rest."""
_HOLD_S = 1.1
"""Longer notes are seldom held for their whole length."""


@dataclass(frozen=True, slots=True)
class SungNote:
    """A note as sung."""

    onset_s: float
    duration_s: float
    pitch: float
    """MIDI number meant and missed, drift and slips included."""
    after_pause: bool
    """Begins from silence: the first, and those after a rest or a breath."""
    breath_before_s: float = 0.0
    """How long air was taken in before it."""


@dataclass(frozen=True, slots=True)
class Mistakes:
    """How many notes were sung other than written."""

    wrong: int = 0
    dropped: int = 0
    inserted: int = 0


@dataclass(frozen=True, slots=True)
class Habits:
    """How one person sings one passage."""

    tempo: float
    """Times as fast as written."""
    detune: float
    """Deviation of single notes, semitones."""
    drift: float
    """Semitones that the key is off at the end."""
    slip: float
    """Semitones by which the key jumps at `slip_at` (share of the passage)."""
    slip_at: float
    squeeze: float
    """Factor on the distance of notes from the middle of the passage: large leaps shrink."""
    loose: float
    """Deviation of inter-onset times, as a natural logarithm."""
    rubato: float
    """Depth of a slow wave of the tempo."""
    rubato_s: float
    hurry: float
    """Change of the tempo from beginning to end, as a natural logarithm."""
    legato: float
    """Share of an inter-onset time that sounds."""
    wrong: float
    dropped: float
    inserted: float
    """Probabilities for each note."""
    breath_every_s: float
    breath_s: float
    folds: bool
    """Sings what is too high an octave lower, note by note."""

    @classmethod
    def drawn(cls, random: Random) -> Self:
        """A person; one in three sings well, one in four badly."""
        skill = random.choice([0.5, 1.0, 1.7], p=[0.34, 0.41, 0.25])
        slips = random.random() < 0.14 * skill
        return cls(
            tempo=float(np.exp(random.uniform(np.log(0.66), np.log(1.5)))),
            detune=float(skill * random.uniform(0.08, 0.22)),
            drift=float(np.clip(random.normal(0, 0.45 * skill), -1.5, 1.5)),
            slip=float(random.choice([-1, 1, 2]) * random.uniform(0.8, 1.1)) if slips else 0.0,
            slip_at=float(random.uniform(0.3, 0.8)),
            squeeze=float(np.clip(random.normal(0.98, 0.025 * skill), 0.86, 1.06)),
            loose=float(skill * random.uniform(0.03, 0.08)),
            rubato=float(random.uniform(0.0, 0.09)),
            rubato_s=float(random.uniform(2.5, 6.0)),
            hurry=float(random.normal(0, 0.06 * skill)),
            legato=float(random.uniform(0.72, 1.0)),
            wrong=float(random.uniform(0, 0.045) * skill),
            dropped=float(random.uniform(0, 0.025) * skill),
            inserted=float(random.uniform(0, 0.025) * skill),
            breath_every_s=float(random.uniform(2.6, 5.5)),
            breath_s=float(random.uniform(0.14, 0.42)),
            folds=bool(random.random() < 0.08),
        )


def perform(
    notes: Notes, kind: SungKind, habits: Habits, random: Random
) -> tuple[tuple[SungNote, ...], Mistakes]:
    """Sing `notes`: in a range of the kind, with the mistakes of the person.

    Returns:
        What is sung from 0 s on, and how much of it is wrong.
    """
    changed, mistakes = _mistaken(notes, habits, random)
    pitches = _in_range(changed[:, 2], kind, habits, random)
    steps, lengths = _times(changed, habits, random)
    sung: list[SungNote] = []
    now = since_breath = 0.0
    total = float(steps.sum())
    breath = 0.0
    for number, (step, length, pitch) in enumerate(zip(steps, lengths, pitches, strict=True)):
        place = now / total
        off = habits.drift * place + (habits.slip if place > habits.slip_at else 0.0)
        rests = length < step - _REST_S
        since_breath += step
        takes_breath = number < len(steps) - 1 and since_breath > habits.breath_every_s
        takes_breath = takes_breath and (rests or step > 0.3)
        sounding = length
        lost = 0.0
        if takes_breath and not rests:
            # Half of the breath is stolen from the note, half costs time.
            lost = habits.breath_s * 0.5
            sounding = max(0.12, length - habits.breath_s * 0.5)
        sung.append(
            SungNote(
                onset_s=now,
                duration_s=max(0.06, sounding),
                pitch=float(pitch + off + random.normal(0, habits.detune)),
                after_pause=number == 0 or breath > 0 or _paused(sung[-1], now),
                breath_before_s=breath,
            )
        )
        breath = habits.breath_s if takes_breath else 0.0
        since_breath = 0.0 if takes_breath else since_breath
        now += step + lost
    return tuple(sung), mistakes


def _paused(before: SungNote, now: float) -> bool:
    return now - before.onset_s - before.duration_s > _REST_S


def _times(notes: Notes, habits: Habits, random: Random) -> tuple[Notes, Notes]:
    """Inter-onset times and sounding lengths, in seconds as sung."""
    count = len(notes)
    written = np.diff(notes[:, 0], append=notes[-1, 0] + notes[-1, 1])
    place = np.linspace(-0.5, 0.5, count)
    wave = habits.rubato * np.sin(
        2 * np.pi * notes[:, 0] / habits.tempo / habits.rubato_s + random.uniform(0, 6)
    )
    speed = habits.tempo * np.exp(habits.hurry * place + wave)
    steps = written / speed * np.exp(random.normal(0, habits.loose, count))
    held = steps > _HOLD_S
    steps[held] *= random.uniform(0.75, 1.05, int(held.sum()))
    sounding = np.clip(notes[:, 1] / np.maximum(written, 1e-6), 0, 1)
    lengths = steps * np.where(sounding > 0.85, habits.legato, sounding)
    return np.maximum(steps, 0.07), np.maximum(lengths, 0.06)


def _in_range(pitches: Notes, kind: SungKind, habits: Habits, random: Random) -> Notes:
    """Transpose to where the singer is at ease, and squeeze leaps."""
    low, high = RANGES[kind][int(random.integers(2))]
    middle = (pitches.min() + pitches.max()) / 2
    half = (pitches.max() - pitches.min()) / 2
    room = max(1.5, (high - low) / 2 - half)
    centre = (low + high) / 2 + random.uniform(-room, room)
    sung = centre + (pitches - middle) * habits.squeeze
    if habits.folds:
        sung = np.where(sung > high, sung - 12, sung)
    return np.asarray(sung, np.float64)


def _mistaken(notes: Notes, habits: Habits, random: Random) -> tuple[Notes, Mistakes]:
    rows: list[NDArray[np.float64]] = []
    count = Mistakes()
    for number, row in enumerate(notes):
        dice = float(random.random())
        note = row.copy()
        if dice < habits.wrong:
            note[2] += random.choice([-3, -2, -1, 1, 2, 3], p=[0.06, 0.3, 0.14, 0.14, 0.3, 0.06])
            count = replace(count, wrong=count.wrong + 1)
        elif dice < habits.wrong + habits.dropped and 0 < number < len(notes) - 1:
            # The note before goes on over the one that was forgotten.
            rows[-1][1] = note[0] + note[1] - rows[-1][0]
            count = replace(count, dropped=count.dropped + 1)
            continue
        elif dice < habits.wrong + habits.dropped + habits.inserted and note[1] > 0.25:
            first = note.copy()
            first[1] = note[1] * random.choice([0.5, 0.34, 0.66])
            note[0] += first[1]
            note[1] -= first[1]
            note[2] += random.choice([-2, -1, 1, 2])
            rows.append(first)
            count = replace(count, inserted=count.inserted + 1)
        rows.append(note)
    return np.array(rows), count


def as_notes(rows: Sequence[Sequence[float]]) -> Notes:
    """Make `Notes` of rows that hold onset, duration and pitch first."""
    return np.array([row[:3] for row in rows], np.float64).reshape(-1, 3)
