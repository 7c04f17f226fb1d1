"""The analyser "sound/1": what a recording sounds like, from the frames that all analysers share.

listener = SegmentListener(tagger, RATE)  # when the tagger's files are there
for block in blocks: meter.add(block); listener.add(block)
frames = meter.finish()
sound = sound_of(frames, features_of(frames), listener.finish(...))
"""

from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.analysis.dynamics import Dynamics, dynamics_of
from knowledge.analysis.frames import Frames
from knowledge.analysis.heads import Signal, axes_of
from knowledge.analysis.rhythm import rhythm_of
from knowledge.analysis.sound import SOUND, Axis, KeyHeard, Sound, SoundPart, TempoHeard, Vector
from knowledge.analysis.tagger import TAGGER, Heard
from knowledge.analysis.tonality import tonality_of
from knowledge.analysis.vibenet import VIBENET
from knowledge.models import AudioFeatures

_Bounds = tuple[float, float]


def sound_of(
    frames: Frames,
    features: AudioFeatures,
    heard: Sequence[Heard] = (),
    tag_names: Sequence[str] = (),
) -> Sound:
    """Put together all that was heard.

    Args:
        frames: of the whole recording, with its chroma.
        features: what "signal/1" says of it; its segments are the segments.
        heard: what the tagger says of each segment; empty without a tagger.
        tag_names: of the tagger.
    """
    parts = features.segments
    bounds = [(part.start_s, part.end_s) for part in parts]
    lengths = [max(end - start, 1e-3) for start, end in bounds]
    rhythm = rhythm_of(frames.spectrum, bounds)
    tonality = tonality_of(frames.chroma, bounds)
    levels = dynamics_of(frames.weighted_power, [*bounds, (0.0, frames.duration_s)])
    segments = tuple(
        _part(
            bounds[place],
            _signal(
                levels[place],
                (part.energy, part.brightness_hz, part.onset_rate_hz),
                rhythm.parts[place],
                tonality.parts[place],
            ),
            heard[place] if heard else None,
            tag_names,
        )
        for place, part in enumerate(parts)
    )
    energy, brightness_hz, onset_rate_hz = np.average(
        [(part.energy, part.brightness_hz, part.onset_rate_hz) for part in parts],
        axis=0,
        weights=lengths,
    ).tolist()
    whole = _part(
        (0.0, round(frames.duration_s, 3)),
        _signal(
            Dynamics(round(frames.loudness_lufs, 2), levels[-1].range_db),
            (energy, brightness_hz, onset_rate_hz),
            rhythm.whole,
            tonality.whole,
        ),
        _mean(heard, lengths) if heard else None,
        tag_names,
    )
    models = (TAGGER,) if heard else ()
    if any(each.opinion for each in heard):
        models = (*models, VIBENET)
    return Sound(SOUND, whole, segments, rhythm.beats_s, models)


def _signal(
    level: Dynamics,
    numbers: tuple[float, float, float],
    tempo: TempoHeard | None,
    key: KeyHeard | None,
) -> Signal:
    energy, brightness_hz, onset_rate_hz = numbers
    return Signal(
        loudness_lufs=level.loudness_lufs,
        range_db=level.range_db,
        energy=energy,
        brightness_hz=brightness_hz,
        onset_rate_hz=onset_rate_hz,
        tempo=tempo,
        key=key,
    )


def _part(
    bounds: _Bounds, signal: Signal, heard: Heard | None, tag_names: Sequence[str]
) -> SoundPart:
    tags: Mapping[str, float] = {}
    opinion: Mapping[Axis, float] = {}
    embedding: Vector = np.zeros(0, np.float32)
    if heard is not None:
        opinion = heard.opinion
        tags = dict(zip(tag_names, heard.tags.tolist(), strict=True))
        embedding = heard.embedding
    return SoundPart(
        start_s=bounds[0],
        end_s=bounds[1],
        axes=axes_of(signal, tags, opinion=opinion),
        tempo=signal.tempo,
        key=signal.key,
        loudness_lufs=signal.loudness_lufs,
        dynamics_db=signal.range_db,
        tags=tags,
        embedding=embedding,
    )


def _mean(heard: Sequence[Heard], lengths: Sequence[float]) -> Heard:
    """What was heard in all segments together, the longer ones counting more."""
    tags = np.average([each.tags for each in heard], axis=0, weights=lengths)
    embedding = np.average([each.embedding for each in heard], axis=0, weights=lengths)
    opinion = {
        axis: float(
            np.average(
                [each.opinion[axis] for each in heard if axis in each.opinion],
                weights=[w for each, w in zip(heard, lengths, strict=True) if axis in each.opinion],
            )
        )
        for axis in Axis
        if any(axis in each.opinion for each in heard)
    }
    return Heard(tags.astype(np.float32), embedding.astype(np.float32), opinion)
