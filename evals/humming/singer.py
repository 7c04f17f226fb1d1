"""A synthetic person who hums, whistles or sings "la": from written notes to sound.

Everything is drawn from one seed. The pitch follows a damped second-order system, which overshoots
as voices do (after Saitou, Unoki and Akagi 2005, "Development of an F0 control model based on F0
dynamic characteristics for singing-voice synthesis"), with scoops, vibrato and jitter on top.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from evals.humming.performance import Habits, Mistakes, Notes, Random, SungKind, SungNote, perform
from evals.humming.surroundings import Surroundings, place_in
from evals.humming.timbre import sound_of
from knowledge.melody.models import Samples

RATE_HZ: Final = 24_000
CONTROL_HZ: Final = 400
"""Values a second of pitch and loudness curves."""
TRUTH_HZ: Final = 200
"""Values a second of the pitch that is handed back."""
LONGEST_S: Final = 15.0
_FEWEST_NOTES = 9
_QUICKEST_NOTE_S = 0.17
_LEAD_S, _TAIL_S = 0.35, 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Sung:
    """One query and what is true about it."""

    samples: Samples
    """Mono at `RATE_HZ`, peak below 1."""
    f0_hz: NDArray[np.float32]
    """Pitch, `TRUTH_HZ` values a second from the first sample on; 0 where nothing is sung."""
    kind: SungKind
    snr_db: float
    written: Notes
    """What should have been sung: the notes asked for, without those left out for length."""
    notes: tuple[SungNote, ...]
    mistakes: Mistakes
    habits: Habits
    surroundings: Surroundings


@dataclass(frozen=True, slots=True)
class _Throat:
    """How the pitch of one person moves."""

    glide_hz: float
    damping: float
    scoop: float
    """Probability that a note begins too low."""
    scoop_st: float
    scoop_s: float
    vibrato_hz: float
    vibrato_st: float
    jitter_st: float
    dip: float
    """Share of loudness left between two notes on one breath."""
    attack_s: float
    release_s: float


def sing(
    notes: Notes, kind: SungKind, *, snr_db: float, seed: int, seconds: float = LONGEST_S
) -> Sung:
    """Sing the beginning of `notes` and record it; the same samples for the same arguments.

    Args:
        notes: a passage as written, at the written tempo; see `Notes`.
        kind: hum, whistle or la.
        snr_db: voice against noise, where the voice sounds.
        seed: draws the person, the mistakes, the room and the noise.
        seconds: about how long; longer, up to `LONGEST_S`, for tunes of long notes.
    """
    random = np.random.default_rng((seed, 2641))
    habits = Habits.drawn(random)
    habits = replace(habits, tempo=min(habits.tempo, _fastest(notes)))
    notes = _cut(notes, habits.tempo, seconds)
    sung, mistakes = perform(notes, kind, habits, random)
    throat = _throat(kind, random)
    pitch, gain = _curves(sung, throat, random)
    dry = sound_of(kind, pitch, gain, sung, CONTROL_HZ, RATE_HZ, _LEAD_S, random)
    surroundings = Surroundings.drawn(kind, snr_db, random)
    samples = place_in(dry, surroundings, RATE_HZ, random)
    return Sung(
        samples=samples,
        f0_hz=_truth(pitch, gain),
        kind=kind,
        snr_db=snr_db,
        written=notes,
        notes=sung,
        mistakes=mistakes,
        habits=habits,
        surroundings=surroundings,
    )


def _fastest(notes: Notes) -> float:
    """Tempo beyond which nobody can sing most of the notes."""
    return float(np.median(np.diff(notes[:, 0]))) / _QUICKEST_NOTE_S


def _cut(notes: Notes, tempo: float, seconds: float) -> Notes:
    ends = (notes[:, 0] + notes[:, 1] - notes[0, 0]) / tempo
    wanted = max(int(np.searchsorted(ends, seconds)), _FEWEST_NOTES)
    return notes[: max(2, min(wanted, int(np.searchsorted(ends, LONGEST_S))))]


def _throat(kind: SungKind, random: Random) -> _Throat:
    whistles = kind is SungKind.WHISTLE
    return _Throat(
        glide_hz=float(random.uniform(6.0, 13.0) * (1.4 if whistles else 1.0)),
        damping=float(random.uniform(0.55, 0.95)),
        scoop=float(random.uniform(0.05, 0.5)),
        scoop_st=float(random.uniform(0.4, 2.4)),
        scoop_s=float(random.uniform(0.025, 0.08)),
        vibrato_hz=float(random.uniform(4.6, 6.6)),
        vibrato_st=float(random.choice([0.0, random.uniform(0.05, 0.55)])),
        jitter_st=float(random.uniform(0.02, 0.09)),
        dip=float(random.uniform(0.05, 0.7)),
        attack_s=float(random.uniform(0.02, 0.07)),
        release_s=float(random.uniform(0.03, 0.11)),
    )


def _curves(
    sung: tuple[SungNote, ...], throat: _Throat, random: Random
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Pitch in MIDI numbers and gain from 0 to 1, both `CONTROL_HZ` a second."""
    count = round((_LEAD_S + sung[-1].onset_s + sung[-1].duration_s + _TAIL_S) * CONTROL_HZ)
    meant = np.full(count, sung[0].pitch)
    scoops, waves, gain = np.zeros(count), np.zeros(count), np.zeros(count)
    loud = random.normal(0, 0.16, len(sung))
    until = 0
    for number, note in enumerate(sung):
        begin = round((_LEAD_S + note.onset_s) * CONTROL_HZ)
        end = min(count, begin + max(4, round(note.duration_s * CONTROL_HZ)))
        # In a pause the voice already aims at the note to come.
        meant[until if note.after_pause else begin :] = note.pitch
        time = np.arange(end - begin) / CONTROL_HZ
        if random.random() < throat.scoop * (1.4 if note.after_pause else 0.6):
            depth = throat.scoop_st * random.uniform(0.4, 1.2)
            scoops[begin:end] -= depth * np.exp(-time / throat.scoop_s)
        if note.duration_s > 0.35:
            swell = np.clip((time - random.uniform(0.12, 0.3)) / 0.25, 0, 1)
            waves[begin:end] += (
                throat.vibrato_st * swell * np.sin(2 * np.pi * throat.vibrato_hz * time)
            )
        _sound_note(gain[begin:end], throat, float(np.exp(loud[number])), note.after_pause)
        until = end
    smooth = _followed(meant + scoops, throat)
    wander = signal.lfilter([0.08], [1, -0.92], random.standard_normal(count))
    pitch = smooth + waves + throat.jitter_st * wander / (np.std(wander) + 1e-9)
    soft = signal.sosfiltfilt(signal.butter(1, 14, fs=CONTROL_HZ, output="sos"), gain)
    return pitch, np.clip(soft, 0, None)


def _sound_note(gain: NDArray[np.float64], throat: _Throat, loud: float, after_pause: bool) -> None:
    """Write one note's loudness into its stretch of the curve."""
    shape = np.full(len(gain), loud)
    attack = min(len(gain), max(1, round(throat.attack_s * CONTROL_HZ)))
    release = min(len(gain), max(1, round(throat.release_s * CONTROL_HZ)))
    low = 0.0 if after_pause else throat.dip
    shape[:attack] *= np.linspace(low, 1, attack)
    shape[len(gain) - release :] *= np.linspace(1, throat.dip, release)
    shape *= np.linspace(1.0, 0.85, len(gain))
    np.maximum(gain, shape, out=gain)


def _followed(meant: NDArray[np.float64], throat: _Throat) -> NDArray[np.float64]:
    """The pitch that a throat makes of the one that is meant: late, and a little too far."""
    speed = 2 * np.pi * throat.glide_hz
    numerator, denominator = signal.bilinear(
        [speed * speed], [1.0, 2 * throat.damping * speed, speed * speed], CONTROL_HZ
    )
    state = signal.lfilter_zi(numerator, denominator) * meant[0]
    followed: NDArray[np.float64] = signal.lfilter(numerator, denominator, meant, zi=state)[0]
    return followed


def _truth(pitch: NDArray[np.float64], gain: NDArray[np.float64]) -> NDArray[np.float32]:
    step = CONTROL_HZ // TRUTH_HZ
    hertz = 440.0 * 2 ** ((pitch[::step] - 69) / 12)
    return np.where(gain[::step] > 0.08, hertz, 0.0).astype(np.float32)
