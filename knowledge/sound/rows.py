"""What is known of a recording's sound, as rows: numbers in blobs, the rest as JSON.

All blobs are little-endian. `axes` holds the values of `AXES` and then their confidences, `tags`
one probability for each of `TAG_NAMES`, `embedding` what the tagger's last layer says: float16.
`tags` and `embedding` are empty where no tagger took part. A blob of any other length is not
trusted: its recording counts as not analysed.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, select

from knowledge.analysis.sound import (
    AXES,
    SOUND,
    Axis,
    KeyHeard,
    Measured,
    Sound,
    SoundPart,
    TempoHeard,
    Vector,
)
from knowledge.revision import ANALYSIS_REVISION, bump
from knowledge.schema import sound_segments, sound_tracks
from knowledge.sound.tags import EMBEDDING_SIZE, TAG_NAMES

_HALF = np.dtype("<f2")
_SHORT = np.dtype("<u2")
AXES_BYTES = 2 * len(AXES) * _HALF.itemsize
TAGS_BYTES = len(TAG_NAMES) * _HALF.itemsize
EMBEDDING_BYTES = EMBEDDING_SIZE * _HALF.itemsize
_ON = 0xFFFF
"""In the list of beats: nothing for so many hundredths, and more follows."""
_MOST_BEATS = 500_000


def write_sound(
    connection: Connection, audio_hash: str, sound: Sound, *, heard_at: float, heard_with: str = ""
) -> None:
    """Replace what is known of a recording's sound, from whichever version of the analyser.

    Args:
        connection: in a transaction.
        audio_hash: the recording.
        sound: what was heard.
        heard_at: when, as `time.time` says; must differ from the time before.
        heard_with: names the model files that were there, so that others are noticed.
    """
    for table in (sound_tracks, sound_segments):
        connection.execute(delete(table).where(table.c.audio_hash == audio_hash))
    key = {"audio_hash": audio_hash, "analyser": sound.analyser}
    facts = {**_facts(sound.whole), "models": list(sound.models), "with": heard_with}
    connection.execute(
        sound_tracks.insert().values(
            **key,
            heard_at=heard_at,
            duration_s=sound.whole.end_s,
            **_blobs(sound.whole),
            facts=facts,
            beats=pack_beats(sound.beats_s),
        )
    )
    rows = [
        {
            **key,
            "position": position,
            "start_s": part.start_s,
            "end_s": part.end_s,
            "facts": _facts(part),
            **_blobs(part),
        }
        for position, part in enumerate(sound.segments)
    ]
    if rows:
        connection.execute(sound_segments.insert(), rows)
    bump(connection, ANALYSIS_REVISION)


def read_sound(connection: Connection, audio_hash: str) -> Sound | None:
    """Return what is known of a recording; None when it was not heard, or the rows are damaged."""
    mine = (sound_tracks.c.audio_hash == audio_hash) & (sound_tracks.c.analyser == SOUND)
    row = connection.execute(select(sound_tracks).where(mine)).first()
    if row is None:
        return None
    parts = connection.execute(
        select(sound_segments)
        .where(sound_segments.c.audio_hash == audio_hash, sound_segments.c.analyser == SOUND)
        .order_by(sound_segments.c.position)
    ).all()
    if not parts or not all(
        is_whole(each.axes, each.tags, each.embedding) for each in (row, *parts)
    ):
        return None
    facts = row.facts if isinstance(row.facts, dict) else {}
    return Sound(
        analyser=row.analyser,
        whole=_part(row, 0.0, row.duration_s),
        segments=tuple(_part(each, each.start_s, each.end_s) for each in parts),
        beats_s=unpack_beats(row.beats),
        models=tuple(str(name) for name in facts.get("models", ())),
    )


def is_whole(axes: bytes, tags: bytes, embedding: bytes) -> bool:
    """Whether the blobs have the lengths that this version writes."""
    return (
        len(axes) == AXES_BYTES
        and len(tags) in {0, TAGS_BYTES}
        and len(embedding) in {0, EMBEDDING_BYTES}
    )


def halves(blobs: Sequence[bytes], width: int) -> NDArray[np.float16]:
    """Join blobs of float16 into rows, shape (n, width); empty blobs become rows of NaN."""
    if not blobs:
        return np.zeros((0, width), np.float16)
    blank = np.full(width, np.nan, _HALF).tobytes()
    joined = b"".join([blob or blank for blob in blobs])
    return np.frombuffer(joined, _HALF).reshape(len(blobs), width).astype(np.float16, copy=False)


def tempo_in(facts: Mapping[str, Any]) -> TempoHeard | None:
    """Read the tempo out of the facts of a row."""
    numbers = _numbers(facts.get("tempo"), 3)
    if numbers is None or not numbers[0] > 0:
        return None
    bpm, confidence, other = numbers
    return TempoHeard(bpm, _share(confidence), other if other > 0 else None)


def key_in(facts: Mapping[str, Any]) -> KeyHeard | None:
    """Read the key out of the facts of a row."""
    numbers = _numbers(facts.get("key"), 5)
    if numbers is None or not 0 <= numbers[0] <= 11:
        return None
    tonic, minor, confidence, other, other_minor = numbers
    return KeyHeard(
        tonic=int(tonic),
        minor=bool(minor),
        confidence=_share(confidence),
        other_tonic=int(other) if 0 <= other <= 11 else None,
        other_minor=bool(other_minor),
    )


def pack_beats(beats_s: Vector) -> bytes:
    """Write the times of beats as steps of hundredths of a second."""
    times = np.asarray(beats_s, np.float64)[:_MOST_BEATS]
    times = times[np.isfinite(times) & (times >= 0)]
    steps = np.diff(np.sort(np.rint(times * 100).astype(np.int64)), prepend=0)
    packed: list[int] = []
    for step in steps.tolist():
        packed += [_ON] * (step // _ON)
        packed.append(step % _ON)
    return np.array(packed, _SHORT).tobytes()


def unpack_beats(blob: bytes) -> Vector:
    """Read what `pack_beats` wrote; nothing from a blob that it cannot have written."""
    if len(blob) % _SHORT.itemsize:
        return np.zeros(0, np.float32)
    steps = np.frombuffer(blob, _SHORT).astype(np.int64)
    beats: Vector = (np.cumsum(steps)[steps != _ON] / 100).astype(np.float32)
    return beats


def _blobs(part: SoundPart) -> dict[str, bytes]:
    axes = np.full(2 * len(AXES), np.nan, _HALF)
    for place, axis in enumerate(AXES):
        if (measured := part.axes.get(axis)) is not None:
            axes[place] = measured.value
            axes[len(AXES) + place] = measured.confidence
    tags = [part.tags.get(name, math.nan) for name in TAG_NAMES] if part.tags else []
    return {
        "axes": axes.tobytes(),
        "tags": np.array(tags, _HALF).tobytes(),
        "embedding": np.asarray(part.embedding).astype(_HALF).tobytes(),
    }


def _facts(part: SoundPart) -> dict[str, Any]:
    """Short lists, since every segment has them."""
    facts: dict[str, Any] = {
        "lufs": round(part.loudness_lufs, 2),
        "db": round(part.dynamics_db, 2),
    }
    if part.tempo is not None:
        tempo = part.tempo
        facts["tempo"] = [
            round(tempo.bpm, 2), round(tempo.confidence, 3), round(tempo.other_bpm or 0.0, 2)
        ]  # fmt: skip
    if part.key is not None:
        key = part.key
        other = -1 if key.other_tonic is None else key.other_tonic
        facts["key"] = [
            key.tonic, int(key.minor), round(key.confidence, 3), other, int(key.other_minor)
        ]  # fmt: skip
    return facts


def _part(row: Any, start_s: float, end_s: float) -> SoundPart:
    facts = row.facts if isinstance(row.facts, dict) else {}
    axes = np.frombuffer(row.axes, _HALF).astype(np.float32)
    tags = np.frombuffer(row.tags, _HALF).astype(np.float32)
    return SoundPart(
        start_s=start_s,
        end_s=end_s,
        axes=_measured(axes),
        tempo=tempo_in(facts),
        key=key_in(facts),
        loudness_lufs=_number(facts.get("lufs"), -70.0),
        dynamics_db=_number(facts.get("db"), 0.0),
        tags=dict(zip(TAG_NAMES, np.nan_to_num(tags).tolist(), strict=True)) if tags.size else {},
        embedding=np.nan_to_num(np.frombuffer(row.embedding, _HALF).astype(np.float32)),
    )


def _measured(axes: Vector) -> dict[Axis, Measured]:
    return {
        axis: Measured(_share(float(value)), _share(float(confidence)))
        for axis, value, confidence in zip(AXES, axes[: len(AXES)], axes[len(AXES) :], strict=True)
        if math.isfinite(value) and math.isfinite(confidence)
    }


def _numbers(value: object, count: int) -> list[float] | None:
    """A list of so many finite numbers, or None."""
    if not isinstance(value, list) or len(value) != count:
        return None
    numbers = [_number(each, math.nan) for each in value]
    return numbers if all(map(math.isfinite, numbers)) else None


def _number(value: object, otherwise: float) -> float:
    return float(value) if isinstance(value, int | float) else otherwise


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)
