"""Somebody who hums a tune: its sound for a microphone, and what the server says about it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.demo.notation import all_tunes

FRAME_S = 0.016
_VIBRATO_HZ = 5.3
_VIBRATO_SEMITONES = 0.28
_GLIDE_S = 0.045
_BREATH_S = 0.07
_OVERTONES = (1.0, 0.55, 0.22, 0.1, 0.05)


@dataclass(frozen=True, slots=True)
class SungNote:
    onset_s: float
    duration_s: float
    pitch: float
    """MIDI number."""


def tune_notes(
    name: str, *, part: str = "A", bpm: float = 108.0, higher: float = 0.0, most_s: float = 9.0
) -> tuple[SungNote, ...]:
    """The first seconds of a tune of the demo library, from its first note on."""
    written = all_tunes()[name].parts[part].notes
    beat_s = 60.0 / bpm
    first = written[0].start
    notes = (
        SungNote(
            float(note.start - first) * beat_s, float(note.length) * beat_s, note.pitch + higher
        )
        for note in written
    )
    return tuple(note for note in notes if note.onset_s + note.duration_s <= most_s)


def pitch_line(notes: tuple[SungNote, ...], rate_hz: float) -> NDArray[np.float64]:
    """MIDI numbers as a voice sings the notes, shape (n,): glides, vibrato, and NaN for breaths."""
    end_s = notes[-1].onset_s + notes[-1].duration_s
    time_s = np.arange(int(end_s * rate_hz)) / rate_hz
    line = np.full(time_s.size, np.nan)
    before = notes[0].pitch
    for note in notes:
        here = (time_s >= note.onset_s) & (time_s < note.onset_s + note.duration_s - _BREATH_S)
        since_s = time_s[here] - note.onset_s
        swell = np.clip((since_s - 0.15) / 0.3, 0.0, 1.0)
        wave = _VIBRATO_SEMITONES * swell * np.sin(2 * np.pi * _VIBRATO_HZ * since_s)
        line[here] = note.pitch + wave + (before - note.pitch) * np.exp(-since_s / _GLIDE_S)
        before = note.pitch
    return line


def hum_sound(
    notes: tuple[SungNote, ...], rate_hz: int, *, before_s: float = 0.2, after_s: float = 0.6
) -> NDArray[np.float32]:
    """The notes as a voice hums them in a quiet room, mono."""
    line = pitch_line(notes, rate_hz)
    voiced = np.isfinite(line)
    held = line[np.maximum.accumulate(np.where(voiced, np.arange(line.size), 0))]
    phase = 2 * np.pi * np.cumsum(440.0 * 2 ** ((held - 69) / 12)) / rate_hz
    tone = sum(share * np.sin(number * phase) for number, share in enumerate(_OVERTONES, 1))
    soft = np.hanning(int(0.04 * rate_hz))
    loudness = np.convolve(voiced.astype(float), soft / soft.sum(), mode="same")
    quiet = np.random.default_rng(5).standard_normal
    sound = np.concatenate(
        [
            np.zeros(int(before_s * rate_hz)),
            0.18 * tone * loudness,
            np.zeros(int(after_s * rate_hz)),
        ]
    )
    return (sound + 0.001 * quiet(sound.size)).astype(np.float32)


def hum_answer(
    notes: tuple[SungNote, ...],
    tracks: list[dict[str, Any]],
    *,
    outcome: str = "found",
    **changes: Any,
) -> dict[str, Any]:
    """What the server says about a hum, of which `tracks` may be told."""
    line = pitch_line(notes, 1 / FRAME_S) if notes else np.empty(0)
    hits = [
        {
            "title": track["title"],
            "artist": track["artist"],
            "track": track,
            "probability": round(0.83 / (1 + 2 * place), 2),
            "start_s": 2.0 + place,
            "end_s": 6.0 + place,
        }
        for place, track in enumerate(tracks)
    ]
    return {
        "outcome": outcome,
        "problem": None,
        "message": "A sentence for those who see no page.",
        "next_step": "",
        "kind": "voice",
        "contour": {
            "frame_s": FRAME_S,
            "pitch": [round(float(one), 2) if np.isfinite(one) else None for one in line],
        },
        "notes": [
            {
                "onset_s": note.onset_s,
                "duration_s": note.duration_s - _BREATH_S,
                "pitch": note.pitch + 0.1,
            }
            for note in notes
        ],
        "hits": hits,
        "offered": len(hits),
        "searched": 1_204,
        "waiting": 0,
        "hum_id": 31,
        **changes,
    }


def recording_of(
    notes: tuple[SungNote, ...], rate_hz: int, *, seed: int = 0
) -> NDArray[np.float32]:
    """The notes as a small band plays them: plucked, over a soft bass and a quiet beat, mono."""
    end_s = notes[-1].onset_s + notes[-1].duration_s + 0.5
    count = int(end_s * rate_hz)
    time_s = np.arange(count) / rate_hz
    sound = np.zeros(count)
    for note in notes:
        start = int(note.onset_s * rate_hz)
        length = min(count - start, int((note.duration_s + 0.15) * rate_hz))
        since_s = time_s[:length]
        hertz = 440.0 * 2 ** ((note.pitch - 69) / 12)
        parts = (
            np.sin(2 * np.pi * number * hertz * since_s) / number**1.5 for number in range(1, 7)
        )
        fade = np.minimum(1.0, (length - np.arange(length)) / (0.05 * rate_hz))
        sound[start : start + length] += sum(parts) * np.exp(-1.6 * since_s) * fade
    lowest = min(note.pitch for note in notes)
    bass = np.sin(2 * np.pi * 440.0 * 2 ** ((lowest - 24 - 69) / 12) * time_s)
    noise = np.random.default_rng(seed).standard_normal(count)
    beat = noise * np.exp(-40.0 * (time_s % 0.5))
    return (0.3 * sound + 0.1 * bass + 0.03 * beat).astype(np.float32)
