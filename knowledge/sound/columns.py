"""The sound of all recordings as columns in memory, brought up to date by what changed.

Reading 20,000 recordings of five segments takes about a second, so only those are read that were
heard since: each recording carries when it was heard. Numbers stay in the half precision of the
blobs until somebody computes with them.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from knowledge.analysis.sound import AXES, SOUND, Vector
from knowledge.catalog_rows import chunks
from knowledge.schema import sound_segments, sound_tracks
from knowledge.sound.rows import halves, is_whole, key_in, tempo_in
from knowledge.sound.tags import EMBEDDING_SIZE, TAG_NAMES

Half = NDArray[np.float16]

DURATION, BPM, BPM_CONFIDENCE, OTHER_BPM, KEY, KEY_CONFIDENCE = range(6)
"""Columns of `SoundColumns.facts`."""
_FACTS = 6


@dataclass(frozen=True, slots=True)
class SoundColumns:
    """All analysed recordings, in any order, and all their segments."""

    hashes: tuple[str, ...]
    heard_at: NDArray[np.float64]
    axes: Half
    """Values, then confidences, shape (n, 2 * len(AXES)); NaN where unknown."""
    tags: Half
    """Probabilities, shape (n, len(TAG_NAMES)); NaN where no tagger took part."""
    embedding: Half
    """Shape (n, EMBEDDING_SIZE); NaN where no tagger took part."""
    facts: Vector
    """Duration, tempo with confidence and runner-up, key (-1 unknown) with confidence."""
    owner: NDArray[np.int32]
    """Row of the recording that each segment is of, shape (m,)."""
    spans: Vector
    """Start and end of each segment in seconds, shape (m, 2)."""
    segment_axes: Half
    segment_tags: Half

    @classmethod
    def empty(cls) -> "SoundColumns":
        """No recording at all."""
        return _columns([], [])

    def updated(self, connection: Connection) -> "SoundColumns":
        """The same with what changed since; itself when nothing did."""
        heard = select(sound_tracks.c.audio_hash, sound_tracks.c.heard_at)
        rows = connection.execute(heard.where(sound_tracks.c.analyser == SOUND)).all()
        now = {row.audio_hash: row.heard_at for row in rows}
        known = dict(zip(self.hashes, self.heard_at.tolist(), strict=True))
        changed = [key for key, heard_at in now.items() if known.get(key) != heard_at]
        gone = [key for key, heard_at in known.items() if now.get(key) != heard_at]
        if not changed and not gone:
            return self
        return _joined([self._without(set(gone)), *_read(connection, changed)])

    def _without(self, gone: Collection[str]) -> "SoundColumns":
        if not gone:
            return self
        keep = np.array([key not in gone for key in self.hashes], bool)
        row = np.cumsum(keep, dtype=np.int32) - 1
        parts = keep[self.owner]
        return SoundColumns(
            hashes=tuple(key for key in self.hashes if key not in gone),
            heard_at=self.heard_at[keep],
            axes=self.axes[keep],
            tags=self.tags[keep],
            embedding=self.embedding[keep],
            facts=self.facts[keep],
            owner=row[self.owner[parts]],
            spans=self.spans[parts],
            segment_axes=self.segment_axes[parts],
            segment_tags=self.segment_tags[parts],
        )


def _joined(parts: Sequence[SoundColumns]) -> SoundColumns:
    """One after the other."""
    parts = [part for part in parts if part.hashes] or [SoundColumns.empty()]
    if len(parts) == 1:
        return parts[0]
    before = np.cumsum([0, *(len(part.hashes) for part in parts[:-1])])
    return SoundColumns(
        hashes=tuple(chain.from_iterable(part.hashes for part in parts)),
        heard_at=np.concatenate([part.heard_at for part in parts]),
        axes=np.concatenate([part.axes for part in parts]),
        tags=np.concatenate([part.tags for part in parts]),
        embedding=np.concatenate([part.embedding for part in parts]),
        facts=np.concatenate([part.facts for part in parts]),
        owner=np.concatenate(
            [part.owner + np.int32(rows) for part, rows in zip(parts, before, strict=True)]
        ),
        spans=np.concatenate([part.spans for part in parts]),
        segment_axes=np.concatenate([part.segment_axes for part in parts]),
        segment_tags=np.concatenate([part.segment_tags for part in parts]),
    )


def _read(connection: Connection, audio_hashes: Sequence[str]) -> Iterator[SoundColumns]:
    """Read recordings, a few hundred at a time so that few rows are held at once."""
    whole, part = sound_tracks.c, sound_segments.c
    tracks_query = select(
        whole.audio_hash, whole.heard_at, whole.duration_s, whole.facts,
        whole.axes, whole.tags, whole.embedding,
    ).where(whole.analyser == SOUND)  # fmt: skip
    # No JSON here: of a hundred thousand segments it would take longest.
    parts_query = (
        select(part.audio_hash, part.start_s, part.end_s, part.axes, part.tags)
        .where(part.analyser == SOUND)
        .order_by(part.audio_hash, part.position)
    )
    for chunk in chunks(audio_hashes):
        yield _columns(
            list(connection.execute(tracks_query.where(whole.audio_hash.in_(chunk)))),
            list(connection.execute(parts_query.where(part.audio_hash.in_(chunk)))),
        )


def _columns(tracks: list[Any], parts: list[Any]) -> SoundColumns:
    """Turn rows into columns, without recordings that are damaged anywhere."""
    held = {row[0] for row in parts}
    damaged = {row[0] for row in parts if not is_whole(row[3], row[4], b"")}
    damaged |= {row[0] for row in tracks if not is_whole(row[4], row[5], row[6])}
    tracks = [row for row in tracks if row[0] in held and row[0] not in damaged]
    place = {row[0]: number for number, row in enumerate(tracks)}
    if len(damaged) or len(held) > len(place):
        parts = [row for row in parts if row[0] in place]
    return SoundColumns(
        hashes=tuple(place),
        heard_at=np.array([row[1] for row in tracks], np.float64),
        axes=halves([row[4] for row in tracks], 2 * len(AXES)),
        tags=halves([row[5] for row in tracks], len(TAG_NAMES)),
        embedding=halves([row[6] for row in tracks], EMBEDDING_SIZE),
        facts=np.array([_facts(row[2], row[3]) for row in tracks], np.float32).reshape(-1, _FACTS),
        owner=np.array([place[row[0]] for row in parts], np.int32),
        spans=np.array([row[1:3] for row in parts], np.float32).reshape(-1, 2),
        segment_axes=halves([row[3] for row in parts], 2 * len(AXES)),
        segment_tags=halves([row[4] for row in parts], len(TAG_NAMES)),
    )


def _facts(duration_s: float, facts: Any) -> tuple[float, ...]:
    facts = facts if isinstance(facts, dict) else {}
    tempo, key = tempo_in(facts), key_in(facts)
    return (
        duration_s,
        tempo.bpm if tempo else np.nan,
        tempo.confidence if tempo else 0.0,
        (tempo.other_bpm or np.nan) if tempo else np.nan,
        key.tonic + 12 * key.minor if key else -1,
        key.confidence if key else 0.0,
    )
