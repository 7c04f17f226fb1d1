"""A DJ's evening, made up: recordings that fade into one another, faster and slower, and talk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from numpy.typing import NDArray

from evals.evaluation import Progress, each
from evals.mix_score import Truth
from evals.recognition.channels import faster, fitted, stretched
from evals.recognition.noises import SoundBank, announcement, babble, pink, scaled
from evals.recognition.resampling import to_signal
from evals.recognition.tracks import RATE_HZ, Track, TrackCache

Wave = NDArray[np.float64]

_LEVEL = 0.1
_LIKELY_UNKNOWN, _LIKELY_PAUSE = 0.2, 0.12
_PLAYED_S = (60.0, 140.0)
_PAUSE_S = (6.0, 25.0)
_FADE_S = (2.0, 12.0)
_PAUSE_FADE_S = (1.0, 3.0)
_SKIPPED_S = 20.0
"""So much of a recording's beginning is left out at most."""
_MOST_TEMPO = 0.06
_TALK_S = (5.0, 15.0)
_BETWEEN_TALKS_S = (120.0, 320.0)
_SCENE_S = (30.0, 120.0)
_CUE_S = (12.0, 45.0)
_LINE_S = (2.0, 8.0)
_BETWEEN_LINES_S = (0.5, 6.0)
_RAMP_S = 0.3
_CLAPS_PER_S = 150
_BIT_RATE = 128_000


class Sound(StrEnum):
    KNOWN = "known"
    UNKNOWN = "unknown"
    """A recording that is in no index."""
    PAUSE = "pause"
    """Applause, a crowd, noise or silence."""


@dataclass(frozen=True, slots=True)
class Part:
    """One recording, or a pause, in a mix.

    Attributes:
        sound: what it is.
        track: the recording; None for a pause.
        start_s: where in the mix it begins to be heard.
        end_s: where it is heard no more.
        fade_in_s: how long it takes to come; the part before it goes as long.
        offset_s: where in the recording it begins.
        speed: tempo as a ratio to the recording's.
        stretched: whether the pitch stays when the tempo changes.
    """

    sound: Sound
    track: Track | None
    start_s: float
    end_s: float
    fade_in_s: float
    offset_s: float = 0.0
    speed: float = 1.0
    stretched: bool = False


@dataclass(frozen=True, slots=True)
class Mix:
    """The plan of a mix, which is also its truth."""

    parts: tuple[Part, ...]
    talks: tuple[tuple[float, float], ...]
    """From when to when somebody talks, seconds."""
    seconds: float
    duck_db: float = 7.0
    """How far the music goes down for a talker."""
    voice_db: float = 3.0
    """How far the voice lies over it then."""


def plan_mix(known: Sequence[Track], unknown: Sequence[Track], seconds: float, seed: int) -> Mix:
    """Draw a mix of about `seconds`; no recording plays twice."""
    random = np.random.default_rng((seed, 1))
    rest = [list(random.permutation(np.array(tracks, object))) for tracks in (known, unknown)]
    parts: list[Part] = []
    while not parts or parts[-1].end_s < seconds:
        draw = random.random()
        after_pause = bool(parts) and parts[-1].sound is Sound.PAUSE
        if draw < _LIKELY_PAUSE and parts and not after_pause:
            parts.append(_pause(parts, random))
            continue
        strange = draw > 1 - _LIKELY_UNKNOWN and bool(rest[1])
        if not rest[strange]:
            break
        track: Track = rest[strange].pop()
        parts.append(_part(track, Sound.UNKNOWN if strange else Sound.KNOWN, parts, random))
    return Mix(tuple(parts), tuple(_talks(parts[-1].end_s, random)), parts[-1].end_s)


def plan_film(known: Sequence[Track], unknown: Sequence[Track], seconds: float, seed: int) -> Mix:
    """Draw something like a film of about `seconds`: much talk, and now and then music under it."""
    random = np.random.default_rng((seed, 3))
    rest = [list(random.permutation(np.array(tracks, object))) for tracks in (known, unknown)]
    parts: list[Part] = []
    while not parts or parts[-1].end_s < seconds:
        parts.append(_pause(parts, random, _SCENE_S))
        strange = random.random() < _LIKELY_UNKNOWN and bool(rest[1])
        if not rest[strange]:
            break
        sound = Sound.UNKNOWN if strange else Sound.KNOWN
        parts.append(_part(rest[strange].pop(), sound, parts, random, _CUE_S))
    talks = _talks(parts[-1].end_s, random, _LINE_S, _BETWEEN_LINES_S)
    return Mix(tuple(parts), tuple(talks), parts[-1].end_s, duck_db=0.0, voice_db=6.0)


def _part(
    track: Track,
    sound: Sound,
    parts: Sequence[Part],
    random: np.random.Generator,
    played_s: tuple[float, float] = _PLAYED_S,
) -> Part:
    kind = int(random.integers(3))
    speed = float(1 + random.uniform(-_MOST_TEMPO, _MOST_TEMPO)) if kind else 1.0
    skipped_s = float(random.uniform(0, _SKIPPED_S) * random.integers(2))
    skipped_s = min(skipped_s, track.duration_s / 4)
    longest_s = (track.duration_s - skipped_s) / speed
    length_s = min(float(random.uniform(*played_s)), longest_s - 0.1)
    before = parts[-1] if parts else None
    if before is None:
        fade_s = 0.0
    else:
        fade_s = float(random.uniform(*(_PAUSE_FADE_S if before.track is None else _FADE_S)))
    start_s = before.end_s - fade_s if before else 0.0
    return Part(
        sound, track, start_s, start_s + length_s, fade_s, skipped_s, speed, stretched=kind == 2
    )


def _pause(
    parts: Sequence[Part],
    random: np.random.Generator,
    lasting_s: tuple[float, float] = _PAUSE_S,
) -> Part:
    fade_s = float(random.uniform(*_PAUSE_FADE_S)) if parts else 0.0
    start_s = parts[-1].end_s - fade_s if parts else 0.0
    length_s = float(random.uniform(*lasting_s))
    return Part(Sound.PAUSE, None, start_s, start_s + length_s, fade_s)


def _talks(
    seconds: float,
    random: np.random.Generator,
    lasting_s: tuple[float, float] = _TALK_S,
    between_s: tuple[float, float] = _BETWEEN_TALKS_S,
) -> Iterator[tuple[float, float]]:
    at_s = float(random.uniform(*between_s)) / 2
    while at_s + lasting_s[1] < seconds:
        length_s = float(random.uniform(*lasting_s))
        yield at_s, at_s + length_s
        at_s += length_s + float(random.uniform(*between_s))


def write_mix(
    mix: Mix, path: Path, tracks: TrackCache, bank: SoundBank, seed: int, progress: Progress
) -> None:
    """Render a mix into an MP3 file; a file under its final name is whole."""
    random = np.random.default_rng((seed, 2))
    temporary = path.with_suffix(".part")
    with av.open(str(temporary), "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=RATE_HZ, layout="mono")
        stream.bit_rate = _BIT_RATE
        fifo = av.AudioFifo()
        at = 0
        for block in _rendered(mix, tracks, bank, random, progress):
            spoken = _with_talk(block, at, mix, bank, random)
            at += len(block)
            samples = np.clip(spoken, -1, 1).astype(np.float32)[None, :]
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples), "fltp", "mono")
            frame.sample_rate = RATE_HZ
            frame.time_base = Fraction(1, RATE_HZ)
            fifo.write(frame)
            _encode(container, stream, fifo, last=False)
        _encode(container, stream, fifo, last=True)
    temporary.replace(path)


def _encode(
    container: av.container.OutputContainer, stream: AudioStream, fifo: av.AudioFifo, *, last: bool
) -> None:
    size = stream.codec_context.frame_size or 1152
    while (frame := fifo.read(size, partial=last)) is not None:
        container.mux(stream.encode(frame))
    if last:
        container.mux(stream.encode(None))


def _rendered(
    mix: Mix, tracks: TrackCache, bank: SoundBank, random: np.random.Generator, progress: Progress
) -> Iterator[Wave]:
    """Blocks of the music, faded into one another, without talk."""
    held: Wave = np.zeros(0)
    begun = 0
    for place, part in enumerate(each(progress, "mixing", mix.parts)):
        start, end = round(part.start_s * RATE_HZ), round(part.end_s * RATE_HZ)
        sound = _sound(part, end - start, tracks, bank, random)
        _fade(sound[: round(part.fade_in_s * RATE_HZ)])
        if place + 1 < len(mix.parts):
            over = round(mix.parts[place + 1].fade_in_s * RATE_HZ)
            _fade(sound[::-1][:over])
        yield held[: start - begun]
        held = held[start - begun :]
        begun = start
        both = np.zeros(max(len(held), len(sound)))
        both[: len(held)] += held
        both[: len(sound)] += sound
        held = both
    yield held


def _fade(sound: Wave) -> None:
    """Let the power of `sound` rise evenly from nothing, in place."""
    sound *= np.sqrt(np.linspace(0, 1, len(sound)))


def _sound(
    part: Part, count: int, tracks: TrackCache, bank: SoundBank, random: np.random.Generator
) -> Wave:
    if part.track is None:
        return _pause_sound(count, bank, random)
    first = round(part.offset_s * RATE_HZ)
    music = to_signal(tracks.pcm(part.track)[first : first + round(count * part.speed)])
    wave = music.astype(np.float64)
    if part.speed != 1.0:
        wave = stretched(wave, part.speed) if part.stretched else faster(wave, part.speed)
    return scaled(fitted(wave, count), _LEVEL)


def _pause_sound(count: int, bank: SoundBank, random: np.random.Generator) -> Wave:
    kind = int(random.integers(4))
    if kind == 0:
        return random.standard_normal(count) * 1e-4
    if kind == 1:
        return scaled(pink(count, random), _LEVEL / 3)
    crowd = babble(count, random, bank)
    if kind == 2:
        return scaled(crowd, _LEVEL / 2)
    return scaled(_applause(count, random) + 0.3 * scaled(crowd, 1.0), _LEVEL)


def _applause(count: int, random: np.random.Generator) -> Wave:
    """Many hands: bursts of noise of ten milliseconds, each at its own strength."""
    claps = np.zeros(count)
    places = random.integers(0, count, round(_CLAPS_PER_S * count / RATE_HZ))
    np.add.at(claps, places, random.exponential(1.0, len(places)))
    decay = np.exp(-np.arange(round(0.01 * RATE_HZ)) / (0.003 * RATE_HZ))
    smeared = np.convolve(claps, decay)[:count]
    return scaled(smeared * random.standard_normal(count), 1.0)


def _with_talk(
    block: Wave, first: int, mix: Mix, bank: SoundBank, random: np.random.Generator
) -> Wave:
    """Duck the music of a block and talk over it, where somebody talks."""
    spoken = block.copy()
    for start_s, end_s in mix.talks:
        start = max(round(start_s * RATE_HZ) - first, 0)
        end = min(round(end_s * RATE_HZ) - first, len(block))
        if end <= start:
            continue
        inside = np.arange(start, end) + first
        edge = np.minimum(inside / RATE_HZ - start_s, end_s - inside / RATE_HZ) / _RAMP_S
        gain = 10 ** (-mix.duck_db * np.clip(edge, 0, 1) / 20)
        voice = announcement(end - start, random, bank)
        level = _LEVEL * 10 ** ((mix.voice_db - mix.duck_db) / 20)
        spoken[start:end] = block[start:end] * gain + voice * level
    return spoken


def truth_of(mix: Mix) -> tuple[Truth, ...]:
    """Say from when to when each known recording plays; a fade is shared half and half."""
    truth = []
    for place, part in enumerate(mix.parts):
        if part.sound is not Sound.KNOWN or part.track is None:
            continue
        out_s = mix.parts[place + 1].fade_in_s if place + 1 < len(mix.parts) else 0.0
        truth.append(
            Truth(
                part.track.key,
                part.start_s + part.fade_in_s / 2,
                part.end_s - out_s / 2,
                part.start_s,
                part.end_s,
            )
        )
    return tuple(truth)
